//! Placement of labels among lines and other labels.

use plotters::style::{Color, RGBColor};

use crate::chart::DrawError;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};

/// The labels placed so far, and the places that are taken.
pub(super) struct Labels {
    within: Bounds,
    taken: Vec<Bounds>,
    lines: Vec<Point>,
}

/// A label to be placed.
pub(super) struct Words<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Its colour.
    pub(super) colour: RGBColor,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it takes the first place within the sheet if all places are taken; otherwise it is left out.
    pub(super) needed: bool,
}

impl Labels {
    /// No labels yet within these bounds.
    pub(super) fn new(within: Bounds) -> Self {
        Self { within, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off a line, checked at a point every `every` units.
    pub(super) fn avoid(&mut self, line: &[Point], every: i32) {
        for pair in line.windows(2) {
            let [(x, y), (dx, dy)] = [pair[0], (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1)];
            let parts = (dx.abs().max(dy.abs()) / every.max(1)).clamp(1, 1000);
            self.lines.extend((0..=parts).map(|i| (x + dx * i / parts, y + dy * i / parts)));
        }
    }

    /// Writes a label at the first free place: the middle of its left or right end, or of its upper edge. Returns its
    /// bounds, if there is a place.
    pub(super) fn place(
        &mut self,
        sheet: &Sheet,
        words: &Words,
        places: &[(Point, Anchor)],
    ) -> Result<Option<Bounds>, DrawError> {
        let bounds = |(at, anchor): &(Point, Anchor)| bounds(sheet, words, *at, *anchor);
        let inside = |place: &&(Point, Anchor)| contains(self.within, bounds(place));
        let free = |place: &&(Point, Anchor)| {
            let bounds = bounds(place);
            !self.taken.iter().any(|taken| overlap(*taken, bounds)) && !self.lines.iter().any(|p| holds(bounds, *p))
        };
        let mut inside = places.iter().filter(inside);
        let first = inside.clone().next().filter(|_| words.needed);
        let Some((at, anchor)) = inside.find(free).or(first) else { return Ok(None) };
        let place = bounds(&(*at, *anchor));
        self.taken.push(place);
        if words.bold {
            sheet.bold(words.text, *at, *anchor, words.colour)?;
        } else {
            sheet.words(words.text, *at, *anchor, words.colour)?;
        }
        Ok(Some(place))
    }

    /// Writes a label as near to a point as possible, with a thin line to the point unless it is next to it.
    pub(super) fn name(&mut self, sheet: &Sheet, words: &Words, (x, y): Point) -> Result<(), DrawError> {
        let gap = sheet.ems(0.8);
        let near = [
            ((x + gap, y + gap), Anchor::Left),
            ((x - gap, y - gap), Anchor::Right),
            ((x + gap, y), Anchor::Left),
            ((x - gap, y), Anchor::Right),
            ((x + gap, y - gap), Anchor::Left),
            ((x - gap, y + gap), Anchor::Right),
        ];
        let far = (2..=9).flat_map(|i| {
            let [above, below] = [y - i * gap, y + i * gap];
            [
                ((x - gap / 2, above), Anchor::Left),
                ((x - gap / 2, below), Anchor::Left),
                ((x + gap / 2, below), Anchor::Right),
                ((x + gap / 2, above), Anchor::Right),
                ((x - i * gap, y + gap), Anchor::Right),
            ]
        });
        let places: Vec<_> = near.into_iter().chain(far).collect();
        let Some(place) = self.place(sheet, words, &places)? else { return Ok(()) };
        let to = if place.bottom < y { place.bottom } else { place.top };
        if (to - y).abs() < gap || (place.top..=place.bottom).contains(&y) {
            return Ok(());
        }
        sheet.rule((x, y + (to - y).signum() * gap / 2), (x, to), &sheet.theme.quiet.to_rgba(), 0.07)
    }
}

/// Estimated bounds of a label, without measuring text.
fn bounds(sheet: &Sheet, words: &Words, (x, y): Point, anchor: Anchor) -> Bounds {
    // As wide as in bold, so that a label stays in place when it becomes bold.
    let width = sheet.width(words.text, true);
    let half = sheet.ems(0.6);
    let left = match anchor {
        Anchor::Left => x,
        Anchor::Right => x - width,
        Anchor::Top => x - width / 2,
    };
    let top = if anchor == Anchor::Top { y } else { y - half };
    Bounds { left, right: left + width, top, bottom: top + 2 * half }
}

fn contains(outer: Bounds, b: Bounds) -> bool {
    b.left >= outer.left && b.right <= outer.right && b.top >= outer.top && b.bottom <= outer.bottom
}

fn overlap(a: Bounds, b: Bounds) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn holds(b: Bounds, (x, y): Point) -> bool {
    (b.left..=b.right).contains(&x) && (b.top..=b.bottom).contains(&y)
}
