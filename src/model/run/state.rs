//! The state of one run, and the check of limits that the price or the volatility has passed.

use super::desk::Desk;
use super::ledger::Ledger;
use super::sale::{By, Sale};
use super::series::Series;
use crate::FULL;
use crate::model::crowd::Crowd;
use crate::model::crowd::cursor::Cursor;
use crate::model::crowd::partition::Bot;
use crate::model::market::Market;
use crate::model::market::circuit_breaker::CircuitBreaker;
use crate::model::rules::Rules;

/// A run. The next run reuses its buffers.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The time series: one entry per second.
    pub series: Series,
    /// Every forced sale, if recorded, and the losses.
    pub ledger: Ledger,
    pub(super) desks: Vec<Desk>,
    pub(super) volatility: Cursor,
    /// The greatest variance of returns so far.
    pub(super) highest_variance: f64,
    pub(super) breaker: CircuitBreaker,
    /// Second of the last auction after a halt.
    pub(super) auction: usize,
}

impl Run {
    /// The second at which the return ending now begins. Never before an auction, because its jump is not a return.
    pub(super) fn return_begins(&self, rules: &Rules, second: usize) -> usize {
        let begins = second.saturating_sub(rules.vol_interval);
        if begins > self.auction { begins } else { self.auction }
    }

    /// Halts of trade in the run.
    #[must_use]
    pub fn halts(&self) -> u32 {
        self.breaker.halts
    }

    /// Schedules all accounts whose limit the price or the volatility has passed. Returns the lots that bots order.
    pub(super) fn pass_limits(&mut self, rules: &Rules, crowd: &mut Crowd, second: usize, market: &Market) -> u64 {
        let mut triggered = 0;
        for (desk, ladder) in self.desks.iter_mut().zip(&mut crowd.margin) {
            let level = desk.level(rules, market);
            if desk.passes(rules, level) {
                triggered += desk.pass(rules, ladder, second, level, &mut self.ledger);
            }
        }
        // Volatility seldom sets a new high; without one its logarithm is not needed.
        if market.variance <= self.highest_variance {
            return triggered;
        }
        self.highest_variance = market.variance;
        triggered + self.pass_volatility_limits(rules, crowd, second, market)
    }

    /// Schedules the bots whose volatility limit has been passed. Returns the lots that they order.
    #[inline(never)]
    fn pass_volatility_limits(&mut self, rules: &Rules, crowd: &mut Crowd, second: usize, market: &Market) -> u64 {
        let mut triggered = 0;
        let level = 0.5 * libm::log(market.variance) - rules.vol_limit;
        if !self.volatility.rise(rules, &mut crowd.volatility, level, true) {
            return triggered;
        }
        let (cursor, desks, ledger) = (&mut self.volatility, &mut self.desks, &mut self.ledger);
        let partition = crowd.volatility.partition(rules);
        let account = |bot: Bot| crowd.volatility.rungs()[bot.place as usize].account;
        let due = |bot: Bot| second + bot.wait as usize + rules.queue_latency;
        if !FULL || !ledger.on {
            for (nth, lots) in rules.vol_sales.iter().enumerate() {
                let bots = cursor.newly(partition, nth, rules.vol_step);
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
        cursor.in_order(partition, rules.vol_sales.len(), rules.vol_step, &mut |bot, at, nth| {
            let (account, due) = (account(bot), due(bot));
            let (decided, by, lots) = (second as u32, By::Volatility, rules.vol_sales[usize::from(nth)]);
            let lots = ledger.order(lots, |lots| Sale { account, nth, by, at, decided, due: due as u32, lots });
            triggered += lots;
            desks[crowd.desk(account)].expect_of_bots(due, lots);
        });
        triggered
    }
}
