//! Forced sales per second, of bots (solid) and of people (outlined), as bars under the price.

use plotters::style::Color;

use crate::chart::Spot;
use crate::chart::axes::{stand_beside, value_marks};
use crate::chart::scale::{Linear, nice};
use crate::chart::sheet::Point;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::time_axis::second_at;
use crate::chart::time_axis::{cursor, marked_second, plot, time, time_marks, title};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, FINE, Scene, Span};
use crate::describe::percent_words;
use crate::language::tr;
use crate::say;
use crate::units::dollars;

/// Smallest top of the axis, as a share of the open interest sold per second.
const LEAST: f64 = 0.02;

/// The view `sales` of the table.
pub(super) struct Sales;

impl Drawing for Sales {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let plot = plot(sheet, false);
        let x = time(scene, plot);
        let bars = bars(scene, plot);
        let most = bars.iter().map(|bar| bar.bots + bar.people).fold(0.0, f64::max);
        // A span of two minutes keeps its scale while a slider is dragged, as the price does, unless more is sold.
        let least = if scene.span == Span::Minutes2 { LEAST * scene.simulator.rules().open_interest } else { 1e-6 };
        let top = nice((most * 1.05).max(least));
        let y = Linear::new((0.0, top), (plot.bottom, plot.top));

        let seconds = bars.first().map_or(1, |bar| bar.to - bar.from);
        let shorts = scene.simulator.rules().shorts > 0.0;
        let name = match (shorts, sheet.narrow()) {
            (false, false) => tr("Forced sales per second"),
            (false, true) => tr("Forced sales per s"),
            (true, false) => tr("Forced sales and purchases per second"),
            (true, true) => tr("Forced orders per s"),
        };
        let name = if seconds > 1 { say!("{name}, mean of {seconds} s", name, seconds) } else { name.to_owned() };
        title(sheet, sheet.ems(0.2), &name)?;
        let parts: &[f64] = if most > 0.0 { &[0.0, 0.5, 1.0] } else { &[0.0] };
        let words = |part: f64| match dollars(part * top) {
            _ if part == 0.0 => "0".into(),
            // A label inside the plot would be covered by bars, unless it is the uppermost.
            words if part < 1.0 && !stand_beside(sheet, plot, &words) => String::new(),
            words => words,
        };
        let marks: Vec<_> = parts.iter().map(|part| (y.px(part * top), words(*part))).collect();
        value_marks(sheet, plot, &marks)?;
        time_marks(sheet, scene, plot, false)?;
        #[cfg(feature = "full")]
        if most <= 0.0 && scene.simulator.rules().targeters > 0.0 {
            let (x, y) = (i32::midpoint(plot.left, plot.right), i32::midpoint(plot.top, plot.bottom));
            let words = tr("none: the funds' trades are not forced");
            sheet.words(words, (x, y - sheet.ems(0.5)), Anchor::Top, theme.quiet)?;
        }

        for bar in &bars {
            // The bar of a second ends at its mark. Wide bars are a whole pixel apart.
            let right = x.px(bar.to as f64);
            let left = x.px(bar.from as f64).max(plot.left);
            let left = if right - left > 3 * FINE { left + FINE } else { left };
            let pale = if bar.from >= scene.now { 0.3 } else { 1.0 };
            let middle = y.px(bar.bots);
            if bar.bots > 0.0 {
                let bounds = Bounds { left, right: right.max(left + FINE), top: middle, bottom: plot.bottom };
                sheet.bar(bounds, &theme.bots.mix(pale))?;
            }
            if bar.people > 0.0 {
                let top = y.px(bar.bots + bar.people).min(middle - FINE);
                let bounds = Bounds { left, right: right.max(left + FINE), top, bottom: middle };
                sheet.bar(bounds, &theme.people.mix(0.35 * pale))?;
                sheet.bar(Bounds { bottom: top + FINE, ..bounds }, &theme.people.mix(pale))?;
            }
        }
        let right = plot.right - sheet.ems(0.3);
        let line = plot.top + sheet.ems(0.7);
        let (bots, people) =
            if sheet.narrow() { (tr("bots"), tr("people")) } else { (tr("bots, at once"), tr("people, one by one")) };
        if bars.iter().any(|bar| bar.bots > 0.0) {
            sheet.bold(bots, (right, line), Anchor::Right, theme.bots_words)?;
        }
        if bars.iter().any(|bar| bar.people > 0.0) {
            let below = (right, line + sheet.ems(1.3));
            sheet.bold(people, below, Anchor::Right, theme.people_words)?;
        }
        marked_second(sheet, scene, plot)?;
        cursor(sheet, scene, plot)
    }

    fn describe(&self, scene: &Scene) -> String {
        let summary = scene.simulator.summary();
        say!(
            "Bar chart of forced sales in each second. Bots sell {bots} of what the long accounts hold, people {people}.",
            bots = percent_words(summary.bot_forced_share_percent),
            people = percent_words(summary.human_forced_share_percent)
        )
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: Point) -> Option<Spot> {
        second_at(em, size, scene, at).map(Spot::Second)
    }
}

/// One bar: forced orders per second, $bn, after second `from` up to second `to`.
struct Bar {
    from: usize,
    to: usize,
    bots: f64,
    people: f64,
}

/// The visible bars, each at least two pixels wide: one second, or the mean of several.
fn bars(scene: &Scene, plot: Bounds) -> Vec<Bar> {
    let series = &scene.simulator.run().series;
    let lot = scene.simulator.rules().lot;
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let columns = ((plot.right - plot.left) / (2 * FINE)).max(1) as usize;
    let width = (last - first).div_ceil(columns);
    (first..last)
        .step_by(width)
        .map(|from| {
            let to = (from + width).min(last);
            let mean = |lots: u64| lots as f64 * lot / (to - from) as f64;
            let sold = |lots: &[u64]| lots[from + 1..=to].iter().sum::<u64>();
            // A forced purchase of shorts counts as much as a sale of longs.
            let bought = series.bought_back.get(from + 1..=to).unwrap_or_default();
            let (by_bots, by_people) = bought.iter().fold((0, 0), |sum, lots| (sum.0 + lots.0, sum.1 + lots.1));
            let (bots, people) = (sold(&series.bots_sold) + by_bots, sold(&series.people_sold) + by_people);
            Bar { from, to, bots: mean(bots), people: mean(people) }
        })
        .collect()
}
