//! One known result, and the figure of its closed form and our measurements.

/// A point of a curve or a measurement, in the units of the axes.
pub type Point = (f64, f64);

/// One known result and the figure that compares its closed form with measurements.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Name of its files and its anchor: letters, digits and hyphens.
    pub id: &'static str,
    /// Headline.
    pub title: &'static str,
    /// Author and publication.
    pub source: &'static str,
    /// The statement of the closed form.
    pub claim: &'static str,
    /// The closed form in plain text.
    pub formula: &'static str,
    /// Conditions under which it is exact.
    pub exact: &'static str,
    /// Mechanisms of the model that the closed form leaves out.
    pub ends: &'static str,
    /// The figure.
    pub plot: Plot,
}

/// The contents of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Closed forms, each with its measurements.
    pub curves: Vec<Curve>,
    /// The path of one run between the points, or empty.
    pub path: Vec<Point>,
    /// Label of the measured points, at the one nearest to its `x`.
    pub measured: Label,
}

/// One axis of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The quantity shown.
    pub label: &'static str,
    /// Its unit: `%`, `s`, or empty for a pure number.
    pub unit: &'static str,
    /// Start of the axis; positive on a logarithmic one.
    pub from: f64,
    /// End of the axis.
    pub to: f64,
    /// Whether the scale is logarithmic.
    pub log: bool,
}

/// A closed form and the measurements beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Label, at the curve or at the last dot beyond its end.
    pub label: Label,
    /// Points of the formula, from left to right.
    pub line: Vec<Point>,
    /// Points measured with the model; empty for a curve that is shown for comparison only.
    pub measured: Vec<Point>,
}

/// Text placed at a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The text.
    pub text: String,
    /// Its position on the horizontal axis.
    pub x: f64,
    /// Its side of the curve.
    pub side: Side,
}

/// Position of a text relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Above, ending at the point.
    AboveLeft,
    /// Above, beginning at the point.
    AboveRight,
    /// Below, ending at the point.
    BelowLeft,
    /// Below, beginning at the point.
    BelowRight,
}

impl Axis {
    /// The value on the scale of the axis.
    #[must_use]
    pub fn scaled(&self, value: f64) -> f64 {
        if self.log { libm::log10(value) } else { value }
    }
}

impl Plot {
    /// The closed form at `x`, interpolated on the scales of the axes; `None` beyond its ends.
    #[must_use]
    pub fn at(&self, curve: &Curve, x: f64) -> Option<f64> {
        let ((left, low), (right, high)) = curve
            .line
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .find(|((left, _), (right, _))| *left <= x && x <= *right)?;
        let [left, x, right] = [left, x, right].map(|value| self.x.scaled(value));
        let part = if right > left { (x - left) / (right - left) } else { 0.0 };
        let [low, high] = [low, high].map(|value| self.y.scaled(value));
        let scaled = low + part * (high - low);
        Some(if self.y.log { libm::exp10(scaled) } else { scaled })
    }

    /// Largest distance of a measured point from its curve, in units of the axis or, on a logarithmic axis, as a share
    /// of the closed form.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        let distance = |curve: &Curve, (x, y): Point| {
            let form = self.at(curve, x).unwrap_or(f64::NAN);
            if self.y.log { (y / form - 1.0).abs() } else { (y - form).abs() }
        };
        let points = self.curves.iter().flat_map(|curve| curve.measured.iter().map(|point| distance(curve, *point)));
        // A point outside its curve gives NaN, which must not be lost in a comparison.
        points.fold(0.0, |largest, distance| if distance <= largest { largest } else { distance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(y_log: bool, measured: Point) -> Plot {
        let axis = Axis { label: "", unit: "", from: 1.0, to: 100.0, log: y_log };
        let label = Label { text: String::new(), x: 1.0, side: Side::AboveLeft };
        let curve = Curve { label: label.clone(), line: vec![(1.0, 1.0), (3.0, 100.0)], measured: vec![measured] };
        Plot { x: Axis { log: false, ..axis }, y: axis, curves: vec![curve], path: vec![], measured: label }
    }

    #[test]
    fn a_deviation_is_absolute_or_relative_on_a_log_axis() {
        assert!((line(false, (2.0, 51.0)).deviation() - 0.5).abs() < 1e-12);
        assert!((line(true, (2.0, 11.0)).deviation() - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_point_beyond_its_curve_is_a_deviation() {
        assert!(line(false, (4.0, 100.0)).deviation().is_nan());
    }
}
