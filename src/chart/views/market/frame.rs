//! Where the parts of the picture lie, and how data turn into pixels in them.

use crate::chart::Scene;
use crate::chart::scale::{LEFT, Linear, RIGHT};
use crate::chart::sheet::{Bounds, Point};
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;

/// Seconds that the strip shows at least: long enough for a crash, short enough to see it move.
const LEAST: f64 = 45.0;

/// Seconds before the first order that the strip keeps in sight.
const LEAD: usize = 5;

/// Where everything lies, in units of the drawing.
pub(super) struct Frame {
    /// The price up to now; now is its right edge.
    pub(super) strip: Bounds,
    /// The limits.
    pub(super) ladder: Bounds,
    /// What is traded in each second, under the strip.
    pub(super) bars: Bounds,
    /// Room for the sentence.
    pub(super) sentence: Bounds,
    /// Whether there is room for few words only.
    pub(super) narrow: bool,
    /// Seconds of the run to pixels of the strip.
    pub(super) x: Linear,
    /// Falls in percent to pixels.
    pub(super) y: Linear,
    /// Now: seconds of the run and the part of the next one.
    pub(super) now: f64,
    /// The fall of the price now, percent.
    pub(super) fall: f64,
    /// The first second in sight.
    pub(super) first: usize,
}

impl Frame {
    /// The frame of a sheet of that size.
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
        // Where the noise alone sets off the bots, the fall comes before the first order.
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

    /// The pixel of a fall, or the edge of the strip where it lies beyond: while a slider is held, scales stay as they are.
    pub(super) fn within(&self, fall: f64) -> i32 {
        self.y.px(fall).clamp(self.strip.top, self.strip.bottom)
    }

    /// A curve within the strip.
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
