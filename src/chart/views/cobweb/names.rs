//! The labels in the cobweb's plot.

use plotters::style::Color;

use super::figure::Figure;
use crate::chart::DrawError;
use crate::chart::labels::{Labels, Over, Words};
use crate::chart::sheet::{Anchor, Point, Sheet};
use crate::language::tr;
use crate::model::closed_form::cobweb::Tipping;
use crate::say;

impl Figure<'_, '_> {
    /// Labels of the stop, the point of no return, the curves, and the position of the run.
    pub(super) fn labels(&self, curve: &[Point], line: &[Point; 2], reached: f64) -> Result<(), DrawError> {
        let Self { sheet, picture, plot, .. } = self;
        let theme = sheet.theme;
        let mut labels = Labels::new(*plot, sheet.ems(1.0));
        let axis = [(plot.left, plot.bottom), (plot.right, plot.bottom)];
        labels.avoid(0, [curve, line, &axis]);

        let stop = self.point((picture.stop, picture.stop - picture.first));
        let words = picture.words(picture.stop);
        let text = if picture.first == 0.0 {
            if picture.rises { tr("no first purchase") } else { tr("no first sale") }.into()
        } else if picture.staircase.runs_to_the_end() {
            say!("the whole ladder: {change}", change = words)
        } else {
            say!("stops at {change}", change = words)
        };
        let is_there = reached >= picture.stop && picture.first > 0.0;
        let colour = if is_there { theme.ink } else { theme.quiet };
        let words = Words { text: &text, colour, bold: is_there, plate: false, over: Over::Anything };
        near(&mut labels, sheet, &words, stop)?;

        if picture.staircase.is_empty() {
            let text = if picture.rises { tr("no short bots") } else { tr("no margin bots") };
            let left = plot.right - sheet.ems(0.4) - sheet.width(text, false);
            return labels.note(sheet, text, &[(left, plot.bottom - sheet.ems(1.2))]);
        }
        if let Some(tipping) = picture.staircase.tipping {
            self.no_return(&mut labels, tipping)?;
        }
        let (forced, takes) = if sheet.narrow() {
            (if picture.rises { tr("forced purchases") } else { tr("forced sales") }, tr("further move"))
        } else if picture.rises {
            (tr("push of forced purchases"), tr("rise beyond the first purchase"))
        } else {
            (tr("push of forced sales"), tr("fall beyond the first sale"))
        };
        for (text, colour, curve) in [(forced, theme.bots_words, curve), (takes, theme.ink, line)] {
            let words = Words { text, colour, bold: true, plate: false, over: Over::Nothing };
            labels.write(sheet, None, &words, &along(curve, sheet.ems(0.8)))?;
        }
        Ok(())
    }

    fn no_return(&self, labels: &mut Labels, tipping: Tipping) -> Result<(), DrawError> {
        let Self { sheet, picture, .. } = self;
        let fall = picture.percent(tipping.fall);
        let forced = picture.percent(tipping.fall - tipping.first_order + picture.first_log()) - picture.first;
        let at = self.point((fall, forced));
        sheet.dot(at, 0.34, sheet.theme.bots)?;
        sheet.dot(at, 0.2, sheet.theme.paper)?;
        let (text, colour) = (tr("point of no return"), sheet.theme.bots_words);
        near(labels, sheet, &Words { text, colour, bold: false, plate: false, over: Over::Nothing }, at)
    }
}

/// Writes a label as near to a point as possible, with a thin line to the point unless it is next to it.
fn near(labels: &mut Labels, sheet: &Sheet, words: &Words, (x, y): Point) -> Result<(), DrawError> {
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
    let Some(place) = labels.write(sheet, None, words, &places)? else { return Ok(()) };
    let to = if place.bottom < y { place.bottom } else { place.top };
    if (to - y).abs() < gap || (place.top..=place.bottom).contains(&y) {
        return Ok(());
    }
    sheet.rule((x, y + (to - y).signum() * gap / 2), (x, to), &sheet.theme.quiet.to_rgba(), 0.07)
}

/// Places along a curve, from its end backwards: above it and to its left, then below it and to its right. The closest
/// ones come first.
fn along(curve: &[Point], gap: i32) -> Vec<(Point, Anchor)> {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return Vec::new() };
    let far_and_part = (1..=3).flat_map(|far| (4..=18).rev().map(move |part| (far * gap, part)));
    let places = far_and_part.flat_map(|(far, part)| {
        // At even distances, regardless of the points of the curve.
        let x = first.0 + (last.0 - first.0) * part / 20;
        let i = curve.partition_point(|point| point.0 < x).clamp(1, curve.len() - 1);
        let [(x0, y0), (x1, y1)] = [curve[i - 1], curve[i]];
        let y = if x1 > x0 { y0 + (y1 - y0) * (x - x0) / (x1 - x0) } else { y1 };
        [
            ((x - gap, y - far), Anchor::Right),
            ((x + gap, y + far), Anchor::Left),
            ((x - gap, y + far), Anchor::Right),
            ((x + gap, y - far), Anchor::Left),
        ]
    });
    places.collect()
}
