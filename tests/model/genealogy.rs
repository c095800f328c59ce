//! The family tree of the sales of a run: sizes add up, chains lead back in time to a root, and the mean family size is
//! that of a branching process with the run's R.

use crate::common::params;
use deleverage::model::counterfactual::Counterfactuals;
use deleverage::model::genealogy::{Cause, Genealogy};
use deleverage::model::sale::{By, Sale};

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
fn generations_and_roots_add_up_to_all_sales() {
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
fn every_chain_leads_back_in_time_to_a_root() {
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
fn without_noise_every_sale_descends_from_the_first_order() {
    let (_, tree) = study("calm-volatility=0");
    assert!(tree.roots[0] > 0.999, "{:?}", tree.roots);
    let (_, tree) = study("shock=0&vol-limit=2&vol-bots=100&bots=100");
    assert_eq!(tree.roots[0], 0.0);
}

#[test]
fn in_a_pure_cascade_each_generation_is_r_times_the_one_before() {
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

/// Generations and roots from a plain walk over all sales, which searches the parents of each sale again.
fn plain(study: &Counterfactuals) -> (Vec<f64>, Vec<f64>, [f64; 3]) {
    let (rules, crowd, run) = study.actual();
    let (series, ledger) = (&run.series, &run.ledger);
    let up = |sale: &Sale| match sale.by {
        By::Volatility => series.price[sale.decided as usize] > series.price[sale.decided as usize - 1],
        _ => crowd.is_short(sale.account as usize),
    };
    let mut known: Vec<(Vec<f64>, [f64; 3])> = Vec::new();
    let (mut sizes, mut moments, mut roots, mut all) = (Vec::new(), Vec::new(), [0.0; 3], 0.0);
    for sale in &ledger.sales {
        let (second, up) = (sale.decided as usize, up(sale));
        // Pushes in the direction in which the price passed the limit.
        let along = |down: f64| if up { f64::max(0.0, -down) } else { f64::max(0.0, down) };
        let noise = -crowd.draws.noise[second - 1] * rules.noise * rules.depth * series.depth[second];
        let first = rules.first_sign * series.shock_sold[second] as f64 * rules.lot;
        let funds = series.rebalanced.get(second).copied().unwrap_or(0.0);
        let own = [along(first), along(noise), along(funds)];
        let before: Vec<_> = ledger.trades.iter().filter(|trade| trade.second as usize == second).collect();
        let before =
            before.into_iter().filter(|trade| crowd.is_short(ledger.sales[trade.sale as usize].account as usize) == up);
        let before: Vec<(u32, f64)> = before.map(|trade| (trade.sale, trade.lots as f64 * rules.lot)).collect();
        let total = own.iter().sum::<f64>() + before.iter().map(|(_, size)| size).sum::<f64>();
        let mut generations = vec![0.0; 400];
        // Without a push, the book has refilled, which counts as noise.
        let mut from = if total > 0.0 { own.map(|push| push / total) } else { [0.0, 1.0, 0.0] };
        generations[0] = if total > 0.0 { own.iter().sum::<f64>() / total } else { 1.0 };
        if total > 0.0 {
            for (parent, size) in before {
                let (later, root) = &known[parent as usize];
                for i in 1..400 {
                    generations[i] += size / total * later[i - 1];
                }
                for i in 0..3 {
                    from[i] += size / total * root[i];
                }
            }
        }
        let size = sale.lots as f64 * rules.lot;
        sizes.resize(400, 0.0);
        moments.resize(400, 0.0);
        for i in 0..400 {
            sizes[i] += size * generations[i];
            moments[i] += size * generations[i] * second as f64;
        }
        for i in 0..3 {
            roots[i] += size * from[i];
        }
        all += size;
        known.push((generations, from));
    }
    (sizes, moments, roots.map(|root| root / all))
}

#[test]
fn the_tree_equals_a_plain_walk_over_all_sales() {
    for query in [
        "",
        "shorts=50&bots=60&leverage=20&calm-volatility=6",
        "shorts=50&first-order=purchase&bots=80",
        "targeters=60&target-leverage=4&shorts=30&leverage=20&bots=50",
        "vol-bots=60&bots=60&vol-limit=2&shorts=20",
    ] {
        let (study, tree) = study(&format!("accounts=400&hours=1&{query}"));
        let (sizes, moments, roots) = plain(&study);
        for (i, generation) in tree.generations.iter().enumerate().take(150) {
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + b.abs());
            assert!(near(generation.size, sizes[i]), "{query}, {i}: {}, not {}", generation.size, sizes[i]);
            assert!(near(generation.decided * generation.size, moments[i]), "{query}, {i}: {generation:?}");
        }
        let near = tree.roots.iter().zip(roots).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near && tree.generations.len() > 3, "{query}: {:?}, not {roots:?}", tree.roots);
    }
}
