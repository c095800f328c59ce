//! The input of the picture of a class.

use super::grid::Grid;

/// The predictions of a class, and the true value.
#[derive(Clone, Copy, Debug)]
pub struct ClassScene<'a> {
    /// The axis.
    pub grid: &'a Grid,
    /// The index of each pupil's value.
    pub guesses: &'a [u16],
    /// The true value, if the run has one.
    pub truth: Option<f64>,
    /// Whether the true value is shown.
    pub revealed: bool,
}

impl ClassScene<'_> {
    /// The true value, if it is shown.
    pub(super) fn shown(&self) -> Option<f64> {
        self.truth.filter(|_| self.revealed)
    }
}
