//! Historical episodes: published figures, the inputs that represent them, and the results of a run.
//!
//! An input is published, fitted or assumed; there are never more fitted inputs than figures they were fitted to.
//! Published figures are those in section 10 of `src/model/README.md`. Each episode states what the model leaves out.
//! Only names and queries, through [`crate::params::presets`], and the numbers that drawings place are compiled into the
//! page's wasm; the page reads the rest from a file written by `cargo xtask build`.

mod borrowers;
mod episode;
pub mod evidence;
mod funds;
mod futures;
mod list;
mod measure;
mod place;
mod placed;

pub use episode::{Episode, Input, Published, PublishedFigure, Row, Source, Status, TOLERANCE, rows, spreads};
pub use list::EPISODES;
pub use measure::{Measure, forced};
pub use place::Place;
pub use placed::{Placed, placed_figures};
