//! What every account is doing in any second of a run: safe, near its limit, thinking, selling, sold out.
//!
//! Orders, trades and closures are those of the run's ledger. A person who looked again and did not sell leaves no
//! trace there, so people are followed once more along the price that they saw. All that does not depend on the
//! second is worked out once; a glance at a second then asks nothing of an account whose limit was never passed.

mod history;
mod path;

use history::{Doing, Step, follow, ledger_events, people};
use path::{Path, margin_step, paths};

use crate::model::crowd::{Crowd, LIMIT_SPREAD};
use crate::model::rules::{LOTS, MOST_VENUES, Rules};
use crate::model::run::Run;
use crate::model::run::series::Series;

/// An account is near its limit if a further fall of the log price of this much, 1 % of the price, reaches it (of a
/// short account: a rise). A bot with a volatility limit is near it if volatility that is 1.25 times higher does.
pub const NEAR: f64 = 0.010_050_335_853_501_44;

/// What an account is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not near the next limit of its rule.
    Safe,
    /// [`NEAR`] it.
    Near,
    /// A person whose limit was passed, before the second look.
    Thinking,
    /// Its order is on the way, waits for its turn, or is traded in this second. (A short account buys.)
    Selling,
    /// Nothing is left of its position.
    SoldOut,
}

impl State {
    /// All states, in the order in which an account goes through them.
    pub const ALL: [Self; 5] = [Self::Safe, Self::Near, Self::Thinking, Self::Selling, Self::SoldOut];
}

/// What an account is doing, and with how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// What it does.
    pub state: State,
    /// What it still holds, as a share of its position at the start.
    pub held: f64,
}

/// What all accounts of a run do in each of its seconds.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// For each [desk](Crowd::desk).
    paths: Vec<Path>,
    /// Where the steps of each account begin; one more than there are accounts.
    first: Vec<u32>,
    steps: Vec<Step>,
}

impl States {
    /// Of a run that has written down its sales.
    #[must_use]
    pub fn of(rules: &Rules, crowd: &Crowd, run: &Run) -> Self {
        let paths = paths(rules, crowd, run);
        let mut events = ledger_events(rules, crowd, run);
        people(rules, crowd, &paths, |event| events.push(event));
        // In the order in which they were found, where the second is the same: who looks may think again at once.
        events.sort_by_key(|event| (u64::from(event.account) << 32) + u64::from(event.second));
        let mut first = Vec::with_capacity(crowd.falls.len() + 1);
        let mut steps = Vec::new();
        for events in events.chunk_by(|a, b| a.account == b.account) {
            first.resize(events[0].account as usize + 1, steps.len() as u32);
            follow(events, &mut steps);
        }
        first.resize(crowd.falls.len() + 1, steps.len() as u32);
        Self { paths, first, steps }
    }

    /// A look at one second; rules, crowd and series must be those of the run.
    #[must_use]
    pub fn at<'a>(&'a self, rules: &'a Rules, crowd: &'a Crowd, series: &Series, second: usize) -> Glance<'a> {
        let mut levels = [0.0; 2 * MOST_VENUES];
        for (level, path) in levels.iter_mut().zip(&self.paths) {
            *level = path.levels[second];
        }
        let volatility = series.log_volatility(second) - rules.vol_limit;
        Glance { states: self, rules, crowd, second: second as u32, levels, volatility }
    }
}

/// One second of a run.
#[derive(Clone, Copy, Debug)]
pub struct Glance<'a> {
    states: &'a States,
    rules: &'a Rules,
    crowd: &'a Crowd,
    second: u32,
    levels: [f64; 2 * MOST_VENUES],
    /// Log of volatility, in multiples of the median limit.
    volatility: f64,
}

impl Glance<'_> {
    /// What an account does in this second.
    #[must_use]
    pub fn of(&self, account: u32) -> Standing {
        let States { first, steps, .. } = self.states;
        let index = account as usize;
        let steps = &steps[first[index] as usize..first[index + 1] as usize];
        let passed = steps.partition_point(|step| step.second <= self.second);
        let Some(step) = passed.checked_sub(1).map(|last| steps[last]) else {
            return Standing { state: self.watching(index, 0), held: 1.0 };
        };
        let state = match step.doing {
            Doing::Watching => self.watching(index, step.ordered),
            Doing::Thinking => State::Thinking,
            Doing::Selling => State::Selling,
            Doing::Nothing => State::SoldOut,
        };
        Standing { state, held: f64::from(step.held) / LOTS as f64 }
    }

    /// How many accounts are in each of [`State::ALL`].
    #[must_use]
    pub fn counts(&self) -> [usize; 5] {
        let mut counts = [0; 5];
        for account in 0..self.crowd.falls.len() as u32 {
            counts[self.of(account).state as usize] += 1;
        }
        counts
    }

    /// Safe or near the limit after so many orders, as if all of them had settled.
    fn watching(&self, account: usize, ordered: u8) -> State {
        let (rules, crowd) = (self.rules, self.crowd);
        let habit = crowd.draws.habits[account];
        // Not added up where there was none: the step may be infinite.
        let beyond = |step: f64| if ordered == 0 { 0.0 } else { f64::from(ordered) * step };
        let near = if habit.bot < rules.bots && habit.rule < rules.vol_bots {
            LIMIT_SPREAD * crowd.draws.limit[account] + beyond(rules.vol_step) - self.volatility <= rules.vol_step
        } else {
            let desk = crowd.desk(account as u32);
            crowd.falls[account] + beyond(margin_step(rules, desk)) - self.levels[desk] <= NEAR
        };
        if near { State::Near } else { State::Safe }
    }
}

#[cfg(test)]
mod tests;
