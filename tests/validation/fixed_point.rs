//! In the pure limit the run stops at the fixed point `X = x0 + G(X)/D`, climbs to it generation by generation, and
//! jumps where the closed form says.

use crate::common::{any_params, closed_form, crowd, limits, margin_bot_lots, plain, pure};
use deleverage::Params;
use deleverage::model::closed_form::{fixed_point, margin_bot_interest};
use deleverage::model::summary::percent;
use deleverage::model::{Rules, Run};
use deleverage::validation::fixed_point::{ACCOUNTS, Staircase, climb, proof, staircase};
use proptest::prelude::*;

/// Greatest deviation of the share of limits up to any fall from that of an infinite crowd: Kolmogorov's bound, which
/// one crowd in a thousand exceeds.
const COUNTED: f64 = 1.95;

/// The same as a fall: times all that can be sold over the depth, $40bn over 200.
fn counted() -> f64 {
    0.2 * COUNTED / ACCOUNTS.sqrt()
}

#[test]
fn the_runs_of_the_figure_stop_on_the_curve() {
    let proof = proof();
    let [curve] = &proof.plot.curves[..] else { panic!("one curve") };
    assert!(curve.measured.len() >= 12);
    for (order, stop) in &curve.measured {
        let form = proof.plot.at(curve, *order).unwrap();
        // A deviation of forced sales is amplified by the slope of the branch.
        let slope =
            (proof.plot.at(curve, order + 0.01).unwrap() - proof.plot.at(curve, order - 0.01).unwrap_or(0.0)) / 0.02;
        let tolerance = 100.0 * counted() * slope;
        assert!((stop - form).abs() < tolerance, "{order}%: stops at {stop}, the form says {form} +- {tolerance}");
    }
    // Both branches are in it, and the jump between them.
    let stops: Vec<f64> = curve.measured.iter().map(|(_, stop)| *stop).collect();
    assert!(stops.windows(2).any(|pair| pair[1] - pair[0] > 10.0));
}

#[test]
fn every_generation_sells_the_amount_forced_by_the_fall_before() {
    let Staircase { crowd, shock, generations } = climb();
    assert!(generations.len() > 10);
    for (fall, forced) in &generations {
        let form = crowd.forced(*fall);
        assert!((forced - form).abs() < counted(), "at {fall}: {forced}, the form says {form}");
    }
    // The next generation depends only on the first order and all sales so far.
    for pair in generations.windows(2) {
        let ((_, forced), (next, _)) = (pair[0], pair[1]);
        assert!((next - shock - forced).abs() < 1e-9);
    }
    // The run stops where the curves cross: beyond, a fall forces less than it takes.
    let (stop, forced) = generations[generations.len() - 1];
    assert!((stop - shock - forced).abs() < 1e-9);
    assert!(crowd.forced(stop + 0.005) < stop + 0.005 - shock);
    assert_eq!(staircase().plot.curves[0].measured.len(), generations.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fixed_point_is_the_smallest_by_brute_force(case in any_params(3000.0, 1.0)) {
        let p = plain(&case.0);
        let rules = Rules::from(&p);
        let mut crowd = crowd(&p);
        // Between two limits G is constant, so the only candidate there is the amount sold before.
        let mut sold = 0;
        let mut brute = rules.shock;
        for (limit, lots) in limits(&rules, &crowd) {
            if limit > brute {
                break;
            }
            sold += lots;
            brute = rules.shock + sold as f64 * rules.lot / rules.depth;
        }
        prop_assert_eq!(fixed_point(&rules, &mut crowd), brute);
        let everything = rules.shock + margin_bot_lots(&rules, &crowd) as f64 * rules.lot / rules.depth;
        prop_assert!(brute <= everything);
    }

    #[test]
    fn in_the_pure_limit_the_run_stops_at_the_fixed_point(case in any_params(2000.0, 1.0), latency in 1.0..10.0) {
        let quiet = pure("");
        let Params { bots, vol_bots, permanent, buyers, thinning, calm_volatility, .. } = quiet;
        let p = Params {
            bots, vol_bots, permanent, buyers, thinning, calm_volatility,
            bot_latency: latency,
            ..plain(&case.0)
        };
        let rules = Rules::from(&p);
        let mut crowd = crowd(&p);
        let mut run = Run::default();
        run.simulate(&rules, &mut crowd);
        let stops = run.series.price.iter().fold(0.0, |fall, price| f64::max(fall, -price));
        let expected = fixed_point(&rules, &mut crowd);
        // The shock is rounded down to whole lots in each of its seconds.
        let rounding = p.first_seconds * rules.lot / rules.depth + 1e-12 * expected;
        prop_assert!((stops - expected).abs() <= rounding, "{} {}", stops, expected);
    }
}

#[test]
fn beyond_r_1_the_fall_jumps_by_a_bounded_amount() {
    let p = pure("leverage=20&shock=20");
    let rules = Rules::from(&p);
    // A shock beyond all limits sells everything: $80bn into $200bn per unit.
    assert!((fixed_point(&rules, &mut crowd(&p)) - rules.shock - 0.4).abs() < 1e-12);
    assert!((margin_bot_interest(&rules) - 80.0).abs() < 1e-9);
}

#[test]
fn the_pure_limit_agrees_with_the_prototype() {
    for (leverage, bots, shock, prototype) in
        [(10.0, 100.0, 2.0, 3.6), (10.0, 100.0, 3.0, 19.8), (14.0, 50.0, 2.0, 13.6), (7.0, 100.0, 5.0, 5.6)]
    {
        let stops = |seed: u64| {
            let p = Params { leverage, bots, shock, seed, ..pure("") };
            percent(fixed_point(&Rules::from(&p), &mut crowd(&p)))
        };
        let falls: Vec<f64> = (1..=20).map(stops).collect();
        let least = falls.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = falls.iter().copied().fold(0.0, f64::max);
        assert!(
            (least - 0.05..=greatest + 0.05).contains(&prototype),
            "leverage {leverage}: {least:.2} to {greatest:.2} over twenty seeds, the prototype {prototype}"
        );
    }
}

#[test]
fn the_fall_of_a_large_crowd_jumps_at_the_critical_shock() {
    for query in [
        "leverage=5&margin-capital=8&leverage-spread=0",
        "leverage=10",
        "leverage=14&margin-capital=2",
        "leverage=12&margin-capital=8&bots=70&vol-bots=30",
        "leverage=20&margin-capital=2&depth=4&leverage-spread=0",
        "leverage=10&close-fraction=50&maintenance=2",
    ] {
        let p = pure(&format!("{query}&accounts=200000"));
        let mut crowd = crowd(&p);
        let (_, form) = closed_form(&p, &mut crowd);
        let critical = percent(form.critical_shock.expect("a critical shock"));
        let mut stops = |shock: f64| fixed_point(&Rules::from(&Params { shock, ..p }), &mut crowd);
        // The greatest step of a coarse slider, then repeatedly the half with more of the rise.
        let falls: Vec<f64> = (0..=40).map(|i| stops(f64::from(i) * 0.5)).collect();
        let step = (0..40).max_by(|a, b| (falls[a + 1] - falls[*a]).total_cmp(&(falls[b + 1] - falls[*b]))).unwrap();
        let (mut low, mut high) = (step as f64 * 0.5, (step + 1) as f64 * 0.5);
        for _ in 0..8 {
            let middle = 0.5 * (low + high);
            if stops(middle) - stops(low) > stops(high) - stops(middle) { high = middle } else { low = middle }
        }
        assert!(stops(high) - stops(low) > 0.03, "{query}: no jump");
        assert!((low - critical).abs() < 0.05, "{query}: jumps at {low}%, the closed form says {critical}%");
    }
}
