//! The runs of members, with crowds kept between them.

use serde::{Serialize, Serializer};

use super::block::first_seed;
use crate::model::crowd::Crowd;
use crate::model::results::summary::{deepest, digest, highest, percent, r_peak, rise_percent, share_percent};
use crate::model::rules::{Rules, SHOCK_AT};
use crate::model::run::Run;
use crate::params::Params;

/// Most accounts of all crowds together that a [`Runner`] keeps between runs. An account takes about 100 bytes, and a
/// crowd another 173 kB for its noise, so this bounds the memory to about 120 MB.
pub const KEPT_ACCOUNTS: f64 = 1e6;

/// The results of one crowd; the same bits as in its [`Summary`](crate::Summary).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Its seed.
    pub seed: u64,
    /// The digest of its run.
    #[serde(serialize_with = "hexadecimal")]
    pub digest: u64,
    /// Greatest fall below the start price, percent.
    pub greatest_fall_percent: f64,
    /// Time of that fall, in seconds after the first order began; negative before it.
    pub trough_s: i64,
    /// Greatest rise above the start price, percent.
    pub greatest_rise_percent: f64,
    /// Greatest reproduction number of the run; `None` if sales never stood out from the noise.
    pub r_peak: Option<f64>,
    /// Forced sales of bots, percent of the open interest.
    pub bot_forced_share_percent: f64,
    /// Forced sales of people, percent of the open interest.
    pub human_forced_share_percent: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn hexadecimal<S: Serializer>(digest: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{digest:016x}"))
}

/// Runs members of ensembles, and keeps their crowds for the next parameters as long as they are small enough.
#[derive(Clone, Debug, Default)]
pub struct Runner {
    kept: Vec<(u64, Crowd)>,
    /// The crowd of members that are not kept.
    spare: Crowd,
    run: Run,
}

impl Runner {
    /// Runs these parameters with this seed, as one of `crowds` members. Returns its results and the log of its price
    /// in each second.
    pub fn run(&mut self, params: &Params, seed: u64, crowds: usize) -> (Member, &[f64]) {
        let params = Params { seed, ..*params };
        let rules = Rules::from(&params);
        let accounts = params.accounts + Rules::short_accounts(&params) as f64;
        let crowd = if accounts * crowds as f64 > KEPT_ACCOUNTS {
            self.kept.clear();
            &mut self.spare
        } else {
            kept(&mut self.kept, seed, crowds)
        };
        crowd.arrange(&params);
        self.run.simulate(&rules, crowd);
        let series = &self.run.series;
        let (trough, fall) = deepest(&series.price);
        let share = |lots: &[u64]| share_percent(lots, params.accounts);
        let member = Member {
            seed,
            digest: digest(series),
            greatest_fall_percent: percent(fall),
            trough_s: trough as i64 - SHOCK_AT as i64,
            greatest_rise_percent: rise_percent(highest(&series.price)),
            r_peak: r_peak(series),
            bot_forced_share_percent: share(&series.bots_sold),
            human_forced_share_percent: share(&series.people_sold),
        };
        (member, &series.price)
    }
}

/// The crowd kept for this seed, which is empty the first time. Crowds of other blocks are dropped.
fn kept(kept: &mut Vec<(u64, Crowd)>, seed: u64, crowds: usize) -> &mut Crowd {
    let first = first_seed(seed, crowds);
    kept.retain(|(seed, _)| first_seed(*seed, crowds) == first);
    let place = kept.iter().position(|(here, _)| *here == seed).unwrap_or_else(|| {
        kept.push((seed, Crowd::default()));
        kept.len() - 1
    });
    &mut kept[place].1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn few() -> Params {
        Params { accounts: 300.0, hours: 1.0, ..Params::default() }
    }

    #[test]
    fn a_runner_gives_the_same_bits_and_drops_crowds_of_other_blocks() {
        let mut kept = Runner::default();
        let changes = [few(), Params { bots: 80.0, ..few() }, Params { leverage: 20.0, shorts: 30.0, ..few() }, few()];
        for params in changes {
            for seed in 0..5 {
                let alone = Runner::default().run(&params, seed, 5).0;
                assert_eq!(kept.run(&params, seed, 5).0, alone);
            }
        }
        assert_eq!(kept.kept.len(), 5);
        kept.run(&few(), 5, 5);
        assert_eq!(kept.kept.len(), 1);
        // Too large to be kept.
        kept.run(&Params { accounts: 1e5, hours: 1.0, ..few() }, 5, 100);
        assert_eq!(kept.kept.len(), 0);
    }
}
