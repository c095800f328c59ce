//! The phase map: one run for each cell of a grid of two parameters, the coarse picture first.
//!
//! A cell is what a single run of its parameters gives, to the last bit; the map only saves what cells share. The
//! draws are made once, limits are placed again only where an axis moves them, nothing runs without bots, and
//! nothing is said in closed form. A map is worked on in slices: [`PhaseMap::advance`] does so many cells and comes
//! back, and what is done so far covers the whole map, ever finer.

mod axis;
mod order;

pub use axis::{Axis, MOST, Refused};

use super::crowd::Crowd;
use super::rules::Rules;
use super::run::Run;
use super::summary::{deepest, percent, r_peak, share_percent};
use crate::params::Params;
use order::{coarse_first, coarsest, rearranged};

/// What a run comes down to on the map; the same bits as in its [`super::Summary`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Greatest fall below the start price, percent.
    pub greatest_fall_percent: f64,
    /// Greatest reproduction number of the run; nothing if nothing was ever sold that stood out of the noise.
    pub r_peak: Option<f64>,
    /// Share of the open interest force-sold by bots and people, percent.
    pub forced_share_percent: f64,
}

/// How far a cell is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// Its turn has not come.
    Waiting,
    /// Its parameters contradict each other: there is no such run.
    Impossible,
    /// It has been run.
    Done(Cell),
}

/// A map and the room in which its runs work.
#[derive(Clone)]
pub struct PhaseMap {
    base: Params,
    columns: Axis,
    rows: Axis,
    /// Column and row of each cell, in the order in which they are run.
    order: Vec<(usize, usize)>,
    /// How many of them have been.
    done: usize,
    /// Row by row.
    states: Vec<State>,
    crowd: Crowd,
    run: Run,
}

impl PhaseMap {
    /// The map around these parameters, with nothing done yet.
    ///
    /// # Errors
    /// If both axes are the same parameter.
    pub fn new(base: &Params, columns: Axis, rows: Axis) -> Result<Self, Refused> {
        if columns.row.id == rows.row.id {
            return Err(Refused::Same { name: columns.row.name() });
        }
        let mut map = Self {
            base: *base,
            order: Vec::new(),
            done: 0,
            states: vec![State::Waiting; columns.values.len() * rows.values.len()],
            columns,
            rows,
            crowd: Crowd::default(),
            run: Run::default(),
        };
        let (width, height) = (map.columns.values.len(), map.rows.values.len());
        let along_columns = rearranged((0..width).map(|column| map.params(column, 0)));
        let along_rows = rearranged((0..height).map(|row| map.params(0, row)));
        map.order = if along_columns >= along_rows {
            coarse_first(width, height)
        } else {
            coarse_first(height, width).into_iter().map(|(row, column)| (column, row)).collect()
        };
        Ok(map)
    }

    /// The axis from left to right.
    #[must_use]
    pub fn columns(&self) -> &Axis {
        &self.columns
    }

    /// The axis of the rows, the least value first.
    #[must_use]
    pub fn rows(&self) -> &Axis {
        &self.rows
    }

    /// What a cell runs: written as a query, it opens that very run.
    ///
    /// # Panics
    /// If there is no such cell.
    #[must_use]
    pub fn params(&self, column: usize, row: usize) -> Params {
        let mut params = self.base;
        for (axis, i) in [(&self.columns, column), (&self.rows, row)] {
            params.set(axis.row, axis.values[i]).expect("an axis has only allowed values");
        }
        params
    }

    /// Does so many more cells, or as many as are left. Gives how many are done now.
    pub fn advance(&mut self, cells: usize) -> usize {
        let until = self.order.len().min(self.done.saturating_add(cells));
        while self.done < until {
            let (column, row) = self.order[self.done];
            let state = self.twin(column, row).unwrap_or_else(|| self.compute(column, row));
            self.states[row * self.columns.values.len() + column] = state;
            self.done += 1;
        }
        self.done
    }

    /// How many cells there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.order.len()
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn done(&self) -> bool {
        self.done == self.total()
    }

    /// How far a cell is; one that is not on the map waits forever.
    #[must_use]
    pub fn state(&self, column: usize, row: usize) -> State {
        let width = self.columns.values.len();
        let state = if column < width { self.states.get(row * width + column) } else { None };
        state.copied().unwrap_or(State::Waiting)
    }

    /// What came out of a cell, if it has been run.
    #[must_use]
    pub fn cell(&self, column: usize, row: usize) -> Option<Cell> {
        if let State::Done(cell) = self.state(column, row) { Some(cell) } else { None }
    }

    /// Column and row of the cell that stands for this one while it waits: of the finest level that has one here,
    /// the nearest. Nothing before the first cell is done.
    #[must_use]
    pub fn nearest_done(&self, column: usize, row: usize) -> Option<(usize, usize)> {
        let around = |i: usize, step: usize| [i - i % step, i.next_multiple_of(step)];
        let mut step = 1;
        while step <= coarsest(self.columns.values.len(), self.rows.values.len()) {
            let corners = around(column, step).into_iter().flat_map(|c| around(row, step).map(|r| (c, r)));
            let done = corners.filter(|(c, r)| self.state(*c, *r) != State::Waiting);
            let nearest = done.min_by_key(|(c, r)| c.abs_diff(column).pow(2) + r.abs_diff(row).pow(2));
            if nearest.is_some() {
                return nearest;
            }
            step *= 2;
        }
        None
    }

    /// The state of a cell with the very same parameters, if one is done.
    fn twin(&self, column: usize, row: usize) -> Option<State> {
        let columns = self.columns.alike(column);
        let mut alike = self.rows.alike(row).flat_map(|r| columns.clone().map(move |c| (c, r)));
        alike.find_map(|(c, r)| Some(self.state(c, r)).filter(|state| *state != State::Waiting))
    }

    fn compute(&mut self, column: usize, row: usize) -> State {
        let params = self.params(column, row);
        if params.check().is_err() {
            return State::Impossible;
        }
        self.crowd.arrange(&params);
        self.run.simulate(&Rules::from(&params), &mut self.crowd);
        let series = &self.run.series;
        let share = |lots: &[u64]| share_percent(lots, params.accounts);
        State::Done(Cell {
            greatest_fall_percent: percent(deepest(series).1),
            r_peak: r_peak(series),
            forced_share_percent: share(&series.bots_sold) + share(&series.people_sold),
        })
    }
}
