//! Studies: several runs, compared.

pub mod counterfactual;
pub mod genealogy;
pub mod phase_map;
pub mod tipping_point;
