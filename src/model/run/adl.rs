//! The auto-deleveraging queue: profitable accounts in the order in which they are closed, ranked by profit (as a share
//! of the entry value) times effective leverage.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::crowd::Crowd;
use crate::model::market::Market;
use crate::model::rules::Rules;

/// Seconds after which the accounts are ranked again. Sorting a crowd every second would cost much and change little.
const RANKED_FOR: usize = 60;

/// Winners of each side, longs and shorts, best first.
#[derive(Clone, Debug, Default)]
pub struct AdlQueue {
    sides: [Side; 2],
}

#[derive(Clone, Debug, Default)]
struct Side {
    /// The remaining accounts, best first: the inverted bits of the score, and the account. Scores are positive, so
    /// their bits sort like the numbers. The third number is unused: with it the heap has the type of that in
    /// [`People`](crate::model::run::people::People), which saves bytes.
    ranking: BinaryHeap<Reverse<(u64, u32, u32)>>,
    ranked: Option<usize>,
}

impl AdlQueue {
    /// Closes up to `lots` of the winners of one side and calls `tell` with each account and its lots. Returns the lots
    /// closed.
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
        mut tell: impl FnMut(u32, u64),
    ) -> u64 {
        let side = &mut self.sides[usize::from(short)];
        if side.ranked.is_none_or(|ranked| second >= ranked + RANKED_FOR) {
            side.ranking = rank(rules, crowd, short, market, held);
            side.ranked = Some(second);
        }
        let mut found = 0;
        while found < lots
            && let Some(Reverse((_, account, _))) = side.ranking.peek()
        {
            let held = &mut held[*account as usize];
            let closed = (*held).min(lots - found);
            *held -= closed;
            found += closed;
            tell(*account, closed);
            if *held == 0 {
                side.ranking.pop();
            }
        }
        found
    }
}

/// Profitable accounts of one side that still hold a position, best first.
fn rank(
    rules: &Rules,
    crowd: &Crowd,
    short: bool,
    market: &Market,
    held: &[u64],
) -> BinaryHeap<Reverse<(u64, u32, u32)>> {
    (0..held.len() as u32)
        .filter(|account| held[*account as usize] > 0 && crowd.is_short(*account as usize) == short)
        .filter_map(|account| {
            let price = libm::exp(market.price_on(rules, crowd.desk(account) % rules.venues).clamp(-300.0, 300.0));
            let (leverage, entry) = crowd.position(account as usize);
            let profit = if short { entry - price } else { price - entry };
            let score = profit / entry * price / (entry / leverage + profit);
            (profit > 0.0).then(|| Reverse((u64::MAX - score.to_bits(), account, 0)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::{LOTS, MOST_VENUES};
    use crate::params::Params;

    /// A crowd of longs and shorts on two venues.
    fn crowd() -> (Rules, Crowd) {
        let quiet = Params { calm_volatility: 0.0, thinning: 0.0, buyers: 0.0, permanent: 100.0, ..Params::default() };
        let params = Params { accounts: 200.0, shorts: 50.0, venues: 2.0, arbitrage: 0.001, ..quiet };
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        (Rules::from(&params), crowd)
    }

    /// A market whose price has moved by `fall` on the first venue, and hardly on the second.
    fn moved(rules: &Rules, fall: f64) -> Market {
        let mut market = Market::new(rules);
        let sales = 0.5 * fall * rules.depth;
        let mut sold = [0.0; MOST_VENUES];
        sold[0] = sales;
        market.step(rules, sales, 0.0, false);
        market.spread(rules, &sold);
        market
    }

    /// The expected order of closures: by gain per dollar paid times current leverage.
    fn best_first(rules: &Rules, crowd: &Crowd, market: &Market, short: bool, held: &[u64]) -> Vec<u32> {
        let mut scores = Vec::new();
        for account in (0..crowd.falls.len() as u32).filter(|account| held[*account as usize] > 0) {
            let place = crowd.draws.places[account as usize];
            if (account >= 200) != short {
                continue;
            }
            let (leverage, entry) = crowd.position(account as usize);
            let now = libm::exp(market.price_on(rules, usize::from(place.venue >= 0.5))) / entry;
            let gain = if short { 1.0 - now } else { now - 1.0 };
            if gain > 0.0 {
                scores.push((gain * now / (1.0 / leverage + gain), account));
            }
        }
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        scores.into_iter().map(|(_, account)| account).collect()
    }

    #[test]
    fn profitable_accounts_of_the_side_are_closed_best_first() {
        let (rules, crowd) = crowd();
        for (short, fall) in [(true, 0.05), (false, 0.05), (true, -0.05), (false, -0.05)] {
            let market = moved(&rules, fall);
            let mut held = vec![LOTS; 300];
            held[3] = 0;
            let expected = best_first(&rules, &crowd, &market, short, &held);
            assert!(expected.len() > 10 && expected.len() < 200, "{}", expected.len());
            let mut winners = AdlQueue::default();
            let mut close =
                |held: &mut [u64], lots| winners.close(&rules, &crowd, 9, short, &market, held, lots, |_, _| {});
            // The first in two parts, then one after the other, then two at once.
            for (left, part) in [(LOTS - LOTS / 4, LOTS / 4), (0, LOTS - LOTS / 4)] {
                assert_eq!(close(&mut held, part), part);
                assert_eq!(held[expected[0] as usize], left);
            }
            for account in &expected[1..expected.len() - 2] {
                let before: u64 = held.iter().sum();
                assert_eq!(close(&mut held, LOTS), LOTS);
                assert_eq!(held[*account as usize], 0);
                assert_eq!(held.iter().sum::<u64>(), before - LOTS);
            }
            // Asked for more lots than there are, it closes all.
            assert_eq!(close(&mut held, 3 * LOTS), 2 * LOTS);
            assert_eq!(close(&mut held, LOTS), 0);
        }
    }

    #[test]
    fn winners_are_ranked_again_after_a_minute() {
        let (rules, crowd) = crowd();
        let mut held = vec![LOTS; 300];
        let mut winners = AdlQueue::default();
        let (before, after) = (moved(&rules, 0.08), moved(&rules, -0.08));
        let old = best_first(&rules, &crowd, &before, true, &held);
        let mut closed = |held: &mut Vec<u64>, second, market: &Market| {
            let was = held.clone();
            assert_eq!(winners.close(&rules, &crowd, second, true, market, held, LOTS, |_, _| {}), LOTS);
            (0..300).find(|account| was[*account as usize] != held[*account as usize]).unwrap()
        };
        assert_eq!(closed(&mut held, 10, &before), old[0]);
        assert_eq!(closed(&mut held, 69, &after), old[1]);
        let new = best_first(&rules, &crowd, &after, true, &held);
        assert_ne!(new[0], old[2]);
        assert_eq!(closed(&mut held, 70, &after), new[0]);
        assert_eq!(closed(&mut held, 71, &after), new[1]);
    }
}
