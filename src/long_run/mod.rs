//! Years instead of hours: funds that buy on credit what is cheap, after Thurner, Farmer and Geanakoplos, "Leverage causes fat
//! tails and clustered volatility" (Quantitative Finance 12, 2012, [arXiv 0908.1555](https://arxiv.org/abs/0908.1555)).
//!
//! Noise traders drive the price of one asset around its value. Ten funds buy when it lies below, the more of it the cheaper it
//! is, and with borrowed money up to a limit that the bank sets. They calm the market until a fall brings one of them to that
//! limit: from there on it must sell into the fall. Nobody here follows a rule of seconds, and there are crashes all the same,
//! and calm and wild times that last.
//!
//! The value of the asset is 1 and there is 1 share of it, so that money is counted in multiples of what all of it is worth. A
//! step has no fixed length; think of days. What MODEL.md leaves open is said where it is decided.

mod funds;
mod market;
pub mod measure;

pub use market::{LongRun, Step};
