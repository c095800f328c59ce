//! Invariants of every run: finite numbers, conserved lots and money, at most one closure per limit, no trade in a
//! halt. Used by property tests and by the fuzzing of runs in `fuzz/`.

use deleverage::model::impact::with_pool;
use deleverage::model::ledger::Losses;
use deleverage::model::market::FARTHEST;
use deleverage::model::rules::{Halts, LOTS, Law};
use deleverage::model::{Rules, Series};
use deleverage::{Simulator, Summary};
use proptest::prelude::*;

/// Checks all invariants.
///
/// # Errors
/// The invariant that is violated.
pub fn check(simulator: &Simulator) -> Result<(), TestCaseError> {
    let (rules, series) = (simulator.rules(), &simulator.run().series);
    finite(simulator.summary(), series, rules)?;
    lots(rules, series, &[Holdings::of(simulator, false), Holdings::of(simulator, true)])?;
    losses(simulator.summary(), rules)?;
    halts(series)?;
    structure(rules, series)?;
    buyers(rules, series)?;
    Ok(())
}

fn finite(summary: &Summary, series: &Series, rules: &Rules) -> Result<(), TestCaseError> {
    for (name, floats) in [
        ("price", &series.price),
        ("bought", &series.bought),
        ("depth", &series.depth),
        ("variance", &series.variance),
        ("mark", &series.mark),
        ("lowest", &series.lowest),
        ("rebalanced", &series.rebalanced),
    ] {
        let bad = floats.iter().position(|value| !value.is_finite());
        prop_assert_eq!(bad, None, "{} {:?}", name, bad.map(|t| floats[t]));
    }
    prop_assert!(series.reproduction.iter().all(|r| r.is_nan() || (r.is_finite() && *r >= 0.0)));
    prop_assert!(series.depth.iter().all(|depth| (rules.depth_floor..=1.0).contains(depth)));

    let percents = [
        summary.greatest_fall_percent,
        summary.without_bots_fall_percent,
        summary.bot_forced_share_percent,
        summary.human_forced_share_percent,
        summary.worst_venue_fall_percent.unwrap_or(0.0),
        summary.squeezed_share_percent,
        summary.off_book_share_percent,
    ];
    prop_assert!(percents.iter().all(|value| (0.0..=100.0 + 1e-9).contains(value)), "{:?}", summary);
    // After a purchase these are rises, which may exceed 100%.
    let most = if rules.first_sign < 0.0 { 1e8 } else { 100.0 + 1e-9 };
    let forms = [summary.fixed_point_fall_percent, summary.critical_shock_percent.unwrap_or(0.0)];
    prop_assert!(forms.iter().all(|value| (0.0..=most).contains(value)), "{:?}", summary);
    prop_assert!(summary.greatest_rise_percent.is_finite() && summary.greatest_rise_percent >= 0.0);
    for r in [summary.r_margin_max, summary.r_fast, summary.r_slow, summary.r_peak] {
        prop_assert!(r.is_none_or(|r| r.is_finite() && r >= 0.0), "{:?}", summary);
    }
    Ok(())
}

/// Lots held by each kind of account on one side of the market, and the range of their margin limits.
#[derive(Default)]
struct Holdings {
    margin_bots: u64,
    volatility_bots: u64,
    people: u64,
    bot_limits: Vec<f64>,
    people_limits: Vec<f64>,
}

impl Holdings {
    fn of(simulator: &Simulator, short: bool) -> Self {
        let (rules, crowd) = (simulator.rules(), simulator.crowd());
        let mut holdings = Self::default();
        for (i, (habit, fall)) in crowd.draws.habits.iter().zip(&crowd.falls).enumerate() {
            if crowd.is_short(i) != short {
                continue;
            }
            if habit.bot >= rules.bots {
                holdings.people += LOTS;
                holdings.people_limits.push(*fall);
            } else if habit.rule < rules.vol_bots {
                holdings.volatility_bots += LOTS;
            } else {
                holdings.margin_bots += LOTS;
                holdings.bot_limits.push(*fall);
            }
        }
        holdings
    }

    fn bots(&self) -> u64 {
        self.margin_bots + self.volatility_bots
    }
}

fn lots(rules: &Rules, series: &Series, [longs, shorts]: &[Holdings; 2]) -> Result<(), TestCaseError> {
    let (mut triggered, mut sold, mut back) = (0, (0, 0), (0, 0));
    for t in 0..series.price.len() {
        // Closures of this second were triggered in an earlier one.
        let here = (series.bots_sold[t], series.people_sold[t]);
        let bought = series.bought_back.get(t).copied().unwrap_or_default();
        sold = (sold.0 + here.0, sold.1 + here.1);
        back = (back.0 + bought.0, back.1 + bought.1);
        let bots = sold.0 + back.0;
        prop_assert!(bots <= triggered, "second {}: bots closed {} of {} triggered", t, bots, triggered);
        triggered += series.triggered[t];
        prop_assert!(here.0 + here.1 + bought.0 + bought.1 <= rules.throttle);
    }
    prop_assert!(triggered <= longs.bots() + shorts.bots());
    // Longs sell what they held; shorts buy back what they had sold.
    prop_assert!(sold.0 <= longs.bots() && sold.1 <= longs.people);
    prop_assert!(back.0 <= shorts.bots() && back.1 <= shorts.people);

    // No account closes twice: one that closes at its first limit decides once, in the second in which the limit is
    // passed. A mark price never passes the extreme of the price.
    let lowest = if rules.venues > 1 { &series.lowest } else { series.limits_price() };
    let fall = lowest.iter().fold(0.0, |fall, price| f64::max(fall, -price));
    // The highest price of a single venue is not recorded.
    let rise = if rules.venues > 1 { f64::INFINITY } else { series.limits_price().iter().copied().fold(0.0, f64::max) };
    let passed =
        |limits: &[f64], greatest: f64| LOTS * limits.iter().filter(|limit| **limit <= greatest).count() as u64;
    prop_assert!(sold.1 <= passed(&longs.people_limits, fall));
    prop_assert!(back.1 <= passed(&shorts.people_limits, rise));
    if longs.volatility_bots + shorts.volatility_bots == 0 {
        let most = passed(&longs.bot_limits, fall) + passed(&shorts.bot_limits, rise);
        prop_assert!(triggered <= most);
        if rules.margin_sales.len() == 1 && rules.venues == 1 && !rules.adl {
            prop_assert_eq!(triggered, most);
        }
    }
    let whole_positions = rules.margin_sales.len() == 1 && !rules.adl;
    if whole_positions && rules.throttle == u64::MAX && rules.halts != Halts::Bands {
        prop_assert!(series.people_sold.iter().all(|lots| lots % LOTS == 0));
        prop_assert!(series.bought_back.iter().all(|(_, people)| people % LOTS == 0));
    }
    Ok(())
}

/// The fund loses exactly what it paid, no sum is negative, and nothing is closed that was not held.
fn losses(summary: &Summary, rules: &Rules) -> Result<(), TestCaseError> {
    prop_assert_eq!(summary.losses.is_some(), rules.insurance > 0.0 || rules.adl);
    let losses = summary.losses.unwrap_or_default();
    let Losses { fund, paid, bad_debt, off_book, taken } = losses;
    let sums = [fund, paid, bad_debt, off_book, taken];
    prop_assert!(sums.iter().all(|sum| sum.is_finite() && *sum >= 0.0), "{:?}", losses);
    prop_assert!((fund + paid - rules.insurance).abs() <= 1e-9 * rules.insurance, "{:?}", losses);
    if bad_debt > 0.0 || off_book > 0.0 {
        prop_assert!(fund == 0.0, "{:?}", losses);
    }
    if !rules.adl {
        prop_assert_eq!((off_book, taken), (0.0, 0.0));
    }
    // A position closed off the book also closes one of a winner.
    let sold = summary.bot_forced_share_percent + summary.human_forced_share_percent;
    let bought_back = summary.squeezed_share_percent * rules.shorts;
    prop_assert!(sold + summary.off_book_share_percent <= 100.0 + 1e-9, "{:?}", summary);
    if rules.adl && rules.shorts > 0.0 {
        let closed = bought_back + summary.off_book_share_percent;
        prop_assert!(closed <= 100.0 * rules.shorts + 1e-9, "{:?}", summary);
    }
    Ok(())
}

fn halts(series: &Series) -> Result<(), TestCaseError> {
    for t in (1..series.price.len()).filter(|t| series.halted[*t] == 1) {
        prop_assert_eq!(series.price[t], series.price[t - 1], "the price moves in a halt, second {}", t);
        prop_assert_eq!(series.bots_sold[t] + series.people_sold[t] + series.shock_sold[t], 0);
        prop_assert_eq!(series.bought_back.get(t).copied().unwrap_or_default(), (0, 0));
    }
    Ok(())
}

/// A series exists exactly if its mechanism is used; the lowest price is at most the mean; targeters hold between
/// nothing and twice their initial assets.
fn structure(rules: &Rules, series: &Series) -> Result<(), TestCaseError> {
    let entries = |used: bool| if used { series.price.len() } else { 0 };
    prop_assert_eq!(series.bought_back.len(), entries(rules.shorts > 0.0));
    prop_assert_eq!(series.mark.len(), entries(rules.mark > 0.0));
    let ends = |values: &[f64]| {
        values.iter().fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(*value), high.max(*value)))
    };
    let ((low, high), (lowest, highest)) = (ends(&series.mark), ends(&series.price));
    prop_assert!(low >= lowest - 1e-9 * lowest.abs() && high <= highest + 1e-9 * highest, "{low} {high}");
    prop_assert_eq!(series.lowest.len(), entries(rules.venues > 1));
    prop_assert_eq!(series.rebalanced.len(), entries(rules.targeters > 0.0));
    let mut widest = 1.0_f64;
    for (t, (lowest, mean)) in series.lowest.iter().zip(&series.price).enumerate() {
        // Gaps between venues cancel up to rounding, which after a wild second is that of wide gaps.
        widest = widest.max((mean - lowest).abs());
        prop_assert!(*lowest <= mean + 1e-12 * (widest + mean.abs()), "second {}: {} above {}", t, lowest, mean);
    }
    let mut held = rules.targeters;
    for (t, sold) in series.rebalanced.iter().enumerate() {
        held -= sold;
        let share = held / rules.targeters;
        prop_assert!((-1e-9..=2.0 + 1e-9).contains(&share), "second {}: targeters hold {}", t, held);
    }
    Ok(())
}

/// Value buyers hold between nothing and their greatest target so far. The target is recomputed here: sales and
/// purchases give the impact, and the impact gives the transient fall.
fn buyers(rules: &Rules, series: &Series) -> Result<(), TestCaseError> {
    let (mut held, mut greatest_target, mut transient, mut waiting) = (0.0, 0.0_f64, 0.0, 0.0);
    for t in 1..series.price.len() {
        greatest_target = greatest_target.max(rules.buyers * f64::max(0.0, -transient));
        held += series.bought[t];
        let lots = series.net_forced(t) + rules.first_sign as i64 * series.shock_sold[t] as i64;
        let rebalanced = series.rebalanced.get(t).copied().unwrap_or(0.0);
        waiting += lots as f64 * rules.lot + rebalanced - series.bought[t];
        transient *= libm::exp(-1.0 / rules.refill);
        if series.halted[t] == 0 {
            let thin = rules.depth * series.depth[t];
            let impact = match rules.law {
                Law::Linear => waiting / thin,
                Law::Pool { share } => {
                    let filled = libm::exp((-0.5 * series.price[t - 1]).clamp(-300.0, 300.0));
                    with_pool((1.0 - share) * thin, 2.0 * share * rules.depth * filled, waiting)
                }
                // The memory of this law is not tracked here.
                Law::SquareRoot => return Ok(()),
            };
            transient = (transient - (1.0 - rules.permanent) * impact).clamp(-FARTHEST, FARTHEST);
            waiting = 0.0;
        }
        prop_assert!(held >= -1e-9 * greatest_target, "second {}: {}", t, held);
        prop_assert!(held <= greatest_target * (1.0 + 1e-9), "second {}: {} of {}", t, held, greatest_target);
    }
    Ok(())
}
