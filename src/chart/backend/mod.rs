//! The backends of plotters, all in quarters of a pixel.

#[cfg(target_arch = "wasm32")]
pub mod canvas;
pub mod subpixel;
#[cfg(feature = "full")]
pub mod svg;
