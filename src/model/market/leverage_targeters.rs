//! Leverage targeters: funds that hold leverage constant. They sell into every fall and buy into every rise, the more
//! the higher their leverage. Greenwood, Landier and Thesmar (2015) compute the effect on prices.

use crate::model::rules::Rules;

/// All such funds together.
#[derive(Clone, Debug)]
pub struct LeverageTargeters {
    /// Their position, $bn at the start price.
    held: f64,
    /// The position at their target leverage.
    target: f64,
    /// Their equity, $bn.
    equity: f64,
    price: f64,
    act: f64,
}

impl LeverageTargeters {
    /// Funds at their target, at the start price.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        Self {
            held: rules.targeters,
            target: rules.targeters,
            equity: rules.targeters / rules.target_leverage,
            price: 1.0,
            act: -libm::expm1(-1.0 / rules.bot_latency),
        }
    }

    /// Trades for one second. Returns the $bn sold at the start price; negative if bought.
    pub fn act(&mut self) -> f64 {
        let sold = (self.held - self.target) * self.act;
        self.held -= sold;
        sold
    }

    /// Takes the log price at the end of a second. Returns the $bn by which their target has fallen; negative if it has
    /// risen.
    pub fn observe(&mut self, rules: &Rules, log_price: f64) -> f64 {
        if rules.targeters == 0.0 {
            return 0.0;
        }
        // Far beyond any price, so that all values stay finite.
        let price = libm::exp(log_price.clamp(-300.0, 300.0));
        self.equity += self.held * (price - self.price);
        self.price = price;
        let before = self.target;
        // Without equity everything is sold. Credit is limited: the position never exceeds twice the initial one.
        let target = rules.target_leverage * self.equity / price;
        self.target = if target > 0.0 { target.min(2.0 * rules.targeters) } else { 0.0 };
        before - self.target
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn after_a_small_fall_targeters_sell_leverage_minus_one_times_it() {
        let rules =
            Rules::from(&Params { targeters: 50.0, target_leverage: 4.0, bot_latency: 1.0, ..Params::default() });
        let mut funds = LeverageTargeters::new(&rules);
        let mut step = |price: f64| {
            funds.observe(&rules, price);
            funds.act()
        };
        let sold: f64 = (0..100).map(|_| step(-0.001)).sum();
        assert!((sold / (50.0 * 3.0 * 0.001) - 1.0).abs() < 0.003, "{sold}");
        // At leverage 4 a fall of a quarter wipes out their equity.
        let rest: f64 = (0..1000).map(|_| step(libm::log(0.7))).sum();
        assert!((sold + rest - 50.0).abs() < 1e-9);
    }
}
