//! The data of the cobweb view, computed once for each run.

use crate::model::Simulator;
use crate::model::closed_form::cobweb::Cobweb;
use crate::model::results::summary::{percent, rise_percent};
use crate::model::rules::Rules;

/// Points of the curve along the axis of the fall: finer than most screens.
const STEPS: usize = 1024;

/// Possible ends of the axis of the fall, percent.
const FALLS: [f64; 5] = [5.0, 10.0, 25.0, 50.0, 100.0];

/// Possible ends of the axis of the rise, percent.
const RISES: [f64; 7] = [5.0, 10.0, 25.0, 50.0, 100.0, 300.0, 1000.0];

/// Possible ends of the upward axis, percent. A fall cannot exceed the whole price.
const FURTHER: [f64; 9] = [1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 300.0, 1000.0];

/// The staircase of a run in percent of the price: falls, or rises after a purchase.
#[derive(Debug)]
pub struct Picture {
    /// The staircase.
    pub(in crate::chart) staircase: Cobweb,
    /// Whether the first order is a purchase.
    pub(in crate::chart) rises: bool,
    /// The move caused by the first order alone.
    pub(in crate::chart) first: f64,
    /// The end of the staircase.
    pub(in crate::chart) stop: f64,
    /// End of the axis of the fall.
    pub(in crate::chart) deepest: f64,
    /// End of the upward axis: the further fall.
    pub(in crate::chart) furthest: f64,
    /// The further fall forced at each fall, at even steps from zero to the end of the axis.
    pub(in crate::chart) curve: Vec<f64>,
}

impl Picture {
    /// The staircase of the last run.
    pub fn new(simulator: &Simulator) -> Self {
        let rules = simulator.rules();
        let staircase = Cobweb::new(rules, simulator.density(), simulator.crowd());
        let rises = rules.purchase();
        let mut picture =
            Self { staircase, rises, first: 0.0, stop: 0.0, deepest: 0.0, furthest: 0.0, curve: Vec::new() };
        picture.first = picture.percent(rules.shock);
        picture.stop = picture.percent(picture.staircase.stop());
        let beyond = picture.staircase.tipping.map_or(0.0, |tipping| picture.percent(tipping.stops));
        picture.deepest = axis_end(if rises { &RISES } else { &FALLS }, picture.stop.max(beyond));
        picture.curve = vec![0.0; STEPS + 1];
        let falls = picture.falls();
        picture.curve = falls.map(|fall| picture.further(rules, picture.log(fall))).collect();
        let most = picture.curve.iter().copied().fold(picture.stop - picture.first, f64::max);
        picture.furthest = axis_end(if rises { &FURTHER } else { &FURTHER[..7] }, most);
        picture
    }

    /// Converts a fall of the log price to percent of the price; after a purchase a rise.
    pub(in crate::chart) fn percent(&self, log: f64) -> f64 {
        if self.rises { rise_percent(log) } else { percent(log) }
    }

    /// The move of the log price caused by the first order alone.
    pub(in crate::chart) fn first_log(&self) -> f64 {
        self.staircase.falls[0]
    }

    fn log(&self, percent: f64) -> f64 {
        if self.rises { libm::log1p(percent / 100.0) } else { -libm::log1p(-percent / 100.0) }
    }

    /// The further move, in percent of the start price, forced by a fall of the log price. It is added to the move of
    /// the first order.
    fn further(&self, rules: &Rules, fall: f64) -> f64 {
        self.percent(rules.shock + self.staircase.forced(fall)) - self.first
    }

    /// The falls at which the curve is known.
    pub(in crate::chart) fn falls(&self) -> impl Iterator<Item = f64> + Clone {
        let (deepest, steps) = (self.deepest, (self.curve.len() - 1) as f64);
        (0..self.curve.len()).map(move |i| deepest * i as f64 / steps)
    }

    /// The stretches of the curve above the diagonal, where a fall forces more than it takes, as pairs of fall and
    /// further fall.
    pub(in crate::chart) fn self_feeding(&self) -> Vec<Vec<(f64, f64)>> {
        let beyond = self.falls().zip(self.curve.iter().copied()).filter(|(fall, _)| *fall >= self.first);
        let mut stretches = vec![Vec::new()];
        for (fall, further) in beyond {
            let last = stretches.len() - 1;
            if further > fall - self.first {
                stretches[last].push((fall, further));
            } else if !stretches[last].is_empty() {
                stretches.push(Vec::new());
            }
        }
        stretches.retain(|stretch| stretch.len() > 1);
        stretches
    }

    /// The corners of the staircase up to a fall, in percent: right by the first order, up to the curve, right to the
    /// diagonal, and so on. Steps shorter than `least` are left out.
    pub(in crate::chart) fn corners(&self, reached: f64, least: f64) -> Vec<(f64, f64)> {
        let mut corners = vec![(0.0, 0.0), (self.first.min(reached), 0.0)];
        let mut from = self.first;
        for log in &self.staircase.falls[1..] {
            let fall = self.percent(*log);
            if from > reached {
                break;
            }
            if fall - from < least && fall < self.stop {
                continue;
            }
            let up = fall - self.first;
            corners.extend([(from, up), (fall.min(reached), up)]);
            from = fall;
        }
        corners
    }
}

/// The first end of the list with some room above the value.
fn axis_end(ends: &[f64], value: f64) -> f64 {
    ends.iter().copied().find(|end| value <= end * 0.97).unwrap_or(ends[ends.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    const PURE: &str = "scenario=release-1&bots=100&vol-bots=0&permanent=100&buyers=0&thinning=0&calm-volatility=0";

    fn picture(text: &str) -> (Picture, Simulator) {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        (Picture::new(&simulator), simulator)
    }

    #[test]
    fn the_staircase_ends_at_the_fixed_point_of_the_summary() {
        for text in ["", PURE, "leverage=20", "impact=square-root", "shorts=60&first-order=purchase&bots=80"] {
            let (picture, simulator) = picture(text);
            assert_eq!(picture.stop, simulator.summary().fixed_point_fall_percent, "{text}");
            let corners = picture.corners(f64::INFINITY, 0.0);
            let (x, y) = corners[corners.len() - 1];
            assert_eq!((x, y), (picture.stop, picture.stop - picture.first), "{text}");
            assert!((picture.further(simulator.rules(), picture.log(x)) - y).abs() < 1e-9, "{text}");
            // The drawn curve is at most one step of the axis away.
            let at = (x / picture.deepest * STEPS as f64) as usize;
            assert!(picture.curve[at] <= y + 1e-9 && y <= picture.curve[at + 1] + 1e-9, "{text}");
            assert!(picture.curve.is_sorted() && picture.curve[STEPS] <= picture.furthest, "{text}");
        }
    }

    #[test]
    fn in_the_pure_limit_the_run_takes_every_step() {
        for text in [PURE.to_owned(), format!("{PURE}&shock=3")] {
            let (picture, simulator) = picture(&text);
            let run = simulator.summary().greatest_fall_percent;
            assert!((picture.stop - run).abs() < 1e-6, "{text}");
        }
    }

    #[test]
    fn steps_are_drawn_up_to_the_fall_reached() {
        let (picture, _) = picture(&format!("{PURE}&shock=3"));
        assert_eq!(picture.corners(1.0, 0.0), [(0.0, 0.0), (1.0, 0.0)]);
        let some = picture.corners(8.0, 0.0);
        assert_eq!(some.last().unwrap().0, 8.0);
        let all = picture.corners(50.0, 0.0);
        assert!(some.len() < all.len() && some[..some.len() - 1] == all[..some.len() - 1]);
        let coarse = picture.corners(50.0, 0.5);
        assert!(coarse.len() < all.len() && coarse.last() == all.last());
    }

    #[test]
    fn axes_contain_the_curve_for_extreme_parameters() {
        for text in [
            "leverage=50&bots=100&depth=0.05&accounts=500",
            "shock=0&bots=0&accounts=100",
            "shorts=100&first-order=purchase&leverage=50&bots=100&depth=0.05&accounts=500",
            "shock=20&leverage=1",
        ] {
            let (picture, _) = picture(text);
            assert!(picture.first <= picture.deepest && picture.furthest >= 1.0, "{text}");
            assert!(picture.curve.iter().all(|y| y.is_finite() && *y >= 0.0), "{text}");
        }
    }
}
