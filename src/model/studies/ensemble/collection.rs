//! The results of all crowds of an ensemble.

use super::block::first_seed;
use super::parallel::shared_out;
use super::runner::{Member, Runner};
use super::spread::quantile;
use crate::params::Params;

/// The results of all crowds that have been run so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Ensemble {
    /// The parameters that all of them share, with the lowest seed.
    params: Params,
    /// The members, by place in the block.
    members: Vec<Option<Member>>,
    /// Log of the price in each second, to single precision; empty if the member has not been run.
    prices: Vec<Vec<f32>>,
    done: usize,
}

impl Ensemble {
    /// An ensemble of that many crowds with the block of this seed; nothing has been run.
    #[must_use]
    pub fn new(params: &Params, crowds: usize) -> Self {
        let params = Params { seed: first_seed(params.seed, crowds), ..*params };
        Self { params, members: vec![None; crowds], prices: vec![Vec::new(); crowds], done: 0 }
    }

    /// Runs all crowds: natively on all processors, in a browser one after the other.
    #[must_use]
    pub fn run(params: &Params, crowds: usize) -> Self {
        let mut ensemble = Self::new(params, crowds);
        let run = |first, step| run_some(&ensemble.params, first, step, crowds);
        for (place, member, price) in shared_out(crowds, run) {
            ensemble.keep(place, member, price);
        }
        ensemble
    }

    /// Stores the results of a member. Ignored if there is no such place, or if it has results already.
    pub fn keep(&mut self, place: usize, member: Member, price: Vec<f32>) {
        if let Some(here @ None) = self.members.get_mut(place) {
            *here = Some(member);
            self.prices[place] = price;
            self.done += 1;
        }
    }

    /// The parameters that all crowds share, with the lowest seed.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// Whether these parameters are those of a member: they may differ from the ensemble's only in the seed, which must
    /// be in the block.
    #[must_use]
    pub fn covers(&self, params: &Params) -> bool {
        let first = first_seed(params.seed, self.members.len());
        Params { seed: first, ..*params } == self.params
    }

    /// Number of crowds.
    #[must_use]
    pub fn total(&self) -> usize {
        self.members.len()
    }

    /// Number of crowds that have been run.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done
    }

    /// The results so far, by seed.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().flatten()
    }

    /// The results so far, the deepest fall first (after a purchase, the highest rise first), and the lower seed first
    /// of equal ones.
    #[must_use]
    pub fn ranked(&self) -> Vec<Member> {
        let mut ranked: Vec<Member> = self.members().copied().collect();
        // Stable, so that equal ones stay in the order of their seeds.
        ranked.sort_by(|a, b| self.move_of(b).total_cmp(&self.move_of(a)));
        ranked
    }

    /// The greatest move of a member, percent: its fall or, if the first order is a purchase, its rise.
    #[must_use]
    pub fn move_of(&self, member: &Member) -> f64 {
        if self.purchase() { member.greatest_rise_percent } else { member.greatest_fall_percent }
    }

    /// Whether the first order is a purchase.
    #[must_use]
    pub fn purchase(&self) -> bool {
        self.params.first_order < 0.0
    }

    /// The crowd in the middle: of a hundred the one whose move is the 50th smallest. `None` before any has been run.
    #[must_use]
    pub fn median(&self) -> Option<Member> {
        let ranked = self.ranked();
        ranked.get(ranked.len() - ranked.len().div_ceil(2)).copied()
    }

    /// Number of crowds so far that move by more than `percent`.
    #[must_use]
    pub fn beyond(&self, percent: f64) -> usize {
        self.members().filter(|member| self.move_of(member) > percent).count()
    }

    /// A quantile of a number over all crowds so far; `None` if no crowd has it.
    #[must_use]
    pub fn quantile(&self, share: f64, number: impl Fn(&Member) -> Option<f64>) -> Option<f64> {
        let mut values: Vec<f64> = self.members().filter_map(number).collect();
        values.sort_unstable_by(f64::total_cmp);
        quantile(&values, share)
    }

    /// Logs of the price of all crowds so far in a second, least first.
    #[must_use]
    pub fn prices(&self, second: usize) -> Vec<f64> {
        let mut prices: Vec<f64> =
            self.prices.iter().filter_map(|price| price.get(second)).map(|price| f64::from(*price)).collect();
        prices.sort_unstable_by(f64::total_cmp);
        prices
    }
}

/// A place of the block, and the results of its crowd.
type Found = (usize, Member, Vec<f32>);

/// Runs the crowds at every `step`-th place, from the first one on.
fn run_some(params: &Params, first: usize, step: usize, crowds: usize) -> Vec<Found> {
    let mut runner = Runner::default();
    let run = |place| {
        // No crowd is used twice, so that none needs to be kept.
        let (member, price) = runner.run(params, params.seed.wrapping_add(place as u64), usize::MAX);
        (place, member, single(price))
    };
    (first..crowds).step_by(step).map(run).collect()
}

/// Prices to single precision: a relative error of at most 6e-8 in the log.
#[must_use]
pub fn single(price: &[f64]) -> Vec<f32> {
    price.iter().map(|price| *price as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Simulator;

    fn few() -> Params {
        Params { accounts: 300.0, hours: 1.0, seed: 0, ..Params::default() }
    }

    #[test]
    fn each_member_has_the_bits_of_a_single_run_of_its_seed() {
        let ensemble = Ensemble::run(&few(), 10);
        assert_eq!(ensemble.done(), 10);
        for (seed, member) in (0..).zip(ensemble.members()) {
            let alone = Simulator::new(&Params { seed, ..few() });
            let summary = alone.summary();
            assert_eq!((member.seed, member.digest), (seed, summary.digest));
            assert_eq!(member.greatest_fall_percent.to_bits(), summary.greatest_fall_percent.to_bits());
            assert_eq!((member.trough_s, member.r_peak), (summary.trough_s, summary.r_peak));
            assert_eq!(member.bot_forced_share_percent, summary.bot_forced_share_percent);
            assert_eq!(member.human_forced_share_percent, summary.human_forced_share_percent);
            assert_eq!(member.greatest_rise_percent, summary.greatest_rise_percent);
            assert_eq!(ensemble.prices[seed as usize], single(&alone.run().series.price));
        }
    }

    #[test]
    fn all_seeds_of_a_block_share_it() {
        let ensemble = Ensemble::new(&Params { seed: 137, ..few() }, 100);
        assert_eq!(ensemble.params().seed, 100);
        assert!(ensemble.covers(&Params { seed: 199, ..few() }));
        assert!(!ensemble.covers(&Params { seed: 200, ..few() }));
        assert!(!ensemble.covers(&Params { seed: 137, bots: 1.0, ..few() }));
        assert_eq!(first_seed(u64::MAX, 100) % 100, 0);
    }

    #[test]
    fn the_median_is_an_actual_crowd_and_counts_cover_finished_runs() {
        let mut ensemble = Ensemble::new(&few(), 4);
        assert_eq!((ensemble.median(), ensemble.beyond(0.0)), (None, 0));
        let (sample, _) = Runner::default().run(&few(), 0, 4);
        for (place, fall) in [(0, 3.0), (1, 9.0), (3, 5.0)] {
            let member = Member { seed: place as u64, greatest_fall_percent: fall, ..sample };
            ensemble.keep(place, member, vec![0.0, fall as f32]);
        }
        ensemble.keep(9, sample, Vec::new());
        assert_eq!(ensemble.done(), 3);
        assert_eq!(ensemble.ranked().iter().map(|member| member.seed).collect::<Vec<_>>(), [1, 3, 0]);
        assert_eq!(ensemble.median().map(|member| member.seed), Some(3));
        assert_eq!((ensemble.beyond(4.0), ensemble.beyond(9.0)), (2, 0));
        assert_eq!(ensemble.quantile(0.5, |member| Some(member.greatest_fall_percent)), Some(5.0));
        assert_eq!(ensemble.prices(1), [3.0, 5.0, 9.0]);
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!((quantile(&[1.0, 2.0], 0.0), quantile(&[1.0, 2.0], 1.0)), (Some(1.0), Some(2.0)));
    }
}
