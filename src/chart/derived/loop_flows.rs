//! The data of the feedback loop, computed once for each run: its flows, and their largest values.

use crate::model::results::flows::{Flow, Flows, window};
use crate::model::{Limits, Simulator};

/// The flows of a run, and the people whose limits are passed.
#[derive(Debug)]
pub struct History {
    flows: Flows,
    /// $bn of people whose limits have been passed, by second.
    passed: Vec<f64>,
    /// The widest flow of the run, in $bn or as a move of the price, see [`as_orders`].
    pub(in crate::chart) widest: f64,
    /// The largest flow of money, $bn.
    pub(in crate::chart) most: f64,
    /// The largest impact of orders on the log price.
    pub(in crate::chart) most_impact: f64,
}

/// Orders equivalent to a move of the log price, $bn: for a small move, the orders that would cause it in a calm book.
/// A fall to zero counts as `depth`: the orders that would take off the whole price if all had the impact of the first.
pub(in crate::chart) fn as_orders(depth: f64, moved: f64) -> f64 {
    if moved > 0.0 { -depth * libm::expm1(-moved) } else { 0.0 }
}

/// The flows of one second, in the direction in which the first order moves the price.
#[derive(Clone, Copy, Debug)]
pub(in crate::chart) struct Now {
    /// The flow of the run.
    pub(in crate::chart) flow: Flow,
    /// $bn of people whose limits were just passed; they have yet to react.
    pub(in crate::chart) people: f64,
    /// Move of the log price: the impact of orders less the refill of the book, and noise.
    pub(in crate::chart) moved: f64,
    /// Move caused by the impact of orders.
    pub(in crate::chart) driven: f64,
    /// Recovery as the book refills.
    pub(in crate::chart) refilled: f64,
}

impl History {
    /// The flows of the last run, with the margin limits of its crowd.
    pub fn new(simulator: &Simulator, limits: &Limits) -> Self {
        let (rules, series) = (simulator.rules(), &simulator.run().series);
        let flows = Flows::new(rules, simulator.crowd(), series);
        let (mut down, mut up) = (Ladder::new(&limits.people), Ladder::new(&limits.short_people));
        let passed = series.limits_price().iter().map(|price| down.pass(-price) + up.pass(*price)).collect();
        let mut history = Self { flows, passed, widest: 0.0, most: 0.0, most_impact: 0.0 };
        for second in 0..series.price.len() {
            let now = history.at(simulator, second);
            let money = (now.flow.triggered + now.people).max(now.flow.traded());
            history.most = history.most.max(money);
            history.widest = history.widest.max(money).max(as_orders(rules.depth, now.driven.max(now.moved)));
            history.most_impact = history.most_impact.max(now.driven);
        }
        history
    }

    /// The flows at a second of the run.
    pub(in crate::chart) fn at(&self, simulator: &Simulator, second: usize) -> Now {
        let (rules, series) = (simulator.rules(), &simulator.run().series);
        let flow = self.flows.at(rules, series, second);
        let before = window(series, second).last().map_or(second, |first| first - 1);
        let along = |fall: f64| rules.first_sign * fall;
        Now {
            flow,
            people: self.passed[second] - self.passed[before],
            moved: along(flow.fall),
            driven: along(flow.impact),
            refilled: along(flow.refill),
        }
    }
}

/// Limits, passed one after the other.
struct Ladder<'a> {
    bins: &'a [f64],
    next: usize,
    passed: f64,
}

impl<'a> Ladder<'a> {
    fn new(bins: &'a [f64]) -> Self {
        Self { bins, next: 0, passed: 0.0 }
    }

    /// $bn of all limits passed at this fall or rise.
    fn pass(&mut self, level: f64) -> f64 {
        while self.next < self.bins.len() && Limits::fall(self.next) <= level {
            self.passed += self.bins[self.next];
            self.next += 1;
        }
        self.passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    #[test]
    fn people_react_to_the_price_that_limits_are_compared_with() {
        let simulator = Simulator::new(&query::parse("mark=30&shock=8&accounts=1000").unwrap());
        let mut limits = Limits::default();
        limits.count(simulator.rules(), simulator.crowd());
        let history = History::new(&simulator, &limits);
        let series = &simulator.run().series;
        let mut ladder = Ladder::new(&limits.people);
        let thinking = ladder.pass(-series.mark[..=312].iter().copied().fold(0.0, f64::min));
        assert!((history.passed[312] - thinking).abs() < 1e-9);
        assert!(ladder.pass(-series.price[312]) > 2.0 * thinking);
    }

    #[test]
    fn passed_limits_split_into_bots_and_people_by_their_shares() {
        let simulator = Simulator::new(&query::parse("scenario=release-1&vol-bots=0&accounts=100000").unwrap());
        let mut limits = Limits::default();
        limits.count(simulator.rules(), simulator.crowd());
        let history = History::new(&simulator, &limits);
        let now = history.at(&simulator, 312);
        assert!(now.people > 1.0);
        let share = now.flow.triggered / (now.flow.triggered + now.people);
        // Bins of limits are wider than the move of a second, so the ends of the window are not exact.
        assert!((share - 0.35).abs() < 0.02, "{share}");
        assert!(now.driven <= history.most_impact && now.flow.traded() <= history.most);
        assert!(now.moved > 0.03 && now.refilled > 0.0 && now.driven > now.moved);
    }
}
