//! How much must be sold at which price: the margin limits of a run's crowd as a histogram over the fall.

use super::crowd::Crowd;
use super::rules::{LOTS, Rules};

/// Falls of the log price that the histogram covers.
const DEEPEST: f64 = 3.0;

/// Bins.
const BINS: usize = 4096;

/// $bn with a margin limit in each of many narrow bins of the fall of the log price. Later limits of
/// accounts that sell in parts are counted where they lie.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Held by bots with a margin limit.
    pub bots: Vec<f64>,
    /// Held by people.
    pub people: Vec<f64>,
    first: Vec<u32>,
}

impl Limits {
    /// Counts the crowd.
    pub fn count(&mut self, rules: &Rules, crowd: &Crowd) {
        // One pass without a branch that depends on the draws: the third row is for volatility bots, whose
        // limits are not prices, and the last bin for what lies deeper.
        self.first.clear();
        self.first.resize(3 * (BINS + 1), 0);
        for (fall, habit) in crowd.falls.iter().zip(&crowd.draws.habits) {
            let person = usize::from(habit.bot >= rules.bots);
            let by_volatility = usize::from(habit.rule < rules.vol_bots) & (1 - person);
            let bin = ((fall * (BINS as f64 / DEEPEST)) as usize).min(BINS);
            self.first[(person + 2 * by_volatility) * (BINS + 1) + bin] += 1;
        }
        let position = rules.lot * LOTS as f64;
        for (row, side) in [&mut self.bots, &mut self.people].into_iter().enumerate() {
            let first = &self.first[row * (BINS + 1)..][..BINS];
            side.clear();
            side.resize(BINS, 0.0);
            for (later, sale) in rules.margin_sales.iter().enumerate() {
                let share = *sale as f64 / LOTS as f64;
                let shift = (later as f64 * rules.margin_step * (BINS as f64 / DEEPEST)) as usize;
                if shift >= BINS {
                    break;
                }
                for (to, from) in side[shift..].iter_mut().zip(first) {
                    *to += share * position * f64::from(*from);
                }
            }
        }
    }

    /// Fall of the log price in the middle of a bin.
    #[must_use]
    pub fn fall(bin: usize) -> f64 {
        (bin as f64 + 0.5) * (DEEPEST / BINS as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn all_limits_are_counted_once_whether_sold_at_once_or_in_parts() {
        for close_fraction in [100.0, 50.0] {
            let params = Params { close_fraction, leverage_spread: 0.0, vol_bots: 0.0, ..Params::default() };
            let rules = Rules::from(&params);
            let mut crowd = Crowd::default();
            crowd.arrange(&params);
            let mut limits = Limits::default();
            limits.count(&rules, &crowd);
            let bots: f64 = limits.bots.iter().sum();
            let total = bots + limits.people.iter().sum::<f64>();
            assert!((total - rules.open_interest).abs() < 1e-6, "{total}");
            assert!((bots / total - 0.35).abs() < 0.02);
        }
    }
}
