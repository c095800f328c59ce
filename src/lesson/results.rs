//! What can be asked of a run by name: in predictions, and in the places for numbers in answers.

use crate::language::tr;
use crate::model::Simulator;
use crate::model::counterfactual::{Change, Counterfactuals};
use crate::model::summary::percent;
use crate::units::{digits, dollars, duration, percent_of, time};

/// The unit of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Percent, with so many decimal places.
    Percent(u32),
    /// Seconds.
    Seconds,
    /// $bn.
    Billions,
    /// None, with so many decimal places.
    Plain(u32),
}

impl Unit {
    /// What stands behind a number that is to be predicted.
    pub(super) fn written(self) -> &'static str {
        match self {
            Self::Percent(_) => "%",
            Self::Seconds => tr("seconds"),
            Self::Billions => tr("billion dollars"),
            Self::Plain(_) => "",
        }
    }

    /// A number with its unit, as a person reads it.
    pub(super) fn words(self, value: f64) -> String {
        match self {
            Self::Percent(places) => percent_of(&digits(value, places)),
            Self::Seconds if value >= 0.0 => time(value as usize),
            Self::Seconds => duration(value),
            Self::Billions => dollars(value),
            Self::Plain(places) => digits(value, places),
        }
    }

    /// The same beside a prediction of it: a time in seconds, as it was predicted, and as a person reads it.
    pub(super) fn words_beside_prediction(self, value: f64) -> String {
        let words = self.words(value);
        if self != Self::Seconds || value < 120.0 {
            return words;
        }
        format!("{}\u{a0}{} ({words})", digits(value, 0), self.written())
    }
}

/// A number of a run that has a name.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// Its name in lessons.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Nothing where the run has no such number.
    pub of: fn(&Simulator) -> Option<f64>,
}

const fn outcome(name: &'static str, unit: Unit, of: fn(&Simulator) -> Option<f64>) -> Outcome {
    Outcome { name, unit, of }
}

/// All of them, in the order in which they are told. `www/lessons/README.md` says what each is.
pub const RESULTS: [Outcome; 14] = [
    outcome("fall", Unit::Percent(1), |run| Some(run.summary().greatest_fall_percent)),
    outcome("fall-without-bots", Unit::Percent(1), |run| Some(run.summary().without_bots_fall_percent)),
    outcome("low", Unit::Seconds, low),
    outcome("sold", Unit::Billions, |run| Some(sold(run))),
    outcome("busiest", Unit::Billions, |run| Some(busiest(run))),
    outcome("sold-by-bots", Unit::Percent(1), |run| Some(run.summary().bot_forced_share_percent)),
    outcome("sold-by-people", Unit::Percent(1), |run| Some(run.summary().human_forced_share_percent)),
    outcome("r", Unit::Plain(2), |run| run.summary().r_peak),
    outcome("halts", Unit::Plain(0), |run| Some(f64::from(run.summary().halts))),
    outcome("limit", Unit::Percent(1), |run| Some(limit(run))),
    outcome("giant", Unit::Percent(1), |run| Some(one_seller(run, Change::OneSeller))),
    outcome("patient", Unit::Percent(1), |run| Some(one_seller(run, Change::OnePatientSeller))),
    outcome("loss-alone", Unit::Percent(0), |run| losses(run).map(|[alone, _]| alone)),
    outcome("loss-together", Unit::Percent(0), |run| losses(run).map(|[_, together]| together)),
];

/// Nothing where the price never falls below that of the start.
fn low(run: &Simulator) -> Option<f64> {
    let summary = run.summary();
    (summary.greatest_fall_percent > 0.0).then_some(summary.trough_s as f64)
}

/// The result of that name.
pub(super) fn result(name: &str) -> Option<&'static Outcome> {
    RESULTS.iter().find(|result| result.name == name)
}

/// Their names.
pub(super) fn names() -> String {
    RESULTS.iter().map(|result| result.name).collect::<Vec<_>>().join(", ")
}

/// $bn sold by force.
fn sold(run: &Simulator) -> f64 {
    let summary = run.summary();
    (summary.bot_forced_share_percent + summary.human_forced_share_percent) / 100.0 * run.rules().open_interest
}

/// $bn sold by force in the busiest second.
fn busiest(run: &Simulator) -> f64 {
    let series = &run.run().series;
    let sold = series.bots_sold.iter().zip(&series.people_sold).map(|(bots, people)| bots + people);
    sold.max().unwrap_or(0) as f64 * run.rules().lot
}

/// The fall at which an account with the mean leverage, bought at the first price, meets its margin limit, percent.
fn limit(run: &Simulator) -> f64 {
    let params = run.summary().params;
    100.0 - 100.0 * (1.0 - 1.0 / params.mean_leverage()) / (1.0 - params.maintenance / 100.0)
}

/// The fall where one seller sells what the crowd was forced to sell, percent.
fn one_seller(run: &Simulator, change: Change) -> f64 {
    let mut runs = Counterfactuals::new(&run.summary().params);
    let lowest = |lowest: f64, price: &f64| if *price < lowest { *price } else { lowest };
    percent(-runs.run(change).1.series.price.iter().fold(0.0, lowest))
}

/// The loss at the worst moment of one account with its rule, while nobody else has one and while everybody has, percent
/// of its own money.
fn losses(run: &Simulator) -> Option<[f64; 2]> {
    let found = Counterfactuals::new(&run.summary().params).alone_or_together(None)?;
    Some([found.alone.with_rule.at_worst, found.together.with_rule.at_worst])
}
