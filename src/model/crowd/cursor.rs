//! The position of a run on a ladder: how many limits have been passed.
//!
//! A bot may have further limits beyond its first, each a fixed step beyond the last. First limits are passed in order,
//! so second limits are too, and so on. The counts of bots that have passed their first, second, third ... limit are
//! therefore the whole state.

use std::ops::Range;

use crate::model::crowd::ladder::Ladder;
use crate::model::crowd::partition::{Bot, Partition};
use crate::model::rules::Rules;

/// The position of a run on a ladder.
#[derive(Clone, Debug)]
pub struct Cursor {
    /// The greatest level so far. All limits at or below it have been passed.
    reached: f64,
    /// Number of bots whose first limit has been passed.
    bots: usize,
    /// The people whose first limit was passed last.
    pub people: Range<usize>,
    /// Number of bots reported to have passed their first, second, ... limit.
    passed: Vec<usize>,
    /// For [`in_order`](Self::in_order): the next limit of each bot that has passed its first one.
    limits: Vec<f64>,
    nearest: Vec<f64>,
}

impl Default for Cursor {
    fn default() -> Self {
        let (bots, people, passed, limits, nearest) = Default::default();
        Self { reached: f64::NEG_INFINITY, bots, people, passed, limits, nearest }
    }
}

impl Cursor {
    /// Returns to the start of the ladder.
    pub fn restart(&mut self) {
        self.reached = f64::NEG_INFINITY;
        self.bots = 0;
        self.people = 0..0;
        self.passed.clear();
        self.limits.clear();
    }

    /// Whether this is a new greatest level.
    #[inline]
    #[must_use]
    pub fn rises(&self, level: f64) -> bool {
        level > self.reached
    }

    /// Moves on to this level and finds the bots and people whose first limit it has newly passed. `by_volatility` if
    /// this is the ladder of volatility limits. Returns whether it is a new greatest level; otherwise no limit is
    /// passed.
    #[inline]
    pub fn rise(&mut self, rules: &Rules, ladder: &mut Ladder, level: f64, by_volatility: bool) -> bool {
        let rises = self.rises(level);
        if rises {
            self.reached = level;
            self.note(rules, ladder, by_volatility);
        }
        rises
    }

    /// The rare part of [`rise`](Self::rise), kept out of line.
    fn note(&mut self, rules: &Rules, ladder: &mut Ladder, by_volatility: bool) {
        let level = self.reached;
        ladder.partition_to(rules, level, by_volatility);
        let Partition { limits, people, .. } = ladder.partition(rules);
        self.bots += limits[self.bots..].partition_point(|at| *at <= level);
        let from = self.people.end;
        self.people = from..from + people[from..].partition_point(|human| human.at <= level);
    }

    /// The bots whose limit number `nth` (from 0) is newly passed, if limits of a bot lie `step` apart. Must be called
    /// for the first limits, then for the second ones, and so on.
    pub fn newly<'a>(&mut self, partition: &'a Partition, nth: usize, step: f64) -> &'a [Bot] {
        let Some(from) = self.next_bot(nth) else { return &[] };
        let limits = &partition.limits[from..self.before(nth)];
        let passed = limits.partition_point(|first| later(*first, nth, step) <= self.reached);
        self.passed[nth] = from + passed;
        &partition.bots[from..from + passed]
    }

    /// Calls `pass` with each newly passed limit among the first `many` of every bot: the bot, the limit and its
    /// number, from the nearest to the farthest. For runs that record each sale; sums have the same bits in any order,
    /// and [`newly`](Self::newly) is faster. A run uses one or the other.
    pub fn in_order(&mut self, partition: &Partition, many: usize, step: f64, pass: &mut dyn FnMut(Bot, f64, u8)) {
        self.limits.extend_from_slice(&partition.limits[self.limits.len()..self.bots]);
        // The nearest remaining limit of each number.
        let mut nearest = std::mem::take(&mut self.nearest);
        nearest.clear();
        nearest.extend((0..many).map(|nth| self.next_bot(nth).map_or(f64::INFINITY, |bot| self.limits[bot])));
        loop {
            let (at, nth) = (0..)
                .zip(&nearest)
                .fold((f64::INFINITY, 0), |least, (nth, at)| if *at < least.0 { (*at, nth) } else { least });
            if at > self.reached || at == f64::INFINITY {
                break;
            }
            let bot = self.passed[nth];
            pass(partition.bots[bot], at, nth as u8);
            self.limits[bot] = at + step;
            self.passed[nth] += 1;
            nearest[nth] = self.next_bot(nth).map_or(f64::INFINITY, |bot| self.limits[bot]);
            // If no other bot has the next limit ahead, this bot is now the nearest there.
            if nth + 1 < many && self.passed[nth + 1] == bot {
                nearest[nth + 1] = self.limits[bot];
            }
        }
        self.nearest = nearest;
    }

    /// The first bot that has passed all limits before number `nth`, but not that one.
    fn next_bot(&mut self, nth: usize) -> Option<usize> {
        if nth == self.passed.len() {
            self.passed.push(0);
        }
        let from = self.passed[nth];
        (from < self.before(nth)).then_some(from)
    }

    /// Number of bots that have passed all limits before number `nth`.
    fn before(&self, nth: usize) -> usize {
        if nth == 0 { self.bots } else { self.passed[nth - 1] }
    }
}

/// Limit number `nth` (from 0) of an account whose limits lie `step` apart. Summed step by step, because a product
/// would round differently.
#[must_use]
pub fn later(first: f64, nth: usize, step: f64) -> f64 {
    (0..nth).fold(first, |at, _| at + step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::crowd::draws::Habit;
    use crate::model::crowd::rung::rungs;
    use crate::params::Params;

    /// Rules under which every account is a bot with a margin limit.
    fn all_margin_bots() -> Rules {
        Rules::from(&Params { bots: 100.0, vol_bots: 0.0, ..Params::default() })
    }

    #[test]
    fn limits_are_passed_once_and_in_order_at_any_levels() {
        let limits: Vec<f64> = (0..5000u32).map(|i| f64::from(i * 7919 % 5003) / 4000.0 - 0.1).collect();
        let mut ladder = Ladder::default();
        let habits = vec![Habit::default(); limits.len()];
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let mut cursor = Cursor::default();
        let mut passed = Vec::new();
        for level in [-1.0, 0.0, 0.3, 0.3001, 0.2, 0.9, 5.0] {
            if cursor.rise(&all_margin_bots(), &mut ladder, level, false) {
                passed.extend(
                    cursor
                        .newly(ladder.partition(&all_margin_bots()), 0, 0.0)
                        .iter()
                        .map(|bot| ladder.rungs()[bot.place as usize]),
                );
                assert!(passed.iter().all(|rung| rung.at <= level));
            }
        }
        assert_eq!(passed.len(), 5000);
        assert!(passed.is_sorted_by_key(|rung| rung.at));
        assert!(passed.iter().all(|rung| limits[rung.account as usize] == rung.at));
    }

    #[test]
    fn later_limits_are_in_order_and_sums_agree() {
        let mut ladder = Ladder::default();
        let (limits, habits) = ([0.1, 0.25, f64::INFINITY], [Habit::default(); 3]);
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let (mut named, mut summed) = (Cursor::default(), Cursor::default());
        let mut passed = Vec::new();
        let mut sums = [0; 3];
        for level in [0.22, 0.45] {
            assert!(named.rise(&all_margin_bots(), &mut ladder, level, false));
            assert!(summed.rise(&all_margin_bots(), &mut ladder, level, false));
            let partition = ladder.partition(&all_margin_bots());
            named.in_order(partition, 3, 0.1, &mut |bot, at, nth| {
                passed.push(((at * 100.0).round() as i32, bot.place, nth));
            });
            for (nth, sum) in sums.iter_mut().enumerate() {
                *sum += summed.newly(partition, nth, 0.1).len();
            }
        }
        assert_eq!(passed, [(10, 0, 0), (20, 0, 1), (25, 1, 0), (30, 0, 2), (35, 1, 1), (45, 1, 2)]);
        assert_eq!(sums, [2, 2, 2]);
    }
}
