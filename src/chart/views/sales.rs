//! Forced sales per second, of bots (solid), of funds that sell by rule and of people (both pale with an edge), as bars
//! under the price.

use plotters::style::{Color, RGBColor};

use crate::chart::Spot;
use crate::chart::axes::{stand_beside, value_marks};
use crate::chart::labels::Labels;
use crate::chart::published::{self, of_sales};
use crate::chart::scale::{Linear, nice};
use crate::chart::sheet::Point;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::time_axis::second_at;
use crate::chart::time_axis::{cursor, marked_second, plot, time, time_marks, title_within};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, FINE, Scene, Span};
use crate::describe::{Automatons, automatons, by_funds, percent_words};
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
        let markers = || of_sales(scene.simulator);
        let most = bars.iter().map(Bar::whole).chain(markers().map(|marker| marker.most())).fold(0.0, f64::max);
        // A span of two minutes keeps its scale while a slider is dragged, as the price does, unless more is sold.
        let least = if scene.span == Span::Minutes2 { LEAST * scene.simulator.rules().open_interest } else { 1e-6 };
        let top = nice((most * 1.05).max(least));
        let y = Linear::new((0.0, top), (plot.bottom, plot.top));

        let seconds = bars.first().map_or(1, |bar| bar.to - bar.from);
        let rules = scene.simulator.rules();
        let both = rules.shorts > 0.0 || rules.targeters > 0.0 && rules.purchase();
        let name = match (both, sheet.narrow()) {
            (false, false) => tr("Forced sales per second"),
            (false, true) => tr("Forced sales per s"),
            (true, false) => tr("Forced sales and purchases per second"),
            (true, true) => tr("Forced orders per s"),
        };
        let name = if seconds > 1 { say!("{name}, mean of {seconds} s", name, seconds) } else { name.to_owned() };
        let left = sheet.ems(0.2);
        let free = published::key(sheet, markers(), plot.right, &name)?;
        title_within(sheet, (left, free), &name)?;
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
            // Funds and people are lighter and have an edge: a second cue besides the hue.
            let edged = |from: f64, amount: f64, bottom: i32, colour: RGBColor| {
                if amount <= 0.0 {
                    return Ok(bottom);
                }
                let top = y.px(from + amount).min(bottom - FINE);
                let bounds = Bounds { left, right: right.max(left + FINE), top, bottom };
                sheet.bar(bounds, &colour.mix(0.35 * pale))?;
                sheet.bar(Bounds { bottom: top + FINE, ..bounds }, &colour.mix(pale)).map(|()| top)
            };
            // Funds follow every move of the price: what they sell is often too little to be seen.
            let funds = if y.px(0.0) - y.px(bar.funds) < FINE / 2 { 0.0 } else { bar.funds };
            let above = edged(bar.bots, funds, middle, theme.bots)?;
            edged(bar.bots + funds, bar.people, above, theme.people)?;
        }
        let taken = names(sheet, plot, &bars)?;
        let mut labels = Labels::new(plot, sheet.ems(1.0));
        let tall = bars.iter().filter(|bar| bar.whole() > 0.0).map(|bar| {
            let (left, right) = (x.px(bar.from as f64), x.px(bar.to as f64));
            Bounds { left, right, top: y.px(bar.whole()), bottom: plot.bottom }
        });
        for bounds in taken.into_iter().chain(tall) {
            labels.take(bounds);
        }
        published::draw(sheet, scene, markers(), (x, y, plot), &mut labels)?;
        marked_second(sheet, scene, plot)?;
        cursor(sheet, scene, plot)
    }

    fn describe(&self, scene: &Scene) -> String {
        let summary = scene.simulator.summary();
        let chart = tr("Bar chart of forced sales in each second.");
        let accounts = || {
            say!(
                "Bots sell {bots} of what the long accounts hold, people {people}.",
                bots = percent_words(summary.bot_forced_share_percent),
                people = percent_words(summary.human_forced_share_percent)
            )
        };
        let words = match automatons(scene.simulator) {
            Some(Automatons::Funds) => format!("{chart} {}", by_funds(scene.simulator, usize::MAX)),
            Some(Automatons::Both) => format!("{chart} {} {}", accounts(), by_funds(scene.simulator, usize::MAX)),
            _ => format!("{chart} {}", accounts()),
        };
        words + &published::words(of_sales(scene.simulator))
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
    funds: f64,
    people: f64,
}

impl Bar {
    fn whole(&self) -> f64 {
        self.bots + self.funds + self.people
    }
}

/// Names the kinds of sellers that have bars, below each other. Returns the bounds of the names.
fn names(sheet: &Sheet, plot: Bounds, bars: &[Bar]) -> Result<Vec<Bounds>, DrawError> {
    let theme = sheet.theme;
    let [bots, funds, people] = if sheet.narrow() {
        [tr("bots"), tr("funds"), tr("people")]
    } else {
        [tr("bots, at once"), tr("funds, by rule"), tr("people, one by one")]
    };
    let mut at = (plot.right - sheet.ems(0.3), plot.top + sheet.ems(0.7));
    let mut taken = Vec::new();
    let mut name = |amount: fn(&Bar) -> f64, words: &str, colour| {
        if bars.iter().all(|bar| amount(bar) <= 0.0) {
            return Ok(());
        }
        sheet.bold(words, at, Anchor::Right, colour)?;
        taken.push(sheet.bounds(words, true, at, Anchor::Right));
        at.1 += sheet.ems(1.3);
        Ok(())
    };
    name(|bar| bar.bots, bots, theme.bots_words)?;
    name(|bar| bar.funds, funds, theme.bots_words)?;
    name(|bar| bar.people, people, theme.people_words)?;
    Ok(taken)
}

/// The visible bars, each at least two pixels wide: one second, or the mean of several.
fn bars(scene: &Scene, plot: Bounds) -> Vec<Bar> {
    let (series, rules) = (&scene.simulator.run().series, scene.simulator.rules());
    let lot = rules.lot;
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
            let funds = (from + 1..=to).map(|second| series.funds_along(rules, second)).sum::<f64>();
            Bar { from, to, bots: mean(bots), funds: funds / (to - from) as f64, people: mean(people) }
        })
        .collect()
}
