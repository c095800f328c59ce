//! The market: how the price responds to net sales, second by second.

pub mod circuit_breaker;
pub mod depth;
pub mod impact;
pub mod leverage_targeters;
mod price_bands;

use std::f64::consts::LN_2;
use std::rc::Rc;

use crate::FULL;
use crate::model::rules::{Law, MOST_VENUES, Rules};
use depth::DepthCurve;
use impact::{Memory, Order};

/// The share left after a second of decay with this half-life. (`exp2` would add a table to the light build.)
fn kept(half_life: f64) -> f64 {
    libm::exp(-LN_2 / half_life)
}

/// Bound of log prices, far beyond what any allowed sale can cause, so that all values stay finite.
pub const FARTHEST: f64 = 1e6;

/// The state of the market after a second.
#[derive(Clone, Debug)]
pub struct Market {
    /// Part of the log price that does not decay.
    permanent: f64,
    /// Part of the log price that fades as the book refills; negative after sales.
    transient: f64,
    /// Log of the last traded price.
    pub price: f64,
    /// Depth as a share of calm depth.
    pub depth: f64,
    /// Variance of returns in multiples of the usual one, exponentially weighted.
    pub variance: f64,
    /// Log price at the start of the return that ends with the next second, if returns span more than a second.
    pub reference: f64,
    /// $bn that value buyers hold or have on order.
    held: f64,
    /// $bn of orders waiting for the end of a halt, sales positive.
    waiting: f64,
    /// These orders by source.
    waiting_by: Order,
    /// The part of these orders that is from value buyers, purchases positive.
    waiting_bought: f64,
    depth_curve: Rc<DepthCurve>,
    memory: Memory,
    memory_kept: f64,
    /// Log prices of the price band, if there is one.
    pub band: Option<(f64, f64)>,
    /// Log of each venue's price relative to the mean of all; they sum to zero.
    gaps: [f64; MOST_VENUES],
    halted: bool,
    /// Averages of the log price: of the mean over all venues, and of each venue.
    mark: f64,
    marks: [f64; MOST_VENUES],
    /// The share of the distance to the price that these averages close in a second.
    mark_share: f64,
    /// The share of the variance left after a second.
    keep: f64,
    /// Weight of a squared return in the variance.
    return_weight: f64,
    decay: f64,
    arrive: f64,
    recover: f64,
}

impl Market {
    /// A calm market at the start price.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        let keep = kept(rules.vol_half_life);
        Self {
            permanent: 0.0,
            transient: 0.0,
            price: 0.0,
            depth: 1.0,
            variance: 1.0,
            reference: 0.0,
            held: 0.0,
            waiting: 0.0,
            waiting_by: Order::default(),
            waiting_bought: 0.0,
            // Shared, because price bands try orders on copies of the market.
            depth_curve: Rc::new(DepthCurve::new(rules.thinning, rules.depth_floor)),
            memory: Memory::default(),
            memory_kept: libm::exp(-(1.0 - rules.permanent) / rules.refill),
            band: None,
            gaps: [0.0; MOST_VENUES],
            halted: false,
            mark: 0.0,
            marks: [0.0; MOST_VENUES],
            mark_share: if rules.mark > 0.0 { 1.0 - kept(rules.mark) } else { 1.0 },
            keep,
            return_weight: (1.0 - keep) / (rules.usual * rules.usual * rules.vol_interval as f64),
            decay: libm::exp(-1.0 / rules.refill),
            arrive: -libm::expm1(-1.0 / rules.human_latency),
            recover: -libm::expm1(-1.0 / rules.depth_recovery),
        }
    }

    /// The transient fall of the log price, which value buyers react to.
    fn cheap(&self) -> f64 {
        // Not `max`, which may return either zero and gave different bits natively and in wasm.
        if self.transient < 0.0 { -self.transient } else { 0.0 }
    }

    /// Fall of the log price below the start price.
    #[must_use]
    pub fn fall(&self) -> f64 {
        -self.price
    }

    /// Log of the price on a venue.
    #[must_use]
    pub fn price_on(&self, rules: &Rules, venue: usize) -> f64 {
        if rules.venues == 1 { self.price } else { self.price + self.gaps[venue] }
    }

    /// Log of the mark price on a venue, against which margin limits are checked.
    #[must_use]
    pub fn mark_on(&self, rules: &Rules, venue: usize) -> f64 {
        if rules.mark == 0.0 {
            self.price_on(rules, venue)
        } else if rules.venues == 1 {
            self.mark
        } else {
            self.marks[venue]
        }
    }

    /// Log of the mark price, the mean over all venues, if it is an average over time.
    #[must_use]
    pub fn mean_mark(&self) -> f64 {
        self.mark
    }

    /// Updates the mark prices, once a second after trade, also during halts.
    pub fn update_mark(&mut self, rules: &Rules) {
        if rules.mark == 0.0 {
            return;
        }
        self.mark += (self.price - self.mark) * self.mark_share;
        if rules.venues > 1 {
            for venue in 0..rules.venues {
                self.marks[venue] += (self.price_on(rules, venue) - self.marks[venue]) * self.mark_share;
            }
        }
    }

    /// Log of the lowest price of all venues.
    #[must_use]
    pub fn lowest_price(&self, rules: &Rules) -> f64 {
        let lowest = self.gaps[..rules.venues].iter().fold(f64::INFINITY, |a, b| if *b < a { *b } else { a });
        self.price + lowest
    }

    /// One second in which `sales` $bn are sold by force; see [`Market::trade`].
    pub fn step(&mut self, rules: &Rules, sales: f64, noise: f64, halted: bool) -> f64 {
        self.trade(rules, sales, &Order { forced: sales, ..Order::default() }, noise, halted)
    }

    /// Whether the last second was part of a halt. The next second of trade is then an auction.
    #[must_use]
    pub fn halted(&self) -> bool {
        self.halted
    }

    /// Asserts invariants so that LLVM can specialise the loop: no price band, and no halt has just ended.
    #[inline]
    pub(super) fn be_calm(&mut self) {
        (self.band, self.halted) = (None, false);
    }

    /// One second. `sales` is the $bn sold in all, `order` the same by source with other orders, `noise` the second's
    /// standard normal draw. While `halted` nothing trades, but orders queue, the book refills and buyers arrive; the
    /// first second after a halt is one auction of all waiting orders. Returns the $bn bought by value buyers
    /// (negative: sold).
    pub fn trade(&mut self, rules: &Rules, sales: f64, order: &Order, noise: f64, halted: bool) -> f64 {
        self.second(rules, rules.law(), sales, order, noise, halted)
    }

    /// The same, inlined so that callers with constant arguments get a specialised copy.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "specialisation is the purpose")]
    pub(super) fn second(
        &mut self,
        rules: &Rules,
        law: Law,
        sales: f64,
        order: &Order,
        noise: f64,
        halted: bool,
    ) -> f64 {
        let gap = rules.buyers * self.cheap() - self.held;

        // Without thinning depth is constant, and the power is not needed.
        if rules.thinning > 0.0 {
            let target = self.depth_curve.depth(self.variance);
            if target < self.depth {
                self.depth = target;
            } else {
                self.depth += (target - self.depth) * self.recover;
            }
        }
        self.transient *= self.decay;
        let square_root = law == Law::SquareRoot;
        if square_root {
            self.memory.fade(self.memory_kept);
        }

        let ordered = impact::buyers_order(rules, law, &self.memory, self.depth, self.price, gap, self.arrive);
        // Buyers stop at the price that is no longer cheap.
        let most = impact::restoring_purchase(rules, law, self.depth, self.price, self.cheap());
        let ordered = if ordered > most { most } else { ordered };
        self.held += ordered;
        self.waiting_bought += ordered;
        self.waiting += sales + order.free - ordered;
        if square_root {
            self.waiting_by.forced += order.forced;
            self.waiting_by.first += order.first;
            self.waiting_by.free += order.free - ordered;
        }

        self.permanent += rules.noise * noise;
        let (mut traded, mut bought) = (0.0, 0.0);
        if !halted {
            if FULL && self.halted {
                self.withdraw(rules);
            }
            bought = std::mem::take(&mut self.waiting_bought);
            let (waiting, by) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.waiting_by));
            let impact = impact::fall(rules, law, &mut self.memory, self.depth, self.price, waiting, &by);
            self.permanent -= rules.permanent * impact;
            self.transient -= (1.0 - rules.permanent) * impact;
            // A cheap check first, because hardly any price is that far.
            if self.permanent.abs() > FARTHEST || self.transient.abs() > FARTHEST {
                (self.permanent, self.transient) = (nearer(self.permanent), nearer(self.transient));
            }
            if FULL {
                self.stay_within_band();
            }
            traded = self.permanent + self.transient - self.price;
            self.price += traded;
        }
        self.variance *= self.keep;
        // The jump of an auction is not a return.
        if !self.halted {
            let moved = if rules.vol_interval == 1 { traded } else { self.price - self.reference };
            self.variance += moved * (moved * self.return_weight);
        }
        self.halted = halted;
        bought
    }

    /// Withdraws orders of value buyers from an auction beyond the price that is no longer cheap. Up to there they
    /// absorb the sales of the auction.
    fn withdraw(&mut self, rules: &Rules) {
        let beyond =
            -self.waiting - impact::restoring_purchase(rules, rules.law(), self.depth, self.price, self.cheap());
        let rest = if beyond < self.waiting_bought { beyond } else { self.waiting_bought };
        if rest > 0.0 {
            self.held -= rest;
            self.waiting_bought -= rest;
            self.waiting += rest;
            self.waiting_by.free += rest;
        }
    }

    /// Keeps the price within its band: orders that would move it further find no counterparty.
    fn stay_within_band(&mut self) {
        if let Some((low, high)) = self.band {
            let price = self.permanent + self.transient;
            let held = if price < low { low } else { price };
            let held = if held > high { high } else { held };
            self.permanent += held - price;
        }
    }

    /// Updates the gaps between venues. Each venue has an equal share of the book and the pool, and until arbitrage
    /// closes the gap, a sale moves its own venue more than the others. `sold` is the $bn sold on each venue, purchases
    /// negative. The mean over the venues is the price that [`Market::trade`] has moved. The gap is in proportion to
    /// the sale under the square-root law too, which overstates that of a large sale.
    pub fn spread(&mut self, rules: &Rules, sold: &[f64; MOST_VENUES]) {
        if rules.venues == 1 {
            return;
        }
        let venues = rules.venues as f64;
        let depth = impact::depth(rules, rules.law, self.depth, self.price);
        let all: f64 = sold[..rules.venues].iter().sum();
        for (gap, here) in self.gaps[..rules.venues].iter_mut().zip(sold) {
            *gap *= rules.gap_kept;
            *gap -= rules.gap_made * (venues * here - all) / depth;
        }
    }
}

/// Clamps a log price.
#[cold]
fn nearer(price: f64) -> f64 {
    price.clamp(-FARTHEST, FARTHEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    fn quiet() -> Params {
        Params { calm_volatility: 0.0, thinning: 0.0, buyers: 0.0, depth: 2.0, vol_interval: 1.0, ..Params::default() }
    }

    #[test]
    fn half_of_a_quantity_is_left_after_its_half_life() {
        assert_eq!(kept(60.0), libm::exp2(-1.0 / 60.0));
        for half_life in [1.0, 5.0, 60.0, 3600.0] {
            assert!((libm::pow(kept(half_life), half_life) - 0.5).abs() < 1e-12, "{half_life}");
        }
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

    /// A thin book for many buyers, under each law that has a price at which they stop.
    fn thin_books() -> impl Iterator<Item = Rules> {
        [0.0, 0.3, 0.8].into_iter().flat_map(|thinning| {
            [0.0, 60.0].map(|amm_share| {
                let book = Params { depth: 0.05, depth_floor: 1.0, refill: 60.0, thinning, amm_share, ..quiet() };
                Rules::from(&Params { buyers: 1000.0, human_latency: 60.0, ..book })
            })
        })
    }

    #[test]
    fn many_buyers_in_a_thin_book_do_not_overshoot() {
        for rules in thin_books() {
            let mut market = Market::new(&rules);
            market.step(&rules, 0.5, 0.0, false);
            let fallen = market.fall();
            for _ in 0..600 {
                market.step(&rules, 0.0, 0.0, false);
                assert!(market.price < 1e-3 * fallen && market.fall() <= fallen, "{rules:?}: {}", market.price);
            }
        }
    }

    #[test]
    fn buyers_and_price_settle_where_demand_is_met() {
        for rules in thin_books() {
            for law in [rules.law, Law::SquareRoot] {
                let rules = Rules { law, refill: 1e9, ..rules.clone() };
                let mut market = Market::new(&rules);
                market.step(&rules, 0.5, 0.0, false);
                // A pool is slightly shallower at the price that they reach.
                let back = if let Law::Pool { .. } = law { 0.01 } else { 1e-6 };
                for _ in 0..3000 {
                    let ordered = market.step(&rules, 0.0, 0.0, false);
                    assert!(ordered > -back * market.held, "{rules:?}: {ordered}, {market:?}");
                }
                let wanted = rules.buyers * market.cheap();
                assert!((wanted / market.held - 1.0).abs() < 1e-3, "{rules:?}: {wanted}, {market:?}");
            }
        }
    }

    #[test]
    fn buyers_who_gather_in_a_halt_absorb_the_auction_without_overshooting() {
        for rules in thin_books() {
            for share in [0.0, 0.5, 2.0] {
                let mut market = Market::new(&rules);
                market.step(&rules, 0.5, 0.0, false);
                for _ in 0..30 {
                    assert_eq!(market.step(&rules, 0.0, 0.0, true), 0.0);
                }
                let (before, ordered) = (market.price, market.waiting_bought);
                let needed = impact::restoring_purchase(&rules, rules.law, market.depth, before, market.cheap());
                assert!(ordered > 3.0 * needed && needed > 0.0, "{ordered} {needed}");
                let bought = market.step(&rules, share * ordered, 0.0, false);
                assert!((market.held - bought).abs() < 1e-9);
                // The permanent part of the fall stays; the orders undo the transient part as far as they suffice.
                let undone = market.transient.abs() < 1e-9;
                assert!(if share > 1.0 { market.price < before } else { undone }, "{share}, {rules:?}: {market:?}");
            }
        }
    }

    #[test]
    fn a_small_sale_moves_its_venue_by_its_share_of_book_and_pool() {
        for amm_share in [0.0, 60.0] {
            let rules = Rules::from(&Params { venues: 4.0, arbitrage: 0.001, amm_share, ..quiet() });
            let mut market = Market { depth: 0.5, ..Market::new(&rules) };
            let mut sold = [0.0; MOST_VENUES];
            sold[2] = 0.01;
            market.step(&rules, sold[2], 0.0, false);
            market.spread(&rules, &sold);
            let book = (1.0 - amm_share / 100.0) * rules.depth * market.depth;
            let expected = impact::with_pool(book / 4.0, 2.0 * amm_share / 100.0 * rules.depth / 4.0, sold[2]);
            let fallen = -market.price_on(&rules, 2);
            assert!((fallen / expected - 1.0).abs() < 1e-3, "{amm_share}: {fallen}, not {expected}");
        }
    }

    #[test]
    fn a_halt_keeps_the_price_and_the_auction_clears_waiting_orders() {
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
    fn depth_falls_at_once_with_volatility_but_not_below_its_floor() {
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
