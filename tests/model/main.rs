//! The layer of the model: properties of runs and of the studies that compare them, one per module.
//!
//! `cargo test --test model digest` runs one module.

#[path = "../common/mod.rs"]
mod common;
mod counterfactuals;
mod digest;
mod genealogy;
mod lessons;
mod losses;
mod margin_limit;
mod monotone;
mod neutral;
mod phase_map;
mod properties;
mod readme;
mod reference;
mod sensitivity;
