//! The density of limits, R max and the critical shock (`src/model/README.md`, section 7) agree with large crowds and
//! with the prototype. Results with a figure on `model.html` are tested in the other files of this folder.

use crate::common::{closed_form, crowd, limits, margin_bot_lots, params, pure};
use deleverage::model::closed_form::{LimitDensity, effective_depth, fixed_point, margin_bot_interest};
use deleverage::model::rules::{LOTS, Law};
use deleverage::model::{Crowd, Rules};
use deleverage::{Params, Simulator};

/// Share of the limits up to each point of the grid.
fn cumulative(density: &LimitDensity) -> Vec<f64> {
    let sums = density.density.windows(2).scan(0.0, |sum, pair| {
        *sum += 0.5 * (pair[0] + pair[1]) * density.spacing;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}

#[test]
fn r_max_and_critical_shock_agree_with_the_prototype() {
    // The prototype counted a drawn crowd: its R carries 1% of noise, and where R is flat around 1 its critical
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
        let r = summary.r_margin_max.expect("impact is linear");
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
fn the_density_of_limits_agrees_with_a_large_crowd() {
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
            // The cut at 0.2% is between two points of the grid, so its bin is right to a tenth.
            let cut = if edge == width { 0.1 * expected } else { 0.0 };
            assert!(
                (counted - expected).abs() < 5.0 * deviation + cut,
                "{query}, bin up to {}: {counted}, not {expected}",
                edge as f64 * density.spacing
            );
            highest = highest.max(counted / (width as f64 * density.spacing));
        }
        // Everything within the range of the grid is counted, and R max is at the greatest density.
        let (counted, last) = (within as f64 / interest, below[(below.len() - 1) / width * width]);
        assert!((counted - last).abs() < 0.005, "{query}: {counted} within reach, not {last}");
        let r_max = highest * margin_bot_interest(&rules) / effective_depth(&rules);
        assert!(
            (form.r_max.unwrap() / r_max - 1.0).abs() < 0.1,
            "{query}: R max {}, counted {r_max}",
            form.r_max.unwrap()
        );
    }
}

/// Limits of the margin bots that lose by the first order, nearest first, with the lots closed at each.
fn hurt(p: &Params, rules: &Rules, crowd: &Crowd) -> Vec<(f64, u64)> {
    let short = p.first_order == 1.0;
    let (m, restored) = (p.maintenance / 100.0, p.maintenance / (100.0 - p.close_fraction));
    let sign = if short { 1.0 } else { -1.0 };
    let step = sign * libm::log((1.0 + sign * restored) / (1.0 + sign * m));
    let mut limits = Vec::new();
    for (i, (habit, at)) in crowd.draws.habits.iter().zip(&crowd.falls).enumerate() {
        if crowd.is_short(i) == short && habit.bot < rules.bots && habit.rule >= rules.vol_bots {
            let later = |(nth, lots): (usize, &u64)| (if nth == 0 { *at } else { at + step * nth as f64 }, *lots);
            limits.extend(rules.margin_sales.iter().enumerate().map(later));
        }
    }
    limits.sort_by(|a, b| a.0.total_cmp(&b.0));
    limits
}

#[test]
fn after_a_purchase_density_and_interest_are_those_of_shorts() {
    for query in
        ["shorts=40", "shorts=60&close-fraction=50&maintenance=4", "leverage=20&shorts=100&bots=50&vol-bots=30"]
    {
        let p = pure(&format!("{query}&accounts=200000&first-order=purchase"));
        let rules = Rules::from(&p);
        let mut crowd = crowd(&p);
        let (density, _) = closed_form(&p, &mut crowd);
        let limits = hurt(&p, &rules, &crowd);
        let lots: u64 = limits.iter().map(|(_, lots)| lots).sum();
        let interest = margin_bot_interest(&rules);
        assert!((lots as f64 * rules.lot / interest - 1.0).abs() < 0.02, "{query}: {interest}");
        for (i, below) in cumulative(&density).iter().enumerate().step_by(10) {
            let at = i as f64 * density.spacing;
            let passed: u64 = limits.iter().take_while(|(limit, _)| *limit <= at).map(|(_, lots)| lots).sum();
            let counted = passed as f64 / lots as f64;
            assert!((counted - below).abs() < 0.01, "{query}: {counted} within a rise of {at}, not {below}");
        }
    }
}

#[test]
fn r_lies_between_r_without_buyers_and_r_with_all_buyers() {
    for query in ["", "buyers=500&human-latency=120", "buyers=0", "shorts=40&first-order=purchase&targeters=10"] {
        let p = params(query);
        let (rules, summary) = (Rules::from(&p), *Simulator::new(&p).summary());
        let [r, fast, slow] = [summary.r_margin_max, summary.r_fast, summary.r_slow].map(Option::unwrap);
        let answered = r * effective_depth(&rules);
        let nobody = effective_depth(&Rules { buyers: 0.0, ..rules.clone() });
        let buyers = if p.first_order == 1.0 { 0.0 } else { p.buyers };
        assert!((fast * nobody / answered - 1.0).abs() < 1e-12, "{query}: {fast}");
        assert!((slow * (nobody + buyers) / answered - 1.0).abs() < 1e-12, "{query}: {slow}");
        assert!(if buyers > 0.0 { slow < r && r < fast } else { slow == fast }, "{query}: {slow} {r} {fast}");
    }
}

#[test]
fn value_buyers_do_not_act_on_a_rise() {
    let of = |buyers: u32| {
        let p = params(&format!("first-order=purchase&shorts=100&human-latency=60&calm-volatility=0&buyers={buyers}"));
        *Simulator::new(&p).summary()
    };
    let (none, many) = (of(0), of(1000));
    assert!(none.greatest_rise_percent > 3.0);
    assert_eq!(none.digest, many.digest);
    assert_eq!((none.r_margin_max, none.r_slow), (many.r_margin_max, many.r_slow));
    assert_eq!(none.critical_shock_percent, many.critical_shock_percent);
}

/// Total move of the price by the first order and forced orders of that size.
fn moved(p: &Params, rules: &Rules, forced: f64) -> f64 {
    let sign = if p.first_order == 1.0 { -1.0 } else { 1.0 };
    match rules.law {
        Law::Linear => rules.shock + forced / rules.depth,
        Law::SquareRoot => rules.shock + (0.01 * forced / rules.depth).sqrt(),
        Law::Pool { share } => {
            // Volume of book and pool over a price move.
            let takes = |by: f64| {
                let pool = 2.0 * share * rules.depth * sign * libm::expm1(0.5 * sign * by);
                (1.0 - share) * rules.depth * by + pool
            };
            let order = takes(rules.shock) + forced;
            let (mut low, mut high) = (0.0, 100.0);
            for _ in 0..100 {
                let middle = 0.5 * (low + high);
                if takes(middle) < order { low = middle } else { high = middle }
            }
            low
        }
    }
}

#[test]
fn the_fixed_point_agrees_with_the_accounts_on_both_sides_and_under_every_law() {
    for query in [
        "close-fraction=50&shorts=40",
        "close-fraction=50&shorts=60&first-order=purchase",
        "venues=3&shorts=60&first-order=purchase",
        "amm-share=60&shorts=10",
        "amm-share=60&shorts=80&first-order=purchase",
        "impact=square-root",
        "impact=square-root&shorts=50&first-order=purchase",
    ] {
        let p = pure(&format!("leverage=10&bots=80&vol-bots=20&shock=3&accounts=5000&{query}"));
        let rules = Rules::from(&p);
        let mut crowd = crowd(&p);
        let limits = hurt(&p, &rules, &crowd);
        let mut lots = 0;
        let stop = loop {
            let at = moved(&p, &rules, lots as f64 * rules.lot);
            let passed = limits.iter().take_while(|(limit, _)| *limit <= at).map(|(_, lots)| lots).sum();
            if passed == lots {
                break at;
            }
            lots = passed;
        };
        assert!(lots > 10 * LOTS, "{query}: too few forced sales");
        let found = fixed_point(&rules, &mut crowd);
        assert!((found - stop).abs() < 1e-9, "{query}: {found}, not {stop}");
    }
}
