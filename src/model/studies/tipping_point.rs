//! The tipping curve: the fall at each bot density, in whole percents, and where the crash begins; in one crowd, and in
//! the median of many.

use super::ensemble::{first_seed, quantile, shared_out};
use crate::model::crowd::Crowd;
use crate::model::results::summary::r_peak;
use crate::model::rules::Rules;
use crate::model::run::Run;
use crate::model::studies::counterfactual::extreme;
use crate::params::Params;

/// Number of densities: 0, 1, ... 100%.
pub const DENSITIES: usize = 101;

/// Growth of the fall per percent of bots below which the curve is flat, percentage points.
const FLAT: f64 = 0.05;

/// The results of one crowd, or the medians of many, at every density.
#[derive(Clone, Debug, PartialEq)]
pub struct Tipping {
    /// Greatest fall (greatest rise, if the first order is a purchase) at each density, percent.
    pub falls: Vec<f64>,
    /// Greatest R at each density; `None` where no sales stood out from the noise.
    pub r: Vec<Option<f64>>,
}

impl Tipping {
    /// Runs these parameters at every density.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let (mut crowd, mut run) = (Crowd::default(), Run::default());
        let mut tipping = Self { falls: Vec::with_capacity(DENSITIES), r: Vec::with_capacity(DENSITIES) };
        for percent in 0..DENSITIES {
            let params = Params { bots: percent as f64, ..*params };
            let rules = Rules::from(&params);
            crowd.arrange(&params);
            run.simulate(&rules, &mut crowd);
            tipping.falls.push(extreme(&rules, &run).1);
            tipping.r.push(r_peak(&run.series));
        }
        tipping
    }

    /// The density, percent, at which the fall grows most to the next one; the lowest of several. `None` if the curve
    /// is flat.
    #[must_use]
    pub fn steepest(&self) -> Option<usize> {
        let growths = self.falls.windows(2).map(|pair| pair[1] - pair[0]).enumerate();
        let most = growths.fold((0, 0.0), |most, here| if here.1 > most.1 { here } else { most });
        (most.1 > FLAT).then_some(most.0)
    }

    /// The density, percent, from which on R always reaches 1. At lower ones it may do so by chance.
    #[must_use]
    pub fn r_at(&self) -> Option<usize> {
        let from = self.r.iter().rposition(|r| r.is_none_or(|r| r < 1.0)).map_or(0, |below| below + 1);
        (from < self.r.len()).then_some(from)
    }

    /// All results as plain numbers, to be sent from a worker to the page: the falls, then R (NaN for none).
    #[must_use]
    pub fn numbers(&self) -> Vec<f64> {
        let r = self.r.iter().map(|r| r.unwrap_or(f64::NAN));
        self.falls.iter().copied().chain(r).collect()
    }

    /// Reads the output of [`Tipping::numbers`]; `None` if it has a different length.
    #[must_use]
    pub fn from_numbers(numbers: &[f64]) -> Option<Self> {
        if numbers.len() != 2 * DENSITIES {
            return None;
        }
        let (falls, r) = numbers.split_at(DENSITIES);
        Some(Self { falls: falls.into(), r: r.iter().map(|r| (!r.is_nan()).then_some(*r)).collect() })
    }
}

/// The results of crowds with the same settings, at every density.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TippingCrowds {
    curves: Vec<Tipping>,
}

impl TippingCrowds {
    /// Runs all crowds of the block of this seed. A page shares them out among workers instead.
    #[must_use]
    pub fn run(params: &Params, crowds: usize) -> Self {
        let first = first_seed(params.seed, crowds);
        let curve = |place| Tipping::new(&Params { seed: first.wrapping_add(place as u64), ..*params });
        let run = |from, step| (from..crowds).step_by(step).map(curve).collect();
        Self { curves: shared_out(crowds, run) }
    }

    /// Adds the results of a crowd.
    pub fn push(&mut self, curve: Tipping) {
        self.curves.push(curve);
    }

    /// Number of crowds that have been run.
    #[must_use]
    pub fn done(&self) -> usize {
        self.curves.len()
    }

    /// A quantile of the greatest fall over all crowds so far at each density, percent; empty without any crowd.
    #[must_use]
    pub fn falls(&self, share: f64) -> Vec<f64> {
        (0..DENSITIES).filter_map(|percent| self.quantile(share, |curve| curve.falls[percent])).collect()
    }

    /// The medians over all crowds so far; `None` without any.
    #[must_use]
    pub fn median(&self) -> Option<Tipping> {
        // A crowd in which no sales stood out counts as one with the least R.
        let r = |percent: usize| self.quantile(0.5, |curve| curve.r[percent].unwrap_or(f64::NEG_INFINITY));
        let r = (0..DENSITIES).map(|percent| r(percent).filter(|r| r.is_finite())).collect();
        (!self.curves.is_empty()).then(|| Tipping { falls: self.falls(0.5), r })
    }

    fn quantile(&self, share: f64, number: impl Fn(&Tipping) -> f64) -> Option<f64> {
        let mut values: Vec<f64> = self.curves.iter().map(number).collect();
        values.sort_unstable_by(f64::total_cmp);
        quantile(&values, share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Simulator;

    #[test]
    fn in_the_opening_the_fall_grows_most_at_39_percent_and_r_reaches_one_at_40() {
        let tipping = Tipping::new(&Params::default());
        assert_eq!((tipping.steepest(), tipping.r_at()), (Some(39), Some(40)));
        for bots in [0.0, 35.0, 100.0] {
            let alone = Simulator::new(&Params { bots, ..Params::default() });
            assert_eq!(tipping.falls[bots as usize], alone.summary().greatest_fall_percent);
            assert_eq!(tipping.r[bots as usize], alone.summary().r_peak);
        }
    }

    #[test]
    fn a_market_without_moves_has_no_tipping_point() {
        let calm = Params { shock: 0.0, calm_volatility: 0.0, accounts: 100.0, hours: 1.0, ..Params::default() };
        let tipping = Tipping::new(&calm);
        assert_eq!((tipping.steepest(), tipping.r_at()), (None, None));
    }

    #[test]
    fn results_survive_conversion_to_numbers_and_other_lengths_are_rejected() {
        let few = Params { accounts: 100.0, hours: 1.0, bots: 3.0, ..Params::default() };
        let tipping = Tipping::new(&few);
        assert!(tipping.r[0].is_none_or(|r| r == 0.0));
        assert_eq!(Tipping::from_numbers(&tipping.numbers()), Some(tipping));
        assert_eq!(Tipping::from_numbers(&[1.0; 7]), None);
    }

    #[test]
    fn medians_and_ranges_count_each_crowd_of_the_block_once() {
        let few = Params { accounts: 100.0, hours: 1.0, shock: 4.0, seed: 7, ..Params::default() };
        let all = TippingCrowds::run(&few, 5);
        let mut added = TippingCrowds::default();
        assert_eq!((added.median(), added.falls(0.5)), (None, Vec::new()));
        for seed in [9, 5, 8, 6, 7] {
            added.push(Tipping::new(&Params { seed, ..few }));
        }
        assert_eq!(added.done(), 5);
        assert_eq!(all.median(), added.median());
        let mut at_60: Vec<f64> = added.curves.iter().map(|curve| curve.falls[60]).collect();
        at_60.sort_unstable_by(f64::total_cmp);
        assert_eq!([0.05, 0.5, 0.95].map(|share| all.falls(share)[60]), [at_60[0], at_60[2], at_60[4]]);
    }

    #[test]
    fn r_is_missing_in_the_median_if_it_is_missing_in_most_crowds() {
        let curve = |r| Tipping { falls: vec![1.0; DENSITIES], r: vec![r; DENSITIES] };
        let mut crowds = TippingCrowds::default();
        for r in [None, Some(2.0), None] {
            crowds.push(curve(r));
        }
        assert_eq!(crowds.median().unwrap().r[0], None);
        crowds.push(curve(Some(1.5)));
        crowds.push(curve(Some(1.0)));
        assert_eq!(crowds.median().unwrap().r[0], Some(1.0));
    }
}
