//! Parameters that feed a cascade deepen the fall, and those that dampen it make it shallower.
//!
//! For the fixed point this is a theorem and holds everywhere. For the run it is what visitors expect of sliders around
//! the defaults. Measurements show that it holds there seed by seed, but not in general. Exceptions, with the greatest
//! step the wrong way in twenty seeds:
//!
//! - bots, at leverage 20 and more: 2 points. Noise alone may trigger a part of the ladder before the shock, which then
//!   meets fewer limits and a refilled book.
//! - bots, with a circuit breaker: 6 points. A faster fall is halted earlier.
//! - calm volatility: medians over many seeds hardly move (`sensitivity.rs`), single seeds go either way.
//! - length of the halt, crowding, maintenance margin: no order is expected, and there is none.

use crate::common::{any_params, params};
use deleverage::Params;
use deleverage::model::closed_form::fixed_point;
use deleverage::model::{Crowd, Rules, Run};
use deleverage::params::row;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fixed_point_rises_with_bots_shock_and_leverage_and_falls_with_depth(
        case in any_params(2000.0, 1.0),
        share in 0.0..1.0,
    ) {
        let p = case.0;
        let stops = |p: &Params| {
            let mut crowd = Crowd::default();
            crowd.arrange(p);
            fixed_point(&Rules::from(p), &mut crowd)
        };
        let least = stops(&p);
        for id in ["bots", "shock", "leverage", "margin_capital"] {
            let row = row(id).unwrap();
            let mut more = p;
            more.set(row, p.get(row) + share * (row.max - p.get(row))).unwrap();
            prop_assert!(stops(&more) >= least, "{} {} -> {}", id, p.get(row), more.get(row));
        }
        let deeper = Params { depth: p.depth + share * (20.0 - p.depth), ..p };
        prop_assert!(stops(&deeper) <= least);
    }
}

/// A parameter, the base query, whether more of it deepens the fall, and its values.
type Steps = (&'static str, &'static str, bool, &'static [f64]);

fn every_step_goes_the_right_way(opening: &str, steps: &[Steps]) {
    for (id, start, up, values) in steps {
        let row = row(id).unwrap();
        for seed in 1..=5 {
            let (mut crowd, mut run) = (Crowd::default(), Run::default());
            let mut falls = values.iter().map(|value| {
                let mut p = Params { seed, ..params(&format!("{opening}&{start}")) };
                p.set(row, *value).unwrap();
                crowd.arrange(&p);
                run.simulate(&Rules::from(&p), &mut crowd);
                run.series.price.iter().fold(0.0, |fall, price| f64::max(fall, -price))
            });
            let mut last = falls.next().unwrap();
            let mut moved = false;
            for (fall, value) in falls.zip(&values[1..]) {
                assert!(fall == last || (fall > last) == *up, "{start}&{id}={value}&seed={seed}: {last} -> {fall}");
                moved |= fall != last;
                last = fall;
            }
            assert!(moved, "{id} does nothing");
        }
    }
}

#[test]
fn sliders_are_monotone_around_the_opening_of_release_1() {
    let steps: &[Steps] = &[
        ("bots", "", true, &[0.0, 10.0, 20.0, 25.0, 30.0, 35.0, 40.0, 50.0, 60.0, 80.0, 100.0]),
        ("bots", "leverage=5", true, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
        ("bots", "leverage=14", true, &[0.0, 10.0, 20.0, 30.0, 40.0, 60.0, 80.0, 100.0]),
        ("leverage", "bots=20", true, &[2.0, 5.0, 8.0, 9.0, 10.0, 11.0, 12.0, 14.0, 18.0]),
        ("shock", "", true, &[0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 10.0, 20.0]),
        ("vol_bots", "", true, &[0.0, 10.0, 20.0, 40.0, 70.0, 100.0]),
        ("thinning", "", true, &[0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8]),
        ("permanent", "", true, &[0.0, 20.0, 50.0, 100.0]),
        ("close_fraction", "", true, &[5.0, 20.0, 50.0, 80.0, 100.0]),
        ("throttle", "", true, &[0.001, 0.01, 0.05, 0.1, 0.3, 1.0, 10.0]),
        ("refill", "", true, &[10.0, 60.0, 300.0, 600.0, 3600.0]),
        ("human_latency", "", true, &[60.0, 300.0, 900.0, 1800.0, 7200.0]),
        ("bot_latency", "", false, &[1.0, 2.0, 5.0, 10.0, 30.0, 120.0, 600.0]),
        ("depth", "", false, &[0.05, 0.2, 1.0, 1.8, 2.0, 2.2, 4.0, 20.0]),
        ("depth_floor", "", false, &[1.0, 10.0, 25.0, 40.0, 60.0, 100.0]),
        ("buyers", "", false, &[0.0, 100.0, 300.0, 600.0, 1000.0]),
        // A thin book and quick buyers, who must not overshoot and sell again.
        ("buyers", "bots=0&depth=0.05&human-latency=60", false, &[10.0, 50.0, 100.0, 300.0, 1000.0]),
        ("vol_limit", "", false, &[2.0, 4.0, 8.0, 12.0, 30.0]),
    ];
    every_step_goes_the_right_way("scenario=release-1", steps);
}

#[test]
fn sliders_are_monotone_around_the_opening() {
    let steps: &[Steps] = &[
        ("bots", "", true, &[0.0, 10.0, 20.0, 30.0, 35.0, 40.0, 45.0, 50.0, 70.0, 100.0]),
        ("bots", "leverage=8", true, &[0.0, 20.0, 40.0, 60.0, 70.0, 80.0, 90.0, 100.0]),
        ("leverage", "", true, &[2.0, 5.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 14.0]),
        ("shock", "", true, &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0]),
        ("permanent", "", true, &[0.0, 20.0, 50.0, 100.0]),
        ("throttle", "", true, &[0.001, 0.01, 0.05, 0.1, 0.3, 1.0, 10.0]),
        ("refill", "", true, &[10.0, 60.0, 300.0, 600.0, 3600.0]),
        ("human_latency", "", true, &[60.0, 300.0, 900.0, 1800.0, 7200.0]),
        ("bot_latency", "", false, &[1.0, 2.0, 5.0, 10.0, 30.0, 120.0, 600.0]),
        ("first_seconds", "", false, &[10.0, 30.0, 120.0, 300.0, 600.0]),
        ("depth", "", false, &[0.05, 0.2, 0.5, 0.8, 1.0, 1.2, 2.0, 20.0]),
        ("buyers", "", false, &[0.0, 100.0, 300.0, 600.0, 1000.0]),
        ("mark", "", false, &[0.0, 1.0, 5.0, 30.0, 600.0]),
        ("thinning", "bots=30", true, &[0.0, 0.1, 0.2, 0.3, 0.6]),
    ];
    every_step_goes_the_right_way("", steps);
}
