//! The fixed point of the pure limit: where the fall stops, its jump, and the cobweb that leads there.

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use super::pure::Pure;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::params::Params;

/// Enough accounts for their limits to be distributed like those of an infinite crowd.
pub const ACCOUNTS: f64 = 400_000.0;

/// Distance of the cobweb's first order from the jump, a fall of the log price: enough to see the gap through which
/// the cascade squeezes.
const BEYOND: f64 = 0.007;

/// A fall in percent of the price as a fall of the log price.
fn log_fall(percent: f64) -> f64 {
    -libm::log1p(-percent / 100.0)
}

/// The crowd of the page's defaults in the pure limit.
#[must_use]
pub fn crowd() -> Pure {
    Pure::new(&Params { accounts: ACCOUNTS, depth: 2.0, ..Params::default() })
}

/// The first order at which the fall jumps, as a fall of the log price: the end of the lower branch.
#[must_use]
pub fn jump(branch: &[Point]) -> f64 {
    let highest = |pair: &&[Point]| pair[1].1 - pair[0].1;
    branch.windows(2).max_by(|a, b| highest(a).total_cmp(&highest(b))).map_or(0.0, |pair| pair[0].0)
}

/// The figure: where the run stops, against the size of the first order.
#[must_use]
pub fn proof() -> Proof {
    let mut crowd = crowd();
    let branch = crowd.branch(log_fall(30.0));
    let jump = percent(jump(&branch));
    // A drawn crowd jumps slightly before or after an infinite one, so no point lies close to the jump.
    let orders = (1..=16).map(|i| f64::from(i) * 0.25).filter(|order| (order - jump).abs() > 0.1);
    let measured = orders.map(|order| (order, percent(crowd.stops(log_fall(order))))).collect();
    let line = branch.iter().map(|(order, stop)| (percent(*order), percent(*stop))).collect();
    Proof {
        id: "fixed-point",
        title: "A slightly larger first sale, and the fall jumps",
        source: "Derived for this model. That a crowd with thresholds may jump when little changes is Granovetter’s, \
                 “Threshold Models of Collective Behavior”, American Journal of Sociology 83 (1978).",
        claim: "The fall stops at the smallest X at which the first order and all sales that a fall of X forces add \
                up to X. Where two such points meet and vanish, the fall jumps to the next one.",
        formula: "X = x0 + G(X) / D",
        exact: "Under the same conditions, however long each bot takes. \
                The curve is for an endless crowd, the points are runs of 400,000 accounts.",
        ends: "In the full model the book refills and buyers arrive while bots react, which moves the edge away; it \
               also thins, which moves it nearer.",
        plot: Plot {
            x: Axis { label: "Fall that the first order alone would cause", unit: "%", from: 0.0, to: 4.0, log: false },
            y: Axis { label: "Fall at which the market stops", unit: "%", from: 0.0, to: 25.0, log: false },
            curves: vec![Curve {
                label: Label { text: "X = x0 + G(X) / D".into(), x: 3.4, side: Side::AboveLeft },
                line,
                measured,
            }],
            path: vec![],
            measured: Label { text: "where the run stops".into(), x: 1.5, side: Side::AboveLeft },
        },
    }
}

/// One run second by second, each second a generation of the cascade.
#[derive(Clone, Debug)]
pub struct Staircase {
    /// The crowd of the run.
    pub crowd: Pure,
    /// Fall of the log price that the first order causes alone.
    pub shock: f64,
    /// For each generation, the fall that it saw and the fall caused by all forced sales up to it; falls of the log
    /// price.
    pub generations: Vec<Point>,
}

/// A run just beyond the jump in which every bot reacts in one second, so that sales in a second were forced by the
/// fall of the second before.
#[must_use]
pub fn climb() -> Staircase {
    let mut crowd = crowd();
    crowd.rules.bot_latency = f64::MIN_POSITIVE;
    let shock = jump(&crowd.branch(0.3)) + BEYOND;
    let per_lot = crowd.rules.lot / crowd.rules.depth;
    let through = SHOCK_AT + crowd.rules.first_seconds;
    let series = crowd.run(shock);
    let mut sold = 0;
    let mut generations = Vec::new();
    for second in 1..series.price.len() {
        sold += series.bots_sold[second];
        // From the end of the first order until sales stop.
        if second > through {
            generations.push((-series.price[second - 1], sold as f64 * per_lot));
            if series.bots_sold[second] == 0 {
                break;
            }
        }
    }
    Staircase { crowd, shock, generations }
}

/// The figure: one run as a cobweb between the forced fall and the fall needed to force it.
#[must_use]
pub fn staircase() -> Proof {
    let Staircase { crowd, shock, generations } = climb();
    let grid = |from: f64, to: f64| (0..=600).map(move |i| from + (to - from) * f64::from(i) / 600.0);
    let percents = |(x, y): Point| (100.0 * x, 100.0 * y);
    let line = grid(0.0, 0.28).map(|x| percents((x, crowd.forced(x)))).collect();
    let needed = grid(shock, 0.28).map(|x| percents((x, x - shock))).collect();
    // Up to the curve, then across to the diagonal, where the next generation starts.
    let path = generations.iter().flat_map(|(x, y)| [(*x, *x - shock), (*x, *y)]).map(percents).collect();
    Proof {
        id: "staircase",
        title: "The cascade climbs a staircase, and stops where two curves cross",
        source: "Derived for this model; the drawing is the cobweb of textbooks, used for crowds with thresholds by \
                 Granovetter, “Threshold Models of Collective Behavior”, American Journal of Sociology 83 (1978).",
        claim: "Each generation of bots sells what the fall before it forces, and so makes the fall of the next. \
                Where the curve stays above the straight line the fall goes on; where they cross it stops.",
        formula: "next fall = x0 + G(this fall) / D",
        exact: "With bots only, impact that stays, a book of constant depth, and no noise, buyers or volatility rule; and \
                if every bot takes one second, so that seconds are generations. The points are a run of 400,000 \
                accounts.",
        ends: "With different reaction times the generations mix. The staircase then blurs, but ends at the same \
               place.",
        plot: Plot {
            x: Axis { label: "Fall of the price (log)", unit: "%", from: 0.0, to: 25.0, log: false },
            y: Axis { label: "Part of it from forced sales", unit: "%", from: 0.0, to: 20.0, log: false },
            curves: vec![
                Curve {
                    label: Label { text: "forced by a fall: G(x) / D".into(), x: 14.0, side: Side::AboveLeft },
                    line,
                    measured: generations.into_iter().map(percents).collect(),
                },
                Curve {
                    label: Label { text: "needed for it: x − x0".into(), x: 12.0, side: Side::BelowRight },
                    line: needed,
                    measured: vec![],
                },
            ],
            path,
            measured: Label { text: "the run, second by second".into(), x: 9.0, side: Side::AboveLeft },
        },
    }
}
