//! The crowd: every account's leverage, entry price and limits, from its draws and the parameters.

use super::draws::Draws;
use super::ladder::{Ladder, Rung, rungs};
use super::normal::{Below, quantile};
use super::rules::{NEAREST, Rules};
use crate::params::Params;

/// An account never starts with more leverage than this share of what would put it at its limit at once.
const BELOW_LIMIT: f64 = 0.95;

/// Standard deviation of the log of the volatility limits.
const LIMIT_SPREAD: f64 = 0.4;

/// Falls of the log price over which the margin ladder's buckets are spread: down to a price of 30 %.
const DEEPEST: f64 = 1.2;

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
    libm::log((1.0 - maintenance) * leverage / (leverage - 1.0))
}

/// What the margin ladder depends on besides the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    leverage: f64,
    greatest: f64,
    crowding: f64,
    maintenance: f64,
    leverage_spread: f64,
}

/// All accounts and both of their ladders, kept from run to run: only what a changed parameter moves is
/// computed again.
#[derive(Clone, Debug, Default)]
pub struct Crowd {
    /// The draws that everything comes from.
    pub draws: Draws,
    /// Fall of the log price at which each account's margin limit is first hit.
    pub falls: Vec<f64>,
    /// Margin limits, in the order in which a falling price passes them.
    pub margin: Ladder,
    /// Logs of the volatility limits of the bots that obey one, relative to the median one, in the order in which
    /// volatility passes them.
    pub volatility: Ladder,
    factors: Vec<f64>,
    below: Below,
    drawn: Option<(u64, usize)>,
    obeying: Option<(f32, f32)>,
    spread: Option<f64>,
    placed: Option<Key>,
}

impl Crowd {
    /// Brings the crowd in line with the parameters; says whether any margin limit moved.
    pub fn arrange(&mut self, params: &Params) -> bool {
        let accounts = params.accounts as usize;
        if self.drawn != Some((params.seed, accounts)) {
            self.draws = Draws::new(params.seed, accounts);
            self.drawn = Some((params.seed, accounts));
            self.spread = None;
            self.obeying = None;
        }
        self.arrange_volatility(Rules::bot_shares(params));
        if self.spread != Some(params.leverage_spread) {
            self.factors.clear();
            let spread = params.leverage_spread;
            self.factors.extend(self.draws.leverage.iter().map(|z| leverage_factor(spread, *z)));
            self.spread = Some(spread);
            self.placed = None;
        }
        let key = Key {
            leverage: params.leverage,
            greatest: greatest_leverage(params),
            crowding: params.crowding / 100.0,
            maintenance: params.maintenance / 100.0,
            leverage_spread: params.leverage_spread,
        };
        if self.placed == Some(key) {
            return false;
        }
        self.falls.clear();
        self.falls.extend(
            self.factors
                .iter()
                .zip(&self.draws.entry)
                .map(|(factor, entry)| first_fall(&key, &self.below, *factor, *entry)),
        );
        self.margin.build(rungs(&self.falls, &self.draws.habits), 0.0, DEEPEST);
        self.placed = Some(key);
        true
    }

    /// Puts the volatility bots on their ladder, and nobody else: they are few, and a wild market passes all.
    fn arrange_volatility(&mut self, (bots, vol_bots): (f32, f32)) {
        let obeying = Some((bots, vol_bots));
        if self.obeying != obeying {
            let obeys = |rung: &Rung| rung.habit.bot < bots && rung.habit.rule < vol_bots;
            let limits = rungs(&self.draws.limit, &self.draws.habits).filter(obeys);
            let limits = limits.map(|rung| Rung { at: LIMIT_SPREAD * rung.at, ..rung });
            self.volatility.build(limits, -4.0 * LIMIT_SPREAD, 4.0 * LIMIT_SPREAD);
            self.obeying = obeying;
        }
    }

    /// Leverage of one account.
    #[must_use]
    pub fn leverage(&self, account: usize, params: &Params) -> f64 {
        (1.0 + (params.leverage - 1.0) * self.factors[account]).min(greatest_leverage(params))
    }
}

/// Where one account's margin limit lies below the start price. Its entry price is log-normal, cut off (not
/// drawn again) where the account would start nearer to its limit than [`NEAREST`].
fn first_fall(key: &Key, below: &Below, factor: f64, entry: f64) -> f64 {
    let leverage = (1.0 + (key.leverage - 1.0) * factor).min(key.greatest);
    let distance = distance(leverage, key.maintenance);
    let share = below.at((distance - NEAREST) / key.crowding);
    distance - key.crowding * quantile(entry * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_account_starts_at_its_limit_and_a_slider_back_gives_the_same_crowd() {
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
    fn a_us_margin_account_at_leverage_2_is_called_after_a_third() {
        // Half borrowed, maintenance 25 %: the textbook call at a fall of one third.
        assert!((1.0 - libm::exp(-distance(2.0, 0.25)) - 1.0 / 3.0).abs() < 1e-12);
    }
}
