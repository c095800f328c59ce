//! The liquidation ladder: how much must be sold at which price. Bars stand on the price axis of the price
//! view beside it, and burn away as the price passes them.

use plotters::prelude::DrawingBackend;
use plotters::style::Color;

use super::axes::{ends, fall, marked_fall, place, plot, price_marks, title};
use super::sheet::{Anchor, Bounds, Point, Sheet, letters};
use super::{DrawError, FINE, Scene, Spot};
use crate::language::tr;
use crate::model::Limits;
use crate::model::summary::percent;
use crate::say;
use crate::units::dollars;

/// Steps of the price axis from its top to its foot.
const STEPS: usize = 50;

/// Margin to the left, em: the price axis is that of the view beside it.
const LEFT: f64 = 0.4;

/// The fall at a height of the sheet, percent.
pub(super) fn spot(em: f64, size: (i32, i32), scene: &Scene, (_, y): Point) -> Spot {
    Spot::Fall(fall(scene, place(em, size, true)).value(y))
}

pub(super) fn draw<DB: DrawingBackend>(sheet: &Sheet<DB>, scene: &Scene) -> Result<(), DrawError<DB>> {
    let theme = sheet.theme;
    let plot = Bounds { left: sheet.ems(LEFT), ..plot(sheet, true) };
    let y = fall(scene, plot);
    let (highest, deepest) = ends(scene);
    let limits = scene.extras.limits(scene.simulator);
    let both_ways = !limits.short_bots.is_empty() && highest > 0.2 * deepest;
    let step = if both_ways { highest + deepest } else { deepest } / STEPS as f64;
    // Steps above the start, where shorts have their limits, and below it.
    let above = if both_ways { (highest / step).ceil() as usize } else { 0 };
    let side = |long: &[f64], short: &[f64]| {
        let mut steps = by_step(short, above, |level| -percent(-level) / step);
        steps.reverse();
        steps.extend(by_step(long, STEPS - above, |level| percent(level) / step));
        steps
    };
    let (bots, people) = (side(&limits.bots, &limits.short_bots), side(&limits.people, &limits.short_people));
    // The heights of the bars do not depend on who is a bot, so that they stay when bots take over.
    let most = bots.iter().zip(&people).map(|(b, p)| b + p).fold(1e-9, f64::max);
    let width = f64::from(plot.right - plot.left) / most;
    let (passed, risen) = passed(scene);
    let edge = sheet.ems(0.12).max(FINE);
    // Where each bar lies, from top to bottom and to the right.
    let mut reach = Vec::with_capacity(bots.len());

    // A narrow ladder has room for one word.
    let narrow = plot.right - plot.left < sheet.ems(9.5);
    title(sheet, plot.left, if narrow { tr("Limits") } else { tr("Limits at each price") })?;
    for i in 0..bots.len() {
        let at = (i as f64 - above as f64) * step;
        let (top, bottom) = (y.px(at), y.px(at + step) - FINE);
        let middle = plot.left + (bots[i] * width).round() as i32;
        let right = middle + (people[i] * width).round() as i32;
        reach.push((top, bottom, right));
        let burnt = if at < 0.0 { at + 0.5 * step >= -risen } else { at + 0.5 * step <= passed };
        let pale = if burnt { 0.16 } else { 1.0 };
        if middle > plot.left {
            let bar = Bounds { left: plot.left, right: middle, top, bottom };
            sheet.bar(bar, &theme.bots.mix(pale))?;
        }
        if right > middle {
            // People are drawn lighter and with an edge: the second cue besides the hue.
            let bar = Bounds { left: middle, right, top, bottom };
            sheet.bar(bar, &theme.people.mix(0.35 * pale))?;
            sheet.bar(Bounds { left: right - edge, right, top, bottom }, &theme.people.mix(pale))?;
        }
    }
    let now = y.px(percent(-scene.simulator.run().series.price[scene.now]));
    sheet.rule((0, now), (plot.right, now), &theme.ink.to_rgba(), 0.12)?;
    marked_fall(sheet, scene, plot, y)?;
    let hit = words(sheet, plot, (&bots, &people), passed > step, (y.px(passed), now))?;
    if narrow {
        return Ok(());
    }
    let half = sheet.ems(0.6);
    let free = |at: i32, text: &str| {
        let left = plot.right - sheet.ems(0.56 * letters(text) + 0.5);
        reach.iter().all(|(top, bottom, right)| *right < left || *bottom < at - half || *top > at + half)
    };
    let mut taken = vec![now, plot.bottom + sheet.ems(0.95)];
    taken.extend(hit);
    let apart = |at: i32, taken: &[i32]| taken.iter().all(|other| (other - at).abs() > 2 * half);
    if most > 1e-6 {
        // The scale: what the longest bar stands for. Shorts have their longest bars at the top.
        let words = say!("longest bar {amount}", amount = dollars(most));
        let (top, foot) = (plot.top + sheet.ems(0.3), plot.bottom - half);
        let at = if !free(top, &words) && free(foot, &words) && apart(foot, &taken) { foot } else { top };
        sheet.words(&words, (plot.right, at), Anchor::Right, theme.quiet)?;
        taken.push(at);
    }
    // The price axis, where bars leave room: the view beside it may be another than the price.
    for (at, text) in price_marks(scene, y) {
        if free(at, &text) && apart(at, &taken) {
            sheet.words(&text, (plot.right, at), Anchor::Right, theme.quiet)?;
        }
    }
    Ok(())
}

/// Names the bars where they are longest and says what the pale ones are. Gives the height of that.
fn words<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    plot: Bounds,
    (bots, people): (&[f64], &[f64]),
    burnt: bool,
    (front, now): (i32, i32),
) -> Result<Option<i32>, DrawError<DB>> {
    let theme = sheet.theme;
    let y = plot.bottom + sheet.ems(0.95);
    let fits = |text: &str| sheet.ems(0.55 * letters(text)) <= plot.right;
    let burnt = burnt && front > plot.top + sheet.ems(2.0);
    // Over the pale bars, just above the lowest price so far, and never through the line of the present one.
    let hit = front - sheet.ems(0.8);
    let hit = (burnt && fits(tr("already hit")) && (now - hit).abs() > sheet.ems(0.5)).then_some(hit);
    if let Some(hit) = hit {
        sheet.words(tr("already hit"), (plot.right, hit), Anchor::Right, theme.quiet)?;
    }
    if bots.iter().sum::<f64>() > 0.0 {
        // Where a language has no room for both in a line, one over the other.
        let both = fits(&[tr("bots"), "  ", tr("people")].concat());
        let y = if both { y } else { y - sheet.ems(1.25) };
        sheet.bold(tr("bots"), (plot.left, y), Anchor::Left, theme.bots_words)?;
    }
    if people.iter().sum::<f64>() > 0.0 {
        sheet.bold(tr("people"), (plot.right, y), Anchor::Right, theme.people_words)?;
    }
    Ok(hit)
}

/// The greatest fall and the greatest rise so far of the price that limits are held against, percent.
fn passed(scene: &Scene) -> (f64, f64) {
    let price = scene.simulator.run().series.limits_price();
    let so_far = price[..=scene.now].iter().copied();
    let (low, high) = so_far.fold((0.0, 0.0), |(low, high): (f64, f64), price| (low.min(price), high.max(price)));
    (percent(-low), -percent(-high))
}

/// Sums the narrow bins of the model over so many steps of the axis.
fn by_step(bins: &[f64], count: usize, step_of: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut steps = vec![0.0; count];
    for (bin, amount) in bins.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
        if let Some(step) = steps.get_mut(step_of(Limits::fall(bin)) as usize) {
            *step += amount;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::more::Extras;
    use crate::chart::{Mark, Span};
    use crate::model::Simulator;
    use crate::query;

    #[test]
    fn bars_burn_where_the_price_that_limits_are_held_against_has_been() {
        let simulator = Simulator::new(&query::parse("mark=20&shock=8&accounts=300").unwrap());
        let (mark, extras) = (Mark::default(), Extras::default());
        let scene = Scene { simulator: &simulator, span: Span::Whole, now: 320, mark, kept: None, extras: &extras };
        let series = &simulator.run().series;
        let (fall, _) = passed(&scene);
        assert!((fall - percent(-series.mark[320])).abs() < 1e-12 && fall < 0.7 * percent(-series.price[320]));
    }
}
