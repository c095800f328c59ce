//! The axis of a question: its possible answers, and their text.

use crate::chart::text_width::text_width;
use crate::prediction::VALUES;
use crate::say;
use crate::units::{SPACE, percent_of, thousands};

/// The possible answers to a question: values at even steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    pub(super) from: f64,
    to: f64,
    pub(super) step: f64,
    unit: String,
}

impl Grid {
    /// A grid with at least two values and no more than codes can hold; otherwise `None`.
    #[must_use]
    pub fn new(from: f64, to: f64, step: f64, unit: &str) -> Option<Self> {
        let steps = (to - from) / step;
        let fits = step > 0.0 && from.abs() < 1e9 && steps > 0.999 && steps < f64::from(VALUES) - 1.0 + 1e-6;
        fits.then(|| Self { from, to, step, unit: unit.into() })
    }

    /// Number of values.
    #[must_use]
    pub fn count(&self) -> u16 {
        // If the steps do not meet the end exactly, the end is left out.
        ((self.to - self.from) / self.step + 1e-6) as u16 + 1
    }

    /// The value with this index.
    #[must_use]
    pub fn value(&self, index: u16) -> f64 {
        self.from + f64::from(index) * self.step
    }

    /// The last value.
    pub(super) fn last(&self) -> f64 {
        self.value(self.count() - 1)
    }

    /// A value with its unit, with at most one decimal place more than the grid.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        let number = self.digits(value);
        match self.unit.as_str() {
            "" => number,
            "%" => percent_of(&number),
            "x" => say!("{number}x", number),
            unit => format!("{number}{SPACE}{unit}"),
        }
    }

    /// The label of a value on the axis, without a long unit; the labels of lines include it.
    pub(super) fn mark(&self, value: f64) -> String {
        if text_width(&self.unit, false) > 2.0 { self.digits(value) } else { self.words(value) }
    }

    fn digits(&self, value: f64) -> String {
        let whole = |value: f64| (value - value.round()).abs() < 1e-6;
        let power = [1.0, 10.0, 100.0, 1000.0].into_iter().find(|p| whole(self.step * p) && whole(self.from * p));
        let power = 10.0 * power.unwrap_or(1000.0);
        thousands((value * power).round() / power + 0.0)
    }
}
