//! The run gives the same bits as a plain loop over all accounts in every second.
//!
//! The loop is written from sections 3 to 5 of `src/model/README.md`. It shares with the run only the draws, the normal
//! distribution and the impact of an order on book and pool; it has no ladder, no queue of people and no scheduler.
//! Every account has its own state and is updated in every second. Auto-deleveraging is not part of it.

mod account;
mod breaker;
#[path = "../common/mod.rs"]
mod common;
mod market;
mod plain;

use common::{any_params, params};
use deleverage::model::Series;
use deleverage::params::presets::SCENARIOS;
use deleverage::{Params, Simulator};
use proptest::prelude::*;

/// The first second and series in which two runs differ, with both values.
fn difference(fast: &Series, plain: &Series) -> Option<String> {
    let bits = |s: &Series| -> Vec<(&'static str, Vec<u64>)> {
        let floats = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect();
        vec![
            ("halted", s.halted.iter().map(|h| u64::from(*h)).collect()),
            ("shock sold", s.shock_sold.clone()),
            ("bots sold", s.bots_sold.clone()),
            ("people sold", s.people_sold.clone()),
            ("bought back by bots", s.bought_back.iter().map(|back| back.0).collect()),
            ("bought back by people", s.bought_back.iter().map(|back| back.1).collect()),
            ("rebalanced", floats(&s.rebalanced)),
            ("bought", floats(&s.bought)),
            ("depth", floats(&s.depth)),
            ("price", floats(&s.price)),
            ("mark", floats(&s.mark)),
            ("lowest", floats(&s.lowest)),
            ("variance", floats(&s.variance)),
            ("triggered", s.triggered.clone()),
            ("reproduction", floats(&s.reproduction)),
        ]
    };
    let unlike = |((name, a), (_, b)): ((_, Vec<u64>), (_, Vec<u64>))| {
        assert_eq!(a.len(), b.len(), "entries of {name}");
        let t = (0..a.len()).find(|t| a[*t] != b[*t])?;
        Some((t, format!("{name} in second {t}: {:#x}, {:#x} in the plain loop", a[t], b[t])))
    };
    let found = bits(fast).into_iter().zip(bits(plain)).filter_map(unlike);
    found.min_by_key(|(t, _)| *t).map(|(_, words)| words)
}

fn fast(p: &Params) -> Series {
    Simulator::new(p).run().series.clone()
}

#[test]
fn the_parameter_sets_with_digests_and_the_scenarios() {
    let digests = include_str!("../digests.txt").lines().skip(1);
    let corners = digests.map(|line| line.split_once('\t').expect("a query, a tab and a digest").0);
    for query in corners.chain(SCENARIOS.iter().map(|scenario| scenario.query)) {
        let p = Params { accounts: 200.0, adl: 0.0, ..params(query) };
        if let Some(found) = difference(&fast(&p), &plain::run(&p)) {
            panic!("{query}, 200 accounts: {found}");
        }
    }
}

proptest! {
    // `PROPTEST_CASES` may ask for more.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(256),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_allowed_parameters(case in any_params(300.0, 1.0)) {
        let p = Params { adl: 0.0, ..case.0 };
        prop_assert_eq!(difference(&fast(&p), &plain::run(&p)), None);
    }
}
