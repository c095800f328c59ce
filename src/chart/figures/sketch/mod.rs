//! The reader's prediction, drawn as a line: the price of a market with slower bots.
//!
//! The line runs from the first sale to the last second drawn, with a point for each second; between points it is
//! straight. A pen and a few sliders move the same points.

mod drawing;
mod score;

pub use drawing::{draw, words};
pub use score::{Score, verdict};

use crate::chart::Span;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Bounds, Point};
use crate::chart::time_axis::place;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::model::{Crowd, Rules, Run};
use crate::params::Params;

/// Seconds shown after the start of the first sale: the last point of the line.
pub const LAST: usize = 120;

/// Seconds whose price has a slider.
pub const ANCHORS: [usize; 7] = [10, 20, 30, 45, 60, 90, 120];

/// Number of strokes that can be undone.
const STROKES: usize = 100;

/// Seconds on each side that a pen erases when it lands on a line. This joins the two without a spike.
const NIB: usize = 3;

/// A price path, and the reaction time of its bots.
#[derive(Clone, Debug)]
struct Path {
    /// Mean reaction of the bots, s.
    latency: f64,
    /// Log of the price relative to the start, by second of the run.
    price: Vec<f64>,
}

impl Path {
    fn new(params: &Params, crowd: &mut Crowd) -> Self {
        crowd.arrange(params);
        let mut run = Run::default();
        run.simulate(&Rules::from(params), crowd);
        Self { latency: params.bot_latency, price: run.series.price }
    }

    /// Fall below the start price at a time after the start of the first sale, percent.
    fn fall(&self, since: usize) -> f64 {
        percent(-self.price[SHOCK_AT + since])
    }

    /// The lowest visible price: seconds after the start of the first sale, and the fall, percent.
    fn low(&self) -> (usize, f64) {
        low((0..=LAST).map(|since| self.fall(since)))
    }
}

/// The greatest of these falls, with its index.
fn low(falls: impl Iterator<Item = f64>) -> (usize, f64) {
    falls.enumerate().fold((0, f64::NEG_INFINITY), |low, here| if here.1 > low.1 { here } else { low })
}

/// The reader's line, and the two runs that it is compared with.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// Bots at their usual speed: shown from the start.
    known: Path,
    /// Slower bots: shown at the end.
    hidden: Path,
    /// Ends of the price axis, percent above and below the start price.
    ends: (f64, f64),
    /// Falls drawn, percent, by second after the start of the first sale. The first one is that of the price itself.
    points: Vec<Option<f64>>,
    /// The points before each stroke, for undo.
    before: Vec<Vec<Option<f64>>>,
    /// The second of the pen while it is down.
    pen: Option<usize>,
    /// The slider moved last, unless something else has changed since.
    moved: Option<usize>,
}

impl Sketch {
    /// An empty sketch for the market of these parameters; the question is about bots of `latency` seconds.
    #[must_use]
    pub fn new(params: &Params, latency: f64) -> Self {
        let mut crowd = Crowd::default();
        let known = Path::new(params, &mut crowd);
        let hidden = Path::new(&Params { bot_latency: latency, ..*params }, &mut crowd);
        let both = || (0..=LAST).flat_map(|since| [known.fall(since), hidden.fall(since)]);
        let (fall, rise) = (both().fold(0.0, f64::max), -both().fold(0.0, f64::min));
        let holds = |list: [f64; 5], value: f64| list.into_iter().find(|end| value <= end * 0.97).unwrap_or(list[4]);
        let deepest = holds([5.0, 10.0, 25.0, 50.0, 100.0], fall);
        let air = 0.08 * deepest;
        let highest = if rise > air { holds([5.0, 10.0, 50.0, 200.0, 1000.0], rise) } else { air };
        let mut points = vec![None; LAST + 1];
        points[0] = Some(known.fall(0));
        Self { known, hidden, ends: (highest, deepest), points, before: Vec::new(), pen: None, moved: None }
    }

    /// Highest and lowest price change that can be drawn, percent.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        (self.ends.0, -self.ends.1)
    }

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points[1..].iter().all(Option::is_none)
    }

    /// The line: falls by second, percent, from the first sale to the last point. Only its start if nothing is drawn.
    #[must_use]
    pub fn line(&self) -> Vec<f64> {
        let mut line = Vec::new();
        for (second, fall) in self.points.iter().enumerate() {
            let Some(fall) = *fall else { continue };
            let (from, begun) = (line.last().copied().unwrap_or(fall), line.len());
            let steps = (second + 1 - begun) as f64;
            line.extend((begun..=second).map(|s| from + (fall - from) * ((s + 1 - begun) as f64 / steps)));
        }
        line
    }

    /// The price change at a slider's second, percent, if the line reaches it.
    #[must_use]
    pub fn anchor(&self, index: usize) -> Option<f64> {
        ANCHORS.get(index).and_then(|second| self.line().get(*second).map(|fall| 0.0 - fall))
    }

    /// Sets the price at a slider's second, with straight lines to the sliders on both sides.
    pub fn set_anchor(&mut self, index: usize, change: f64) {
        let Some(second) = ANCHORS.get(index).copied() else { return };
        // A slider passes many values. Only the last one counts, as if the slider had jumped there.
        match self.before.last() {
            Some(before) if self.moved == Some(index) => self.points.clone_from(before),
            _ => {
                self.keep();
                self.moved = Some(index);
            }
        }
        let line = self.line();
        let from = if index == 0 { 0 } else { ANCHORS[index - 1] };
        let to = ANCHORS.get(index + 1).copied().unwrap_or(LAST + 1);
        for end in [from, to] {
            if let Some(fall) = line.get(end) {
                self.points[end] = Some(*fall);
            }
        }
        self.points[from + 1..to].fill(None);
        self.points[second] = Some(self.within(0.0 - change));
    }

    /// Puts the pen down.
    pub fn begin(&mut self, (second, fall): (usize, f64)) {
        self.keep();
        self.moved = None;
        let second = second.clamp(1, LAST);
        self.points[second.saturating_sub(NIB).max(1)..=(second + NIB).min(LAST)].fill(None);
        self.points[second] = Some(self.within(fall));
        self.pen = Some(second);
    }

    /// Moves the pen, if it is down.
    pub fn go_on(&mut self, (second, fall): (usize, f64)) {
        let Some(from) = self.pen else { return };
        let second = second.clamp(1, LAST);
        let (left, right) = (from.min(second), from.max(second));
        // Redraws every second that the pen passes, except the one it started from.
        for passed in left..=right {
            if passed != from {
                self.points[passed] = None;
            }
        }
        self.points[second] = Some(self.within(fall));
        self.pen = Some(second);
    }

    /// Lifts the pen.
    pub fn end(&mut self) {
        self.pen = None;
    }

    /// Undoes the last stroke; returns whether there was one.
    pub fn undo(&mut self) -> bool {
        (self.pen, self.moved) = (None, None);
        self.before.pop().map(|points| self.points = points).is_some()
    }

    /// Clears the line, which can also be undone.
    pub fn clear(&mut self) {
        self.keep();
        (self.pen, self.moved) = (None, None);
        self.points[1..].fill(None);
    }

    /// The second after the first sale and the fall, percent, at a point of the sheet. `None` outside the plot unless
    /// the pen is down. Sizes, point and `em` in units of the drawing, [`FINE`](crate::chart::FINE) to a pixel.
    #[must_use]
    pub fn spot(&self, em: f64, size: (i32, i32), (px, py): Point) -> Option<(usize, f64)> {
        let plot = place(em, size, true);
        if plot.right <= plot.left || plot.bottom <= plot.top {
            return None;
        }
        let (x, y) = self.scales(plot);
        let inside = (x.px(SHOCK_AT as f64)..=plot.right).contains(&px) && (plot.top..=plot.bottom).contains(&py);
        let second = x.value(px).round() - SHOCK_AT as f64;
        (inside || self.pen.is_some()).then(|| ((second.max(0.0) as usize).min(LAST), self.within(y.value(py))))
    }

    /// Time and price axis of a plot; time in seconds of the run.
    fn scales(&self, plot: Bounds) -> (Linear, Linear) {
        let (first, last) = Span::Minutes2.seconds(self.known.price.len() - 1);
        let x = Linear::new((first as f64, last as f64), (plot.left, plot.right));
        (x, Linear::new((-self.ends.0, self.ends.1), (plot.top, plot.bottom)))
    }

    fn keep(&mut self) {
        if self.before.len() == STROKES {
            self.before.remove(0);
        }
        self.before.push(self.points.clone());
    }

    fn within(&self, fall: f64) -> f64 {
        fall.max(-self.ends.0).min(self.ends.1)
    }
}

#[cfg(test)]
mod tests;
