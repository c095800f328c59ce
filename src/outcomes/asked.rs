//! Results with an argument: the fall at a given second, the share of limits within a given fall. Pages pass the
//! argument in the query (`{fall-at t=600}`); lessons do not use them.

use super::named::{Unit, rounds};
use crate::model::results::summary::{deepest, percent};
use crate::model::{Crowd, Rules, Run, Simulator};

/// A result with an argument.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Name in pages.
    pub name: &'static str,
    /// Name of the argument in a query.
    pub argument: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Computes it; `None` if the run does not have it.
    pub of: fn(&Simulator, f64) -> Option<f64>,
}

const fn asked(
    name: &'static str,
    argument: &'static str,
    unit: Unit,
    of: fn(&Simulator, f64) -> Option<f64>,
) -> Asked {
    Asked { name, argument, unit, of }
}

/// All of them, described in `www/lessons/README.md`.
pub const ASKED: [Asked; 7] = [
    asked("fall-at", "t", Unit::Percent(1), fall_at),
    asked("fall-after", "after", Unit::Percent(1), |run, after| fall_at(run, run.summary().trough() as f64 + after)),
    asked("depth-at", "t", Unit::Percent(0), |run, t| Some(100.0 * run.run().series.depth.get(t as usize)?)),
    asked("limits-within", "within", Unit::Percent(0), |run, within| Some(limits_within(run, within))),
    asked("leverage-to-outlast", "within", Unit::Plain(1), leverage_to_outlast),
    asked("fall-by-ticks", "ticks", Unit::Percent(1), fall_by_ticks),
    asked("round", "round", Unit::Billions, |run, nth| rounds(run).get((nth as usize).checked_sub(1)?).copied()),
];

/// Distance of the price below the start at a second of the run, percent.
fn fall_at(run: &Simulator, second: f64) -> Option<f64> {
    run.run().series.price.get(second as usize).map(|price| percent(-price))
}

/// Share of all positions with a margin limit within a fall, percent.
fn limits_within(run: &Simulator, within: f64) -> f64 {
    let (rules, crowd) = (run.rules(), run.crowd());
    let reach = -libm::log(1.0 - within / 100.0);
    let accounts = crowd.falls.iter().zip(&crowd.draws.habits).enumerate();
    let within = accounts.filter(|(account, (fall, habit))| {
        let by_volatility = habit.bot < rules.bots && habit.rule < rules.vol_bots;
        **fall <= reach && !by_volatility && !crowd.is_short(*account)
    });
    100.0 * within.count() as f64 / crowd.falls.len() as f64
}

/// Greatest leverage at which an account bought at the start price survives a fall.
fn leverage_to_outlast(run: &Simulator, within: f64) -> Option<f64> {
    let left = (1.0 - within / 100.0) * (1.0 - run.summary().params.maintenance / 100.0);
    (left < 1.0).then(|| 1.0 / (1.0 - left))
}

/// Greatest fall of the same crowd with this many ticks per second, percent.
fn fall_by_ticks(run: &Simulator, ticks: f64) -> Option<f64> {
    // Noise is drawn for six hours of 1-s ticks.
    if !(1.0..=(6 * 3600 / run.rules().seconds) as f64).contains(&ticks) {
        return None;
    }
    let params = run.summary().params;
    let (mut crowd, mut finer) = (Crowd::default(), Run::default());
    crowd.arrange(&params);
    finer.simulate(&Rules::from(&params).with_ticks_per_second(ticks as usize), &mut crowd);
    Some(percent(deepest(&finer.series.price).1))
}
