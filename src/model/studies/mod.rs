//! Studies that compare several runs, or trace one sale by sale.

pub mod counterfactual;
pub mod ensemble;
pub mod genealogy;
pub mod phase_map;
pub mod tipping_point;
