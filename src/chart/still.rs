//! Several views on one sheet: the picture that stands on the page before, or instead of, the live one.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;

use super::sheet::{Bounds, Sheet};
use super::{DrawError, Scene, Theme, View, draw_on};

/// Views that stand side by side when one follows the other, and the share of the width of the first.
const PAIRS: [(View, View, f64); 3] =
    [(View::Price, View::Ladder, 0.75), (View::Crowd, View::Ladder, 0.5), (View::Feedback, View::Staircase, 0.5)];

/// The views in lines, each with its share of the width.
fn lines(views: &[View]) -> Vec<Vec<(View, f64)>> {
    let mut lines: Vec<Vec<(View, f64)>> = Vec::new();
    // Time axes line up with that of the price, which may have the ladder beside it.
    let mut timed = 1.0;
    let mut rest = views;
    while let [first, others @ ..] = rest {
        let pair = PAIRS.iter().find(|(left, right, _)| left == first && others.first() == Some(right));
        if let Some((left, right, share)) = pair {
            if *left == View::Price {
                timed = *share;
            }
            lines.push(vec![(*left, *share), (*right, 1.0 - share)]);
            rest = &others[1..];
        } else {
            let share = if matches!(first, View::Sales | View::Reproduction) { timed } else { 1.0 };
            lines.push(vec![(*first, share)]);
            rest = others;
        }
    }
    lines
}

/// Height of a line, em: as on a wide page.
fn height(line: &[(View, f64)]) -> f64 {
    match line[0].0 {
        View::Market => 27.0,
        View::Sales => 9.0,
        View::Reproduction => 11.0,
        _ => 22.0,
    }
}

/// Height of a sheet with these views, em.
#[must_use]
pub fn still_height(views: &[View]) -> f64 {
    lines(views).iter().map(|line| height(line)).sum()
}

/// Draws these views with the SVG backend, arranged as on a wide page. The area is [`FINE`](super::FINE) times larger
/// than its pixels and [`still_height`] high; `em` is the size of the text in pixels.
///
/// # Errors
/// What the backend reports.
pub fn still<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    em: f64,
    theme: &Theme,
    scene: &Scene,
    views: &[View],
) -> Result<(), DrawError<DB>> {
    let sheet = Sheet::new(area, em, theme).for_svg();
    sheet.clear()?;
    let width = f64::from(sheet.size().0);
    let mut top = 0;
    for line in lines(views) {
        let bottom = top + sheet.ems(height(&line));
        let mut from = 0.0;
        for (view, share) in line {
            let (left, right) = (from * width, (from + share) * width);
            let bounds = Bounds { left: left as i32, right: right as i32, top, bottom };
            draw_on(view, &sheet.part(bounds), scene)?;
            from += share;
        }
        top = bottom;
    }
    Ok(())
}
