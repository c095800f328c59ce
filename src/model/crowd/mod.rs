//! The crowd: the leverage, entry price and limits of each account, from its draws and the parameters.

pub mod cursor;
pub mod draws;
pub mod ladder;
pub mod partition;
pub mod rung;
mod trigger_prices;

use crate::FULL;
use crate::model::math::normal::Below;
use crate::model::rules::Rules;
use crate::params::Params;
use cursor::Cursor;
use draws::Draws;
use ladder::Ladder;
use rung::{Rung, rungs};
use trigger_prices::{Key, first_limits, price_ratio, short_price_ratio};

/// The greatest starting leverage of an account, as a share of the leverage at its limit.
const BELOW_LIMIT: f64 = 0.95;

/// Standard deviation of the log of the volatility limits.
pub(super) const LIMIT_SPREAD: f64 = 0.4;

/// Greatest fall of the log price over which the buckets of a margin ladder are spread: a price of 30% of the start
/// price.
const DEEPEST: f64 = 1.2;

/// Least number of accounts sampled to estimate where limits lie.
const SAMPLED: usize = 512;

/// Buckets cover limits up to this multiple of the mean one; the others share a bucket.
const MOST: f64 = 2.5;

/// The greatest leverage that one account may have with these parameters.
#[must_use]
pub fn greatest_leverage(params: &Params) -> f64 {
    let by_margin = BELOW_LIMIT / (params.maintenance / 100.0);
    if params.leverage_cap > 0.0 { by_margin.min(params.leverage_cap) } else { by_margin }
}

/// `exp(sL z - sL^2/2)`, whose mean over the crowd is 1.
#[must_use]
pub fn leverage_factor(spread: f64, z: f64) -> f64 {
    libm::exp(spread * z - 0.5 * spread * spread)
}

/// Fall of the log price from the entry price to the margin limit of a long position, `-ln((1-1/L)/(1-m))`;
/// infinite for an account without debt.
#[must_use]
pub fn distance(leverage: f64, maintenance: f64) -> f64 {
    libm::log(price_ratio(leverage, maintenance))
}

/// Rise of the log price from the entry price to the margin limit of a short position, `ln((1+1/L)/(1+m))`.
#[must_use]
pub fn short_distance(leverage: f64, maintenance: f64) -> f64 {
    libm::log(short_price_ratio(leverage, maintenance))
}

/// All accounts and their ladders, kept across runs: only what depends on a changed parameter is computed again.
#[derive(Clone, Debug, Default)]
pub struct Crowd {
    /// The random draws.
    pub draws: Draws,
    /// Fall of the log price, or rise for a short account, at which each account's margin limit is first hit.
    pub falls: Vec<f64>,
    /// Margin limits, a ladder for each [desk](Crowd::desk), in the order in which the price passes them: falling
    /// for longs, rising for shorts.
    pub margin: Vec<Ladder>,
    /// Logs of the volatility limits of the accounts that obey one if they are bots, relative to the median limit, in
    /// the order in which volatility passes them.
    pub volatility: Ladder,
    /// Cursors for the closed form, which moves along the ladders outside of a run.
    pub(super) cursors: Vec<Cursor>,
    factors: Vec<f64>,
    below: Below,
    drawn: Option<(u64, usize)>,
    obeying: Option<f32>,
    /// Number of long accounts; the accounts after them are short.
    longs: usize,
    shorts: usize,
    venues: usize,
    spread: Option<f64>,
    placed: Option<Key>,
}

impl Crowd {
    /// Adapts the crowd to the parameters. Returns whether any margin limit moved.
    pub fn arrange(&mut self, params: &Params) -> bool {
        (self.longs, self.shorts) = (params.accounts as usize, Rules::short_accounts(params));
        self.venues = Rules::venues_apart(params);
        let accounts = self.longs + self.shorts;
        if self.drawn != Some((params.seed, accounts)) {
            self.draws = Draws::new(params.seed, accounts);
            self.drawn = Some((params.seed, accounts));
            self.spread = None;
            self.obeying = None;
        }
        self.arrange_volatility(Rules::bot_shares(params).1);
        if self.spread != Some(params.leverage_spread) {
            self.factors.clear();
            let spread = params.leverage_spread;
            self.factors.extend(self.draws.leverage.iter().map(|z| leverage_factor(spread, *z)));
            self.spread = Some(spread);
            self.placed = None;
        }
        if self.venues > 1 {
            self.draws.draw_places();
        }
        let key = Key {
            leverage: params.asked_leverage(),
            greatest: greatest_leverage(params),
            crowding: params.crowding / 100.0,
            maintenance: params.maintenance / 100.0,
            leverage_spread: params.leverage_spread,
            longs: self.longs,
            shorts: self.shorts,
            venues: self.venues,
        };
        if self.placed == Some(key) {
            return false;
        }
        let mut falls = std::mem::take(&mut self.falls);
        first_limits(&key, &self.below, &self.factors, &self.draws.entry, &mut falls);
        self.falls = falls;
        self.build_margin(|_| true);
        self.placed = Some(key);
        true
    }

    /// Builds the margin ladders of all desks from these accounts.
    fn build_margin(&mut self, trades: impl Fn(u32) -> bool) {
        let deepest = deepest(&self.falls);
        let mut ladders = std::mem::take(&mut self.margin);
        let desks = self.desks();
        ladders.resize_with(desks, Ladder::default);
        for (desk, ladder) in ladders.iter_mut().enumerate() {
            let here = |account| trades(account) && (desks == 1 || self.desk(account) == desk);
            let rungs = || rungs(&self.falls, &self.draws.habits).filter(|rung| here(rung.account));
            ladder.build(0.0, deepest, self.falls.len() / desks, rungs);
        }
        self.margin = ladders;
    }

    /// The same crowd in which only these accounts trade.
    #[must_use]
    pub fn only(&self, trades: impl Fn(u32) -> bool) -> Self {
        let mut some = self.clone();
        some.build_margin(&trades);
        some.volatility.retain(|rung| trades(rung.account));
        // The caches no longer match, so the next `arrange` must rebuild.
        (some.placed, some.obeying) = (None, None);
        some
    }

    /// The same crowd in which no account is ever forced to trade.
    #[must_use]
    pub fn bystanders(crowd: &Self) -> Self {
        let draws = Draws::of_noise(crowd.draws.noise.clone());
        Self { draws, margin: vec![Ladder::default()], venues: 1, longs: crowd.longs, ..Self::default() }
    }

    /// Builds the volatility ladder. It holds only accounts that obey a volatility limit if they are bots: they are
    /// often few, and a volatile market passes all limits.
    fn arrange_volatility(&mut self, vol_bots: f32) {
        if self.obeying != Some(vol_bots) {
            let limits = || {
                let obey = rungs(&self.draws.limit, &self.draws.habits).filter(|rung| rung.habit.rule < vol_bots);
                obey.map(|rung| Rung { at: LIMIT_SPREAD * rung.at, ..rung })
            };
            let about = (self.draws.limit.len() as f64 * f64::from(vol_bots)) as usize;
            self.volatility.build(-4.0 * LIMIT_SPREAD, 4.0 * LIMIT_SPREAD, about, limits);
            self.obeying = Some(vol_bots);
        }
    }

    /// Number of desks: venues with a price of their own, times sides of the market.
    #[must_use]
    pub fn desks(&self) -> usize {
        match (FULL, self.shorts) {
            (false, _) => 1,
            (true, 0) => self.venues,
            (true, _) => 2 * self.venues,
        }
    }

    /// Whether there are short accounts.
    #[must_use]
    pub fn shorts(&self) -> bool {
        FULL && self.shorts > 0
    }

    /// Whether an account is short.
    #[must_use]
    pub fn is_short(&self, account: usize) -> bool {
        FULL && account >= self.longs
    }

    /// The desk of an account: its venue; desks of shorts come after all desks of longs. All accounts of a desk see the
    /// same price and trade in the same book.
    #[must_use]
    pub fn desk(&self, account: u32) -> usize {
        let place = |account: u32| self.draws.places[account as usize];
        let venue = if self.venues > 1 { (place(account).venue * self.venues as f32) as usize } else { 0 };
        venue + if self.is_short(account as usize) { self.venues } else { 0 }
    }

    /// Leverage and entry price, relative to the start price, of one account.
    #[must_use]
    pub fn position(&self, account: usize) -> (f64, f64) {
        let Some(key) = &self.placed else { return (1.0, 1.0) };
        let leverage = key.leverage_of(self.factors[account]);
        let log_entry = if self.is_short(account) {
            self.falls[account] - short_distance(leverage, key.maintenance)
        } else {
            distance(leverage, key.maintenance) - self.falls[account]
        };
        (leverage, libm::exp(log_entry))
    }
}

/// The fall up to which buckets are spread. Most limits lie within it, so that buckets are about equally full.
fn deepest(falls: &[f64]) -> f64 {
    let some = || falls.iter().step_by((falls.len() / SAMPLED).max(1));
    let mean = some().map(|fall| if *fall < DEEPEST { *fall } else { DEEPEST }).sum::<f64>() / some().count() as f64;
    // Without accounts there is no mean.
    if mean < DEEPEST / MOST { MOST * mean } else { DEEPEST }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::NEAREST;

    #[test]
    fn no_account_starts_at_its_limit_and_restored_parameters_restore_the_crowd() {
        let mut crowd = Crowd::default();
        let params = Params { accounts: 5000.0, ..Params::default() };
        assert!(crowd.arrange(&params));
        let falls = crowd.falls.clone();
        for (leverage, maintenance, cap) in [(50.0, 1.0, 0.0), (2.0, 25.0, 0.0), (50.0, 25.0, 3.0), (1.0, 1.0, 0.0)] {
            let changed = Params { leverage, maintenance, leverage_cap: cap, ..params };
            assert!(crowd.arrange(&changed));
            assert!(crowd.falls.iter().all(|fall| *fall > NEAREST - 1e-9), "leverage {leverage}");
            assert!(!crowd.arrange(&Params { bots: 80.0, depth: 0.1, ..changed }));
        }
        assert!(crowd.arrange(&params));
        assert_eq!(crowd.falls, falls);
    }

    #[test]
    fn a_us_margin_account_at_leverage_2_is_called_after_a_fall_of_a_third() {
        // Half borrowed, maintenance 25%: the textbook margin call at a fall of one third.
        assert!((1.0 - libm::exp(-distance(2.0, 0.25)) - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn at_its_limit_every_position_has_the_maintenance_margin() {
        let params = Params { accounts: 1000.0, shorts: 50.0, maintenance: 4.0, ..Params::default() };
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        for account in 0..1000 {
            let (leverage, entry) = crowd.position(account);
            let sign = if crowd.is_short(account) { -1.0 } else { 1.0 };
            let price = libm::exp(-sign * crowd.falls[account]);
            // Equity: the profit since entry, and the margin put up then.
            let equity = sign * (price - entry) + entry / leverage;
            assert!((equity / price - 0.04).abs() < 1e-9, "{account}: {leverage} {entry} {price}");
        }
    }
}
