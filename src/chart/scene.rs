//! What a drawing shows: a run, the second that is now, and what is lit up or beside it.

use std::rc::Rc;

use super::derived::{Extras, LimitSteps};
use super::pointer::Mark;
use super::span::Span;
use crate::model::Simulator;
use crate::model::results::summary::percent;

/// What a drawing shows: a run, the part of it in sight, and the second that is now.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The run.
    pub simulator: &'a Simulator,
    /// The part of the run in sight.
    pub span: Span,
    /// The second that is now, from the start of the run; what lies after it is drawn pale.
    pub now: usize,
    /// The part of the next second that is over, 0 to 1: views that show motion move on within a second.
    pub part: f64,
    /// The scales to keep; nothing for those that suit the run.
    pub axes: Option<Axes>,
    /// The price of the run before this one, logs by second, as a ghost.
    pub before: Option<&'a [f64]>,
    /// What a reader points at: the same in all views.
    pub mark: Mark,
    /// Another run, to be compared with this one.
    pub kept: Option<Kept<'a>>,
    /// What some views need beyond the run.
    pub extras: &'a Extras,
}

impl<'a> Scene<'a> {
    /// A run at a second, with nothing pointed at and nothing beside it.
    #[must_use]
    pub fn new(simulator: &'a Simulator, extras: &'a Extras, span: Span, now: usize) -> Self {
        let (mark, part, axes, before, kept) = (Mark::default(), 0.0, None, None, None);
        Self { simulator, span, now, part, axes, before, mark, kept, extras }
    }

    /// The ends of the price axis, percent above and below the start: those that are kept, else those that suit the run.
    pub(super) fn price_ends(&self) -> (f64, f64) {
        self.axes.map_or_else(|| self.suitable_ends(), |axes| (axes.rise, axes.fall))
    }

    /// The top of the axis of sales, $bn a second: the one that is kept, else the one that suits the run.
    pub(super) fn sales_top(&self) -> f64 {
        self.axes.map_or_else(|| self.extras.sales_top(self.simulator), |axes| axes.sales)
    }

    /// The scales that suit the run.
    #[must_use]
    pub fn suitable_axes(&self) -> Axes {
        let (rise, fall) = self.suitable_ends();
        Axes { rise, fall, sales: self.extras.sales_top(self.simulator) }
    }

    /// The ends of the price axis, percent above and below the start: from a short list, so that the axis rarely jumps
    /// under a slider. Unless the price rises far there is just some air above the start.
    fn suitable_ends(&self) -> (f64, f64) {
        let summary = self.simulator.summary();
        let mut fall = summary.greatest_fall_percent.max(summary.without_bots_fall_percent);
        let mut rise = summary.greatest_rise_percent;
        if let Some(kept) = self.kept {
            // Two runs that are compared share their axes.
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

    /// What must be sold at each step of the price axis.
    pub(super) fn limit_steps(&self) -> Rc<LimitSteps> {
        self.extras.limit_steps(self.simulator, self.price_ends())
    }

    /// The greatest fall and the greatest rise until a second of the price that limits are held against, percent.
    pub(super) fn passed_until(&self, second: usize) -> (f64, f64) {
        let so_far = self.simulator.run().series.limits_price()[..=second].iter().copied();
        let (low, high) = so_far.fold((0.0, 0.0), |(low, high): (f64, f64), price| (low.min(price), high.max(price)));
        (percent(-low), -percent(-high))
    }
}

/// The scales of a scene: kept while a slider is held, so that one run can be compared with the next by eye.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    /// Top of the price axis, percent above the start price.
    pub rise: f64,
    /// Foot of the price axis, percent below the start price.
    pub fall: f64,
    /// Top of the axis of sales, $bn a second.
    pub sales: f64,
}

impl Axes {
    /// The scales on the way from these to others: 0 is these, 1 the others.
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

/// A run beside the one that is drawn.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The other run.
    pub simulator: &'a Simulator,
    /// How the two stand to each other.
    pub role: Role,
}

/// How a run stands to the one that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The other run was kept: it is drawn into the same picture, and the difference is shaded.
    Shaded,
    /// The other run was kept and is drawn beside this one: they share their axes.
    Beside,
    /// This run was kept, and the other one is the present one, drawn beside it.
    Itself,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn limits_are_passed_where_the_price_that_they_are_held_against_has_been() {
        let simulator = Simulator::new(&query::parse("mark=20&shock=8&accounts=300").unwrap());
        let extras = Extras::default();
        let scene = Scene::new(&simulator, &extras, Span::Whole, 320);
        let series = &simulator.run().series;
        let (fall, _) = scene.passed_until(320);
        assert!((fall - percent(-series.mark[320])).abs() < 1e-12 && fall < 0.7 * percent(-series.price[320]));
    }
}
