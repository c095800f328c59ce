//! The layer of the model: the promises of a run and of the studies that compare runs, one to a module.
//!
//! `cargo test --test model digest` runs one of them.

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
