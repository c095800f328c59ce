//! The tipping curve: the fall at each bot density, in whole percents, and where the crash begins.

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

/// The results of all runs.
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
}
