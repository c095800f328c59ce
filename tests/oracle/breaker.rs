//! Circuit breakers of the plain loop: a fall within a window, levels below the start, bands around a mean.

use deleverage::Params;

/// Seconds of trade in the mean of the band.
const REMEMBERED: usize = 300;

pub struct Breaker<'a> {
    p: &'a Params,
    /// First second after the halt.
    resumes: usize,
    /// Levels passed so far.
    levels: usize,
    /// Latest prices since the last auction, and their running sum.
    recent: Vec<f64>,
    sum: f64,
    /// Consecutive seconds at a limit of the band.
    at_limit: usize,
}

impl<'a> Breaker<'a> {
    pub fn new(p: &'a Params) -> Self {
        Self { p, resumes: 0, levels: 0, recent: Vec::new(), sum: 0.0, at_limit: 0 }
    }

    pub fn halted(&self, second: usize) -> bool {
        second < self.resumes
    }

    /// Whether this second is the auction after a halt, which has no band.
    fn auction(&self, second: usize) -> bool {
        second > 1 && self.halted(second - 1)
    }

    /// Lowest and highest log price allowed in this second.
    pub fn band(&self, second: usize) -> Option<(f64, f64)> {
        if self.p.breaker_rule != 2.0 || self.halted(second) || self.auction(second) {
            return None;
        }
        let mean = if self.recent.is_empty() { 0.0 } else { self.sum / self.recent.len() as f64 };
        Some((mean + libm::log(0.95), mean + libm::log(1.05)))
    }

    /// Observes the prices up to this second of trade; `cut` if only a part of the orders was traded.
    pub fn watch(&mut self, second: usize, prices: &[f64], cut: bool) {
        let price = prices[second];
        match self.p.breaker_rule as usize {
            0 => self.watch_window(second, prices),
            1 => {
                let passed = [7.0, 13.0, 20.0].iter().filter(|level| -price >= fall(**level)).count();
                if passed > self.levels {
                    self.levels = passed;
                    self.resumes = if passed == 3 { usize::MAX } else { second + 1 + 900 };
                }
            }
            _ => self.watch_band(second, price, cut),
        }
    }

    fn watch_window(&mut self, second: usize, prices: &[f64]) {
        if self.p.breaker_fall > 0.0 {
            // The highest price within the window, halts and this second included.
            let first = second.saturating_sub(self.p.breaker_window as usize).max(1);
            let high = prices[first..=second].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if -prices[second] - -high > fall(self.p.breaker_fall) {
                self.resumes = second + 1 + self.p.breaker_halt as usize;
            }
        }
    }

    fn watch_band(&mut self, second: usize, price: f64, cut: bool) {
        let Some((low, high)) = self.band(second) else {
            (self.recent, self.sum, self.at_limit) = (vec![price], price, 0);
            return;
        };
        self.at_limit = if cut || price <= low || price >= high { self.at_limit + 1 } else { 0 };
        if self.at_limit == 15 {
            self.resumes = second + 1 + 300;
        }
        self.recent.push(price);
        self.sum += price;
        if self.recent.len() > REMEMBERED {
            self.sum -= self.recent.remove(0);
        }
    }
}

/// Fall of the log price for a fall of the price in percent.
fn fall(percent: f64) -> f64 {
    -libm::log(1.0 - percent / 100.0)
}
