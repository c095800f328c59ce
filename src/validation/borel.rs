//! Cascade sizes with equal sales and uniformly distributed limits: the Borel distribution.

use super::proof::{Axis, Curve, Label, Plot, Proof, Side};
use crate::model::Rules;
use crate::model::crowd::cursor::Cursor;
use crate::model::crowd::draws::Draws;
use crate::model::crowd::ladder::Ladder;
use crate::model::crowd::rung::rungs;
use crate::model::market::Market;
use crate::params::Params;
use crate::validation::pure::pure;

/// Number of limits on one ladder.
const LIMITS: usize = 100_000;

/// Share of the ladder that the cascades of one seed may use up, so that no cascade reaches its end.
const USED: f64 = 0.8;

/// Number of seeds in the figure.
const SEEDS: u64 = 24;

/// Fewest cascades behind a point of the figure, which keeps its standard error below a twentieth.
const FEWEST: u64 = 400;

/// Probability of a cascade of `size` sales, including the first.
#[must_use]
pub fn probability(r: f64, size: usize) -> f64 {
    let s = size as f64;
    libm::exp(-r * s + (s - 1.0) * libm::log(r * s) - libm::lgamma(s + 1.0))
}

/// Number of cascades of each size; entry 0 is empty.
///
/// Limits are uniform on a ladder, and each sale moves the price past `r` of them on average. First sales follow one
/// another down the ladder, each after the previous cascade has ended. The limits ahead do not depend on those already
/// passed, so the cascades are independent.
#[must_use]
pub fn sizes(r: f64, seeds: u64) -> Vec<u64> {
    let rules = Rules::from(&pure(&Params { depth: 2.0, ..Params::default() }));
    let sale = r / LIMITS as f64 * rules.depth;
    let mut sizes = Vec::new();
    for seed in 1..=seeds {
        let draws = Draws::new(seed, LIMITS);
        let mut ladder = Ladder::default();
        ladder.build(0.0, 1.0, LIMITS, || rungs(&draws.entry, &draws.habits));
        let mut cursor = Cursor::default();
        let mut market = Market::new(&rules);
        while market.fall() < USED {
            let size = cascade(&rules, &mut market, &mut cursor, &mut ladder, sale);
            if sizes.len() <= size {
                sizes.resize(size + 1, 0);
            }
            sizes[size] += 1;
        }
    }
    sizes
}

/// Runs one cascade: a first sale and, generation by generation, the sales that it triggers. Returns the number of
/// sales.
fn cascade(rules: &Rules, market: &mut Market, cursor: &mut Cursor, ladder: &mut Ladder, sale: f64) -> usize {
    let mut size = 0;
    let mut generation = 1;
    while generation > 0 {
        size += generation;
        market.step(rules, sale * generation as f64, 0.0, false);
        generation = 0;
        if cursor.rise(rules, ladder, market.fall(), false) {
            generation = cursor.newly(ladder.partition(rules), 0, 0.0).len() + cursor.people.len();
        }
    }
    size
}

/// The figure: the distribution of sizes for two reproduction numbers.
#[must_use]
pub fn proof() -> Proof {
    let labels = [(0.5, 13.0, Side::BelowLeft), (0.9, 90.0, Side::AboveRight)];
    let curves = labels.into_iter().map(|(r, x, side)| Curve {
        label: Label { text: format!("Borel, R = {r}"), x, side },
        line: (1..=1000).map(|size| (size as f64, 100.0 * probability(r, size))).collect(),
        measured: points(&sizes(r, SEEDS)),
    });
    Proof {
        id: "borel",
        title: "How large cascades get when R is 0.5, and when it is 0.9",
        source: "Émile Borel, Comptes rendus 214 (1942), for queues; it is the total size of a branching process with \
                 Poisson offspring.",
        claim: "Most cascades stay small and a few become large. The number s of sales per first sale follows the \
                Borel distribution; its mean is 1/(1 − R), and at R = 1 its tail falls like s to the power −3/2.",
        formula: "P(s) = exp(−R s) (R s)^(s−1) / s!",
        exact: "For sales of equal size and limits that lie at every price alike. Points are cascades on a ladder of \
                100,000 limits, larger sizes counted together.",
        ends: "Real limits come in clusters: R differs from price to price, and a cascade that reaches a cluster is \
               none of these.",
        plot: Plot {
            x: Axis { label: "Sales in the cascade, the first one counted", unit: "", from: 1.0, to: 500.0, log: true },
            y: Axis { label: "Share of cascades of that size", unit: "%", from: 0.001, to: 100.0, log: true },
            curves: curves.collect(),
            path: vec![],
            measured: Label { text: "counted on our ladder".into(), x: 14.0, side: Side::AboveRight },
        },
    }
}

/// Shares of the cascades by size, percent. Sizes within an eighth of each other share a point at their geometric
/// mean.
fn points(sizes: &[u64]) -> Vec<(f64, f64)> {
    let all: u64 = sizes.iter().sum();
    let mut points = Vec::new();
    let mut from = 1;
    while from < sizes.len() {
        let to = (from + from / 8 + 1).min(sizes.len());
        let counted: u64 = sizes[from..to].iter().sum();
        if counted < FEWEST {
            break;
        }
        let middle = ((from * (to - 1)) as f64).sqrt();
        points.push((middle, 100.0 * counted as f64 / all as f64 / (to - from) as f64));
        from = to;
    }
    points
}
