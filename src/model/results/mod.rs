//! Results of a run: its summary, where its limits lie, what flows around the loop, what each account does.

pub mod account_states;
pub mod flows;
pub mod limit_histogram;
pub mod summary;
