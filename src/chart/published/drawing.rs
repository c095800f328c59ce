//! Draws the markers, their labels and the key.

use plotters::style::Color;

use super::markers::{Across, Marker};
use crate::chart::labels::{Labels, Over, Words};
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::shorter;
use crate::chart::{DrawError, Scene};
use crate::episodes::Place;
use crate::language::{leftward, tr};
use crate::say;

/// Half the height of a marker, and its distance from the edge of the plot, em.
const HALF: f64 = 0.42;
const EDGE: f64 = 0.8;

/// A marker on the sheet.
struct Placing {
    marker: Marker,
    /// The ends of its line across.
    line: (i32, i32),
    /// The upper and lower pixel of its values.
    levels: (i32, i32),
    /// The upper and lower end of its line upwards, if it has one.
    upright: Option<(i32, i32)>,
    /// The columns where it may stand, the best first.
    columns: Vec<i32>,
    /// Whether it is beyond the visible span.
    later: bool,
}

/// Draws the markers and their labels.
pub(in crate::chart) fn draw(
    sheet: &Sheet,
    scene: &Scene,
    markers: impl Iterator<Item = Marker>,
    (x, y, plot): (Linear, Linear, Bounds),
    labels: &mut Labels,
) -> Result<(), DrawError> {
    let placings: Vec<_> = markers.filter_map(|marker| placing(sheet, scene, (x, y, plot), marker)).collect();
    let mut columns = Vec::with_capacity(placings.len());
    // Marks at a time have one column; a level has the end of the plot at which its label is closest.
    for placing in &placings {
        let free = placing.columns.iter().copied().filter(|at| labels.free(placing.bounds(sheet, *at)));
        let free: Vec<i32> = free.collect();
        let free = if free.is_empty() { placing.columns[..1].to_vec() } else { free };
        let columns_here = if matches!(placing.marker.across, Across::Level) { free } else { vec![free[0]] };
        if let [only] = columns_here[..] {
            labels.take(placing.bounds(sheet, only));
        }
        columns.push(columns_here);
    }
    let ink = sheet.theme.ink;
    for placing in &placings {
        let width = if matches!(placing.marker.across, Across::Level) { 0.07 } else { 0.12 };
        let (top, bottom) = placing.levels;
        for level in if top < bottom { vec![top, bottom] } else { vec![top] } {
            sheet.rule((placing.line.0, level), (placing.line.1, level), &ink.mix(0.6), width)?;
        }
    }
    for (placing, columns) in placings.iter().zip(columns) {
        let at = label(sheet, labels, placing, &columns)?;
        labels.take(placing.bounds(sheet, at));
        if let Some((top, bottom)) = placing.upright {
            let half = sheet.ems(HALF);
            sheet.rule((at, top), (at, bottom), &ink.to_rgba(), 0.12)?;
            for end in [top, bottom] {
                sheet.rule((at - half, end), (at + half, end), &ink.to_rgba(), 0.12)?;
            }
        }
        shape(sheet, (at, placing.middle()), placing.marker.figure.target)?;
    }
    Ok(())
}

/// Where a marker may stand; `None` before the visible span.
fn placing(sheet: &Sheet, scene: &Scene, (x, y, plot): (Linear, Linear, Bounds), marker: Marker) -> Option<Placing> {
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let (first, last) = (first as f64, last as f64);
    let half = sheet.ems(HALF);
    let (from, to) = (y.px(marker.ends.0), y.px(marker.ends.1));
    let levels = (from.min(to), from.max(to));
    let (left, right) = (plot.left + sheet.ems(EDGE), plot.right - sheet.ems(EDGE));
    let near = |at: i32| ((at - half, at + half), vec![at]);
    let mut later = false;
    let (line, columns) = match marker.across {
        Across::Level => ((plot.left, plot.right), vec![left, right]),
        Across::End => {
            later = last < scene.simulator.rules().seconds as f64;
            near(right)
        }
        Across::From(_, to) if to < first => return None,
        Across::From(from, to) if to > last => {
            later = true;
            let line = if from < last { x.px(from.max(first)) } else { plot.right };
            ((line, plot.right), (0..12).map(|step| right - step * sheet.ems(1.0)).collect())
        }
        Across::From(from, to) if from < to => {
            // Sales are marked in the middle of their interval, a time at its end.
            let at = if matches!(marker.figure.place, Place::Low) { to } else { f64::midpoint(from, to) };
            ((x.px(from.max(first)), x.px(to)), vec![x.px(at.max(first))])
        }
        Across::From(_, at) => near(x.px(at)),
    };
    let upright = match marker.figure.place {
        // The fall that forced sales added begins at the fall without them.
        Place::Added => Some((y.px(scene.simulator.summary().without_bots_fall_percent), levels.1)),
        _ => (levels.1 - levels.0 > 2 * half).then_some(levels),
    };
    Some(Placing { marker, line, levels, upright, columns, later })
}

impl Placing {
    /// The height of the shape.
    fn middle(&self) -> i32 {
        if matches!(self.marker.figure.place, Place::Added) {
            self.levels.1
        } else {
            i32::midpoint(self.levels.0, self.levels.1)
        }
    }

    /// The bounds of the shape and its line upwards in a column.
    fn bounds(&self, sheet: &Sheet, at: i32) -> Bounds {
        let half = sheet.ems(HALF);
        let (high, low) = self.upright.unwrap_or((self.middle(), self.middle()));
        let (top, bottom) = (high.min(self.middle() - half), low.max(self.middle() + half));
        Bounds { left: at - half, right: at + half, top, bottom }
    }
}

/// Writes the label of a marker at the best of its columns, and returns the column.
fn label(sheet: &Sheet, labels: &mut Labels, placing: &Placing, columns: &[i32]) -> Result<i32, DrawError> {
    let short = placing.marker.words();
    let arrow = if placing.later { " →" } else { "" };
    let long = say!("published: {figure}", figure = short);
    let (aside, line, y) = (sheet.ems(2.0 * HALF), sheet.ems(0.75), placing.middle());
    let (top, bottom) = placing.upright.unwrap_or((y, y));
    let mut points = Vec::new();
    // Close to its line, or else one text line away.
    for rows in [&[y - line, y + line, bottom + line, top - line][..], &[bottom + 3 * line, top - 3 * line]] {
        for step in 0..12 {
            let far = aside + step * sheet.ems(2.0);
            for (at, y) in columns.iter().flat_map(|at| rows.iter().map(move |y| (at, *y))) {
                points.extend([((at + far, y), Anchor::Left), ((at - far, y), Anchor::Right)]);
            }
        }
    }
    for (text, over) in [(&long, Over::Nothing), (&short, Over::Nothing), (&short, Over::Lines)] {
        let text = format!("{text}{arrow}");
        let words = Words { text: &text, colour: sheet.theme.ink, bold: false, plate: true, over };
        if let Some(bounds) = labels.write(sheet, None, &words, &points)? {
            let away = |at: &&i32| (**at - bounds.left).abs().min((**at - bounds.right).abs());
            return Ok(columns.iter().min_by_key(away).copied().unwrap_or(columns[0]));
        }
    }
    Ok(columns[0])
}

/// A filled diamond, or an open circle.
fn shape(sheet: &Sheet, (x, y): Point, fitted: bool) -> Result<(), DrawError> {
    let theme = sheet.theme;
    if !fitted {
        sheet.dot((x, y), HALF, theme.paper)?;
        return sheet.ring((x, y), HALF - 0.08, theme.ink, 0.14);
    }
    // With a rim of the background, so that it stands out from a curve.
    for (size, colour) in [(HALF + 0.16, theme.paper), (HALF, theme.ink)] {
        let half = sheet.ems(size);
        sheet.fill(vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)], &colour.to_rgba())?;
    }
    Ok(())
}

/// Draws the key of the shapes that occur, to the right of a title that may be cut at a comma. Returns its left end.
pub(in crate::chart) fn key(
    sheet: &Sheet,
    markers: impl Iterator<Item = Marker>,
    right: i32,
    title: &str,
) -> Result<i32, DrawError> {
    let fitted: Vec<bool> = markers.map(|marker| marker.figure.target).collect();
    let kinds: Vec<bool> = [true, false].into_iter().filter(|kind| fitted.contains(kind)).collect();
    let (gap, between) = (sheet.ems(1.2), sheet.ems(0.9));
    let long = |fitted| if fitted { tr("published, fitted") } else { tr("published, not fitted") };
    let short = |fitted| if fitted { tr("fitted") } else { tr("not fitted") };
    let width = |words: fn(bool) -> &'static str| {
        kinds.iter().map(|kind| gap + sheet.width(words(*kind), false) + between).sum::<i32>()
    };
    let words = if right - width(long) > sheet.width(shorter(title), true) { long } else { short };
    let (mut at, y) = (right - width(words) + between, sheet.ems(0.95));
    let left = at - between;
    for kind in kinds {
        let text = sheet.width(words(kind), false);
        // In a language that is written from right to left, the shape is to the right of its words.
        let (shape_at, words_at) = if leftward() { (at + text + gap - gap / 2, at) } else { (at + gap / 2, at + gap) };
        shape(sheet, (shape_at, y), kind)?;
        sheet.words(words(kind), (words_at, y), Anchor::Left, sheet.theme.quiet)?;
        at += gap + text + between;
    }
    Ok(left)
}
