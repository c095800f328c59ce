//! UK government bonds, September 2022: forced sales caused about half of the fall, a reproduction number of one half.

use super::proof::{Axis, Curve, Label, Plot, Proof, Side};
use super::targeters::{SHOCK, measured, reproduction_numbers};

/// Share of the fall that the Bank of England attributes to forced sales.
pub const PUBLISHED: f64 = 0.5;

/// The figure: forced share of the fall against R.
#[must_use]
pub fn proof() -> Proof {
    let line = (0..=100).map(|i| f64::from(i) / 100.0).map(|r| (r, 100.0 * r));
    let at = (PUBLISHED, 100.0 * PUBLISHED);
    Proof {
        id: "gilts",
        title: "Half of the fall of UK bonds was forced: R was about a half",
        source: "Bank of England, Staff Working Paper 1089, on the liability-driven funds of 23 to 28 September 2022: \
                 about half of the fall came from their forced sales.",
        claim: "Where every dollar sold forces R more, the part of the fall that is forced is R itself. Half of the \
                fall means R = 0.5, and an amplification of 1/(1 − 0.5) = 2.",
        formula: "forced / X = 1 − x0 / X = R",
        exact: "Under the same conditions as above. The points are the same runs: what the funds sold, over the \
                depth, as a part of the fall. The thin lines lead to the published half.",
        ends: "The half is an estimate from trades, not from a law. Nothing here was fitted to it: it says which R \
               the days had, if the funds’ answer was the only one.",
        plot: Plot {
            x: Axis { label: "Reproduction number R", unit: "", from: 0.0, to: 1.0, log: false },
            y: Axis { label: "Part of the fall that is forced", unit: "%", from: 0.0, to: 100.0, log: false },
            curves: vec![Curve {
                label: Label { text: "forced part = R".into(), x: 0.75, side: Side::AboveLeft },
                line: line.collect(),
                measured: reproduction_numbers().into_iter().map(|r| (r, 100.0 * measured(r, SHOCK).1)).collect(),
            }],
            path: vec![(0.0, at.1), at, (at.0, 0.0)],
            measured: Label { text: "runs with funds only".into(), x: 0.3, side: Side::AboveLeft },
        },
    }
}
