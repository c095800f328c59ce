//! The circuit breaker: no trade for a while after the price has fallen too far too fast.

use std::collections::VecDeque;

use super::rules::Rules;

/// Watches the highest price of the window and counts the halts.
#[derive(Clone, Debug, Default)]
pub struct Breaker {
    /// Seconds and falls of the window, without those that a later and higher price has made irrelevant: the
    /// first is the window's highest price.
    highs: VecDeque<(usize, f64)>,
    resumes: usize,
    /// Halts so far.
    pub halts: u32,
}

impl Breaker {
    /// Forgets the last run.
    pub fn restart(&mut self) {
        self.highs.clear();
        self.resumes = 0;
        self.halts = 0;
    }

    /// Whether nothing trades in this second.
    #[must_use]
    pub fn halted(&self, second: usize) -> bool {
        second < self.resumes
    }

    /// Told the fall after each second, trips if trade has brought it too far below the highest price of the
    /// window. The price at which a halt began counts as the price of all its seconds: an auction that ends far
    /// below it trips the breaker again.
    pub fn watch(&mut self, rules: &Rules, second: usize, fall: f64) {
        if rules.breaker_fall.is_infinite() {
            return;
        }
        while self.highs.back().is_some_and(|(_, high)| *high >= fall) {
            self.highs.pop_back();
        }
        self.highs.push_back((second, fall));
        while self.highs.front().is_some_and(|(at, _)| at + rules.breaker_window < second) {
            self.highs.pop_front();
        }
        let halted = self.halted(second);
        if !halted && self.highs.front().is_some_and(|(_, high)| fall - high > rules.breaker_fall) {
            self.resumes = second + 1 + rules.breaker_halt;
            self.halts += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn only_a_fall_within_the_window_trips_it_and_for_as_long_as_it_says() {
        let params = Params { breaker_fall: 3.0, breaker_window: 10.0, breaker_halt: 5.0, ..Params::default() };
        let rules = Rules::from(&params);
        let mut slow = Breaker::default();
        for second in 0..100 {
            slow.watch(&rules, second, second as f64 * 0.003);
        }
        assert_eq!(slow.halts, 0);
        let mut fast = Breaker::default();
        for second in 0..4 {
            fast.watch(&rules, second, second as f64 * 0.0102);
        }
        assert_eq!(fast.halts, 1);
        let halted: Vec<usize> = (0..20).filter(|second| fast.halted(*second)).skip_while(|s| *s < 4).collect();
        assert_eq!(halted, [4, 5, 6, 7, 8]);
        // The high of 10 s ago still counts when trade resumes.
        fast.watch(&rules, 9, 0.031);
        assert_eq!(fast.halts, 2);
        // A halt longer than the window: the price before it is what the auction is measured against.
        for second in 10..30 {
            fast.watch(&rules, second, 0.031);
        }
        assert_eq!(fast.halts, 2);
        fast.watch(&rules, 30, 0.07);
        assert_eq!(fast.halts, 3);
    }
}
