//! The cobweb of the pure limit: forced sales of margin bots as a function of the fall, the generations of the cascade,
//! and the first order beyond which it does not stop.
//!
//! The cobweb ends at the fixed point of [`closed_form`](crate::model::closed_form).

use crate::model::closed_form::{LimitDensity, forced_fall, margin_bot_interest};
use crate::model::crowd::Crowd;
use crate::model::rules::{LOTS, Law, Rules};

/// Number of falls, evenly spaced, at which the point of no return is searched.
const FALLS: u32 = 2048;

/// The cascade of a crowd's margin bots alone, with permanent impact: no noise, refill, buyers, thinning or people. All
/// falls are of the log price; after a purchase they are rises, and the bots are shorts that must buy.
#[derive(Clone, Debug)]
pub struct Cobweb {
    rules: Rules,
    /// The first limit of each bot, nearest first.
    limits: Vec<f64>,
    /// The fall that each generation sees: first that of the first order alone, last the one at which it stops.
    pub falls: Vec<f64>,
    /// The point of no return, if there is one.
    pub tipping: Option<Tipping>,
}

/// The point of no return, where a fall begins to feed itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tipping {
    /// The fall at the point of no return. Beyond it each dollar of sales forces more than one (R passes 1), so the
    /// first order needed to get further is greatest here.
    pub fall: f64,
    /// The smallest first order that passes it, as the fall that it causes alone.
    pub first_order: f64,
    /// The fall at which a cascade stops that has just passed the point of no return.
    pub stops: f64,
}

impl Cobweb {
    /// The cobweb of these accounts. `density` must be that of the same parameters.
    #[must_use]
    pub fn new(rules: &Rules, density: &LimitDensity, crowd: &Crowd) -> Self {
        let short = rules.purchase();
        let accounts = crowd.falls.iter().zip(&crowd.draws.habits).enumerate();
        let margin_bots = accounts.filter(|(account, (_, habit))| {
            habit.bot < rules.bots && habit.rule >= rules.vol_bots && crowd.is_short(*account) == short
        });
        let mut limits: Vec<f64> = margin_bots.map(|(_, (limit, _))| *limit).collect();
        limits.sort_unstable_by(f64::total_cmp);
        let mut cobweb = Self { rules: rules.clone(), limits, falls: vec![rules.shock], tipping: None };
        cobweb.add_generations();
        cobweb.tipping = cobweb.find_tipping(density);
        cobweb
    }

    /// The further fall caused by the sales that a fall of `fall` forces: `G(x)/D`, or the impact of `G(x)` under
    /// another law.
    #[must_use]
    pub fn forced(&self, fall: f64) -> f64 {
        forced_fall(&self.rules, self.lots(fall) as f64 * self.rules.lot)
    }

    /// The fall at which the cascade stops.
    #[must_use]
    pub fn stop(&self) -> f64 {
        self.falls[self.falls.len() - 1]
    }

    /// Whether all bots have sold out where the cascade stops.
    #[must_use]
    pub fn runs_to_the_end(&self) -> bool {
        !self.limits.is_empty() && self.lots(self.stop()) == self.limits.len() as u64 * LOTS
    }

    /// Whether no fall forces any sale.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.limits.first().is_none_or(|limit| *limit == f64::INFINITY)
    }

    /// Lots that a fall forces, later limits of the same accounts included.
    fn lots(&self, fall: f64) -> u64 {
        let step = if self.rules.purchase() { self.rules.short_step } else { self.rules.margin_step };
        let (mut lots, mut reach) = (0, fall);
        for sale in &self.rules.margin_sales {
            let passed = self.limits.partition_point(|limit| *limit <= reach);
            if passed == 0 {
                break;
            }
            lots += sale * passed as u64;
            reach -= step;
        }
        lots
    }

    /// Adds generations until the cascade stops. Each sees the first order and the forced sales of all generations
    /// before it.
    fn add_generations(&mut self) {
        let mut before = 0;
        loop {
            let lots = self.lots(self.stop());
            if lots == before {
                return;
            }
            before = lots;
            self.falls.push(self.rules.shock + forced_fall(&self.rules, lots as f64 * self.rules.lot));
        }
    }

    fn find_tipping(&self, density: &LimitDensity) -> Option<Tipping> {
        // With the square root the first dollar has infinite effect: R begins above 1.
        if self.rules.law == Law::SquareRoot || self.is_empty() {
            return None;
        }
        let until = feeds_itself_until(&self.rules, density)?;
        // The first order that, together with all sales forced on the way, causes this fall.
        let orders = (1..=FALLS).map(|i| until * f64::from(i) / f64::from(FALLS));
        let orders = orders.map(|fall| (fall, fall - self.forced(fall)));
        let (fall, first_order) = orders.fold((0.0, 0.0), |most, at| if at.1 > most.1 { at } else { most });
        let step = until / f64::from(FALLS);
        // The next fall that this order and the sales forced on the way cause together, or the last limit.
        let last = *self.limits.last()?;
        let mut beyond = std::iter::successors(Some(fall + step), |at| (*at <= last).then_some(at + step));
        let stops = beyond.find(|at| at - self.forced(*at) >= first_order);
        let stops = stops.unwrap_or_else(|| first_order + self.forced(last));
        Some(Tipping { fall, first_order, stops })
    }
}

/// The fall at which R, once above 1, drops below 1 again in an infinite crowd. (A drawn crowd has single limits and no
/// density.)
fn feeds_itself_until(rules: &Rules, density: &LimitDensity) -> Option<f64> {
    let interest = margin_bot_interest(rules);
    let (mut share, mut order, mut feeds) = (0.0, 0.0, false);
    for (i, pair) in density.density.windows(2).enumerate() {
        share += 0.5 * (pair[0] + pair[1]) * density.spacing;
        let next = (i as f64 + 1.0) * density.spacing - forced_fall(rules, interest * share);
        if feeds && next > order {
            return Some(i as f64 * density.spacing);
        }
        feeds |= next < order;
        order = next;
    }
    feeds.then_some((density.density.len() - 1) as f64 * density.spacing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Simulator;
    use crate::model::closed_form::fixed_point;
    use crate::model::results::summary::percent;
    use crate::params::Params;
    use crate::params::query;

    const PURE: &str = "scenario=release-1&bots=100&vol-bots=0&permanent=100&buyers=0&thinning=0&calm-volatility=0";

    fn cobweb(text: &str) -> (Cobweb, Simulator) {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        (Cobweb::new(simulator.rules(), simulator.density(), simulator.crowd()), simulator)
    }

    #[test]
    fn the_cobweb_ends_at_the_fixed_point_to_the_last_bit() {
        for text in [
            "",
            PURE,
            "leverage=20",
            "leverage=12&bots=80&close-fraction=50&maintenance=2&shock=3",
            "leverage=20&close-fraction=5&maintenance=5",
            "leverage=20&amm-share=60",
            "leverage=10&impact=square-root",
            "shorts=60&first-order=purchase&leverage=20&bots=80",
            "venues=4&oracle=own&leverage=20",
            "leverage=50&bots=100&depth=0.05&accounts=500",
            "shock=0&bots=0&accounts=100",
            "leverage=1",
        ] {
            let (cobweb, simulator) = cobweb(text);
            let mut crowd = simulator.crowd().clone();
            assert_eq!(cobweb.stop(), fixed_point(simulator.rules(), &mut crowd), "{text}");
            assert!(cobweb.falls.is_sorted(), "{text}");
            for pair in cobweb.falls.windows(2) {
                let next = simulator.rules().shock + cobweb.forced(pair[0]);
                assert_eq!(pair[1], next, "{text}: each step ends on the curve");
            }
        }
    }

    #[test]
    fn only_a_first_order_beyond_the_tipping_order_passes_the_point_of_no_return() {
        for text in [
            PURE,
            "scenario=release-1&leverage=20",
            "accounts=100000",
            "scenario=release-1&leverage=14&bots=90&close-fraction=50&maintenance=2&accounts=3000",
        ] {
            let (cobweb, simulator) = cobweb(text);
            let tipping = cobweb.tipping.unwrap_or_else(|| panic!("{text}: no tipping point"));
            assert!(tipping.fall > tipping.first_order && tipping.fall <= tipping.stops, "{text}: {tipping:?}");
            let mut crowd = simulator.crowd().clone();
            let mut stops = |shock: f64| {
                let rules = Rules { shock, ..simulator.rules().clone() };
                fixed_point(&rules, &mut crowd)
            };
            assert!(stops(tipping.first_order - 1e-9) <= tipping.fall, "{text}");
            // Between two points of the grid the order needed may be slightly larger.
            let until = feeds_itself_until(simulator.rules(), simulator.density()).unwrap();
            let step = until / f64::from(FALLS);
            let beyond = stops(tipping.first_order + step);
            assert!(beyond > until && (beyond - tipping.stops).abs() < step, "{text}: {tipping:?}, {beyond}");
        }
    }

    #[test]
    fn the_tipping_order_of_a_large_crowd_is_the_critical_shock() {
        for text in ["", "&leverage=14", "&leverage=8&margin-capital=8"] {
            let (cobweb, simulator) = cobweb(&format!("{PURE}&accounts=200000{text}"));
            let critical = simulator.summary().critical_shock_percent.unwrap();
            let tipping = percent(cobweb.tipping.unwrap().first_order);
            assert!((tipping - critical).abs() < 0.06, "{text}: {tipping}%, the closed form says {critical}%");
        }
    }

    #[test]
    fn without_feedback_there_is_no_point_of_no_return() {
        for text in
            ["scenario=release-1", "leverage=3", "leverage=30&impact=square-root", "bots=0", "leverage=20&vol-bots=100"]
        {
            assert_eq!(cobweb(text).0.tipping, None, "{text}");
        }
        assert!(cobweb("bots=0").0.is_empty() && cobweb("leverage=1").0.is_empty());
        assert!(cobweb("first-order=purchase").0.is_empty() && !cobweb("").0.is_empty());
    }

    #[test]
    fn the_cascade_runs_to_the_end_if_every_limit_is_passed() {
        assert!(cobweb("leverage=50&bots=100&depth=0.05&accounts=500").0.runs_to_the_end());
        assert!(!cobweb("shock=2").0.runs_to_the_end() && !cobweb("bots=0").0.runs_to_the_end());
        let thin = Params { depth: 0.5, bots: 100.0, vol_bots: 0.0, ..Params::default() };
        let simulator = Simulator::new(&thin);
        let cobweb = Cobweb::new(simulator.rules(), simulator.density(), simulator.crowd());
        // 40 $bn into 50 per unit of log price.
        assert!((cobweb.forced(9.0) - 0.8).abs() < 1e-12);
    }
}
