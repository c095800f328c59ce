//! A constant-product pool: impact follows its formula and is not proportional to the order.

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use crate::model::Rules;
use crate::model::market::Market;
use crate::model::results::summary::percent;
use crate::model::rules::Law;
use crate::params::Params;

/// Number of parts in which an order is sold.
const PARTS: u32 = 400;

/// A market whose whole depth is a pool.
#[must_use]
pub fn pool() -> Rules {
    let quiet =
        Params { permanent: 100.0, buyers: 0.0, thinning: 0.0, calm_volatility: 0.0, depth: 2.0, ..Params::default() };
    // The slider ends at 90%, so that a book always remains; the figure needs the pool alone.
    Rules { law: Law::Pool { share: 1.0 }, ..Rules::from(&quiet) }
}

/// Fall of the log price after a sale of `sales` $bn into a pool as deep as the book would be.
#[must_use]
pub fn formula(rules: &Rules, sales: f64) -> f64 {
    // A pool of reserve X has the depth X/2.
    2.0 * libm::log1p(sales / (2.0 * rules.depth))
}

/// The same from the simulated market, sold in many small parts.
#[must_use]
pub fn measured(rules: &Rules, sales: f64) -> f64 {
    let mut market = Market::new(rules);
    for _ in 0..PARTS {
        market.step(rules, sales / f64::from(PARTS), 0.0, false);
    }
    market.fall()
}

/// The figure: fall against the size of the order.
#[must_use]
pub fn proof() -> Proof {
    let rules = pool();
    let orders = |count: i32| (0..=count).map(move |i| 200.0 * f64::from(i) / f64::from(count));
    let point = |sales: f64, fall: f64| -> Point { (sales, percent(fall)) };
    Proof {
        id: "amm",
        title: "A pool gives way less and less, a linear book always alike",
        source: "The constant-product rule of automated market makers: reserve times reserve stays the same. The log \
                 form is derived from it.",
        claim: "Selling q into a reserve X of the same asset moves the log price by −2 ln(1 + q/X), whether at once or \
                in parts. For small orders that is a book of depth X/2.",
        formula: "ln p = −2 ln(1 + q / X)",
        exact: "Always, if impact stays and nobody adds or takes away liquidity. The points are orders sold in 400 parts to the \
                simulated market, whose depth is a pool alone: $2bn moves it 1%.",
        ends: "Providers of liquidity may leave a pool in a crash. In this model they stay, which is the pool at its \
               best.",
        plot: Plot {
            x: Axis { label: "Sold", unit: "$bn", from: 0.0, to: 200.0, log: false },
            y: Axis { label: "Fall of the price", unit: "%", from: 0.0, to: 70.0, log: false },
            curves: vec![
                Curve {
                    label: Label { text: "pool: −2 ln(1 + q/X)".into(), x: 150.0, side: Side::BelowRight },
                    line: orders(200).map(|sales| point(sales, formula(&rules, sales))).collect(),
                    measured: orders(10).map(|sales| point(sales, measured(&rules, sales))).collect(),
                },
                Curve {
                    label: Label { text: "linear book".into(), x: 150.0, side: Side::AboveLeft },
                    line: orders(200).map(|sales| point(sales, sales / rules.depth)).collect(),
                    measured: vec![],
                },
            ],
            path: vec![],
            measured: Label { text: "the simulated market".into(), x: 60.0, side: Side::BelowRight },
        },
    }
}
