//! Quantiles over the crowds of an ensemble.

use serde::Serialize;

use super::collection::Ensemble;
use super::runner::Member;
use super::spread::Spread;

/// Falls (after a purchase, rises) that are counted, percent.
const BEYOND: [f64; 4] = [5.0, 10.0, 20.0, 50.0];

/// Number of crowds whose price moves by more than a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Beyond {
    /// The fall (after a purchase, rise), percent.
    pub percent: f64,
    /// The crowds.
    pub crowds: usize,
}

/// The results of an ensemble so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// Number of crowds that have been run.
    pub crowds: usize,
    /// The lowest seed, as digits: a number of JavaScript does not hold 64 bits.
    pub first_seed: String,
    /// The seed of the median crowd, as digits.
    pub median_seed: Option<String>,
    /// Number of crowds that move by more than each of some percentages.
    pub beyond: [Beyond; 4],
    /// Greatest fall below the start price, percent.
    pub greatest_fall_percent: Option<Spread>,
    /// Time of that fall, in seconds after the first order began.
    pub trough_s: Option<Spread>,
    /// Greatest rise above the start price, percent.
    pub greatest_rise_percent: Option<Spread>,
    /// Greatest reproduction number, of the crowds that have one.
    pub r_peak: Option<Spread>,
    /// Forced sales of bots, percent of the open interest.
    pub bot_forced_share_percent: Option<Spread>,
    /// Forced sales of people, percent of the open interest.
    pub human_forced_share_percent: Option<Spread>,
}

impl Quantiles {
    /// The quantiles of the crowds that have been run.
    #[must_use]
    pub fn of(ensemble: &Ensemble) -> Self {
        let spread = |number: fn(&Member) -> Option<f64>| Spread::of(ensemble.members().filter_map(number).collect());
        Self {
            crowds: ensemble.done(),
            first_seed: ensemble.params().seed.to_string(),
            median_seed: ensemble.median().map(|median| median.seed.to_string()),
            beyond: BEYOND.map(|percent| Beyond { percent, crowds: ensemble.beyond(percent) }),
            greatest_fall_percent: spread(|member| Some(member.greatest_fall_percent)),
            trough_s: spread(|member| Some(member.trough_s as f64)),
            greatest_rise_percent: spread(|member| Some(member.greatest_rise_percent)),
            r_peak: spread(|member| member.r_peak),
            bot_forced_share_percent: spread(|member| Some(member.bot_forced_share_percent)),
            human_forced_share_percent: spread(|member| Some(member.human_forced_share_percent)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ensemble::first_seed;
    use crate::params::Params;

    #[test]
    fn the_quantiles_of_an_ensemble_count_its_crowds() {
        let params = Params { accounts: 300.0, hours: 1.0, seed: 0, ..Params::default() };
        let ensemble = Ensemble::run(&params, 20);
        let quantiles = Quantiles::of(&ensemble);
        let falls = quantiles.greatest_fall_percent.unwrap();
        assert_eq!((quantiles.crowds, quantiles.first_seed.parse()), (20, Ok(first_seed(params.seed, 20))));
        let median = ensemble.median().unwrap();
        assert_eq!(quantiles.median_seed, Some(median.seed.to_string()));
        assert_eq!(median.greatest_fall_percent, ensemble.quantile(0.5, |m| Some(m.greatest_fall_percent)).unwrap());
        assert!(falls.min <= falls.p5 && falls.p5 <= falls.p50 && falls.p50 <= falls.p95 && falls.p95 <= falls.max);
        let beyond = |percent: f64| ensemble.members().filter(|m| m.greatest_fall_percent > percent).count();
        assert!(quantiles.beyond.iter().all(|here| here.crowds == beyond(here.percent)));
    }
}
