//! The liquidation ladder: forced sales at each price. Its bars share the axis of the price view beside it, and fade as
//! the price passes them.

use plotters::style::Color;

use crate::chart::axes::{marked_fall, price_marks};
use crate::chart::derived::LimitSteps;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::{fall, place, plot, title};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, FINE, Scene, Spot};
use crate::language::tr;
use crate::model::results::summary::percent;
use crate::say;
use crate::units::dollars;

/// Margin to the left, em. The view beside it has the price axis.
const LEFT: f64 = 0.4;

/// The view `ladder` of the table.
pub(super) struct Ladder;

impl Drawing for Ladder {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let plot = Bounds { left: sheet.ems(LEFT), ..plot(sheet, true) };
        let y = fall(scene, plot);
        let steps = scene.limit_steps();
        let LimitSteps { bots, people, step, .. } = &*steps;
        let most = steps.longest();
        // A narrow ladder has room for one word.
        let narrow = plot.right - plot.left < sheet.ems(9.5);
        // The price axis is to the right of all bars, because the view beside it may not show the price.
        let marks = if narrow { Vec::new() } else { price_marks(scene, y) };
        let widest = marks.iter().map(|(_, text)| sheet.width(text, false)).max();
        let room = widest.map_or(0, |widest| widest + sheet.ems(0.8));
        let bars = Bounds { right: plot.right - room, ..plot };
        let width = f64::from(bars.right - bars.left) / most;
        let so_far = scene.passed_until(scene.now);
        let (passed, _) = so_far;
        // Top, bottom and right edge of each bar.
        let mut reach = Vec::with_capacity(bots.len());

        title(sheet, plot.left, if narrow { tr("Limits") } else { tr("Limits at each price") })?;
        for i in 0..bots.len() {
            let at = steps.at(i);
            let (top, bottom) = (y.px(at), y.px(at + step) - FINE);
            let middle = plot.left + (bots[i] * width).round() as i32;
            let right = middle + (people[i] * width).round() as i32;
            reach.push((top, bottom, right));
            let pale = if steps.passed(i, so_far) { 0.16 } else { 1.0 };
            if middle > plot.left {
                let bar = Bounds { left: plot.left, right: middle, top, bottom };
                sheet.bar(bar, &theme.bots.mix(pale))?;
            }
            if right > middle {
                // People are lighter: a second cue besides the hue.
                let bar = Bounds { left: middle, right, top, bottom };
                sheet.bar(bar, &theme.people.mix(0.5 * pale))?;
            }
        }
        let now = y.px(percent(-scene.simulator.run().series.price[scene.now]));
        sheet.rule((0, now), (plot.right, now), &theme.ink.to_rgba(), 0.12)?;
        marked_fall(sheet, scene, plot, y)?;
        let hit = words(sheet, plot, (bots, people), passed > *step, (y.px(passed), now))?;
        if narrow {
            return Ok(());
        }
        let half = sheet.ems(0.6);
        let free = |at: i32, text: &str| {
            let left = bars.right - sheet.width(text, false) - sheet.ems(0.5);
            reach.iter().all(|(top, bottom, right)| *right < left || *bottom < at - half || *top > at + half)
        };
        let mut taken = vec![now, plot.bottom + sheet.ems(0.95)];
        taken.extend(hit);
        let apart = |at: i32, taken: &[i32]| taken.iter().all(|other| (other - at).abs() > 2 * half);
        if most > 1e-6 {
            // The scale: the value of the longest bar. Shorts have their longest bars at the top.
            let words = say!("longest bar {amount}", amount = dollars(most));
            let (top, foot) = (plot.top + sheet.ems(0.3), plot.bottom - half);
            let at = if !free(top, &words) && free(foot, &words) && apart(foot, &taken) { foot } else { top };
            sheet.words(&words, (bars.right, at), Anchor::Right, theme.quiet)?;
        }
        for (at, text) in marks {
            if apart(at, &taken) {
                sheet.words(&text, (plot.right, at), Anchor::Right, theme.quiet)?;
            }
        }
        Ok(())
    }

    fn describe(&self, scene: &Scene) -> String {
        say!(
            "Bar chart of how much must be sold at each price, by bots and by people, beside the price. Bars pale \
             once the price has passed them. The long accounts hold {held}.",
            held = dollars(scene.simulator.rules().open_interest)
        )
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, (_, y): Point) -> Option<Spot> {
        Some(Spot::Fall(fall(scene, place(em, size, true)).value(y)))
    }
}

/// Names the bars where they are longest and explains the pale ones. Returns the height of that explanation.
fn words(
    sheet: &Sheet,
    plot: Bounds,
    (bots, people): (&[f64], &[f64]),
    burnt: bool,
    (front, now): (i32, i32),
) -> Result<Option<i32>, DrawError> {
    let theme = sheet.theme;
    let y = plot.bottom + sheet.ems(0.95);
    let fits = |text: &str| sheet.width(text, false) <= plot.right;
    let burnt = burnt && front > plot.top + sheet.ems(2.0);
    // Over the pale bars, just above the lowest price so far, and clear of the line of the current price.
    let hit = front - sheet.ems(0.8);
    let hit = (burnt && fits(tr("already hit")) && (now - hit).abs() > sheet.ems(0.5)).then_some(hit);
    if let Some(hit) = hit {
        sheet.words(tr("already hit"), (plot.right, hit), Anchor::Right, theme.quiet)?;
    }
    if bots.iter().sum::<f64>() > 0.0 {
        // In a language with longer words, one above the other.
        let both = fits(&[tr("bots"), "  ", tr("people")].concat());
        let y = if both { y } else { y - sheet.ems(1.25) };
        sheet.bold(tr("bots"), (plot.left, y), Anchor::Left, theme.bots_words)?;
    }
    if people.iter().sum::<f64>() > 0.0 {
        sheet.bold(tr("people"), (plot.right, y), Anchor::Right, theme.people_words)?;
    }
    Ok(hit)
}
