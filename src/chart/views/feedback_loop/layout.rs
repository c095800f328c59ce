//! The layout of the loop: a ring with a station at each side or, on a narrow sheet, all stations down one side.

use super::ring::Ring;
use crate::chart::sheet::{Anchor, Bounds, Point};

/// Line height, em.
pub(super) const LINE: f64 = 1.2;

/// The places of all parts.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// The ring.
    pub(super) ring: Ring,
    /// Price, limits, sales and impact.
    pub(super) stations: [Station; 4],
    /// Inflows and outflows: people, the first order, value buyers, the book's refill.
    pub(super) asides: [Station; 4],
    /// The end of the text about the depth of the book, if there is room for it.
    pub(super) depth: Option<Point>,
    /// Whether there is room for the texts of inflows and outflows.
    pub(super) roomy: bool,
    /// The middle of the gauge of R, and its radius.
    pub(super) gauge: (Point, f64),
    /// The start of the sentence about R and its number of lines; `None` if there is no room.
    pub(super) sentence: Option<(Point, usize)>,
    /// The ends of the arrows of inflows and outflows, em outside the path of the ring.
    pub(super) stub: [f64; 2],
    /// The greatest width of a flow, em.
    pub(super) widest: f64,
}

/// A place on the ring with text beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Station {
    /// Distance along the ring.
    pub(super) along: f64,
    /// The first line of its text.
    pub(super) words: Point,
    /// The anchor of that text.
    pub(super) anchor: Anchor,
    /// Number of lines.
    pub(super) lines: usize,
}

impl Layout {
    /// Whether all stations stand at one side of the ring.
    pub(super) fn is_stacked(&self) -> bool {
        self.depth.is_none()
    }

    /// A layout for a sheet of that size; `None` if it is too small for a loop.
    pub(super) fn new(em: f64, size: (i32, i32)) -> Option<Self> {
        let (wide, high) = (f64::from(size.0) / em, f64::from(size.1) / em);
        match wide {
            _ if wide < 14.0 || high < 11.0 => None,
            42.0.. if high < 1.2 * wide && high > 14.5 => Some(Self::around(em, wide, high)),
            _ => Self::stacked(em, wide, high),
        }
    }

    /// A ring with a station at each side.
    fn around(em: f64, wide: f64, high: f64) -> Self {
        let ems = |ems: f64| (em * ems).round() as i32;
        let (across, high) = ((wide - 25.0).min(46.0), high.min(42.0));
        let bounds = Bounds {
            left: ems((wide - across) / 2.0),
            right: ems(f64::midpoint(wide, across)),
            top: ems(3.6),
            bottom: ems(high - 3.6),
        };
        let down = high - 7.2;
        // The sides stay straight where arrows leave them.
        let ring = Ring::new(bounds, em * ((down - 7.4) / 2.0).clamp(0.7, 3.0));
        let (x, y) = (i32::midpoint(bounds.left, bounds.right), i32::midpoint(bounds.top, bounds.bottom));
        // Leaves room inside for two lines above, the gauge, the sentence below or beside it, and two lines below.
        let beside = across > 30.0;
        let lines = if down > if beside { 12.5 } else { 16.5 } { 2 } else { 1 };
        let under = !beside && down > 13.6;
        let column = x - ems(if beside { 3.2 } else { 4.8 });
        let mid = |side: usize| ring.on_side(side, 0.5);
        let (right, left) = (bounds.right + ems(1.9), bounds.left - ems(1.9));
        let inner = |along: f64, y: i32| Station { along, words: (column, y), anchor: Anchor::Left, lines };
        let outer = |along: f64, words: Point, anchor: Anchor| Station { along, words, anchor, lines: 2 };
        let stations = [
            inner(mid(0), bounds.top + ems(2.1)),
            outer(mid(1), (right, y - ems(2.2)), Anchor::Left),
            inner(mid(2), bounds.bottom - ems(2.1 + LINE * (lines - 1) as f64)),
            outer(mid(3), (left, y + ems(0.9)), Anchor::Right),
        ];
        let below = bounds.bottom + ems(2.3);
        let foot = |along: f64, x: i32, anchor: Anchor| Station { along, words: (x, below), anchor, lines: 1 };
        let buyers = ring.on_side(2, 0.9);
        let asides = [
            outer(mid(1) + 2.2 * em, (right + ems(1.6), y + ems(1.6)), Anchor::Left),
            foot(mid(2), x + ems(1.5), Anchor::Left),
            foot(buyers, ring.at(buyers).off(0.0).0 - ems(1.2), Anchor::Right),
            outer(mid(3) + 2.8 * em, (left - ems(1.6), y - ems(3.4)), Anchor::Right),
        ];
        let (gauge, sentence) = if beside {
            ((x - ems(7.0), y), Some(((column, y - ems(LINE / 2.0)), 2)))
        } else if under {
            ((x, y - ems(1.4)), Some(((column, y + ems(2.0)), 2)))
        } else {
            ((x, y), None)
        };
        let radius = em * (0.5 * down - 3.9).clamp(0.9, 2.3);
        let depth = Some((left, y + ems(0.9 + 2.0 * LINE)));
        let stub = [1.5, 3.2];
        Self { ring, stations, asides, depth, roomy: true, gauge: (gauge, radius), sentence, stub, widest: 2.6 }
    }

    /// All stations down the right side of a ring, with text beside them.
    fn stacked(em: f64, wide: f64, high: f64) -> Option<Self> {
        let ems = |ems: f64| (em * ems).round() as i32;
        let across = (wide * 0.3).clamp(4.0, 8.0);
        let foot = if high > 16.0 && wide > 21.0 { 2.8 } else { 1.4 };
        let bounds = Bounds { left: ems(1.6), right: ems(1.6 + across), top: ems(2.7), bottom: ems(high - foot) };
        let ring = Ring::new(bounds, em * 1.6);
        // Leaves room for the arrowhead at the upper corner, and for the flows after the last station.
        let (from, to) = (ring.on_side(1, 0.0) + 1.9 * em, ring.on_side(1, 1.0));
        let apart = ((to - from) / em - 2.3) / 3.0;
        let roomy = apart >= 3.35 * LINE && wide > 19.0;
        let to = to - if roomy { 2.3 } else { 0.4 } * em;
        let lines = if apart < 2.2 * LINE { 1 } else { 2 };
        if (to - from) / em < 3.0 * 1.4 {
            return None;
        }
        let words = bounds.right + ems(1.5);
        let station = |i: usize| {
            let along = from + (to - from) * i as f64 / 3.0;
            let y = ring.at(along).off(0.0).1 - if lines == 1 { 0 } else { ems(0.4) };
            Station { along, words: (words, y), anchor: Anchor::Left, lines }
        };
        let stations = [0, 1, 2, 3].map(station);
        let aside = |i: usize| {
            let Station { along, words: (x, y), .. } = stations[i];
            let words = (x + ems(0.8), y + ems(2.0 * LINE));
            Station { along: along + em * (2.0 * LINE - 0.4), words, anchor: Anchor::Left, lines: 1 }
        };
        let asides = [1, 2, 3, 0].map(aside);
        let (x, y) = (i32::midpoint(bounds.left, bounds.right), i32::midpoint(bounds.top, bounds.bottom));
        let radius = em * (0.5 * across - 1.4).clamp(0.9, 2.3);
        let sentence = (foot > 2.0).then_some(((ems(0.4), ems(high - 0.9)), 1));
        let stub = [0.6, 2.0];
        Some(Self { ring, stations, asides, depth: None, roomy, gauge: ((x, y), radius), sentence, stub, widest: 1.7 })
    }
}
