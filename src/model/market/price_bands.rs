//! Price bands (limit up-limit down in the United States): a stock may trade only within 5% of its mean price of the
//! last five minutes. If the price stays at a limit for 15 s, trade pauses for five minutes.

use std::collections::VecDeque;

/// Seconds over which the mean is taken.
const MEAN: usize = 300;

/// Half the width of the bands, as a share of the mean price.
const WIDTH: f64 = 0.05;

/// Seconds at a limit before trade pauses.
const SECONDS_AT_LIMIT: u32 = 15;

/// Length of the pause, s.
const PAUSE: usize = 300;

/// The recent mean of the log price, and the time spent at a limit.
#[derive(Clone, Debug, Default)]
pub struct PriceBands {
    /// Log prices of the last seconds of trade. If empty, the mean is 0, the start price.
    recent: VecDeque<f64>,
    sum: f64,
    at_limit: u32,
}

impl PriceBands {
    /// The log prices of the current band.
    #[must_use]
    pub fn now(&self) -> (f64, f64) {
        let mean = if self.recent.is_empty() { 0.0 } else { self.sum / self.recent.len() as f64 };
        (mean + libm::log(1.0 - WIDTH), mean + libm::log(1.0 + WIDTH))
    }

    /// Takes the log price after each second of trade, whether it is at a limit, and whether it comes from an auction,
    /// which resets the mean. Returns the length of a pause that begins now, if any.
    pub fn watch(&mut self, price: f64, at_limit: bool, auction: bool) -> Option<usize> {
        if auction {
            *self = Self::default();
        }
        self.recent.push_back(price);
        self.sum += price;
        if self.recent.len() > MEAN {
            self.sum -= self.recent.pop_front().unwrap_or(0.0);
        }
        self.at_limit = if at_limit { self.at_limit + 1 } else { 0 };
        (self.at_limit >= SECONDS_AT_LIMIT).then_some(PAUSE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_follow_the_mean_and_a_pause_follows_time_at_a_limit() {
        let mut bands = PriceBands::default();
        assert!((bands.now().0 - libm::log(0.95)).abs() < 1e-15);
        for _ in 0..MEAN {
            assert_eq!(bands.watch(-0.02, false, false), None);
        }
        assert!((bands.now().1 - libm::log(1.05) + 0.02).abs() < 1e-12);
        let pauses: Vec<_> = (0..15).map(|_| bands.watch(-0.07, true, false)).collect();
        assert!(pauses[..14].iter().all(Option::is_none) && pauses[14] == Some(PAUSE));
        bands.watch(-0.2, false, true);
        assert!((bands.now().0 + 0.2 - libm::log(0.95)).abs() < 1e-15);
    }
}
