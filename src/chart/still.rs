//! All views on one sheet: the picture that stands on the page before, or instead of, the live one.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;

use super::sheet::{Bounds, Sheet};
use super::{DrawError, Scene, Theme, ladder, price, reproduction, sales};

/// Draws all views with the SVG backend, arranged as on a wide page. The
/// area is [`FINE`](super::FINE) times larger than its pixels; `em` is the size of the text in pixels.
///
/// # Errors
/// What the backend reports.
pub fn still<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    em: f64,
    theme: &Theme,
    scene: &Scene,
) -> Result<(), DrawError<DB>> {
    let sheet = Sheet::new(area, em, theme).for_svg();
    sheet.clear()?;
    let (width, height) = sheet.size();
    let column = width * 3 / 4;
    let (upper, lower) = (height * 56 / 100, height * 78 / 100);
    let part = |left, right, top, bottom| sheet.part(Bounds { left, right, top, bottom });
    price::draw(&part(0, column, 0, upper), scene)?;
    ladder::draw(&part(column, width, 0, upper), scene)?;
    sales::draw(&part(0, column, upper, lower), scene)?;
    reproduction::draw(&part(0, column, lower, height), scene)
}
