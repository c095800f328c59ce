//! The kept run in the picture of the price: its curve, and the difference shaded.

use plotters::style::Color;

use crate::chart::axes::price_curve;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::{DrawError, FINE, Kept, Role, Scene};
use crate::describe::{percent_words, since_words};
use crate::language::tr;
use crate::model::results::summary::percent;
use crate::say;

/// Draws the kept run under the current one. Blue shading: the price is now higher. Orange shading with gaps: it is now
/// lower.
pub(in crate::chart) fn shade(
    sheet: &Sheet,
    scene: &Scene,
    (x, y): (Linear, Linear),
    plot: Bounds,
) -> Result<(), DrawError> {
    let Some(Kept { simulator: kept, role: Role::Shaded }) = scene.kept else { return Ok(()) };
    let theme = sheet.theme;
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let (now, then) = (&scene.simulator.run().series.price, &kept.run().series.price);
    let last = last.min(then.len() - 1);
    // Bars are a few pixels wide, or a second if that is wider. A gap after each bar marks where the price is lower, so
    // that the difference does not depend on colour alone.
    let mut from = first;
    while from < last {
        let mut to = from + 1;
        while to < last && x.px(to as f64) - x.px(from as f64) < 3 * FINE {
            to += 1;
        }
        let (a, b) = (y.px(percent(-then[to])), y.px(percent(-now[to])));
        let (left, right) = (x.px(from as f64).max(plot.left), x.px(to as f64));
        let bounds = Bounds { left, right, top: a.min(b), bottom: a.max(b) };
        let pale = if to > scene.now { 0.5 } else { 1.0 };
        if b < a {
            sheet.bar(bounds, &theme.people.mix(0.22 * pale))?;
        } else if b > a {
            let right = left + ((right - left) / 2).max(FINE);
            sheet.bar(Bounds { right, ..bounds }, &theme.bots.mix(0.45 * pale))?;
        }
        from = to;
    }
    sheet.line(price_curve(then, first, last, x, y), &theme.quiet.to_rgba(), 0.1)?;
    // The name is at the lowest visible point of the kept run.
    let lowest = (first..=last).min_by(|a, b| then[*a].total_cmp(&then[*b])).unwrap_or(first);
    let middle = i32::midpoint(plot.left, plot.right);
    let point = (x.px(lowest as f64), y.px(percent(-then[lowest])) - sheet.ems(0.9));
    let anchor = if point.0 < middle { Anchor::Left } else { Anchor::Right };
    let gap = if anchor == Anchor::Left { sheet.ems(1.2) } else { -sheet.ems(1.2) };
    sheet.words(tr("kept"), (point.0 + gap, point.1), anchor, theme.quiet)
}

/// A sentence on the greatest fall of the kept run.
pub(super) fn words(kept: Kept) -> String {
    let other = kept.simulator.summary();
    let fall = percent_words(other.greatest_fall_percent);
    let when = since_words(other.trough(), kept.simulator.rules().purchase());
    if kept.role == Role::Itself {
        say!("The present run falls by {fall} at most, {when}.", fall, when)
    } else {
        say!("The run that was kept falls by {fall} at most, {when}.", fall, when)
    }
}
