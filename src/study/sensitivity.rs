//! Sensitivity of the opening to choices that no source settles: its greatest fall over many seeds with one change
//! each, beside the closed form.

use std::thread;

use crate::model::closed_form::LimitDensity;
use crate::model::results::summary::{deepest, percent};
use crate::model::{ClosedForm, Crowd, Rules, Run};
use crate::params::{Params, row};
use crate::say;
use crate::text::language::tr;
use crate::text::units::{digits, duration, figure, percent_of, thousands};

/// Distribution of the greatest fall over seeds, percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Number of seeds.
    pub seeds: usize,
    /// The 5% quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95% quantile.
    pub high: f64,
}

impl Spread {
    /// Quantiles of these falls.
    fn of(mut falls: Vec<f64>) -> Self {
        falls.sort_unstable_by(f64::total_cmp);
        // Interpolated between the two nearest falls.
        let at = |share: f64| {
            let place = share * (falls.len() - 1) as f64;
            let (low, part) = (place as usize, place.fract());
            falls[low] + part * (falls[(low + 1).min(falls.len() - 1)] - falls[low])
        };
        Self { seeds: falls.len(), low: at(0.05), median: at(0.5), high: at(0.95) }
    }
}

/// The greatest falls of these parameters with seeds 1, 2, ..., in ticks of `1 / ticks` seconds.
#[must_use]
pub fn spread(params: &Params, ticks: usize, seeds: usize) -> Spread {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(seeds);
    let work = |first: usize| {
        let (mut crowd, mut run) = (Crowd::default(), Run::default());
        let mut falls = Vec::new();
        for seed in (first + 1..=seeds).step_by(workers) {
            let params = Params { seed: seed as u64, ..*params };
            let rules = Rules::from(&params).with_ticks_per_second(ticks);
            crowd.arrange(&params);
            run.simulate(&rules, &mut crowd);
            falls.push(percent(deepest(&run.series.price).1));
        }
        falls
    };
    let falls = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|first| scope.spawn(move || work(first))).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    Spread::of(falls)
}

/// One change and its effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Stable id.
    pub id: &'static str,
    /// The parameter, in words.
    pub choice: String,
    /// Its value.
    pub value: String,
    /// Falls with the change.
    pub falls: Spread,
    /// Whether the median must stay within [`WITHIN`] of the opening's.
    pub must_hold: bool,
}

/// Results for one bot density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Density {
    /// Bot density, percent.
    pub bots: f64,
    /// Greatest reproduction number of margin limits, closed form.
    pub r_max: f64,
    /// Critical shock, closed form, as a fall in percent; `None` if no first sale runs away.
    pub critical_shock: Option<f64>,
    /// Falls of the run.
    pub falls: Spread,
}

/// Size of a study.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Number of seeds per row.
    pub seeds: usize,
    /// Seeds of the rows with 100,000 and with a million accounts; 0 leaves the row out.
    pub of_many: [usize; 2],
}

impl Size {
    /// Size for the acceptance.
    pub const WHOLE: Self = Self { seeds: 100, of_many: [100, 20] };
    /// Size for tests.
    pub const SMALL: Self = Self { seeds: 20, of_many: [0, 0] };
}

/// The results for one base.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The parameters before any change.
    pub base: Params,
    /// Falls without any change.
    pub opening: Spread,
    /// Results of one change each.
    pub rows: Vec<Row>,
    /// Bot densities, ascending.
    pub densities: Vec<Density>,
    /// Bot density at which R of the closed form passes 1.
    pub r_passes_1: Option<f64>,
    /// Bot density at which the median fall passes [`DEEP`].
    pub median_passes: Option<f64>,
}

/// A fall that only a cascade causes, percent.
pub const DEEP: f64 = 10.0;

/// Greatest allowed relative change of the median under any choice.
pub const WITHIN: f64 = 0.2;

/// Greatest allowed relative change of the median under a finer tick.
pub const WITHIN_BY_TICK: f64 = 0.05;

/// Greatest allowed distance between the two bot densities, percentage points.
pub const APART: f64 = 3.0;

/// Bot densities, percent.
const DENSITIES: [f64; 14] = [0.0, 20.0, 30.0, 34.0, 35.0, 36.0, 37.0, 38.0, 39.0, 40.0, 42.0, 45.0, 48.0, 50.0];

impl Sensitivity {
    /// Runs the study for these parameters.
    #[must_use]
    pub fn new(base: &Params, size: Size) -> Self {
        let mut rows = Vec::new();
        let mut add = |id: &str, choice: &str, value: f64, words: String, seeds: usize| {
            let Some(row) = row(id).filter(|row| seeds > 0 && base.get(row) != value) else { return };
            let mut params = *base;
            if params.set(row, value).is_ok() {
                let falls = spread(&params, 1, seeds);
                rows.push(Row { id: row.id, choice: choice.into(), value: words, falls, must_hold: true });
            }
        };
        let seconds = |seconds: f64| duration(seconds);
        for value in [1.0, 5.0, 30.0, 60.0] {
            add("first_seconds", tr("First sale lasts"), value, seconds(value), size.seeds);
        }
        for value in [0.5, 5.0].map(|times| (times * base.vol_interval).round().clamp(1.0, 300.0)) {
            add("vol_interval", tr("Volatility measured over"), value, seconds(value), size.seeds);
        }
        for (value, seeds) in [(1e4, size.seeds), (1e5, size.of_many[0]), (1e6, size.of_many[1])] {
            add("accounts", tr("Accounts"), value, thousands(value), seeds);
        }
        for value in [0.1, 6.0] {
            add("calm_volatility", tr("Calm volatility"), value, percent_of(&figure(value)), size.seeds);
        }
        rows.push(Row {
            id: "ticks",
            choice: tr("Length of a tick").into(),
            value: duration(0.5),
            falls: spread(base, 2, size.seeds),
            must_hold: true,
        });
        // Thinning and volatility bots make the result depend on the interval, so the opening has neither.
        let watched = Params { thinning: 0.3, vol_bots: 20.0, ..*base };
        for vol_interval in [1.0, 5.0, 30.0, 60.0, 300.0] {
            rows.push(Row {
                id: "watched",
                choice: tr("With thinning and volatility bots, measured over").into(),
                value: duration(vol_interval),
                falls: spread(&Params { vol_interval, ..watched }, 1, size.seeds),
                must_hold: false,
            });
        }
        let densities: Vec<_> = DENSITIES.iter().map(|bots| density(base, *bots, size.seeds)).collect();
        let of_base = density(base, base.bots, 1);
        // R is proportional to bot density.
        let r_passes_1 = (of_base.r_max > 0.0).then(|| base.bots / of_base.r_max).filter(|bots| *bots <= 100.0);
        let median_passes = densities.windows(2).find_map(|pair| {
            let [before, after] = [pair[0], pair[1]];
            let (from, to) = (before.falls.median, after.falls.median);
            let part = (DEEP - from) / (to - from);
            (from < DEEP && to >= DEEP).then_some(before.bots + part * (after.bots - before.bots))
        });
        Self { base: *base, opening: spread(base, 1, size.seeds), rows, densities, r_passes_1, median_passes }
    }

    /// The criteria for an opening and whether this one meets them.
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion> {
        let Spread { median, .. } = self.opening;
        let here = density(&self.base, self.base.bots, 1);
        let percents = |value: f64| percent_of(&digits(value, 1));
        let mut criteria = vec![
            Criterion {
                words: tr("R of margin limits (closed form) is above 1").into(),
                found: digits(here.r_max, 2),
                passed: here.r_max > 1.0,
            },
            Criterion {
                words: say!("the critical shock is below the first sale of {shock}", shock = percents(self.base.shock)),
                found: here.critical_shock.map_or_else(|| tr("none").into(), percents),
                passed: here.critical_shock.is_some_and(|shock| shock < self.base.shock),
            },
        ];
        for row in self.rows.iter().filter(|row| row.must_hold) {
            let off = row.falls.median / median - 1.0;
            let within = if row.id == "ticks" { WITHIN_BY_TICK } else { WITHIN };
            criteria.push(Criterion {
                words: say!(
                    "{choice} {value}: the median stays within {share}",
                    choice = row.choice,
                    value = row.value,
                    share = percent_of(&figure(100.0 * within))
                ),
                found: percents(100.0 * off),
                passed: off.abs() <= within,
            });
        }
        let apart = self.r_passes_1.zip(self.median_passes).map(|(r, fall)| (r - fall).abs());
        criteria.push(Criterion {
            words: say!(
                "R passes 1 within {points} points of bot density of where the median passes {fall}",
                points = figure(APART),
                fall = percent_of(&figure(DEEP))
            ),
            found: apart.map_or_else(|| tr("none").into(), |apart| digits(apart, 1)),
            passed: apart.is_some_and(|apart| apart <= APART),
        });
        criteria
    }
}

/// A criterion for an opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The criterion.
    pub words: String,
    /// The measured value.
    pub found: String,
    /// Whether it is met.
    pub passed: bool,
}

/// Results for these parameters at another bot density.
fn density(base: &Params, bots: f64, seeds: usize) -> Density {
    let params = Params { bots, ..*base };
    let rules = Rules::from(&params);
    let (mut crowd, mut limits) = (Crowd::default(), LimitDensity::default());
    crowd.arrange(&Params { accounts: 100.0, ..params });
    limits.compute(&params, &rules);
    let form = ClosedForm::compute(&rules, &limits, &mut crowd);
    Density {
        bots,
        r_max: form.r_max.unwrap_or(f64::INFINITY),
        critical_shock: form.critical_shock.map(percent),
        falls: spread(&params, 1, seeds),
    }
}
