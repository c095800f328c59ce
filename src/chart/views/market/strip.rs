//! The price as a strip that ends at the current second.

use plotters::style::Color;

use super::Frame;
use crate::chart::axes::{marked_fall, price_curve, price_marks, value_marks};
#[cfg(feature = "full")]
use crate::chart::crowds;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::{DrawError, Scene};
use crate::describe::{Automatons, automatons, change_words, signed_fall_words, since_words};
use crate::language::tr;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;

/// The second from which the price without bots is drawn, unless the noise has set off bots earlier.
const PARTING: usize = SHOCK_AT - 2;

/// Seconds after the low during which the current price already shows it.
const AT_THE_LOW: usize = 6;

/// Draws the strip and its axis, without the point at its end.
pub(super) fn draw(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let Frame { strip, x, y, .. } = *frame;
    let theme = sheet.theme;
    let series = &scene.simulator.run().series;
    // The marks extend across the ladder, which shares the price axis.
    let across = Bounds { right: frame.ladder.right, ..strip };
    for (at, _) in price_marks(scene, y) {
        sheet.rule((across.left, at), (across.right, at), &theme.grid.to_rgba(), 0.07)?;
    }
    #[cfg(feature = "full")]
    crowds::bands(sheet, scene, (x, y), strip, (frame.first, scene.now))?;
    first_order(sheet, scene, frame)?;
    halts(sheet, scene, frame)?;
    let from = frame.first;
    let without_bots = scene.simulator.without_bots();
    // From a fixed second on, where the two prices separate, so that the dashes do not move along the line.
    let together = (series.price[PARTING] - without_bots[PARTING]).abs() < 0.001;
    let ghost = if together { from.max(PARTING) } else { from };
    let end = (strip.right, frame.within(frame.fall));
    if let Some(before) = scene.before {
        let last = before.len().saturating_sub(1).min(scene.now);
        let curve = frame.clipped(price_curve(before, from, last, x, y));
        let lowest = curve.iter().max_by_key(|(_, y)| *y).copied().unwrap_or_default();
        sheet.line(curve, &theme.ink.mix(0.35), 0.1)?;
        let y = (lowest.1 + sheet.ems(0.8)).min(strip.bottom - sheet.ems(0.6));
        sheet.words(tr("before"), (lowest.0.max(strip.left + sheet.ems(0.3)), y), Anchor::Left, theme.quiet)?;
    }
    let mut dashes = frame.clipped(price_curve(without_bots, ghost, scene.now, x, y));
    if let Some((_, last)) = dashes.last().copied() {
        dashes.push((strip.right, last));
    }
    sheet.dashed(&dashes, &theme.without_bots.to_rgba(), 0.12)?;
    let mut curve = frame.clipped(price_curve(&series.price, from, scene.now, x, y));
    curve.push(end);
    sheet.line(curve, &theme.ink.to_rgba(), 0.2)?;
    // Covers the curves to the left of the strip.
    let margin =
        Bounds { left: 0, right: strip.left, top: strip.top - sheet.ems(0.4), bottom: strip.bottom + sheet.ems(0.4) };
    sheet.bar(margin, &theme.paper.to_rgba())?;
    let marks = price_marks(scene, y);
    value_marks(sheet, Bounds { right: strip.left, ..strip }, &marks)?;
    let title = if frame.narrow { tr("Price") } else { tr("Price, change since the start") };
    sheet.bold(title, (sheet.ems(0.2), sheet.ems(0.95)), Anchor::Left, theme.ink)?;
    low(sheet, scene, frame)?;
    #[cfg(feature = "full")]
    crowds::name(sheet, scene, (strip.right - sheet.ems(0.5), strip.bottom - sheet.ems(0.7)), Anchor::Right)?;
    marked_fall(sheet, scene, across, y)
}

/// Draws the start of the first order, with its name.
fn first_order(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let rules = scene.simulator.rules();
    if rules.shock <= 0.0 || scene.now < SHOCK_AT {
        return Ok(());
    }
    let strip = frame.strip;
    let until = ((SHOCK_AT + rules.first_seconds) as f64).min(frame.now);
    let (left, right) = (frame.x.px(SHOCK_AT as f64), frame.x.px(until));
    let band = Bounds { left: left.max(strip.left), right: right.max(strip.left), ..strip };
    if band.right <= band.left {
        return Ok(());
    }
    sheet.bar(band, &sheet.theme.without_bots.mix(0.16))?;
    let name = if rules.purchase() { tr("first purchase") } else { tr("first sale") };
    // Always free: below the price of a fall, above that of a rise.
    let y = if rules.purchase() { strip.top + sheet.ems(0.7) } else { strip.bottom - sheet.ems(0.7) };
    let room = sheet.width(name, false) + sheet.ems(0.3);
    let at = band.left.min(strip.right - room).max(strip.left);
    sheet.words(name, (at + sheet.ems(0.2), y), Anchor::Left, sheet.theme.quiet)
}

/// Hatches the trading halts.
fn halts(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let halted = &scene.simulator.run().series.halted;
    let strip = frame.strip;
    let mut second = frame.first.max(1);
    while second <= scene.now {
        let from = second;
        while second <= scene.now && halted[second] == 1 {
            second += 1;
        }
        if second > from {
            let left = frame.x.px(from as f64 - 1.0).max(strip.left);
            let right = frame.x.px(second as f64 - 1.0).max(left + 1);
            sheet.hatch(Bounds { left, right, ..strip }, &sheet.theme.quiet.mix(0.5))?;
        }
        second += 1;
    }
    if halted[scene.now] == 1 {
        let at = (strip.right - sheet.ems(0.8), strip.top + sheet.ems(0.8));
        sheet.bold(tr("trading halted"), at, Anchor::Right, sheet.theme.ink)?;
    }
    Ok(())
}

/// Labels the lowest price, once it is past.
fn low(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let summary = scene.simulator.summary();
    let trough = summary.trough();
    if trough <= SHOCK_AT || scene.now < trough + AT_THE_LOW || trough < frame.first {
        return Ok(());
    }
    let point = (frame.x.px(trough as f64), frame.within(summary.greatest_fall_percent));
    sheet.dot(point, 0.25, sheet.theme.ink)?;
    let purchase = scene.simulator.rules().purchase();
    let (depth, when) = (signed_fall_words(summary.greatest_fall_percent), since_words(trough, purchase));
    let words = if frame.narrow { depth } else { say!("{depth}, {when}", depth, when) };
    let width = sheet.width(&words, true);
    let left = point.0.min(frame.strip.right - width - sheet.ems(0.4)).max(frame.strip.left + sheet.ems(0.2));
    let below = point.1 + sheet.ems(1.0);
    let y = if below > frame.strip.bottom { point.1 - sheet.ems(1.0) } else { below };
    sheet.bold(&words, (left, y), Anchor::Left, sheet.theme.ink)
}

/// Draws the current price: its level across the ladder, its number, and the move of this second as an arrow.
pub(super) fn front(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let (x, y) = (frame.strip.right, frame.within(frame.fall));
    sheet.rule((x, y), (frame.ladder.right, y), &theme.ink.to_rgba(), 0.12)?;
    let price = &scene.simulator.run().series.price;
    let at = |second: usize| percent(-price[second.min(price.len() - 1)]);
    // Interpolates between the move of this second and that of the next.
    let part = frame.now - scene.now as f64;
    let push =
        (at(scene.now + 1) - at(scene.now)) * part + (at(scene.now) - at(scene.now.saturating_sub(1))) * (1.0 - part);
    let height = frame.y.value(frame.strip.bottom) - frame.y.value(frame.strip.top);
    if push.abs() > 0.002 * height && scene.now >= SHOCK_AT {
        let down = if push > 0.0 { 1 } else { -1 };
        let length = sheet.ems((push.abs() / height * 90.0).min(4.5));
        let (from, head) = (y + down * sheet.ems(0.5), sheet.ems(0.55));
        let tip = from + down * (length + head);
        let shaft = sheet.ems(0.16);
        let (top, bottom) = (from.min(from + down * length), from.max(from + down * length));
        sheet.bar(Bounds { left: x - shaft, right: x + shaft, top, bottom }, &theme.ink.to_rgba())?;
        sheet
            .fill(vec![(x - head, tip - down * head), (x + head, tip - down * head), (x, tip)], &theme.ink.to_rgba())?;
    }
    sheet.dot((x, y), 0.4, theme.ink)?;
    // Beside the line, on the side opposite to the price path.
    let falls = at(scene.now) >= at(scene.now.saturating_sub(5));
    let size = if frame.narrow { 1.0 } else { 1.3 };
    let off = sheet.ems(1.1);
    let down = y + off;
    let label = if falls && down < frame.strip.bottom || y - off < frame.strip.top { down } else { y - off };
    sheet.larger(size).bold(&change_words(-frame.fall), (x - sheet.ems(0.75), label), Anchor::Right, theme.ink)?;
    ghost_name(sheet, scene, frame, (y, label))
}

/// Names the dashed line, where it has separated from the price.
fn ghost_name(sheet: &Sheet, scene: &Scene, frame: &Frame, (price, label): (i32, i32)) -> Result<(), DrawError> {
    let Some(who) = automatons(scene.simulator) else { return Ok(()) };
    let ghost = frame.within(percent(-scene.simulator.without_bots()[scene.now]));
    if (ghost - price).abs() < sheet.ems(3.0) {
        return Ok(());
    }
    let words = match who {
        Automatons::Bots => tr("without bots"),
        Automatons::Funds => tr("without funds"),
        Automatons::Both => tr("without bots and funds"),
    };
    let above = ghost - sheet.ems(0.8);
    let y = if (above - label).abs() < sheet.ems(1.4) { above - sheet.ems(1.2) } else { above };
    // Only where the price does not cross it.
    let price = &scene.simulator.run().series.price;
    let beyond = |second: &usize| (frame.y.px(percent(-price[*second])) - y).abs() > sheet.ems(0.9);
    let free = (frame.first..=scene.now).rev().take_while(beyond).last().unwrap_or(scene.now);
    if frame.x.px(free as f64) > frame.strip.right - sheet.width(words, false) - sheet.ems(0.8) {
        return Ok(());
    }
    sheet.words(words, (frame.strip.right - sheet.ems(0.5), y), Anchor::Right, sheet.theme.quiet)
}
