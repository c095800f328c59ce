//! The labels on a map: the reader's position, and the names of the lines, each at a free place.

use plotters::style::Color;

use super::field::{self, STEPS};
use super::scene::Here;
use super::words::{note, result};
use crate::chart::DrawError;
use crate::chart::labels::{Labels, Over, Words};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::language::tr;
use crate::model::PhaseMap;
use crate::say;
use crate::units::{figure, percent_of};

/// Finished cells before lines are named: labels that come and go while the map sharpens would be unreadable.
const SETTLED: usize = 256;

/// The number of the lines of R = 1 among the lines; the moves have the first ones.
const R: usize = STEPS.len();

/// A map and the labels placed so far.
pub(super) struct MapLabels<'a, 'b> {
    sheet: &'a Sheet<'b>,
    plot: Bounds,
    labels: Labels<'a>,
}

type Drawn = Result<(), DrawError>;

impl<'a, 'b> MapLabels<'a, 'b> {
    /// No labels yet; they keep off the lines of R = 1.
    pub(super) fn new(sheet: &'a Sheet<'b>, plot: Bounds, r: &'a [Vec<Point>]) -> Self {
        let mut labels = Labels::new(plot, sheet.ems(1.0));
        labels.avoid(R, r.iter().map(Vec::as_slice));
        Self { sheet, plot, labels }
    }

    /// Draws the reader's dot, its cross-hair and, if wanted, the result of its run.
    pub(super) fn here(&mut self, (x, y): Point, map: &PhaseMap, here: &Here, named: bool) -> Drawn {
        let (sheet, plot) = (self.sheet, self.plot);
        let theme = sheet.theme;
        for (from, to) in [((x, plot.top), (x, plot.bottom)), ((plot.left, y), (plot.right, y))] {
            sheet.rule(from, to, &theme.ink.mix(0.55), 0.07)?;
        }
        sheet.dot((x, y), 0.75, theme.paper)?;
        sheet.dot((x, y), 0.58, theme.ink)?;
        sheet.dot((x, y), 0.22, theme.paper)?;
        let reach = sheet.ems(0.9);
        self.labels.take(Bounds { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });
        if !named {
            return Ok(());
        }
        let result = result(map, &here.cell, true);
        let text = if sheet.narrow() { result } else { say!("you are here: {result}", result) };
        // In one of the quarters; first in the one with the most room.
        let (width, aside, apart) = (sheet.width(&text, true), sheet.ems(0.7), sheet.ems(1.5));
        let mut sides =
            [((x - aside).max(plot.left + width), Anchor::Right), ((x + aside).min(plot.right - width), Anchor::Left)];
        if x < i32::midpoint(plot.left, plot.right) {
            sides.reverse();
        }
        let heights =
            if y > i32::midpoint(plot.top, plot.bottom) { [y - apart, y + apart] } else { [y + apart, y - apart] };
        let places = sides.map(|(x, anchor)| heights.map(|y| ((x, y), anchor)));
        self.write(&text, true, Over::Anything, None, places.as_flattened())?;
        // Later labels keep off the cross-hair.
        self.labels.take(Bounds { left: x, right: x, ..plot });
        self.labels.take(Bounds { top: y, bottom: y, ..plot });
        Ok(())
    }

    /// Names the lines of R = 1 and of the moves.
    pub(super) fn lines(&mut self, map: &PhaseMap, r: &[Vec<Point>], steps: &'a [Vec<Vec<Point>>]) -> Drawn {
        if map.finished() < SETTLED.min(map.total()) {
            return Ok(());
        }
        let (sheet, plot) = (self.sheet, self.plot);
        if let Some(note) = note(map) {
            let corner = (plot.left + sheet.ems(0.3), plot.top + sheet.ems(1.0));
            self.write(note, false, Over::Anything, None, &[(corner, Anchor::Left)])?;
        }
        // To the left of its line, as high as possible. This name is the most important one: it is placed first, and
        // may cross the lines of moves.
        let more = if field::rises(map) {
            tr("R = 1: beyond it the move feeds itself")
        } else {
            tr("R = 1: beyond it a fall feeds itself")
        };
        let gap = sheet.ems(0.7);
        let mut places: Vec<_> = r.iter().flatten().map(|(x, y)| ((x - gap, *y), Anchor::Right)).collect();
        places.sort_by_key(|((_, y), _)| *y);
        for text in [more, "R = 1"].into_iter().skip(usize::from(sheet.narrow())) {
            if self.write(text, true, Over::Nothing, Some(R), &places)? {
                break;
            }
        }
        for (i, lines) in steps.iter().enumerate() {
            self.labels.avoid(i, lines.iter().map(Vec::as_slice));
        }
        let mut first = true;
        for (i, (step, lines)) in STEPS.iter().zip(steps).enumerate() {
            let plain = percent_of(&figure(*step));
            let text = match (first, field::rises(map)) {
                (false, _) => plain,
                (true, false) => say!("falls {percent}", percent = plain),
                (true, true) => say!("moves {percent}", percent = plain),
            };
            // On its line, as near to the middle as possible.
            let half = sheet.width(&text, false) / 2;
            let mut places: Vec<_> = lines.iter().flatten().map(|(x, y)| ((x - half, *y), Anchor::Left)).collect();
            places.sort_by_key(|((_, y), _)| (y - i32::midpoint(plot.top, plot.bottom)).abs());
            if self.write(&text, false, Over::Nothing, Some(i), &places)? {
                first = false;
            }
        }
        Ok(())
    }

    /// Writes a text at the best of these places; returns whether there is one.
    fn write(
        &mut self,
        text: &str,
        bold: bool,
        over: Over,
        name: Option<usize>,
        places: &[(Point, Anchor)],
    ) -> Result<bool, DrawError> {
        let words = Words { text, colour: self.sheet.theme.ink, bold, plate: true, over };
        Ok(self.labels.write(self.sheet, name, &words, places)?.is_some())
    }
}
