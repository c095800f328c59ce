//! The runs behind the numbers of pages: each parameter set and seed once, on all cores.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result, bail};
use deleverage::outcomes::{ASKED, Asked, Outcome, Unit, result};
use deleverage::params::{Row, Scale, row};
use deleverage::units::figure;
use deleverage::{Params, Simulator, query};

use super::place::{Place, Statistic};

/// A quantity of a run.
#[derive(Clone, Copy)]
enum What {
    Result(&'static Outcome),
    Asked(&'static Asked, f64),
    Setting(&'static Row),
}

/// The question of a place.
pub struct Question {
    place: Place,
    what: What,
    /// The parameters; for a statistic, those of its first seed.
    params: Params,
}

impl Question {
    /// The question of a place about the run with these parameters.
    ///
    /// # Errors
    /// There is no such result, or an argument is missing.
    pub fn new(place: Place, params: &Params) -> Result<Self> {
        let name = place.name.as_str();
        let what = if let Some(outcome) = result(name) {
            What::Result(outcome)
        } else if let Some(asked) = ASKED.iter().find(|asked| asked.name == name) {
            let argument = place.arguments.iter().find(|(name, _)| name == asked.argument);
            let needs = || format!("{name} needs {}=", asked.argument);
            What::Asked(asked, argument.with_context(needs)?.1)
        } else if let Some(row) = row(name).filter(|_| place.statistic.is_none()) {
            What::Setting(row)
        } else {
            let asked: Vec<_> = ASKED.iter().map(|asked| asked.name).collect();
            bail!("no result is called {name}; there are {}, {}", deleverage::outcomes::names(), asked.join(", "));
        };
        let params = if place.crowds.is_some() { Params { seed: 0, ..*params } } else { *params };
        Ok(Self { place, what, params })
    }

    /// Seeds of the runs.
    fn seeds(&self) -> std::ops::RangeInclusive<u64> {
        self.params.seed..=self.params.seed + self.place.crowds.map_or(0, |crowds| crowds - 1)
    }

    /// The key of a number of a run.
    fn key(&self) -> String {
        match self.what {
            What::Result(outcome) => outcome.name.into(),
            What::Asked(asked, argument) => format!("{} {argument}", asked.name),
            What::Setting(row) => row.id.into(),
        }
    }

    /// The number in words, from the numbers of the runs.
    ///
    /// # Errors
    /// A run has no such number.
    pub fn words(&self, values: &Values) -> Result<String> {
        let unit = match self.what {
            What::Result(outcome) => outcome.unit,
            What::Asked(asked, _) => asked.unit,
            What::Setting(row) => {
                let value = self.params.get(row);
                let plain = self.place.bare && !matches!(row.scale, Scale::Choice(_));
                return Ok(if plain { figure(value) } else { row.words(value) });
            }
        };
        let found: Vec<Option<f64>> = self.seeds().map(|seed| values.get(self, seed)).collect();
        let over = |most: f64| found.iter().flatten().filter(|value| **value > most).count() as f64;
        let (unit, value) = match self.place.statistic {
            Some(Statistic::Count(most)) => (Unit::Plain(0), over(most)),
            Some(Statistic::Share(most)) => (Unit::Percent(0), 100.0 * over(most) / found.len() as f64),
            statistic => {
                let all = found.into_iter().collect::<Option<Vec<f64>>>();
                let all = all.with_context(|| format!("the run has no such number: {}", self.place.name))?;
                (unit, if let Some(Statistic::Quantile(share)) = statistic { quantile(all, share) } else { all[0] })
            }
        };
        let value = match (unit, self.place.places) {
            (Unit::Billions, Some(places)) => rounded(value, places),
            _ => value,
        };
        let unit = self.place.places.map_or(unit, |places| unit.with_places(places));
        let bare = if unit == Unit::Billions && self.place.places.is_some() {
            Unit::Plain(self.place.places.unwrap_or_default())
        } else {
            unit
        };
        Ok(if self.place.bare { bare.without_unit(value) } else { unit.with_unit(value) })
    }
}

/// Dollars rounded to this many decimal places of the unit in which they are written.
fn rounded(billions: f64, places: u32) -> f64 {
    let unit = if billions.abs() < 0.9995 { 1000.0 } else { 1.0 };
    let tens = f64::from(10_u32.pow(places));
    (billions * unit * tens).round() / tens / unit
}

/// The quantile at that share, interpolated linearly.
fn quantile(mut all: Vec<f64>, share: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    let at = share * (all.len() - 1) as f64;
    let (low, part) = (at as usize, at.fract());
    let high = (low + 1).min(all.len() - 1);
    all[low] + part * (all[high] - all[low])
}

/// The numbers of all runs, by query and key.
#[derive(Debug, Default)]
pub struct Values {
    found: BTreeMap<String, BTreeMap<String, Option<f64>>>,
}

impl Values {
    /// Computes the runs of these questions.
    pub fn compute(questions: &[Question]) -> Self {
        let mut runs: BTreeMap<String, (Params, BTreeMap<String, What>)> = BTreeMap::new();
        for question in questions.iter().filter(|question| !matches!(question.what, What::Setting(_))) {
            for seed in question.seeds() {
                let params = Params { seed, ..question.params };
                let run = runs.entry(query::write(&params)).or_insert((params, BTreeMap::new()));
                run.1.insert(question.key(), question.what);
            }
        }
        let mut runs: Vec<_> = runs.into_iter().collect();
        // Sorted by crowd, so that each is drawn only once.
        runs.sort_by_key(|(_, (params, _))| params.seed);
        let next = AtomicUsize::new(0);
        let found = Mutex::new(BTreeMap::new());
        let work = || {
            let mut simulator: Option<Simulator> = None;
            while let Some((query, (params, wanted))) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                let run = simulator.get_or_insert_with(|| Simulator::new(params));
                if run.summary().params != *params {
                    run.simulate(params);
                }
                let number = |(name, what): (&String, &What)| {
                    let value = match what {
                        What::Result(outcome) => (outcome.of)(run),
                        What::Asked(asked, argument) => (asked.of)(run, *argument),
                        What::Setting(_) => None,
                    };
                    (name.clone(), value)
                };
                let numbers: BTreeMap<_, _> = wanted.iter().map(number).collect();
                // No thread panics while holding the lock.
                if let Ok(mut found) = found.lock() {
                    found.insert(query.clone(), numbers);
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(work);
            }
        });
        Self { found: found.into_inner().unwrap_or_default() }
    }

    fn get(&self, question: &Question, seed: u64) -> Option<f64> {
        let params = Params { seed, ..question.params };
        *self.found.get(&query::write(&params))?.get(&question.key())?
    }
}
