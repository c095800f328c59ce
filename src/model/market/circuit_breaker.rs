//! Circuit breakers: trade halts for a while after the price has moved too far too fast.

use std::collections::VecDeque;

use crate::model::market::price_bands::PriceBands;
use crate::model::rules::{Halts, Rules};

/// Falls below the start price at which trade in all US stocks halts, percent.
pub const LEVELS: [f64; 3] = [7.0, 13.0, 20.0];

/// Length of the halt at the first two levels, s. At the third, trade ends for the day.
pub const LEVEL_HALT: usize = 900;

/// The circuit breaker of a run: watches the price and counts the halts.
#[derive(Clone, Debug, Default)]
pub struct CircuitBreaker {
    /// Seconds and falls within the window, without those before a later, higher price. The first is the window's
    /// highest price.
    highs: VecDeque<(usize, f64)>,
    /// Levels passed so far.
    levels: usize,
    bands: PriceBands,
    resumes: usize,
    /// Halts so far.
    pub halts: u32,
}

impl CircuitBreaker {
    /// Resets for a new run.
    pub fn restart(&mut self) {
        self.highs.clear();
        self.levels = 0;
        self.bands = PriceBands::default();
        self.resumes = 0;
        self.halts = 0;
    }

    /// Whether trade is halted in this second.
    #[must_use]
    pub fn halted(&self, second: usize) -> bool {
        second < self.resumes
    }

    /// The log prices of the price band in this second, if there is one.
    #[must_use]
    pub fn band(&self, rules: &Rules, second: usize) -> Option<(f64, f64)> {
        // The first second after a halt is an auction, which finds its own price.
        let open = rules.halts == Halts::Bands && second > self.resumes;
        if open { Some(self.bands.now()) } else { None }
    }

    /// Takes the log price after each second, and whether it is at a limit of its band; trips if the price has moved
    /// too far.
    pub fn watch(&mut self, rules: &Rules, second: usize, price: f64, at_limit: bool) {
        let halted = self.halted(second);
        let halt = match rules.halts {
            Halts::Never => None,
            Halts::Window { fall, window, halt } => self.fell(second, -price, window, halted, fall).then_some(halt),
            Halts::Levels => self.passed(-price, halted),
            Halts::Bands if halted => None,
            Halts::Bands => self.bands.watch(price, at_limit, second == self.resumes),
        };
        if let Some(halt) = halt {
            self.resumes = second.saturating_add(1).saturating_add(halt);
            self.halts += 1;
        }
    }

    /// Whether the price is too far below the highest one of the window. The price at the start of a halt counts for
    /// all its seconds, so an auction that ends far below it trips the breaker again.
    fn fell(&mut self, second: usize, fall: f64, window: usize, halted: bool, most: f64) -> bool {
        while self.highs.back().is_some_and(|(_, high)| *high >= fall) {
            self.highs.pop_back();
        }
        self.highs.push_back((second, fall));
        while self.highs.front().is_some_and(|(at, _)| at + window < second) {
            self.highs.pop_front();
        }
        !halted && self.highs.front().is_some_and(|(_, high)| fall - high > most)
    }

    /// The length of the halt at the deepest level newly passed, if any.
    fn passed(&mut self, fall: f64, halted: bool) -> Option<usize> {
        let levels = LEVELS.iter().filter(|level| fall >= -libm::log(1.0 - **level / 100.0)).count();
        if halted || levels <= self.levels {
            return None;
        }
        self.levels = levels;
        Some(if levels < LEVELS.len() { LEVEL_HALT } else { usize::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn only_a_fall_within_the_window_trips_the_breaker_for_its_halt() {
        let params = Params { breaker_fall: 3.0, breaker_window: 10.0, breaker_halt: 5.0, ..Params::default() };
        let rules = Rules::from(&params);
        let mut slow = CircuitBreaker::default();
        for second in 0..100 {
            slow.watch(&rules, second, -(second as f64 * 0.003), false);
        }
        assert_eq!(slow.halts, 0);
        let mut fast = CircuitBreaker::default();
        for second in 0..4 {
            fast.watch(&rules, second, -(second as f64 * 0.0102), false);
        }
        assert_eq!(fast.halts, 1);
        let halted: Vec<usize> = (0..20).filter(|second| fast.halted(*second)).skip_while(|s| *s < 4).collect();
        assert_eq!(halted, [4, 5, 6, 7, 8]);
        // The high of 10 s ago still counts when trade resumes.
        fast.watch(&rules, 9, -(0.031), false);
        assert_eq!(fast.halts, 2);
        // After a halt longer than the window, the auction is measured against the price before the halt.
        for second in 10..30 {
            fast.watch(&rules, second, -(0.031), false);
        }
        assert_eq!(fast.halts, 2);
        fast.watch(&rules, 30, -(0.07), false);
        assert_eq!(fast.halts, 3);
    }

    #[test]
    fn each_level_halts_once_and_the_last_for_the_rest_of_the_run() {
        let rules = Rules::from(&Params { breaker_rule: 1.0, ..Params::default() });
        let mut breaker = CircuitBreaker::default();
        let price = |percent: f64| libm::log(1.0 - percent / 100.0);
        breaker.watch(&rules, 10, price(6.9), false);
        assert!(!breaker.halted(11));
        breaker.watch(&rules, 11, price(7.1), false);
        assert!((12..912).all(|second| breaker.halted(second)) && !breaker.halted(912));
        breaker.watch(&rules, 912, price(8.0), false);
        breaker.watch(&rules, 913, price(6.0), false);
        breaker.watch(&rules, 914, price(7.5), false);
        assert_eq!(breaker.halts, 1);
        // Two levels passed at once cause one halt, the last.
        breaker.watch(&rules, 915, price(21.0), false);
        assert_eq!(breaker.halts, 2);
        assert!(breaker.halted(1_000_000));
    }
}
