//! The time series of a run: one entry per second.

use crate::model::rules::Rules;

/// The time series of a run. Entry `t` is the state after `t` seconds; entry 0 is the start.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Log of the traded price relative to the start price.
    pub price: Vec<f64>,
    /// Lots force-sold by bots.
    pub bots_sold: Vec<u64>,
    /// Lots force-sold by people.
    pub people_sold: Vec<u64>,
    /// Lots of the first order.
    pub shock_sold: Vec<u64>,
    /// $bn bought by value buyers, negative when they sell. Orders placed during a halt count at its auction.
    pub bought: Vec<f64>,
    /// Depth as a share of calm depth.
    pub depth: Vec<f64>,
    /// Variance of returns in multiples of the usual one, exponentially weighted: the square of volatility.
    pub variance: Vec<f64>,
    /// Lots that bots newly ordered.
    pub triggered: Vec<u64>,
    /// Reproduction number of the run; NaN where sales do not stand out from the noise.
    pub reproduction: Vec<f64>,
    /// 1 where trade was halted.
    pub halted: Vec<u8>,
    /// Lots that short accounts bought back by force: of bots and of people. Empty unless there are shorts.
    pub bought_back: Vec<(u64, u64)>,
    /// Log of the mark price, the mean over all venues. Empty if the mark price is the last price.
    pub mark: Vec<f64>,
    /// Log of the lowest price of all venues. Empty unless there are several.
    pub lowest: Vec<f64>,
    /// $bn sold by leverage targeters, negative when they buy. Empty unless there are any.
    pub rebalanced: Vec<f64>,
}

impl Series {
    /// Makes room for each second of a run and sets the entries of the start. Old values in the others are overwritten
    /// later.
    pub(super) fn restart(&mut self, rules: &Rules) {
        let entries = rules.seconds + 1;
        let Self { price, bought, depth, variance, reproduction, .. } = self;
        for floats in [&mut *price, bought, depth, variance, reproduction] {
            make_room(floats, entries);
        }
        (depth[0], variance[0], reproduction[0]) = (1.0, 1.0, f64::NAN);
        for lots in [&mut self.bots_sold, &mut self.people_sold, &mut self.shock_sold, &mut self.triggered] {
            make_room(lots, entries);
        }
        self.halted.resize(entries, 0);
        // These stay empty unless they are used, and grow by one entry per second.
        self.bought_back.clear();
        self.mark.clear();
        self.lowest.clear();
        self.rebalanced.clear();
        if rules.shorts > 0.0 {
            self.bought_back.push((0, 0));
        }
        if rules.mark > 0.0 {
            self.mark.push(0.0);
        }
        if rules.venues > 1 {
            self.lowest.push(0.0);
        }
        if rules.targeters > 0.0 {
            self.rebalanced.push(0.0);
        }
    }

    /// Log of the mark price in each second.
    #[must_use]
    pub fn limits_price(&self) -> &[f64] {
        if self.mark.is_empty() { &self.price } else { &self.mark }
    }

    /// Log of volatility in a second, in multiples of usual volatility.
    #[must_use]
    pub fn log_volatility(&self, second: usize) -> f64 {
        0.5 * libm::log(self.variance[second])
    }

    /// $bn that leverage targeters trade in a second in the direction of the first order; 0 if they trade against it.
    #[must_use]
    pub fn funds_along(&self, rules: &Rules, second: usize) -> f64 {
        (rules.first_sign * self.rebalanced.get(second).copied().unwrap_or_default()).max(0.0)
    }

    /// Lots sold by force in a second, less those bought by force.
    #[must_use]
    pub fn net_forced(&self, second: usize) -> i64 {
        let (bots, people) = self.bought_back.get(second).copied().unwrap_or_default();
        (self.bots_sold[second] + self.people_sold[second]) as i64 - (bots + people) as i64
    }
}

// Never inlined, to save bytes.
#[inline(never)]
fn make_room<T: Clone + Default>(values: &mut Vec<T>, entries: usize) {
    values.resize(entries, T::default());
}
