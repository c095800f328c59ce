//! The market in one picture: the price up to now, the ladder of limits beside it on the same axis, and between them
//! the orders in flight. Below: sales per second, and R as a sentence.

mod bars;
mod flight;
mod frame;
mod strip;
mod words;

use plotters::style::Color;

use crate::chart::derived::LimitSteps;
use crate::chart::derived::orders::unit;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::text_width::wrapped;
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, FINE, Scene, Spot};
use crate::language::tr;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::dollars;
use frame::Frame;

/// Seconds for which a limit stays lit after the price passes it.
const LIT: f64 = 1.5;

/// The state of a limit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The price has not reached it.
    Ahead,
    /// The price has just passed it.
    Lit,
    /// The price passed it a while ago.
    Passed,
}

/// The view `market` of the table.
pub(super) struct Market;

impl Drawing for Market {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let frame = Frame::of(sheet.em, sheet.size(), scene);
        strip::draw(sheet, scene, &frame)?;
        bars::draw(sheet, scene, &frame)?;
        let reach = ladder(sheet, scene, &frame)?;
        flight::draw(sheet, scene, &frame, &reach)?;
        strip::front(sheet, scene, &frame)?;
        sentence(sheet, scene, &frame)
    }

    fn describe(&self, scene: &Scene) -> String {
        words::describe(scene)
    }

    /// A second of the strip or a price of the ladder.
    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, (x, y): Point) -> Option<Spot> {
        let frame = Frame::of(em, size, scene);
        if x > frame.strip.right {
            return Some(Spot::Fall(frame.y.value(y)));
        }
        (x >= frame.strip.left).then(|| Spot::Second(frame.x.value(x).round() as usize))
    }
}

/// Draws the limits on the price axis. Returns the right end of the limits of bots in each step.
fn ladder(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<Vec<(f64, i32)>, DrawError> {
    let (theme, plot) = (sheet.theme, frame.ladder);
    let steps = scene.limit_steps();
    let width = f64::from(plot.right - plot.left) / steps.longest();
    let here = frame.fall;
    let (low, high) = scene.passed_until(scene.now);
    let now = (low.max(here), high.max(-here));
    let before = frame.passed_before(scene, LIT);
    let mut reach = Vec::with_capacity(steps.bots.len());
    let mut bars = Vec::with_capacity(steps.bots.len());
    for nth in 0..steps.bots.len() {
        let (top, bottom) = (frame.y.px(steps.at(nth)), frame.y.px(steps.at(nth + 1)) - FINE);
        let middle = plot.left + (steps.bots[nth] * width).round() as i32;
        let right = middle + (steps.people[nth] * width).round() as i32;
        reach.push((steps.at(nth + 1), middle));
        let state = match (steps.passed(nth, now), steps.passed(nth, before)) {
            (false, _) => State::Ahead,
            (true, false) => State::Lit,
            (true, true) => State::Passed,
        };
        bars.push((Bounds { left: plot.left, right: middle, top, bottom }, right, state));
    }
    // One state after the other: each has one colour, and each change of colour is a call to the canvas.
    for state in [State::Ahead, State::Lit, State::Passed] {
        let some = || bars.iter().filter(|(bar, .., here)| *here == state && bar.right > bar.left);
        // A sold limit leaves a pale trace; one just passed lights up.
        for (bar, ..) in some() {
            sheet.bar(*bar, &theme.bots.mix(if state == State::Passed { 0.22 } else { 1.0 }))?;
        }
        for (bar, ..) in some().filter(|_| state == State::Lit) {
            sheet.bar(*bar, &theme.ink.mix(0.25))?;
        }
        // People are lighter: a second cue besides the hue. After the price has passed their limit they are paler, but
        // less so than bots, because they have not sold yet.
        for (bar, right, _) in bars.iter().filter(|(bar, right, here)| *here == state && *right > bar.right) {
            let fill = theme.people.mix(if state == State::Ahead { 0.5 } else { 0.3 });
            sheet.bar(Bounds { left: bar.right, right: *right, ..*bar }, &fill)?;
        }
    }
    waiting(sheet, scene, frame, &steps, now.0)?;
    names(sheet, scene, frame, &steps)?;
    Ok(reach)
}

/// A note beside the bars of people whose limit has been passed: they have not sold yet.
fn waiting(sheet: &Sheet, scene: &Scene, frame: &Frame, steps: &LimitSteps, fallen: f64) -> Result<(), DrawError> {
    let rules = scene.simulator.rules();
    let soon = frame.now < SHOCK_AT as f64 + 0.1 * rules.human_latency;
    let people = steps.people.iter().sum::<f64>() > 0.0;
    if frame.narrow || rules.purchase() || !soon || !people || fallen < 0.25 * frame.y.value(frame.strip.bottom) {
        return Ok(());
    }
    let at = (frame.ladder.right, frame.y.px(0.0) + sheet.ems(0.9));
    sheet.words(tr("people: limit passed, not sold yet"), at, Anchor::Right, sheet.theme.people_words)
}

/// The title of the ladder, and the legend of its colours and squares.
fn names(sheet: &Sheet, scene: &Scene, frame: &Frame, steps: &LimitSteps) -> Result<(), DrawError> {
    let (theme, plot) = (sheet.theme, frame.ladder);
    let title = match (scene.simulator.rules().purchase(), frame.narrow) {
        (false, false) => tr("What must be sold at each price"),
        (false, true) => tr("Must be sold"),
        (true, false) => tr("What must be traded at each price"),
        (true, true) => tr("Must be traded"),
    };
    sheet.bold(title, (plot.left, sheet.ems(0.95)), Anchor::Left, theme.ink)?;
    let (mut at, y) = (plot.left, plot.bottom + sheet.ems(1.0));
    let size = sheet.ems(0.36);
    let mut name = |words: &str, colour, fill: Option<_>| {
        if let Some(fill) = fill {
            let square = Bounds { left: at, right: at + 2 * size, top: y - size, bottom: y + size };
            sheet.bar(square, &fill)?;
            at += sheet.ems(1.0);
        }
        sheet.bold(words, (at, y), Anchor::Left, colour)?;
        at += sheet.width(words, false) + sheet.ems(0.9);
        Ok(())
    };
    if steps.bots.iter().sum::<f64>() > 0.0 {
        name(tr("bots"), theme.bots_words, Some(theme.bots.to_rgba()))?;
    }
    if steps.people.iter().sum::<f64>() > 0.0 {
        name(tr("people"), theme.people_words, Some(theme.people.mix(0.5)))?;
    }
    if !frame.narrow {
        let unit = say!("one square: {amount}", amount = dollars(unit(scene.simulator.rules())));
        sheet.words(&unit, (plot.right, y), Anchor::Right, theme.quiet)?;
    }
    Ok(())
}

/// Draws R as a sentence.
fn sentence(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let Some((text, r)) = words::of_reproduction(scene) else { return Ok(()) };
    let place = frame.sentence;
    let colour = if r >= 1.0 { sheet.theme.bots_words } else { sheet.theme.ink };
    let size = if frame.narrow { 1.0 } else { 1.25 };
    let large = sheet.larger(size);
    let room = f64::from(place.right - place.left) / (sheet.em * size);
    for (nth, part) in wrapped(&text, true, room).into_iter().enumerate() {
        let y = place.top + sheet.ems(size * (0.7 + 1.35 * nth as f64));
        large.bold(&part, (place.left, y), Anchor::Left, colour)?;
    }
    Ok(())
}
