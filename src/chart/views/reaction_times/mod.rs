//! Bots and people on one logarithmic time axis, from a second after the first order to the end of the run. The price
//! is on top; below it, the forced orders and the reaction times of each.

mod log_time;
mod strip;

use plotters::style::Color;

use crate::chart::axes::{marked_fall, price_marks, value_marks};
use crate::chart::curve::{Curve, Scale as _};
use crate::chart::extreme::{extreme, extreme_words};
use crate::chart::halts::halts;
use crate::chart::labels::{Labels, fitting};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::{fall, place, plot, title};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene, Spot};
use crate::describe::{percent_words, rise_words, since_words};
use crate::language::tr;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use log_time::LogTime;
use strip::{AROUND, LATER, Strip, about, sum};

/// Share of the height for the price; the two strips share the rest.
const PRICE: f64 = 0.46;

/// Marks of the time axis, s after the first order began.
const MARKS: [usize; 5] = [1, 10, 60, 600, 3600];

/// The view `pace` of the table.
pub(super) struct ReactionTimes;

impl Drawing for ReactionTimes {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let (whole, prices) = plots(sheet);
        let x = LogTime::new(scene.simulator, whole);

        frame(sheet, scene, (whole, prices), &x)?;
        price(sheet, scene, prices, &x)?;
        let strips = Strip::both(scene);
        // One scale for both strips; each is as high as its bars require.
        let most = strips.each_ref().map(|strip| strip.bars.iter().map(|bar| bar.density).fold(1e-12, f64::max));
        let room = f64::from((whole.bottom - prices.bottom - 2 * sheet.ems(AROUND)).max(0));
        let share = (most[0] / (most[0] + most[1])).clamp(0.25, 0.75);
        let scale = room * (share / most[0]).min((1.0 - share) / most[1]);
        let middle = prices.bottom + sheet.ems(AROUND) + (share * room) as i32;
        for (strip, (top, bottom)) in strips.iter().zip([(prices.bottom, middle), (middle, whole.bottom)]) {
            strip.draw(sheet, scene, Bounds { top, bottom, ..whole }, &x, scale)?;
        }

        let in_sight = |second: &usize| (SHOCK_AT + 1..=scene.simulator.rules().seconds).contains(second);
        if let Some(second) = scene.mark.second.filter(in_sight) {
            let at = x.px(second as f64);
            sheet.dashed(&[(at, whole.top), (at, whole.bottom)], &theme.people.to_rgba(), 0.1)?;
        }
        marked_fall(sheet, scene, prices, fall(scene, prices))?;
        if in_sight(&scene.now) && scene.now < scene.simulator.rules().seconds {
            let at = x.px(scene.now as f64);
            sheet.rule((at, whole.top), (at, whole.bottom), &theme.ink.mix(0.6), 0.1)?;
            let now = scene.simulator.run().series.price[scene.now];
            sheet.dot((at, fall(scene, prices).px(percent(-now))), 0.32, theme.ink)?;
        }
        Ok(())
    }

    fn axes(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        let (whole, prices) = plots(sheet);
        frame(sheet, scene, (whole, prices), &LogTime::new(scene.simulator, whole))?;
        Ok(true)
    }

    fn finding(&self, scene: &Scene) -> String {
        let summary = scene.simulator.summary();
        if scene.simulator.rules().purchase() {
            let rise = rise_words(summary.greatest_rise_percent);
            say!("The price rises by {rise}; {reactions}.", rise, reactions = reactions(scene))
        } else {
            say!(
                "The price falls by {fall} at most, {when}; {reactions}.",
                fall = percent_words(summary.greatest_fall_percent),
                when = since_words(summary.trough(), false),
                reactions = reactions(scene)
            )
        }
    }

    fn describe(&self, scene: &Scene) -> String {
        let so_far = |bots| sum(scene, bots).unwrap_or_else(|| tr("nothing").into());
        say!(
            "Price and forced orders on a logarithmic time axis from a second after the first order: {reactions}. Up to now, \
         {when}, by force: bots {bots}, people {people}.",
            reactions = reactions(scene),
            when = since_words(scene.now, scene.simulator.rules().purchase()),
            bots = so_far(true),
            people = so_far(false)
        )
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, (x, _): Point) -> Option<Spot> {
        let plot = place(em, size, true);
        let second = LogTime::new(scene.simulator, plot).second(x).round() as usize;
        let inside = (plot.left..=plot.right).contains(&x);
        inside.then_some(Spot::Second(second.clamp(SHOCK_AT + 1, scene.simulator.rules().seconds)))
    }
}

/// The whole plot, and its upper part for the price.
fn plots(sheet: &Sheet) -> (Bounds, Bounds) {
    let whole = plot(sheet, true);
    let height = f64::from(whole.bottom - whole.top);
    (whole, Bounds { bottom: whole.top + (PRICE * height) as i32, ..whole })
}

/// Draws the title, and the marks of both axes.
fn frame(sheet: &Sheet, scene: &Scene, (whole, prices): (Bounds, Bounds), x: &LogTime) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let names = [tr("Who acts when after the first order (logarithmic time)"), tr("Who acts when (logarithmic time)")];
    let narrow = [tr("Who acts when (log time)"), tr("Who acts when")];
    let names = names.iter().chain(&narrow).map(|name| (*name).into()).collect();
    title(sheet, sheet.ems(0.2), &fitting(sheet, names, true, sheet.size().0 - sheet.ems(0.4)))?;
    value_marks(sheet, prices, &price_marks(scene, fall(scene, prices)))?;
    for since in MARKS.into_iter().filter(|since| since + SHOCK_AT <= scene.simulator.rules().seconds) {
        let words = match since {
            0..60 => say!("{number} s", number = since),
            60..3600 => say!("{number} min", number = since / 60),
            _ => say!("{number} h", number = since / 3600),
        };
        let at = x.since(since as f64);
        sheet.rule((at, whole.top), (at, whole.bottom), &theme.grid.to_rgba(), 0.07)?;
        sheet.words(&words, (at, whole.bottom + sheet.ems(0.45)), Anchor::Top, theme.quiet)?;
    }
    Ok(())
}

/// Draws the price with bots and without, the first order and halts.
fn price(sheet: &Sheet, scene: &Scene, plot: Bounds, x: &LogTime) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let Scene { simulator, now, .. } = *scene;
    let (first, last) = (SHOCK_AT + 1, simulator.rules().seconds);
    let series = &simulator.run().series;
    let halted = halts(sheet, scene, plot, (first, last), x)?;
    let curve = |price: &[f64]| Curve::new(price, (first, now.clamp(first, last), last), x, fall(scene, plot), plot);
    let (ghost, curve) = (curve(simulator.without_bots()).whole(), curve(&series.price));
    sheet.dashed(&ghost, &theme.without_bots.to_rgba(), 0.12)?;
    let whole = curve.whole();
    let [before, after] = curve.parts;
    sheet.line(after, &theme.ink.mix(LATER), 0.16)?;
    sheet.line(before, &theme.ink.to_rgba(), 0.18)?;

    let mut labels = Labels::new(plot, sheet.ems(1.0));
    labels.avoid(0, [whole.as_slice()]);
    labels.avoid(1, [ghost.as_slice()]);
    let up = simulator.rules().purchase();
    let lowest = |price: &[f64]| {
        let far = extreme(&price[SHOCK_AT..=now.max(SHOCK_AT)], up);
        extreme_words(far, up)
    };
    let named = |names: [&str; 2], price: &[f64]| {
        let mut texts = names.map(String::from).to_vec();
        if now > SHOCK_AT {
            texts.insert(0, say!("{name}: {value}", name = names[0], value = lowest(price)));
        }
        texts
    };
    // A crowd without bots has one path, which gets the other name.
    let with = if simulator.rules().bots > 0.0 { named([tr("with bots"), tr("bots")], &series.price) } else { vec![] };
    labels.name(sheet, 0, &with, (theme.ink, true))?;
    let without = named([tr("without bots"), tr("no bots")], simulator.without_bots());
    labels.name(sheet, 1, &without, (theme.quiet, false))?;
    if simulator.rules().shock > 0.0 {
        // The duration of the first order.
        let away = sheet.ems(if up { -0.35 } else { 0.35 });
        let y = if up { plot.top } else { plot.bottom } - away;
        let (from, to) = (x.since(1.0), x.since(simulator.rules().first_seconds as f64));
        sheet.rule((from, y), (to, y), &theme.quiet.to_rgba(), 0.3)?;
        let half = sheet.ems(0.15);
        labels.take(Bounds { left: from, right: to, top: y - half, bottom: y + half });
        let name = if up { tr("purchase") } else { tr("first sale") };
        labels.note(sheet, name, &[(from + sheet.ems(0.2), y - away.signum() * sheet.ems(0.8))])?;
    }
    halted.map_or(Ok(()), |halted| halted.name(sheet, &mut labels))
}

/// The mean reaction times, which the sliders set.
fn reactions(scene: &Scene) -> String {
    let rules = scene.simulator.rules();
    let (bots, people) = (about(rules.bot_latency), about(rules.human_latency));
    match (rules.bots > 0.0, rules.bots < 1.0, rules.leaning_buyers() > 0.0) {
        (true, true, true) => {
            say!("bots react after {bots} on average, people, buyers too, after {people}", bots, people)
        }
        (true, false, true) => {
            say!("bots react after {bots} on average, buyers after {people}", bots, people)
        }
        (true, ..) => say!("bots react after {bots} on average, people after {people}", bots, people),
        (false, _, true) => {
            say!("there are no bots, and people, buyers too, react after {people} on average", people)
        }
        (false, _, false) => say!("there are no bots, and people react after {people} on average", people),
    }
}

#[cfg(test)]
mod tests;
