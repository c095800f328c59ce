//! A rung: the first limit of one account, as a ladder holds it.

use super::draws::Habit;

/// One account's first limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// Where it is passed: a fall of the log price, or the log of a multiple of usual volatility.
    pub at: f64,
    /// Whose it is.
    pub account: u32,
    /// What that account is like: kept here, because limits are passed in another order than accounts are
    /// numbered, and looking each one up would miss the cache.
    pub habit: Habit,
}

/// The rungs of `limits[account]` with the habits of each account.
pub fn rungs<'a>(limits: &'a [f64], habits: &'a [Habit]) -> impl Iterator<Item = Rung> + 'a {
    let numbered = limits.iter().zip(habits).enumerate();
    numbered.map(|(account, (at, habit))| Rung { at: *at, account: account as u32, habit: *habit })
}
