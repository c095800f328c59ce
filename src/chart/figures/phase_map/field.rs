//! What a map shows in each of its cells: what came out there, or until then what came out nearest to it.

use plotters::style::Color;

use super::contour::{At, contours};
use super::frame::Frame;
use crate::chart::DrawError;
use crate::chart::sheet::{Bounds, Sheet};
use crate::model::PhaseMap;
use crate::model::studies::phase_map::{Cell, State};

/// Shades from no move to all of the price: so few that neighbours often share one and are drawn as one.
const SHADES: f64 = 16.0;

/// Moves that have a line of their own, percent.
pub(super) const STEPS: [f64; 4] = [5.0, 10.0, 25.0, 50.0];

/// The states of all cells, row by row, waiting ones filled from the nearest that is done.
pub(super) struct Field {
    size: (usize, usize),
    states: Vec<State>,
    up: bool,
}

/// How a cell is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// Nothing is known.
    Blank,
    /// No such run is possible.
    Hatched,
    /// One of so many shades.
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

    /// Where the greatest move is so many percent.
    pub(super) fn move_lines(&self, percent: f64) -> Vec<Vec<At>> {
        contours(self.size, percent, |column, row| match self.state(column, row) {
            State::Done(cell) => Some(moved(&cell, self.up)),
            _ => None,
        })
    }

    /// Where R at its peak is 1. Where nothing was sold it is 0.
    pub(super) fn r_lines(&self) -> Vec<Vec<At>> {
        contours(self.size, 1.0, |column, row| match self.state(column, row) {
            State::Done(cell) => Some(cell.r_peak.unwrap_or(0.0)),
            _ => None,
        })
    }

    /// Fills the cells, as strong as `strength` says: those of a row that look alike as one bar.
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
                    // The same columns in the row below: one field.
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

/// Whether the map is of rises as well: it is, where the first order is a purchase.
pub(super) fn rises(map: &PhaseMap) -> bool {
    map.base().first_order > 0.0
}

/// What a cell is about, percent: how far the price falls. After a purchase the further of rise and fall: noise may set
/// off those who borrowed to buy before the purchase reaches the shorts.
pub(super) fn moved(cell: &Cell, up: bool) -> f64 {
    let (fall, rise) = (cell.greatest_fall_percent, cell.greatest_rise_percent);
    if up && rise > fall { rise } else { fall }
}

/// How strong the colour of a move is, 0 to 1: steeper at first, so that 5 and 10 % can be told apart.
fn shade(percent: f64) -> f64 {
    libm::pow((percent / 100.0).clamp(0.0, 1.0), 0.8)
}
