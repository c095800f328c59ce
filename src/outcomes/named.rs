//! The table of results, each under its name, and how they are computed.

use crate::challenge::{Challenge, Score};
use crate::describe::crowds::CRASH;
use crate::model::Simulator;
use crate::model::ensemble::{CROWDS, Ensemble};
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::model::studies::counterfactual::{Change, Counterfactuals, Pair};
use crate::model::studies::genealogy::Genealogy;
use crate::model::studies::tipping_point::Tipping;
use crate::say;
use crate::text::language::tr;
use crate::text::units::{digits, dollars, duration, percent_of, time};

/// The unit of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Percent, with this many decimal places.
    Percent(u32),
    /// Seconds, formatted as minutes and seconds.
    Seconds,
    /// Seconds, with this many decimal places.
    Delay(u32),
    /// $bn.
    Billions,
    /// No unit, with this many decimal places.
    Plain(u32),
}

impl Unit {
    /// The unit to write after a prediction.
    pub(crate) fn written(self) -> &'static str {
        match self {
            Self::Percent(_) => "%",
            Self::Seconds | Self::Delay(_) => tr("seconds"),
            Self::Billions => tr("billion dollars"),
            Self::Plain(_) => "",
        }
    }

    /// A number with its unit.
    #[must_use]
    pub fn with_unit(self, value: f64) -> String {
        match self {
            Self::Percent(places) => percent_of(&digits(value, places)),
            Self::Seconds if value >= 0.0 => time(value.round_ties_even() as usize),
            Self::Seconds => duration(value),
            Self::Delay(places) => say!("{number}\u{a0}s", number = digits(value, places)),
            Self::Billions => dollars(value),
            Self::Plain(places) => digits(value, places),
        }
    }

    /// A number without its unit; dollars in $bn.
    #[must_use]
    pub fn without_unit(self, value: f64) -> String {
        match self {
            Self::Percent(places) | Self::Plain(places) | Self::Delay(places) => digits(value, places),
            Self::Seconds => digits(value, 0),
            Self::Billions => digits(value, 2),
        }
    }

    /// The same unit with another number of decimal places. Times and dollars ignore it.
    #[must_use]
    pub fn with_places(self, places: u32) -> Self {
        match self {
            Self::Percent(_) => Self::Percent(places),
            Self::Delay(_) => Self::Delay(places),
            Self::Plain(_) => Self::Plain(places),
            Self::Seconds | Self::Billions => self,
        }
    }

    /// A result beside a prediction: a time both in seconds, as predicted, and in minutes and seconds.
    pub(crate) fn words_beside_prediction(self, value: f64) -> String {
        let words = self.with_unit(value);
        if self != Self::Seconds || value < 120.0 {
            return words;
        }
        format!("{}\u{a0}{} ({words})", digits(value, 0), self.written())
    }
}

/// A named result.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// Name in lessons.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Computes it; `None` if the run does not have it.
    pub of: fn(&Simulator) -> Option<f64>,
}

const fn outcome(name: &'static str, unit: Unit, of: fn(&Simulator) -> Option<f64>) -> Outcome {
    Outcome { name, unit, of }
}

/// All results. `www/lessons/README.md` describes them in the same order.
pub const RESULTS: [Outcome; 50] = [
    outcome("fall", Unit::Percent(1), |run| Some(run.summary().greatest_fall_percent)),
    outcome("fall-without-bots", Unit::Percent(1), |run| Some(run.summary().without_bots_fall_percent)),
    outcome("beyond-first-sale", Unit::Percent(1), |run| {
        Some(run.summary().greatest_fall_percent - run.summary().params.shock)
    }),
    outcome("worst-venue", Unit::Percent(1), |run| run.summary().worst_venue_fall_percent),
    outcome("rise", Unit::Percent(1), |run| Some(run.summary().greatest_rise_percent)),
    outcome("low", Unit::Seconds, low),
    outcome("low-second", Unit::Plain(0), |run| low(run).map(|_| run.summary().trough() as f64)),
    outcome("first-sale", Unit::Billions, |run| Some(first_sale(run))),
    outcome("sold", Unit::Billions, |run| Some(sold(run))),
    outcome("busiest", Unit::Billions, |run| Some(busiest(run))),
    outcome("bots-by-low", Unit::Billions, |run| low(run).map(|_| bots_by_low(run))),
    outcome("bought-by-low", Unit::Billions, |run| low(run).map(|_| bought_by_low(run))),
    outcome("sold-share", Unit::Percent(0), |run| Some(sold_share(run))),
    outcome("sold-by-bots", Unit::Percent(1), |run| Some(run.summary().bot_forced_share_percent)),
    outcome("sold-by-people", Unit::Percent(1), |run| Some(run.summary().human_forced_share_percent)),
    outcome("thinnest-depth", Unit::Percent(0), |run| Some(100.0 * least_depth(&run.run().series.depth))),
    outcome("r", Unit::Plain(2), |run| run.summary().r_peak),
    outcome("r-max", Unit::Plain(2), |run| run.summary().r_margin_max),
    outcome("critical-shock", Unit::Percent(1), |run| run.summary().critical_shock_percent),
    outcome("fixed-point", Unit::Percent(1), |run| Some(run.summary().fixed_point_fall_percent)),
    outcome("fall-to-fixed-point", Unit::Percent(0), |run| {
        let summary = run.summary();
        Some(100.0 * summary.greatest_fall_percent / summary.fixed_point_fall_percent)
    }),
    outcome("bots-at-r-max-1", Unit::Percent(0), bots_at_r_max_1),
    outcome("greatest-round", Unit::Billions, |run| rounds(run).into_iter().reduce(f64::max)),
    outcome("bots-at-r-1", Unit::Percent(0), |run| Tipping::new(&run.summary().params).r_at().map(|bots| bots as f64)),
    outcome("steepest", Unit::Percent(0), |run| Tipping::new(&run.summary().params).steepest().map(|bots| bots as f64)),
    outcome("crashes", Unit::Plain(0), |run| Some(Ensemble::run(&run.summary().params, CROWDS).beyond(CRASH) as f64)),
    outcome("halts", Unit::Plain(0), |run| Some(f64::from(run.summary().halts))),
    outcome("halted", Unit::Seconds, |run| Some(score(run).now.halted as f64)),
    outcome("lateness", Unit::Delay(1), |run| score(run).now.delay),
    outcome("lost", Unit::Billions, |run| Some(millions(score(run).now.lost))),
    outcome("bad-debt", Unit::Billions, |run| run.summary().losses.map(|losses| millions(losses.bad_debt))),
    outcome("given-up", Unit::Billions, |run| Some(given_up(&score(run)))),
    outcome("target", Unit::Percent(0), |run| Some(score(run).target)),
    outcome("open-interest", Unit::Billions, |run| Some(run.rules().open_interest)),
    outcome("position", Unit::Billions, |run| Some(run.rules().open_interest / run.summary().params.accounts)),
    outcome("mean-leverage", Unit::Plain(2), |run| Some(run.summary().params.mean_leverage())),
    outcome("limit", Unit::Percent(1), |run| Some(limit(run))),
    outcome("next-limit", Unit::Percent(1), |run| Some(percent(run.rules().margin_step))),
    outcome("bankruptcy", Unit::Percent(1), |run| Some(100.0 / run.summary().params.mean_leverage())),
    outcome("giant", Unit::Percent(1), |run| Some(one_seller(run, Change::OneSeller))),
    outcome("patient", Unit::Percent(1), |run| Some(one_seller(run, Change::OnePatientSeller))),
    outcome("middle-leverage", Unit::Plain(1), middle_leverage),
    outcome("loss-alone", Unit::Percent(0), |run| losses(run).map(|[alone, _]| alone.with_rule.at_worst)),
    outcome("loss-alone-end", Unit::Percent(0), |run| losses(run).map(|[alone, _]| alone.with_rule.at_end)),
    outcome("loss-alone-no-rule", Unit::Percent(0), |run| losses(run).map(|[alone, _]| alone.without_rule.at_worst)),
    outcome("loss-alone-no-rule-end", Unit::Percent(0), |run| losses(run).map(|[alone, _]| alone.without_rule.at_end)),
    outcome("loss-together", Unit::Percent(0), |run| losses(run).map(|[_, together]| together.with_rule.at_worst)),
    outcome("loss-together-end", Unit::Percent(0), |run| losses(run).map(|[_, together]| together.with_rule.at_end)),
    outcome("loss-together-no-rule", Unit::Percent(0), |run| {
        losses(run).map(|[_, together]| together.without_rule.at_worst)
    }),
    outcome("loss-together-no-rule-end", Unit::Percent(0), |run| {
        losses(run).map(|[_, together]| together.without_rule.at_end)
    }),
];

/// Time of the lowest price, in seconds after the first order began; `None` if the price never falls below the start.
fn low(run: &Simulator) -> Option<f64> {
    let summary = run.summary();
    (summary.greatest_fall_percent > 0.0).then_some(summary.trough_s as f64)
}

/// The bot density at which R of margin limits passes 1; R is proportional to that density.
fn bots_at_r_max_1(run: &Simulator) -> Option<f64> {
    let summary = run.summary();
    let at = summary.params.bots / summary.r_margin_max?;
    (summary.params.targeters == 0.0 && at <= 100.0).then_some(at)
}

/// The result with this name.
#[must_use]
pub fn result(name: &str) -> Option<&'static Outcome> {
    RESULTS.iter().find(|result| result.name == name)
}

/// The names of all results, separated by commas.
#[must_use]
pub fn names() -> String {
    RESULTS.iter().map(|result| result.name).collect::<Vec<_>>().join(", ")
}

/// Share of all positions sold by force, percent.
fn sold_share(run: &Simulator) -> f64 {
    run.summary().bot_forced_share_percent + run.summary().human_forced_share_percent
}

/// Forced sales, $bn.
fn sold(run: &Simulator) -> f64 {
    sold_share(run) / 100.0 * run.rules().open_interest
}

/// Forced sales in the busiest second, $bn.
fn busiest(run: &Simulator) -> f64 {
    let series = &run.run().series;
    let sold = series.bots_sold.iter().zip(&series.people_sold).map(|(bots, people)| bots + people);
    sold.max().unwrap_or(0) as f64 * run.rules().lot
}

/// Size of the first order, $bn.
fn first_sale(run: &Simulator) -> f64 {
    run.run().series.shock_sold.iter().sum::<u64>() as f64 * run.rules().lot
}

/// Forced sales by bots up to the low, $bn.
fn bots_by_low(run: &Simulator) -> f64 {
    run.run().series.bots_sold.iter().take(run.summary().trough() + 1).sum::<u64>() as f64 * run.rules().lot
}

/// Purchases of value buyers up to the low, $bn.
fn bought_by_low(run: &Simulator) -> f64 {
    run.run().series.bought.iter().take(run.summary().trough() + 1).sum()
}

/// Least depth from the first order on.
fn least_depth(depth: &[f64]) -> f64 {
    depth.iter().skip(SHOCK_AT).copied().fold(1.0, f64::min)
}

/// Forced sales by generation, $bn: the first order triggered the first, and each the next.
pub(super) fn rounds(run: &Simulator) -> Vec<f64> {
    let runs = Counterfactuals::new(&run.summary().params);
    let (rules, crowd, run) = runs.actual();
    Genealogy::of(rules, crowd, run).generations.iter().map(|generation| generation.size).collect()
}

/// The score of the run in the challenge.
fn score(run: &Simulator) -> Score {
    Challenge::default().score(&run.summary().params)
}

/// $bn rounded to whole millions.
fn millions(billions: f64) -> f64 {
    (billions * 1000.0).round_ties_even() / 1000.0
}

/// Open interest given up compared with no tools, $bn.
fn given_up(score: &Score) -> f64 {
    score.before.open_interest - score.now.open_interest
}

/// Fall at which an account with mean leverage, bought at the start price, reaches its margin limit, percent.
fn limit(run: &Simulator) -> f64 {
    let params = run.summary().params;
    100.0 - 100.0 * (1.0 - 1.0 / params.mean_leverage()) / (1.0 - params.maintenance / 100.0)
}

/// Fall if one seller sells the total of all forced sales, percent.
fn one_seller(run: &Simulator, change: Change) -> f64 {
    let mut runs = Counterfactuals::new(&run.summary().params);
    let lowest = |lowest: f64, price: &f64| if *price < lowest { *price } else { lowest };
    percent(-runs.run(change).1.series.price.iter().fold(0.0, lowest))
}

/// Leverage of the account whose losses are compared.
fn middle_leverage(run: &Simulator) -> Option<f64> {
    Some(Counterfactuals::new(&run.summary().params).alone_or_together(None)?.leverage)
}

/// Losses of one account, if nobody else has a rule and if all have one, percent of its equity.
fn losses(run: &Simulator) -> Option<[Pair; 2]> {
    let found = Counterfactuals::new(&run.summary().params).alone_or_together(None)?;
    Some([found.alone, found.together])
}
