//! What is traded in each second, under the strip: the first order in grey, bots and people above it; purchases hang down.

use plotters::prelude::DrawingBackend;
use plotters::style::{Color, RGBAColor};

use super::super::axes::{Linear, nice, value_marks};
use super::super::sheet::{Anchor, Bounds, Sheet, letters};
use super::super::{DrawError, FINE, Scene, Span};
use super::Frame;
use crate::language::tr;
use crate::model::rules::{Rules, SHOCK_AT};
use crate::say;
use crate::units::dollars;

/// Share of the open interest that the axis reaches at least, traded in a second.
const LEAST: f64 = 0.02;

/// Share of the height below the line, for purchases: a little, or most where the first order is one.
fn below(rules: &Rules) -> f64 {
    if rules.purchase() { 0.8 } else { 0.14 }
}

/// What was sold and bought in a stretch of seconds, $bn a second.
#[derive(Clone, Copy, Default)]
struct Traded {
    first: f64,
    bots: f64,
    people: f64,
    /// By shorts who must, and by value buyers.
    bought: f64,
}

impl Traded {
    fn of(scene: &Scene, from: usize, to: usize) -> Self {
        let (series, rules) = (&scene.simulator.run().series, scene.simulator.rules());
        let mean = |lots: &[u64]| lots[from + 1..=to].iter().sum::<u64>() as f64 * rules.lot / (to - from) as f64;
        let back = series.bought_back.get(from + 1..=to).unwrap_or_default();
        let back = back.iter().map(|(bots, people)| bots + people).sum::<u64>() as f64 * rules.lot;
        let bought = series.bought[from + 1..=to].iter().map(|bought| bought.max(0.0)).sum::<f64>();
        let first = mean(&series.shock_sold);
        let (sold, bought_first) = if rules.purchase() { (0.0, first) } else { (first, 0.0) };
        Self {
            first: sold,
            bots: mean(&series.bots_sold),
            people: mean(&series.people_sold),
            bought: bought_first + (back + bought) / (to - from) as f64,
        }
    }

    fn sold(&self) -> f64 {
        self.first + self.bots + self.people
    }
}

/// The top of the axis that suits the run, $bn a second.
pub(in super::super) fn suitable_sales(scene: &Scene) -> f64 {
    let rules = scene.simulator.rules();
    let (first, last) = Span::Minutes2.seconds(rules.seconds);
    let below = below(rules);
    let most = (first..last).map(|second| Traded::of(scene, second, second + 1)).fold(0.0, |most: f64, traded| {
        // What is bought has another share of the height.
        most.max(traded.sold()).max(traded.bought * (1.0 - below) / below)
    });
    let most = (most * 1.02).max(LEAST * rules.open_interest);
    // Half as much where that is enough: bars are low, and a tall one is read best.
    let top = nice(most);
    [0.6, 0.75].into_iter().map(|part| part * top).find(|top| *top >= most).unwrap_or(top)
}

pub(super) fn draw<DB: DrawingBackend>(sheet: &Sheet<DB>, scene: &Scene, frame: &Frame) -> Result<(), DrawError<DB>> {
    let (theme, plot) = (sheet.theme, frame.bars);
    let top = scene.axes.map_or_else(|| scene.extras.sales_top(scene), |axes| axes.sales);
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

    // One colour after the other: a canvas is told each colour once.
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
    for column in &columns {
        part(column, column.traded.first + column.traded.bots, column.traded.people, &theme.people.mix(0.5))?;
    }
    for column in &columns {
        part(column, 0.0, -column.traded.bought, &theme.buyers.to_rgba())?;
    }
    names(sheet, scene, frame)?;
    marks(sheet, scene, frame)
}

/// One bar: its edges and what was traded.
struct Column {
    left: i32,
    right: i32,
    traded: Traded,
}

/// The bars in sight, at least two pixels wide each. A bar ends at its second.
fn columns(scene: &Scene, frame: &Frame) -> Vec<Column> {
    let (plot, x) = (frame.bars, frame.x);
    let wide = x.px(1000.0) - x.px(0.0);
    let step = (2000 * FINE / wide.max(1) + 1).max(1) as usize;
    let end = (scene.now + usize::from(frame.now > scene.now as f64)).min(scene.simulator.rules().seconds);
    let starts = (frame.first / step * step..end).step_by(step);
    let column = |from: usize| {
        let to = (from + step).min(end);
        let (left, right) = (x.px(from as f64).max(plot.left), x.px(to as f64).min(plot.right));
        // A pixel of space between two, where there is room for it.
        let left = if right - left > 3 * FINE { left + FINE } else { left };
        Column { left, right, traded: Traded::of(scene, from, to) }
    };
    starts.map(column).filter(|column| column.left < column.right).collect()
}

/// Names the bars that are there.
fn names<DB: DrawingBackend>(sheet: &Sheet<DB>, scene: &Scene, frame: &Frame) -> Result<(), DrawError<DB>> {
    let (theme, plot) = (sheet.theme, frame.bars);
    if frame.narrow || scene.now <= SHOCK_AT {
        return Ok(());
    }
    let all = Traded::of(scene, frame.first, scene.now.max(frame.first + 1));
    // What can be seen.
    let least = 1e-4 * scene.simulator.rules().open_interest / (scene.now - frame.first).max(1) as f64;
    let mut right = plot.right;
    let y = plot.top - sheet.ems(1.25);
    let mut name = |some: f64, words: &str, colour| {
        if some > least {
            sheet.bold(words, (right, y), Anchor::Right, colour)?;
            right -= sheet.ems(0.58 * letters(words) + 0.8);
        }
        Ok(())
    };
    name(all.people, tr("people"), theme.people_words)?;
    name(all.bots, tr("bots"), theme.bots_words)?;
    name(all.first, tr("first sale"), theme.quiet)?;
    let bought = all.bought > 0.002 * scene.simulator.rules().open_interest / 60.0;
    name(if bought { all.bought } else { 0.0 }, tr("bought"), theme.buyers_words)?;
    Ok(())
}

/// The marks of time under the bars, counted from the first order.
fn marks<DB: DrawingBackend>(sheet: &Sheet<DB>, scene: &Scene, frame: &Frame) -> Result<(), DrawError<DB>> {
    let plot = frame.bars;
    let sight = frame.now - frame.x.value(plot.left);
    // As many as there is room for.
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
        let half = sheet.ems(0.3 * letters(&text));
        if x - half >= plot.left - sheet.ems(1.0) && x + half <= plot.right + sheet.ems(1.0) {
            sheet.words(&text, (x, plot.bottom + sheet.ems(0.4)), Anchor::Top, sheet.theme.quiet)?;
        }
        second += step as usize;
    }
    Ok(())
}
