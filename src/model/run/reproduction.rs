//! The reproduction number of a run: lots newly ordered over lots traded, within the last seconds of trade.

use crate::model::rules::{Law, Rules};

/// Seconds of trade over which it is measured.
pub const SECONDS: usize = 10;

/// R is shown only while sales move the price by more than this many standard deviations of the noise. Otherwise a few
/// limits that noise alone has passed before the first order would show as an R of 1.
pub(in crate::model) const STANDS_OUT: f64 = 3.0;

/// Sums over the last seconds of trade.
#[derive(Clone, Debug)]
pub struct Window {
    last: [(u64, u64); SECONDS],
    oldest: usize,
    triggered: u64,
    sold: u64,
    /// Lots below which the sales of the window do not stand out from the noise.
    least: u64,
}

impl Window {
    /// An empty window.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        let noise = STANDS_OUT * rules.noise * (SECONDS as f64).sqrt();
        let least = (noise * rules.depth / rules.lot) as u64;
        // Under the square-root law the first dollar has infinite effect: there is no R to show.
        let least = if rules.law() == Law::SquareRoot { u64::MAX } else { least.max(1) };
        Self { last: [(0, 0); SECONDS], oldest: 0, triggered: 0, sold: 0, least }
    }

    /// Adds one second of trade with these lots newly ordered and traded. Returns R, or NaN where sales do not stand
    /// out of the noise.
    pub fn slide(&mut self, triggered: u64, sold: u64) -> f64 {
        // The usual case: the whole window is zero, whichever entry is the oldest.
        if triggered + sold + self.triggered + self.sold == 0 {
            return f64::NAN;
        }
        let last = std::mem::replace(&mut self.last[self.oldest], (triggered, sold));
        self.oldest = (self.oldest + 1) % SECONDS;
        self.triggered = self.triggered + triggered - last.0;
        self.sold = self.sold + sold - last.1;
        if self.sold >= self.least { self.triggered as f64 / self.sold as f64 } else { f64::NAN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn lots_older_than_the_window_do_not_count_even_after_idle_time() {
        let rules = Rules::from(&Params { calm_volatility: 0.0, ..Params::default() });
        let mut window = Window::new(&rules);
        assert!(window.slide(0, 0).is_nan());
        assert_eq!((window.slide(30, 40), window.slide(10, 40)), (0.75, 0.5));
        for _ in 2..SECONDS {
            assert_eq!(window.slide(0, 0), 0.5);
        }
        assert_eq!(window.slide(0, 0), 0.25);
        assert!((0..25).all(|_| window.slide(0, 0).is_nan()));
        assert_eq!(window.slide(3, 2), 1.5);
        let law = Law::SquareRoot;
        assert!(Window::new(&Rules { law, ..rules }).slide(3, 2).is_nan());
    }
}
