//! The own money of one account as the price falls.

use plotters::prelude::DrawingBackend;

use crate::chart::sheet::{Point, Sheet};
use crate::chart::{DrawError, Scene, Spot};

pub(super) fn draw<DB: DrawingBackend>(_sheet: &Sheet<DB>, _scene: &Scene) -> Result<(), DrawError<DB>> {
    Ok(())
}

/// What it shows, in words.
pub(super) fn words(_scene: &Scene) -> String {
    String::new()
}

/// What lies at a place.
pub(super) fn spot(_em: f64, _size: (i32, i32), _scene: &Scene, _at: Point) -> Option<Spot> {
    None
}
