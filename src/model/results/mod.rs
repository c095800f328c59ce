//! Results of a run: summary, histogram of limits, flows around the feedback loop, states of accounts.

pub mod account_states;
pub mod flows;
pub mod limit_histogram;
pub mod summary;
