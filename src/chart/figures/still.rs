//! Several views on one sheet: the picture shown before, or instead of, the live one.

use crate::chart::sheet::{Bounds, Sheet};
use crate::chart::views::Axis;
use crate::chart::{DrawError, Pen, Scene, Theme, View};

/// Arranges views in lines, each with its share of the width.
fn lines(views: &[&'static View]) -> Vec<Vec<(&'static View, f64)>> {
    let mut lines: Vec<Vec<_>> = Vec::new();
    // Time axes line up with that of the price, which may have the ladder beside it.
    let mut timed = 1.0;
    let mut rest = views;
    while let [first, others @ ..] = rest {
        let next = others.first();
        if let (Some((name, share)), Some(right)) = (first.beside, next)
            && right.name == name
        {
            if first.axis == Axis::Time {
                timed = share;
            }
            lines.push(vec![(*first, share), (*right, 1.0 - share)]);
            rest = &others[1..];
        } else {
            let share = if first.axis == Axis::Time { timed } else { 1.0 };
            lines.push(vec![(*first, share)]);
            rest = others;
        }
    }
    lines
}

/// Height of a sheet with these views, em.
#[must_use]
pub fn still_height(views: &[&'static View]) -> f64 {
    lines(views).iter().map(|line| line[0].0.height).sum()
}

/// Draws these views with the SVG backend, arranged as on a wide page. The area is [`FINE`](crate::chart::FINE) times
/// larger than its pixels and [`still_height`] high; `em` is the text size in pixels.
///
/// # Errors
/// The error of the backend.
pub fn still(area: &dyn Pen, em: f64, theme: &Theme, scene: &Scene, views: &[&'static View]) -> Result<(), DrawError> {
    let sheet = Sheet::new(area, em, theme).for_svg();
    sheet.clear()?;
    let width = f64::from(sheet.size().0);
    let mut top = 0;
    for line in lines(views) {
        let bottom = top + sheet.ems(line[0].0.height);
        let mut from = 0.0;
        for (view, share) in line {
            let (left, right) = (from * width, (from + share) * width);
            let bounds = Bounds { left: left as i32, right: right as i32, top, bottom };
            view.draw_on(&sheet.part(bounds), scene)?;
            from += share;
        }
        top = bottom;
    }
    Ok(())
}
