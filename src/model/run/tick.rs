//! The trades of one second.

use super::forced::Forced;
use crate::model::market::impact::Order;
use crate::model::rules::Rules;

/// The trades of one second, and the lots that bots newly ordered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tick {
    pub(super) sold: Forced,
    pub(super) bought_back: Forced,
    /// Lots sold by the institution outside the crowd; negative if bought.
    pub(super) seller: i64,
    pub(super) first: u64,
    /// $bn sold by leverage targeters.
    pub(super) funds_sold: f64,
    /// $bn by which their target has fallen.
    pub(super) funds_wanted: f64,
    pub(super) bought: f64,
    pub(super) triggered: u64,
    pub(super) halted: bool,
    /// Whether a price band stopped trade.
    pub(super) at_limit: bool,
}

impl Tick {
    /// Net lots sold: by force (with those of the outside institution), and of the first order.
    pub(super) fn net(&self, rules: &Rules) -> (i64, i64) {
        let forced = self.sold.total() as i64 - self.bought_back.total() as i64 + self.seller;
        (forced, rules.first_sign as i64 * self.first as i64)
    }

    /// Lots newly ordered by bots and leverage targeters, the numerator of R.
    pub(super) fn triggered(&self, rules: &Rules) -> u64 {
        self.triggered + along(rules, self.funds_wanted)
    }

    /// Lots traded by force, by the first order and by leverage targeters, the denominator of R.
    pub(super) fn sold(&self, rules: &Rules) -> u64 {
        let forced = self.sold.total() + self.bought_back.total();
        forced + self.first + self.seller.unsigned_abs() + along(rules, self.funds_sold)
    }
}

/// Lots that leverage targeters trade in the direction of the first order.
fn along(rules: &Rules, billions: f64) -> u64 {
    if rules.targeters > 0.0 { (rules.first_sign * billions / rules.lot) as u64 } else { 0 }
}

/// The $bn sold in all, forced and first order, and the same split by seller; `free` is what leverage targeters sell.
pub(super) fn order(rules: &Rules, (forced, first): (i64, i64), free: f64) -> (f64, Order) {
    let billions = |lots: i64| lots as f64 * rules.lot;
    (billions(forced + first), Order { forced: billions(forced), first: billions(first), free })
}
