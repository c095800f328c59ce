//! Algorithmic deleveraging, simulated: bots and smart contracts cut exposure by rule when a margin or a
//! volatility limit is hit, each for itself, and together they become the fall that they flee from.
//!
//! Data flow one way: [`params`] (one table, one row per parameter) and [`query`] (its text) ->
//! [`model`] (the crowd, the run, the closed forms) -> [`chart`] (drawings) and [`describe`] (sentences).
//! [`study`] asks what would have happened, [`challenge`] what it costs to prevent it, [`validation`] holds the model against what is known.
//! [`csv`] and [`sound`] are a run for other programs and for the ear, [`prediction`] is a pupil's answer as a code.
//! [`lesson`] reads lessons, which are files. [`long_run`] is another market, of funds over years.
//! [`outcomes`] are the results of a run that lessons and pages name in their text.
//! [`language`] says all words in the reader's language.
//! [`presets`](params::presets) are queries with a name, [`episodes`] those of days that happened, with their sources; [`units`] writes numbers for people. `web`, compiled for wasm only, hands all of this to the page.
//!
//! ```
//! use deleverage::{Params, Simulator};
//!
//! let mut simulator = Simulator::new(&Params { accounts: 1000.0, ..Params::default() });
//! let with_bots = simulator.summary().greatest_fall_percent;
//! let few_bots = Params { bots: 10.0, accounts: 1000.0, ..Params::default() };
//! assert!(simulator.simulate(&few_bots).greatest_fall_percent < with_bots);
//! ```

#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]
#![deny(unsafe_code)]

// The first picture of the page loads a wasm without this, so that it need not wait for it.
#[cfg(feature = "full")]
pub mod challenge;
pub mod chart;
pub mod csv;
pub mod describe;
#[cfg(not(target_arch = "wasm32"))]
pub mod episodes;
#[cfg(feature = "full")]
pub mod lesson;
// Nor is this in any: its figure is a picture.
#[cfg(not(target_arch = "wasm32"))]
pub mod long_run;
pub mod model;
#[cfg(feature = "full")]
pub mod outcomes;
pub mod params;
// What a class predicts is read where the full one is.
#[cfg(feature = "full")]
pub mod prediction;
pub mod sound;
// Nor does it have this.
#[cfg(feature = "full")]
pub mod study;
pub mod text;
// The page shows its figures as pictures: the wasm does without, also without what more callers do to inlining.
#[cfg(not(target_arch = "wasm32"))]
pub mod validation;
#[cfg(target_arch = "wasm32")]
mod web;

/// Whether this build has what the first picture can do without: all but one view, studies, exports, and the mechanisms of
/// [`model::Rules::needs_all`].
pub(crate) const FULL: bool = cfg!(feature = "full");

pub use model::{MODEL_VERSION, Simulator, Summary};
pub use params::{Params, query};
pub use text::{decimal, entries, language, units};
