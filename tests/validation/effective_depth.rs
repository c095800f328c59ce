//! Sales spread over time meet the effective depth, as in the market.

use crate::common::params;
use deleverage::model::Rules;
use deleverage::model::closed_form::effective_depth;
use deleverage::validation::effective_depth::{book, formula, measured, proof};

#[test]
fn effective_depth_equals_the_sum_exactly_and_the_formula_within_half_a_second() {
    for (permanent, refill) in [(0.0, 60.0), (10.0, 60.0), (10.0, 600.0), (50.0, 10.0), (100.0, 600.0)] {
        let rules = book(permanent, refill);
        for seconds in [1_u32, 7, 60, 600, 3000] {
            // Second by second: each sale fades from the second after it.
            let th = permanent / 100.0;
            let fade = libm::exp(-1.0 / refill);
            let mut left = 0.0;
            for _ in 0..seconds {
                left = left * fade + 1.0;
            }
            let sum = f64::from(seconds) / (th * f64::from(seconds) + (1.0 - th) * left);
            let shown = measured(&rules, seconds);
            assert!((shown / sum - 1.0).abs() < 1e-9, "{permanent}%, {refill} s, {seconds} s: {shown}, not {sum}");
            // The market refills once a second, the formula continuously.
            let form = formula(&rules, f64::from(seconds));
            assert!((shown / form - 1.0).abs() < 0.5 / refill, "{permanent}%, {refill} s, {seconds} s: {form}");
        }
    }
}

#[test]
fn the_figure_shows_both_limits() {
    let proof = proof();
    // Half a second of the shorter refill time, at the highest point.
    assert!(proof.plot.deviation() < 10.0 * 0.5 / 60.0);
    let first = &proof.plot.curves[0].measured;
    assert_eq!(first[0].1, 1.0);
    assert!(first[first.len() - 1].1 > 9.0, "slow sales reach the permanent share");
}

#[test]
fn the_formula_has_the_right_limits() {
    let p = params("buyers=0&thinning=0&calm-volatility=0&permanent=20&refill=300");
    let mut rules = Rules::from(&p);
    rules.bot_latency = 1e-6;
    assert!((effective_depth(&rules) / rules.depth - 1.0).abs() < 1e-8);
    rules.bot_latency = 1e9;
    assert!((effective_depth(&rules) / rules.depth - 1.0 / 0.2).abs() < 1e-5);
    // Buyers who have all arrived add a depth of B per unit of fall to the book.
    rules.buyers = 300.0;
    rules.permanent = 1.0;
    rules.bot_latency = 1e9;
    assert!((effective_depth(&rules) - rules.depth - 300.0).abs() < 1e-6);
}
