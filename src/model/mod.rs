//! The model: parameters and seed in, a run and its closed forms out.
//!
//! No clock, no input or output, and no randomness but the seed. Floats go only through
//! `+ - * /`, `sqrt`, comparisons and the `libm` crate, so that a run has the same bits on every machine.
//!
//! Data flows one way: [`Params`](crate::Params) -> [`Rules`] (units) and [`Crowd`] (accounts and ladders) -> [`Run`]
//! (series) -> [`Summary`]. A [`PhaseMap`] runs a grid of parameter sets.
#![doc = ""]
#![doc = include_str!("README.md")]

pub mod closed_form;
pub mod crowd;
pub mod market;
pub mod math;
pub mod results;
pub mod rules;
pub mod run;
mod simulator;
pub mod studies;
mod version;

pub use closed_form::ClosedForm;
pub use crowd::{Crowd, draws};
pub use market::impact;
pub use math::normal;
pub use results::limit_histogram::Limits;
pub use results::summary::{self, Summary};
pub use rules::Rules;
pub use run::series::Series;
pub use run::{Run, ledger, sale};
pub use simulator::Simulator;
pub use studies::ensemble::{self, Ensemble};
pub use studies::phase_map::{self, PhaseMap};
pub use studies::tipping_point::{Tipping, TippingCrowds};
pub use studies::{counterfactual, genealogy};
pub use version::MODEL_VERSION;
