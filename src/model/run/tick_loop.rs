//! The tick loop of a run.
//!
//! The order of each second: orders that are due, value buyers, depth, impact, circuit breaker, and then the limits
//! that the new price and the new volatility pass. The cost of a second depends only on what happens in it: no account
//! is visited before its limit is reached.

use super::desk;
use super::forced::part_of;
use super::idle::IdleEnd;
use super::reproduction::Window;
use super::state::Run;
use super::tick::{Tick, order};
use crate::FULL;
use crate::model::crowd::Crowd;
use crate::model::market::Market;
use crate::model::market::impact::Order;
use crate::model::market::leverage_targeters::LeverageTargeters;
use crate::model::rules::{MOST_VENUES, Rules};

/// Options of a run: recording of sales, and an institution that sells besides the crowd.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordOptions<'a> {
    /// Whether every forced sale is recorded in the ledger.
    pub sales: bool,
    /// Net lots that an institution outside the crowd sells in each second.
    pub seller: Option<&'a [i64]>,
}

impl Run {
    /// Simulates the crowd under the rules, from the start.
    pub fn simulate(&mut self, rules: &Rules, crowd: &mut Crowd) {
        self.simulate_with(rules, crowd, RecordOptions::default());
    }

    /// Simulates with these options.
    pub fn simulate_with(&mut self, rules: &Rules, crowd: &mut Crowd, options: RecordOptions) {
        self.series.restart(rules);
        self.volatility.restart();
        // Infinite without volatility bots, so that no volatility limit is checked.
        self.highest_variance = if rules.vol_bots > 0.0 { 0.0 } else { f64::INFINITY };
        self.auction = 0;
        self.breaker.restart();
        if FULL {
            self.ledger.restart(rules, crowd, options.sales);
        }
        desk::restart(&mut self.desks, rules, crowd, self.ledger.on);
        let mut market = Market::new(rules);
        let mut targeters = LeverageTargeters::new(rules);
        let first_lots = (rules.first_order() / rules.lot / rules.first_seconds as f64) as u64;
        let (mut first_waiting, mut seller_waiting) = (0, 0);
        let mut window = Window::new(rules);
        // One check per tick skips rare features.
        let alone = !self.ledger.on && options.seller.is_none();
        let (plain, skips_idle) = (!FULL || alone && rules.plain(), alone && rules.may_skip_idle());

        let mut next = 1;
        while next <= rules.seconds {
            let IdleEnd { second, looked } = if skips_idle && first_waiting == 0 && self.is_idle(next, &market) {
                self.skip_idle(rules, crowd, next, &mut market, &mut window)
            } else {
                IdleEnd { second: next, looked: false }
            };
            if second > rules.seconds {
                break;
            }
            next = second + 1;
            for (desk, ladder) in self.desks.iter_mut().zip(&crowd.margin) {
                desk.collect(rules, ladder, second, looked, &market, &mut self.ledger);
            }
            if rules.first_order_arrives(second) {
                first_waiting += first_lots;
            }
            let mut tick = Tick::default();
            if !plain {
                self.ledger.collect(rules, second, crowd);
                seller_waiting += options.seller.map_or(0, |lots| lots[second]);
                (tick.funds_sold, tick.halted) = (targeters.act(), self.breaker.halted(second));
                if !tick.halted {
                    tick.seller = std::mem::take(&mut seller_waiting);
                    desk::close_off_book(&mut self.desks, &mut self.ledger, rules, crowd, second, &market);
                }
                market.band = self.breaker.band(rules, second);
            }
            self.trade(rules, crowd, second, &mut market, &mut first_waiting, &mut tick);
            market.update_mark(rules);
            tick.triggered = self.pass_limits(rules, crowd, second, &market);
            if !plain {
                self.breaker.watch(rules, second, market.price, tick.at_limit);
                tick.funds_wanted = targeters.observe(rules, market.price);
                self.record_rarer(rules, &market, &tick);
            }
            // During a halt there is no R, and the window stands still until trade resumes.
            let reproduction =
                if tick.halted { f64::NAN } else { window.slide(tick.triggered(rules), tick.sold(rules)) };
            self.record(second, &market, &tick, reproduction);
        }
    }

    /// Trades the orders of this second.
    fn trade(
        &mut self,
        rules: &Rules,
        crowd: &Crowd,
        second: usize,
        market: &mut Market,
        first_waiting: &mut u64,
        tick: &mut Tick,
    ) {
        let noise = crowd.draws.noise[second - 1];
        let whole = self.desks.iter().map(|desk| desk.waiting.total()).sum();
        // Most seconds have no queued orders.
        let some = !tick.halted && (whole > 0 || *first_waiting > 0 || FULL && market.band.is_some());
        if some {
            self.admit(rules, market, noise, whole, first_waiting, tick);
        }
        let (sales, order) = if some || tick.seller != 0 || tick.funds_sold != 0.0 {
            order(rules, tick.net(rules), tick.funds_sold)
        } else {
            Default::default()
        };
        if rules.vol_interval > 1 {
            if market.halted() && !tick.halted {
                self.auction = second;
            }
            market.reference = self.series.price[self.return_begins(rules, second)];
        }
        tick.bought = market.trade(rules, sales, &order, noise, tick.halted);
        tick.at_limit |= market.band.is_some_and(|(low, high)| market.price <= low || market.price >= high);
        if FULL && rules.venues > 1 {
            self.spread(rules, market, some, tick);
        }
        if FULL && some && self.ledger.on {
            for (i, desk) in self.desks.iter().enumerate() {
                self.ledger.trade(rules, second, i, desk.short, desk.traded, market.price_on(rules, desk.venue));
            }
        }
    }

    /// Moves the prices of the venues apart by the trades on each.
    #[inline(never)]
    fn spread(&self, rules: &Rules, market: &mut Market, some: bool, tick: &Tick) {
        let mut on_venue = [0_i64; MOST_VENUES];
        if some {
            for desk in &self.desks {
                let lots = desk.traded.total() as i64;
                on_venue[desk.venue] += if desk.short { -lots } else { lots };
            }
            // The first order hits one venue.
            on_venue[0] += rules.first_sign as i64 * tick.first as i64;
        }
        market.spread(rules, &on_venue.map(|lots| lots as f64 * rules.lot));
    }

    /// Admits queued orders within throttle and price band: of the first order, and of the `whole` lots that wait on
    /// all desks.
    #[inline(never)]
    fn admit(
        &mut self,
        rules: &Rules,
        market: &Market,
        noise: f64,
        whole: u64,
        first_waiting: &mut u64,
        tick: &mut Tick,
    ) {
        let (mut part, mut within) = (rules.throttle, WHOLE);
        if FULL && market.band.is_some() {
            let mut all = Tick { first: *first_waiting, ..*tick };
            self.allocate(part, whole, &mut all);
            within = within_band(rules, market, noise, &all);
        }
        tick.first = part_of(*first_waiting, within, WHOLE);
        *first_waiting -= tick.first;
        if within < WHOLE {
            tick.at_limit = true;
            part = part_of(part.min(whole), within, WHOLE);
        }
        self.allocate(part, whole, tick);
        for desk in &mut self.desks {
            desk.waiting.take(desk.traded);
        }
    }

    /// Allocates `part` of the `whole` lots to the desks, in proportion to what waits on each.
    fn allocate(&mut self, part: u64, whole: u64, tick: &mut Tick) {
        for desk in &mut self.desks {
            desk.traded = desk.waiting.part(part, whole);
            let side = if desk.short { &mut tick.bought_back } else { &mut tick.sold };
            side.add(desk.traded);
        }
    }

    fn record(&mut self, second: usize, market: &Market, tick: &Tick, r: f64) {
        let series = &mut self.series;
        series.price[second] = market.price;
        series.bots_sold[second] = tick.sold.bots;
        series.people_sold[second] = tick.sold.people;
        series.shock_sold[second] = tick.first;
        series.bought[second] = tick.bought;
        series.depth[second] = market.depth;
        series.variance[second] = market.variance;
        series.triggered[second] = tick.triggered;
        series.reproduction[second] = r;
        series.halted[second] = u8::from(tick.halted);
    }

    /// Records the series that few runs have.
    fn record_rarer(&mut self, rules: &Rules, market: &Market, tick: &Tick) {
        let series = &mut self.series;
        if rules.shorts > 0.0 {
            series.bought_back.push((tick.bought_back.bots, tick.bought_back.people));
        }
        if rules.mark > 0.0 {
            series.mark.push(market.mean_mark());
        }
        if rules.venues > 1 {
            series.lowest.push(market.lowest_price(rules));
        }
        if rules.targeters > 0.0 {
            series.rebalanced.push(tick.funds_sold);
        }
    }
}

/// A whole order, in the steps to which price bands cut it.
const WHOLE: u64 = 1 << 32;

/// The largest share of the orders, in parts of [`WHOLE`], after which the price is still inside its band. Found by
/// bisection.
fn within_band(rules: &Rules, market: &Market, noise: f64, offer: &Tick) -> u64 {
    let Some((low, high)) = market.band else { return WHOLE };
    let (forced, first) = offer.net(rules);
    let fits = |share: u64| {
        let mut trial = market.clone();
        trial.band = None;
        let lots = |lots: i64| (i128::from(lots) * i128::from(share) / i128::from(WHOLE)) as f64 * rules.lot;
        let (forced, first) = (lots(forced), lots(first));
        let order = Order { forced, first, free: offer.funds_sold };
        trial.trade(rules, forced + first, &order, noise, false);
        trial.price >= low && trial.price <= high
    };
    if fits(WHOLE) {
        return WHOLE;
    }
    let (mut some, mut all) = (0, WHOLE);
    while all - some > 1 {
        let middle = some + (all - some) / 2;
        if fits(middle) { some = middle } else { all = middle }
    }
    some
}
