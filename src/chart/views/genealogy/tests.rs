//! Tests of the tree: every dollar has a parent, sums are those of the genealogy, and marks are found where they are.

use super::highlight::Highlight;
use super::*;
use crate::chart::derived::ancestry::node;
use crate::chart::{FINE, Mark, Span};
use crate::model::Simulator;
use crate::query;

const QUERIES: [&str; 6] = [
    "",
    "bots=80&throttle=0.05",
    "shorts=50&first-order=purchase&bots=80",
    "vol-bots=100&breaker-fall=3&breaker-halt=300",
    "targeters=15&venues=3",
    "close-fraction=20&settlement-delay=60&human-latency=60",
];

const EM: f64 = 13.0 * FINE as f64;
const SIZE: (i32, i32) = (700 * FINE, 400 * FINE);

/// Calls a function with the scene of a run at its end, and its tree.
fn with(text: &str, test: impl Fn(&Scene, &FamilyTree)) {
    let simulator = Simulator::new(&query::parse(text).unwrap());
    let extras = Extras::default();
    let scene = Scene::new(&simulator, &extras, Span::Minutes2, simulator.rules().seconds);
    test(&scene, scene.extras.family_tree(&simulator));
}

#[test]
fn every_sale_is_in_one_mark_whose_cause_is_one_generation_and_some_time_before() {
    for text in QUERIES {
        with(text, |scene, tree| {
            let sales = &scene.extras.with_sales(scene.simulator).ledger.sales;
            let counted: usize = tree.marks.iter().map(|mark| mark.count).sum();
            assert!(!sales.is_empty() && counted == sales.len(), "{text}: {counted}");
            for (nth, mark) in tree.marks.iter().enumerate() {
                assert!((1..=tree.per).contains(&mark.count));
                assert_eq!(tree.mark_of[mark.sale as usize] as usize, nth);
                match mark.cause {
                    Cause::Mark(parent) => {
                        let parent = tree.marks[parent];
                        let last = mark.column == tree.columns && parent.column == tree.columns;
                        assert!(parent.column + 1 == mark.column || last, "{text}: {mark:?} {parent:?}");
                        assert!(parent.second < mark.second, "{text}: {mark:?} {parent:?}");
                    }
                    _ => assert_eq!(mark.column, 1, "{text}"),
                }
            }
        });
    }
}

#[test]
fn columns_have_the_dollars_of_the_generations() {
    for text in QUERIES {
        with(text, |scene, tree| {
            let end = scene.now as u32;
            let all: f64 = tree.genealogy.generations.iter().map(|generation| generation.size).sum();
            let sums: Vec<f64> = (1..=tree.columns).map(|column| tree.sum(column, end)).collect();
            assert!((sums.iter().sum::<f64>() / all - 1.0).abs() < 1e-9, "{text}: {sums:?} of {all}");
            for (sum, generation) in sums.iter().zip(&tree.genealogy.generations).take(sums.len() - 1) {
                assert!((sum - generation.size).abs() < 0.03 * all, "{text}: {sum} {generation:?} of {all}");
            }
            // A column grows with time.
            for column in 1..=tree.columns {
                let growth: Vec<f64> = (0..=end).step_by(20).map(|second| tree.sum(column, second)).collect();
                assert!(growth.is_sorted());
            }
        });
    }
}

#[test]
fn what_each_generation_sets_off_adds_up_to_all_that_follow() {
    for text in QUERIES {
        with(text, |scene, tree| {
            let rules = scene.simulator.rules();
            let sales = &scene.extras.with_sales(scene.simulator).ledger.sales;
            let sum: f64 = tree.descendants.iter().sum();
            // A dollar of generation 3 follows from one of generation 2 and from one of generation 1.
            let after = |(nth, generation): (usize, &crate::model::genealogy::Generation)| nth as f64 * generation.size;
            let expected: f64 = tree.genealogy.generations.iter().enumerate().map(after).sum();
            assert!((sum - expected).abs() < 1e-6 * (1.0 + expected), "{text}: {sum}, not {expected}");
            let most = sales.iter().map(|sale| sale.lots as f64 * rules.lot).sum::<f64>();
            assert!(tree.descendants.iter().all(|more| (0.0..=most).contains(more)), "{text}");
        });
    }
}

#[test]
fn all_ancestors_of_a_generation_together_are_the_whole_cause() {
    for text in QUERIES {
        with(text, |scene, tree| {
            let ledger = &scene.extras.with_sales(scene.simulator).ledger;
            for sale in (0..ledger.sales.len() as u32).step_by(97) {
                let generation = tree.tree.generations[sale as usize];
                let links = tree.ancestry.links(node(&tree.genealogy, ledger, sale), generation);
                for earlier in 0..generation {
                    let of = links.iter().filter(|link| link.from.0 == earlier);
                    let sum: f64 = of.map(|link| link.share).sum();
                    assert!((sum - 1.0).abs() < 1e-6, "{text}: {sum} of {earlier}, before {generation}");
                }
                assert!(links.iter().all(|link| link.from.0 == 0 || link.from.1 < link.to.1), "{text}");
            }
        });
    }
}

#[test]
fn a_mark_is_found_where_it_is_drawn_and_its_chain_leads_to_a_root() {
    for text in ["", "close-fraction=20&bots=80", "vol-bots=60"] {
        with(text, |scene, tree| {
            let frame = Frame::new(EM, SIZE, scene, tree).unwrap();
            let sales = &scene.extras.with_sales(scene.simulator).ledger.sales;
            let mut found = 0;
            for nth in (0..tree.marks.len()).step_by(11) {
                let own = tree.marks[nth].sale;
                if tree.sale_of(sales[own as usize].account) != Some(own) {
                    continue;
                }
                let Some(Spot::Account(account)) = FamilyTreeView.spot(EM, SIZE, scene, frame.places[nth]) else {
                    panic!("{text}: {nth} is not found")
                };
                let scene = Scene { mark: Mark::of(scene.simulator, Spot::Account(account)), ..*scene };
                let highlight = Highlight::new(&scene, tree).unwrap();
                // Marks may lie on top of each other.
                assert_eq!(frame.places[highlight.chain[0]], frame.places[nth], "{text}: {nth}");
                assert_eq!(highlight.chain.len() as u32, tree.marks[highlight.chain[0]].column.max(1), "{text}: {nth}");
                assert!(!matches!(highlight.root(tree), Cause::Mark(_)));
                let words = words::of_sale(&scene, tree, highlight.sale);
                assert!(words.starts_with("Account ") && words.ends_with('.'), "{words}");
                found += 1;
            }
            assert!(found > 5, "{text}: {found}");
        });
    }
    with("", |scene, tree| {
        let frame = Frame::new(EM, SIZE, scene, tree).unwrap();
        // Away from all marks, the price.
        let at = (frame.plot.right, frame.plot.top);
        assert!(matches!(FamilyTreeView.spot(EM, SIZE, scene, at), Some(Spot::Fall(_))));
    });
}

#[test]
fn a_fall_highlights_the_sale_at_that_limit_once_it_is_decided() {
    with("", |scene, tree| {
        let mark = Mark { fall: Some(8.0), ..Mark::default() };
        let at = |now| Highlight::new(&Scene { now, mark, ..*scene }, tree);
        let found = at(340).unwrap();
        assert!((tree.falls[found.sale as usize] - 8.0).abs() < 0.1);
        assert!(at(303).is_none());
        let nothing = Mark { fall: Some(60.0), ..Mark::default() };
        assert!(Highlight::new(&Scene { mark: nothing, ..*scene }, tree).is_none());
        assert!(words::describe(&Scene { mark, ..*scene }).contains("drove the price past its limit of −8.0%"));
        assert!(!words::describe(&Scene { now: 303, mark, ..*scene }).contains("Account"));
    });
}

#[test]
fn before_the_first_sale_nobody_has_been_forced() {
    with("calm-volatility=0", |scene, _| {
        let words = words::describe(&Scene { now: 299, ..*scene });
        assert!(words.ends_with("So far nobody has been forced to sell."), "{words}");
    });
}

#[test]
fn labels_have_two_digits() {
    assert_eq!([0.001_234, 0.0999, 1.26, 20.96].map(two_digits).map(dollars), ["$1.2m", "$100m", "$1.3bn", "$21bn"]);
}
