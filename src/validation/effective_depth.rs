//! Effective depth: the depth met by sales that are spread over time while the book refills.

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use crate::model::Rules;
use crate::model::closed_form::effective_depth;
use crate::model::market::Market;
use crate::params::Params;

/// Refill times of the figure, s.
const REFILLS: [f64; 2] = [60.0, 600.0];

/// A book without noise, buyers and thinning.
#[must_use]
pub fn book(permanent: f64, refill: f64) -> Rules {
    let quiet = Params { buyers: 0.0, thinning: 0.0, calm_volatility: 0.0, depth: 2.0, ..Params::default() };
    Rules::from(&Params { permanent, refill, ..quiet })
}

/// Effective depth by the formula for sales spread over `seconds`, in multiples of calm depth.
#[must_use]
pub fn formula(rules: &Rules, seconds: f64) -> f64 {
    effective_depth(&Rules { bot_latency: seconds, ..rules.clone() }) / rules.depth
}

/// Effective depth from a simulated market that is sold to evenly for `seconds`: dollars sold over the fall, in
/// multiples of calm depth.
#[must_use]
pub fn measured(rules: &Rules, seconds: u32) -> f64 {
    let per_second = 1e-4 * rules.depth;
    let mut market = Market::new(rules);
    for _ in 0..seconds {
        market.step(rules, per_second, 0.0, false);
    }
    per_second * f64::from(seconds) / market.fall() / rules.depth
}

/// The figure: effective depth against the duration of the sales.
#[must_use]
pub fn proof() -> Proof {
    let labels = [("book refills in 1 minute", 250.0, Side::AboveLeft), ("in 10 minutes", 900.0, Side::BelowRight)];
    let curves = REFILLS.iter().zip(labels).map(|(refill, (text, x, side))| {
        let rules = book(10.0, *refill);
        let line = (0..=400).map(|i| libm::exp10(f64::from(i) / 100.0)).map(|t| (t, formula(&rules, t)));
        let times = [1, 3, 10, 30, 60, 120, 300, 600, 1200, 3000, 10_000];
        let measured: Vec<Point> = times.map(|t| (f64::from(t), measured(&rules, t))).into();
        Curve { label: Label { text: text.into(), x, side }, line: line.collect(), measured }
    });
    Proof {
        id: "effective-depth",
        title: "Patient sales meet a deeper market",
        source: "A book that refills exponentially: Obizhaeva and Wang, “Optimal trading strategy and supply/demand \
                 dynamics”, Journal of Financial Markets 16 (2013). The average over an even sale is derived for this \
                 model.",
        claim: "Sold within seconds, an order meets the book as it stands. Spread over a time T, it also meets what \
                has been refilled, up to the share th of impact that never fades.",
        formula: "1 / D_eff = (1 / D) [th + (1 − th) (tr / T) (1 − exp(−T / tr))]",
        exact: "For even sales, linear impact and constant depth. The market here refills once a second, which \
                differs from the formula by at most half a second over tr.",
        ends: "Value buyers and a thinning book are not in it. The share of impact that stays is 10% here.",
        plot: Plot {
            x: Axis { label: "Time over which the order is sold", unit: "s", from: 1.0, to: 10_000.0, log: true },
            y: Axis {
                label: "Effective depth, in multiples of the book’s", unit: "", from: 0.0, to: 10.0, log: false
            },
            curves: curves.collect(),
            path: vec![],
            measured: Label { text: "the simulated market".into(), x: 30.0, side: Side::AboveLeft },
        },
    }
}
