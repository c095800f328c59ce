//! The blocks of seeds, and the number of crowds that is offered.

use crate::model::rules::Rules;
use crate::params::Params;

/// Default number of crowds.
pub const CROWDS: usize = 100;

/// Greatest number of accounts of all crowds together: a minute of work on a page. If the crowds are larger, fewer are
/// offered.
pub const MOST_ACCOUNTS: f64 = 1e7;

/// Number of crowds of this size that are offered: `wanted` or fewer, and at least one.
#[must_use]
pub fn offered(params: &Params, wanted: usize) -> usize {
    let most = MOST_ACCOUNTS / (params.accounts + Rules::short_accounts(params) as f64);
    wanted.min(most as usize).max(1)
}

/// The lowest seed of the block of `crowds` seeds that this seed belongs to.
#[must_use]
pub fn first_seed(seed: u64, crowds: usize) -> u64 {
    seed - seed % crowds.max(1) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_large_crowds_are_offered() {
        assert_eq!(offered(&Params::default(), 100), 100);
        assert_eq!(offered(&Params { accounts: 1e6, ..Params::default() }, 100), 10);
        assert_eq!(offered(&Params { accounts: 1e6, shorts: 100.0, ..Params::default() }, 100), 5);
    }
}
