//! Margin limits summed over even steps of the price axis: the bars of the ladder and of the market.

use crate::model::Limits;
use crate::model::results::summary::percent;

/// Steps of the price axis.
const STEPS: usize = 50;

/// $bn of margin limits in each step of the price axis, from top to bottom.
#[derive(Debug)]
pub struct LimitSteps {
    /// Limits of bots.
    pub(in crate::chart) bots: Vec<f64>,
    /// Limits of people.
    pub(in crate::chart) people: Vec<f64>,
    /// Height of a step, percent of the start price.
    pub(in crate::chart) step: f64,
    /// Steps above the start price, where shorts have their limits.
    above: usize,
}

impl LimitSteps {
    /// The steps of a price axis that ends `highest` percent above and `deepest` percent below the start.
    pub(in crate::chart) fn new(limits: &Limits, (highest, deepest): (f64, f64)) -> Self {
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

    /// The longest bar, $bn. It includes bots and people, so the scale stays when bot density changes.
    pub(in crate::chart) fn longest(&self) -> f64 {
        self.bots.iter().zip(&self.people).map(|(bots, people)| bots + people).fold(1e-9, f64::max)
    }

    /// The fall at the upper edge of a step, percent.
    pub(in crate::chart) fn at(&self, nth: usize) -> f64 {
        (nth as f64 - self.above as f64) * self.step
    }

    /// Whether the price has passed the middle of a step, after the greatest fall and rise so far, percent.
    pub(in crate::chart) fn passed(&self, nth: usize, (fallen, risen): (f64, f64)) -> bool {
        let middle = self.at(nth) + 0.5 * self.step;
        if nth < self.above { middle >= -risen } else { middle <= fallen }
    }
}

/// Sums the narrow bins of the model into `count` steps of the axis.
fn by_step(bins: &[f64], count: usize, step_of: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut steps = vec![0.0; count];
    for (bin, amount) in bins.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
        if let Some(step) = steps.get_mut(step_of(Limits::fall(bin)) as usize) {
            *step += amount;
        }
    }
    steps
}
