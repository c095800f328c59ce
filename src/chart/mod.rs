//! The drawings, on any backend of plotters: a canvas in the browser, SVG natively.
//!
//! Every drawing is a pure function of a [`Scene`]; nothing is kept from frame to frame. Plotters provides the shapes
//! and the backends. Its mesh and legend are not used: they measure text, which costs a page layout for each label. Our
//! labels stand at the curves instead.
//!
//! [`views`] are the drawings of a run: one file and one row of the table for each. [`figures`] are the other drawings:
//! maps, predictions, a class, the stills of the page. Both draw with the strokes of a `sheet`, which knows its
//! [`Pen`] and no backend.

mod axes;
pub mod backend;
#[cfg(feature = "full")]
mod compare;
#[cfg(feature = "full")]
mod crowds;
#[cfg(feature = "full")]
mod curve;
mod derived;
#[cfg(feature = "full")]
mod extreme;
#[cfg(feature = "full")]
pub mod figures;
#[cfg(feature = "full")]
mod halts;
#[cfg(feature = "full")]
mod labels;
mod pen;
mod pointer;
#[cfg(feature = "full")]
mod published;
mod scale;
mod scene;
mod sheet;
mod span;
mod text_width;
mod theme;
#[cfg(feature = "full")]
mod time_axis;
pub mod views;

pub use backend::subpixel::{FINE, Fine};
pub use derived::Extras;
pub use pen::{DrawError, Pen};
pub use pointer::{Mark, Spot};
pub use scale::{LEFT, RIGHT};
pub use scene::{Axes, Kept, Role, Scene};
pub use span::Span;
pub use theme::Theme;
#[cfg(feature = "full")]
pub use views::traced;
pub use views::{VIEWS, View};
