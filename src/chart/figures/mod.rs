//! Drawings that show something else than one run: many runs, predictions, a class, known results; and views as files.

pub mod class;
mod file;
pub mod phase_map;
pub mod sketch;
#[cfg(not(target_arch = "wasm32"))]
mod still;
pub mod tipping;
#[cfg(not(target_arch = "wasm32"))]
mod validation;

pub use file::picture;
#[cfg(not(target_arch = "wasm32"))]
pub use still::{still, still_height};
#[cfg(not(target_arch = "wasm32"))]
pub use validation::proof;
