//! Amplification: a slightly larger first order deepens the fall 1/(1-R) times as much, with R where the fall stops.

use super::proof::{Axis, Curve, Label, Plot, Proof, Side};
use super::pure::Pure;
use crate::params::Params;

/// Enough accounts for the difference between two runs to show a slope.
pub const ACCOUNTS: f64 = 400_000.0;

/// Half of the step in the first order between two runs, a fall of the log price.
pub const STEP: f64 = 0.0025;

/// Depths at which R stays below 1, $bn per percent, so that the whole branch can be walked.
pub const DEPTHS: [f64; 2] = [3.5, 6.0];

/// The crowd of the page's defaults at this depth.
#[must_use]
pub fn crowd(depth: f64) -> Pure {
    Pure::new(&Params { accounts: ACCOUNTS, depth, ..Params::default() })
}

/// The slope between two runs, one with a slightly smaller and one with a slightly larger first order.
pub fn measured(crowd: &mut Pure, order: f64) -> f64 {
    (crowd.stops(order + STEP) - crowd.stops(order - STEP)) / (2.0 * STEP)
}

/// The figure: amplification along the branch.
#[must_use]
pub fn proof() -> Proof {
    // One label beside the peak of its curve, the other to the right of where the two curves cross.
    let curves = DEPTHS.iter().zip([0.3, 2.0]).map(|(depth, aside)| {
        let mut crowd = crowd(*depth);
        let branch = crowd.branch(0.4);
        let answer = |stop: f64| 1.0 / (1.0 - crowd.reproduction(stop));
        let line: Vec<_> = branch.iter().map(|(order, stop)| (100.0 * order, answer(*stop))).collect();
        let highest = line.iter().copied().fold((0.0, 0.0), |high, point| if point.1 > high.1 { point } else { high });
        let measured = (1..=15).map(|i| f64::from(i) * 0.01).map(|order| (100.0 * order, measured(&mut crowd, order)));
        let r_max = 1.0 - 1.0 / highest.1;
        let text = format!("R up to {r_max:.2}");
        Curve {
            label: Label { text, x: highest.0 + aside, side: Side::AboveRight },
            measured: measured.collect(),
            line,
        }
    });
    Proof {
        id: "amplification",
        title: "One dollar more sold at first moves the price like 1/(1 − R) dollars",
        source: "The derivative of the fixed point. It is the multiplier of Keynes and the sum over \
                 generations of epidemics and branching processes.",
        claim: "On a branch without a jump, a slightly larger first order deepens the fall by 1/(1 − R) times the \
                difference, with R taken where the fall stops.",
        formula: "dX / dx0 = 1 / (1 − R(X)); R(x) = G′(x) / D",
        exact: "Under the same conditions, everywhere on the branch; the curve is for an endless crowd, the points are \
                differences between two runs of 400,000 accounts.",
        ends: "At R = 1, where the fall jumps. The whole fall over the whole order is 1/(1 − R) only if R is the same \
               at every price, which it is for no real crowd.",
        plot: Plot {
            x: Axis {
                label: "Fall that the first order alone would cause (log)",
                unit: "%",
                from: 0.0,
                to: 16.0,
                log: false,
            },
            y: Axis { label: "Extra fall per extra first order", unit: "", from: 1.0, to: 6.0, log: false },
            curves: curves.collect(),
            path: vec![],
            measured: Label { text: "between two runs".into(), x: 4.0, side: Side::AboveLeft },
        },
    }
}
