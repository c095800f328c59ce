//! One account of the plain loop: its limits, position and orders.

use std::sync::LazyLock;

use deleverage::Params;
use deleverage::model::draws::Draws;
use deleverage::model::normal::{Below, quantile};

static BELOW: LazyLock<Below> = LazyLock::new(Below::default);

/// Lots in one position.
pub const POSITION: u64 = 1 << 30;

/// An account and its state.
pub struct Account {
    /// Whether it is short, so that it buys by force.
    pub short: bool,
    /// Its venue.
    pub venue: usize,
    watches: Watches,
    /// Next limit: a fall (for a short account a rise) of the log price, or the log of volatility over the median
    /// limit.
    limit: f64,
    /// Distance from each limit to the next.
    step: f64,
    /// Share of the position that it closes at a limit.
    close: f64,
    /// Lots held and not yet ordered to be closed.
    held: u64,
    /// Reaction time, s.
    wait: usize,
    /// Delay of an order in the liquidation queue, s.
    queue: usize,
    /// Settlement delay, s; 0 where it has no effect.
    settles: usize,
    /// Sales whose settlement the rule is waiting for.
    streak: Option<Streak>,
    /// Second in which each order reaches the book, and its lots.
    orders: Vec<(usize, u64)>,
    /// Second in which a person who is reacting looks again.
    looks: Option<usize>,
}

#[derive(PartialEq)]
enum Watches {
    Price,
    Volatility,
    PriceAsPerson,
}

/// A streak of unsettled sales, during which the rule sees the position before the first of them.
#[derive(Clone, Copy)]
struct Streak {
    began: usize,
    looks: usize,
    /// Limits of that position passed so far.
    passed: u32,
    /// Sales so far, at limits and at looks.
    sales: u32,
}

impl Account {
    pub fn new(p: &Params, draws: &Draws, i: usize) -> Self {
        let (habit, place) = (draws.habits[i], draws.places[i]);
        let watches = if habit.bot >= (p.bots / 100.0) as f32 {
            Watches::PriceAsPerson
        } else if habit.rule < (p.vol_bots / 100.0) as f32 {
            Watches::Volatility
        } else {
            Watches::Price
        };
        let mean = if watches == Watches::PriceAsPerson { p.human_latency } else { p.bot_latency };
        let short = i >= p.accounts as usize;
        let margin = || margin_limit(p, short, draws.leverage[i], draws.entry[i]);
        let (m, phi) = (p.maintenance / 100.0, p.close_fraction / 100.0);
        let restored = m / (1.0 - phi);
        let (limit, step, close) = if watches == Watches::Volatility {
            (0.4 * draws.limit[i], libm::log(1.25), 0.2)
        } else if restored >= 1.0 {
            (margin(), f64::INFINITY, 1.0)
        } else if short {
            (margin(), libm::log((1.0 + restored) / (1.0 + m)), phi)
        } else {
            (margin(), -libm::log((1.0 - restored) / (1.0 - m)), phi)
        };
        // An account that closes everything at once has nothing left to sell during settlement.
        let sells_on = watches == Watches::Price && close < 1.0;
        Self {
            short,
            venue: (place.venue * venues(p) as f32) as usize,
            watches,
            limit,
            step,
            close,
            held: POSITION,
            wait: (mean * f64::from(habit.delay)).ceil().max(1.0) as usize,
            queue: p.queue_latency as usize,
            settles: if sells_on { p.settlement_delay as usize } else { 0 },
            streak: None,
            orders: Vec::new(),
            looks: None,
        }
    }

    pub fn is_person(&self) -> bool {
        self.watches == Watches::PriceAsPerson
    }

    /// Lots that reach the book in this second. A person first looks at the last price, and waits again if it is beyond
    /// the next limit too.
    pub fn act(&mut self, second: usize, prices: &[f64]) -> u64 {
        if self.looks == Some(second) {
            let loss = self.loss(prices);
            if loss >= self.limit {
                let lots = self.close_next();
                self.limit += self.step;
                self.orders.push((second + self.queue, lots));
            }
            let goes_on = self.held > 0 && loss >= self.limit;
            self.looks = goes_on.then_some(second + self.wait);
        }
        self.orders.iter().filter(|(due, _)| *due == second).map(|(_, lots)| lots).sum()
    }

    /// Lots that a bot decides to close after this second's trade; a person starts to react.
    pub fn decide(&mut self, second: usize, prices: &[f64], volatility: f64) -> u64 {
        let level = if self.watches == Watches::Volatility { volatility } else { self.loss(prices) };
        if self.settles > 0 {
            return self.decide_unsettled(second, level);
        }
        let mut decided = 0;
        while self.held > 0 && self.looks.is_none() && level >= self.limit {
            if self.is_person() {
                self.looks = Some(second + self.wait);
            } else {
                decided += self.order(second);
                self.limit += self.step;
            }
        }
        decided
    }

    /// The same while the rule sees the position before its last sales.
    fn decide_unsettled(&mut self, second: usize, level: f64) -> u64 {
        let mut decided = 0;
        if let Some(mut streak) = self.streak.filter(|streak| streak.looks == second && self.held > 0) {
            if second < streak.began + self.settles && level >= self.limit {
                decided += self.order(second);
                streak.sales += 1;
                streak.looks = second + self.wait;
                self.streak = Some(streak);
            } else {
                self.limit += self.step * f64::from(streak.sales);
                self.streak = None;
            }
        }
        let begins = Streak { began: second, looks: second + self.wait, passed: 0, sales: 0 };
        let mut streak = self.streak.unwrap_or(begins);
        while self.held > 0 && level >= self.limit + self.step * f64::from(streak.passed) {
            decided += self.order(second);
            streak.passed += 1;
            streak.sales += 1;
        }
        if streak.sales > 0 {
            self.streak = Some(streak);
        }
        decided
    }

    /// Distance of the last price from the start price, positive if against the account.
    fn loss(&self, prices: &[f64]) -> f64 {
        if self.short { prices[self.venue] } else { -prices[self.venue] }
    }

    fn order(&mut self, second: usize) -> u64 {
        let lots = self.close_next();
        self.orders.push((second + self.wait + self.queue, lots));
        lots
    }

    /// Closes its share, or everything if less than a hundredth would be left.
    fn close_next(&mut self) -> u64 {
        let share = (self.held as f64 * self.close).round() as u64;
        let lots = if self.held - share < POSITION / 100 { self.held } else { share };
        self.held -= lots;
        lots
    }
}

/// Number of venues whose own price counts for their accounts.
pub fn venues(p: &Params) -> usize {
    if p.oracle == 1.0 { 1 } else { p.venues as usize }
}

/// Mean leverage before any cap: as set, or as the lending loops make it.
fn asked_leverage(p: &Params) -> f64 {
    if p.loops == 0.0 {
        return p.leverage;
    }
    let mut sum = 1.0;
    for _ in 0..p.loops as usize {
        sum = 1.0 + p.ltv / 100.0 * sum;
    }
    sum
}

fn cap(p: &Params) -> f64 {
    if p.leverage_cap > 0.0 { p.leverage_cap } else { f64::INFINITY }
}

/// Number of short accounts: a percentage of the longs, rounded to the nearest whole number.
pub fn shorts(p: &Params) -> usize {
    (p.accounts * p.shorts / 100.0).round_ties_even() as usize
}

/// Dollars per lot, $bn: the open interest of the longs in equal parts.
pub fn lot(p: &Params) -> f64 {
    p.margin_capital * asked_leverage(p).min(cap(p)) / (p.accounts * POSITION as f64)
}

/// Move against an account at which it reaches its margin limit; the entry price is truncated where the account would
/// start within 0.2% of it. Long: `ln p* = ln E + ln((1-1/L)/(1-m))`; short: with plus signs.
fn margin_limit(p: &Params, short: bool, z: f64, entry: f64) -> f64 {
    let (m, s, spread) = (p.maintenance / 100.0, p.crowding / 100.0, p.leverage_spread);
    let leverage = 1.0 + (asked_leverage(p) - 1.0) * libm::exp(spread * z - 0.5 * spread * spread);
    let leverage = leverage.min(0.95 / m).min(cap(p));
    let distance = if short {
        libm::log((1.0 + 1.0 / leverage) / (1.0 + m))
    } else {
        libm::log((1.0 - m) * leverage / (leverage - 1.0))
    };
    distance - s * quantile(entry * BELOW.at((distance - 0.002) / s))
}
