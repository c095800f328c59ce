//! A rung: the first limit of one account, as a ladder holds it.

use super::draws::Habit;

/// The first limit of an account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// The limit: a fall of the log price, or the log of a multiple of usual volatility.
    pub at: f64,
    /// The account.
    pub account: u32,
    /// The account's habit. Copied here, because limits are passed in a different order than accounts are numbered, and
    /// each lookup would miss the cache.
    pub habit: Habit,
}

/// The rungs of `limits[account]` with the habits of each account.
pub fn rungs<'a>(limits: &'a [f64], habits: &'a [Habit]) -> impl Iterator<Item = Rung> + 'a {
    let numbered = limits.iter().zip(habits).enumerate();
    numbered.map(|(account, (at, habit))| Rung { at: *at, account: account as u32, habit: *habit })
}
