//! Known results, each with its closed form, its source and what this code measures.
//!
//! One file per source. A file computes its curve from the formula and its points by running the model, so no number is
//! typed. `tests/validation/` compares points with curves, and the page `model.html` shows both. To add a source: a
//! file here, a line in [`all`], and a test.

pub mod amm;
pub mod amplification;
pub mod arbitrage;
pub mod borel;
pub mod effective_depth;
pub mod fixed_point;
pub mod gilts;
pub mod margin_call;
mod proof;
pub mod pure;
pub mod square_root;
pub mod targeters;
pub mod years;

pub use proof::{Axis, Curve, Label, Plot, Point, Proof, Side};

/// All known results, in the order of the page.
#[must_use]
pub fn all() -> Vec<Proof> {
    vec![
        margin_call::proof(),
        effective_depth::proof(),
        fixed_point::staircase(),
        fixed_point::proof(),
        amplification::proof(),
        borel::proof(),
        targeters::proof(),
        gilts::proof(),
        amm::proof(),
        arbitrage::proof(),
        square_root::proof(),
    ]
}
