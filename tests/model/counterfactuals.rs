//! Counterfactuals on the same draws: without bots, without one rule, with one seller in place of the crowd, and one
//! account alone or together with all others.

use crate::common::params;
use deleverage::Simulator;
use deleverage::model::Run;
use deleverage::model::counterfactual::{Change, Counterfactuals, Loss, Outcome};
use deleverage::model::run::RecordOptions;

fn run(query: &str, change: Change) -> Outcome {
    Counterfactuals::new(&params(query)).run(change).0
}

#[test]
fn no_change_gives_the_run_and_no_bots_gives_the_run_without_bots() {
    for query in ["", "shorts=30&venues=3&targeters=5", "throttle=0.1&breaker-fall=3&impact=square-root"] {
        let simulator = Simulator::new(&params(query));
        let mut study = Counterfactuals::new(&params(query));
        assert_eq!(study.run(Change::None).1.series.price, simulator.run().series.price, "{query}");
        assert_eq!(study.actual().2.series.price, simulator.run().series.price, "{query}");
        assert_eq!(study.run(Change::NoBots).1.series.price, simulator.without_bots(), "{query}");
    }
}

#[test]
fn one_seller_in_the_same_seconds_causes_the_same_crash_to_the_last_bit() {
    // Claim 2: the crowd's sales together act like one order.
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
        assert!(actual.bots_sold.iter().sum::<u64>() > 0, "{query}: no forced sales");
    }
}

#[test]
fn a_patient_seller_of_the_same_total_causes_a_far_smaller_fall() {
    let mut study = Counterfactuals::new(&params(""));
    let crowd = study.run(Change::None).0;
    let (patient, series) = study.run(Change::OnePatientSeller);
    assert!(patient.greatest_move_percent < 0.6 * crowd.greatest_move_percent, "{patient:?} {crowd:?}");
    assert_eq!(patient.sold, crowd.sold);
    let _ = series;
}

#[test]
fn each_rule_alone_is_milder_than_both() {
    let both = run("scenario=release-1", Change::None).greatest_move_percent;
    let no_margin = run("scenario=release-1", Change::NoMarginRule);
    let no_volatility = run("scenario=release-1", Change::NoVolatilityRule);
    assert!(no_margin.greatest_move_percent < both && no_volatility.greatest_move_percent < both);
    // Without bots that follow the rule, removing it changes nothing.
    let margin_only = "scenario=release-1&vol-bots=0&bots=50";
    assert_eq!(run(margin_only, Change::NoVolatilityRule), run(margin_only, Change::None));
    assert_eq!(
        run("scenario=release-1&vol-bots=100&bots=50", Change::NoMarginRule),
        run("scenario=release-1&vol-bots=100&bots=50", Change::None)
    );
}

#[test]
fn a_rule_that_saves_one_account_costs_it_more_when_all_have_it() {
    // Claim 4, with a shock that reaches the limit by itself: alone the rule limits the loss, together it causes it.
    let mut study = Counterfactuals::new(&params("scenario=release-1&shock=8&buyers=100&permanent=50"));
    let found = study.alone_or_together(None).unwrap();
    assert!(found.alone.with_rule.at_worst < found.together.with_rule.at_worst, "{found:?}");
    assert!(found.alone.without_rule.at_worst < found.together.without_rule.at_worst, "{found:?}");
    // An account that holds while the others sell loses more at the worst moment than one that sells.
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
fn without_margin_bots_there_is_no_account_to_compare() {
    assert!(Counterfactuals::new(&params("bots=0")).alone_or_together(None).is_none());
}

#[test]
fn orders_of_a_single_seller_wait_during_a_halt() {
    // Without transient impact, the last price reflects all sales.
    let query = "scenario=release-1&permanent=100&buyers=0&thinning=0&calm-volatility=0&bots=80&breaker-fall=1&breaker-halt=200";
    let mut study = Counterfactuals::new(&params(query));
    let depth = study.actual().0.depth;
    let shock = study.actual().0.shock;
    for change in [Change::OneSeller, Change::OnePatientSeller] {
        let (outcome, run) = study.run(change);
        assert!(run.halts() > 0 && run.series.halted.last() == Some(&0), "{change:?}");
        let fall = -run.series.price.last().unwrap();
        assert!((fall - shock - outcome.sold / depth).abs() < 1e-9, "{change:?}: {fall}");
        assert!(outcome.sold > 0.0 && outcome.r_peak.is_none(), "{change:?}: {outcome:?}");
    }
}

#[test]
fn the_four_losses_of_one_account_follow_from_its_trades() {
    for query in [
        "scenario=release-1&shock=8&buyers=100&permanent=50",
        "scenario=release-1&shorts=60&first-order=purchase&bots=80&shock=8",
    ] {
        let mut study = Counterfactuals::new(&params(query));
        let found = study.alone_or_together(None).unwrap();
        let (rules, crowd, actual) = study.actual();
        let account = found.account;
        // The median, by limit, of the forced accounts.
        let sales =
            actual.ledger.sales.iter().filter(|sale| sale.nth == 0 && crowd.falls[sale.account as usize] == sale.at);
        let bots = sales.filter(|sale| crowd.draws.habits[sale.account as usize].bot < rules.bots);
        let nearer = bots.clone().filter(|sale| sale.at < crowd.falls[account as usize]).count();
        assert_eq!(nearer, bots.count() / 2, "{query}");
        let (leverage, entry) = crowd.position(account as usize);
        let short = crowd.is_short(account as usize);
        // Equity of a long: value minus debt. Of a short: proceeds and collateral minus value.
        let (sign, own) =
            if short { (-1.0, entry + entry / leverage - 1.0) } else { (1.0, 1.0 - (entry - entry / leverage)) };
        let expected = |who: &dyn Fn(u32) -> bool, acts: bool| {
            let mut run = Run::default();
            run.simulate_with(rules, &mut crowd.only(who), RecordOptions { sales: true, seller: None });
            assert!(run.ledger.sales.iter().all(|sale| who(sale.account)), "{query}: a bystander sells");
            let trade = run.ledger.trades.iter().find(|trade| run.ledger.sales[trade.sale as usize].account == account);
            assert_eq!(trade.is_some(), acts, "{query}");
            let until = trade.map_or(run.series.price.len() - 1, |trade| trade.second as usize);
            let losses = run.series.price[..=until].iter().map(|price| 100.0 * sign * (1.0 - libm::exp(*price)) / own);
            let at_end = losses.clone().next_back().unwrap();
            Loss { at_end, at_worst: losses.fold(0.0, f64::max) }
        };
        let near = |a: Loss, b: Loss| {
            let close = (a.at_end - b.at_end).abs() < 1e-9 && (a.at_worst - b.at_worst).abs() < 1e-9;
            assert!(close, "{query}: {a:?}, not {b:?}");
        };
        near(found.alone.with_rule, expected(&|other| other == account, true));
        near(found.alone.without_rule, expected(&|_| false, false));
        near(found.together.with_rule, expected(&|_| true, true));
        near(found.together.without_rule, expected(&|other| other != account, false));
    }
}
