//! Which seeds belong together, and how many crowds are offered.

use crate::model::rules::Rules;
use crate::params::Params;

/// Number of crowds, unless a caller asks for another one.
pub const CROWDS: usize = 100;

/// Most accounts of all crowds together, beyond which fewer crowds are offered: a minute of work on a page.
pub const MOST_ACCOUNTS: f64 = 1e7;

/// How many of `wanted` crowds of this size are offered; at least one.
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
    fn crowds_that_are_too_large_are_fewer() {
        assert_eq!(offered(&Params::default(), 100), 100);
        assert_eq!(offered(&Params { accounts: 1e6, ..Params::default() }, 100), 10);
        assert_eq!(offered(&Params { accounts: 1e6, shorts: 100.0, ..Params::default() }, 100), 5);
    }
}
