//! One run: the crowd trades under its rules, second by second.

mod adl;
pub mod desk;
mod forced;
mod idle;
pub mod ledger;
pub mod people;
pub mod reproduction;
pub mod sale;
pub mod series;
mod settlement;
mod state;
mod tick;
mod tick_loop;

pub use state::Run;
pub use tick_loop::RecordOptions;
