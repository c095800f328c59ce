//! The distance of a reader's line from the run.

use super::{LAST, Sketch, low};
use crate::describe::change_words;
use crate::language::tr;
use crate::say;
use crate::units::{digits, duration};

/// Tolerance for the depth of a drawn low, percentage points.
const NEAR: f64 = 1.0;

/// Tolerance for the time of a drawn low, s.
const SOON: usize = 10;

/// The distance of a line from the run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Number of seconds drawn.
    pub seconds: usize,
    /// Mean distance from the run over these seconds, percentage points of the start price.
    pub distance: f64,
    /// The lowest point of the line: seconds after the first sale began, and the fall, percent.
    pub low: (usize, f64),
    /// Percentage points by which that low is too deep; negative if it is too shallow.
    pub too_deep: f64,
    /// Seconds by which that low is too late for the time in which the price is near its low; negative if too early.
    pub too_late: i64,
}

impl Score {
    /// The score of a sketch; `None` if nothing is drawn.
    #[must_use]
    pub fn of(sketch: &Sketch) -> Option<Self> {
        if sketch.is_empty() {
            return None;
        }
        let line = sketch.line();
        let seconds = line.len() - 1;
        let far = (1..=seconds).map(|second| (line[second] - sketch.hidden.fall(second)).abs()).sum::<f64>();
        let low = low(line.into_iter());
        let (from, to) = near_low(sketch);
        let too_late = if low.0 < from { low.0 as i64 - from as i64 } else { low.0.saturating_sub(to) as i64 };
        Some(Self { seconds, distance: far / seconds as f64, low, too_deep: low.1 - sketch.hidden.low().1, too_late })
    }
}

/// The first and last second around the low during which the price stays within a twentieth of the fall.
fn near_low(sketch: &Sketch) -> (usize, usize) {
    let (at, deepest) = sketch.hidden.low();
    let near = |second: &usize| sketch.hidden.fall(*second) >= deepest - 0.05 * deepest.abs();
    let from = (0..at).rev().take_while(near).last().unwrap_or(at);
    (from, (at..=LAST).take_while(near).last().unwrap_or(at))
}

/// The price path of the hidden run, and how far off the reader's line is, if there is one.
#[must_use]
pub fn verdict(sketch: &Sketch) -> String {
    let (at, deepest) = sketch.hidden.low();
    let (from, to) = near_low(sketch);
    let (bots, change) = (duration(sketch.hidden.latency), change_words(-deepest));
    let low = if to - from > SOON {
        say!(
            "With bots of {bots} the price falls to {change} and stays near it from {from} to {to}.",
            bots,
            change,
            from,
            to = seconds(to)
        )
    } else {
        say!("With bots of {bots} the price falls to {change}, after {time}.", bots, change, time = seconds(at))
    };
    let Some(score) = Score::of(sketch) else {
        let (known, known_fall) = sketch.known.low();
        let other = say!(
            "With bots of {bots} it falls to {change}, after {time}.",
            bots = duration(sketch.known.latency),
            change = change_words(-known_fall),
            time = seconds(known)
        );
        return format!("{low} {other}");
    };
    let points = |points: f64| match points.abs() {
        less if less < 0.05 => say!("under {number}\u{a0}percentage points", number = digits(0.1, 1)),
        points => say!("{number} percentage points", number = digits(points, 1)),
    };
    let depth = match score.too_deep {
        deep if deep.abs() <= NEAR => tr("close in depth").into(),
        deep if deep > 0.0 => say!("{points} too deep", points = points(deep)),
        deep => say!("{points} not deep enough", points = points(deep)),
    };
    let late = score.too_late.unsigned_abs() as usize;
    let when = match score.too_late {
        _ if late <= SOON => tr("close in time").into(),
        1.. => say!("{time} too late", time = seconds(late)),
        _ => say!("{time} too early", time = seconds(late)),
    };
    let drew = say!(
        "You drew the low at {change}, after {time}: {depth}, and {when}.",
        change = change_words(-score.low.1),
        time = seconds(score.low.0),
        depth,
        when
    );
    let off = points(score.distance);
    let off = if score.seconds < LAST {
        say!(
            "Your line is {points} off on average, over the {time} that you drew.",
            points = off,
            time = seconds(score.seconds)
        )
    } else {
        say!("Your line is {points} off on average.", points = off)
    };
    format!("{low} {drew} {off}")
}

/// `120 s`: in the form of the time axis, not as two minutes.
pub(super) fn seconds(seconds: usize) -> String {
    say!("{number}\u{a0}s", number = seconds)
}
