//! Parameter sets for the tests: from the words of a query, and any that the table allows.

#![allow(dead_code)] // Every test is a crate of its own and uses what it needs.

use std::fmt;

use deleverage::params::{Params, Row, Scale, TABLE};
use deleverage::query;
use proptest::prelude::*;

/// The parameters of a query that must be right.
pub fn params(query: &str) -> Params {
    query::parse(query).unwrap_or_else(|problem| panic!("{query}: {problem}"))
}

/// Parameters that are printed as the query that gives them back.
#[derive(Clone, Copy)]
pub struct Case(pub Params);

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:?}", query::write(&self.0))
    }
}

/// Any parameters that the table allows, with at most that many accounts and hours: every row at its default,
/// at an end of its range, off or next to it, or anywhere between, evenly on its own scale. Failing cases shrink towards the
/// defaults.
pub fn any_params(accounts: f64, hours: f64) -> impl Strategy<Value = Case> {
    let row = (prop_oneof![4 => Just(0u8), 10 => Just(1), 2 => Just(2), 2 => Just(3), 1 => Just(4)], 0.0..=1.0);
    (prop::collection::vec(row, TABLE.len()), any::<u64>()).prop_map(move |(picks, seed)| {
        let mut params = Params { seed, ..Params::default() };
        for (row, (pick, share)) in TABLE.iter().zip(picks).filter(|(row, _)| row.scale != Scale::Seed) {
            let max = match row.id {
                "accounts" => accounts,
                "hours" => hours,
                _ => row.max,
            };
            let value = match pick {
                0 => row.default.min(max),
                1 => between(row, max, share),
                2 => row.min,
                3 => max,
                // Off; or, where zero is an end of the range, the tiniest number above it.
                _ if row.allows(0.0) => f64::MIN_POSITIVE,
                _ => between(row, max, share),
            };
            params.set(row, row.nearest(value)).expect("the nearest value is allowed");
        }
        Case(params)
    })
}

fn between(row: &Row, max: f64, share: f64) -> f64 {
    match row.scale {
        Scale::Log | Scale::LogOrOff | Scale::WholeLog => row.min * libm::pow(max / row.min, share),
        _ => row.min + (max - row.min) * share,
    }
}
