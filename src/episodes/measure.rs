//! Measures: what a run is asked for so that it can be held against a published figure.

// All have one type, that of those which may have no answer.
#![allow(clippy::unnecessary_wraps)]

use crate::model::Simulator;
use crate::model::results::summary::percent;

/// Something that a run can be asked for; nothing where the model has no answer.
pub type Measure = fn(&Simulator) -> Option<f64>;

/// Leverage of the funds in Khandani and Lo's example.
const KHANDANI_LO: f64 = 8.0;

/// There is no such thing in the model.
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

/// What the fall has more than with people in the place of bots and without funds, percent of the start price.
pub fn forced_fall(run: &Simulator) -> Option<f64> {
    Some(run.summary().greatest_fall_percent - run.summary().without_bots_fall_percent)
}

/// The same as a share of the fall, percent.
pub fn forced_share(run: &Simulator) -> Option<f64> {
    let fall = run.summary().greatest_fall_percent;
    forced_fall(run).filter(|_| fall > 0.0).map(|forced| 100.0 * forced / fall)
}

/// Minutes from the first sale to the lowest price.
pub fn minutes_to_the_low(run: &Simulator) -> Option<f64> {
    Some(run.summary().trough_s as f64 / 60.0)
}

/// Share of the fall that is regained 20 minutes after the lowest price, percent.
pub fn regained(run: &Simulator) -> Option<f64> {
    let later = run.run().series.price.get(run.summary().trough() + 20 * 60)?;
    let fall = run.summary().greatest_fall_percent;
    (fall > 0.0).then(|| 100.0 * (1.0 - percent(-later) / fall))
}

/// The first order, $bn.
pub fn first_order(run: &Simulator) -> Option<f64> {
    Some(run.rules().first_order())
}

/// Halts of trade.
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

/// Loss of a fund with 8 dollars in the market for each of its own, at the lowest price, percent of its own money.
pub fn loss_at_8_to_1(run: &Simulator) -> Option<f64> {
    fall(run).map(|fall| KHANDANI_LO * fall)
}

/// What such a fund, at 8:1 again at the lowest price, gains from there to the end of the run, percent.
pub fn gain_at_8_to_1(run: &Simulator) -> Option<f64> {
    let price = &run.run().series.price;
    let rise = libm::expm1(price.last()? - price[run.summary().trough()]);
    Some(100.0 * KHANDANI_LO * rise)
}

/// Loss of a fund that was short once its own money, at the highest price, percent.
pub fn loss_of_a_short(run: &Simulator) -> Option<f64> {
    rise(run).map(|rise| rise.min(100.0))
}

/// What the funds that target leverage hold at the start, $bn.
pub fn funds(run: &Simulator) -> Option<f64> {
    Some(run.rules().targeters)
}

/// What these funds bought, $bn.
pub fn funds_bought(run: &Simulator) -> Option<f64> {
    Some(run.run().series.rebalanced.iter().filter(|sold| **sold < 0.0).map(|sold| -sold).sum())
}

/// Reproduction number of the closed form.
pub fn reproduction(run: &Simulator) -> Option<f64> {
    run.summary().r_margin_max
}

/// Positions closed by force in the book, $bn.
pub fn liquidated(run: &Simulator) -> Option<f64> {
    Some(forced(run).iter().sum())
}

/// The same in the greatest minute, $bn.
pub fn liquidated_in_a_minute(run: &Simulator) -> Option<f64> {
    Some(greatest(&forced(run), 60))
}

/// The same in the greatest 40 minutes, $bn.
pub fn liquidated_in_40_minutes(run: &Simulator) -> Option<f64> {
    Some(greatest(&forced(run), 40 * 60))
}

/// Share of longs in what was closed by force in the book, percent.
pub fn longs(run: &Simulator) -> Option<f64> {
    let series = &run.run().series;
    let longs: u64 = series.bots_sold.iter().chain(&series.people_sold).sum();
    let all = liquidated(run)?;
    (all > 0.0).then(|| 100.0 * longs as f64 * run.rules().lot / all)
}

/// Positions closed off the book in the greatest 12 minutes, $bn.
pub fn off_book_in_12_minutes(run: &Simulator) -> Option<f64> {
    let ledger = &run.run().ledger;
    let mut left: Vec<u64> = ledger.sales.iter().map(|sale| sale.lots).collect();
    for trade in &ledger.trades {
        left[trade.sale as usize] -= trade.lots;
    }
    // What was ordered and never traded was closed off the book in the second in which it was due.
    let mut closed = vec![0.0; run.rules().seconds + 1];
    for (sale, lots) in ledger.sales.iter().zip(left) {
        if let Some(second) = closed.get_mut(sale.due as usize) {
            *second += lots as f64 * run.rules().lot;
        }
    }
    run.rules().adl.then(|| greatest(&closed, 12 * 60))
}

/// Debt that the sale of its collateral did not bring in, $m.
pub fn debt_missing(run: &Simulator) -> Option<f64> {
    run.summary().losses.map(|losses| 1000.0 * (losses.paid + losses.bad_debt))
}

/// Share of what was sold by force that was sold for less than the debt behind it, percent.
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

/// $bn closed by force in the book, longs and shorts, in each second.
fn forced(run: &Simulator) -> Vec<f64> {
    let series = &run.run().series;
    let lots = |second: usize| {
        let (bots, people) = series.bought_back.get(second).copied().unwrap_or_default();
        series.bots_sold[second] + series.people_sold[second] + bots + people
    };
    (0..series.price.len()).map(|second| lots(second) as f64 * run.rules().lot).collect()
}

/// The greatest sum over so many seconds on end.
fn greatest(each: &[f64], seconds: usize) -> f64 {
    let sums = each.windows(seconds.min(each.len()).max(1)).map(|part| part.iter().sum());
    sums.fold(0.0, f64::max)
}
