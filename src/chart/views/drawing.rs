//! The trait that every view implements.

use crate::chart::pen::DrawError;
use crate::chart::pointer::Spot;
use crate::chart::scene::Scene;
use crate::chart::sheet::{Point, Sheet};
use crate::describe;

/// The drawing of a view.
pub(super) trait Drawing: Sync {
    /// Draws the view over the whole sheet.
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError>;

    /// Draws the axes without the run, so that a reader can draw on paper. Returns whether the view has such axes.
    #[cfg(feature = "full")]
    fn axes(&self, _sheet: &Sheet, _scene: &Scene) -> Result<bool, DrawError> {
        Ok(false)
    }

    /// Describes the current picture for readers who cannot see it.
    fn describe(&self, scene: &Scene) -> String;

    /// Sums up the whole run in a sentence or two, for a figure that begins with this view.
    fn finding(&self, scene: &Scene) -> String {
        describe::headline(scene.simulator)
    }

    /// The target at a point of a sheet, if any. In units of the drawing.
    fn spot(&self, _em: f64, _size: (i32, i32), _scene: &Scene, _at: Point) -> Option<Spot> {
        None
    }
}
