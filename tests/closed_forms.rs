//! The density of limits, R max and the critical shock of MODEL.md section 4 agree with large crowds and with the
//! prototype. What has a figure on `model.html` is held in `validation_*.rs`.

mod common;

use common::{closed_form, crowd, limits, margin_bot_lots, pure};
use deleverage::Simulator;
use deleverage::model::Rules;
use deleverage::model::closed_form::{LimitDensity, effective_depth, margin_bot_interest};

/// Share of the limits up to each point of the grid.
fn cumulative(density: &LimitDensity) -> Vec<f64> {
    let sums = density.density.windows(2).scan(0.0, |sum, pair| {
        *sum += 0.5 * (pair[0] + pair[1]) * density.spacing;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
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
        assert!(
            (form.r_max.unwrap() / r_max - 1.0).abs() < 0.1,
            "{query}: R max {}, counted {r_max}",
            form.r_max.unwrap()
        );
    }
}
