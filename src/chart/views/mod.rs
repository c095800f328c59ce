//! The table of views: one row and one file for each. The page gets the table from the wasm, so a view is added only
//! here.

#[cfg(feature = "full")]
mod account;
#[cfg(feature = "full")]
mod alone_or_together;
#[cfg(feature = "full")]
mod cobweb;
#[cfg(feature = "full")]
mod crowd;
#[cfg(feature = "full")]
mod crowds;
mod drawing;
#[cfg(feature = "full")]
mod feedback_loop;
#[cfg(feature = "full")]
mod genealogy;
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
#[cfg(feature = "full")]
pub use genealogy::traced;

use super::pen::{DrawError, Pen};
use super::pointer::Spot;
use super::scene::Scene;
use super::sheet::Sheet;
use super::theme::Theme;
#[cfg(feature = "full")]
use crate::words;

/// The axis that a view shares with other views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Time, across the whole view: a pointer drags the cursor there.
    Time,
    /// Price, along one side: a pointer selects a price.
    Price,
    /// No shared axis.
    None,
}

/// A row of the table: a drawing of a run.
pub struct View {
    /// The name in attributes, addresses and style sheets.
    pub name: &'static str,
    /// The label in the reader's list of views; empty for views outside that list.
    pub label: &'static str,
    /// The axis shared with other views.
    pub axis: Axis,
    /// Whether it changes from second to second.
    pub moves: bool,
    /// Whether the laboratory shows it, in the order of the table.
    pub laboratory: bool,
    /// Height in stills, em.
    pub height: f64,
    /// The view to its right, if that comes next and there is room, and this view's own share of their width.
    pub beside: Option<(&'static str, f64)>,
    /// Whether the light build draws it.
    pub light: bool,
    drawing: &'static dyn Drawing,
}

/// A view that changes over time, in a line by itself and outside the list.
const fn row(name: &'static str, axis: Axis, drawing: &'static dyn Drawing) -> View {
    let (moves, laboratory, light) = (true, false, false);
    View { name, label: "", axis, moves, laboratory, height: 22.0, beside: None, light, drawing }
}

/// The same in the laboratory's list, with a label.
#[cfg(feature = "full")]
const fn listed(name: &'static str, label: &'static str, axis: Axis, drawing: &'static dyn Drawing) -> View {
    View { label, laboratory: true, ..row(name, axis, drawing) }
}

/// The view of the first picture.
const MARKET: View = View { height: 27.0, light: true, ..row("market", Axis::None, &market::Market) };

/// The view of the light build.
#[cfg(not(feature = "full"))]
pub static VIEWS: [View; 1] = [MARKET];

/// All views, in the order of the laboratory.
#[cfg(feature = "full")]
#[rustfmt::skip]
pub static VIEWS: [View; 14] = [
    MARKET,
    View { beside: Some(("ladder", 0.75)), ..listed("price", words!("Price"), Axis::Time, &price::Price) },
    listed("ladder", words!("Limits at each price"), Axis::Price, &ladder::Ladder),
    View { height: 9.0, ..listed("sales", words!("Forced sales"), Axis::Time, &sales::Sales) },
    View { height: 11.0, ..listed("r", words!("R"), Axis::Time, &reproduction::Reproduction) },
    View { height: 11.0, moves: false, ..listed("crowds", words!("A hundred crowds"), Axis::None, &crowds::Crowds) },
    View { beside: Some(("ladder", 0.5)), ..listed("crowd", words!("The crowd"), Axis::None, &crowd::CrowdDots) },
    View {
        beside: Some(("staircase", 0.5)),
        ..listed("loop", words!("The feedback loop"), Axis::None, &feedback_loop::FeedbackLoop)
    },
    listed("staircase", words!("The staircase"), Axis::Price, &cobweb::Cobweb),
    View { height: 32.0, ..listed("genealogy", words!("Who set off whom"), Axis::Price, &genealogy::FamilyTreeView) },
    View { moves: false, ..row("account", Axis::Price, &account::OneAccount) },
    row("giant", Axis::Time, &single_seller::SingleSeller),
    View { moves: false, ..row("together", Axis::None, &alone_or_together::Together) },
    row("pace", Axis::None, &reaction_times::ReactionTimes),
];

impl View {
    /// The views of this build.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        VIEWS.iter()
    }

    /// The view with this name, if this build can draw it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|view| view.name == name)
    }

    /// Draws the view over the whole area, which is [`FINE`](super::FINE) times larger than its pixels. `em` is the
    /// text size in pixels.
    ///
    /// # Errors
    /// The error of the backend.
    pub fn draw(&self, area: &dyn Pen, em: f64, theme: &Theme, scene: &Scene) -> Result<(), DrawError> {
        let sheet = Sheet::new(area, em, theme);
        sheet.clear()?;
        self.draw_on(&sheet, scene)
    }

    /// Draws the view on a sheet, which may be a part of a larger one.
    pub(super) fn draw_on(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        self.drawing.draw(sheet, scene)
    }

    /// Draws only the axes of the view, on a sheet; returns whether it has axes to draw on.
    #[cfg(feature = "full")]
    pub(super) fn axes_on(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        self.drawing.axes(sheet, scene)
    }

    /// Describes the current picture for readers who cannot see it.
    #[must_use]
    pub fn describe(&self, scene: &Scene) -> String {
        self.drawing.describe(scene)
    }

    /// Sums up the whole run in a sentence or two, for a figure that begins with this view.
    #[must_use]
    pub fn finding(&self, scene: &Scene) -> String {
        self.drawing.finding(scene)
    }

    /// The target at a point, if any: the inverse of [`draw`](Self::draw), from pixels to data. Size, place and `em` in
    /// units of the drawing, [`FINE`](super::FINE) to a pixel.
    #[must_use]
    pub fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: (i32, i32)) -> Option<Spot> {
        self.drawing.spot(em, size, scene, at)
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
