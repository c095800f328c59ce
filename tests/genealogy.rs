//! The family tree of the sales of a run: sizes add up, chains go back in time to a root, and the mean family is that
//! of a branching process with the run's R.

mod common;

use common::params;
use deleverage::model::counterfactual::Counterfactuals;
use deleverage::model::genealogy::{Cause, Genealogy};

fn study(query: &str) -> (Counterfactuals, Genealogy) {
    let study = Counterfactuals::new(&params(query));
    let (rules, crowd, run) = study.actual();
    let tree = Genealogy::of(rules, crowd, run);
    (study, tree)
}

const QUERIES: [&str; 6] = [
    "",
    "bots=80&throttle=0.05",
    "shorts=50&first-order=purchase&bots=80",
    "vol-bots=100&breaker-fall=3&breaker-halt=300",
    "targeters=15&venues=3",
    "close-fraction=20&settlement-delay=60&human-latency=60",
];

#[test]
fn generations_and_roots_add_up_to_all_that_was_decided() {
    for query in QUERIES {
        let (study, tree) = study(query);
        let (rules, _, run) = study.actual();
        let all = run.ledger.sales.iter().map(|sale| sale.lots).sum::<u64>() as f64 * rules.lot;
        let sum: f64 = tree.generations.iter().map(|generation| generation.size).sum();
        assert!(all > 0.0 && (sum / all - 1.0).abs() < 1e-9, "{query}: {sum} of {all}");
        assert!((tree.roots.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{query}: {:?}", tree.roots);
        assert!(tree.generations.iter().all(|generation| generation.size >= 0.0));
    }
}

#[test]
fn every_chain_goes_back_in_time_to_a_root() {
    for query in QUERIES {
        let (study, tree) = study(query);
        let ledger = &study.actual().2.ledger;
        for sale in (0..ledger.sales.len() as u32).step_by(97) {
            let chain = tree.chain(ledger, sale);
            assert!(chain.windows(2).all(|pair| pair[1].second < pair[0].second), "{query}: {chain:?}");
            assert_eq!(chain[0].second, ledger.sales[sale as usize].decided);
            let last = chain.last().unwrap();
            assert!(last.cause != Cause::Sales && last.sale.is_none());
            for link in &chain[..chain.len() - 1] {
                assert_eq!(link.cause, Cause::Sales);
                assert!(link.share > 0.25 && link.share <= 1.0 + 1e-12, "{query}: {link:?}");
                // The parent was traded in the second in which the child's limit was passed.
                let parent = link.sale.unwrap();
                assert!(ledger.trades.iter().any(|trade| trade.sale == parent && trade.second == link.second));
            }
        }
    }
}

#[test]
fn without_noise_everything_goes_back_to_the_first_order() {
    let (_, tree) = study("calm-volatility=0");
    assert!(tree.roots[0] > 0.999, "{:?}", tree.roots);
    let (_, tree) = study("shock=0&vol-limit=2&vol-bots=100&bots=100");
    assert_eq!(tree.roots[0], 0.0);
}

#[test]
fn in_a_pure_cascade_each_generation_is_r_times_the_last() {
    // Where R is about the same at every fall, sizes shrink by R.
    let (_, tree) = study(
        "leverage=10&bots=100&vol-bots=0&depth=8&crowding=10&shock=8&calm-volatility=0&buyers=0&thinning=0&permanent=100&accounts=200000",
    );
    let ratios: Vec<f64> = tree.generations.windows(2).take(3).map(|pair| pair[1].size / pair[0].size).collect();
    let r = deleverage::Simulator::new(&params(
        "leverage=10&bots=100&vol-bots=0&depth=8&crowding=10&shock=8&calm-volatility=0&buyers=0&thinning=0&permanent=100",
    ));
    let most = r.summary().r_margin_max.unwrap();
    assert!(ratios.iter().all(|ratio| *ratio > 0.6 * most && *ratio < 1.05 * most), "{ratios:?}, R at most {most}");
}
