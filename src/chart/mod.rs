//! The drawings, generic over the backend of plotters: a canvas in the browser, SVG natively.
//!
//! Every drawing is a pure function of a [`Scene`]; nothing is kept from frame to frame. Plotters provides
//! the shapes and the backends. Its mesh and legend are not used: they measure text, which costs a layout of
//! the page for each label, and labels stand at the curves here.

mod axes;
mod extras;
mod fine;
#[cfg(feature = "full")]
mod ladder;
mod mark;
mod market;
#[cfg(feature = "full")]
pub mod more;
#[cfg(feature = "full")]
mod picture;
#[cfg(feature = "full")]
mod price;
#[cfg(not(target_arch = "wasm32"))]
mod proof;
#[cfg(feature = "full")]
mod reproduction;
mod rungs;
#[cfg(feature = "full")]
mod sales;
mod sheet;
#[cfg(not(target_arch = "wasm32"))]
mod still;
#[cfg(feature = "full")]
pub mod svg;
mod theme;
mod time;
#[cfg(feature = "full")]
mod timed;

pub use axes::{Axes, LEFT, RIGHT};
pub use extras::Extras;
pub use fine::{FINE, Fine};
pub use mark::{Mark, Spot};
pub use market::words;
#[cfg(feature = "full")]
pub use picture::{About, picture};
#[cfg(not(target_arch = "wasm32"))]
pub use proof::proof;
use sheet::Sheet;
#[cfg(not(target_arch = "wasm32"))]
pub use still::{still, still_height};
pub use theme::Theme;
pub use time::Span;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

use crate::model::Simulator;

/// What can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The price up to now beside the limits that it passes, and the orders on their way from there to the market.
    Market,
    /// The price, the same crowd without bots, halts.
    Price,
    /// Who must sell at which price; burns away as the price passes. Shares the price axis.
    Ladder,
    /// Forced sales per second, of bots and of people.
    Sales,
    /// The reproduction number of the run.
    Reproduction,
    /// The own money of one account as the price falls, and its trigger.
    Account,
    /// Every account as a dot: safe, near its limit, selling, sold out, a person still thinking.
    Crowd,
    /// Forced sales against the fall, and where the cascade stops: the cobweb of the closed form.
    Staircase,
    /// Price, margin, forced sales and impact as a loop whose flow is the run's own.
    Feedback,
    /// The crowd beside one institution that sells the same, at once and patiently.
    Giant,
    /// The loss of one account alone and together with all others, with its rule and without.
    Together,
    /// The reactions of bots and of people, and the price, on one logarithmic time axis.
    Pace,
}

impl View {
    /// The views of the first picture under their names.
    pub const FIRST: [(&'static str, View); 1] = [("market", View::Market)];

    /// The other views under their names.
    pub const MORE: [(&'static str, View); 11] = [
        ("price", View::Price),
        ("sales", View::Sales),
        ("ladder", View::Ladder),
        ("r", View::Reproduction),
        ("account", View::Account),
        ("crowd", View::Crowd),
        ("staircase", View::Staircase),
        ("loop", View::Feedback),
        ("giant", View::Giant),
        ("together", View::Together),
        ("pace", View::Pace),
    ];

    /// The view of that name, as far as this build can draw it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let more: &[_] = if cfg!(feature = "full") { &Self::MORE } else { &[] };
        Self::FIRST.iter().chain(more).find(|(known, _)| *known == name).map(|(_, view)| *view)
    }
}

/// What a drawing shows: a run, the part of it in sight, and the second that is now.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The run.
    pub simulator: &'a Simulator,
    /// The part of the run in sight.
    pub span: Span,
    /// The second that is now, from the start of the run; what lies after it is drawn pale.
    pub now: usize,
    /// The part of the next second that is over, 0 to 1: views that show motion move on within a second.
    pub part: f64,
    /// The scales to keep; nothing for those that suit the run.
    pub axes: Option<Axes>,
    /// The price of the run before this one, logs by second, as a ghost.
    pub before: Option<&'a [f64]>,
    /// What a reader points at: the same in all views.
    pub mark: Mark,
    /// Another run, to be compared with this one.
    pub kept: Option<Kept<'a>>,
    /// What some views need beyond the run.
    pub extras: &'a Extras,
}

impl<'a> Scene<'a> {
    /// A run at a second, with nothing pointed at and nothing beside it.
    #[must_use]
    pub fn new(simulator: &'a Simulator, extras: &'a Extras, span: Span, now: usize) -> Self {
        let (mark, part, axes, before, kept) = (Mark::default(), 0.0, None, None, None);
        Self { simulator, span, now, part, axes, before, mark, kept, extras }
    }
}

/// A run beside the one that is drawn.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The other run.
    pub simulator: &'a Simulator,
    /// How the two stand to each other.
    pub role: Role,
}

/// How a run stands to the one that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The other run was kept: it is drawn into the same picture, and the difference is shaded.
    Shaded,
    /// The other run was kept and is drawn beside this one: they share their axes.
    Beside,
    /// This run was kept, and the other one is the present one, drawn beside it.
    Itself,
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
    draw_on(view, &sheet, scene)
}

fn draw_on<DB: DrawingBackend>(view: View, sheet: &Sheet<DB>, scene: &Scene) -> Result<(), DrawError<DB>> {
    match view {
        View::Market => market::draw(sheet, scene),
        #[cfg(feature = "full")]
        _ => more::draw(view, sheet, scene),
        #[cfg(not(feature = "full"))]
        _ => Ok(()),
    }
}

/// What lies at a place of a view, if anything that has a name: the part of [`draw`] that goes from pixels to data.
/// Size and place in units of the drawing, [`FINE`] to a pixel, and so is `em`.
#[must_use]
pub fn spot(view: View, em: f64, size: (i32, i32), scene: &Scene, at: (i32, i32)) -> Option<Spot> {
    match view {
        View::Market => market::spot(em, size, scene, at),
        #[cfg(feature = "full")]
        _ => more::spot(view, em, size, scene, at),
        #[cfg(not(feature = "full"))]
        _ => None,
    }
}
