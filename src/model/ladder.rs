//! A ladder: the limits of all accounts in the order in which a falling price (or a rising volatility)
//! passes them, sorted only as far as it has come.
//!
//! Limits are dealt into buckets when the ladder is built, once counted and once put in place, and a
//! bucket is sorted when it is first reached. A run that stops after 5 % never sorts what lies beyond.

use std::collections::VecDeque;

use super::draws::Habit;

/// One account's first limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// Where it is passed: a fall of the log price, or the log of a multiple of calm volatility.
    pub at: f64,
    /// Whose it is.
    pub account: u32,
    /// What that account is like: kept here, because limits are passed in another order than accounts are
    /// numbered, and looking each one up would miss the cache.
    pub habit: Habit,
}

/// Rungs in a bucket, on average over the range. Fewer make sorting cheaper and dealing dearer.
const PER_BUCKET: usize = 4;

/// The rungs of `limits[account]` with the habits of each account.
pub fn rungs<'a>(limits: &'a [f64], habits: &'a [Habit]) -> impl Iterator<Item = Rung> + 'a {
    let numbered = limits.iter().zip(habits).enumerate();
    numbered.map(|(account, (at, habit))| Rung { at: *at, account: account as u32, habit: *habit })
}

/// The first limits of accounts.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    rungs: Vec<Rung>,
    /// Where each bucket begins in `rungs`; one more than there are buckets.
    starts: Vec<u32>,
    low: f64,
    per_unit: f64,
    /// Buckets sorted so far.
    sorted: usize,
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

    /// Builds the ladder of these rungs, which it asks for twice; those between `low` and `high` are dealt evenly over the
    /// buckets, the others into the first or the last. There are `about` so many.
    pub fn build<I: Iterator<Item = Rung>>(&mut self, low: f64, high: f64, about: usize, rungs: impl Fn() -> I) {
        let buckets = (about / PER_BUCKET).clamp(16, 1 << 18);
        self.low = low;
        self.per_unit = buckets as f64 / (high - low);
        self.sorted = 0;
        self.starts.clear();
        self.starts.resize(buckets + 1, 0);
        for rung in rungs() {
            self.starts[bucket(rung.at, low, self.per_unit, buckets) + 1] += 1;
        }
        for i in 0..buckets {
            self.starts[i + 1] += self.starts[i];
        }
        self.rungs.resize(self.starts[buckets] as usize, Rung { at: 0.0, account: 0, habit: Habit::default() });
        // Each start runs through its bucket while it is filled, and so ends where the next one begins.
        for rung in rungs() {
            let slot = &mut self.starts[bucket(rung.at, low, self.per_unit, buckets)];
            self.rungs[*slot as usize] = rung;
            *slot += 1;
        }
        self.starts.rotate_right(1);
        self.starts[0] = 0;
    }

    /// All rungs; those that were passed stand in order at the front.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// Sorts as far as `level` and gives all rungs; those at or below the level stand in order at the front.
    pub(super) fn sorted_to(&mut self, level: f64) -> &[Rung] {
        let buckets = self.starts.len().saturating_sub(1);
        if buckets > 0 {
            let wanted = bucket(level, self.low, self.per_unit, buckets) + 1;
            while self.sorted < wanted {
                let (from, to) = (self.starts[self.sorted], self.starts[self.sorted + 1]);
                self.rungs[from as usize..to as usize]
                    .sort_unstable_by(|a, b| a.at.total_cmp(&b.at).then(a.account.cmp(&b.account)));
                self.sorted += 1;
            }
        }
        &self.rungs
    }
}

fn bucket(limit: f64, low: f64, per_unit: f64, buckets: usize) -> usize {
    // The conversion saturates: below the range is 0, infinity is the last.
    (((limit - low) * per_unit) as u32 as usize).min(buckets - 1)
}

/// One run's way up a ladder. An account that is passed may put up its next limit one fixed step beyond;
/// because limits are passed in order, the next ones come in order too, and a queue holds them.
#[derive(Clone, Debug)]
pub struct Climb {
    /// The greatest level so far: nothing at or below it is left to pass.
    reached: f64,
    next: usize,
    /// Next limits, whose they are (the place of the first on the ladder), and how many were passed before.
    again: VecDeque<(f64, u32, u8)>,
}

impl Default for Climb {
    fn default() -> Self {
        Self { reached: f64::NEG_INFINITY, next: 0, again: VecDeque::new() }
    }
}

impl Climb {
    /// Back to the foot of the ladder.
    pub fn restart(&mut self) {
        self.reached = f64::NEG_INFINITY;
        self.next = 0;
        self.again.clear();
    }

    /// Passes every limit at or below `level`, in order, and tells `pass` the place on the ladder, the rung there with
    /// this limit, and how many of its account were passed before it. If `pass` answers true, the account's next limit is
    /// `step` beyond.
    pub fn advance(&mut self, ladder: &mut Ladder, level: f64, step: f64, mut pass: impl FnMut(u32, Rung, u8) -> bool) {
        if level <= self.reached {
            return;
        }
        self.reached = level;
        let rungs = ladder.sorted_to(level);
        loop {
            let again = self.again.front().filter(|(at, ..)| *at <= level);
            let until = again.map_or(level, |(at, ..)| *at);
            // First limits up to where the queue has one before them. (One call of `pass`, so that it is compiled into the
            // loop.)
            let (at, place, before) = match (rungs.get(self.next).filter(|rung| rung.at <= until), again) {
                (Some(rung), _) => {
                    self.next += 1;
                    (rung.at, self.next as u32 - 1, 0)
                }
                (None, Some(again)) => {
                    let again = *again;
                    self.again.pop_front();
                    again
                }
                (None, None) => return,
            };
            if pass(place, Rung { at, ..rungs[place as usize] }, before) {
                self.again.push_back((at + step, place, before + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_passed_once_in_order_whatever_the_levels() {
        let limits: Vec<f64> = (0..5000u32).map(|i| f64::from(i * 7919 % 5003) / 4000.0 - 0.1).collect();
        let mut ladder = Ladder::default();
        let habits = vec![Habit::default(); limits.len()];
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let mut climb = Climb::default();
        let mut passed = Vec::new();
        for level in [-1.0, 0.0, 0.3, 0.3001, 0.2, 0.9, 5.0] {
            climb.advance(&mut ladder, level, 0.0, |_, rung, _| {
                assert!(rung.at <= level);
                passed.push(rung);
                false
            });
        }
        assert_eq!(passed.len(), 5000);
        assert!(passed.is_sorted_by_key(|rung| rung.at));
        assert!(passed.iter().all(|rung| limits[rung.account as usize] == rung.at));
    }

    #[test]
    fn next_limits_come_in_order_between_the_first_ones() {
        let mut ladder = Ladder::default();
        let (limits, habits) = ([0.1, 0.25, f64::INFINITY], [Habit::default(); 3]);
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let mut climb = Climb::default();
        let mut passed = Vec::new();
        climb.advance(&mut ladder, 0.45, 0.1, |_, rung, before| {
            passed.push(((rung.at * 100.0).round() as i32, rung.account, before));
            before < 2
        });
        assert_eq!(passed, [(10, 0, 0), (20, 0, 1), (25, 1, 0), (30, 0, 2), (35, 1, 1), (45, 1, 2)]);
    }
}
