//! The field of a map: the result of each cell or, until it is known, that of the nearest finished cell.

use plotters::style::Color;

use super::contour::{At, contours};
use super::frame::Frame;
use crate::chart::DrawError;
use crate::chart::sheet::{Bounds, Sheet};
use crate::model::PhaseMap;
use crate::model::studies::phase_map::{Cell, State};

/// Number of shades from no move to the whole price. With so few, neighbours often match and are drawn as one.
const SHADES: f64 = 16.0;

/// Moves with a contour line, percent.
pub(super) const STEPS: [f64; 4] = [5.0, 10.0, 25.0, 50.0];

/// The states of all cells, row by row. Waiting cells take the state of the nearest finished one.
pub(super) struct Field {
    size: (usize, usize),
    states: Vec<State>,
    up: bool,
}

/// The look of a cell.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// No result yet.
    Blank,
    /// No such run is possible.
    Hatched,
    /// A shade of the scale.
    Shade(f64),
}

impl Field {
    pub(super) fn new(map: &PhaseMap) -> Self {
        let size = (map.columns().values().len(), map.rows().values().len());
        let state = |column: usize, row: usize| match map.state(column, row) {
            State::Waiting => map.nearest_done(column, row).map_or(State::Waiting, |(c, r)| map.state(c, r)),
            state => state,
        };
        let states = (0..size.1).flat_map(|row| (0..size.0).map(move |column| state(column, row))).collect();
        Self { size, states, up: rises(map) }
    }

    fn state(&self, column: usize, row: usize) -> State {
        self.states[row * self.size.0 + column]
    }

    /// Contour lines of the greatest move at this percentage.
    pub(super) fn move_lines(&self, percent: f64) -> Vec<Vec<At>> {
        contours(self.size, percent, |column, row| match self.state(column, row) {
            State::Done(cell) => Some(moved(&cell, self.up)),
            _ => None,
        })
    }

    /// Contour lines of R at its peak at 1. R counts as 0 where nothing was sold.
    pub(super) fn r_lines(&self) -> Vec<Vec<At>> {
        contours(self.size, 1.0, |column, row| match self.state(column, row) {
            State::Done(cell) => Some(cell.r_peak.unwrap_or(0.0)),
            _ => None,
        })
    }

    /// Fills the cells with opacity `strength`. Equal cells of a row are one bar.
    pub(super) fn draw(&self, sheet: &Sheet, frame: &Frame, strength: f64) -> Result<(), DrawError> {
        let mut hatched: Vec<Bounds> = Vec::new();
        for row in 0..self.size.1 {
            let mut column = 0;
            while column < self.size.0 {
                let look = self.look(column, row);
                let from = column;
                while column < self.size.0 && self.look(column, row) == look {
                    column += 1;
                }
                let bounds = frame.cells((from, column), (row, row + 1));
                match look {
                    Look::Shade(shade) => sheet.bar(bounds, &sheet.theme.bots.mix(strength * shade / SHADES))?,
                    // Merged with the row below if that has the same columns.
                    Look::Hatched => {
                        match hatched.iter_mut().find(|b| b.top == bounds.bottom && same_columns(b, &bounds)) {
                            Some(below) => below.top = bounds.top,
                            None => hatched.push(bounds),
                        }
                    }
                    Look::Blank => {}
                }
            }
        }
        hatched.into_iter().try_for_each(|bounds| sheet.hatch(bounds, &sheet.theme.quiet.mix(0.6 * strength)))
    }

    fn look(&self, column: usize, row: usize) -> Look {
        match self.state(column, row) {
            State::Waiting => Look::Blank,
            State::Impossible => Look::Hatched,
            State::Done(cell) => Look::Shade((SHADES * shade(moved(&cell, self.up))).round()),
        }
    }
}

fn same_columns(a: &Bounds, b: &Bounds) -> bool {
    a.left == b.left && a.right == b.right
}

/// Whether the map also shows rises: if the first order is a purchase.
pub(super) fn rises(map: &PhaseMap) -> bool {
    map.base().first_order > 0.0
}

/// The move of a cell, percent: the greatest fall. After a purchase, the larger of rise and fall, because noise may set
/// off leveraged longs before the purchase reaches the shorts.
pub(super) fn moved(cell: &Cell, up: bool) -> f64 {
    let (fall, rise) = (cell.greatest_fall_percent, cell.greatest_rise_percent);
    if up && rise > fall { rise } else { fall }
}

/// Intensity of the colour of a move, 0 to 1. It rises faster at first, so that 5% and 10% can be told apart.
fn shade(percent: f64) -> f64 {
    libm::pow((percent / 100.0).clamp(0.0, 1.0), 0.8)
}
