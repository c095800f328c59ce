//! Known results that the model is held against: each a closed form, where it comes from, and what our own
//! code measures beside it.
//!
//! One file for each source. A file computes its curve from the formula and its points by running the model;
//! neither is written down anywhere. `tests/validation/` holds the points against the curve, the page
//! `model.html` shows both. To add a source: a file here, a line in [`all`], a test.

pub mod amm;
pub mod amplification;
pub mod arbitrage;
pub mod borel;
pub mod effective_depth;
pub mod fixed_point;
pub mod gilts;
pub mod margin_call;
pub mod pure;
pub mod square_root;
pub mod targeters;
pub mod years;

/// A point of a curve or a measurement, in the units of the axes.
pub type Point = (f64, f64);

/// One known result: what is said of it, and the figure of its closed form and our measurements.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Names its files and its anchor: letters, digits and hyphens.
    pub id: &'static str,
    /// What a headline would say.
    pub title: &'static str,
    /// Who found it, and where.
    pub source: &'static str,
    /// What the closed form says, in words.
    pub claim: &'static str,
    /// The closed form in plain text.
    pub formula: &'static str,
    /// Under which conditions it is exact.
    pub exact: &'static str,
    /// Where it ends: what the model has that the closed form has not.
    pub ends: &'static str,
    /// The figure.
    pub plot: Plot,
}

/// What a figure shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The axis to the right.
    pub x: Axis,
    /// The axis upwards.
    pub y: Axis,
    /// Closed forms, each with its measurements.
    pub curves: Vec<Curve>,
    /// The way of one run between its points, where a run has one; empty elsewhere.
    pub path: Vec<Point>,
    /// What the measured points are; it hangs at the one nearest to its `x`.
    pub measured: Label,
}

/// One axis of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// What it counts.
    pub label: &'static str,
    /// In what: `%`, `s`, or nothing for a pure number.
    pub unit: &'static str,
    /// Where it begins; above 0 if it is logarithmic.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Whether equal ratios are equally long.
    pub log: bool,
}

/// A line, here a closed form, and what was measured beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name, at the curve, or beyond its end at the dots.
    pub label: Label,
    /// From the formula, from left to right.
    pub line: Vec<Point>,
    /// From the model; empty for a curve that is only there to be compared with.
    pub measured: Vec<Point>,
}

/// Words that hang at a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Where along the axis to the right.
    pub x: f64,
    /// On which side.
    pub side: Side,
}

/// On which side of their point words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Above it, and ending there.
    AboveLeft,
    /// Above it, and beginning there.
    AboveRight,
    /// Below it, and ending there.
    BelowLeft,
    /// Below it, and beginning there.
    BelowRight,
}

/// All of them, in the order of the page.
#[must_use]
pub fn all() -> Vec<Proof> {
    vec![
        margin_call::proof(),
        effective_depth::proof(),
        fixed_point::staircase(),
        fixed_point::proof(),
        amplification::proof(),
        borel::proof(),
        targeters::proof(),
        gilts::proof(),
        amm::proof(),
        arbitrage::proof(),
        square_root::proof(),
    ]
}

impl Axis {
    /// The value on a scale on which equal lengths are equal.
    #[must_use]
    pub fn scaled(&self, value: f64) -> f64 {
        if self.log { libm::log10(value) } else { value }
    }
}

impl Plot {
    /// The closed form at `x`: straight between two points of the curve, on the scales of the axes; nothing
    /// beyond its ends.
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

    /// The largest distance of a measured point from its curve: in units of the axis, or, where that is
    /// logarithmic, as a share of the closed form.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        let distance = |curve: &Curve, (x, y): Point| {
            let form = self.at(curve, x).unwrap_or(f64::NAN);
            if self.y.log { (y / form - 1.0).abs() } else { (y - form).abs() }
        };
        let points = self.curves.iter().flat_map(|curve| curve.measured.iter().map(|point| distance(curve, *point)));
        // A point without a curve is no agreement, and must not be lost in a comparison with not-a-number.
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
    fn a_deviation_is_a_difference_or_on_a_log_axis_a_share() {
        assert!((line(false, (2.0, 51.0)).deviation() - 0.5).abs() < 1e-12);
        assert!((line(true, (2.0, 11.0)).deviation() - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_point_beyond_its_curve_is_no_agreement() {
        assert!(line(false, (4.0, 100.0)).deviation().is_nan());
    }
}
