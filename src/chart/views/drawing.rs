//! What the file of a view provides.

use crate::chart::pen::DrawError;
use crate::chart::pointer::Spot;
use crate::chart::scene::Scene;
use crate::chart::sheet::{Point, Sheet};
use crate::describe;

/// What a file of a view provides.
pub(super) trait Drawing: Sync {
    /// Draws it over the whole sheet.
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError>;

    /// What it shows now, for those who cannot see it.
    fn describe(&self, scene: &Scene) -> String;

    /// What a figure that begins with this view shows of the whole run, in a sentence or two.
    fn finding(&self, scene: &Scene) -> String {
        describe::headline(scene.simulator)
    }

    /// What lies at a place of a sheet, if anything that can be pointed at. In units of the drawing.
    fn spot(&self, _em: f64, _size: (i32, i32), _scene: &Scene, _at: Point) -> Option<Spot> {
        None
    }
}
