//! Seconds in which nothing is there to be traded but what value buyers want: most seconds of most runs.
//!
//! They are seconds like all others, and traded by the same code. But compiled for what is known of them, in a row, the state of
//! the market need not go through memory from one to the next, and nobody asks each time what else there might be.

use super::state::Run;
use crate::model::crowd::Crowd;
use crate::model::market::Market;
use crate::model::market::impact::Order;
use crate::model::rules::{Halts, Law, Rules};
use crate::model::run::reproduction::Window;

/// Where quiet seconds ended.
pub(super) struct IdleEnd {
    /// The first second that is not quiet; beyond the last one if there is none.
    pub second: usize,
    /// Whether people have looked at the price in it already.
    pub looked: bool,
}

impl Rules {
    /// Whether a second without orders is one of the price alone: there is one market, with nobody in it but those who are
    /// long, and no band around the price.
    #[must_use]
    pub fn may_skip_idle(&self) -> bool {
        // (The first picture of the page does without this file, for its bytes.)
        let here = cfg!(feature = "full");
        let nobody_else = self.shorts == 0.0 && self.targeters == 0.0 && self.settlement == 0;
        here && nobody_else
            && self.venues == 1
            && self.mark == 0.0
            && self.halts != Halts::Bands
            && self.law == Law::Linear
    }
}

impl Run {
    /// Whether nothing waits to be traded, neither for its turn nor for the end of a halt.
    pub(super) fn is_idle(&self, second: usize, market: &Market) -> bool {
        self.desks[0].waiting.total() == 0 && !market.halted() && !self.breaker.halted(second)
    }

    /// Goes on from this second as long as seconds are quiet.
    #[inline(never)]
    pub(super) fn skip_idle(
        &mut self,
        rules: &Rules,
        crowd: &mut Crowd,
        from: usize,
        market: &mut Market,
        window: &mut Window,
    ) -> IdleEnd {
        let (mut second, mut looked) = (from, false);
        // A copy, which can stay in registers.
        let mut now = market.clone();
        now.be_calm();
        while second <= rules.seconds && !rules.first_order_arrives(second) {
            if rules.vol_interval > 1 {
                now.reference = self.series.price[self.return_begins(rules, second)];
            }
            let [desk] = &mut self.desks[..] else { break };
            // Its accounts are long: the level of their limits is the fall of the price.
            if desk.is_looked_at(second) {
                desk.look(rules, &crowd.margin[0], second, -now.price, &mut self.ledger);
            }
            if desk.due(second).total() > 0 {
                looked = true;
                break;
            }
            let noise = crowd.draws.noise[second - 1];
            let bought = now.second(rules, Law::Linear, 0.0, &Order::default(), noise, false);
            let mut triggered = 0;
            if desk.passes(rules, -now.price) || now.variance > self.loudest {
                market.clone_from(&now);
                triggered = self.pass_limits(rules, crowd, second, market);
            }
            let series = &mut self.series;
            series.price[second] = now.price;
            series.bots_sold[second] = 0;
            series.people_sold[second] = 0;
            series.shock_sold[second] = 0;
            series.bought[second] = bought;
            series.depth[second] = now.depth;
            series.variance[second] = now.variance;
            series.triggered[second] = triggered;
            series.reproduction[second] = window.slide(triggered, 0);
            series.halted[second] = 0;
            second += 1;
            if rules.halts != Halts::Never {
                self.breaker.watch(rules, second - 1, now.price, false);
                if self.breaker.halted(second) {
                    break;
                }
            }
        }
        *market = now;
        IdleEnd { second, looked }
    }
}
