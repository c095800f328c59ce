//! The interface for the phase map: the runs of workers, and the page's picture of their results.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::{Answer, area, theme};
use crate::chart::FINE;
use crate::chart::figures::phase_map::{self as map, Here, MARGINS, MapScene};
use crate::model::PhaseMap;
use crate::model::studies::phase_map::{Axis, Cell, State};
use crate::query;

/// Numbers per cell in messages from a worker to the page: column, row, and the result.
const NUMBERS: usize = 6;

/// The result of a run as numbers: greatest fall, greatest rise and forced share in percent, R at its peak. R is NaN
/// where it does not exist, all are NaN where no run is possible.
type Found = [f64; 4];

fn found(state: State) -> Found {
    match state {
        State::Done(Cell { greatest_fall_percent, greatest_rise_percent, forced_share_percent, r_peak }) => {
            [greatest_fall_percent, greatest_rise_percent, forced_share_percent, r_peak.unwrap_or(f64::NAN)]
        }
        State::Impossible | State::Waiting => [f64::NAN; 4],
    }
}

fn cell([greatest_fall_percent, greatest_rise_percent, forced_share_percent, r]: Found) -> Cell {
    let r_peak = (!r.is_nan()).then_some(r);
    Cell { greatest_fall_percent, greatest_rise_percent, r_peak, forced_share_percent }
}

/// Finished cells after which a new map replaces the old one: 8 by 8.
const COVERS: usize = 64;

/// The map of leverage and bot density around the parameters of a query, with `size` cells along each side.
fn new_map(text: &str, size: usize) -> Answer<PhaseMap> {
    let axis = |name| Axis::new(name, size).map(Axis::rounded);
    Ok(PhaseMap::new(&query::parse_lenient(text).0, axis("leverage")?, axis("bots")?)?)
}

/// A map in a worker, which runs stretches of it.
#[wasm_bindgen]
pub struct MapPart {
    map: PhaseMap,
    stretch: usize,
    next: usize,
}

#[wasm_bindgen]
impl MapPart {
    /// An empty map around the parameters of a query.
    #[wasm_bindgen(constructor)]
    pub fn new(query: &str, size: usize) -> Answer<Self> {
        Ok(Self { map: new_map(query, size)?, stretch: 0, next: 0 })
    }

    /// Goes to the first cell of a stretch.
    pub fn begin(&mut self, stretch: usize) {
        (self.stretch, self.next) = (stretch, 0);
    }

    /// Whether the stretch has cells left.
    pub fn more(&self) -> bool {
        self.next < self.map.stretch(self.stretch).len()
    }

    /// Runs the next cell of the stretch and returns its six numbers; empty at the end.
    pub fn next(&mut self) -> Vec<f64> {
        let Some((column, row)) = self.map.stretch(self.stretch).get(self.next).copied() else { return Vec::new() };
        self.next += 1;
        let found = found(self.map.run(column, row));
        [column as f64, row as f64].into_iter().chain(found).collect()
    }
}

/// The page's copy of a map, and its drawing.
#[wasm_bindgen]
pub struct MapPicture {
    map: PhaseMap,
    /// The previous map, until this one covers it.
    old: Option<PhaseMap>,
    here: Option<Here>,
    size: usize,
}

#[wasm_bindgen]
impl MapPicture {
    /// An empty map around the parameters of a query, with `size` cells along each side.
    #[wasm_bindgen(constructor)]
    pub fn new(query: &str, size: usize) -> Answer<Self> {
        Ok(Self { map: new_map(query, size)?, old: None, here: None, size })
    }

    /// Sets the reader's position: the parameters of a query, and the four numbers of its run (greatest fall, greatest
    /// rise and forced share in percent, R at its peak or NaN). Returns whether the map fits these parameters;
    /// otherwise it is old.
    pub fn place(&mut self, query: &str, came_to: &[f64]) -> Answer<bool> {
        let (params, _) = query::parse_lenient(query);
        let four = came_to.try_into().map_err(|_| JsError::new("a run has four numbers"))?;
        self.here = Some(Here { params, cell: cell(four) });
        Ok(self.map.covers(&params))
    }

    /// Starts an empty map around the parameters of a query. The previous one stays visible until this one covers it.
    pub fn renew(&mut self, query: &str) -> Answer<()> {
        if self.map.finished() == 0 && self.map.covers(&query::parse_lenient(query).0) {
            return Ok(());
        }
        let old = std::mem::replace(&mut self.map, new_map(query, self.size)?);
        // A map that never covered anything is dropped; the one before it stays.
        if covers(&old) {
            self.old = Some(old);
        }
        Ok(())
    }

    /// Number of stretches to run.
    pub fn stretches(&self) -> usize {
        self.map.stretches()
    }

    /// Adds finished cells from a worker, six numbers each. Returns the number of finished cells.
    pub fn keep(&mut self, cells: &[f64]) -> usize {
        for numbers in cells.chunks_exact(NUMBERS) {
            let [column, row, fall, rise, forced, r] = *numbers else { continue };
            let state = if fall.is_nan() { State::Impossible } else { State::Done(cell([fall, rise, forced, r])) };
            self.map.keep(column as usize, row as usize, state);
        }
        if covers(&self.map) {
            self.old = None;
        }
        self.map.finished()
    }

    /// Number of cells of the whole map.
    pub fn total(&self) -> usize {
        self.map.total()
    }

    /// Draws on a canvas whose backing store has the size of its pixels on the screen. `em` is the text size in those
    /// pixels.
    pub fn draw(&self, canvas: HtmlCanvasElement, em: f64, dark: bool) -> Answer<()> {
        let (area, theme) = (area(canvas)?, theme(dark));
        map::draw(&area, em, &theme, &self.scene()).map_err(|error| JsError::new(&error.to_string()))
    }

    fn scene(&self) -> MapScene<'_> {
        let stale = self.here.is_some_and(|here| !self.map.covers(&here.params));
        let map = self.old.as_ref().unwrap_or(&self.map);
        MapScene { map, here: self.here, old: stale || self.old.is_some() }
    }

    /// Describes the whole map.
    pub fn words(&self) -> String {
        map::words(&MapScene { map: &self.map, ..self.scene() })
    }

    /// Describes the reader's position.
    #[wasm_bindgen(js_name = hereWords)]
    pub fn here_words(&self) -> String {
        self.here.map_or_else(String::new, |here| map::here_words(&self.map, &here))
    }

    /// Describes a cell.
    #[wasm_bindgen(js_name = cellWords)]
    pub fn cell_words(&self, column: usize, row: usize) -> String {
        map::cell_words(&self.map, column.min(self.size - 1), row.min(self.size - 1))
    }

    /// The query that opens the run of a cell.
    pub fn query(&self, column: usize, row: usize) -> String {
        query::write(&self.map.params(column.min(self.size - 1), row.min(self.size - 1)))
    }

    /// Whether a cell can run: its settings may contradict each other.
    pub fn possible(&self, column: usize, row: usize) -> bool {
        self.map.params(column.min(self.size - 1), row.min(self.size - 1)).check().is_ok()
    }

    /// Leverage and bot density of a cell.
    pub fn values(&self, column: usize, row: usize) -> Vec<f64> {
        let value = |axis: &Axis, i: usize| axis.values()[i.min(self.size - 1)];
        vec![value(self.map.columns(), column), value(self.map.rows(), row)]
    }

    /// Column and row of the cell nearest to a point; all sizes in pixels of the screen, or all in CSS pixels.
    #[wasm_bindgen(js_name = cellAt)]
    pub fn cell_at(&self, size: &[f64], em: f64, at: &[f64]) -> Vec<usize> {
        let fine = |pixels: f64| (pixels * f64::from(FINE)) as i32;
        let [width, height, x, y] = [size[0], size[1], at[0], at[1]].map(fine);
        let (column, row) = map::cell_at(em * f64::from(FINE), (width, height), &self.map, (x, y));
        vec![column, row]
    }

    /// Column and row of the cell nearest to the reader.
    #[wasm_bindgen(js_name = hereCell)]
    pub fn here_cell(&self) -> Vec<usize> {
        let place = |axis: &Axis| self.here.map_or(0, |here| axis.place(here.params.get(axis.row())).round() as usize);
        vec![place(self.map.columns()), place(self.map.rows())]
    }

    /// The position of the dot, in the pixels of the size.
    #[wasm_bindgen(js_name = hereAt)]
    pub fn here_at(&self, size: &[f64], em: f64) -> Vec<f64> {
        let fine = f64::from(FINE);
        let Some(here) = self.here else { return Vec::new() };
        let size = ((size[0] * fine) as i32, (size[1] * fine) as i32);
        let (x, y) = map::place(em * fine, size, &self.map, &here.params);
        vec![f64::from(x) / fine, f64::from(y) / fine]
    }
}

/// Whether enough of a map is finished to show it alone.
fn covers(map: &PhaseMap) -> bool {
    map.finished() >= COVERS.min(map.total())
}

/// The margins of the plot of a map, em: left, right, top, bottom.
#[wasm_bindgen(js_name = mapMargins)]
pub fn map_margins() -> Vec<f64> {
    MARGINS.to_vec()
}
