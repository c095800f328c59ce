//! What the strokes and the words are drawn from: the sheet, the staircase, and its scales.

use crate::chart::Scene;
use crate::chart::derived::cobweb::Picture;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Bounds, Point, Sheet};
use crate::describe::{percent_words, rise_words};

/// The picture on its sheet.
pub(super) struct Figure<'a, 'b> {
    pub(super) sheet: &'a Sheet<'b>,
    pub(super) scene: &'a Scene<'a>,
    pub(super) picture: &'a Picture,
    pub(super) plot: Bounds,
    pub(super) x: Linear,
    pub(super) y: Linear,
}

impl Figure<'_, '_> {
    /// Where something lies; at the edge of the plot if it is beyond. Only a rise has no end.
    pub(super) fn point(&self, (x, y): (f64, f64)) -> Point {
        (self.x.px(x.min(self.picture.deepest)), self.y.px(y.min(self.picture.furthest)))
    }
}

impl Picture {
    /// A fall in words.
    pub(super) fn words(&self, percent: f64) -> String {
        if self.rises { rise_words(percent) } else { percent_words(percent) }
    }
}
