//! A market of leveraged funds over years, after Thurner, Farmer and Geanakoplos, "Leverage causes fat tails and
//! clustered volatility" (Quantitative Finance 12, 2012, [arXiv 0908.1555](https://arxiv.org/abs/0908.1555)).
//!
//! Noise traders drive the price of one asset around its value. Ten funds buy when the price lies below the value, the
//! more the lower it is, and with borrowed money up to a limit set by the bank. They stabilise the market until a fall
//! brings one of them to that limit; from then on it must sell as the price falls. No bots are involved, and yet there
//! are crashes, and calm and volatile periods that last.
//!
//! The value of the asset is 1 and there is one share of it, so money is counted in multiples of the value of the
//! whole asset. A step has no fixed length; it is of the order of a day. Equations and reference numbers are in
//! section 9 of `src/model/README.md`.

mod funds;
mod market;
pub mod measure;

pub use market::{LongRun, Step};
