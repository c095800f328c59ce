//! The axis of a question: the values that it can be answered with, and how they are written.

use crate::chart::sheet::letters;
use crate::prediction::VALUES;
use crate::say;
use crate::units::{SPACE, percent_of, thousands};

/// The values that a question can be answered with: from one to another, a step apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    pub(super) from: f64,
    to: f64,
    pub(super) step: f64,
    unit: String,
}

impl Grid {
    /// A grid with at least two values and no more than codes can hold; nothing if it would be another.
    #[must_use]
    pub fn new(from: f64, to: f64, step: f64, unit: &str) -> Option<Self> {
        let steps = (to - from) / step;
        let fits = step > 0.0 && from.abs() < 1e9 && steps > 0.999 && steps < f64::from(VALUES) - 1.0 + 1e-6;
        fits.then(|| Self { from, to, step, unit: unit.into() })
    }

    /// How many values there are.
    #[must_use]
    pub fn count(&self) -> u16 {
        // A step that does not lead to the end leaves it out.
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

    /// A value with its unit, no finer than a tenth of the grid's own decimal places.
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

    /// The same as a mark of an axis, where there is no room for long units: the words at the lines have them.
    pub(super) fn mark(&self, value: f64) -> String {
        if letters(&self.unit) > 3.0 { self.digits(value) } else { self.words(value) }
    }

    fn digits(&self, value: f64) -> String {
        let whole = |value: f64| (value - value.round()).abs() < 1e-6;
        let power = [1.0, 10.0, 100.0, 1000.0].into_iter().find(|p| whole(self.step * p) && whole(self.from * p));
        let power = 10.0 * power.unwrap_or(1000.0);
        thousands((value * power).round() / power + 0.0)
    }
}
