//! Placement of labels: each gets the best of its possible places, off the lines and the labels that are already there.

use plotters::style::RGBColor;

use crate::chart::DrawError;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::text_width::wrapped;

/// Cost of crossing a line: more than any distance costs. Costs are in hundredths of an em.
const CROSSED: i64 = 1_000_000;

/// Cost of covering another label: more than crossing any number of lines.
const COVERED: i64 = 1_000_000_000_000;

/// Cost of being close to a line with a different name, which a reader could take for this one's.
const CLOSE: i64 = 250;

/// Cost of a place in a list, from the best to the worst, for each better one.
const LATER: i64 = 300;

/// Positions tried along a line, and distances tried on each side of it, an em apart.
const ALONG: i32 = 32;
const AWAY: i32 = 4;

/// Height of a line of text, em.
pub(in crate::chart) const LINE: f64 = 1.25;

/// A possible place: its cost, such as its distance from what it names, and its bounds.
pub(in crate::chart) type Place = (i64, Bounds);

/// What a label may be drawn over. Without such a place it is left out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::chart) enum Over {
    Nothing,
    Lines,
    Anything,
}

/// A text, its appearance, and what it may be drawn over.
pub(in crate::chart) struct Words<'a> {
    pub(in crate::chart) text: &'a str,
    pub(in crate::chart) colour: RGBColor,
    pub(in crate::chart) bold: bool,
    /// Whether it stands on a plate of the background colour.
    pub(in crate::chart) plate: bool,
    pub(in crate::chart) over: Over,
}

/// The obstacles of labels: lines, and the labels placed so far.
pub(in crate::chart) struct Labels<'a> {
    /// The area for labels.
    frame: Bounds,
    /// Text size, in units of the drawing.
    em: i32,
    /// Each line with the number of its name.
    lines: Vec<(usize, &'a [Point])>,
    taken: Vec<Bounds>,
}

impl<'a> Labels<'a> {
    /// No labels yet in this area.
    pub(in crate::chart) fn new(frame: Bounds, em: i32) -> Self {
        Self { frame, em, lines: Vec::new(), taken: Vec::new() }
    }

    /// Keeps labels off lines, except the label with the same number.
    pub(in crate::chart) fn avoid(&mut self, name: usize, lines: impl IntoIterator<Item = &'a [Point]>) {
        self.lines.extend(lines.into_iter().map(|line| (name, line)));
    }

    /// Keeps labels off a rectangle.
    pub(in crate::chart) fn take(&mut self, bounds: Bounds) {
        self.taken.push(bounds);
    }

    /// Whether a rectangle lies inside the area and off all labels; it may cross lines.
    pub(in crate::chart) fn free(&self, bounds: Bounds) -> bool {
        contains(self.frame, bounds) && self.cost(None, bounds) < COVERED
    }

    /// Reserves a place for the first of several texts that has a free one, or else for the last text. Returns which.
    pub(in crate::chart) fn first<P: IntoIterator<Item = Place>>(
        &mut self,
        name: Option<usize>,
        over: Over,
        texts: impl IntoIterator<Item = P>,
    ) -> Option<(usize, Bounds)> {
        let mut found = None;
        for (i, places) in texts.into_iter().enumerate() {
            let inside = places.into_iter().filter(|(_, bounds)| contains(self.frame, *bounds));
            let costs = inside.map(|(cost, bounds)| (cost + self.cost(name, bounds), bounds));
            if let Some((cost, bounds)) = costs.min_by_key(|(cost, _)| *cost) {
                found = Some((cost, i, bounds));
                if cost < CROSSED {
                    break;
                }
            }
        }
        let least = match over {
            Over::Nothing => CROSSED,
            Over::Lines => COVERED,
            Over::Anything => i64::MAX,
        };
        let (_, i, bounds) = found.filter(|(cost, ..)| *cost < least)?;
        self.taken.push(bounds);
        Some((i, bounds))
    }

    /// Cost of the lines and labels that a place touches.
    fn cost(&self, name: Option<usize>, place: Bounds) -> i64 {
        let near = Bounds { top: place.top - self.em / 2, bottom: place.bottom + self.em / 2, ..place };
        let others = self.lines.iter().filter(|(line, _)| Some(*line) != name);
        let lines = others.filter(|(_, line)| crosses(line, near));
        let lines: i64 = lines.map(|(_, line)| CLOSE + CROSSED * i64::from(crosses(line, place))).sum();
        let labels = self.taken.iter().filter(|other| meet(**other, place)).count() as i64;
        lines + COVERED * labels
    }

    /// Writes a text at the best of these points, in the order of preference. Returns its bounds.
    pub(in crate::chart) fn write(
        &mut self,
        sheet: &Sheet,
        name: Option<usize>,
        words: &Words,
        points: &[(Point, Anchor)],
    ) -> Result<Option<Bounds>, DrawError> {
        let Words { text, colour, bold, plate, over } = *words;
        let bounds = |(at, anchor): &(Point, Anchor)| sheet.bounds(text, bold, *at, *anchor);
        let places = points.iter().zip(0..).map(|(point, rank)| (LATER * rank, bounds(point)));
        let Some((_, place)) = self.first(name, over, [places]) else { return Ok(None) };
        if let Some((at, anchor)) = points.iter().find(|point| bounds(point) == place) {
            if plate {
                sheet.plate(text, *at, *anchor, colour, bold)?;
            } else {
                sheet.text(text, *at, *anchor, colour, bold)?;
            }
        }
        Ok(Some(place))
    }

    /// Writes a note at the first free one of these left ends.
    pub(in crate::chart) fn note(&mut self, sheet: &Sheet, text: &str, points: &[Point]) -> Result<(), DrawError> {
        let words = Words { text, colour: sheet.theme.quiet, bold: false, plate: false, over: Over::Nothing };
        let points: Vec<_> = points.iter().map(|point| (*point, Anchor::Left)).collect();
        self.write(sheet, None, &words, &points).map(drop)
    }

    /// Writes the first text that fits above or below the line of that name.
    pub(in crate::chart) fn name(
        &mut self,
        sheet: &Sheet,
        name: usize,
        texts: &[String],
        (colour, bold): (RGBColor, bool),
    ) -> Result<(), DrawError> {
        let height = sheet.ems(LINE);
        let places: Vec<_> = texts.iter().map(|text| self.beside(name, (sheet.width(text, bold), height))).collect();
        let Some((i, place)) = self.first(Some(name), Over::Lines, places) else { return Ok(()) };
        sheet.text(&texts[i], (place.right, place.top + height / 2), Anchor::Right, colour, bold)
    }

    /// Places for a block of this size above and below the line of that name, which runs from left to right: as close to
    /// it and as far right as possible.
    pub(in crate::chart) fn beside(&self, name: usize, (width, height): (i32, i32)) -> Vec<Place> {
        let Some((_, line)) = self.lines.iter().find(|(line, _)| *line == name) else { return Vec::new() };
        let rightmost = self.frame.right - self.em * 3 / 10;
        let reach = rightmost - width - self.frame.left - self.em * 3 / 10;
        let mut places = Vec::new();
        for part in (0..=ALONG).filter(|_| reach >= 0) {
            let right = rightmost - reach * part / ALONG;
            let left = right - width;
            let Some((high, low)) = extent(line, left, right) else { continue };
            for away in 0..AWAY {
                let gap = self.em * 35 / 100 + away * self.em;
                // A steep line is farther away.
                let cost = 500 * part / ALONG + 200 * away + 100 * (low - high) / self.em.max(1);
                for top in [high - gap - height, low + gap] {
                    places.push((i64::from(cost), Bounds { left, right, top, bottom: top + height }));
                }
            }
        }
        places
    }
}

/// Writes a bold text on a plate beside a mark: to its right, or to its left if it has more room there.
pub(in crate::chart) fn beside_mark(
    sheet: &Sheet,
    text: &str,
    (x, y): Point,
    aside: i32,
    colour: RGBColor,
) -> Result<(), DrawError> {
    let right = x + aside + sheet.width(text, true) <= sheet.size().0 || x < sheet.size().0 / 2;
    let (x, anchor) = if right { (x + aside, Anchor::Left) } else { (x - aside, Anchor::Right) };
    sheet.plate(text, (x, y), anchor, colour, true)
}

/// The first text no wider than `room`, or else the last one.
pub(in crate::chart) fn fitting(sheet: &Sheet, texts: Vec<String>, bold: bool, room: i32) -> String {
    let last = texts.last().cloned().unwrap_or_default();
    texts.into_iter().find(|text| sheet.width(text, bold) <= room).unwrap_or(last)
}

/// Draws a sentence, wrapped to the width of the sheet.
pub(in crate::chart) fn sentence(sheet: &Sheet, text: &str) -> Result<(), DrawError> {
    let mut y = sheet.ems(3.0);
    for line in wrapped(text, false, f64::from(sheet.size().0) / sheet.em - 0.8) {
        sheet.words(&line, (sheet.ems(0.2), y), Anchor::Left, sheet.theme.quiet)?;
        y += sheet.ems(1.35);
    }
    Ok(())
}

fn meet(a: Bounds, b: Bounds) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

fn contains(outer: Bounds, b: Bounds) -> bool {
    b.left >= outer.left && b.right <= outer.right && b.top >= outer.top && b.bottom <= outer.bottom
}

/// Whether a line crosses or touches a rectangle.
fn crosses(line: &[Point], b: Bounds) -> bool {
    line.windows(2).any(|pair| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x0.max(x1) < b.left || x0.min(x1) > b.right || y0.max(y1) < b.top || y0.min(y1) > b.bottom {
            return false;
        }
        // Not all corners lie on the same side.
        let side =
            |(x, y): Point| (i64::from(x1 - x0) * i64::from(y - y0) - i64::from(y1 - y0) * i64::from(x - x0)).signum();
        let sides = [(b.left, b.top), (b.right, b.top), (b.left, b.bottom), (b.right, b.bottom)].map(side);
        sides.into_iter().sum::<i64>().abs() < 4
    })
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
mod tests;
