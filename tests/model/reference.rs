//! Runs reproduce the numbers of the prototype (`src/model/README.md`, section 8.2), as far as different random numbers
//! allow.
//!
//! The prototype printed one number per cell, from one seed of a different generator. This test runs twenty seeds; the
//! prototype's number must lie between the least and the greatest result, widened by
//!
//! - 0.05, because it is printed with one decimal, and
//! - downwards, 3% of itself. In cascades that sell most of the open interest, falls here are 0 to 2 points deeper than
//!   the prototype's, which twenty seeds (standard deviation 0.2 to 0.5 there) do not explain; 2.9% is the largest gap,
//!   at leverage 10 and 14 with bots only. Where it matters, near the tipping point, the gap is zero and the range of
//!   the seeds decides.
//!
//! Troughs come up to 3 s later than the prototype's: reactions are rounded up to whole seconds, and with rounding to
//! the nearest the troughs agree. R of the run peaks up to 6% higher where the cascade runs away.

use crate::common::{params, release_1};
use deleverage::Params;
use deleverage::model::rules::SHOCK_AT;
use deleverage::model::summary::percent;
use deleverage::model::{Crowd, Rules, Run};

const SEEDS: u64 = 20;
const ROUNDING: f64 = 0.05;
const DEEPER: f64 = 0.03;
const LATER: i64 = 3;
const ROUNDING_R: f64 = 0.005;
const STRONGER: f64 = 0.06;

/// Leverage, and for each bot density the greatest fall, percent, and its time, seconds after the shock began.
type GridRow = (f64, [(f64, i64); 9]);

const DENSITIES: [f64; 9] = [0.0, 10.0, 20.0, 30.0, 35.0, 40.0, 50.0, 70.0, 100.0];

#[rustfmt::skip]
const GRID: [GridRow; 6] = [
    (3.0, [(3.1, 10), (3.2, 10), (3.3, 10), (3.4, 10), (3.4, 11), (3.5, 11), (3.6, 11), (3.8, 11), (4.3, 14)]),
    (5.0, [(3.1, 10), (3.3, 10), (3.4, 10), (3.6, 11), (3.7, 11), (3.8, 11), (4.0, 14), (4.7, 15), (6.0, 15)]),
    (7.0, [(3.1, 10), (3.3, 10), (3.6, 11), (4.0, 14), (4.2, 15), (4.5, 16), (5.2, 16), (8.4, 22), (39.0, 20)]),
    (10.0, [(3.1, 10), (3.6, 15), (4.8, 19), (8.3, 26), (16.9, 28), (21.6, 22), (28.6, 19), (40.8, 16), (56.7, 15)]),
    (14.0, [(3.2, 10), (5.0, 22), (15.7, 22), (25.0, 17), (29.2, 16), (33.4, 15), (41.6, 15), (56.0, 14), (72.5, 13)]),
    (20.0, [(3.6, 612), (13.1, 286), (24.4, 18), (36.5, 14), (41.8, 14), (47.1, 13), (57.0, 13), (71.6, 12), (86.7, 12)]),
];

/// The results of one seed.
#[derive(Clone, Copy)]
struct Outcome {
    fall: f64,
    trough: i64,
    r_peak: f64,
    /// Sold by bots, percent of the open interest.
    forced: f64,
}

/// The results of all seeds, computed in the same memory; a crowd is drawn again only when the seed changes.
fn outcomes(room: &mut [(Crowd, Run)], p: &Params) -> Vec<Outcome> {
    let one = |(seed, (crowd, run)): (usize, &mut (Crowd, Run))| {
        let p = Params { seed: seed as u64 + 1, ..*p };
        let rules = Rules::from(&p);
        crowd.arrange(&p);
        run.simulate(&rules, crowd);
        let series = &run.series;
        let price = series.price.iter().copied();
        let (trough, lowest) = price.enumerate().fold((0, 0.0), |low, now| if now.1 < low.1 { now } else { low });
        let forced: u64 = series.bots_sold.iter().sum();
        Outcome {
            fall: percent(-lowest),
            trough: i64::try_from(trough).unwrap() - i64::try_from(SHOCK_AT).unwrap(),
            r_peak: series.reproduction.iter().copied().filter(|r| !r.is_nan()).fold(0.0, f64::max),
            forced: 100.0 * forced as f64 * rules.lot / rules.open_interest,
        }
    };
    room.iter_mut().enumerate().map(one).collect()
}

fn room() -> Vec<(Crowd, Run)> {
    (0..SEEDS).map(|_| Default::default()).collect()
}

/// The error if the range of the seeds' falls does not contain the prototype's.
fn off(name: &str, falls: &[f64], prototype: f64) -> Option<String> {
    let least = falls.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = falls.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let inside = (least - ROUNDING - DEEPER * prototype..=greatest + ROUNDING).contains(&prototype);
    (!inside).then(|| format!("{name}: {least:.2} to {greatest:.2}, the prototype {prototype}"))
}

#[test]
fn greatest_falls_and_troughs_over_leverage_and_bot_density() {
    let mut room = room();
    let mut wrong = Vec::new();
    for (leverage, row) in GRID {
        for (bots, (fall, trough)) in DENSITIES.into_iter().zip(row) {
            let seeds = outcomes(&mut room, &Params { leverage, bots, ..release_1() });
            let name = format!("leverage {leverage}, bots {bots}%");
            wrong.extend(off(&name, &seeds.iter().map(|seed| seed.fall).collect::<Vec<_>>(), fall));
            let first = seeds.iter().map(|seed| seed.trough).min().unwrap();
            let last = seeds.iter().map(|seed| seed.trough).max().unwrap();
            if !(first - LATER..=last + LATER).contains(&trough) {
                wrong.push(format!("{name}: lowest after {first} to {last} s, the prototype after {trough} s"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn one_change_each() {
    let mut room = room();
    let mut wrong = Vec::new();
    for (query, fall) in [
        ("bot-latency=10", 5.9),
        ("bot-latency=30", 4.4),
        ("breaker-fall=3&breaker-window=60&breaker-halt=5", 7.6),
        ("breaker-fall=3&breaker-window=60&breaker-halt=60", 5.2),
        ("breaker-fall=3&breaker-window=60&breaker-halt=900", 3.7),
        ("throttle=0.1", 6.6),
        ("throttle=0.02", 4.3),
        ("close-fraction=50", 9.2),
        ("thinning=0", 2.2),
        ("vol-bots=0", 5.2),
    ] {
        let falls: Vec<f64> =
            outcomes(&mut room, &params(&format!("scenario=release-1&{query}"))).iter().map(|seed| seed.fall).collect();
        wrong.extend(off(query, &falls, fall));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_opening_of_release_1_stands_on_the_cliff() {
    let mut room = room();
    let mean = |p: &Params, room: &mut [(Crowd, Run)], of: fn(&Outcome) -> f64| {
        outcomes(room, p).iter().map(of).sum::<f64>() / SEEDS as f64
    };
    // The prototype: 15.8 to 18.4 over five seeds, 30% of the open interest force-sold, presumably by bots. The mean of
    // twenty seeds has a standard error of 0.3, that of five 0.6.
    let defaults = release_1();
    let fall = mean(&defaults, &mut room, |seed| seed.fall);
    assert!((15.0..=18.5).contains(&fall), "{fall}");
    let forced = mean(&defaults, &mut room, |seed| seed.forced);
    assert!((forced - 30.0).abs() < 2.0, "{forced}");

    let mut wrong = Vec::new();
    for (bots, low, high) in [(20.0, 0.38, 0.38), (35.0, 0.93, 0.98), (50.0, 1.23, 1.23)] {
        let seeds = outcomes(&mut room, &Params { bots, ..defaults });
        let least = seeds.iter().map(|seed| seed.r_peak).fold(f64::INFINITY, f64::min);
        let greatest = seeds.iter().map(|seed| seed.r_peak).fold(0.0, f64::max);
        if high < least - ROUNDING_R - STRONGER * high || low > greatest + ROUNDING_R {
            wrong.push(format!("bots {bots}%: R peaks at {least:.3} to {greatest:.3}, the prototype {low} to {high}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
