//! The contents of the picture of a class.

use super::grid::Grid;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct ClassScene<'a> {
    /// The axis.
    pub grid: &'a Grid,
    /// The index of each pupil's value.
    pub guesses: &'a [u16],
    /// What happened, if anything of that kind did.
    pub truth: Option<f64>,
    /// Whether it is shown.
    pub revealed: bool,
}

impl ClassScene<'_> {
    /// What happened, where it is shown.
    pub(super) fn shown(&self) -> Option<f64> {
        self.truth.filter(|_| self.revealed)
    }
}
