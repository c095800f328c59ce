//! The fast run does, to the last bit, what a plain loop over all accounts in every second does.
//!
//! The loop below is written from MODEL.md sections 2 and 3 and shares nothing with the run but the draws and
//! the normal distribution: no ladder, no queue of people, no scheduler. Every account keeps its own state and
//! is asked every second.

mod common;

use std::sync::LazyLock;

use common::{any_params, params};
use deleverage::model::Series;
use deleverage::model::draws::{Draws, Habit};
use deleverage::model::normal::{Below, quantile};
use deleverage::{Params, Simulator};
use proptest::prelude::*;

static BELOW: LazyLock<Below> = LazyLock::new(Below::default);

/// Lots in one position.
const POSITION: u64 = 1 << 30;

/// An account and everything that it has decided.
struct Account {
    watches: Watches,
    /// Where its limit lies now: a fall of the log price or a log of volatility over the median limit.
    limit: f64,
    /// How far beyond the next one lies.
    step: f64,
    /// Share of what it holds that it sells at a limit.
    close: f64,
    /// Lots held and not yet ordered to be sold.
    held: u64,
    /// Seconds from a limit to the act.
    wait: usize,
    /// A bot's orders: when, and how many lots.
    orders: Vec<(usize, u64)>,
    /// When a person who thinks looks again.
    looks: Option<usize>,
}

#[derive(PartialEq)]
enum Watches {
    Price,
    Volatility,
    PriceAsPerson,
}

impl Account {
    fn new(p: &Params, leverage: f64, entry: f64, limit: f64, habit: Habit) -> Self {
        let watches = if habit.bot >= (p.bots / 100.0) as f32 {
            Watches::PriceAsPerson
        } else if habit.rule < (p.vol_bots / 100.0) as f32 {
            Watches::Volatility
        } else {
            Watches::Price
        };
        let mean = if watches == Watches::PriceAsPerson { p.human_latency } else { p.bot_latency };
        let wait = (mean * f64::from(habit.delay)).ceil().max(1.0) as usize;
        let by_volatility = watches == Watches::Volatility;
        let (m, phi) = (p.maintenance / 100.0, p.close_fraction / 100.0);
        let restored = m / (1.0 - phi);
        let (limit, step, close) = if by_volatility {
            (0.4 * limit, libm::log(1.25), 0.2)
        } else if restored < 1.0 {
            (margin_limit(p, leverage, entry), -libm::log((1.0 - restored) / (1.0 - m)), phi)
        } else {
            (margin_limit(p, leverage, entry), f64::INFINITY, 1.0)
        };
        Self { watches, limit, step, close, held: POSITION, wait, orders: Vec::new(), looks: None }
    }

    /// Lots that go to market in this second. A person looks at the last price first, and thinks on if it is
    /// beyond the next limit too.
    fn act(&mut self, second: usize, fall: f64) -> u64 {
        if self.looks == Some(second) {
            let lots = if fall >= self.limit { self.sell() } else { 0 };
            let goes_on = self.held > 0 && fall >= self.limit;
            self.looks = goes_on.then_some(second + self.wait);
            return lots;
        }
        self.orders.iter().filter(|(due, _)| *due == second).map(|(_, lots)| lots).sum()
    }

    /// Lots that a bot decides to sell after this second's trade; a person only begins to think.
    fn decide(&mut self, second: usize, fall: f64, volatility: f64) -> u64 {
        let mut decided = 0;
        let level = if self.watches == Watches::Volatility { volatility } else { fall };
        while self.held > 0 && self.looks.is_none() && level >= self.limit {
            if self.watches == Watches::PriceAsPerson {
                self.looks = Some(second + self.wait);
            } else {
                let lots = self.sell();
                self.orders.push((second + self.wait, lots));
                decided += lots;
            }
        }
        decided
    }

    /// Sells its share, or everything if less than a hundredth would be left.
    fn sell(&mut self) -> u64 {
        let share = (self.held as f64 * self.close).round() as u64;
        let lots = if self.held - share < POSITION / 100 { self.held } else { share };
        self.held -= lots;
        self.limit += self.step;
        lots
    }
}

/// The fall at which an account is at its margin limit: `ln p* = ln E + ln((1-1/L)/(1-m))`, the entry price cut
/// off where the account would start within 0.2 % of it.
fn margin_limit(p: &Params, z: f64, entry: f64) -> f64 {
    let (m, s, spread) = (p.maintenance / 100.0, p.crowding / 100.0, p.leverage_spread);
    let cap = if p.leverage_cap > 0.0 { p.leverage_cap } else { f64::INFINITY };
    let leverage = 1.0 + (p.leverage - 1.0) * libm::exp(spread * z - 0.5 * spread * spread);
    let leverage = leverage.min(0.95 / m).min(cap);
    let distance = libm::log((1.0 - m) * leverage / (leverage - 1.0));
    distance - s * quantile(entry * BELOW.at((distance - 0.002) / s))
}

fn oracle(p: &Params) -> Series {
    let draws = Draws::new(p.seed, p.accounts as usize);
    let mut accounts: Vec<Account> = (0..p.accounts as usize)
        .map(|i| Account::new(p, draws.leverage[i], draws.entry[i], draws.limit[i], draws.habits[i]))
        .collect();
    let mean_leverage = if p.leverage_cap > 0.0 { p.leverage.min(p.leverage_cap) } else { p.leverage };
    let lot = p.margin_capital * mean_leverage / (p.accounts * POSITION as f64);
    let full_depth = p.depth * 100.0;
    let shock = -libm::log(1.0 - p.shock / 100.0);
    let shock_lots = (shock * full_depth / lot / 10.0) as u64;
    let most = if p.throttle > 0.0 { (p.throttle / lot) as u64 } else { u64::MAX };
    let a_second = |percent_a_day: f64| percent_a_day / 100.0 / 86400.0_f64.sqrt();
    let sigma = a_second(p.calm_volatility);
    let calm = if sigma > 0.0 { a_second(p.calm_volatility.max(0.01)) } else { a_second(3.0) };
    let stays = p.permanent / 100.0;
    let trips = if p.breaker_fall > 0.0 { -libm::log(1.0 - p.breaker_fall / 100.0) } else { f64::INFINITY };
    let median_limit = libm::log(p.vol_limit);
    let least = ((sigma * 10.0_f64.sqrt() * full_depth / lot) as u64).max(1);

    let (mut permanent, mut transient, mut price) = (0.0, 0.0, 0.0_f64);
    let (mut depth, mut variance, mut log_volatility) = (1.0, 1.0, 0.0);
    let (mut held_by_buyers, mut unfilled) = (0.0, 0.0);
    let (mut bots_wait, mut people_wait, mut shock_wait) = (0, 0, 0);
    let mut resumes = 0;
    let entries = p.hours as usize * 3600 + 1;
    let (lots, floats) = (vec![0; entries], vec![0.0; entries]);
    let mut out = Series {
        price: floats.clone(),
        bots_sold: lots.clone(),
        people_sold: lots.clone(),
        shock_sold: lots.clone(),
        bought: floats.clone(),
        depth: vec![1.0; entries],
        log_volatility: floats,
        triggered: lots,
        reproduction: vec![f64::NAN; entries],
        halted: vec![0; entries],
    };

    for second in 1..entries {
        for account in &mut accounts {
            let lots = account.act(second, -price);
            if account.watches == Watches::PriceAsPerson { people_wait += lots } else { bots_wait += lots }
        }
        if (301..=310).contains(&second) {
            shock_wait += shock_lots;
        }
        let halted = second < resumes;

        let (mut bots, mut people, mut shocked) = (0, 0, 0);
        if !halted {
            (bots, people, shocked) = (bots_wait, people_wait, shock_wait);
            let both = bots + people;
            if both > most {
                let part = |lots: u64| (u128::from(lots) * u128::from(most) / u128::from(both)) as u64;
                (bots, people) = (part(bots), part(people));
            }
            bots_wait -= bots;
            people_wait -= people;
            shock_wait = 0;
        }

        let target = p.buyers * if transient < 0.0 { -transient } else { 0.0 };
        let bought = (target - held_by_buyers) * -libm::expm1(-1.0 / p.human_latency);
        held_by_buyers += bought;
        unfilled += (bots + people + shocked) as f64 * lot - bought;

        let calm_depth = if p.thinning > 0.0 { libm::exp(-p.thinning * log_volatility) } else { 1.0 };
        let calm_depth = calm_depth.clamp(p.depth_floor / 100.0, 1.0);
        depth = if calm_depth < depth { calm_depth } else { depth + (calm_depth - depth) * -libm::expm1(-1.0 / 300.0) };

        transient *= libm::exp(-1.0 / p.refill);
        permanent += sigma * draws.noise[second - 1];
        let mut change = 0.0;
        if !halted {
            let impact = unfilled / (full_depth * depth);
            unfilled = 0.0;
            permanent -= stays * impact;
            transient -= (1.0 - stays) * impact;
            change = permanent + transient - price;
            price += change;
        }
        let after_halt = out.halted[second - 1] == 1;
        let surprise = if after_halt { 0.0 } else { change / calm };
        let keep = libm::exp2(-1.0 / 60.0);
        variance = keep * variance + (1.0 - keep) * surprise * surprise;
        log_volatility = 0.5 * libm::log(variance);

        if !halted {
            // The highest price of the seconds within the window, halted or not, this one included.
            let seen = (1..second).filter(|t| *t + p.breaker_window as usize >= second);
            let high = if trips < f64::INFINITY { seen.map(|t| out.price[t]).fold(price, f64::max) } else { price };
            if -price - -high > trips {
                resumes = second + 1 + p.breaker_halt as usize;
            }
        }
        let level = log_volatility - median_limit;
        out.triggered[second] = accounts.iter_mut().map(|account| account.decide(second, -price, level)).sum();

        (out.bots_sold[second], out.people_sold[second], out.shock_sold[second]) = (bots, people, shocked);
        (out.price[second], out.bought[second], out.depth[second]) = (price, bought, depth);
        (out.log_volatility[second], out.halted[second]) = (log_volatility, u8::from(halted));
        let last: Vec<usize> = (0..=second).rev().filter(|t| out.halted[*t] == 0).take(10).collect();
        let sold: u64 = last.iter().map(|t| out.bots_sold[*t] + out.people_sold[*t] + out.shock_sold[*t]).sum();
        let triggered: u64 = last.iter().map(|t| out.triggered[*t]).sum();
        if sold >= least && !halted {
            out.reproduction[second] = triggered as f64 / sold as f64;
        }
    }
    out
}

/// The first second and series in which two runs differ, with both values.
fn difference(fast: &Series, plain: &Series) -> Option<String> {
    let bits = |s: &Series| -> Vec<(&'static str, Vec<u64>)> {
        let floats = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect();
        vec![
            ("halted", s.halted.iter().map(|h| u64::from(*h)).collect()),
            ("shock sold", s.shock_sold.clone()),
            ("bots sold", s.bots_sold.clone()),
            ("people sold", s.people_sold.clone()),
            ("bought", floats(&s.bought)),
            ("depth", floats(&s.depth)),
            ("price", floats(&s.price)),
            ("log volatility", floats(&s.log_volatility)),
            ("triggered", s.triggered.clone()),
            ("reproduction", floats(&s.reproduction)),
        ]
    };
    let unlike = |((name, a), (_, b)): ((_, Vec<u64>), (_, Vec<u64>))| {
        assert_eq!(a.len(), b.len(), "entries of {name}");
        let t = (0..a.len()).find(|t| a[*t] != b[*t])?;
        Some((t, format!("{name} in second {t}: {:#x}, {:#x} in the plain loop", a[t], b[t])))
    };
    let found = bits(fast).into_iter().zip(bits(plain)).filter_map(unlike);
    found.min_by_key(|(t, _)| *t).map(|(_, words)| words)
}

fn fast(p: &Params) -> Series {
    Simulator::new(p).run().series.clone()
}

#[test]
fn the_corners_that_have_a_digest() {
    for line in include_str!("digests.txt").lines().skip(1) {
        let (query, _) = line.split_once('\t').expect("a query, a tab and a digest");
        let p = Params { accounts: 200.0, ..params(query) };
        if let Some(found) = difference(&fast(&p), &oracle(&p)) {
            panic!("{query}, 200 accounts: {found}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_that_the_table_allows(case in any_params(300.0, 1.0)) {
        prop_assert_eq!(difference(&fast(&case.0), &oracle(&case.0)), None);
    }
}
