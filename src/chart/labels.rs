//! Placement of labels beside the curves that they name.

use crate::chart::DrawError;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::text_width::wrapped;

/// Positions tried along a curve.
const TRIES: i32 = 32;

/// Distances tried on each side of a curve, an em apart.
const AWAY: i32 = 4;

/// Cost of crossing a curve: more than any distance costs.
const CROSSED: i32 = 10_000;

/// A plot with its curves and the labels placed so far.
pub(in crate::chart) struct Room<'a> {
    plot: Bounds,
    em: i32,
    curves: Vec<&'a [Point]>,
    taken: Vec<Bounds>,
}

/// The first text no wider than `room`, or else the last one.
pub(in crate::chart) fn fitting(sheet: &Sheet, texts: Vec<String>, bold: bool, room: i32) -> String {
    let last = texts.last().cloned().unwrap_or_default();
    texts.into_iter().find(|text| sheet.width(text, bold) <= room).unwrap_or(last)
}

/// Draws a sentence, wrapped to the width of the sheet.
pub(in crate::chart) fn sentence(sheet: &Sheet, text: &str) -> Result<(), DrawError> {
    let room = f64::from(sheet.size().0) / sheet.em - 0.8;
    let mut y = sheet.ems(3.0);
    for line in wrapped(text, false, room) {
        sheet.words(&line, (sheet.ems(0.2), y), Anchor::Left, sheet.theme.quiet)?;
        y += sheet.ems(1.35);
    }
    Ok(())
}

impl<'a> Room<'a> {
    /// A plot with these curves, each from left to right. `em` in units of the drawing.
    pub(in crate::chart) fn new(plot: Bounds, em: i32, curves: Vec<&'a [Point]>) -> Self {
        Self { plot, em, curves, taken: Vec::new() }
    }

    /// Reserves a place if it is free; returns whether it was.
    pub(in crate::chart) fn take(&mut self, place: Bounds) -> bool {
        let curve = |curve: &&[Point]| {
            let (top, bottom) = extent(curve, place.left, place.right)?;
            Some(Bounds { top, bottom: bottom + 1, ..place })
        };
        let things = self.curves.iter().filter_map(curve).chain(self.taken.iter().copied());
        let free = !things.into_iter().any(|thing| meet(thing, place)) && place.right <= self.plot.right;
        self.taken.extend(free.then_some(place));
        free
    }

    /// Writes a note at the first free place. A place is the middle of the left end of the text.
    pub(in crate::chart) fn note(&mut self, sheet: &Sheet, text: &str, places: &[Point]) -> Result<(), DrawError> {
        let half = sheet.ems(0.6);
        let bounds =
            |(left, y): Point| Bounds { left, right: left + sheet.width(text, false), top: y - half, bottom: y + half };
        let free = places.iter().copied().find(|place| self.take(bounds(*place)));
        free.map_or(Ok(()), |place| sheet.words(text, place, Anchor::Left, sheet.theme.quiet))
    }

    /// Reserves a place for the first text that fits above or below a curve without crossing anything: as close to the
    /// curve and as far right as possible. If every text crosses something, uses the last one. `None` if nothing fits
    /// into the plot, or only on top of other labels.
    pub(in crate::chart) fn name(
        &mut self,
        sheet: &Sheet,
        curve: usize,
        texts: Vec<String>,
        bold: bool,
    ) -> Option<(String, Bounds)> {
        let sizes: Vec<_> = texts.iter().map(|text| (sheet.width(text, bold), sheet.ems(1.25))).collect();
        self.first(curve, &sizes).and_then(|(i, place)| Some((texts.into_iter().nth(i)?, place)))
    }

    /// The same for blocks of any size, such as several lines of text.
    pub(in crate::chart) fn first(&mut self, curve: usize, sizes: &[(i32, i32)]) -> Option<(usize, Bounds)> {
        let mut found = None;
        for (i, size) in sizes.iter().enumerate() {
            if let Some((cost, place)) = self.beside(curve, *size) {
                found = Some((i, place));
                if cost < CROSSED {
                    break;
                }
            }
        }
        // No label rather than one on top of others.
        let found = found.filter(|(_, place)| !self.taken.iter().any(|other| meet(*other, *place)));
        self.taken.extend(found.map(|(_, place)| place));
        found
    }

    /// The best place for a block of this size at a curve, with its cost.
    fn beside(&self, curve: usize, (width, height): (i32, i32)) -> Option<(i32, Bounds)> {
        let rightmost = self.plot.right - self.em * 3 / 10;
        let reach = rightmost - width - self.plot.left - self.em * 3 / 10;
        if reach < 0 || height > self.plot.bottom - self.plot.top {
            return None;
        }
        let mut best: Option<(i32, Bounds)> = None;
        for place in 0..=TRIES {
            let right = rightmost - reach * place / TRIES;
            let left = right - width;
            let Some((high, low)) = extent(self.curves[curve], left, right) else { continue };
            for away in 0..2 * AWAY {
                let gap = self.em * 35 / 100 + away / 2 * self.em;
                let top = if away % 2 == 0 { high - gap - height } else { low + gap };
                let bounds = Bounds { left, right, top, bottom: top + height };
                if top < self.plot.top || bounds.bottom > self.plot.bottom {
                    continue;
                }
                // In hundredths of an em: the distance from the curve, where a steep curve counts as farther, and the
                // distance from the right edge.
                let apart = 100 * (low - high) / self.em.max(1) + 200 * (away / 2);
                let cost = self.crossed(curve, bounds) + apart + 500 * place / TRIES;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, bounds));
                }
            }
        }
        best
    }

    /// Cost of the curves and labels that a place touches.
    fn crossed(&self, own: usize, place: Bounds) -> i32 {
        let words = self.taken.iter().filter(|other| meet(**other, place)).count() as i32;
        let near = Bounds { top: place.top - self.em / 2, bottom: place.bottom + self.em / 2, ..place };
        let others = self.curves.iter().enumerate().filter(|(i, _)| *i != own);
        let curves = others.filter_map(|(_, curve)| extent(curve, place.left, place.right)).map(|(top, bottom)| {
            let curve = Bounds { top, bottom: bottom + 1, ..place };
            // A label close to a different curve could be taken for that curve's name.
            CROSSED * i32::from(meet(curve, place)) + 250 * i32::from(meet(curve, near))
        });
        4 * CROSSED * words + curves.sum::<i32>()
    }
}

fn meet(a: Bounds, b: Bounds) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// The highest and lowest pixel of a curve between two x positions.
fn extent(curve: &[Point], left: i32, right: i32) -> Option<(i32, i32)> {
    // Includes one point on each side: the curve is straight between points.
    let from = curve.partition_point(|(x, _)| *x < left).saturating_sub(1);
    let to = (curve.partition_point(|(x, _)| *x <= right) + 1).min(curve.len());
    let part = curve.get(from..to)?;
    let within = part.first().is_some_and(|(x, _)| *x <= right) && part.last().is_some_and(|(x, _)| *x >= left);
    let ends = |(high, low): (i32, i32), (_, y): &Point| (high.min(*y), low.max(*y));
    within.then(|| part.iter().fold((i32::MAX, i32::MIN), ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Bounds = Bounds { left: 0, right: 1000, top: 0, bottom: 400 };

    #[test]
    fn words_stand_at_their_curve_and_cross_neither_another_nor_other_words() {
        let flat = [(0, 100), (1000, 100)];
        let low = [(0, 140), (500, 140), (510, 390), (1000, 390)];
        let mut room = Room::new(PLOT, 20, vec![&flat, &low]);
        let (_, first) = room.first(0, &[(300, 30)]).unwrap();
        assert!(first.right > 990 && (first.bottom < 100 || first.top > 100));
        let (_, second) = room.first(1, &[(300, 30)]).unwrap();
        assert!(second.bottom < 390 && second.bottom > 370 && !meet(first, second), "{second:?}");
        let (_, third) = room.first(0, &[(300, 30)]).unwrap();
        assert!(!meet(third, first) && !meet(third, second), "{third:?}");
        assert!(!room.take(third) && room.take(Bounds { left: 900, right: 990, top: 200, bottom: 230 }));
    }

    #[test]
    fn the_longest_words_that_cross_nothing_are_chosen() {
        let bowl = [(0, 20), (300, 20), (310, 390), (690, 390), (700, 20), (1000, 20)];
        let lid = [(0, 2), (1000, 2)];
        let mut room = Room::new(PLOT, 20, vec![&lid, &bowl]);
        let (chosen, place) = room.first(0, &[(600, 30), (340, 30), (100, 30)]).unwrap();
        assert_eq!(chosen, 1);
        assert!(place.left > 310 && place.right < 690, "{place:?}");
    }

    #[test]
    fn where_there_is_no_room_there_are_no_words() {
        let flat = [(0, 100), (1000, 100)];
        let mut room = Room::new(PLOT, 20, vec![&flat]);
        assert_eq!(room.first(0, &[(1001, 30)]), None);
        assert_eq!(room.first(0, &[(300, 401)]), None);
        assert_eq!(Room::new(PLOT, 20, vec![&flat[..0]]).first(0, &[(300, 30)]), None);
        // A label over the whole plot leaves no room for others.
        assert!(room.first(0, &[(980, 290)]).is_some());
        assert_eq!(room.first(0, &[(980, 290)]), None);
    }
}
