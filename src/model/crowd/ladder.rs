//! A ladder: the first limits of all accounts in the order in which a falling price (or rising volatility) passes them,
//! sorted only as far as a run has come.
//!
//! Building the ladder distributes limits over buckets: one pass counts, one places. A bucket is sorted when it is
//! first reached, so a run whose fall stops at 5% never sorts the limits beyond.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::draws::Habit;
use super::partition::Partition;
use super::rung::Rung;
use crate::model::rules::Rules;

/// Average number of rungs in a bucket. Smaller buckets are quicker to sort and slower to fill.
const PER_BUCKET: usize = 4;

/// Greatest number of rungs that are sorted by insertion.
const FEW: usize = 128;

/// The first limits of accounts, in buckets.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    rungs: Vec<Rung>,
    /// Start of each bucket in `rungs`; one more than there are buckets.
    starts: Vec<u32>,
    low: f64,
    per_unit: f64,
    /// Buckets sorted so far.
    sorted: usize,
    /// The split into bots and people: for runs without bots, and with them.
    partitions: [Partition; 2],
}

impl Ladder {
    /// Keeps only these rungs.
    pub fn retain(&mut self, keep: impl Fn(&Rung) -> bool) {
        let (buckets, low) = (self.starts.len().saturating_sub(1), self.low);
        let rungs = std::mem::take(&mut self.rungs);
        self.build(low, low + buckets as f64 / self.per_unit, rungs.len(), || {
            rungs.iter().filter(|rung| keep(rung)).copied()
        });
    }

    /// Builds the ladder of these rungs; `rungs` is called twice. Limits between `low` and `high` are spread evenly
    /// over the buckets, the others go into the first or the last. `about` is the approximate number of rungs.
    pub fn build<I: Iterator<Item = Rung>>(&mut self, low: f64, high: f64, about: usize, rungs: impl Fn() -> I) {
        let buckets = (about / PER_BUCKET).clamp(16, 1 << 18);
        self.low = low;
        self.per_unit = buckets as f64 / (high - low);
        self.sorted = 0;
        self.partitions.iter_mut().for_each(Partition::clear);
        self.starts.clear();
        self.starts.resize(buckets + 1, 0);
        for rung in rungs() {
            self.starts[bucket(rung.at, low, self.per_unit, buckets) + 1] += 1;
        }
        for i in 0..buckets {
            self.starts[i + 1] += self.starts[i];
        }
        self.rungs.resize(self.starts[buckets] as usize, Rung { at: 0.0, account: 0, habit: Habit::default() });
        // Each start advances through its bucket while it is filled, and ends where the next one begins.
        for rung in rungs() {
            let slot = &mut self.starts[bucket(rung.at, low, self.per_unit, buckets)];
            self.rungs[*slot as usize] = rung;
            *slot += 1;
        }
        self.starts.rotate_right(1);
        self.starts[0] = 0;
    }

    /// All rungs; those already passed are sorted at the front.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// Sorts the rungs up to `level` and splits them into bots and people. `by_volatility` if they are volatility
    /// limits.
    pub(super) fn partition_to(&mut self, rules: &Rules, level: f64, by_volatility: bool) {
        let buckets = self.starts.len().saturating_sub(1);
        if buckets == 0 {
            return;
        }
        let wanted = bucket(level, self.low, self.per_unit, buckets) + 1;
        while self.sorted < wanted {
            let (from, to) = (self.starts[self.sorted], self.starts[self.sorted + 1]);
            sort(&mut self.rungs[from as usize..to as usize]);
            self.sorted += 1;
        }
        // Only up to `level`, although another run may have sorted further.
        let so_far = &self.rungs[..self.starts[wanted] as usize];
        self.partitions[usize::from(rules.bots > 0.0)].extend(rules, so_far, by_volatility);
    }

    /// The split into bots and people, as far as a run under these rules has come.
    #[must_use]
    pub fn partition(&self, rules: &Rules) -> &Partition {
        &self.partitions[usize::from(rules.bots > 0.0)]
    }
}

/// Sorts by limit, then by account. Written by hand: a bucket holds few rungs, and the standard library's sort would
/// add 3 kB to the light build.
fn sort(rungs: &mut [Rung]) {
    if rungs.len() > FEW {
        return sort_many(rungs);
    }
    for from in 1..rungs.len() {
        let rung = rungs[from];
        let mut to = from;
        while to > 0 {
            let below = rungs[to - 1];
            if below.at < rung.at || (below.at == rung.at && below.account < rung.account) {
                break;
            }
            rungs[to] = below;
            to -= 1;
        }
        rungs[to] = rung;
    }
}

/// Sorts with a heap of the same type as that of `people.rs`, to save bytes.
fn sort_many(rungs: &mut [Rung]) {
    let many = rungs.to_vec();
    let mut heap: BinaryHeap<_> =
        (0_u32..).zip(&many).map(|(i, rung)| Reverse((ordered_bits(rung.at), rung.account, i))).collect();
    for rung in rungs {
        if let Some(Reverse((.., i))) = heap.pop() {
            *rung = many[i as usize];
        }
    }
}

/// The bits of a number, changed so that they sort like the numbers.
fn ordered_bits(number: f64) -> u64 {
    let bits = number.to_bits();
    if number < 0.0 { !bits } else { bits | 1 << 63 }
}

fn bucket(limit: f64, low: f64, per_unit: f64, buckets: usize) -> usize {
    // The conversion saturates: below the range is 0, infinity is the last.
    (((limit - low) * per_unit) as u32 as usize).min(buckets - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::crowd::rung::rungs;
    use crate::params::Params;

    #[test]
    fn a_shallow_run_reuses_the_split_of_a_deep_one() {
        let limits: Vec<f64> = (0..3000_u32).map(|i| f64::from(i * 7919 % 3001) / 3000.0).collect();
        let habits: Vec<_> =
            (0..3000_u32).map(|i| Habit { bot: (i % 100) as f32 / 100.0, ..Habit::default() }).collect();
        let mut ladder = Ladder::default();
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let mut partition = |bots, level| {
            let rules = Rules::from(&Params { bots, vol_bots: 0.0, ..Params::default() });
            ladder.partition_to(&rules, level, false);
            let Partition { bots, people, .. } = ladder.partition(&rules);
            (bots.len(), people.len())
        };
        assert_eq!(partition(30.0, 1.0), (900, 2100));
        let (bots, people) = partition(50.0, 0.1);
        assert!((300..330).contains(&(bots + people)) && bots > 100, "{bots} {people}");
        assert_eq!(partition(50.0, 1.0), (1500, 1500));
        // The split stays cached as far as the deeper run went.
        assert_eq!(partition(50.0, 0.1), (1500, 1500));
    }

    #[test]
    fn small_and_large_buckets_are_sorted_by_limit_and_account() {
        for many in [0, 1, 2, FEW as u32, FEW as u32 + 1, 3000] {
            let at = |i: u32| f64::from(i * 7919 % 997) / 500.0 - 1.0;
            let limits: Vec<f64> = (0..many).map(|i| if i % 50 == 7 { f64::INFINITY } else { at(i) }).collect();
            let habits = vec![Habit::default(); limits.len()];
            let mut sorted: Vec<Rung> = rungs(&limits, &habits).collect();
            sorted.reverse();
            let mut expected = sorted.clone();
            expected.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.account.cmp(&b.account)));
            sort(&mut sorted);
            assert_eq!(sorted, expected, "{many}");
        }
    }
}
