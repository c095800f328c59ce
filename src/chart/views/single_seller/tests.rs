//! Tests of the single seller: its numbers and texts.

use super::*;
use crate::chart::Extras;
use crate::chart::Span;
use crate::model::Simulator;
use crate::model::studies::counterfactual::{Change, Counterfactuals};
use crate::query;

/// The quantities compared at a second of the run, with the description.
fn sums(simulator: &Simulator, extras: &Extras, now: usize) -> (Sums, String) {
    let scene = Scene::new(simulator, extras, Span::Whole, now);
    (Sums::of(&scene), SingleSeller.describe(&scene))
}

#[test]
fn the_numbers_are_those_of_the_counterfactuals() {
    for text in ["accounts=1000", "shorts=100&first-order=purchase&accounts=1000", "breaker-rule=bands&accounts=1000"] {
        let params = query::parse(text).unwrap();
        let (simulator, extras) = (Simulator::new(&params), Extras::default());
        let (sums, words) = sums(&simulator, &extras, simulator.rules().seconds);
        let mut runs = Counterfactuals::new(&params);
        let [crowd, giant, patient] =
            [Change::None, Change::OneSeller, Change::OnePatientSeller].map(|change| runs.run(change).0);
        let institutions = sums.institutions.as_ref().unwrap();
        // Changes: a fall is negative.
        let sign = if sums.up { 1.0 } else { -1.0 };
        assert_eq!(sums.extreme, sign * crowd.greatest_move_percent, "{text}");
        assert_eq!(institutions.at_once, sign * giant.greatest_move_percent, "{text}");
        assert_eq!(institutions.patient, sign * patient.greatest_move_percent, "{text}");
        assert_eq!(sums.sold, [giant.sold; 2], "{text}");
        assert!((sums.share - 100.0 * giant.sold.abs() / simulator.rules().open_interest).abs() < 1e-9);
        // Price bands cut the institution's orders at different prices.
        assert_eq!(institutions.same, !text.contains("bands"), "{text}");
        assert_eq!(words.contains("the very same path"), institutions.same, "{words}");
        assert!(words.contains(&dollars(giant.sold.abs())), "{words}");
        assert!(words.ends_with(&format!("{}.", sums.extreme(institutions.patient))), "{words}");
    }
}

#[test]
fn the_description_covers_the_run_up_to_now() {
    let params = query::parse("accounts=1000").unwrap();
    let (simulator, extras) = (Simulator::new(&params), Extras::default());
    let price = &simulator.run().series.price;
    let (early, told) = sums(&simulator, &extras, 312);
    assert_eq!(early.extreme, -percent(-price[..=312].iter().copied().fold(0.0, f64::min)));
    assert!(early.sold[1] > 0.0 && early.sold[1] < early.sold[0] && told.contains("after 12"), "{told}");
    let (before, told) = sums(&simulator, &extras, 200);
    assert!(!before.begun && told.contains("before the first order"), "{told}");
    assert_eq!(before.named("the crowd", before.extreme), "the crowd");
}

#[test]
fn without_forced_orders_there_is_no_single_seller() {
    let params = query::parse("bots=0&shock=0&calm-volatility=0&accounts=100").unwrap();
    let (simulator, extras) = (Simulator::new(&params), Extras::default());
    let (sums, told) = sums(&simulator, &extras, 7200);
    assert!(sums.institutions.is_none() && sums.sold == [0.0; 2] && sums.extreme == 0.0);
    assert!(told.contains("Nobody is forced"), "{told}");
}
