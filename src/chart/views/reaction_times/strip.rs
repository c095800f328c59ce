//! One kind of account on the time axis: its forced orders and its reaction time.

use plotters::style::{Color, RGBColor};

use super::log_time::LogTime;
use crate::chart::labels::fitting;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::{DrawError, FINE, Scene};
use crate::language::{fill, tr};
use crate::model::Simulator;
use crate::model::rules::SHOCK_AT;
use crate::units::{dollars, duration};
use crate::{say, words};

/// Opacity of everything after the current second.
pub(super) const LATER: f64 = 0.3;

/// Ratio of the lengths of consecutive bars; a bar lasts at least a second.
const BIN: f64 = 1.25;

/// Height that a strip needs besides its bars, em: below them, and in all.
const UNDER: f64 = 1.4;
pub(super) const AROUND: f64 = UNDER + 1.9;

/// The forced orders and the reaction time of one kind of account.
pub(super) struct Strip {
    pub(super) bars: Vec<Bar>,
    /// Names from long to short, with the mean reaction.
    names: Vec<String>,
    /// Texts from long to short: `area: $13bn sold`, up to now; empty if there is nothing.
    sums: Vec<String>,
    /// Mean reaction, s; `None` if there are no such accounts.
    mean: Option<f64>,
    /// Whether the accounts are bots; otherwise people.
    bots: bool,
}

/// Forced orders from one second after the first order until before a later one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) from: usize,
    pub(super) to: usize,
    /// $bn per unit of the log of time, so that the area of a bar is money.
    pub(super) density: f64,
}

/// Time by which this share has reacted, s. Reactions are exponential, rounded up to whole seconds.
pub(super) fn reacted(mean: f64, share: f64) -> f64 {
    libm::ceil(-mean * libm::log1p(-share))
}

/// A mean reaction with two significant digits: `1.4 s`, `21 min`.
pub(super) fn about(seconds: f64) -> String {
    let unit = [(120.0, 1.0), (7200.0, 60.0)].into_iter().find(|(below, _)| seconds < *below).map_or(3600.0, |u| u.1);
    let value = seconds / unit;
    let step = if value < 10.0 { 10.0 } else { 1.0 };
    duration((value * step).round() / step * unit)
}

/// Forced sales and purchases of bots, or of people, in a second of the run, $bn.
pub(super) fn forced(simulator: &Simulator, bots: bool, second: usize) -> (f64, f64) {
    let series = &simulator.run().series;
    let lot = simulator.rules().lot;
    let back = series.bought_back.get(second).copied().unwrap_or_default();
    let (sold, bought) = if bots { (series.bots_sold[second], back.0) } else { (series.people_sold[second], back.1) };
    (sold as f64 * lot, bought as f64 * lot)
}

pub(super) fn bars(simulator: &Simulator, bots: bool) -> Vec<Bar> {
    let end = simulator.rules().seconds - SHOCK_AT + 1;
    let mut bars = Vec::new();
    let mut from = 1;
    while from < end {
        let to = ((from as f64 * BIN).round() as usize).max(from + 1);
        // A remainder at the end joins the last bar.
        let to = if (to as f64 * BIN) as usize > end { end } else { to };
        let amount: f64 = (from..to).map(|since| forced(simulator, bots, SHOCK_AT + since)).map(|(s, b)| s + b).sum();
        let density = amount / libm::log((to as f64 - 0.5) / (from as f64 - 0.5));
        bars.push(Bar { from, to, density });
        from = to;
    }
    bars
}

impl Strip {
    pub(super) fn both(scene: &Scene) -> [Self; 2] {
        let rules = scene.simulator.rules();
        [true, false].map(|bots| {
            let mean = if bots { rules.bot_latency } else { rules.human_latency };
            let time = about(mean);
            let who: &[&str] = match bots {
                true if rules.bots <= 0.0 => &[],
                true => &[words!("bots")],
                false if rules.bots < 1.0 && rules.leaning_buyers() > 0.0 => {
                    &[words!("people, and those who come to buy"), words!("people, buyers too"), words!("people")]
                }
                false if rules.bots < 1.0 => &[words!("people")],
                false if rules.leaning_buyers() > 0.0 => {
                    &[words!("people: only those who come to buy"), words!("people who buy")]
                }
                false => &[],
            };
            let long = who.iter().map(|who| say!("{who}: reaction of {time} on average", who = tr(who), time));
            let short = who.iter().map(|who| say!("{who}: {time} on average", who = tr(who), time));
            let mut names: Vec<_> = long.chain(short).collect();
            if who.is_empty() {
                names.push(if bots { tr("no bots") } else { tr("no people") }.into());
            }
            let mut sums: Vec<_> = sum(scene, bots).into_iter().collect();
            let bars = bars(scene.simulator, bots);
            if bars.iter().any(|bar| bar.density > 0.0 && bar.from + SHOCK_AT <= scene.now) {
                sums.insert(0, say!("area: {amount}", amount = sums.concat()));
            }
            Self { bars, names, sums, mean: Some(mean).filter(|_| !who.is_empty()), bots }
        })
    }

    /// Draws bars on a line, the reaction below it, text above. `scale` is the height of a density of 1.
    pub(super) fn draw(
        &self,
        sheet: &Sheet,
        scene: &Scene,
        strip: Bounds,
        x: &LogTime,
        scale: f64,
    ) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let (colour, words_colour) =
            if self.bots { (theme.bots, theme.bots_words) } else { (theme.people, theme.people_words) };
        let base = strip.bottom - sheet.ems(UNDER);
        for bar in self.bars.iter().filter(|bar| bar.density > 0.0) {
            let left = x.since(bar.from as f64 - 0.5);
            let right = x.since(bar.to as f64 - 0.5).max(left + FINE);
            let left = if right - left > 3 * FINE { left + FINE } else { left };
            let top = base - ((bar.density * scale).round() as i32).max(FINE);
            let pale = if bar.from + SHOCK_AT > scene.now { LATER } else { 1.0 };
            let bounds = Bounds { left, right, top, bottom: base };
            if self.bots {
                sheet.bar(bounds, &colour.mix(pale))?;
            } else {
                sheet.bar(bounds, &colour.mix(0.35 * pale))?;
                sheet.bar(Bounds { bottom: top + FINE, ..bounds }, &colour.mix(pale))?;
            }
        }
        sheet.rule((strip.left, base), (strip.right, base), &theme.quiet.to_rgba(), 0.07)?;
        self.reaction(sheet, (strip, base + sheet.ems(0.8)), x, colour)?;

        let line = strip.top + sheet.ems(1.15);
        let (left, right) = (sheet.ems(0.2), strip.right);
        // A sum with a short name is better than a long name alone.
        let shortest = self.names.iter().map(|name| sheet.width(name, true)).min().unwrap_or(0);
        let apart = sheet.ems(0.8);
        let sum = self.sums.iter().find(|sum| left + shortest + apart + sheet.width(sum, false) <= right);
        let taken = sum.map_or(0, |sum| apart + sheet.width(sum, false));
        let name = fitting(sheet, self.names.clone(), true, right - left - taken);
        sheet.bold(&name, (left, line), Anchor::Left, words_colour)?;
        sum.map_or(Ok(()), |sum| sheet.words(sum, (right, line), Anchor::Right, words_colour))
    }

    /// Draws the range of reaction times from 10% to 90% of accounts, and the mean.
    fn reaction(
        &self,
        sheet: &Sheet,
        (strip, y): (Bounds, i32),
        x: &LogTime,
        colour: RGBColor,
    ) -> Result<(), DrawError> {
        let Some(mean) = self.mean else { return Ok(()) };
        let theme = sheet.theme;
        let [early, late] = [0.1, 0.9].map(|share| reacted(mean, share));
        // A reaction takes at least a second.
        let at = |seconds: f64| -> Point { (x.since(seconds.max(1.0)).min(strip.right), y) };
        sheet.line(vec![at(early), at(late)], &colour.mix(0.55), 0.2)?;
        sheet.dot(at(mean), 0.34, colour)?;
        if !self.bots {
            sheet.dot(at(mean), 0.2, theme.paper)?;
        }
        let gap = sheet.ems(0.5);
        let (after, before) =
            (say!("9 in 10 after {time}", time = about(late)), say!("1 in 10 after {time}", time = about(early)));
        if at(late).0 + gap + sheet.width(&after, false) < strip.right {
            sheet.words(&after, (at(late).0 + gap, y), Anchor::Left, theme.quiet)
        } else if at(early).0 - gap - sheet.width(&before, false) > strip.left {
            sheet.words(&before, (at(early).0 - gap, y), Anchor::Right, theme.quiet)
        } else {
            Ok(())
        }
    }
}

/// Forced orders up to now, as text: after the start of the first order and, unless negligible, before it.
pub(super) fn sum(scene: &Scene, bots: bool) -> Option<String> {
    let within = |from: usize, to: usize| {
        let each = (from..=to).map(|second| forced(scene.simulator, bots, second));
        each.fold((0.0, 0.0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
    };
    let (sold, bought) = within(SHOCK_AT + 1, scene.now);
    let before = within(0, scene.now.min(SHOCK_AT));
    let verb = match (sold + before.0 > 0.0, bought + before.1 > 0.0) {
        (true, true) => [tr("{amount} traded, {early} before"), tr("{amount} traded"), tr("{early} traded before")],
        (false, true) => [tr("{amount} bought, {early} before"), tr("{amount} bought"), tr("{early} bought before")],
        _ => [tr("{amount} sold, {early} before"), tr("{amount} sold"), tr("{early} sold before")],
    };
    let (after, before) = (sold + bought, before.0 + before.1);
    let early = before > 0.01 * (after + before);
    let pattern = match (after > 0.0, early) {
        (true, true) => verb[0],
        (true, false) => verb[1],
        (false, true) => verb[2],
        (false, false) => return None,
    };
    Some(fill(pattern, &[("amount", &dollars(after)), ("early", &dollars(before))]))
}
