//! Counterfactuals on the same draws: without bots, without one rule, one seller in the place of the crowd, and one
//! account alone or together with all others.

mod common;

use common::params;
use deleverage::Simulator;
use deleverage::model::counterfactual::{Change, Counterfactuals, Outcome};

fn run(query: &str, change: Change) -> Outcome {
    Counterfactuals::new(&params(query)).run(change).0
}

#[test]
fn nothing_changed_is_the_run_and_no_bots_is_its_ghost() {
    for query in ["", "shorts=30&venues=3&targeters=5", "throttle=0.1&breaker-fall=3&impact=square-root"] {
        let simulator = Simulator::new(&params(query));
        let mut study = Counterfactuals::new(&params(query));
        assert_eq!(study.run(Change::None).1.series.price, simulator.run().series.price, "{query}");
        assert_eq!(study.actual().2.series.price, simulator.run().series.price, "{query}");
        assert_eq!(study.run(Change::NoBots).1.series.price, simulator.without_bots().series.price, "{query}");
    }
}

#[test]
fn one_seller_in_the_same_seconds_makes_the_same_crash_to_the_last_bit() {
    // Claim 2: the sum of the crowd's sales behaves like one order, because it is one.
    for query in [
        "",
        "bots=80&throttle=0.2",
        "leverage=20&bots=50&breaker-fall=3",
        "shorts=40&bots=60",
        "targeters=8",
        "amm-share=30",
    ] {
        let mut study = Counterfactuals::new(&params(query));
        let actual = study.actual().2.series.clone();
        assert_eq!(study.run(Change::OneSeller).1.series.price, actual.price, "{query}");
        assert!(actual.bots_sold.iter().sum::<u64>() > 0, "{query}: nothing to compare");
    }
}

#[test]
fn one_seller_with_patience_does_far_less_harm_with_the_same_sum() {
    let mut study = Counterfactuals::new(&params(""));
    let crowd = study.run(Change::None).0;
    let (patient, series) = study.run(Change::OnePatientSeller);
    assert!(patient.greatest_fall_percent < 0.6 * crowd.greatest_fall_percent, "{patient:?} {crowd:?}");
    assert_eq!(patient.sold, crowd.sold);
    let _ = series;
}

#[test]
fn each_rule_alone_is_milder_than_both() {
    let both = run("", Change::None).greatest_fall_percent;
    let no_margin = run("", Change::NoMarginRule);
    let no_volatility = run("", Change::NoVolatilityRule);
    assert!(no_margin.greatest_fall_percent < both && no_volatility.greatest_fall_percent < both);
    // Without bots that obey it, its absence changes nothing.
    let margin_only = "vol-bots=0&bots=50";
    assert_eq!(run(margin_only, Change::NoVolatilityRule), run(margin_only, Change::None));
    assert_eq!(run("vol-bots=100&bots=50", Change::NoMarginRule), run("vol-bots=100&bots=50", Change::None));
}

#[test]
fn a_rule_that_saves_one_account_costs_it_more_when_all_have_it() {
    // Claim 4, where a shock of its own reaches the limit: alone the rule stops the loss, together it makes it.
    let mut study = Counterfactuals::new(&params("shock=8&buyers=100&permanent=50"));
    let found = study.alone_or_together(None).unwrap();
    assert!(found.alone.with_rule.at_worst < found.together.with_rule.at_worst, "{found:?}");
    assert!(found.alone.without_rule.at_worst < found.together.without_rule.at_worst, "{found:?}");
    // Whoever holds on while the others sell loses more at the worst moment than whoever sells.
    assert!(found.together.with_rule.at_worst <= found.together.without_rule.at_worst, "{found:?}");
}

#[test]
fn an_account_that_never_reaches_its_limit_loses_the_same_with_and_without_its_rule() {
    let mut study = Counterfactuals::new(&params("shock=0&leverage=2"));
    let found = study.alone_or_together(Some(0)).unwrap();
    assert_eq!(found.alone.with_rule, found.alone.without_rule);
    assert_eq!(found.together.with_rule, found.together.without_rule);
}

#[test]
fn without_margin_bots_there_is_nobody_to_ask() {
    assert!(Counterfactuals::new(&params("bots=0")).alone_or_together(None).is_none());
}
