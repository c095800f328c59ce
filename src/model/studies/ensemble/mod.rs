//! A hundred crowds: the same parameters with other seeds, which separate certain results from random ones.
//!
//! Seeds belong together in blocks: with a hundred crowds, the seeds 0 to 99, 100 to 199, and so on. Every crowd of a
//! block is therefore compared with the same hundred. Each member has the bits of the single run of its seed.
//!
//! Work can be shared: each [`Runner`] runs some of the members, and one [`Ensemble`] collects the results.

mod block;
mod collection;
mod parallel;
mod quantiles;
mod runner;
mod spread;

pub use block::{CROWDS, MOST_ACCOUNTS, first_seed, offered};
pub use collection::{Ensemble, single};
pub use parallel::shared_out;
pub use quantiles::{Beyond, Quantiles};
pub use runner::{KEPT_ACCOUNTS, Member, Runner};
pub use spread::{Spread, quantile};
