//! Trades within a stretch of seconds, and the axis that fits all of them.

use crate::FULL;
use crate::chart::scale::nice;
use crate::chart::span::Span;
use crate::model::Simulator;
use crate::model::rules::Rules;

/// Smallest top of the axis, as a share of the open interest per second.
const LEAST: f64 = 0.02;

/// Share of the height below the zero line, for purchases: small, but most of it if the first order is a purchase.
pub(in crate::chart) fn below(rules: &Rules) -> f64 {
    if rules.purchase() { 0.8 } else { 0.14 }
}

/// Sales and purchases in a stretch of seconds, $bn a second.
#[derive(Clone, Copy, Default)]
pub(in crate::chart) struct Traded {
    pub(in crate::chart) first: f64,
    pub(in crate::chart) bots: f64,
    pub(in crate::chart) people: f64,
    /// Sales of funds that keep their leverage.
    pub(in crate::chart) funds: f64,
    /// Forced purchases of shorts, purchases of these funds, and value buyers.
    pub(in crate::chart) bought: f64,
}

impl Traded {
    pub(in crate::chart) fn of(simulator: &Simulator, from: usize, to: usize) -> Self {
        let (series, rules) = (&simulator.run().series, simulator.rules());
        let mean = |lots: &[u64]| lots[from + 1..=to].iter().sum::<u64>() as f64 * rules.lot / (to - from) as f64;
        let back = series.bought_back.get(from + 1..=to).unwrap_or_default();
        let back = back.iter().map(|(bots, people)| bots + people).sum::<u64>() as f64 * rules.lot;
        let bought = series.bought[from + 1..=to].iter().map(|bought| bought.max(0.0)).sum::<f64>();
        let first = mean(&series.shock_sold);
        let (sold, bought_first) = if rules.purchase() { (0.0, first) } else { (first, 0.0) };
        let funds = |sign: f64| {
            let traded = series.rebalanced.get(from + 1..=to).unwrap_or_default();
            traded.iter().map(|sold| (sign * sold).max(0.0)).sum::<f64>() / (to - from) as f64
        };
        let bought = bought_first + (back + bought) / (to - from) as f64;
        Self {
            first: sold,
            bots: mean(&series.bots_sold),
            people: mean(&series.people_sold),
            funds: if FULL { funds(1.0) } else { 0.0 },
            bought: if FULL { bought + funds(-1.0) } else { bought },
        }
    }

    fn sold(&self) -> f64 {
        let sold = self.first + self.bots + self.people;
        if FULL { sold + self.funds } else { sold }
    }
}

/// The top of the axis for a run, $bn a second.
pub(super) fn sales_top(simulator: &Simulator) -> f64 {
    let rules = simulator.rules();
    let (first, last) = Span::Minutes2.seconds(rules.seconds);
    let below = below(rules);
    let most = (first..last).map(|second| Traded::of(simulator, second, second + 1)).fold(0.0, |most: f64, traded| {
        // Scaled because purchases have a different share of the height.
        most.max(traded.sold()).max(traded.bought * (1.0 - below) / below)
    });
    let most = (most * 1.02).max(LEAST * rules.open_interest);
    // A lower top where it suffices: most bars are low, and tall ones are easier to read.
    let top = nice(most);
    [0.6, 0.75].into_iter().map(|part| part * top).find(|top| *top >= most).unwrap_or(top)
}
