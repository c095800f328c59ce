//! The frame of a map on a sheet: its plot and its two scales.

use super::contour::At;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Bounds, Point};
use crate::model::PhaseMap;
use crate::model::studies::phase_map::Axis;
use crate::params::Params;

/// Margins of the plot: left, right, top, bottom, em. The page needs them to place elements along the axes.
pub const MARGINS: [f64; 4] = [3.4, 1.1, 2.1, 3.3];

/// The plot and its scales; sizes and `em` in units of the drawing.
pub(super) struct Frame {
    pub(super) plot: Bounds,
    pub(super) x: Linear,
    pub(super) y: Linear,
}

impl Frame {
    pub(super) fn new(em: f64, (width, height): (i32, i32), map: &PhaseMap) -> Self {
        let ems = |ems: f64| (em * ems).round() as i32;
        let [left, right, top, bottom] = MARGINS.map(ems);
        // A plot of one unit if the sheet has no room for margins.
        let plot = Bounds { left, right: (width - right).max(left + 1), top, bottom: (height - bottom).max(top + 1) };
        // Cells are counted from the middle of the first one.
        let ends = |axis: &Axis| (-0.5, axis.values().len() as f64 - 0.5);
        let x = Linear::new(ends(map.columns()), (plot.left, plot.right));
        let y = Linear::new(ends(map.rows()), (plot.bottom, plot.top));
        Self { plot, x, y }
    }

    /// The bounds of a block of cells; the ends are exclusive.
    pub(super) fn cells(&self, columns: (usize, usize), rows: (usize, usize)) -> Bounds {
        let edge = |scale: &Linear, i: usize| scale.px(i as f64 - 0.5);
        Bounds {
            left: edge(&self.x, columns.0),
            right: edge(&self.x, columns.1),
            top: edge(&self.y, rows.1),
            bottom: edge(&self.y, rows.0),
        }
    }

    pub(super) fn point(&self, (column, row): At) -> Point {
        (self.x.px(column), self.y.px(row))
    }

    pub(super) fn place(&self, map: &PhaseMap, params: &Params) -> Point {
        let place = |axis: &Axis| axis.place(params.get(axis.row()));
        self.point((place(map.columns()), place(map.rows())))
    }
}
