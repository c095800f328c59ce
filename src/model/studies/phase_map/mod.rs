//! The phase map: one run for each cell of a grid of two parameters, coarse before fine.
//!
//! A cell has the results of a single run of its parameters, to the last bit; the map only saves work that cells share.
//! The draws are made once, limits are computed again only where an axis moves them, and there are no runs without bots
//! and no closed forms. A map is computed in slices: [`PhaseMap::advance`] runs some cells and returns, and the cells
//! done so far cover the whole map, ever finer.
//!
//! Work can be shared between workers: each has a map of the same parameters and runs stretches of cells
//! ([`PhaseMap::stretch`]), and one map collects the results ([`PhaseMap::keep`]).

mod axis;
mod order;

pub use axis::{Axis, MOST, Refused};

use crate::model::crowd::Crowd;
use crate::model::results::summary::{deepest, highest, percent, r_peak, rise_percent, share_percent};
use crate::model::rules::Rules;
use crate::model::run::Run;
use crate::params::Params;
use order::{coarse_first, coarsest, rearranged};

/// The results of a cell; the same bits as in its [`Summary`](crate::Summary).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Greatest fall below the start price, percent.
    pub greatest_fall_percent: f64,
    /// Greatest rise above the start price, percent: the quantity mapped after a purchase.
    pub greatest_rise_percent: f64,
    /// Greatest reproduction number of the run; `None` if sales never stood out from the noise.
    pub r_peak: Option<f64>,
    /// Share of the open interest force-sold by bots and people, percent.
    pub forced_share_percent: f64,
}

/// The state of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// Not run yet.
    Waiting,
    /// Its parameters contradict each other.
    Impossible,
    /// Its results.
    Done(Cell),
}

/// A map and the buffers of its runs.
#[derive(Clone)]
pub struct PhaseMap {
    base: Params,
    columns: Axis,
    rows: Axis,
    /// Column and row of each cell, in the order in which they are run.
    order: Vec<(usize, usize)>,
    /// The end of each stretch of that order.
    ends: Vec<usize>,
    /// The next cell for [`PhaseMap::advance`] in that order.
    next: usize,
    /// Number of cells that are not waiting.
    done: usize,
    /// The state of each cell, row by row.
    states: Vec<State>,
    crowd: Crowd,
    room: Run,
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
            ends: Vec::new(),
            next: 0,
            done: 0,
            states: vec![State::Waiting; columns.values.len() * rows.values.len()],
            columns,
            rows,
            crowd: Crowd::default(),
            room: Run::default(),
        };
        let (width, height) = (map.columns.values.len(), map.rows.values.len());
        let along_columns = rearranged((0..width).map(|column| map.params(column, 0)));
        let along_rows = rearranged((0..height).map(|row| map.params(0, row)));
        let by_column = along_columns >= along_rows;
        let stretches = if by_column { coarse_first(width, height) } else { coarse_first(height, width) };
        for stretch in stretches {
            map.order
                .extend(stretch.into_iter().map(|(line, place)| if by_column { (line, place) } else { (place, line) }));
            map.ends.push(map.order.len());
        }
        Ok(map)
    }

    /// The base parameters; their values on the two axes do not matter.
    #[must_use]
    pub fn base(&self) -> &Params {
        &self.base
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

    /// The parameters of a cell.
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

    /// Whether these parameters differ from the base at most in the two axes.
    #[must_use]
    pub fn covers(&self, params: &Params) -> bool {
        let mut moved = *params;
        for axis in [&self.columns, &self.rows] {
            (axis.row.set)(&mut moved, self.base.get(axis.row));
        }
        moved == self.base
    }

    /// Runs up to `cells` more cells. Returns the number of cells done so far.
    pub fn advance(&mut self, cells: usize) -> usize {
        let until = self.done.saturating_add(cells);
        while self.done < until && self.next < self.order.len() {
            let (column, row) = self.order[self.next];
            self.next += 1;
            self.run(column, row);
        }
        self.done
    }

    /// Number of stretches. The cells of a stretch share limits and are best run by one map; coarse levels come first.
    #[must_use]
    pub fn stretches(&self) -> usize {
        self.ends.len()
    }

    /// Column and row of the cells of a stretch, in order; empty beyond the last stretch.
    #[must_use]
    pub fn stretch(&self, index: usize) -> &[(usize, usize)] {
        let Some(end) = self.ends.get(index) else { return &[] };
        &self.order[if index == 0 { 0 } else { self.ends[index - 1] }..*end]
    }

    /// Runs a cell, unless already done, and returns its state.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn run(&mut self, column: usize, row: usize) -> State {
        if self.state(column, row) == State::Waiting {
            let state = self.twin(column, row).unwrap_or_else(|| self.compute(column, row));
            self.keep(column, row, state);
        }
        self.state(column, row)
    }

    /// Stores the state of a cell that another map of the same parameters has run. Ignored if the cell is done or off
    /// the map.
    pub fn keep(&mut self, column: usize, row: usize, state: State) {
        let width = self.columns.values.len();
        let here = if column < width { self.states.get_mut(row * width + column) } else { None };
        if let Some(here) = here.filter(|here| **here == State::Waiting && state != State::Waiting) {
            *here = state;
            self.done += 1;
        }
    }

    /// Number of cells done.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.done
    }

    /// Number of cells.
    #[must_use]
    pub fn total(&self) -> usize {
        self.order.len()
    }

    /// Whether all cells are done.
    #[must_use]
    pub fn done(&self) -> bool {
        self.done == self.total()
    }

    /// The state of a cell; `Waiting` off the map.
    #[must_use]
    pub fn state(&self, column: usize, row: usize) -> State {
        let width = self.columns.values.len();
        let state = if column < width { self.states.get(row * width + column) } else { None };
        state.copied().unwrap_or(State::Waiting)
    }

    /// The results of a cell, if it has been run.
    #[must_use]
    pub fn cell(&self, column: usize, row: usize) -> Option<Cell> {
        if let State::Done(cell) = self.state(column, row) { Some(cell) } else { None }
    }

    /// Column and row of the cell to be shown in place of this one while it waits: the nearest one of the finest level
    /// done here. `None` before the first cell is done.
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

    /// The state of a cell with equal parameters, if one is done.
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
        self.room.simulate(&Rules::from(&params), &mut self.crowd);
        let series = &self.room.series;
        let share = |lots: &[u64]| share_percent(lots, params.accounts);
        State::Done(Cell {
            greatest_fall_percent: percent(deepest(&series.price).1),
            greatest_rise_percent: rise_percent(highest(&series.price)),
            r_peak: r_peak(series),
            forced_share_percent: share(&series.bots_sold) + share(&series.people_sold),
        })
    }
}
