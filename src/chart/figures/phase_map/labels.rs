//! The labels on a map: the reader's position, and the names of the lines, each at a free place.

use plotters::style::Color;

use super::field::{self, STEPS};
use super::scene::Here;
use super::words::{note, result};
use crate::chart::DrawError;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::language::tr;
use crate::model::PhaseMap;
use crate::say;
use crate::units::{figure, percent_of};

/// Finished cells before lines are named: labels that come and go while the map sharpens would be unreadable.
const SETTLED: usize = 256;

/// The labels placed so far.
pub(super) struct Labels<'a, 'b> {
    sheet: &'a Sheet<'b>,
    plot: Bounds,
    taken: Vec<Bounds>,
}

type Drawn = Result<(), DrawError>;

impl<'a, 'b> Labels<'a, 'b> {
    pub(super) fn new(sheet: &'a Sheet<'b>, plot: Bounds) -> Self {
        Self { sheet, plot, taken: Vec::new() }
    }

    /// Draws the reader's dot, its cross-hair and the result of its run. The result keeps off the line of R = 1, and is
    /// omitted while that line has no points.
    pub(super) fn here(&mut self, (x, y): Point, map: &PhaseMap, here: &Here, r: Option<&[Point]>) -> Drawn {
        let (sheet, plot) = (self.sheet, self.plot);
        let theme = sheet.theme;
        for (from, to) in [((x, plot.top), (x, plot.bottom)), ((plot.left, y), (plot.right, y))] {
            sheet.rule(from, to, &theme.ink.mix(0.55), 0.07)?;
        }
        sheet.dot((x, y), 0.75, theme.paper)?;
        sheet.dot((x, y), 0.58, theme.ink)?;
        sheet.dot((x, y), 0.22, theme.paper)?;
        let reach = sheet.ems(0.9);
        self.taken.push(Bounds { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });
        let Some(r) = r else { return Ok(()) };
        let result = result(map, &here.cell, true);
        let words = if sheet.narrow() { result } else { say!("you are here: {result}", result) };
        // Off the line of R = 1 if possible, otherwise in the quarter with the most room.
        let width = self.width(&words, true);
        let (aside, apart) = (sheet.ems(0.5), sheet.ems(1.5));
        let inside = |left: i32| left.min(plot.right - width).max(plot.left);
        let lefts = [x - aside - width, x + aside];
        let lefts = if x < i32::midpoint(plot.left, plot.right) { [lefts[1], lefts[0]] } else { lefts };
        let heights =
            if y > i32::midpoint(plot.top, plot.bottom) { [y - apart, y + apart] } else { [y + apart, y - apart] };
        let places: Vec<Point> = lefts.iter().flat_map(|left| heights.map(|middle| (inside(*left), middle))).collect();
        let free = places.iter().find(|at| self.free(&self.bounds(&words, **at, true), r));
        self.plate(&words, *free.unwrap_or(&places[0]), true)?;
        // Later labels keep off the cross-hair.
        self.taken.push(Bounds { left: x, right: x, ..plot });
        self.taken.push(Bounds { top: y, bottom: y, ..plot });
        Ok(())
    }

    /// Names the lines of R = 1 and of the moves.
    pub(super) fn lines(&mut self, map: &PhaseMap, r: &[Vec<Point>], steps: &[Vec<Vec<Point>>]) -> Drawn {
        if map.finished() < SETTLED.min(map.total()) {
            return Ok(());
        }
        let wide = !self.sheet.narrow();
        let name = "R = 1";
        let more = if field::rises(map) {
            tr("R = 1: beyond it the move feeds itself")
        } else {
            tr("R = 1: beyond it a fall feeds itself")
        };
        if let Some(note) = note(map) {
            let corner = (self.plot.left + self.sheet.ems(0.3), self.plot.top + self.sheet.ems(1.0));
            self.plate(note, corner, false)?;
        }
        // This name is the most important one: it is placed first, and may cross the lines of moves.
        for words in [more, name].into_iter().skip(usize::from(!wide)) {
            if let Some(at) = self.beside(words, r) {
                self.plate(words, at, true)?;
                break;
            }
        }
        let mut first = true;
        for (i, (step, lines)) in STEPS.iter().zip(steps).enumerate() {
            let plain = percent_of(&figure(*step));
            let words = match (first, field::rises(map)) {
                (false, _) => plain,
                (true, false) => say!("falls {percent}", percent = plain),
                (true, true) => say!("moves {percent}", percent = plain),
            };
            let others = steps.iter().enumerate().filter(|(other, _)| *other != i).flat_map(|(_, lines)| lines);
            let others: Vec<Point> = others.chain(r).flatten().copied().collect();
            let middle = |at: &Point| (at.1 - i32::midpoint(self.plot.top, self.plot.bottom)).abs();
            if let Some(at) = self.on(&words, lines, &others, middle) {
                self.plate(&words, at, false)?;
                first = false;
            }
        }
        Ok(())
    }

    /// Width of a text with air around it.
    fn width(&self, words: &str, bold: bool) -> i32 {
        self.sheet.width(words, bold) + self.sheet.ems(0.5)
    }

    /// Bounds of a text with this left end.
    fn bounds(&self, words: &str, (left, middle): Point, bold: bool) -> Bounds {
        let half = self.sheet.ems(0.68);
        Bounds { left, right: left + self.width(words, bold), top: middle - half, bottom: middle + half }
    }

    /// Draws text on the background colour.
    fn plate(&mut self, words: &str, at: Point, bold: bool) -> Drawn {
        let (sheet, bounds) = (self.sheet, self.bounds(words, at, bold));
        sheet.bar(bounds, &sheet.theme.paper.mix(0.9))?;
        self.taken.push(bounds);
        let at = (at.0 + sheet.ems(0.25), at.1);
        if bold {
            sheet.bold(words, at, Anchor::Left, sheet.theme.ink)
        } else {
            sheet.words(words, at, Anchor::Left, sheet.theme.ink)
        }
    }

    /// Whether a place is free: within the plot, over no other label and off these points.
    fn free(&self, bounds: &Bounds, off: &[Point]) -> bool {
        let inside = bounds.left >= self.plot.left
            && bounds.right <= self.plot.right
            && bounds.top >= self.plot.top
            && bounds.bottom <= self.plot.bottom;
        let apart = |other: &Bounds| {
            bounds.right <= other.left
                || other.right <= bounds.left
                || bounds.bottom <= other.top
                || other.bottom <= bounds.top
        };
        let covers =
            |(x, y): &Point| (bounds.left..=bounds.right).contains(x) && (bounds.top..=bounds.bottom).contains(y);
        inside && self.taken.iter().all(apart) && !off.iter().any(covers)
    }

    /// A free place for a bold text to the left of a line, as high as possible.
    fn beside(&self, words: &str, lines: &[Vec<Point>]) -> Option<Point> {
        let gap = self.sheet.ems(0.5);
        let places = lines.iter().flatten().map(|(x, y)| (x - gap - self.width(words, true), *y));
        places.filter(|at| self.free(&self.bounds(words, *at, true), &[])).min_by_key(|at| at.1)
    }

    /// A free place for a text on a line.
    fn on(&self, words: &str, lines: &[Vec<Point>], off: &[Point], wanted: impl Fn(&Point) -> i32) -> Option<Point> {
        let places = lines.iter().flatten().map(|(x, y)| (x - self.width(words, false) / 2, *y));
        places.filter(|at| self.free(&self.bounds(words, *at, false), off)).min_by_key(|at| wanted(at))
    }
}
