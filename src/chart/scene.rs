//! The input of a drawing: a run, the current second, highlights, and runs to compare.

use std::rc::Rc;

use super::derived::{Extras, LimitSteps};
use super::pointer::Mark;
use super::span::Span;
use crate::model::results::summary::percent;
use crate::model::{Ensemble, Simulator};

/// The input of a drawing: a run, the visible part of it, and the current second.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The run.
    pub simulator: &'a Simulator,
    /// The visible part of the run.
    pub span: Span,
    /// The current second, from the start of the run; later seconds are drawn pale.
    pub now: usize,
    /// The elapsed part of the next second, 0 to 1, for views that animate within a second.
    pub part: f64,
    /// The axes to keep; `None` for those that suit the run.
    pub axes: Option<Axes>,
    /// The price of the previous run, logs by second, drawn as a ghost.
    pub before: Option<&'a [f64]>,
    /// The reader's highlight, the same in all views.
    pub mark: Mark,
    /// A run to compare with this one.
    pub kept: Option<Kept<'a>>,
    /// Other crowds with the same settings.
    pub crowds: Option<&'a Ensemble>,
    /// Data that some views need beyond the run.
    pub extras: &'a Extras,
}

impl<'a> Scene<'a> {
    /// A run at a second, without highlight or comparison.
    #[must_use]
    pub fn new(simulator: &'a Simulator, extras: &'a Extras, span: Span, now: usize) -> Self {
        let (mark, part, axes, before, kept, crowds) = (Mark::default(), 0.0, None, None, None, None);
        Self { simulator, span, now, part, axes, before, mark, kept, crowds, extras }
    }

    /// The ends of the price axis, percent above and below the start: the kept axes, or else those that suit the run.
    pub(super) fn price_ends(&self) -> (f64, f64) {
        self.axes.map_or_else(|| self.suitable_ends(), |axes| (axes.rise, axes.fall))
    }

    /// The top of the axis of sales, $bn a second: the kept axes, or else those that suit the run.
    pub(super) fn sales_top(&self) -> f64 {
        self.axes.map_or_else(|| self.extras.sales_top(self.simulator), |axes| axes.sales)
    }

    /// The axes that suit the run.
    #[must_use]
    pub fn suitable_axes(&self) -> Axes {
        let (rise, fall) = self.suitable_ends();
        Axes { rise, fall, sales: self.extras.sales_top(self.simulator) }
    }

    /// The ends of the price axis, percent above and below the start. They come from a short list, so that the axis
    /// rarely jumps while a slider moves. There is only a little space above the start unless the price rises far.
    fn suitable_ends(&self) -> (f64, f64) {
        let summary = self.simulator.summary();
        let mut fall = summary.greatest_fall_percent.max(summary.without_bots_fall_percent);
        let mut rise = summary.greatest_rise_percent;
        #[cfg(feature = "full")]
        {
            let (highest, deepest) = super::published::markers::reach(self.simulator);
            fall = fall.max(summary.worst_venue_fall_percent.unwrap_or(0.0)).max(deepest);
            rise = rise.max(highest);
        }
        if let Some(kept) = self.kept {
            // Two compared runs share their axes.
            let other = kept.simulator.summary();
            fall = fall.max(other.greatest_fall_percent).max(other.without_bots_fall_percent);
            rise = rise.max(other.greatest_rise_percent);
        }
        let first_that_holds = |list: &[f64], value: f64| {
            list.iter().copied().find(|end| value <= end * 0.97).unwrap_or(list[list.len() - 1])
        };
        let air = 0.08;
        if rise > fall && rise > 25.0 * air {
            let deepest = first_that_holds(&[2.0, 5.0, 10.0, 25.0, 50.0, 100.0], fall);
            (first_that_holds(&[5.0, 10.0, 25.0, 50.0, 100.0, 300.0, 1000.0], rise), deepest)
        } else {
            let deepest = first_that_holds(&[25.0, 50.0, 100.0], fall);
            let high = if rise > deepest * air { first_that_holds(&[5.0, 10.0, 25.0, 50.0, 100.0], rise) } else { 0.0 };
            (high.max(air * deepest), deepest)
        }
    }

    /// The margin limits, summed by step of the price axis.
    pub(super) fn limit_steps(&self) -> Rc<LimitSteps> {
        self.extras.limit_steps(self.simulator, self.price_ends())
    }

    /// The greatest fall and the greatest rise, up to a second, of the price that limits are compared with; percent.
    pub(super) fn passed_until(&self, second: usize) -> (f64, f64) {
        let so_far = self.simulator.run().series.limits_price()[..=second].iter().copied();
        let (low, high) = so_far.fold((0.0, 0.0), |(low, high): (f64, f64), price| (low.min(price), high.max(price)));
        (percent(-low), -percent(-high))
    }
}

/// The axes of a scene. They are kept while a slider is held, so that consecutive runs can be compared by eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    /// Top of the price axis, percent above the start price.
    pub rise: f64,
    /// Bottom of the price axis, percent below the start price.
    pub fall: f64,
    /// Top of the axis of sales, $bn a second.
    pub sales: f64,
}

impl Axes {
    /// Interpolates between these axes (`share` 0) and others (1).
    #[must_use]
    pub fn towards(self, other: Self, share: f64) -> Self {
        let between = |from: f64, to: f64| from + (to - from) * share;
        Self {
            rise: between(self.rise, other.rise),
            fall: between(self.fall, other.fall),
            sales: between(self.sales, other.sales),
        }
    }
}

/// A run to compare with the one that is drawn.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The other run.
    pub simulator: &'a Simulator,
    /// The relation between the two runs.
    pub role: Role,
}

/// The relation between the drawn run and the one that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The other run is the kept one; both share a picture, and the difference is shaded.
    Shaded,
    /// The other run is the kept one, drawn side by side with shared axes.
    Beside,
    /// The drawn run is the kept one; the other one is the current run.
    Itself,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn limits_are_passed_by_the_price_they_are_compared_with() {
        let simulator = Simulator::new(&query::parse("mark=20&shock=8&accounts=300").unwrap());
        let extras = Extras::default();
        let scene = Scene::new(&simulator, &extras, Span::Whole, 320);
        let series = &simulator.run().series;
        let (fall, _) = scene.passed_until(320);
        assert!((fall - percent(-series.mark[320])).abs() < 1e-12 && fall < 0.7 * percent(-series.price[320]));
    }
}
