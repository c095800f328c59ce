//! The crowd beside one institution that sells the same.

use plotters::prelude::DrawingBackend;

use crate::chart::sheet::Sheet;
use crate::chart::{DrawError, Scene};

pub(super) fn draw<DB: DrawingBackend>(_sheet: &Sheet<DB>, _scene: &Scene) -> Result<(), DrawError<DB>> {
    Ok(())
}

/// What it shows, in words.
pub(super) fn words(_scene: &Scene) -> String {
    String::new()
}
