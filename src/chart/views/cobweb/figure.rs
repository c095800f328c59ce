//! The inputs of the strokes and labels: the sheet, the staircase, and its scales.

use crate::chart::Scene;
use crate::chart::derived::cobweb::Picture;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Bounds, Point, Sheet};
use crate::describe::{percent_words, rise_words};

/// The staircase on its sheet.
pub(super) struct Figure<'a, 'b> {
    pub(super) sheet: &'a Sheet<'b>,
    pub(super) scene: &'a Scene<'a>,
    pub(super) picture: &'a Picture,
    pub(super) plot: Bounds,
    pub(super) x: Linear,
    pub(super) y: Linear,
}

impl Figure<'_, '_> {
    /// The pixel of a fall and a further fall, at most the edge of the plot, which only a rise can exceed.
    pub(super) fn point(&self, (x, y): (f64, f64)) -> Point {
        (self.x.px(x.min(self.picture.deepest)), self.y.px(y.min(self.picture.furthest)))
    }
}

impl Picture {
    /// A fall as text.
    pub(super) fn words(&self, percent: f64) -> String {
        if self.rises { rise_words(percent) } else { percent_words(percent) }
    }
}
