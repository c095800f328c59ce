//! What is traded in one second.

use super::forced::Forced;
use crate::model::market::impact::Order;
use crate::model::rules::Rules;

/// What was traded in a second, and what bots newly ordered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tick {
    pub(super) sold: Forced,
    pub(super) bought_back: Forced,
    /// Of somebody outside the crowd.
    pub(super) seller: i64,
    pub(super) first: u64,
    /// $bn that funds sold, and how much less they now want to hold.
    pub(super) funds_sold: f64,
    pub(super) funds_wanted: f64,
    pub(super) bought: f64,
    pub(super) triggered: u64,
    pub(super) halted: bool,
    /// Whether the band of this second was in the way.
    pub(super) at_limit: bool,
}

impl Tick {
    /// Lots sold less lots bought: by force, with those of somebody outside, and of the first order.
    pub(super) fn net(&self, rules: &Rules) -> (i64, i64) {
        let forced = self.sold.total() as i64 - self.bought_back.total() as i64 + self.seller;
        (forced, rules.first_sign as i64 * self.first as i64)
    }

    /// Lots that rules newly ordered.
    pub(super) fn triggered(&self, rules: &Rules) -> u64 {
        self.triggered + along(rules, self.funds_wanted)
    }

    /// Lots that were traded.
    pub(super) fn sold(&self, rules: &Rules) -> u64 {
        let forced = self.sold.total() + self.bought_back.total();
        forced + self.first + self.seller.unsigned_abs() + along(rules, self.funds_sold)
    }
}

/// Lots of what funds do in the direction of the first order.
fn along(rules: &Rules, billions: f64) -> u64 {
    if rules.targeters > 0.0 { (rules.first_sign * billions / rules.lot) as u64 } else { 0 }
}

/// What so many lots, by force and of the first order, are in $bn together, and by who sells them with what funds sell.
pub(super) fn order(rules: &Rules, (forced, first): (i64, i64), free: f64) -> (f64, Order) {
    let billions = |lots: i64| lots as f64 * rules.lot;
    (billions(forced + first), Order { forced: billions(forced), first: billions(first), free })
}
