//! The layer of validation: results that are known from elsewhere, closed forms and days that happened, held against what
//! this code measures. One source to a module.

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
mod square_root;
mod targeters;
mod years;
