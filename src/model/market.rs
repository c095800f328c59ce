//! The market: how the price answers to net sales, second by second.

use super::rules::Rules;

/// Half-life of the volatility measure, s.
const VOLATILITY_HALF_LIFE: f64 = 60.0;

/// Time in which depth comes back after volatility has calmed down, s.
const DEPTH_RECOVERY: f64 = 300.0;

/// The state of the market after a second.
#[derive(Clone, Debug)]
pub struct Market {
    /// Part of the log price that does not decay.
    permanent: f64,
    /// Part of the log price that fades as the book refills; negative after sales.
    transient: f64,
    /// Log of the last price that was traded.
    pub price: f64,
    /// Depth as a share of calm depth.
    pub depth: f64,
    /// Variance of 1-s returns in multiples of the calm one, exponentially weighted.
    variance: f64,
    /// $bn that value buyers hold or have ordered.
    held: f64,
    /// $bn ordered and not traded, because of a halt: sales positive.
    waiting: f64,
    /// Log of volatility in multiples of calm volatility: what the volatility bots watch.
    pub log_volatility: f64,
    halted: bool,
    decay: f64,
    keep: f64,
    arrive: f64,
    recover: f64,
}

impl Market {
    /// A calm market at the start price.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        Self {
            permanent: 0.0,
            transient: 0.0,
            price: 0.0,
            depth: 1.0,
            variance: 1.0,
            held: 0.0,
            waiting: 0.0,
            log_volatility: 0.0,
            halted: false,
            decay: libm::exp(-1.0 / rules.refill),
            keep: libm::exp2(-1.0 / VOLATILITY_HALF_LIFE),
            arrive: -libm::expm1(-1.0 / rules.human_latency),
            recover: -libm::expm1(-1.0 / DEPTH_RECOVERY),
        }
    }

    /// Fall of the log price below the start price.
    #[must_use]
    pub fn fall(&self) -> f64 {
        -self.price
    }

    /// One second. `sales` $bn are sold, `noise` is the second's standard normal draw; nothing trades while
    /// `halted`, but orders gather, the book refills and buyers arrive, and the first second after the halt
    /// is one auction of all that waited. Gives the $bn that value buyers bought (negative: sold).
    pub fn step(&mut self, rules: &Rules, sales: f64, noise: f64, halted: bool) -> f64 {
        // Compared and not `max`, which may give either of two zeros: natively it gave another than in wasm.
        let cheap = if self.transient < 0.0 { -self.transient } else { 0.0 };
        let wanted = rules.buyers * cheap;
        let bought = (wanted - self.held) * self.arrive;
        self.held += bought;
        self.waiting += sales - bought;

        let target = if rules.thinning > 0.0 {
            libm::exp(-rules.thinning * self.log_volatility).clamp(rules.depth_floor, 1.0)
        } else {
            1.0
        };
        if target < self.depth {
            self.depth = target;
        } else {
            self.depth += (target - self.depth) * self.recover;
        }

        self.transient *= self.decay;
        self.permanent += rules.noise * noise;
        let mut traded = 0.0;
        if !halted {
            let impact = self.waiting / (rules.depth * self.depth);
            self.waiting = 0.0;
            self.permanent -= rules.permanent * impact;
            self.transient -= (1.0 - rules.permanent) * impact;
            traded = self.permanent + self.transient - self.price;
            self.price += traded;
        }
        // The jump of an auction is not a 1-s return.
        let surprise = if self.halted { 0.0 } else { traded / rules.calm };
        self.halted = halted;
        self.variance = self.keep * self.variance + (1.0 - self.keep) * surprise * surprise;
        self.log_volatility = 0.5 * libm::log(self.variance);
        bought
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    fn quiet() -> Params {
        Params { calm_volatility: 0.0, thinning: 0.0, buyers: 0.0, ..Params::default() }
    }

    #[test]
    fn impact_is_linear_and_fades_to_its_permanent_share() {
        let rules = Rules::from(&quiet());
        let mut market = Market::new(&rules);
        market.step(&rules, 2.0, 0.0, false);
        assert!((market.fall() - 0.01).abs() < 1e-15);
        for _ in 0..600 {
            market.step(&rules, 0.0, 0.0, false);
        }
        let expected = 0.01 * (0.1 + 0.9 * libm::exp(-1.0));
        assert!((market.fall() - expected).abs() < 1e-12);
    }

    #[test]
    fn a_halt_keeps_the_price_and_the_auction_clears_what_waited() {
        let rules = Rules::from(&quiet());
        let mut market = Market::new(&rules);
        market.step(&rules, 2.0, 0.0, false);
        let before = market.price;
        for _ in 0..100 {
            market.step(&rules, 0.02, 0.0, true);
            assert_eq!(market.price, before);
        }
        market.step(&rules, 0.0, 0.0, false);
        let old = 0.01 * (0.1 + 0.9 * libm::exp(-101.0 / 600.0));
        assert!((market.fall() - old - 0.01).abs() < 1e-12);
    }

    #[test]
    fn depth_thins_at_once_with_volatility_and_never_below_its_floor() {
        let mut rules = Rules::from(&Params { thinning: 0.8, depth_floor: 20.0, ..quiet() });
        rules.depth = 200.0;
        let mut market = Market::new(&rules);
        market.step(&rules, 10.0, 0.0, false);
        market.step(&rules, 0.0, 0.0, false);
        assert_eq!(market.depth, 0.2);
        market.step(&rules, 0.0, 0.0, false);
        assert!(market.depth >= 0.2 && market.depth < 0.21);
    }
}
