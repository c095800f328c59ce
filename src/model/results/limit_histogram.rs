//! The histogram of margin limits: how much of the crowd's position must be sold at each fall of the price.

use crate::model::crowd::Crowd;
use crate::model::rules::{LOTS, Rules};

/// Falls of the log price that the histogram covers.
const DEEPEST: f64 = 3.0;

/// Number of bins.
const BINS: usize = 4096;

/// $bn with a margin limit in each of many narrow bins of the fall of the log price. Later limits of
/// accounts that sell in parts are counted where they lie.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Positions of bots with a margin limit.
    pub bots: Vec<f64>,
    /// Positions of people.
    pub people: Vec<f64>,
    /// Positions of short bots, over the rise of the log price. Empty unless there are shorts.
    pub short_bots: Vec<f64>,
    /// Positions of short people, likewise.
    pub short_people: Vec<f64>,
    first: Vec<u32>,
}

impl Limits {
    /// Counts the limits of the crowd.
    pub fn count(&mut self, rules: &Rules, crowd: &Crowd) {
        let shorts = crowd.shorts();
        self.count_first(rules, crowd, |account| shorts && crowd.is_short(account));
        let Self { bots, people, short_bots, short_people, first } = self;
        for (row, side) in [bots, people].into_iter().enumerate() {
            sum(rules, rules.margin_step, &first[row * (BINS + 1)..][..BINS], side);
        }
        short_bots.clear();
        short_people.clear();
        if shorts {
            self.count_first(rules, crowd, |account| !crowd.is_short(account));
            let Self { short_bots, short_people, first, .. } = self;
            for (row, side) in [short_bots, short_people].into_iter().enumerate() {
                sum(rules, rules.short_step, &first[row * (BINS + 1)..][..BINS], side);
            }
        }
    }

    /// Counts first limits by bin, in one pass without a branch on the draws. The third row takes volatility bots,
    /// whose limits are not prices, and accounts that are left out; the last bin takes deeper limits.
    fn count_first(&mut self, rules: &Rules, crowd: &Crowd, left_out: impl Fn(usize) -> bool) {
        self.first.clear();
        self.first.resize(3 * (BINS + 1), 0);
        for (account, (fall, habit)) in crowd.falls.iter().zip(&crowd.draws.habits).enumerate() {
            let person = usize::from(habit.bot >= rules.bots);
            let by_volatility = usize::from(habit.rule < rules.vol_bots) & (1 - person);
            let row = if left_out(account) { 2 } else { person + 2 * by_volatility };
            let bin = ((fall * (BINS as f64 / DEEPEST)) as usize).min(BINS);
            self.first[row * (BINS + 1) + bin] += 1;
        }
    }

    /// Fall of the log price in the middle of a bin.
    #[must_use]
    pub fn fall(bin: usize) -> f64 {
        (bin as f64 + 0.5) * (DEEPEST / BINS as f64)
    }
}

/// Fills `side` with $bn by bin. `first` has the number of first limits in each bin; later limits lie `step` apart.
fn sum(rules: &Rules, step: f64, first: &[u32], side: &mut Vec<f64>) {
    let position = rules.lot * LOTS as f64;
    side.clear();
    side.resize(BINS, 0.0);
    for (later, sale) in rules.margin_sales.iter().enumerate() {
        let share = *sale as f64 / LOTS as f64;
        let shift = (later as f64 * step * (BINS as f64 / DEEPEST)) as usize;
        if shift >= BINS {
            break;
        }
        for (to, from) in side[shift..].iter_mut().zip(first) {
            *to += share * position * f64::from(*from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn all_limits_are_counted_once_whether_sold_at_once_or_in_parts() {
        for (close_fraction, shorts) in [(100.0, 0.0), (50.0, 0.0), (50.0, 40.0)] {
            let params = Params { bots: 35.0, close_fraction, shorts, leverage_spread: 0.0, ..Params::default() };
            let rules = Rules::from(&params);
            let mut crowd = Crowd::default();
            crowd.arrange(&params);
            let mut limits = Limits::default();
            limits.count(&rules, &crowd);
            let bots: f64 = limits.bots.iter().sum();
            let short: f64 = limits.short_bots.iter().chain(&limits.short_people).sum();
            assert!((short / rules.open_interest - shorts / 100.0).abs() < 1e-9);
            let bots = bots + limits.short_bots.iter().sum::<f64>();
            let total = bots + limits.people.iter().chain(&limits.short_people).sum::<f64>();
            assert!((total - rules.open_interest - rules.short_interest()).abs() < 1e-6, "{total}");
            assert!((bots / total - 0.35).abs() < 0.02);
        }
    }

    #[test]
    fn later_limits_of_shorts_have_their_own_spacing() {
        let sides = Params { shorts: 50.0, close_fraction: 50.0, maintenance: 8.0, ..Params::default() };
        let params = Params { accounts: 2000.0, ..sides };
        let rules = Rules::from(&params);
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        let mut limits = Limits::default();
        limits.count(&rules, &crowd);
        // The mean of all limits, weighted by the lots closed there, for shorts and longs.
        let step = [-libm::log((1.0 - 0.16) / 0.92), libm::log((1.0 + 0.16) / 1.08)];
        for (short, (bots, people)) in
            [(false, (&limits.bots, &limits.people)), (true, (&limits.short_bots, &limits.short_people))]
        {
            let (mut size, mut moment) = (0.0, 0.0);
            for (account, at) in crowd.falls.iter().enumerate().filter(|(account, _)| crowd.is_short(*account) == short)
            {
                let habit = crowd.draws.habits[account];
                if habit.bot < rules.bots && habit.rule < rules.vol_bots {
                    continue;
                }
                for (nth, lots) in rules.margin_sales.iter().enumerate() {
                    size += *lots as f64 * rules.lot;
                    moment += *lots as f64 * rules.lot * (at + nth as f64 * step[usize::from(short)]);
                }
            }
            let counted: f64 = bots.iter().chain(people).sum();
            let at = |side: &[f64]| side.iter().enumerate().map(|(bin, size)| size * Limits::fall(bin)).sum::<f64>();
            // A bin is 0.0007 wide.
            assert!((counted / size - 1.0).abs() < 0.01, "{counted} of {size}");
            assert!(((at(bots) + at(people)) / counted - moment / size).abs() < 0.001, "{short}");
        }
    }
}
