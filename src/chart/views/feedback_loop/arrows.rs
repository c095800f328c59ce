//! The arrows of the loop: its four quarters, inflows and outflows.

use plotters::style::{Color, RGBColor};

use super::figure::Figure;
use super::layout::{LINE, Station};
use crate::chart::DrawError;
use crate::chart::sheet::Point;

/// Space on either side of a station, em.
const GAP: f64 = 0.35;

/// A narrower flow is drawn as a thin grey line, em.
const LEAST: f64 = 0.12;

/// The opaque mix of a colour and the background: arrows overlap themselves, so they cannot be translucent.
pub(super) fn on(paper: RGBColor, colour: RGBColor, part: f64) -> RGBColor {
    let mix = |colour: u8, paper: u8| (f64::from(colour) * part + f64::from(paper) * (1.0 - part)).round() as u8;
    RGBColor(mix(colour.0, paper.0), mix(colour.1, paper.1), mix(colour.2, paper.2))
}

/// A flow into the loop or out of it.
pub(super) struct Aside {
    /// Its name and its amount as text.
    pub(super) words: [String; 2],
    /// Its amount, $bn.
    pub(super) billions: f64,
    /// Whether it flows into the loop.
    pub(super) enters: bool,
    /// The colour of its arrow.
    pub(super) colour: RGBColor,
    /// The colour of its text.
    pub(super) letters: RGBColor,
}

impl Figure<'_, '_> {
    fn grey(&self) -> RGBColor {
        on(self.sheet.theme.paper, self.sheet.theme.without_bots, 0.7)
    }

    /// Draws one quarter: layers of $bn side by side, the first one outermost, and an arrowhead before the next
    /// station.
    pub(super) fn quarter(&self, from: f64, to: f64, layers: &[(f64, RGBColor)]) -> Result<(), DrawError> {
        let (sheet, ring, em) = (self.sheet, &self.layout.ring, self.sheet.em);
        let (from, to) = (from + GAP * em, to - GAP * em);
        let widths: Vec<_> = layers.iter().map(|(billions, _)| self.width(*billions)).collect();
        let width: f64 = widths.iter().sum();
        let base = to - head(width) * em;
        let mut widest = (LEAST, self.grey());
        if width < LEAST {
            let line = ring.piece(from, base, 0.0);
            let grey = widest.1.to_rgba();
            if self.halted { sheet.dashed(&line, &grey, LEAST)? } else { sheet.line(line, &grey, LEAST)? }
        } else {
            let mut off = width / 2.0;
            for (width, (_, colour)) in widths.into_iter().zip(layers).filter(|(width, _)| *width > 0.0) {
                // Extends a little under the head, so that no gap shows between the two.
                let line = ring.piece(from, base + 0.1 * em, (off - width / 2.0) * em);
                sheet.line(line, &colour.to_rgba(), width)?;
                off -= width;
                if width > widest.0 {
                    widest = (width, *colour);
                }
            }
        }
        let half = half(width) * em;
        let corners = vec![ring.at(base).off(half), ring.at(to).off(0.0), ring.at(base).off(-half)];
        sheet.fill(corners, &widest.1.to_rgba())
    }

    /// Draws an arrow straight out of the ring or into it, with its text.
    pub(super) fn aside(&self, at: &Station, aside: &Aside) -> Result<(), DrawError> {
        let (sheet, em) = (self.sheet, self.sheet.em);
        let place = self.layout.ring.at(at.along);
        let width = self.width(aside.billions);
        let thin = width < LEAST;
        let colour = if thin { self.grey() } else { on(sheet.theme.paper, aside.colour, 0.8) };
        let [near, far] = self.layout.stub.map(|ems| ems * em);
        let (from, to) = if aside.enters { (far, near) } else { (near, far) };
        let base = to + (from - to).signum() * head(0.0) * em;
        let over = base + 0.1 * (to - base);
        sheet.line(vec![place.off(from), place.off(over)], &colour.to_rgba(), width.max(LEAST))?;
        let (base, tip): (Point, Point) = (place.off(base), place.off(to));
        // The ring is straight here, so the arrowhead spreads along it.
        let half = (half(width) * em).round() as i32;
        let across = ((tip.1 - base.1).signum() * half, (tip.0 - base.0).signum() * half);
        let corners = vec![(base.0 + across.0, base.1 + across.1), tip, (base.0 - across.0, base.1 - across.1)];
        sheet.fill(corners, &colour.to_rgba())?;

        let ((x, y), [name, number]) = (at.words, &aside.words);
        if at.lines == 1 {
            return sheet.words(&format!("{name} {number}"), (x, y), at.anchor, aside.letters);
        }
        sheet.words(name, (x, y), at.anchor, aside.letters)?;
        sheet.words(number, (x, y + sheet.ems(LINE)), at.anchor, aside.letters)
    }
}

/// Length of the arrowhead for that width, em.
fn head(width: f64) -> f64 {
    (0.6 * width).max(0.9)
}

/// Half the width of the arrowhead, em.
fn half(width: f64) -> f64 {
    0.5 * width + 0.38
}
