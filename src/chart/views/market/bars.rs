//! Trades of each second, under the strip. The first order is grey; bots, funds and people stand above it, purchases
//! hang down.

use plotters::style::{Color, RGBAColor};

use super::Frame;
use crate::FULL;
use crate::chart::axes::value_marks;
use crate::chart::derived::traded::{Traded, below};
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::{DrawError, FINE, Scene};
use crate::language::tr;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::dollars;

pub(super) fn draw(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let (theme, plot) = (sheet.theme, frame.bars);
    let top = scene.sales_top();
    let line = plot.bottom - (f64::from(plot.bottom - plot.top) * below(scene.simulator.rules())) as i32;
    let y = Linear::new((0.0, top), (line, plot.top));

    let title = match (scene.simulator.rules().purchase(), frame.narrow) {
        (false, false) => tr("Sold in each second"),
        (false, true) => tr("Sold per second"),
        (true, false) => tr("Traded in each second"),
        (true, true) => tr("Traded per second"),
    };
    sheet.bold(title, (sheet.ems(0.2), plot.top - sheet.ems(1.25)), Anchor::Left, theme.ink)?;
    value_marks(sheet, plot, &[(y.px(0.0), "0".into()), (y.px(top), dollars(top))])?;

    // One colour after the other, because each change of colour is a call to the canvas.
    let columns = columns(scene, frame);
    let part = |column: &Column, below: f64, amount: f64, colour: &RGBAColor| {
        let (bottom, top) = (y.px(below), y.px(below + amount).clamp(plot.top, plot.bottom));
        if amount == 0.0 {
            return Ok(());
        }
        sheet.bar(
            Bounds { left: column.left, right: column.right, top: top.min(bottom), bottom: bottom.max(top) },
            colour,
        )
    };
    for column in &columns {
        part(column, 0.0, column.traded.first, &theme.without_bots.to_rgba())?;
    }
    for column in &columns {
        part(column, column.traded.first, column.traded.bots, &theme.bots.to_rgba())?;
    }
    for column in columns.iter().filter(|_| FULL) {
        part(column, column.traded.first + column.traded.bots, column.traded.funds, &theme.bots.mix(0.5))?;
    }
    for column in &columns {
        let Traded { first, bots, funds, people, .. } = column.traded;
        let below = if FULL { first + bots + funds } else { first + bots };
        part(column, below, people, &theme.people.mix(0.5))?;
    }
    for column in &columns {
        part(column, 0.0, -column.traded.bought, &theme.buyers.to_rgba())?;
    }
    names(sheet, scene, frame, sheet.ems(1.0) + sheet.width(title, true))?;
    marks(sheet, scene, frame)
}

/// One bar: its edges and its trades.
struct Column {
    left: i32,
    right: i32,
    traded: Traded,
}

/// The visible bars, each at least two pixels wide. A bar ends at its second.
fn columns(scene: &Scene, frame: &Frame) -> Vec<Column> {
    let (plot, x) = (frame.bars, frame.x);
    let wide = x.px(1000.0) - x.px(0.0);
    let step = (2000 * FINE / wide.max(1) + 1).max(1) as usize;
    let end = (scene.now + usize::from(frame.now > scene.now as f64)).min(scene.simulator.rules().seconds);
    let starts = (frame.first / step * step..end).step_by(step);
    let column = |from: usize| {
        let to = (from + step).min(end);
        let (left, right) = (x.px(from as f64).max(plot.left), x.px(to as f64).min(plot.right));
        // A pixel between bars, where there is room.
        let left = if right - left > 3 * FINE { left + FINE } else { left };
        Column { left, right, traded: Traded::of(scene.simulator, from, to) }
    };
    starts.map(column).filter(|column| column.left < column.right).collect()
}

/// Names the kinds of bars that are visible, as long as there is room to the right of the title.
fn names(sheet: &Sheet, scene: &Scene, frame: &Frame, left: i32) -> Result<(), DrawError> {
    let (theme, plot) = (sheet.theme, frame.bars);
    if frame.narrow || scene.now <= SHOCK_AT {
        return Ok(());
    }
    let all = Traded::of(scene.simulator, frame.first, scene.now.max(frame.first + 1));
    // The smallest visible amount.
    let least = 1e-4 * scene.simulator.rules().open_interest / (scene.now - frame.first).max(1) as f64;
    let mut right = plot.right;
    let y = plot.top - sheet.ems(1.25);
    let mut name = |some: f64, words: &str, colour| {
        let width = sheet.width(words, true);
        if some > least && right - width > left {
            sheet.bold(words, (right, y), Anchor::Right, colour)?;
            right -= width + sheet.ems(0.8);
        }
        Ok(())
    };
    name(all.people, tr("people"), theme.people_words)?;
    if FULL {
        // Their purchases hang down with all others.
        name(if scene.simulator.rules().purchase() { 0.0 } else { all.funds }, tr("funds"), theme.bots_words)?;
    }
    name(all.bots, tr("bots"), theme.bots_words)?;
    name(all.first, tr("first sale"), theme.quiet)?;
    let bought = all.bought > 0.002 * scene.simulator.rules().open_interest / 60.0;
    name(if bought { all.bought } else { 0.0 }, tr("bought"), theme.buyers_words)?;
    Ok(())
}

/// Draws the time marks under the bars, counted from the first order.
fn marks(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let plot = frame.bars;
    let sight = frame.now - frame.x.value(plot.left);
    // As many marks as there is room for.
    let room = f64::from(plot.right - plot.left) / f64::from(sheet.ems(4.5));
    let least = sight / room.max(1.0);
    let step =
        [5, 10, 20, 30, 60, 180, 600, 1800, 3600].into_iter().find(|step| f64::from(*step) >= least).unwrap_or(7200);
    let mut second = SHOCK_AT;
    while second <= scene.now {
        let (since, x) = (second - SHOCK_AT, frame.x.px(second as f64));
        let text = match since {
            0 => "0".to_owned(),
            _ if step < 60 => say!("{number} s", number = since),
            _ if step < 3600 => say!("{number} min", number = since / 60),
            _ => say!("{number} h", number = since / 3600),
        };
        let half = sheet.width(&text, false) / 2;
        if x - half >= plot.left - sheet.ems(1.0) && x + half <= plot.right + sheet.ems(1.0) {
            sheet.words(&text, (x, plot.bottom + sheet.ems(0.4)), Anchor::Top, sheet.theme.quiet)?;
        }
        second += step as usize;
    }
    Ok(())
}
