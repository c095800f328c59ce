//! Properties of all parameters that the table allows: finite numbers, conserved lots and money, no account sells
//! twice, no trade in a halt, and no dependence on earlier runs.

use crate::common::holds::check;
use crate::common::{any_params, params};
use deleverage::params::{Scale, TABLE};
use deleverage::{Params, Simulator};
use proptest::prelude::*;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn every_run_is_finite_and_conserves_lots_and_money(case in any_params(2000.0, 1.0)) {
        let simulator = Simulator::new(&case.0);
        check(&simulator)?;
    }

    #[test]
    fn a_used_simulator_gives_the_results_of_a_fresh_one(
        start in any_params(300.0, 1.0),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_params(300.0, 1.0)), 8),
    ) {
        let mut p = start.0;
        let mut used = Simulator::new(&p);
        for (row, to) in changes {
            // One slider at a time, so that most of the last run's data is reused.
            let row = row.get(TABLE);
            if row.scale == Scale::Seed {
                p.seed = to.0.seed;
            } else {
                p.set(row, to.0.get(row)).unwrap();
            }
            // The new value may contradict other parameters.
            p.settle();
            // Compared as text, because a NaN is not equal to itself.
            let fresh = format!("{:?}", Simulator::new(&p).summary());
            prop_assert_eq!(format!("{:?}", used.simulate(&p)), fresh, "after a change of {}", row.id);
        }
    }

    #[test]
    fn an_insurance_fund_alone_changes_no_run(case in any_params(300.0, 1.0), insurance in 0.001..10.0) {
        let without = Params { adl: 0.0, insurance: 0.0, ..case.0 };
        let with = Params { insurance, ..without };
        prop_assert_eq!(Simulator::new(&with).summary().digest, Simulator::new(&without).summary().digest);
    }
}

#[test]
fn the_largest_and_the_longest_runs_keep_the_invariants() {
    for query in [
        "accounts=100000&hours=6&leverage=20&bots=60",
        "accounts=100&hours=6&leverage=50&margin-capital=50&depth=0.05&depth-floor=1&thinning=0.8&bots=100",
        "hours=6&leverage=50&margin-capital=50&depth=0.05&buyers=1000&refill=10&permanent=0&human-latency=60",
        "hours=6&depth=0.05&buyers=1000&human-latency=60&depth-floor=1&refill=10&shorts=50&accounts=300",
        "hours=6&depth=0.05&human-latency=60&breaker-fall=1&breaker-halt=900&buyers=1000&depth-floor=1",
        "hours=5&leverage=4&bots=100&shock=20&accounts=400&maintenance=25&vol-bots=0&bot-latency=600&depth=0.05&thinning=0.8\
         &depth-floor=1&breaker-fall=11.04284386&throttle=3.981071706&settlement-delay=3600&crowding=2.791388313\
         &margin-capital=5.324171371&vol-limit=2&arbitrage=0.015848932&adl=on&ltv=0",
        "hours=6&calm-volatility=0&thinning=0.8&breaker-fall=0.5&breaker-halt=7200&close-fraction=5",
        "hours=6&accounts=20000&leverage=20&bots=60&shorts=40&venues=8&arbitrage=0.001&targeters=300&adl=on",
        "hours=6&leverage=50&depth=0.05&depth-floor=1&shorts=100&first-order=purchase&amm-share=90&insurance=1&adl=on",
    ] {
        check(&Simulator::new(&params(query))).unwrap_or_else(|failed| panic!("{query}: {failed}"));
    }
}
