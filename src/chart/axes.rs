//! Value axes: the marks beside a plot and their words, and price curves.

use plotters::style::Color;

use super::backend::subpixel::FINE;
use super::pen::DrawError;
use super::scale::{Linear, nice};
use super::scene::Scene;
use super::sheet::{Anchor, Bounds, Point, Sheet};
use crate::model::results::summary::percent;
use crate::say;
use crate::units::figure;

/// Marks of the price axis: pixel and label.
pub(super) fn price_marks(scene: &Scene, y: Linear) -> Vec<(i32, String)> {
    marks_between(scene.price_ends(), y)
}

/// Label of a percent mark.
pub(super) fn percent_mark(percent: f64) -> String {
    say!("{number}%", number = figure(percent))
}

/// Marks of an axis from `highest` above the start price to `deepest` below it, percent.
pub(super) fn marks_between((highest, deepest): (f64, f64), y: Linear) -> Vec<(i32, String)> {
    let step = if highest > 0.2 * deepest { nice((highest + deepest) / 8.0) } else { deepest / 5.0 };
    let (first, last) = ((-highest / step).ceil() as i32, (deepest / step).floor() as i32);
    let words = |percent: f64| match percent {
        0.0 => "0".into(),
        _ if percent < 0.0 => say!("+{percent}", percent = percent_mark(-percent)),
        _ => say!("−{percent}", percent = percent_mark(percent)),
    };
    (first..=last).map(|i| f64::from(i) * step).map(|percent| (y.px(percent), words(percent))).collect()
}

/// Whether an axis label fits left of the plot, without spaces if necessary.
pub(super) fn stand_beside(sheet: &Sheet, plot: Bounds, words: &str) -> bool {
    fit(sheet, plot, words) || fit(sheet, plot, &dense(words))
}

/// Whether a label fits left of the plot as it is.
fn fit(sheet: &Sheet, plot: Bounds, words: &str) -> bool {
    // 0.3 em: the gap to the plot, less the empty space before the first letter.
    sheet.width(words, false) + sheet.ems(0.3) <= plot.left
}

/// A label without its spaces.
fn dense(words: &str) -> String {
    words.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect()
}

/// Draws grid lines across the plot, with labels left of it.
pub(super) fn value_marks(sheet: &Sheet, plot: Bounds, marks: &[(i32, String)]) -> Result<(), DrawError> {
    for (y, _) in marks {
        sheet.rule((plot.left, *y), (plot.right, *y), &sheet.theme.grid.to_rgba(), 0.07)?;
    }
    // If one label must lose its spaces, all labels that can lose theirs do.
    let tight = marks.iter().any(|(_, words)| !fit(sheet, plot, words) && stand_beside(sheet, plot, words));
    // After all lines, which a canvas draws in one stroke.
    for (y, words) in marks {
        // A label that does not fit beside the plot stands at the left end of its line, above it; below it at the top
        // of the plot.
        if stand_beside(sheet, plot, words) {
            let words = if tight { &dense(words) } else { words };
            sheet.words(words, (plot.left - sheet.ems(0.4), *y), Anchor::Right, sheet.theme.quiet)?;
        } else {
            let over = y - sheet.ems(0.6);
            let middle = if over - sheet.ems(0.5) < plot.top { y + sheet.ems(0.6) } else { over };
            sheet.words(words, (plot.left + sheet.ems(0.2), middle), Anchor::Left, sheet.theme.quiet)?;
        }
    }
    Ok(())
}

/// Marks the fall at which the reader points: a thin line across the plot.
pub(super) fn marked_fall(sheet: &Sheet, scene: &Scene, plot: Bounds, y: Linear) -> Result<(), DrawError> {
    let at = scene.mark.fall.map(|fall| y.px(fall)).filter(|at| (plot.top..=plot.bottom).contains(at));
    at.map_or(Ok(()), |y| sheet.dashed(&[(plot.left, y), (plot.right, y)], &sheet.theme.people.to_rgba(), 0.1))
}

/// The curve of `price` (log prices by second) between two seconds. Each column of pixels keeps its first, lowest,
/// highest and last point, so that no spike is lost, or one point if they lie within a pixel.
pub(super) fn price_curve(price: &[f64], from: usize, to: usize, x: Linear, y: Linear) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut column = i32::MIN;
    // Log prices; only those that are drawn are converted to pixels.
    let (mut start, mut low, mut high, mut last) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    let close = |points: &mut Vec<Point>, column, [start, low, high, last]: [f64; 4]| {
        let px = |price: f64| y.px(percent(-price));
        // A high price lies at a low pixel.
        let (top, bottom) = (px(high), px(low));
        if bottom - top >= FINE {
            points.extend([(column, px(start)), (column, top), (column, bottom)]);
        }
        points.push((column, px(last)));
    };
    for (second, price) in price.iter().copied().enumerate().take(to + 1).skip(from) {
        let px = x.px(second as f64);
        if px.div_euclid(FINE) == column.div_euclid(FINE) {
            (low, high, last) = (low.min(price), high.max(price), price);
        } else {
            if column != i32::MIN {
                close(&mut points, column, [start, low, high, last]);
            }
            (column, start, low, high, last) = (px, price, price, price, price);
        }
    }
    if column != i32::MIN {
        close(&mut points, column, [start, low, high, last]);
    }
    points.dedup();
    points
}

#[cfg(test)]
mod tests {
    use plotters::prelude::IntoDrawingArea as _;

    use super::*;
    use crate::chart::time_axis::plot;
    use crate::chart::{Theme, backend::svg::Svg};

    #[test]
    fn labels_that_do_not_fit_lose_their_spaces_or_move_into_the_plot() {
        let (mut out, theme) = (String::new(), Theme::light());
        let area = Svg::new(&mut out, (800, 300)).into_drawing_area();
        let sheet = Sheet::new(&area, 10.0, &theme);
        let plot = plot(&sheet, true);
        // As other languages write them.
        for (words, whole, beside) in [
            ("+50\u{a0}%", true, true),
            ("+300\u{a0}%", false, true),
            ("−12.5\u{a0}%", false, false),
            ("$20\u{a0}bn", true, true),
            ("$500\u{a0}m", false, true),
        ] {
            assert_eq!(fit(&sheet, plot, words), whole, "{words}");
            assert_eq!(stand_beside(&sheet, plot, words), beside, "{words}");
        }
    }

    #[test]
    fn a_one_second_spike_survives_a_thousand_seconds_per_pixel() {
        let mut price = vec![0.0; 10_000];
        price[5_003] = -0.5;
        let x = Linear::new((0.0, 10_000.0), (0, 10 * FINE));
        let y = Linear::new((0.0, 100.0), (0, 1000));
        let curve = price_curve(&price, 0, 9_999, x, y);
        assert_eq!(curve.iter().map(|(_, y)| *y).max(), Some(393));
        // One point for each column (the last second falls into an eleventh), and two for the spike.
        assert_eq!(curve.len(), 11 + 2);
    }
}
