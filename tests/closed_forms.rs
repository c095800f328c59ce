//! The closed forms of MODEL.md section 4 agree with the run, with brute force, with large crowds and with the
//! prototype.

mod common;

use common::{any_params, params};
use deleverage::model::closed_form::{LimitDensity, effective_depth, fixed_point, margin_bot_interest};
use deleverage::model::market::Market;
use deleverage::model::summary::percent;
use deleverage::model::{ClosedForm, Crowd, Rules, Run};
use deleverage::{Params, Simulator};
use proptest::prelude::*;

/// The pure limit: impact that stays, and nothing that could absorb or add to it. All accounts are margin bots,
/// unless the query says otherwise.
fn pure(query: &str) -> Params {
    let bots = if query.contains("bots=") { "" } else { "bots=100&vol-bots=0&" };
    params(&format!("{bots}permanent=100&buyers=0&thinning=0&calm-volatility=0&{query}"))
}

fn crowd(p: &Params) -> Crowd {
    let mut crowd = Crowd::default();
    crowd.arrange(p);
    crowd
}

fn closed_form(p: &Params, crowd: &mut Crowd) -> (LimitDensity, ClosedForm) {
    let rules = Rules::from(p);
    let mut density = LimitDensity::default();
    density.compute(p, &rules);
    let form = ClosedForm::compute(&rules, &density, crowd);
    (density, form)
}

/// Share of the limits up to each point of the grid.
fn cumulative(density: &LimitDensity) -> Vec<f64> {
    let sums = density.density.windows(2).scan(0.0, |sum, pair| {
        *sum += 0.5 * (pair[0] + pair[1]) * density.spacing;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}

/// All limits of the margin bots, also later ones, nearest first, with the lots sold at each.
fn limits(rules: &Rules, crowd: &Crowd) -> Vec<(f64, u64)> {
    let mut limits = Vec::new();
    for (habit, fall) in crowd.draws.habits.iter().zip(&crowd.falls) {
        if habit.bot < rules.bots && habit.rule >= rules.vol_bots {
            let mut at = *fall;
            for lots in &rules.margin_sales {
                limits.push((at, *lots));
                at += rules.margin_step;
            }
        }
    }
    limits.sort_by(|a, b| a.0.total_cmp(&b.0));
    limits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fixed_point_is_the_smallest_by_brute_force(case in any_params(3000.0, 1.0)) {
        let rules = Rules::from(&case.0);
        let mut crowd = crowd(&case.0);
        // Between two limits G is constant, so the only candidate there is what has been sold before.
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
            breaker_fall: 0.0, throttle: 0.0, bot_latency: latency,
            ..case.0
        };
        let rules = Rules::from(&p);
        let mut crowd = crowd(&p);
        let mut run = Run::default();
        run.simulate(&rules, &mut crowd);
        let stops = run.series.price.iter().fold(0.0, |fall, price| f64::max(fall, -price));
        let expected = fixed_point(&rules, &mut crowd);
        // The shock is rounded down to whole lots ten times.
        let rounding = 10.0 * rules.lot / rules.depth + 1e-12 * expected;
        prop_assert!((stops - expected).abs() <= rounding, "{} {}", stops, expected);
    }
}

fn margin_bot_lots(rules: &Rules, crowd: &Crowd) -> u64 {
    limits(rules, crowd).iter().map(|(_, lots)| lots).sum()
}

#[test]
fn beyond_r_1_the_fall_jumps_and_at_most_by_all_that_can_be_sold() {
    let p = pure("leverage=20&shock=20");
    let rules = Rules::from(&p);
    // A shock beyond all limits sells everything: 80 $bn into 200 $bn per unit.
    assert!((fixed_point(&rules, &mut crowd(&p)) - rules.shock - 0.4).abs() < 1e-12);
    assert!((margin_bot_interest(&rules) - 80.0).abs() < 1e-9);
}

#[test]
fn r_max_and_the_critical_shock_are_those_of_the_prototype() {
    // The prototype counted a drawn crowd: its R carries 1 % of noise, and where R is flat around 1 its critical
    // shock 0.15 points (leverage 20: 0.43 here, and 0.43 is where a large crowd jumps, see below).
    for (query, r_max, critical) in [
        ("leverage=5&margin-capital=8&depth=2", 2.0, Some(14.2)),
        ("leverage=10&margin-capital=4&depth=2", 2.0, Some(2.6)),
        ("leverage=10&margin-capital=4&depth=4", 1.01, Some(4.6)),
        ("leverage=10&margin-capital=4&depth=8", 0.50, None),
        ("leverage=20&margin-capital=2&depth=4", 1.18, Some(0.3)),
    ] {
        let p = pure(&format!("{query}&leverage-spread=0"));
        let summary = *Simulator::new(&p).summary();
        let r = summary.r_margin_max;
        assert!((r - r_max).abs() < 0.005 + 0.01 * r_max, "{query}: R {r}, the prototype {r_max}");
        // The prototype's are falls of the log price, the summary's of the price.
        let shock = summary.critical_shock_percent.map(|percent| -100.0 * libm::log1p(-percent / 100.0));
        assert_eq!(shock.is_some(), critical.is_some(), "{query}");
        if let (Some(shock), Some(critical)) = (shock, critical) {
            assert!((shock - critical).abs() < 0.15, "{query}: {shock}, the prototype {critical}");
        }
    }
}

#[test]
fn the_pure_limit_stops_where_the_prototype_stopped() {
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
fn the_critical_shock_is_where_the_fall_of_a_large_crowd_jumps() {
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
        let critical = percent(form.critical_shock.expect("there is one"));
        let mut stops = |shock: f64| fixed_point(&Rules::from(&Params { shock, ..p }), &mut crowd);
        // The greatest step of a coarse slider, then again and again the half of it that holds more of the rise.
        let falls: Vec<f64> = (0..=40).map(|i| stops(f64::from(i) * 0.5)).collect();
        let step = (0..40).max_by(|a, b| (falls[a + 1] - falls[*a]).total_cmp(&(falls[b + 1] - falls[*b]))).unwrap();
        let (mut low, mut high) = (step as f64 * 0.5, (step + 1) as f64 * 0.5);
        for _ in 0..8 {
            let middle = 0.5 * (low + high);
            if stops(middle) - stops(low) > stops(high) - stops(middle) { high = middle } else { low = middle }
        }
        assert!(stops(high) - stops(low) > 0.03, "{query}: no jump");
        assert!((low - critical).abs() < 0.05, "{query}: jumps at {low} %, the closed form says {critical} %");
    }
}

#[test]
fn on_the_branch_the_fall_answers_the_shock_with_1_over_1_minus_r() {
    // R stays below 1, so that all of the branch can be walked.
    for query in ["leverage=10&depth=8", "leverage=7&depth=4", "leverage=10&depth=6&close-fraction=50&maintenance=3"] {
        let p = pure(&format!("{query}&accounts=300000"));
        let mut crowd = crowd(&p);
        let (density, form) = closed_form(&p, &mut crowd);
        assert!(form.r_max < 0.95 && form.critical_shock.is_none());
        let per_share = margin_bot_interest(&Rules::from(&p)) / effective_depth(&Rules::from(&p));
        let mut strongest: f64 = 0.0;
        for shock in [2.0, 4.0, 6.0, 8.0, 12.0] {
            let mut rules = Rules::from(&Params { shock, ..p });
            let stops = fixed_point(&rules, &mut crowd);
            let at = stops / density.spacing;
            let (i, part) = (at as usize, at.fract());
            let r = per_share * (density.density[i] * (1.0 - part) + density.density[i + 1] * part);
            let answer = 1.0 / (1.0 - r);
            strongest = strongest.max(answer);
            let (x0, h) = (rules.shock, 0.002);
            rules.shock = x0 + h;
            let above = fixed_point(&rules, &mut crowd);
            rules.shock = x0 - h;
            let measured = (above - fixed_point(&rules, &mut crowd)) / (2.0 * h);
            assert!((measured / answer - 1.0).abs() < 0.03, "{query}, {shock} %: {measured}, not {answer}");
        }
        assert!(strongest > 1.5);
    }
}

#[test]
fn the_density_of_limits_is_that_of_a_large_crowd() {
    for query in [
        "",
        "leverage=3",
        "leverage=5&leverage-spread=1&crowding=0.5",
        "leverage=20&leverage-spread=0",
        "leverage=50&crowding=10",
        "leverage=30&leverage-cap=8",
        "close-fraction=50&maintenance=2",
        "close-fraction=5&maintenance=5&leverage=4",
        "leverage=1.2&leverage-spread=1&crowding=10",
    ] {
        let p = pure(&format!("{query}&accounts=200000"));
        let rules = Rules::from(&p);
        let mut crowd = crowd(&p);
        let (density, form) = closed_form(&p, &mut crowd);
        let mut highest: f64 = 0.0;
        let limits = limits(&rules, &crowd);
        let interest = margin_bot_lots(&rules, &crowd) as f64;
        let below = cumulative(&density);
        // Bins of about a hundredth, each with the standard deviation of a count.
        let width = (0.01 / density.spacing).ceil() as usize;
        let mut limits = limits.iter().peekable();
        let mut within = 0;
        for edge in (width..below.len()).step_by(width) {
            let mut lots = 0;
            while let Some((_, sold)) = limits.next_if(|(at, _)| *at <= edge as f64 * density.spacing) {
                lots += sold;
            }
            within += lots;
            let (counted, expected) = (lots as f64 / interest, below[edge] - below[edge - width]);
            let deviation = (expected.max(1e-5) / p.accounts).sqrt();
            // The cut at 0.2 % falls between two points of the grid: the bin that holds it is right to a tenth.
            let cut = if edge == width { 0.1 * expected } else { 0.0 };
            assert!(
                (counted - expected).abs() < 5.0 * deviation + cut,
                "{query}, bin up to {}: {counted}, not {expected}",
                edge as f64 * density.spacing
            );
            highest = highest.max(counted / (width as f64 * density.spacing));
        }
        // What lies within the reach of the grid is all there, and R max is the densest place.
        let (counted, last) = (within as f64 / interest, below[(below.len() - 1) / width * width]);
        assert!((counted - last).abs() < 0.005, "{query}: {counted} within reach, not {last}");
        let r_max = highest * margin_bot_interest(&rules) / effective_depth(&rules);
        assert!((form.r_max / r_max - 1.0).abs() < 0.1, "{query}: R max {}, counted {r_max}", form.r_max);
    }
}

#[test]
fn the_effective_depth_has_its_limits_and_is_what_a_market_shows() {
    let p = params("buyers=0&thinning=0&calm-volatility=0&permanent=20&refill=300");
    let mut rules = Rules::from(&p);
    rules.bot_latency = 1e-6;
    assert!((effective_depth(&rules) / rules.depth - 1.0).abs() < 1e-8);
    rules.bot_latency = 1e9;
    assert!((effective_depth(&rules) / rules.depth - 1.0 / 0.2).abs() < 1e-5);
    for seconds in [10_u32, 100, 600, 3000] {
        rules.bot_latency = f64::from(seconds);
        let mut market = Market::new(&rules);
        for _ in 0..seconds {
            market.step(&rules, 0.01, 0.0, false);
        }
        let shown = 0.01 * f64::from(seconds) / market.fall();
        // The market refills once a second, the formula all the time.
        assert!((effective_depth(&rules) / shown - 1.0).abs() < 0.5 / 300.0, "{seconds} s");
    }
    // Buyers who are all there hold B per unit of fall beside the book.
    rules.buyers = 300.0;
    rules.permanent = 1.0;
    rules.bot_latency = 1e9;
    assert!((effective_depth(&rules) - rules.depth - 300.0).abs() < 1e-6);
}
