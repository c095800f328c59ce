//! The predictions of a class as a distribution: a dot for each pupil over the axis of the question and, once the
//! teacher reveals it, the true value.

mod grid;
mod scene;
mod shape;
mod words;

use plotters::style::{Color, RGBColor};

use crate::chart::labels::beside_mark;
use crate::chart::scale::{Linear, nice};
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::text_width::text_width;
use crate::chart::time_axis::{marks_below, title};
use crate::chart::{DrawError, Pen, Theme};
use crate::language::tr;
use crate::say;
use crate::units::thousands;
pub use grid::Grid;
pub use scene::ClassScene;
use shape::Shape;
pub use words::{verdict, words};

/// Rows of text above the plot, em from the upper edge.
const ROWS: [f64; 2] = [2.4, 3.7];

/// Upper edge of the plot, em.
const TOP: f64 = 4.8;

/// Margins at both sides: half of a label of the axis, em.
const SIDE: f64 = 1.8;

/// Draws the predictions over the whole area, which is [`FINE`](crate::chart::FINE) times larger than its pixels. `em`
/// is the text size in pixels.
///
/// # Errors
/// The error of the backend.
pub fn draw(area: &dyn Pen, em: f64, theme: &Theme, scene: &ClassScene) -> Result<(), DrawError> {
    let sheet = Sheet::new(area, em, theme);
    sheet.clear()?;
    let (width, height) = sheet.size();
    let plot = Bounds {
        left: sheet.ems(SIDE),
        right: width - sheet.ems(SIDE),
        top: sheet.ems(TOP),
        bottom: height - sheet.ems(2.0),
    };
    let x = Linear::new((scene.grid.from, scene.grid.last()), (plot.left, plot.right));
    let figure = Figure { sheet: &sheet, scene, plot, x };
    title(&sheet, sheet.ems(0.2), &words::title(scene))?;
    figure.marks()?;
    figure.middle_half()?;
    figure.median()?;
    if scene.guesses.is_empty() {
        let middle = (i32::midpoint(plot.left, plot.right), i32::midpoint(plot.top, plot.bottom));
        sheet.words(tr("one dot for each code"), middle, Anchor::Top, theme.quiet)?;
    }
    match Shape::new(scene, plot, x, sheet.em) {
        // Dots are beads on the line; a bar would hide it.
        Shape::Dots { diameter, dots } => {
            figure.truth()?;
            figure.dots(&dots, diameter)
        }
        Shape::Bars { width, counts } => {
            figure.bars(&counts, width)?;
            figure.truth()
        }
    }
}

/// A sheet, the plot on it and its axis.
struct Figure<'a, 'b> {
    sheet: &'a Sheet<'b>,
    scene: &'a ClassScene<'a>,
    plot: Bounds,
    x: Linear,
}

impl Figure<'_, '_> {
    /// Draws the axis with as many marks as fit.
    fn marks(&self) -> Result<(), DrawError> {
        let Self { sheet, scene, plot, x } = self;
        let theme = sheet.theme;
        let (from, to) = (scene.grid.from, scene.grid.last());
        sheet.rule((plot.left, plot.bottom), (plot.right, plot.bottom), &theme.quiet.to_rgba(), 0.09)?;
        let widest = [from, to].map(|end| text_width(&scene.grid.mark(end), false)).into_iter().fold(1.8, f64::max);
        let room = (f64::from(plot.right - plot.left) / (sheet.em * (widest + 1.0))).clamp(1.0, 10.0);
        let step = nice((to - from) / room).max(scene.grid.step);
        let (first, last) = ((from / step - 1e-6).ceil() as i64, (to / step + 1e-6).floor() as i64);
        let marks = || (first..=last).map(|i| i as f64 * step);
        for at in marks().map(|mark| x.px(mark)) {
            sheet.rule((at, plot.top), (at, plot.bottom), &theme.grid.to_rgba(), 0.07)?;
        }
        let labels = marks().map(|mark| {
            let text = scene.grid.mark(mark);
            // Keeps labels within the sheet.
            let half = (sheet.width(&text, false) + 1) / 2;
            (x.px(mark).max(half).min(sheet.size().0 - half), text)
        });
        marks_below(sheet, *plot, labels)
    }

    /// Shades the middle half of the class.
    fn middle_half(&self) -> Result<(), DrawError> {
        let Self { sheet, scene, plot, x } = self;
        let Some((first, third)) = words::quartiles(scene) else { return Ok(()) };
        let band = Bounds { left: x.px(first), right: x.px(third), ..*plot };
        sheet.bar(band, &sheet.theme.buyers.mix(0.1))
    }

    /// Draws a dot for each pupil.
    fn dots(&self, dots: &[(i32, usize)], diameter: f64) -> Result<(), DrawError> {
        let Self { sheet, plot, .. } = self;
        for (at, row) in dots {
            let up = ((*row as f64 + 0.5) * diameter).round() as i32;
            sheet.dot((*at, plot.bottom - up), 0.45 * diameter / sheet.em, sheet.theme.buyers)?;
        }
        Ok(())
    }

    /// Draws a bar for each range of values, with its count.
    fn bars(&self, counts: &[(f64, usize)], width: f64) -> Result<(), DrawError> {
        let Self { sheet, plot, x, .. } = self;
        let theme = sheet.theme;
        let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1);
        let y = Linear::new((0.0, most as f64), (plot.bottom, plot.top + sheet.ems(1.2)));
        for (value, count) in counts.iter().filter(|(_, count)| *count > 0) {
            let (middle, top) = (x.px(*value), y.px(*count as f64));
            let half = (0.42 * width) as i32;
            let bar = Bounds { left: middle - half, right: middle + half, top, bottom: plot.bottom };
            sheet.bar(bar, &theme.buyers.to_rgba())?;
            let words = thousands(*count as f64);
            let wide = text_width(&words, false) + 0.2;
            if width > sheet.em * wide || *count == most {
                let half = sheet.ems(wide / 2.0);
                let plate =
                    Bounds { left: middle - half, right: middle + half, top: top - sheet.ems(1.2), bottom: top };
                sheet.bar(plate, &theme.paper.to_rgba())?;
                sheet.words(&words, (middle, top - sheet.ems(1.1)), Anchor::Top, theme.buyers_words)?;
            }
        }
        Ok(())
    }

    /// The rows of the texts of the median and of the true value. The one farther to the left has the upper row, so
    /// that no line crosses the text of the other.
    fn rows(&self) -> (f64, f64) {
        let median_first =
            self.scene.shown().is_some_and(|truth| words::median(self.scene).is_some_and(|m| m <= truth));
        if median_first { (ROWS[0], ROWS[1]) } else { (ROWS[1], ROWS[0]) }
    }

    /// Draws the median of the class, dashed.
    fn median(&self) -> Result<(), DrawError> {
        let Some(median) = words::median(self.scene) else { return Ok(()) };
        let (theme, value) = (self.sheet.theme, self.scene.grid.words(median));
        let said = if self.sheet.narrow() {
            say!("median: {value}", value)
        } else {
            say!("median of the class: {value}", value)
        };
        self.line(median, self.rows().0, &said, (theme.buyers, theme.buyers_words), true)
    }

    /// Draws the true value, bold.
    fn truth(&self) -> Result<(), DrawError> {
        let Self { scene, sheet, .. } = self;
        let Some(truth) = scene.shown() else { return Ok(()) };
        let value = scene.grid.words(truth);
        let said = if truth < scene.grid.from || truth > scene.grid.last() {
            say!("it was beyond this axis: {value}", value)
        } else if sheet.narrow() {
            say!("it was {value}", value)
        } else {
            say!("what happened: {value}", value)
        };
        self.line(truth, self.rows().1, &said, (sheet.theme.ink, sheet.theme.ink), false)
    }

    /// A vertical line down from its text, which stands on the side with more room.
    fn line(
        &self,
        value: f64,
        row: f64,
        words: &str,
        (colour, ink): (RGBColor, RGBColor),
        dashed: bool,
    ) -> Result<(), DrawError> {
        let Self { sheet, plot, x, .. } = self;
        let (at, row) = (x.px(value).max(plot.left).min(plot.right), sheet.ems(row));
        let ends = [(at, row - sheet.ems(0.5)), (at, plot.bottom)];
        if dashed {
            sheet.dashed(&ends, &colour.to_rgba(), 0.2)?;
        } else {
            // On a strip of the background colour, so that it stands out against bars.
            sheet.line(ends.to_vec(), &sheet.theme.paper.to_rgba(), 0.6)?;
            sheet.line(ends.to_vec(), &colour.to_rgba(), 0.3)?;
        }
        beside_mark(sheet, words, (at, row), sheet.ems(0.4), ink)
    }
}

#[cfg(test)]
mod tests;
