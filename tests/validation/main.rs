//! The layer of validation: known results, closed forms and past days, compared with measurements of this code. One
//! source per module.

mod amm;
mod amplification;
mod arbitrage;
mod borel;
mod closed_forms;
#[path = "../common/mod.rs"]
mod common;
mod effective_depth;
mod episodes;
mod fixed_point;
mod gilts;
mod margin_call;
mod opening;
mod square_root;
mod targeters;
mod years;
