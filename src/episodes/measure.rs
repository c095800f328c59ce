//! Measurements of a run that are compared with published figures.

// All measures share one type, which allows for those without a value.
#![allow(clippy::unnecessary_wraps)]

use crate::model::Simulator;
use crate::model::results::summary::percent;

/// A measurement; `None` if the model does not have the quantity.
pub type Measure = fn(&Simulator) -> Option<f64>;

/// Leverage of the funds in Khandani and Lo's example.
const KHANDANI_LO: f64 = 8.0;

/// A quantity that the model does not have.
pub fn not_in_the_model(_: &Simulator) -> Option<f64> {
    None
}

/// Greatest fall below the start price, percent.
pub fn fall(run: &Simulator) -> Option<f64> {
    Some(run.summary().greatest_fall_percent)
}

/// Greatest rise above the start price, percent.
pub fn rise(run: &Simulator) -> Option<f64> {
    Some(run.summary().greatest_rise_percent)
}

/// Fall beyond that of the same crowd with people in the place of bots and without funds, percent of the start price.
pub fn forced_fall(run: &Simulator) -> Option<f64> {
    Some(run.summary().greatest_fall_percent - run.summary().without_bots_fall_percent)
}

/// The same as a share of the whole fall, percent.
pub fn forced_share(run: &Simulator) -> Option<f64> {
    let fall = run.summary().greatest_fall_percent;
    forced_fall(run).filter(|_| fall > 0.0).map(|forced| 100.0 * forced / fall)
}

/// Time from the first sale to the lowest price, minutes.
pub fn minutes_to_the_low(run: &Simulator) -> Option<f64> {
    Some(run.summary().trough_s as f64 / 60.0)
}

/// Share of the fall regained 20 minutes after the lowest price, percent.
pub fn regained(run: &Simulator) -> Option<f64> {
    let later = run.run().series.price.get(run.summary().trough() + 20 * 60)?;
    let fall = run.summary().greatest_fall_percent;
    (fall > 0.0).then(|| 100.0 * (1.0 - percent(-later) / fall))
}

/// Size of the first order, $bn.
pub fn first_order(run: &Simulator) -> Option<f64> {
    Some(run.rules().first_order())
}

/// Number of trading halts.
pub fn halts(run: &Simulator) -> Option<f64> {
    Some(f64::from(run.summary().halts))
}

/// Length of a halt, s.
pub fn halt_seconds(run: &Simulator) -> Option<f64> {
    let halted: u32 = run.run().series.halted.iter().map(|halted| u32::from(*halted)).sum();
    let halts = run.summary().halts;
    (halts > 0).then(|| f64::from(halted) / f64::from(halts))
}

/// Least depth, percent of calm depth.
pub fn least_depth(run: &Simulator) -> Option<f64> {
    run.run().series.depth.iter().copied().reduce(f64::min).map(|depth| 100.0 * depth)
}

/// Greatest loss of depth, percent of calm depth.
pub fn depth_lost(run: &Simulator) -> Option<f64> {
    least_depth(run).map(|depth| 100.0 - depth)
}

/// Loss at the lowest price of a fund with leverage 8, percent of its equity.
pub fn loss_at_8_to_1(run: &Simulator) -> Option<f64> {
    fall(run).map(|fall| KHANDANI_LO * fall)
}

/// Gain from the lowest price to the end of the run of a fund with leverage 8 at that price, percent.
pub fn gain_at_8_to_1(run: &Simulator) -> Option<f64> {
    let price = &run.run().series.price;
    let rise = libm::expm1(price.last()? - price[run.summary().trough()]);
    Some(100.0 * KHANDANI_LO * rise)
}

/// Loss at the highest price of a fund that was short its own equity, percent.
pub fn loss_of_a_short(run: &Simulator) -> Option<f64> {
    rise(run).map(|rise| rise.min(100.0))
}

/// Initial assets of the leverage targeters, $bn.
pub fn funds(run: &Simulator) -> Option<f64> {
    Some(run.rules().targeters)
}

/// Sales of the leverage targeters, $bn.
pub fn funds_sold(run: &Simulator) -> Option<f64> {
    Some(run.run().series.rebalanced.iter().filter(|sold| **sold > 0.0).fold(0.0, |sum, sold| sum + sold))
}

/// Purchases of the leverage targeters, $bn.
pub fn funds_bought(run: &Simulator) -> Option<f64> {
    Some(run.run().series.rebalanced.iter().filter(|sold| **sold < 0.0).fold(0.0, |sum, sold| sum - sold))
}

/// Reproduction number of the closed form.
pub fn reproduction(run: &Simulator) -> Option<f64> {
    run.summary().r_margin_max
}

/// Positions closed by force in the book, $bn.
pub fn liquidated(run: &Simulator) -> Option<f64> {
    Some(forced(run).iter().sum())
}

/// The same in the busiest minute, $bn.
pub fn liquidated_in_a_minute(run: &Simulator) -> Option<f64> {
    Some(greatest(&forced(run), 60))
}

/// The same in the busiest 40 minutes, $bn.
pub fn liquidated_in_40_minutes(run: &Simulator) -> Option<f64> {
    Some(greatest(&forced(run), 40 * 60))
}

/// Share of longs in forced closures in the book, percent.
pub fn longs(run: &Simulator) -> Option<f64> {
    let series = &run.run().series;
    let longs: u64 = series.bots_sold.iter().chain(&series.people_sold).sum();
    let all = liquidated(run)?;
    (all > 0.0).then(|| 100.0 * longs as f64 * run.rules().lot / all)
}

/// Positions closed off the book in the busiest 12 minutes, $bn.
pub fn off_book_in_12_minutes(run: &Simulator) -> Option<f64> {
    let ledger = &run.run().ledger;
    let mut left: Vec<u64> = ledger.sales.iter().map(|sale| sale.lots).collect();
    for trade in &ledger.trades {
        left[trade.sale as usize] -= trade.lots;
    }
    // Orders that never traded were closed off the book in the second in which they were due.
    let mut closed = vec![0.0; run.rules().seconds + 1];
    for (sale, lots) in ledger.sales.iter().zip(left) {
        if let Some(second) = closed.get_mut(sale.due as usize) {
            *second += lots as f64 * run.rules().lot;
        }
    }
    run.rules().adl.then(|| greatest(&closed, 12 * 60))
}

/// Debt not covered by the sale of its collateral, $m.
pub fn debt_missing(run: &Simulator) -> Option<f64> {
    run.summary().losses.map(|losses| 1000.0 * (losses.paid + losses.bad_debt))
}

/// Share of forced sales at a price below the debt behind them, percent.
pub fn sold_below_debt(run: &Simulator) -> Option<f64> {
    let ledger = &run.run().ledger;
    let price = &run.run().series.price;
    let cushion = libm::log(1.0 - run.rules().maintenance);
    let (mut below, mut all) = (0, 0);
    for trade in &ledger.trades {
        let debt = cushion - ledger.sales[trade.sale as usize].at;
        all += trade.lots;
        below += if price[trade.second as usize] < debt { trade.lots } else { 0 };
    }
    (all > 0).then(|| 100.0 * below as f64 / all as f64)
}

/// Forced closures in the book, longs and shorts, in each second, $bn.
#[must_use]
pub fn forced(run: &Simulator) -> Vec<f64> {
    let series = &run.run().series;
    let lots = |second: usize| {
        let (bots, people) = series.bought_back.get(second).copied().unwrap_or_default();
        series.bots_sold[second] + series.people_sold[second] + bots + people
    };
    (0..series.price.len()).map(|second| lots(second) as f64 * run.rules().lot).collect()
}

/// Greatest sum over `seconds` consecutive entries.
fn greatest(each: &[f64], seconds: usize) -> f64 {
    let sums = each.windows(seconds.min(each.len()).max(1)).map(|part| part.iter().sum());
    sums.fold(0.0, f64::max)
}
