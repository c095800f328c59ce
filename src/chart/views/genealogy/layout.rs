//! The places of marks: columns for generations, heights for prices.

use std::collections::BTreeMap;

use crate::chart::Scene;
use crate::chart::derived::family_tree::{Cause, FamilyTree, Mark};
use crate::chart::scale::{LEFT, Linear, RIGHT};
use crate::chart::sheet::{Bounds, Point};
use crate::model::results::summary::percent;

/// Distance between lines of the caption, em.
pub(super) const LINE: f64 = 1.35;

/// Width of the column of the roots, em.
const ROOTS: f64 = 2.4;

/// Widths and heights of a mark with its gap, em. The largest with which few marks overlap is used.
const CELLS: [f64; 6] = [0.66, 0.58, 0.5, 0.42, 0.36, 0.3];

/// Possible ends of the price axis, percent.
const ENDS: [f64; 14] = [1.0, 2.5, 5.0, 7.5, 10.0, 15.0, 20.0, 25.0, 35.0, 50.0, 75.0, 100.0, 300.0, 1000.0];

/// Least distance between the price axis and its ends, as a share of the axis.
const AIR: f64 = 0.1;

/// The parts of the picture, in units of the drawing.
pub(super) struct Frame {
    /// The area of the tree.
    pub(super) plot: Bounds,
    /// The price scale, in percent below the start price.
    pub(super) y: Linear,
    /// The ends of that scale, percent above and below the start price.
    pub(super) ends: (f64, f64),
    /// Width and height of a mark with its gap.
    pub(super) cell: f64,
    /// The middle of the first line of the caption.
    pub(super) caption: i32,
    /// The place of each mark.
    pub(super) places: Vec<Point>,
    em: f64,
    column: f64,
}

impl Frame {
    /// `None` if there is no room.
    pub(super) fn new(em: f64, (width, height): (i32, i32), scene: &Scene, tree: &FamilyTree) -> Option<Self> {
        let ems = |ems: f64| (em * ems).round() as i32;
        // Lines that a sentence about a sale needs.
        let lines = if f64::from(width) < 36.0 * em { 5.0 } else { 3.0 };
        let below = 3.2 + LINE * lines;
        let plot = Bounds { left: ems(LEFT), right: width - ems(RIGHT), top: ems(3.3), bottom: height - ems(below) };
        let column = (f64::from(plot.right - plot.left) - ROOTS * em) / f64::from(tree.columns);
        if plot.bottom - plot.top < ems(2.0) || column < 1.0 {
            return None;
        }
        let ends = ends(scene, tree);
        let y = Linear::new((-ends.0, ends.1), (plot.top, plot.bottom));
        let caption = plot.bottom + ems(3.5);
        let mut frame = Self { plot, y, ends, cell: 0.0, caption, places: Vec::new(), em, column };
        for cell in CELLS {
            frame.cell = cell * em;
            if frame.place(tree) {
                break;
            }
        }
        Some(frame)
    }

    /// The left end of the columns.
    pub(super) fn left(&self) -> i32 {
        self.plot.left + (ROOTS * self.em).round() as i32
    }

    /// The middle of a column, from 1.
    pub(super) fn x(&self, column: u32) -> i32 {
        self.left() + ((f64::from(column) - 0.5) * self.column).round() as i32
    }

    /// The middle of a root.
    pub(super) fn root(&self, cause: Cause) -> i32 {
        let ems = match cause {
            Cause::Noise => 0.5,
            Cause::Funds => 1.1,
            _ => 1.8,
        };
        self.plot.left + (ems * self.em).round() as i32
    }

    /// The height of a fall, percent, within the plot.
    pub(super) fn at_fall(&self, fall: f64) -> i32 {
        self.y.px(fall).clamp(self.plot.top, self.plot.bottom)
    }

    /// The height of the price in a second.
    pub(super) fn at_second(&self, scene: &Scene, second: u32) -> i32 {
        self.at_fall(fall_at(scene, second))
    }

    /// The point from which the line to a mark begins.
    pub(super) fn origin(&self, scene: &Scene, tree: &FamilyTree, mark: usize) -> Point {
        let mark = tree.marks[mark];
        match mark.cause {
            Cause::Mark(parent) => self.places[parent],
            cause => (self.root(cause), self.at_second(scene, mark.second.saturating_sub(1))),
        }
    }

    /// Places marks of the same column and height beside each other, from the middle of the column outwards. Returns
    /// whether there is room for most.
    fn place(&mut self, tree: &FamilyTree) -> bool {
        let row = |fall: f64| (f64::from(self.at_fall(fall)) / self.cell) as i32;
        let mut rows: BTreeMap<(u32, i32), i32> = BTreeMap::new();
        let mut nth = Vec::with_capacity(tree.marks.len());
        for mark in &tree.marks {
            let count = rows.entry((mark.column, row(mark.fall))).or_default();
            nth.push(*count);
            *count += 1;
        }
        let room = 0.92 * self.column;
        let place = |(mark, nth): (&Mark, &i32)| {
            let row = row(mark.fall);
            let count = rows[&(mark.column, row)];
            let step = self.cell.min(room / f64::from(count));
            // 0, 1, -1, 2, -2, ...
            let aside = f64::from(if nth % 2 == 1 { (nth + 1) / 2 } else { -nth / 2 });
            let shift = if count % 2 == 0 { -0.5 } else { 0.0 };
            let y = (f64::from(row) + 0.5) * self.cell;
            (self.x(mark.column) + ((aside + shift) * step).round() as i32, y.round() as i32)
        };
        self.places = tree.marks.iter().zip(&nth).map(place).collect();
        let tight = |count: &&i32| f64::from(**count) * self.cell > room;
        rows.values().filter(tight).sum::<i32>() as usize * 6 <= tree.marks.len()
    }
}

/// The ends of a price axis that holds the tree and the price, percent above and below the start price.
fn ends(scene: &Scene, tree: &FamilyTree) -> (f64, f64) {
    let summary = scene.simulator.summary();
    let (mut rise, mut fall) = (summary.greatest_rise_percent, summary.greatest_fall_percent);
    for mark in &tree.marks {
        (rise, fall) = (rise.max(-mark.fall), fall.max(mark.fall));
    }
    let end = |value: f64| ENDS.into_iter().find(|end| value <= 0.98 * end).unwrap_or(value);
    let longest = end(rise).max(end(fall));
    let end = |value: f64| if value > AIR * longest { end(value) } else { AIR * longest };
    (end(rise), end(fall))
}

/// The fall at a second, percent.
pub(super) fn fall_at(scene: &Scene, second: u32) -> f64 {
    percent(-scene.simulator.run().series.price[second as usize])
}
