//! The path of the mark price against the accounts of each desk of a run.

use crate::model::crowd::Crowd;
use crate::model::market::Market;
use crate::model::rules::{MOST_VENUES, Rules};
use crate::model::run::Run;

/// Spacing between the margin limits of the accounts of a desk.
pub(super) fn margin_step(rules: &Rules, desk: usize) -> f64 {
    if desk < rules.venues { rules.margin_step } else { rules.short_step }
}

/// Seconds skipped together in a search.
const BLOCK: usize = 64;

/// The move of the mark price against the accounts of a desk, by second.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) levels: Vec<f64>,
    /// The greatest level of each [`BLOCK`].
    greatest: Vec<f64>,
    /// The greatest level up to each second.
    so_far: Vec<f64>,
}

impl Path {
    fn new(levels: Vec<f64>) -> Self {
        let greater = |a: f64, b: f64| if b > a { b } else { a };
        let of_block = |block: &[f64]| block.iter().copied().fold(f64::NEG_INFINITY, greater);
        let greatest = levels.chunks(BLOCK).map(of_block).collect();
        let mut so_far = levels.clone();
        for second in 1..so_far.len() {
            so_far[second] = greater(so_far[second - 1], so_far[second]);
        }
        Self { levels, greatest, so_far }
    }

    /// The first second, not before `from`, in which the price is at or beyond a limit.
    pub(super) fn reaches(&self, limit: f64, from: usize) -> Option<usize> {
        // Not before the running maximum has reached the limit.
        let mut second = from.max(self.so_far.partition_point(|greatest| *greatest < limit));
        while let Some(level) = self.levels.get(second) {
            if second.is_multiple_of(BLOCK) && self.greatest[second / BLOCK] < limit {
                second += BLOCK;
            } else if *level >= limit {
                return Some(second);
            } else {
                second += 1;
            }
        }
        None
    }
}

/// The path of each desk. A run records the mean price of its venues; the gap of each venue follows from the trades
/// there.
pub(super) fn paths(rules: &Rules, crowd: &Crowd, run: &Run) -> Vec<Path> {
    let (series, ledger) = (&run.series, &run.ledger);
    let mut levels = vec![Vec::with_capacity(series.price.len()); crowd.desks()];
    let mut market = Market::new(rules);
    let mut trades = ledger.trades.iter().peekable();
    for (second, price) in series.price.iter().enumerate() {
        (market.price, market.depth) = (*price, series.depth[second]);
        if rules.venues > 1 && second > 0 {
            let mut sold = [0_i64; MOST_VENUES];
            while let Some(trade) = trades.next_if(|trade| trade.second as usize == second) {
                let desk = crowd.desk(ledger.sales[trade.sale as usize].account);
                let sign = if desk < rules.venues { 1 } else { -1 };
                sold[desk % rules.venues] += sign * trade.lots as i64;
            }
            sold[0] += rules.first_sign as i64 * series.shock_sold[second] as i64;
            market.spread(rules, &sold.map(|lots| lots as f64 * rules.lot));
        }
        if second > 0 {
            market.update_mark(rules);
        }
        for (desk, levels) in levels.iter_mut().enumerate() {
            let price = market.mark_on(rules, desk % rules.venues);
            levels.push(if desk < rules.venues { -price } else { price });
        }
    }
    levels.into_iter().map(Path::new).collect()
}
