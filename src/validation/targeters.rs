//! Funds that hold leverage constant amplify every fall by 1/(1-R).

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use super::pure::pure;
use crate::Simulator;
use crate::model::Rules;
use crate::params::Params;

/// The first order of the figure, percent: small, because the formula is for small falls.
pub const SHOCK: f64 = 0.005;

/// Leverage of the funds.
const LEVERAGE: f64 = 3.0;

/// A market with leverage targeters only, whose reproduction number is `A (L - 1) / D = r`.
#[must_use]
pub fn market(r: f64, shock: f64) -> Params {
    let quiet = pure(&Params { accounts: 100.0, ..Params::default() });
    let targeters = r * 100.0 * quiet.depth / (LEVERAGE - 1.0);
    // Accounts without debt, so that only the funds have to sell.
    Params { leverage: 1.0, bots: 0.0, shock, bot_latency: 1.0, targeters, target_leverage: LEVERAGE, ..quiet }
}

/// The whole fall of a run over the fall caused by the first order alone, and the share of the whole fall caused by
/// the funds.
#[must_use]
pub fn measured(r: f64, shock: f64) -> Point {
    let params = market(r, shock);
    let simulator = Simulator::new(&params);
    let series = &simulator.run().series;
    let fall = -series.price[series.price.len() - 1];
    let rules = Rules::from(&params);
    let sold: f64 = series.rebalanced.iter().sum();
    (fall / rules.shock, sold / rules.depth / fall)
}

/// Reproduction numbers of the runs in the figure.
#[must_use]
pub fn reproduction_numbers() -> Vec<f64> {
    vec![0.0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9]
}

/// The figure: amplification against R.
#[must_use]
pub fn proof() -> Proof {
    let line = (0..=92).map(|i| f64::from(i) / 100.0).map(|r| (r, 1.0 / (1.0 - r)));
    // Without funds the amplification is 1 by definition.
    let runs = reproduction_numbers().into_iter().filter(|r| *r > 0.0);
    Proof {
        id: "targeters",
        title: "Funds that keep their leverage amplify every fall",
        source: "Greenwood, Landier and Thesmar, “Vulnerable banks”, Journal of Financial Economics 115 (2015).",
        claim: "A fund that holds leverage constant sells L − 1 times each fall. All together they answer a fall with \
                R times as much again, and that with R squared: at R = 0.3, 0.6 and 0.9 the whole fall is 1.43, 2.5 \
                and 10 times the first.",
        formula: "X / x0 = 1 / (1 − R); R = A (L − 1) / D",
        exact: "For small falls, impact that stays, and funds that have enough to sell. The points are runs after a \
                first order of 0.005%.",
        ends: "In larger falls the funds shrink: they sell the same share of less and less.",
        plot: Plot {
            x: Axis { label: "Reproduction number R", unit: "", from: 0.0, to: 1.0, log: false },
            y: Axis { label: "Whole fall, in multiples of the first", unit: "", from: 1.0, to: 13.0, log: false },
            curves: vec![Curve {
                label: Label { text: "1 / (1 − R)".into(), x: 0.84, side: Side::AboveLeft },
                line: line.collect(),
                measured: runs.map(|r| (r, measured(r, SHOCK).0)).collect(),
            }],
            path: vec![],
            measured: Label { text: "runs with funds only".into(), x: 0.6, side: Side::AboveLeft },
        },
    }
}
