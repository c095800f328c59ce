//! The costs of a run, and its points.

use crate::model::results::summary::{deepest, percent};
use crate::model::run::RecordOptions;
use crate::model::run::sale::By;
use crate::model::{Crowd, Rules, Run};
use crate::params::query;
use crate::params::{Params, row};
use crate::words;

/// A crowd to protect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Task {
    /// Stable id.
    pub id: &'static str,
    /// Description.
    pub name: &'static str,
    /// Its parameters as a query.
    pub query: &'static str,
}

/// All tasks.
pub const TASKS: [Task; 3] = [
    Task { id: "edge", name: words!("the crowd of the opening"), query: "" },
    Task { id: "bots", name: words!("a crowd with 70% bots"), query: "bots=70" },
    Task { id: "lasting", name: words!("after a first sale of 6% that stays"), query: "shock=6&permanent=100" },
];

/// The tools, as parameters; unused tools have their defaults.
const TOOLS: [&str; 8] = [
    "breaker_rule",
    "breaker_fall",
    "breaker_window",
    "breaker_halt",
    "throttle",
    "close_fraction",
    "leverage_cap",
    "bot_latency",
];

/// An insurance fund that is large enough to switch on the counting of losses and too small to matter, $bn.
const COUNTER: f64 = 0.001;

/// Points for a fall below the target.
pub(super) const REACHED: f64 = 100.0;

/// Points for covering the whole way to the target without reaching it; a part of the way gives a part of them.
pub(super) const WAY: f64 = 50.0;

/// Points lost per halt, and per minute of halt.
pub(super) const HALT: (f64, f64) = (3.0, 1.0);

/// Points lost per second of additional mean delay of bots.
pub(super) const SECOND: f64 = 1.0;

/// Points lost per percent of open interest given up.
pub(super) const OPEN_INTEREST: f64 = 1.0;

/// Points lost if losses beyond equity are as large as without tools.
pub(super) const LOST: f64 = 20.0;

/// The target as a multiple of the fall that the first sale causes alone, and the step to which it is rounded up,
/// percent.
pub(super) const TARGET: (f64, f64) = (1.25, 1.0);

/// The costs of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// Greatest fall, percent.
    pub fall: f64,
    /// Number of halts.
    pub halts: u32,
    /// Seconds without trade.
    pub halted: usize,
    /// Mean time from the limit of a bot to its sale, s. Unsold orders count to the end of the run. `None` if no bot
    /// had to sell.
    pub delay: Option<f64>,
    /// Initial open interest of all accounts, $bn.
    pub open_interest: f64,
    /// Losses beyond equity, $bn.
    pub lost: f64,
}

/// The costs of a run compared with the same crowd without tools.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Without tools.
    pub before: Costs,
    /// As it is.
    pub now: Costs,
    /// Target for the fall, percent.
    pub target: f64,
    /// Points for the fall; points lost to halts, delay, open interest given up, and losses.
    pub points: [i64; 5],
}

impl Score {
    pub(super) fn new(before: Costs, now: Costs, target: f64) -> Self {
        let reached = reached(now.fall, target);
        let way = (before.fall - now.fall) / (before.fall - target);
        let fall = if reached {
            REACHED
        } else if before.fall > target && way > 0.0 {
            WAY * way.min(1.0)
        } else {
            0.0
        };
        let halts = HALT.0 * f64::from(now.halts) + HALT.1 * now.halted as f64 / 60.0;
        let later = now.delay.zip(before.delay).map_or(0.0, |(now, before)| (now - before).max(0.0));
        let given_up = 100.0 * (1.0 - now.open_interest / before.open_interest).max(0.0);
        let lost = if before.lost > 0.0 { now.lost / before.lost } else { 0.0 };
        let costs = [halts, SECOND * later, OPEN_INTEREST * given_up, LOST * lost].map(|cost| -(cost.round() as i64));
        // Each entry is rounded to a whole number, so that the displayed numbers add up.
        Self { before, now, target, points: [fall.round() as i64, costs[0], costs[1], costs[2], costs[3]] }
    }

    /// Whether the fall is below the target, both rounded to a tenth of a percent.
    #[must_use]
    pub fn reached(&self) -> bool {
        reached(self.now.fall, self.target)
    }

    /// Total points, 0 to 100.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.points.iter().sum::<i64>().max(0)
    }
}

fn reached(fall: f64, target: f64) -> bool {
    fall < target - 0.05
}

/// Scores parameter sets and caches the result without tools.
#[derive(Debug, Default)]
pub struct Challenge {
    crowd: Crowd,
    run: Run,
    /// The crowd without tools, its costs, and the target.
    before: Option<(Params, Costs, f64)>,
}

impl Challenge {
    /// Scores these parameters against the same crowd without tools.
    pub fn score(&mut self, params: &Params) -> Score {
        let untouched = without_tools(params);
        let (before, target) = match self.before {
            Some((of, before, target)) if of == untouched => (before, target),
            _ => {
                let before = self.costs(&untouched);
                let target = self.target(&untouched);
                self.before = Some((untouched, before, target));
                (before, target)
            }
        };
        let now = if *params == untouched { before } else { self.costs(params) };
        Score::new(before, now, target)
    }

    fn costs(&mut self, params: &Params) -> Costs {
        let insurance = if params.insurance > 0.0 { params.insurance } else { COUNTER };
        let params = Params { insurance, ..*params };
        let rules = Rules::from(&params);
        self.crowd.arrange(&params);
        self.run.simulate_with(&rules, &mut self.crowd, RecordOptions { sales: true, seller: None });
        let losses = self.run.ledger.losses;
        Costs {
            fall: percent(deepest(&self.run.series.price).1),
            halts: self.run.halts(),
            halted: self.run.series.halted.iter().map(|halted| usize::from(*halted)).sum(),
            delay: delay(&rules, &self.run),
            open_interest: rules.open_interest,
            lost: losses.paid + losses.bad_debt + losses.taken,
        }
    }

    /// The target: the fall caused by the first sale if nobody is forced to sell, plus a quarter.
    fn target(&mut self, untouched: &Params) -> f64 {
        let rules = Rules { venues: 1, shorts: 0.0, adl: false, insurance: 0.0, ..Rules::from(untouched) };
        self.run.simulate_with(&rules, &mut Crowd::bystanders(&self.crowd), RecordOptions::default());
        let alone = percent(deepest(&self.run.series.price).1);
        ((TARGET.0 * alone / TARGET.1).ceil() * TARGET.1).max(TARGET.1)
    }
}

/// Mean time from the limit of a bot to its sale, s.
fn delay(rules: &Rules, run: &Run) -> Option<f64> {
    let sales = &run.ledger.sales;
    let mut left: Vec<u64> = sales.iter().map(|sale| sale.lots).collect();
    let (mut waited, mut all) = (0.0, 0.0);
    let mut wait = |lots: u64, seconds: usize| {
        waited += lots as f64 * seconds as f64;
        all += lots as f64;
    };
    for trade in &run.ledger.trades {
        let sale = &sales[trade.sale as usize];
        left[trade.sale as usize] -= trade.lots;
        if sale.by != By::Person {
            wait(trade.lots, trade.second as usize - sale.decided as usize);
        }
    }
    for (sale, left) in sales.iter().zip(left).filter(|(sale, left)| sale.by != By::Person && *left > 0) {
        wait(left, rules.seconds - sale.decided as usize);
    }
    (all > 0.0).then(|| waited / all)
}

/// The parameters with all tools at their defaults.
pub(super) fn without_tools(params: &Params) -> Params {
    with_tools(params, &Params::default())
}

/// The parameters with the tools of others.
fn with_tools(params: &Params, tools: &Params) -> Params {
    let mut with = *params;
    for tool in TOOLS.iter().filter_map(|id| row(id)) {
        // The value was allowed in `tools`.
        let _ = with.set(tool, tools.get(tool));
    }
    with.settle();
    with
}

/// The query of one of [`TASKS`], or of the given crowd if there is no such task, with the tools kept or at their
/// defaults.
#[must_use]
pub fn query_of(params: &Params, task: &str, keep_tools: bool) -> String {
    let task = TASKS.iter().find(|known| known.id == task);
    let crowd = task.map_or(*params, |task| query::parse_lenient(task.query).0);
    query::write(&if keep_tools { with_tools(&crowd, params) } else { without_tools(&crowd) })
}

#[cfg(test)]
mod tests;
