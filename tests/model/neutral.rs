//! A mechanism that is off, or set so that it has no effect, does not change the run by a bit.
//!
//! Each mechanism is also switched on, which must change some run; otherwise the test could not fail. One simulator
//! makes all runs, so that state left over from earlier ones would show too.

use crate::common::release_1;

use deleverage::params::row;
use deleverage::{Params, Simulator, query};

/// Small crowds; a mechanism that is off in one of these is on in a different one.
const BASES: &[&str] = &[
    "",
    "bots=45&shock=4&vol-bots=0&depth=1&thinning=0&vol-interval=60",
    "leverage=20&bots=80&close-fraction=30&maintenance=3&throttle=0.5&breaker-fall=5",
    "leverage=20&bots=70&shorts=40&venues=3&arbitrage=0.05&targeters=20&queue-latency=5&margin-capital=1&insurance=0.01",
    "leverage=15&bots=50&shorts=60&first-order=purchase&impact=square-root&breaker-rule=bands&settlement-delay=60",
    "loops=12&ltv=93&maintenance=4&close-fraction=50&amm-share=40&venues=2&oracle=mean&shorts=20&adl=on",
];

/// A mechanism: the query that switches it off, changes that then have no effect, and the query that switches it on.
struct Mechanism {
    off: &'static str,
    neutral: &'static [&'static str],
    on: &'static [&'static str],
}

const MECHANISMS: &[Mechanism] = &[
    Mechanism {
        off: "venues=1",
        neutral: &["oracle=own&arbitrage=0.001", "oracle=mean&arbitrage=10"],
        on: &["venues=4&oracle=own&arbitrage=0.01"],
    },
    Mechanism {
        off: "venues=1",
        neutral: &["venues=8&oracle=mean&arbitrage=0.001", "venues=2&oracle=mean&arbitrage=10"],
        on: &["venues=8&oracle=own&arbitrage=0.001", "venues=2&oracle=own"],
    },
    Mechanism { off: "shorts=0&first-order=sale", neutral: &[""], on: &["shorts=50", "first-order=purchase"] },
    Mechanism { off: "mark=0", neutral: &[""], on: &["mark=1", "mark=30", "mark=600"] },
    Mechanism {
        // Volatility that no account watches can be measured in any way.
        off: "vol-bots=0&thinning=0",
        neutral: &["vol-interval=60", "vol-interval=300&vol-half-life=1", "vol-half-life=3600&usual-volatility=0.01"],
        on: &["thinning=0.3", "vol-bots=50"],
    },
    Mechanism {
        off: "vol-bots=30&thinning=0.3&vol-limit=2&vol-interval=1",
        neutral: &["vol-interval=1&vol-half-life=60&usual-volatility=3"],
        on: &["vol-interval=2", "vol-interval=300", "vol-half-life=59", "usual-volatility=2.9"],
    },
    Mechanism { off: "shock=2", neutral: &["first-seconds=10"], on: &["first-seconds=1", "first-seconds=1800"] },
    Mechanism { off: "shock=0&targeters=0", neutral: &["first-seconds=1", "first-seconds=1800"], on: &[] },
    Mechanism { off: "amm-share=0&impact=linear", neutral: &[""], on: &["amm-share=50", "impact=square-root"] },
    Mechanism { off: "loops=0", neutral: &["ltv=0", "ltv=95"], on: &["loops=9&ltv=90"] },
    Mechanism {
        off: "targeters=0",
        neutral: &["target-leverage=1", "target-leverage=20"],
        on: &["targeters=100&target-leverage=4"],
    },
    Mechanism { off: "queue-latency=0", neutral: &[""], on: &["queue-latency=20"] },
    Mechanism { off: "settlement-delay=0&close-fraction=20", neutral: &[""], on: &["settlement-delay=600"] },
    Mechanism {
        off: "settlement-delay=0&close-fraction=100",
        neutral: &["settlement-delay=1", "settlement-delay=3600"],
        on: &[],
    },
    Mechanism {
        off: "insurance=0&adl=off",
        neutral: &["insurance=0.001", "insurance=10", "insurance=10&adl=on"],
        on: &["adl=on", "adl=on&insurance=0.001"],
    },
    Mechanism {
        off: "breaker-rule=window&breaker-fall=0",
        neutral: &["breaker-window=1&breaker-halt=1", "breaker-window=3600&breaker-halt=3600"],
        on: &["breaker-fall=1", "breaker-rule=levels", "breaker-rule=bands"],
    },
];

/// The parameters with the changes of a query.
fn with(mut p: Params, changes: &str) -> Params {
    for change in changes.split('&').filter(|change| !change.is_empty()) {
        let (name, value) = change.split_once('=').expect("a name and a value");
        query::read(&mut p, row(name).expect("a row of the table"), value).expect("an allowed value");
    }
    p.check().unwrap_or_else(|problem| panic!("{changes}: {problem}"));
    p
}

fn base(changes: &str) -> Params {
    with(Params { accounts: 1000.0, hours: 1.0, ..release_1() }, changes)
}

/// The series of a run as text, because a NaN is not equal to itself. Volatility that no account watches may differ.
fn series(simulator: &Simulator) -> String {
    let rules = simulator.rules();
    let mut series = simulator.run().series.clone();
    if rules.vol_bots == 0.0 && rules.thinning == 0.0 {
        series.variance.clear();
    }
    format!("{series:?}")
}

/// A 64-bit hash of the series.
fn digest(simulator: &Simulator) -> u64 {
    let rules = simulator.rules();
    let mut series = simulator.run().series.clone();
    if rules.vol_bots == 0.0 && rules.thinning == 0.0 {
        series.variance.clear();
    }
    deleverage::model::summary::digest(&series)
}

#[test]
fn mechanisms_that_are_off_or_without_effect_do_not_change_the_run() {
    for mechanism in MECHANISMS {
        for changes in BASES {
            let off = with(base(changes), mechanism.off);
            let without = Simulator::new(&off);
            let mut used = Simulator::new(&base(changes));
            for neutral in mechanism.neutral {
                for on in mechanism.on {
                    used.simulate(&with(off, on));
                }
                used.simulate(&with(off, neutral));
                let words = format!("{changes} with {} and {neutral}", mechanism.off);
                assert_eq!(digest(&used), digest(&without), "{words}");
                assert!(series(&used) == series(&without), "{words}: same digest, other series");
            }
        }
    }
}

#[test]
fn every_mechanism_that_is_on_changes_some_run() {
    for mechanism in MECHANISMS {
        for on in mechanism.on {
            let changes_run = |changes: &&&str| {
                let off = with(base(changes), mechanism.off);
                digest(&Simulator::new(&off)) != digest(&Simulator::new(&with(off, on)))
            };
            assert!(BASES.iter().any(|changes| changes_run(&changes)), "{on} changes nothing");
        }
    }
}

#[test]
fn the_test_fund_prevents_auto_deleveraging_and_pays_losses() {
    let mut paid = 0.0;
    for changes in BASES {
        let p = with(base(changes), "insurance=10&adl=on");
        let losses = Simulator::new(&p).summary().losses.expect("a fund counts losses");
        assert!(losses.fund > 0.0 && losses.bad_debt == 0.0 && losses.off_book == 0.0, "{changes}: {losses:?}");
        paid += losses.paid;
    }
    assert!(paid > 0.0);
}
