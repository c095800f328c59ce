//! The accounts in profit, in the order in which auto-deleveraging closes them: by profit, as a share of what they
//! paid, times effective leverage.

use super::crowd::Crowd;
use super::market::Market;
use super::rules::Rules;

/// Seconds after which the ranking is made anew: it follows the price, and sorting a crowd every second would
/// cost more than it changes.
const RANKED_FOR: usize = 60;

/// Winners of each side, longs and shorts, best first.
#[derive(Clone, Debug, Default)]
pub struct Winners {
    sides: [Side; 2],
}

#[derive(Clone, Debug, Default)]
struct Side {
    ranking: Vec<u32>,
    next: usize,
    ranked: Option<usize>,
}

impl Winners {
    /// Closes up to so many lots of the winners of one side. Gives how many were found.
    #[allow(clippy::too_many_arguments)] // Each is a different thing, and a struct of them would have no name.
    pub fn close(
        &mut self,
        rules: &Rules,
        crowd: &Crowd,
        second: usize,
        short: bool,
        market: &Market,
        held: &mut [u64],
        lots: u64,
    ) -> u64 {
        let side = &mut self.sides[usize::from(short)];
        if side.ranked.is_none_or(|ranked| second >= ranked + RANKED_FOR) {
            side.ranking = rank(rules, crowd, short, market, held);
            (side.next, side.ranked) = (0, Some(second));
        }
        let mut found = 0;
        while found < lots
            && let Some(account) = side.ranking.get(side.next)
        {
            let held = &mut held[*account as usize];
            let closed = (*held).min(lots - found);
            *held -= closed;
            found += closed;
            if *held == 0 {
                side.next += 1;
            }
        }
        found
    }
}

/// Accounts of that side that hold something and are in profit, best first.
fn rank(rules: &Rules, crowd: &Crowd, short: bool, market: &Market, held: &[u64]) -> Vec<u32> {
    let mut scores: Vec<(f64, u32)> = (0..held.len() as u32)
        .filter(|account| held[*account as usize] > 0 && crowd.is_short(*account as usize) == short)
        .filter_map(|account| {
            let price = libm::exp(market.price_on(rules, crowd.desk(account) % rules.venues).clamp(-300.0, 300.0));
            let (leverage, entry) = crowd.position(account as usize);
            let profit = if short { entry - price } else { price - entry };
            (profit > 0.0).then(|| (profit / entry * price / (entry / leverage + profit), account))
        })
        .collect();
    scores.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scores.into_iter().map(|(_, account)| account).collect()
}
