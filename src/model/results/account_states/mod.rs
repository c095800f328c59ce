//! The state of each account in any second of a run: safe, near its limit, thinking, selling, sold out.
//!
//! Orders, trades and closures come from the run's ledger. A person who looks again and does not sell leaves no trace
//! there, so people are simulated once more along the price that they saw. Everything that does not depend on the
//! second is computed once; a [`Glance`] at a second does no work for accounts whose limit was never passed.

mod history;
mod path;

use history::{Doing, Step, follow, ledger_events, people};
use path::{Path, margin_step, paths};

use crate::model::crowd::{Crowd, LIMIT_SPREAD};
use crate::model::rules::{LOTS, MOST_VENUES, Rules};
use crate::model::run::Run;
use crate::model::run::series::Series;

/// An account is near its limit if a further fall of the log price of this much, 1% of the price, reaches it (of a
/// short account: a rise). A bot with a volatility limit is near it if volatility that is 1.25 times higher does.
pub const NEAR: f64 = 0.010_050_335_853_501_44;

/// The state of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not near the next limit of its rule.
    Safe,
    /// Within [`NEAR`] of it.
    Near,
    /// A person whose limit has been passed, within the reaction time.
    Thinking,
    /// Its order is on the way, waits in the book, or trades in this second. (A short account buys.)
    Selling,
    /// Its position is closed.
    SoldOut,
}

impl State {
    /// All states, in the order in which an account passes through them.
    pub const ALL: [Self; 5] = [Self::Safe, Self::Near, Self::Thinking, Self::Selling, Self::SoldOut];
}

/// The state of an account and its position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// The remaining position, as a share of that at the start.
    pub held: f64,
}

/// The states of all accounts in all seconds of a run.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// The path of the price for each [desk](Crowd::desk).
    paths: Vec<Path>,
    /// Start of the steps of each account; one more than there are accounts.
    first: Vec<u32>,
    steps: Vec<Step>,
}

impl States {
    /// Computes the states of a run that has recorded its sales.
    #[must_use]
    pub fn of(rules: &Rules, crowd: &Crowd, run: &Run) -> Self {
        let paths = paths(rules, crowd, run);
        let mut events = ledger_events(rules, crowd, run);
        people(rules, crowd, &paths, |event| events.push(event));
        // A stable sort: within a second the order of events is kept, because a look may be followed by a new wait.
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
    /// The state of an account in this second.
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

    /// The number of accounts in each of [`State::ALL`].
    #[must_use]
    pub fn counts(&self) -> [usize; 5] {
        let mut counts = [0; 5];
        for account in 0..self.crowd.falls.len() as u32 {
            counts[self.of(account).state as usize] += 1;
        }
        counts
    }

    /// Safe or near the limit after `ordered` sales, as if all of them had settled.
    fn watching(&self, account: usize, ordered: u8) -> State {
        let (rules, crowd) = (self.rules, self.crowd);
        let habit = crowd.draws.habits[account];
        // Zero without a sale, because the step may be infinite.
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
