//! What a reader draws before it is shown: the price of a market whose bots are slower.
//!
//! The line runs from the first sale to wherever the reader has drawn, one point for a second; between points it is
//! straight. A pen and a few sliders move the same points.

mod drawing;
mod names;
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

/// Seconds in sight after the first sale has begun: the last point of the line.
pub const LAST: usize = 120;

/// Seconds whose price has a slider.
pub const ANCHORS: [usize; 7] = [10, 20, 30, 45, 60, 90, 120];

/// Strokes that can be taken back.
const STROKES: usize = 100;

/// A pen put down on a line erases so many seconds to each side, so that the two are joined and no spike is left.
const NIB: usize = 3;

/// A price path and the bots that it belongs to.
#[derive(Clone, Debug)]
struct Path {
    /// Their mean reaction, s.
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

    /// Fall below the start price so many seconds after the first sale began, percent.
    fn fall(&self, since: usize) -> f64 {
        percent(-self.price[SHOCK_AT + since])
    }

    /// The lowest price in sight: seconds after the first sale began, and the fall, percent.
    fn low(&self) -> (usize, f64) {
        low((0..=LAST).map(|since| self.fall(since)))
    }
}

/// The greatest of these falls and where it is.
fn low(falls: impl Iterator<Item = f64>) -> (usize, f64) {
    falls.enumerate().fold((0, f64::NEG_INFINITY), |low, here| if here.1 > low.1 { here } else { low })
}

/// The line of a reader, and the two runs that it is held against.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// Bots as they are: shown from the start.
    known: Path,
    /// The slower ones: shown at the end.
    hidden: Path,
    /// Ends of the price axis, percent above and below the start price.
    ends: (f64, f64),
    /// Falls that are drawn, percent, by second after the first sale began. The first is that of the price itself.
    points: Vec<Option<f64>>,
    /// The points before each stroke.
    before: Vec<Vec<Option<f64>>>,
    /// Where the pen is.
    pen: Option<usize>,
    /// The slider that was moved last, if nothing else was since.
    moved: Option<usize>,
}

impl Sketch {
    /// Nothing drawn yet, in the market of these parameters; bots of `latency` seconds are what is asked for.
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

    /// Highest and lowest change of the price that can be drawn, percent.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        (self.ends.0, -self.ends.1)
    }

    /// Whether there is nothing drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points[1..].iter().all(Option::is_none)
    }

    /// The line: falls by second, percent, from the first sale to the last point. Only its beginning if nothing is
    /// drawn.
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

    /// The change of the price at a slider's second, percent, as far as it is drawn.
    #[must_use]
    pub fn anchor(&self, index: usize) -> Option<f64> {
        ANCHORS.get(index).and_then(|second| self.line().get(*second).map(|fall| 0.0 - fall))
    }

    /// Draws the price at a slider's second, straight from the slider before and to the one after.
    pub fn set_anchor(&mut self, index: usize, change: f64) {
        let Some(second) = ANCHORS.get(index).copied() else { return };
        // On its way a slider passes many values: the last one counts, as if it had come there at once.
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

    /// The pen is put down.
    pub fn begin(&mut self, (second, fall): (usize, f64)) {
        self.keep();
        self.moved = None;
        let second = second.clamp(1, LAST);
        self.points[second.saturating_sub(NIB).max(1)..=(second + NIB).min(LAST)].fill(None);
        self.points[second] = Some(self.within(fall));
        self.pen = Some(second);
    }

    /// The pen is moved, if it is down.
    pub fn go_on(&mut self, (second, fall): (usize, f64)) {
        let Some(from) = self.pen else { return };
        let second = second.clamp(1, LAST);
        let (left, right) = (from.min(second), from.max(second));
        // All that it passes is drawn anew; of what it began with that second stays.
        for passed in left..=right {
            if passed != from {
                self.points[passed] = None;
            }
        }
        self.points[second] = Some(self.within(fall));
        self.pen = Some(second);
    }

    /// The pen is taken up.
    pub fn end(&mut self) {
        self.pen = None;
    }

    /// Takes the last stroke back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        (self.pen, self.moved) = (None, None);
        self.before.pop().map(|points| self.points = points).is_some()
    }

    /// Takes everything off; that can be undone, too.
    pub fn clear(&mut self) {
        self.keep();
        (self.pen, self.moved) = (None, None);
        self.points[1..].fill(None);
    }

    /// The second after the first sale and the fall, percent, at a place of the sheet; nothing beside the plot, unless
    /// the pen is down. Sizes and places in units of the drawing, [`FINE`](crate::chart::FINE) to a pixel, and so is
    /// `em`.
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

    /// Time and price axis over a plot; time in seconds of the run.
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
