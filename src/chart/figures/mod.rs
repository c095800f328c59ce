//! Drawings of more than one run: maps, predictions, a class, known results; also views as stills and files.

pub mod class;
mod file;
pub mod phase_map;
pub mod sketch;
#[cfg(not(target_arch = "wasm32"))]
mod still;
pub mod tipping;
#[cfg(not(target_arch = "wasm32"))]
mod validation;

pub use file::{axes, picture};
#[cfg(not(target_arch = "wasm32"))]
pub use still::{still, still_height};
#[cfg(not(target_arch = "wasm32"))]
pub use validation::proof;
