//! The table of views: one row and one file for each. The page gets the table through the wasm, so that a view is added
//! here and nowhere else.

#[cfg(feature = "full")]
mod account;
#[cfg(feature = "full")]
mod alone_or_together;
#[cfg(feature = "full")]
mod cobweb;
#[cfg(feature = "full")]
mod crowd;
mod drawing;
#[cfg(feature = "full")]
mod feedback_loop;
#[cfg(feature = "full")]
mod ladder;
mod market;
#[cfg(feature = "full")]
mod price;
#[cfg(feature = "full")]
mod reaction_times;
#[cfg(feature = "full")]
mod reproduction;
#[cfg(feature = "full")]
mod sales;
#[cfg(feature = "full")]
mod single_seller;

use std::fmt;

use drawing::Drawing;

use super::pen::{DrawError, Pen};
use super::pointer::Spot;
use super::scene::Scene;
use super::sheet::Sheet;
use super::theme::Theme;
use crate::words;

/// The axis that a view shares with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Time runs across the whole view: a pointer drags the cursor there.
    Time,
    /// The price runs along one side: a price can be pointed at.
    Price,
    /// None.
    None,
}

/// What can be drawn of a run: a row of the table.
pub struct View {
    /// The name in attributes, addresses and style sheets.
    pub name: &'static str,
    /// The name in a list that a reader chooses from; empty for views that no such list has.
    pub label: &'static str,
    /// The axis that it shares with other views.
    pub axis: Axis,
    /// Whether it changes from second to second.
    pub moves: bool,
    /// Whether the whole laboratory shows it, in the order of the table.
    pub laboratory: bool,
    /// Height in stills, em.
    pub height: f64,
    /// The view that stands to its right where it comes next and there is room, and the share of the width that is left.
    pub beside: Option<(&'static str, f64)>,
    /// Whether the light build draws it, too.
    pub light: bool,
    /// Nothing where this build leaves it out.
    drawing: Option<&'static dyn Drawing>,
}

/// The drawing of a row, in the full build only.
macro_rules! full {
    ($drawing:expr) => {{
        #[cfg(feature = "full")]
        let drawing: Option<&'static dyn Drawing> = Some(&$drawing);
        #[cfg(not(feature = "full"))]
        let drawing: Option<&'static dyn Drawing> = None;
        drawing
    }};
}

/// A view in which time passes, alone in its line, and in no list.
const fn row(name: &'static str, axis: Axis, drawing: Option<&'static dyn Drawing>) -> View {
    View { name, label: "", axis, moves: true, laboratory: false, height: 22.0, beside: None, light: false, drawing }
}

/// The same in the laboratory, where a reader can choose it by its label.
const fn listed(name: &'static str, label: &'static str, axis: Axis, drawing: Option<&'static dyn Drawing>) -> View {
    View { label: if cfg!(feature = "full") { label } else { "" }, laboratory: true, ..row(name, axis, drawing) }
}

/// All views, in the order in which the laboratory shows its own.
#[rustfmt::skip]
pub static VIEWS: [View; 12] = [
    View { height: 27.0, light: true, ..row("market", Axis::None, Some(&market::Market)) },
    View { beside: Some(("ladder", 0.75)), ..listed("price", words!("Price"), Axis::Time, full!(price::Price)) },
    listed("ladder", words!("Limits at each price"), Axis::Price, full!(ladder::Ladder)),
    View { height: 9.0, ..listed("sales", words!("Forced sales"), Axis::Time, full!(sales::Sales)) },
    View { height: 11.0, ..listed("r", words!("R"), Axis::Time, full!(reproduction::Reproduction)) },
    View { beside: Some(("ladder", 0.5)), ..listed("crowd", words!("The crowd"), Axis::None, full!(crowd::CrowdDots)) },
    View {
        beside: Some(("staircase", 0.5)),
        ..listed("loop", words!("The feedback loop"), Axis::None, full!(feedback_loop::FeedbackLoop))
    },
    listed("staircase", words!("The staircase"), Axis::Price, full!(cobweb::Cobweb)),
    View { moves: false, ..row("account", Axis::Price, full!(account::OneAccount)) },
    row("giant", Axis::Time, full!(single_seller::SingleSeller)),
    View { moves: false, ..row("together", Axis::None, full!(alone_or_together::Together)) },
    row("pace", Axis::None, full!(reaction_times::ReactionTimes)),
];

impl View {
    /// The views that this build can draw.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        VIEWS.iter().filter(|view| view.drawing.is_some())
    }

    /// The view of that name, if this build can draw it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|view| view.name == name)
    }

    /// Draws it over the whole area, which is [`FINE`](super::FINE) times larger than its pixels. `em` is the size of the
    /// text in pixels.
    ///
    /// # Errors
    /// The error of the backend.
    pub fn draw(&self, area: &dyn Pen, em: f64, theme: &Theme, scene: &Scene) -> Result<(), DrawError> {
        let sheet = Sheet::new(area, em, theme);
        sheet.clear()?;
        self.draw_on(&sheet, scene)
    }

    /// Draws it on a sheet, which may be a part of another one.
    pub(super) fn draw_on(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        self.drawing.map_or(Ok(()), |drawing| drawing.draw(sheet, scene))
    }

    /// What it shows now, for those who cannot see it.
    #[must_use]
    pub fn describe(&self, scene: &Scene) -> String {
        self.drawing.map_or_else(String::new, |drawing| drawing.describe(scene))
    }

    /// What a figure that begins with this view shows of the whole run, in a sentence or two.
    #[must_use]
    pub fn finding(&self, scene: &Scene) -> String {
        self.drawing.map_or_else(String::new, |drawing| drawing.finding(scene))
    }

    /// What lies at a place, if anything that can be pointed at: the part of [`draw`](Self::draw) that goes from pixels to
    /// data. Size and place in units of the drawing, [`FINE`](super::FINE) to a pixel, and so is `em`.
    #[must_use]
    pub fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: (i32, i32)) -> Option<Spot> {
        self.drawing?.spot(em, size, scene, at)
    }
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name)
    }
}
