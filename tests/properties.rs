//! What must hold for everything that the table allows: finite numbers, lots and money conserved, nobody sells
//! twice, a halt is a halt, and a run does not depend on the runs before it.

mod common;

use common::{any_params, params};
use deleverage::model::rules::LOTS;
use deleverage::model::{Rules, Series};
use deleverage::params::{Scale, TABLE};
use deleverage::{Simulator, Summary};
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
    fn a_used_simulator_gives_what_a_fresh_one_gives(
        start in any_params(300.0, 1.0),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_params(300.0, 1.0)), 8),
    ) {
        let mut p = start.0;
        let mut used = Simulator::new(&p);
        for (row, to) in changes {
            // One slider at a time: then most of what is kept from the last run is used again.
            let row = row.get(TABLE);
            if row.scale == Scale::Seed {
                p.seed = to.0.seed;
            } else {
                p.set(row, to.0.get(row)).unwrap();
            }
            // Compared as text, because a NaN is not equal to itself.
            let fresh = format!("{:?}", Simulator::new(&p).summary());
            prop_assert_eq!(format!("{:?}", used.simulate(&p)), fresh, "after a change of {}", row.id);
        }
    }
}

fn check(simulator: &Simulator) -> Result<(), TestCaseError> {
    let (rules, series) = (simulator.rules(), &simulator.run().series);
    let holdings = Holdings::of(simulator);
    finite(simulator.summary(), series, rules)?;
    lots(rules, series, &holdings)?;
    halts(series)?;
    buyers(rules, series)?;
    Ok(())
}

fn finite(summary: &Summary, series: &Series, rules: &Rules) -> Result<(), TestCaseError> {
    for (name, floats) in [
        ("price", &series.price),
        ("bought", &series.bought),
        ("depth", &series.depth),
        ("log volatility", &series.log_volatility),
    ] {
        let bad = floats.iter().position(|value| !value.is_finite());
        prop_assert_eq!(bad, None, "{} {:?}", name, bad.map(|t| floats[t]));
    }
    prop_assert!(series.reproduction.iter().all(|r| r.is_nan() || (r.is_finite() && *r >= 0.0)));
    prop_assert!(series.depth.iter().all(|depth| (rules.depth_floor..=1.0).contains(depth)));

    let percents = [
        summary.greatest_fall_percent,
        summary.without_bots_fall_percent,
        summary.bot_forced_share_percent,
        summary.human_forced_share_percent,
        summary.fixed_point_fall_percent,
        summary.critical_shock_percent.unwrap_or(0.0),
    ];
    prop_assert!(percents.iter().all(|value| (0.0..=100.0 + 1e-9).contains(value)), "{:?}", summary);
    prop_assert!(summary.r_margin_max.is_finite() && summary.r_margin_max >= 0.0);
    prop_assert!(summary.r_peak.is_none_or(|r| r.is_finite() && r >= 0.0));
    Ok(())
}

/// What each kind of account holds, in lots, and where the margin limits lie.
struct Holdings {
    margin_bots: u64,
    volatility_bots: u64,
    people: u64,
    bot_limits: Vec<f64>,
    people_limits: Vec<f64>,
}

impl Holdings {
    fn of(simulator: &Simulator) -> Self {
        let (rules, crowd) = (simulator.rules(), simulator.crowd());
        let mut holdings =
            Self { margin_bots: 0, volatility_bots: 0, people: 0, bot_limits: vec![], people_limits: vec![] };
        for (habit, fall) in crowd.draws.habits.iter().zip(&crowd.falls) {
            if habit.bot >= rules.bots {
                holdings.people += LOTS;
                holdings.people_limits.push(*fall);
            } else if habit.rule < rules.vol_bots {
                holdings.volatility_bots += LOTS;
            } else {
                holdings.margin_bots += LOTS;
                holdings.bot_limits.push(*fall);
            }
        }
        holdings
    }
}

fn lots(rules: &Rules, series: &Series, holdings: &Holdings) -> Result<(), TestCaseError> {
    let (mut triggered, mut bots, mut people) = (0, 0, 0);
    for t in 0..series.price.len() {
        // What is sold now was triggered in an earlier second.
        bots += series.bots_sold[t];
        people += series.people_sold[t];
        prop_assert!(bots <= triggered, "second {}: bots sold {} of {} triggered", t, bots, triggered);
        triggered += series.triggered[t];
        prop_assert!(series.bots_sold[t] + series.people_sold[t] <= rules.throttle);
    }
    prop_assert!(triggered <= holdings.margin_bots + holdings.volatility_bots);
    prop_assert!(people <= holdings.people);

    // Nobody sells twice: whoever closes at the first limit decides once, in the second in which it is passed.
    let greatest = series.price.iter().fold(0.0, |fall, price| f64::max(fall, -price));
    let passed = |limits: &[f64]| LOTS * limits.iter().filter(|limit| **limit <= greatest).count() as u64;
    prop_assert!(people <= passed(&holdings.people_limits));
    if holdings.volatility_bots == 0 {
        prop_assert!(triggered <= passed(&holdings.bot_limits));
        if rules.margin_sales.len() == 1 {
            prop_assert_eq!(triggered, passed(&holdings.bot_limits));
        }
    }
    if rules.margin_sales.len() == 1 && rules.throttle == u64::MAX {
        prop_assert!(series.people_sold.iter().all(|lots| lots % LOTS == 0));
    }
    Ok(())
}

fn halts(series: &Series) -> Result<(), TestCaseError> {
    for t in (1..series.price.len()).filter(|t| series.halted[*t] == 1) {
        prop_assert_eq!(series.price[t], series.price[t - 1], "the price moves in a halt, second {}", t);
        prop_assert_eq!(series.bots_sold[t] + series.people_sold[t] + series.shock_sold[t], 0);
    }
    Ok(())
}

/// Value buyers never hold less than nothing nor more than their target was at its greatest. The target is
/// kept by this test's own books: what was sold and bought gives the impact, the impact the transient fall.
fn buyers(rules: &Rules, series: &Series) -> Result<(), TestCaseError> {
    let (mut held, mut greatest_target, mut transient, mut waiting) = (0.0, 0.0_f64, 0.0, 0.0);
    for t in 1..series.price.len() {
        greatest_target = greatest_target.max(rules.buyers * f64::max(0.0, -transient));
        held += series.bought[t];
        prop_assert!(held >= -1e-9 * greatest_target, "second {}: {}", t, held);
        prop_assert!(held <= greatest_target * (1.0 + 1e-9), "second {}: {} of {}", t, held, greatest_target);
        let lots = series.bots_sold[t] + series.people_sold[t] + series.shock_sold[t];
        waiting += lots as f64 * rules.lot - series.bought[t];
        transient *= libm::exp(-1.0 / rules.refill);
        if series.halted[t] == 0 {
            transient -= (1.0 - rules.permanent) * waiting / (rules.depth * series.depth[t]);
            waiting = 0.0;
        }
    }
    Ok(())
}

#[test]
fn the_largest_and_the_longest_runs_hold_too() {
    for query in [
        "accounts=100000&hours=6&leverage=20&bots=60",
        "accounts=100&hours=6&leverage=50&margin-capital=50&depth=0.05&depth-floor=1&thinning=0.8&bots=100",
        "hours=6&leverage=50&margin-capital=50&depth=0.05&buyers=1000&refill=10&permanent=0&human-latency=60",
        "hours=6&calm-volatility=0&thinning=0.8&breaker-fall=0.5&breaker-halt=7200&close-fraction=5",
    ] {
        check(&Simulator::new(&params(query))).unwrap_or_else(|failed| panic!("{query}: {failed}"));
    }
}
