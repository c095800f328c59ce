//! The drawings, generic over the backend of plotters: a canvas in the browser, SVG natively.
//!
//! Every drawing is a pure function of a [`Scene`]; nothing is kept from frame to frame. Plotters provides
//! the shapes and the backends. Its mesh and legend are not used: they measure text, which costs a layout of
//! the page for each label, and labels stand at the curves here.

mod axes;
mod fine;
mod ladder;
mod price;
#[cfg(not(target_arch = "wasm32"))]
mod proof;
mod reproduction;
mod sales;
mod sheet;
mod still;
mod theme;
mod time;

pub use axes::{LEFT, RIGHT};
pub use fine::{FINE, Fine};
#[cfg(not(target_arch = "wasm32"))]
pub use proof::proof;
use sheet::Sheet;
pub use still::still;
pub use theme::Theme;
pub use time::Span;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

use crate::model::{Limits, Simulator};

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The price, the same crowd without bots, halts.
    Price,
    /// Who must sell at which price; burns away as the price passes. Shares the price axis.
    Ladder,
    /// Forced sales per second, of bots and of people.
    Sales,
    /// The reproduction number of the run.
    Reproduction,
}

impl View {
    /// All views under their names.
    pub const ALL: [(&'static str, View); 4] =
        [("price", View::Price), ("ladder", View::Ladder), ("sales", View::Sales), ("r", View::Reproduction)];

    /// The view of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, view)| *view)
    }
}

/// What a drawing shows: a run, its limits, the part of it in sight, and the second that is now.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The run.
    pub simulator: &'a Simulator,
    /// The margin limits of its crowd.
    pub limits: &'a Limits,
    /// The part of the run in sight.
    pub span: Span,
    /// The second that is now, from the start of the run; what lies after it is drawn pale.
    pub now: usize,
}

/// Why something could not be drawn.
pub type DrawError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Draws one view over the whole area, which is [`FINE`] times larger than its pixels. `em` is the size of the
/// text in pixels.
///
/// # Errors
/// What the backend reports.
pub fn draw<DB: DrawingBackend>(
    view: View,
    area: &DrawingArea<DB, Shift>,
    em: f64,
    theme: &Theme,
    scene: &Scene,
) -> Result<(), DrawError<DB>> {
    let sheet = Sheet::new(area, em, theme);
    sheet.clear()?;
    match view {
        View::Price => price::draw(&sheet, scene),
        View::Ladder => ladder::draw(&sheet, scene),
        View::Sales => sales::draw(&sheet, scene),
        View::Reproduction => reproduction::draw(&sheet, scene),
    }
}
