//! The layout of the picture, and its scales.

use crate::chart::Scene;
use crate::chart::scale::{LEFT, Linear, RIGHT};
use crate::chart::sheet::{Bounds, Point};
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;

/// Least seconds in the strip: long enough for a crash, short enough to show it moving.
const LEAST: f64 = 45.0;

/// Seconds before the first order that stay visible.
const LEAD: usize = 5;

/// The bounds of all parts, in units of the drawing.
pub(super) struct Frame {
    /// The price up to the current second, at its right edge.
    pub(super) strip: Bounds,
    /// The ladder of limits.
    pub(super) ladder: Bounds,
    /// Trades of each second, under the strip.
    pub(super) bars: Bounds,
    /// Room for the sentence.
    pub(super) sentence: Bounds,
    /// Whether the sheet is so narrow that labels must be short.
    pub(super) narrow: bool,
    /// Scale from seconds of the run to pixels of the strip.
    pub(super) x: Linear,
    /// Scale from falls in percent to pixels.
    pub(super) y: Linear,
    /// The current time: seconds of the run, with the part of the next one.
    pub(super) now: f64,
    /// The current fall of the price, percent.
    pub(super) fall: f64,
    /// The first visible second.
    pub(super) first: usize,
}

impl Frame {
    /// The frame for a sheet of that size.
    pub(super) fn of(em: f64, (width, height): (i32, i32), scene: &Scene) -> Self {
        let ems = |ems: f64| (em * ems).round() as i32;
        let narrow = width < ems(44.0);
        let (left, right) = (ems(LEFT), width - ems(RIGHT));
        let top = ems(2.3);
        let bottom = (height - ems(10.1)).max(top + ems(1.0));
        let middle = left + (f64::from(right - left) * if narrow { 0.46 } else { 0.5 }) as i32;
        let strip = Bounds { left, right: middle, top, bottom };
        let ladder = Bounds { left: middle + ems(if narrow { 1.2 } else { 2.4 }), right, top, bottom };
        let foot = (height - ems(1.9)).max(bottom + ems(3.0));
        let bars = Bounds { left, right: middle, top: bottom + ems(2.7), bottom: foot };
        let sentence = Bounds { left: ladder.left, right, top: bottom + ems(2.4), bottom: height };

        let series = &scene.simulator.run().series;
        let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
        let part = if scene.now < last { scene.part } else { 0.0 };
        let now = scene.now as f64 + part;
        // If the noise alone sets off the bots, the fall precedes the first order.
        let trough = scene.simulator.summary().trough();
        let early = trough > 0 && trough < SHOCK_AT && scene.now > trough;
        let start = if early { trough.saturating_sub(4 * LEAD) } else { first.max(SHOCK_AT - LEAD) };
        let sight = (now - start as f64).max(LEAST);
        let next = (scene.now + 1).min(series.price.len() - 1);
        let price = series.price[scene.now] * (1.0 - part) + series.price[next] * part;
        let (highest, deepest) = scene.price_ends();
        Self {
            strip,
            ladder,
            bars,
            sentence,
            narrow,
            x: Linear::new((now - sight, now), (strip.left, strip.right)),
            y: Linear::new((-highest, deepest), (strip.top, strip.bottom)),
            now,
            fall: percent(-price),
            first: (now - sight).max(0.0) as usize,
        }
    }

    /// The pixel of a fall, within the strip. Scales do not change while a slider is held, so a fall may lie beyond
    /// them.
    pub(super) fn within(&self, fall: f64) -> i32 {
        self.y.px(fall).clamp(self.strip.top, self.strip.bottom)
    }

    /// Clamps a curve to the strip.
    pub(super) fn clipped(&self, mut curve: Vec<Point>) -> Vec<Point> {
        for (_, y) in &mut curve {
            *y = (*y).clamp(self.strip.top, self.strip.bottom);
        }
        curve
    }

    /// The greatest fall and rise until the given number of seconds ago, percent.
    pub(super) fn passed_before(&self, scene: &Scene, seconds: f64) -> (f64, f64) {
        let then = (self.now - seconds).max(0.0);
        scene.passed_until(then as usize)
    }
}
