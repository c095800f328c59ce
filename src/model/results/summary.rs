//! The summary of a run: its results as numbers, and its digest.

use serde::ser::{Serialize, Serializer};

use crate::model::closed_form::ClosedForm;
use crate::model::rules::{LOTS, Rules, SHOCK_AT};
use crate::model::run::Run;
use crate::model::run::ledger::Losses;
use crate::model::run::series::Series;
use crate::model::version::MODEL_VERSION;
use crate::params::Params;
use crate::text::entries::{self, Entries, Value};

/// The results of a run, as `simulate` prints them and the page shows them beside the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The parameters of the run.
    pub params: Params,
    /// A hash of the run: equal only if two runs agree to the last bit.
    pub digest: u64,
    /// Greatest fall below the start price, percent.
    pub greatest_fall_percent: f64,
    /// Time of that fall, in seconds after the first order began; negative before it.
    pub trough_s: i64,
    /// Greatest fall without bots (and without funds, which act by rule too), percent.
    pub without_bots_fall_percent: f64,
    /// Forced sales of bots, percent of the open interest.
    pub bot_forced_share_percent: f64,
    /// Forced sales of people, percent of the open interest.
    pub human_forced_share_percent: f64,
    /// Greatest reproduction number of the run; `None` if sales never stood out from the noise.
    pub r_peak: Option<f64>,
    /// Greatest rise above the start price, percent; at most a millionfold.
    pub greatest_rise_percent: f64,
    /// Greatest fall on any venue, percent; `None` unless several venues have a price of their own.
    pub worst_venue_fall_percent: Option<f64>,
    /// Forced purchases of short accounts, percent of the short interest.
    pub squeezed_share_percent: f64,
    /// Losing positions closed by auto-deleveraging, percent of the open interest.
    pub off_book_share_percent: f64,
    /// Losses of positions closed beyond bankruptcy and who paid them, $bn; `None` without an insurance fund and
    /// auto-deleveraging.
    pub losses: Option<Losses>,
    /// Greatest reproduction number of margin limits and of funds that target leverage, closed form; `None` under the
    /// square-root law.
    pub r_margin_max: Option<f64>,
    /// The same without value buyers.
    pub r_fast: Option<f64>,
    /// The same with all value buyers.
    pub r_slow: Option<f64>,
    /// Critical shock, closed form, as the fall that the first order alone would cause, percent.
    pub critical_shock_percent: Option<f64>,
    /// Fall (after a purchase, rise) at which the cascade stops in the pure limit, closed form, percent.
    pub fixed_point_fall_percent: f64,
    /// Halts of trade.
    pub halts: u32,
}

/// A fall of the log price as a percentage of the price.
#[must_use]
pub fn percent(fall: f64) -> f64 {
    // Subtracted from zero, so that a fall of zero is 0 and not -0.
    0.0 - 100.0 * libm::expm1(-fall)
}

/// A rise of the log price as a percentage of the price, at most a millionfold: in a thin market shorts can drive a
/// price beyond any number.
#[must_use]
pub fn rise_percent(rise: f64) -> f64 {
    let most = libm::log(1e6);
    100.0 * libm::expm1(if rise < most { rise } else { most })
}

impl Summary {
    /// Second of the run at which the price is lowest.
    #[must_use]
    pub fn trough(&self) -> usize {
        (self.trough_s + SHOCK_AT as i64) as usize
    }

    /// An empty summary, before the first run.
    pub(in crate::model) fn empty(params: &Params) -> Self {
        Self {
            params: *params,
            digest: 0,
            greatest_fall_percent: 0.0,
            trough_s: 0,
            without_bots_fall_percent: 0.0,
            bot_forced_share_percent: 0.0,
            human_forced_share_percent: 0.0,
            r_peak: None,
            greatest_rise_percent: 0.0,
            worst_venue_fall_percent: None,
            squeezed_share_percent: 0.0,
            off_book_share_percent: 0.0,
            losses: None,
            r_margin_max: None,
            r_fast: None,
            r_slow: None,
            critical_shock_percent: None,
            fixed_point_fall_percent: 0.0,
            halts: 0,
        }
    }

    pub(in crate::model) fn new(
        params: &Params,
        rules: &Rules,
        run: &Run,
        without_bots: &[f64],
        form: ClosedForm,
    ) -> Self {
        let series = &run.series;
        let (trough, fall) = deepest(&series.price);
        let shorted = (Rules::short_accounts(params) as f64 * LOTS as f64).max(1.0);
        let share = |lots: &[u64]| share_percent(lots, params.accounts);
        // After a purchase the closed forms describe rises.
        let along = if rules.purchase() { rise_percent } else { percent };
        let squeezed: u64 = series.bought_back.iter().map(|(bots, people)| bots + people).sum();
        let losses = run.ledger.losses;
        debug_assert!(series.price.len() == rules.seconds + 1);
        Self {
            params: *params,
            digest: digest(series),
            greatest_fall_percent: percent(fall),
            trough_s: trough as i64 - SHOCK_AT as i64,
            without_bots_fall_percent: percent(deepest(without_bots).1),
            bot_forced_share_percent: share(&series.bots_sold),
            human_forced_share_percent: share(&series.people_sold),
            r_peak: r_peak(series),
            greatest_rise_percent: rise_percent(highest(&series.price)),
            worst_venue_fall_percent: lowest(&series.lowest).map(percent),
            squeezed_share_percent: 100.0 * squeezed as f64 / shorted,
            off_book_share_percent: 100.0 * losses.off_book / rules.open_interest,
            losses: run.ledger.counts().then_some(losses),
            r_margin_max: form.r_max,
            r_fast: form.r_fast,
            r_slow: form.r_slow,
            critical_shock_percent: form.critical_shock.map(along),
            fixed_point_fall_percent: along(form.fixed_point),
            halts: run.halts(),
        }
    }
}

/// The parameters under their ids, then the results.
impl Entries for Summary {
    fn each(&self, entry: &mut dyn FnMut(&'static str, Value)) {
        use Value::{Number, Text, Whole};
        self.params.each(entry);
        entry("model", Whole(i64::from(MODEL_VERSION)));
        entry("digest", Text(hexadecimal(self.digest)));
        entry("greatest_fall_percent", Number(self.greatest_fall_percent));
        entry("trough_s", Whole(self.trough_s));
        entry("without_bots_fall_percent", Number(self.without_bots_fall_percent));
        entry("bot_forced_share_percent", Number(self.bot_forced_share_percent));
        entry("human_forced_share_percent", Number(self.human_forced_share_percent));
        entry("r_peak", self.r_peak.into());
        entry("greatest_rise_percent", Number(self.greatest_rise_percent));
        entry("worst_venue_fall_percent", self.worst_venue_fall_percent.into());
        entry("squeezed_share_percent", Number(self.squeezed_share_percent));
        entry("off_book_share_percent", Number(self.off_book_share_percent));
        entry("fund_paid_bn", self.losses.map(|losses| losses.paid).into());
        entry("bad_debt_bn", self.losses.map(|losses| losses.bad_debt).into());
        entry("taken_from_winners_bn", self.losses.map(|losses| losses.taken).into());
        entry("r_margin_max", self.r_margin_max.into());
        entry("r_fast", self.r_fast.into());
        entry("r_slow", self.r_slow.into());
        entry("critical_shock_percent", self.critical_shock_percent.into());
        entry("fixed_point_fall_percent", Number(self.fixed_point_fall_percent));
        entry("halts", Whole(i64::from(self.halts)));
    }
}

/// Serializes as one flat object.
impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        entries::serialize(self, serializer)
    }
}

/// A number as sixteen hexadecimal digits.
fn hexadecimal(number: u64) -> String {
    (0..16).rev().map(|nth| char::from(b"0123456789abcdef"[(number >> (4 * nth)) as usize & 15])).collect()
}

/// Greatest rise of the log price above the start.
#[must_use]
pub fn highest(price: &[f64]) -> f64 {
    price.iter().fold(0.0, |highest, price| if *price > highest { *price } else { highest })
}

/// Greatest fall of a log price below the start; `None` if the series is empty.
fn lowest(price: &[f64]) -> Option<f64> {
    let fall = price.iter().fold(0.0, |fall, price| if -price > fall { -price } else { fall });
    (!price.is_empty()).then_some(fall)
}

/// The second of the lowest of these log prices and the fall there.
#[must_use]
pub fn deepest(price: &[f64]) -> (usize, f64) {
    let mut lowest = (0, 0.0);
    for (second, price) in price.iter().enumerate() {
        if *price < lowest.1 {
            lowest = (second, *price);
        }
    }
    (lowest.0, -lowest.1)
}

/// Greatest reproduction number of the run; `None` if sales never stood out from the noise.
#[must_use]
pub fn r_peak(series: &Series) -> Option<f64> {
    series.reproduction.iter().copied().filter(|r| !r.is_nan()).reduce(f64::max)
}

/// These lots as a share of the open interest of that many accounts, percent.
#[must_use]
pub fn share_percent(lots: &[u64], accounts: f64) -> f64 {
    100.0 * lots.iter().sum::<u64>() as f64 / (accounts * LOTS as f64)
}

/// A 64-bit digest of all independent series (FNV-1a over whole words, with a shift so that high bits reach low ones).
/// Entry 0, the start, is the same in all runs and left out.
#[must_use]
pub fn digest(series: &Series) -> u64 {
    let mut lanes = [0xcbf2_9ce4_8422_2325_u64; LANES];
    // The last three may be empty, and then do not change the digest.
    let Series { price, bought, depth, variance, lowest, rebalanced, bought_back, .. } = series;
    for floats in [price, bought, depth, variance, lowest, rebalanced] {
        add_all(&mut lanes, floats, |value| value.to_bits());
    }
    for lots in [&series.bots_sold, &series.people_sold, &series.shock_sold, &series.triggered] {
        add_all(&mut lanes, lots, |lots| *lots);
    }
    let digest = lanes.into_iter().fold(0, add);
    let halted = (0..).zip(&series.halted).filter(|(_, halted)| **halted > 0);
    let digest = halted.fold(digest, |digest, (second, _)| add(digest, second));
    bought_back.iter().fold(digest, |digest, (bots, people)| add(add(digest, *bots), *people))
}

/// Words hashed in parallel, so that none waits for the last. Run lengths are a multiple of it.
const LANES: usize = 4;

fn add(digest: u64, word: u64) -> u64 {
    let digest = (digest ^ word).wrapping_mul(0x0100_0000_01b3);
    digest ^ (digest >> 32)
}

// Never inlined, to save bytes.
#[inline(never)]
fn add_all<T>(lanes: &mut [u64; LANES], values: &[T], word: impl Fn(&T) -> u64) {
    for values in values.get(1..).unwrap_or_default().as_chunks::<LANES>().0 {
        for (lane, value) in lanes.iter_mut().zip(values) {
            *lane = add(*lane, word(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Change = fn(&mut Series, usize);

    #[test]
    fn the_digest_covers_every_series_from_first_to_last_second() {
        let params =
            Params { accounts: 100.0, hours: 1.0, shorts: 50.0, venues: 2.0, targeters: 1.0, ..Params::default() };
        let simulator = crate::model::Simulator::new(&params);
        let series = &simulator.run().series;
        let changes: [Change; 12] = [
            |s, t| s.price[t] += 1.0,
            |s, t| s.bought[t] += 1.0,
            |s, t| s.depth[t] += 1.0,
            |s, t| s.variance[t] += 1.0,
            |s, t| s.lowest[t] += 1.0,
            |s, t| s.rebalanced[t] += 1.0,
            |s, t| s.bots_sold[t] += 1,
            |s, t| s.people_sold[t] += 1,
            |s, t| s.shock_sold[t] += 1,
            |s, t| s.triggered[t] += 1,
            |s, t| s.halted[t] ^= 1,
            |s, t| s.bought_back[t].1 += 1,
        ];
        let mut digests = vec![digest(series)];
        for (change, second) in changes.iter().flat_map(|change| [(change, 1), (change, 3600)]) {
            let mut changed = series.clone();
            change(&mut changed, second);
            digests.push(digest(&changed));
        }
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), 25);
    }
}
