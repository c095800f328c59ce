//! One run: the tick loop.
//!
//! Each second: orders that are due, value buyers, depth, impact, breaker, and the limits that the new price and
//! the new volatility pass. What a second costs is what happens in it; no account is looked at before its turn.

mod adl;
pub mod desk;
mod idle;
pub mod ledger;
pub mod people;
pub mod reproduction;
pub mod sale;
pub mod series;
mod settlement;

use crate::FULL;
use crate::model::crowd::Crowd;
use crate::model::crowd::cursor::Climb;
use crate::model::crowd::partition::Bot;
use crate::model::market::Market;
use crate::model::market::circuit_breaker::Breaker;
use crate::model::market::impact::Order;
use crate::model::market::leverage_targeters::Targeters;
use crate::model::rules::{MOST_VENUES, Rules};
use desk::{Desk, Forced, part_of};
use idle::Ended;
use ledger::Ledger;
use reproduction::Window;
use sale::{By, Sale};
use series::Series;

/// A run and the room it works in, which the next run uses again.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// What happened.
    pub series: Series,
    /// Sales by name, if they were asked for, and what was lost.
    pub ledger: Ledger,
    pub(super) desks: Vec<Desk>,
    volatility: Climb,
    /// The greatest variance of returns so far.
    pub(super) loudest: f64,
    pub(super) breaker: Breaker,
    /// Second of the last auction after a halt.
    auction: usize,
}

/// What is asked of a run besides its rules.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    /// Write down every sale.
    pub sales: bool,
    /// Net lots that somebody outside the crowd sells in each second.
    pub seller: Option<&'a [i64]>,
}

/// What was traded in a second, and what bots newly ordered.
#[derive(Clone, Copy, Debug, Default)]
struct Tick {
    sold: Forced,
    bought_back: Forced,
    /// Of somebody outside the crowd.
    seller: i64,
    first: u64,
    /// $bn that funds sold, and how much less they now want to hold.
    funds_sold: f64,
    funds_wanted: f64,
    bought: f64,
    triggered: u64,
    halted: bool,
    /// Whether the band of this second was in the way.
    at_limit: bool,
}

impl Run {
    /// Simulates the crowd under the rules, from the start.
    pub fn simulate(&mut self, rules: &Rules, crowd: &mut Crowd) {
        self.answer(rules, crowd, Ask::default());
    }

    /// Simulates with something more asked.
    pub fn answer(&mut self, rules: &Rules, crowd: &mut Crowd, ask: Ask) {
        self.series.restart(rules);
        self.volatility.restart();
        // Without volatility bots no limit is ever passed.
        self.loudest = if rules.vol_bots > 0.0 { 0.0 } else { f64::INFINITY };
        self.auction = 0;
        self.breaker.restart();
        if FULL {
            self.ledger.restart(rules, crowd, ask.sales);
        }
        desk::restart(&mut self.desks, rules, crowd, self.ledger.on);
        let mut market = Market::new(rules);
        let mut targeters = Targeters::new(rules);
        let first_lots = (rules.first_order() / rules.lot / rules.first_seconds as f64) as u64;
        let (mut first_waiting, mut seller_waiting) = (0, 0);
        let mut window = Window::new(rules);
        // What few runs have is asked about together, in each second, and not each by itself.
        let alone = !self.ledger.on && ask.seller.is_none();
        let (plain, quiet) = (!FULL || alone && rules.plain(), alone && rules.may_be_quiet());

        let mut next = 1;
        while next <= rules.seconds {
            let Ended { second, looked } = if quiet && first_waiting == 0 && self.is_quiet(next, &market) {
                self.be_quiet(rules, crowd, next, &mut market, &mut window)
            } else {
                Ended { second: next, looked: false }
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
                seller_waiting += ask.seller.map_or(0, |lots| lots[second]);
                (tick.funds_sold, tick.halted) = (targeters.act(), self.breaker.halted(second));
                if !tick.halted {
                    tick.seller = std::mem::take(&mut seller_waiting);
                    self.ledger.close_off_book(rules, crowd, second, &mut self.desks, &market);
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
            // In a halt nothing trades: there is no R, and the window waits for trade to go on.
            let reproduction =
                if tick.halted { f64::NAN } else { window.slide(tick.triggered(rules), tick.sold(rules)) };
            self.record(second, &market, &tick, reproduction);
        }
    }

    /// The second whose price the return of this second is measured from: never before an auction, whose jump is no return.
    pub(super) fn return_begins(&self, rules: &Rules, second: usize) -> usize {
        let begins = second.saturating_sub(rules.vol_interval);
        if begins > self.auction { begins } else { self.auction }
    }

    /// Halts of trade in the run.
    #[must_use]
    pub fn halts(&self) -> u32 {
        self.breaker.halts
    }

    /// Trades what may be traded in this second.
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
        // In most seconds nobody is there to be let in.
        let some = !tick.halted && (whole > 0 || *first_waiting > 0 || FULL && market.band.is_some());
        if some {
            self.let_in(rules, market, noise, whole, first_waiting, tick);
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

    /// Moves the venues' prices apart by what was traded on each, if anything was.
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

    /// Lets in what can be traded of the first order and of what waits, `whole` lots of all desks.
    #[inline(never)]
    fn let_in(
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
            self.offer(part, whole, &mut all);
            within = within_band(rules, market, noise, &all);
        }
        tick.first = part_of(*first_waiting, within, WHOLE);
        *first_waiting -= tick.first;
        if within < WHOLE {
            tick.at_limit = true;
            part = part_of(part.min(whole), within, WHOLE);
        }
        self.offer(part, whole, tick);
        for desk in &mut self.desks {
            desk.waiting.take(desk.traded);
        }
    }

    /// Each desk offers the part of what waits there that `part` is of the `whole`.
    fn offer(&mut self, part: u64, whole: u64, tick: &mut Tick) {
        for desk in &mut self.desks {
            desk.traded = desk.waiting.part(part, whole);
            let side = if desk.short { &mut tick.bought_back } else { &mut tick.sold };
            side.add(desk.traded);
        }
    }

    /// Schedules everyone whose limit the price or the volatility has passed. Gives the lots that bots order for
    /// it.
    pub(super) fn pass_limits(&mut self, rules: &Rules, crowd: &mut Crowd, second: usize, market: &Market) -> u64 {
        let mut triggered = 0;
        for (desk, ladder) in self.desks.iter_mut().zip(&mut crowd.margin) {
            let level = desk.level(rules, market);
            if desk.passes(rules, level) {
                triggered += desk.pass(rules, ladder, second, level, &mut self.ledger);
            }
        }
        // In most seconds volatility is not greater than ever, and nobody asks for its logarithm.
        if market.variance <= self.loudest {
            return triggered;
        }
        self.loudest = market.variance;
        triggered + self.pass_volatility_limits(rules, crowd, second, market)
    }

    /// The same of those whose limit the volatility has passed.
    #[inline(never)]
    fn pass_volatility_limits(&mut self, rules: &Rules, crowd: &mut Crowd, second: usize, market: &Market) -> u64 {
        let mut triggered = 0;
        let level = 0.5 * libm::log(market.variance) - rules.vol_limit;
        if !self.volatility.rise(rules, &mut crowd.volatility, level, true) {
            return triggered;
        }
        let (climb, desks, ledger) = (&mut self.volatility, &mut self.desks, &mut self.ledger);
        let parted = crowd.volatility.parted(rules);
        let account = |bot: Bot| crowd.volatility.rungs()[bot.place as usize].account;
        let due = |bot: Bot| second + bot.wait as usize + rules.queue_latency;
        if !FULL || !ledger.on {
            for (nth, lots) in rules.vol_sales.iter().enumerate() {
                let bots = climb.newly(parted, nth, rules.vol_step);
                triggered += lots * bots.len() as u64;
                match &mut desks[..] {
                    [only] => only.expect(rules, second, bots, *lots),
                    many => {
                        for bot in bots {
                            many[crowd.desk(account(*bot))].expect_of_bots(due(*bot), *lots);
                        }
                    }
                }
            }
            return triggered;
        }
        climb.in_order(parted, rules.vol_sales.len(), rules.vol_step, &mut |bot, at, nth| {
            let (account, due) = (account(bot), due(bot));
            let (decided, by, lots) = (second as u32, By::Volatility, rules.vol_sales[usize::from(nth)]);
            let lots = ledger.order(lots, |lots| Sale { account, nth, by, at, decided, due: due as u32, lots });
            triggered += lots;
            desks[crowd.desk(account)].expect_of_bots(due, lots);
        });
        triggered
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

    /// What few runs have.
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

impl Tick {
    /// Lots sold less lots bought: by force, with those of somebody outside, and of the first order.
    fn net(&self, rules: &Rules) -> (i64, i64) {
        let forced = self.sold.total() as i64 - self.bought_back.total() as i64 + self.seller;
        (forced, rules.first_sign as i64 * self.first as i64)
    }

    /// Lots that rules newly ordered.
    fn triggered(&self, rules: &Rules) -> u64 {
        self.triggered + along(rules, self.funds_wanted)
    }

    /// Lots that were traded.
    fn sold(&self, rules: &Rules) -> u64 {
        let forced = self.sold.total() + self.bought_back.total();
        forced + self.first + self.seller.unsigned_abs() + along(rules, self.funds_sold)
    }
}

/// Lots of what funds do in the direction of the first order.
fn along(rules: &Rules, billions: f64) -> u64 {
    if rules.targeters > 0.0 { (rules.first_sign * billions / rules.lot) as u64 } else { 0 }
}

/// What so many lots, by force and of the first order, are in $bn together, and by who sells them with what funds sell.
fn order(rules: &Rules, (forced, first): (i64, i64), free: f64) -> (f64, Order) {
    let billions = |lots: i64| lots as f64 * rules.lot;
    (billions(forced + first), Order { forced: billions(forced), first: billions(first), free })
}

/// All of an order, in the steps in which bands cut it.
const WHOLE: u64 = 1 << 32;

/// The share of what is offered, of [`WHOLE`], that can be traded before the price is at a limit of its band.
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
