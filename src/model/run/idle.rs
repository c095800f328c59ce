//! The fast path for idle seconds, in which only value buyers trade: most seconds of most runs.
//!
//! They run the same code as all other seconds, compiled separately for a plain market without orders. In its short
//! loop the state of the market stays in registers, and checks for rare features are left out.

use super::state::Run;
use crate::FULL;
use crate::model::crowd::Crowd;
use crate::model::market::Market;
use crate::model::market::impact::Order;
use crate::model::rules::{Halts, Law, Rules};
use crate::model::run::reproduction::Window;

/// The end of a stretch of idle seconds.
pub(super) struct IdleEnd {
    /// The first second that is not idle; one past the end of the run if there is none.
    pub second: usize,
    /// Whether the people due in that second have already looked at the price.
    pub looked: bool,
}

impl Rules {
    /// Whether these rules have only features that the fast path supports: one venue, long accounts, linear impact, no
    /// funds, no settlement delay, no average mark price and no price bands.
    #[must_use]
    pub fn may_skip_idle(&self) -> bool {
        // The light build leaves the fast path out, to save bytes.
        let no_rare_feature = self.shorts == 0.0 && self.targeters == 0.0 && self.settlement == 0;
        FULL && no_rare_feature
            && self.venues == 1
            && self.mark == 0.0
            && self.halts != Halts::Bands
            && self.law == Law::Linear
    }
}

impl Run {
    /// Whether no order waits, for its turn or for the end of a halt.
    pub(super) fn is_idle(&self, second: usize, market: &Market) -> bool {
        self.desks[0].waiting.total() == 0 && !market.halted() && !self.breaker.halted(second)
    }

    /// Runs idle seconds from this one on, and returns where they end.
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
            // All accounts are long, so the level is the fall of the price.
            if desk.has_looks_due(second) {
                desk.look(rules, &crowd.margin[0], second, -now.price, &mut self.ledger);
            }
            if desk.due(second).total() > 0 {
                looked = true;
                break;
            }
            let noise = crowd.draws.noise[second - 1];
            let bought = now.second(rules, Law::Linear, 0.0, &Order::default(), noise, false);
            let mut triggered = 0;
            if desk.passes(rules, -now.price) || now.variance > self.highest_variance {
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
