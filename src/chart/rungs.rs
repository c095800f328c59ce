//! What must be sold at each price, summed over even steps of the price axis: the bars of the ladder and of the market.

use super::Scene;
use super::axes::ends;
use crate::model::Limits;
use crate::model::results::summary::percent;

/// Steps of the price axis from its top to its foot.
const STEPS: usize = 50;

/// $bn with a margin limit in each step of the price axis, from top to bottom.
#[derive(Debug)]
pub(super) struct Rungs {
    /// Of bots.
    pub(super) bots: Vec<f64>,
    /// Of people.
    pub(super) people: Vec<f64>,
    /// Height of a step, percent of the start price.
    pub(super) step: f64,
    /// Steps above the start price, where shorts have their limits.
    above: usize,
}

impl Rungs {
    /// The steps of a scene's price axis.
    pub(super) fn of(scene: &Scene) -> Self {
        let (highest, deepest) = ends(scene);
        let limits = scene.extras.limits(scene.simulator);
        let both_ways = !limits.short_bots.is_empty() && highest > 0.2 * deepest;
        let step = if both_ways { highest + deepest } else { deepest } / STEPS as f64;
        let above = if both_ways { (highest / step).ceil() as usize } else { 0 };
        let side = |long: &[f64], short: &[f64]| {
            let mut steps = by_step(short, above, |level| -percent(-level) / step);
            steps.reverse();
            steps.extend(by_step(long, STEPS - above, |level| percent(level) / step));
            steps
        };
        let (bots, people) = (side(&limits.bots, &limits.short_bots), side(&limits.people, &limits.short_people));
        Self { bots, people, step, above }
    }

    /// The longest bar, $bn. Bots and people count together, so bar lengths stay when bot density changes.
    pub(super) fn longest(&self) -> f64 {
        self.bots.iter().zip(&self.people).map(|(bots, people)| bots + people).fold(1e-9, f64::max)
    }

    /// The fall at the upper edge of a step, percent.
    pub(super) fn at(&self, nth: usize) -> f64 {
        (nth as f64 - self.above as f64) * self.step
    }

    /// Whether the price has passed the middle of a step, if it has fallen and risen so far, percent.
    pub(super) fn passed(&self, nth: usize, (fallen, risen): (f64, f64)) -> bool {
        let middle = self.at(nth) + 0.5 * self.step;
        if nth < self.above { middle >= -risen } else { middle <= fallen }
    }
}

/// The greatest fall and the greatest rise so far of the price that limits are held against, percent.
pub(super) fn passed(scene: &Scene) -> (f64, f64) {
    let price = scene.simulator.run().series.limits_price();
    let so_far = price[..=scene.now].iter().copied();
    let (low, high) = so_far.fold((0.0, 0.0), |(low, high): (f64, f64), price| (low.min(price), high.max(price)));
    (percent(-low), -percent(-high))
}

/// Sums the model's narrow bins into `count` steps of the axis.
fn by_step(bins: &[f64], count: usize, step_of: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut steps = vec![0.0; count];
    for (bin, amount) in bins.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
        if let Some(step) = steps.get_mut(step_of(Limits::fall(bin)) as usize) {
            *step += amount;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Extras, Span};
    use crate::model::Simulator;
    use crate::query;

    #[test]
    fn bars_burn_where_the_price_that_limits_are_held_against_has_been() {
        let simulator = Simulator::new(&query::parse("mark=20&shock=8&accounts=300").unwrap());
        let extras = Extras::default();
        let scene = Scene::new(&simulator, &extras, Span::Whole, 320);
        let series = &simulator.run().series;
        let (fall, _) = passed(&scene);
        assert!((fall - percent(-series.mark[320])).abs() < 1e-12 && fall < 0.7 * percent(-series.price[320]));
    }
}
