//! A known result as a small figure: the closed form as a line of ink, our measurements as dots, and labels at the
//! curves.

use plotters::style::{Color, RGBColor};

use crate::chart::axes::value_marks;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::{DrawError, FINE, Pen, Theme};
use crate::units::thousands;
use crate::validation::{Axis, Label, Plot, Side};

/// Draws the figure with the SVG backend over the whole area, which is [`FINE`](crate::chart::FINE) times larger than
/// its pixels; `em` is the text size in pixels.
///
/// # Errors
/// The error of the backend.
pub fn proof(area: &dyn Pen, em: f64, theme: &Theme, shown: &Plot) -> Result<(), DrawError> {
    let sheet = Sheet::new(area, em, theme).for_svg();
    sheet.clear()?;
    let (width, height) = sheet.size();
    let plot = Bounds {
        left: sheet.ems(3.6),
        right: width - sheet.ems(1.6),
        top: sheet.ems(2.2),
        bottom: height - sheet.ems(3.1),
    };
    let figure = Figure::new(&sheet, shown, plot);
    figure.axes()?;
    for curve in &shown.curves {
        let line = thinned(figure.within(&curve.line));
        sheet.line(line, &theme.ink.to_rgba(), 0.13)?;
    }
    sheet.line(figure.within(&shown.path), &theme.bots.to_rgba(), 0.09)?;
    for curve in &shown.curves {
        for point in figure.within(&curve.measured) {
            // A rim of the background colour separates a dot from the line that it should lie on.
            sheet.dot(point, 0.34, theme.paper)?;
            sheet.dot(point, 0.26, theme.bots)?;
        }
    }
    figure.words()
}

/// The curve without points within two pixels of the one before. Rounded to whole units, they would make it jagged.
fn thinned(points: Vec<Point>) -> Vec<Point> {
    let mut thin: Vec<Point> = Vec::with_capacity(points.len());
    let end = points.last().copied();
    for (x, y) in points {
        if thin.last().is_none_or(|(px, py)| (x - px).abs().max((y - py).abs()) >= 2 * FINE) {
            thin.push((x, y));
        }
    }
    thin.extend(end);
    thin
}

/// A figure on its sheet.
struct Figure<'a, 'b> {
    sheet: &'a Sheet<'b>,
    shown: &'a Plot,
    plot: Bounds,
    x: Linear,
    y: Linear,
}

impl<'a, 'b> Figure<'a, 'b> {
    fn new(sheet: &'a Sheet<'b>, shown: &'a Plot, plot: Bounds) -> Self {
        let scale = |axis: &Axis, pixels| Linear::new((axis.scaled(axis.from), axis.scaled(axis.to)), pixels);
        let x = scale(&shown.x, (plot.left, plot.right));
        let y = scale(&shown.y, (plot.bottom, plot.top));
        Self { sheet, shown, plot, x, y }
    }

    fn point(&self, (x, y): (f64, f64)) -> Point {
        (self.x.px(self.shown.x.scaled(x)), self.y.px(self.shown.y.scaled(y)))
    }

    /// The points that lie on the plot.
    fn within(&self, points: &[(f64, f64)]) -> Vec<Point> {
        let Plot { x, y, .. } = self.shown;
        let inside = |(px, py): &&(f64, f64)| (x.from..=x.to).contains(px) && (y.from..=y.to).contains(py);
        points.iter().filter(inside).map(|point| self.point(*point)).collect()
    }

    /// Horizontal lines at the values of the upward axis, ticks at those of the other, and the names of both: above the
    /// plot, so that no text is rotated, and below it.
    fn axes(&self) -> Result<(), DrawError> {
        let Self { sheet, shown, plot, .. } = self;
        let theme = sheet.theme;
        let rows: Vec<_> =
            ticks(&shown.y).into_iter().map(|(value, words)| (self.y.px(shown.y.scaled(value)), words)).collect();
        value_marks(sheet, *plot, &rows)?;
        sheet.rule((plot.left, plot.bottom), (plot.right, plot.bottom), &theme.ink.to_rgba(), 0.07)?;
        for (value, words) in ticks(&shown.x) {
            let x = self.x.px(shown.x.scaled(value));
            sheet.rule((x, plot.bottom), (x, plot.bottom + sheet.ems(0.35)), &theme.ink.to_rgba(), 0.07)?;
            sheet.words(&words, (x, plot.bottom + sheet.ems(0.5)), Anchor::Top, theme.quiet)?;
        }
        let y_words = (sheet.ems(0.3), sheet.ems(0.95));
        sheet.bold(&axis_words(&shown.y), y_words, Anchor::Left, theme.ink)?;
        let x_words = (plot.right, sheet.size().1 - sheet.ems(0.85));
        sheet.bold(&axis_words(&shown.x), x_words, Anchor::Right, theme.ink)
    }

    /// Labels the curves and the dots.
    fn words(&self) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        for curve in &self.shown.curves {
            match self.shown.at(curve, curve.label.x) {
                Some(y) => self.label(&curve.label, (curve.label.x, y), theme.ink)?,
                // The dots may continue where the curve has ended.
                None => self.label_of_dots(&curve.label, &curve.measured)?,
            }
        }
        let measured = self.shown.curves.iter().flat_map(|curve| &curve.measured);
        self.label_of_dots(&self.shown.measured, measured)
    }

    /// A label beside the dot nearest to its intended place; of several dots there, the upper one.
    fn label_of_dots<'c>(
        &self,
        label: &Label,
        dots: impl IntoIterator<Item = &'c (f64, f64)>,
    ) -> Result<(), DrawError> {
        let wanted = self.x.px(self.shown.x.scaled(label.x));
        let place = |point: &&(f64, f64)| {
            let (x, y) = self.point(**point);
            ((x - wanted).abs(), y)
        };
        let nearest = dots.into_iter().min_by_key(place);
        nearest.map_or(Ok(()), |point| self.label(label, *point, self.sheet.theme.bots_words))
    }

    /// A label beside a point.
    fn label(&self, label: &Label, point: (f64, f64), colour: RGBColor) -> Result<(), DrawError> {
        let sheet = self.sheet;
        let (x, y) = self.point(point);
        let (aside, apart) = (sheet.ems(0.45), sheet.ems(0.95));
        let (at, anchor) = match label.side {
            Side::AboveLeft => ((x - aside, y - apart), Anchor::Right),
            Side::AboveRight => ((x + aside, y - apart), Anchor::Left),
            Side::BelowLeft => ((x - aside, y + apart), Anchor::Right),
            Side::BelowRight => ((x + aside, y + apart), Anchor::Left),
        };
        sheet.words(&label.text, at, anchor, colour)
    }
}

fn axis_words(axis: &Axis) -> String {
    if axis.unit.is_empty() { axis.label.into() } else { format!("{}, {}", axis.label, axis.unit) }
}

/// The marks of an axis with their labels: about five. A logarithmic axis has powers of ten and, if these are few, also
/// their multiples by two and five.
fn ticks(axis: &Axis) -> Vec<(f64, String)> {
    if axis.log {
        let steps: &[f64] = if axis.to / axis.from < 150.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let (low, high) = (libm::floor(libm::log10(axis.from)) as i32, libm::ceil(libm::log10(axis.to)) as i32);
        let decades = (low..=high).flat_map(|decade| steps.iter().map(move |step| (decade, *step)));
        let values = decades.map(|(decade, step)| (decade, step * libm::exp10(f64::from(decade))));
        let inside = values.filter(|(_, value)| (axis.from * 0.999..axis.to * 1.001).contains(value));
        return inside.map(|(decade, value)| (value, words(value, -decade))).collect();
    }
    let rough = (axis.to - axis.from) / 4.0;
    let decade = libm::floor(libm::log10(rough));
    let power = libm::exp10(decade);
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .rfind(|step| *step <= rough * 1.001)
        .unwrap_or(power);
    let first = libm::ceil(axis.from / step - 1e-9) as i32;
    let last = libm::floor(axis.to / step + 1e-9) as i32;
    (first..=last).map(|i| f64::from(i) * step).map(|value| (value, words(value, -decade as i32))).collect()
}

/// A value with `decimals` decimal places, or none if that is not positive.
fn words(value: f64, decimals: i32) -> String {
    let decimals = decimals.max(0) as usize;
    if decimals == 0 { thousands(value.round()) } else { format!("{value:.decimals$}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(from: f64, to: f64, log: bool) -> Vec<String> {
        ticks(&Axis { label: "", unit: "", from, to, log }).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(marks(0.0, 25.0, false), ["0", "5", "10", "15", "20", "25"]);
        assert_eq!(marks(0.0, 4.0, false), ["0", "1", "2", "3", "4"]);
        assert_eq!(marks(0.0, 1.0, false), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(marks(1.2, 60.0, true), ["2", "5", "10", "20", "50"]);
        assert_eq!(marks(0.001, 100.0, true), ["0.001", "0.01", "0.1", "1", "10", "100"]);
        assert_eq!(marks(1.0, 10_000.0, true), ["1", "10", "100", "1,000", "10,000"]);
    }
}
