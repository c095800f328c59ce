//! The market of noise traders and funds, step by step.

use rand_core::SeedableRng as _;
use rand_pcg::Pcg32;

use super::funds::Funds;
use crate::model::crowd::draws::uniform;
use crate::model::math::normal::quantile;

/// Share of the log demand of noise traders that is left after a step.
const KEEP: f64 = 0.99;

/// Standard deviation of the news added in each step.
const NEWS: f64 = 0.035;

/// The market between two steps.
#[derive(Clone, Debug)]
pub struct LongRun {
    /// Log of the money that noise traders invest.
    noise: f64,
    /// Price of the asset.
    pub price: f64,
    funds: Funds,
    news: Pcg32,
}

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Change of the log price.
    pub log_return: f64,
    /// Whether the price before the step was below the value, so that funds held the asset.
    pub was_cheap: bool,
}

impl LongRun {
    /// A market at its value with leverage limited to `most` (1: no credit).
    #[must_use]
    pub fn new(most: f64, seed: u64) -> Self {
        Self { noise: 0.0, price: 1.0, funds: Funds::new(most), news: Pcg32::seed_from_u64(seed) }
    }

    /// Advances one step.
    pub fn step(&mut self) -> Step {
        self.noise = KEEP * self.noise + NEWS * quantile(uniform(&mut self.news));
        let before = self.price;
        self.price = self.clear(libm::exp(self.noise));
        self.funds.trade(before, self.price);
        Step { log_return: libm::log(self.price / before), was_cheap: before < 1.0 }
    }

    /// The price at which noise traders with `noise` dollars and the funds together demand exactly one share.
    ///
    /// There may be several such prices, because funds at their limit want less as the price falls. The search starts
    /// at the last price and goes up if there is excess demand, otherwise down.
    fn clear(&self, noise: f64) -> f64 {
        let wanted = |price: f64| noise + self.funds.demand(price) - price;
        // Above its value the funds hold nothing.
        if noise >= 1.0 {
            return noise;
        }
        let last = if self.price < 1.0 { self.price } else { 1.0 };
        let (mut low, mut high) = if wanted(last) > 0.0 { (last, 1.0) } else { (0.0, last) };
        let (mut at_low, mut at_high) = (wanted(low), wanted(high));
        // False position, with the Illinois rule so that both ends move.
        let mut side = 0;
        while high - low > 1e-13 {
            let guess = high - at_high * (high - low) / (at_high - at_low);
            let middle = if guess > low && guess < high { guess } else { 0.5 * (low + high) };
            let at = wanted(middle);
            if at == 0.0 {
                return middle;
            }
            if at > 0.0 {
                (low, at_low) = (middle, at);
                at_high *= if side > 0 { 0.5 } else { 1.0 };
                side = 1;
            } else {
                (high, at_high) = (middle, at);
                at_low *= if side < 0 { 0.5 } else { 1.0 };
                side = -1;
            }
            if at.abs() < 1e-15 {
                return middle;
            }
        }
        0.5 * (low + high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_price_clears_the_market() {
        for most in [1.0, 10.0] {
            let mut market = LongRun::new(most, 3);
            for step in 0..50_000 {
                let before = market.clone();
                market.step();
                let noise = libm::exp(market.noise);
                let wanted = noise + before.funds.demand(market.price);
                assert!((wanted / market.price - 1.0).abs() < 1e-9, "{most}, {step}: {wanted} for {}", market.price);
            }
        }
    }

    #[test]
    fn funds_support_the_price_below_value_and_are_absent_above_it() {
        let mut market = LongRun::new(5.0, 1);
        let (mut above, mut below) = (0, 0);
        for _ in 0..10_000 {
            market.step();
            let noise = libm::exp(market.noise);
            if noise >= 1.0 {
                assert_eq!(market.price, noise);
                above += 1;
            } else {
                assert!(market.price > noise && market.price < 1.0, "{} at {noise}", market.price);
                below += 1;
            }
        }
        assert!(above > 1000 && below > 1000);
    }
}
