//! Algorithmic deleveraging, simulated. Bots and smart contracts cut exposure by rule when a margin or a volatility
//! limit is hit. Each acts alone; together they deepen the fall they try to escape.
//!
//! Data flows one way: [`params`] (the table, its text as a query, presets) -> [`model`] (crowd, run, closed forms) ->
//! [`chart`] (drawings) and [`describe`] (sentences).
//!
//! - [`study`]: counterfactuals, genealogy and sensitivity, in words; [`challenge`]: the cost of preventing a crash.
//! - [`outcomes`]: results with a name, for lessons and pages; [`lesson`]: lessons, read from files; [`prediction`]: a
//!   pupil's prediction as a short code.
//! - [`validation`]: known results beside our measurements; [`episodes`]: historical episodes with their sources;
//!   [`long_run`]: a separate market of funds over years.
//! - [`csv`] and [`sound`]: a run as a table and as sound.
//! - [`qr`]: addresses as QR codes.
//! - [`text`]: numbers, units and languages.
//! - `web`: the interface to the page, in wasm only.
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

// Excluded from the light build, which loads before the first picture of the page.
#[cfg(feature = "full")]
pub mod challenge;
pub mod chart;
pub mod csv;
pub mod describe;
#[cfg(feature = "full")]
pub mod episodes;
#[cfg(feature = "full")]
pub mod lesson;
// Excluded from wasm, because the page shows its figure as a picture.
#[cfg(not(target_arch = "wasm32"))]
pub mod long_run;
pub mod model;
#[cfg(feature = "full")]
pub mod outcomes;
pub mod params;
#[cfg(feature = "full")]
pub mod prediction;
#[cfg(feature = "full")]
pub mod qr;
pub mod sound;
#[cfg(feature = "full")]
pub mod study;
pub mod text;
// Excluded from wasm, because the page shows its figures as pictures, and more callers would change inlining.
#[cfg(not(target_arch = "wasm32"))]
pub mod validation;
#[cfg(target_arch = "wasm32")]
mod web;

/// Whether this is the full build. The light build has one view, no studies and exports, and not the features of
/// [`model::Rules::needs_all`].
pub(crate) const FULL: bool = cfg!(feature = "full");

pub use model::{MODEL_VERSION, Simulator, Summary};
pub use params::{Params, query};
pub use text::{decimal, entries, language, units};
