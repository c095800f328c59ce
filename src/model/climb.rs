//! One run's way up a ladder: who has passed which limit.
//!
//! A bot that has passed its first limit may have more of them, each a fixed step beyond the last. First limits are passed
//! in order, so the second ones come in order too, and so on: how many bots have passed their first, second, third ...
//! limit is all there is to know.

use super::ladder::{Ladder, Rung};
use super::rules::Rules;

/// Rungs that are looked at in one go.
const BLOCK: usize = 128;

/// A bot that has passed its first limit.
#[derive(Clone, Copy, Debug)]
pub struct Bot {
    /// The place of its first limit on the ladder.
    pub place: u32,
    /// Seconds from a limit to its order.
    pub wait: u32,
}

/// One run's way up a ladder.
#[derive(Clone, Debug)]
pub struct Climb {
    /// The greatest level so far: nothing at or below it is left to pass.
    reached: f64,
    /// Rungs passed so far.
    next: usize,
    /// First limits of bots that have passed them, in order, and those bots.
    first: Vec<f64>,
    bots: Vec<Bot>,
    /// Places on the ladder of all others that were passed last.
    pub others: Vec<u32>,
    /// How many of the bots have passed their first, second, ... limit.
    passed: Vec<usize>,
}

impl Default for Climb {
    fn default() -> Self {
        let (first, bots, others, passed) = Default::default();
        Self { reached: f64::NEG_INFINITY, next: 0, first, bots, others, passed }
    }
}

impl Climb {
    /// Back to the foot of the ladder.
    pub fn restart(&mut self) {
        self.reached = f64::NEG_INFINITY;
        self.next = 0;
        self.first.clear();
        self.bots.clear();
        self.others.clear();
        self.passed.clear();
    }

    /// Notes the bots whose first limit `level` has newly passed, if this is the ladder of the volatility limits or of
    /// the margin limits, and who else was passed. Says whether this is a new greatest level: if not, there is nothing to
    /// pass.
    #[inline]
    pub fn rise(&mut self, rules: &Rules, ladder: &mut Ladder, level: f64, by_volatility: bool) -> bool {
        // Apart from the rest, so that most seconds need no call.
        let rises = level > self.reached;
        if rises {
            self.reached = level;
            self.note(rules, ladder, by_volatility);
        }
        rises
    }

    fn note(&mut self, rules: &Rules, ladder: &mut Ladder, by_volatility: bool) {
        let level = self.reached;
        self.others.clear();
        let all = &ladder.sorted_to(level)[self.next..];
        let passed = all.iter().take_while(|rung| rung.at <= level).count();
        for block in all[..passed].chunks(BLOCK) {
            // Parted without a branch: who is a bot comes in no order.
            let (mut bots, mut others, mut places) = (0, 0, [[0_u8; BLOCK]; 2]);
            for (place, Rung { habit, .. }) in block.iter().enumerate() {
                let obeys = (habit.rule < rules.vol_bots) == by_volatility;
                let bot = usize::from(habit.bot < rules.bots) * usize::from(obeys);
                places[0][bots % BLOCK] = place as u8;
                places[1][others % BLOCK] = place as u8;
                bots += bot;
                others += 1 - bot;
            }
            let from = self.next as u32;
            for place in &places[0][..bots] {
                let Rung { at, habit, .. } = block[usize::from(*place)];
                self.first.push(at);
                let wait = Rules::wait(rules.bot_latency, habit.delay) as u32;
                self.bots.push(Bot { place: from + u32::from(*place), wait });
            }
            self.others.extend(places[1][..others].iter().map(|place| from + u32::from(*place)));
            self.next += block.len();
        }
    }

    /// The bots whose limit number `nth` (from 0) is newly passed, if limits of a bot lie `step` apart. To be asked for
    /// the first limits, then the second ones and so on.
    pub fn newly(&mut self, nth: usize, step: f64) -> &[Bot] {
        let (from, before) = self.left(nth);
        let passed = self.first[from..before].partition_point(|first| later(*first, nth, step) <= self.reached);
        self.passed[nth] = from + passed;
        &self.bots[from..from + passed]
    }

    /// Tells `pass` each of so `many` limits of every bot that is newly passed: the bot, the limit and its number, from the
    /// nearest to the farthest. Sums have the same bits in any order, and [`newly`](Self::newly) is faster; this is for
    /// who writes down names.
    pub fn in_order(&mut self, many: usize, step: f64, pass: &mut dyn FnMut(Bot, f64, u8)) {
        loop {
            let mut nearest: Option<(f64, usize, usize)> = None;
            for nth in 0..many {
                let (from, before) = self.left(nth);
                if from < before {
                    let at = later(self.first[from], nth, step);
                    if at <= self.reached && nearest.is_none_or(|(nearest, ..)| at < nearest) {
                        nearest = Some((at, nth, from));
                    }
                }
            }
            let Some((at, nth, bot)) = nearest else { return };
            self.passed[nth] += 1;
            pass(self.bots[bot], at, nth as u8);
        }
    }

    /// The bots that have passed all limits before this one and not this one.
    fn left(&mut self, nth: usize) -> (usize, usize) {
        if nth == self.passed.len() {
            self.passed.push(0);
        }
        let before = if nth == 0 { self.first.len() } else { self.passed[nth - 1] };
        (self.passed[nth], before)
    }
}

/// Added up as limits are passed one by one: a product would round otherwise.
fn later(first: f64, nth: usize, step: f64) -> f64 {
    (0..nth).fold(first, |at, _| at + step)
}

#[cfg(test)]
mod tests {
    use super::super::draws::Habit;
    use super::super::ladder::rungs;
    use super::*;
    use crate::params::Params;

    /// Everybody is a bot with a margin limit.
    fn everybody() -> Rules {
        Rules::from(&Params { bots: 100.0, vol_bots: 0.0, ..Params::default() })
    }

    #[test]
    fn limits_are_passed_once_in_order_whatever_the_levels() {
        let limits: Vec<f64> = (0..5000u32).map(|i| f64::from(i * 7919 % 5003) / 4000.0 - 0.1).collect();
        let mut ladder = Ladder::default();
        let habits = vec![Habit::default(); limits.len()];
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let mut climb = Climb::default();
        let mut passed = Vec::new();
        for level in [-1.0, 0.0, 0.3, 0.3001, 0.2, 0.9, 5.0] {
            if climb.rise(&everybody(), &mut ladder, level, false) {
                passed.extend(climb.newly(0, 0.0).iter().map(|bot| ladder.rungs()[bot.place as usize]));
                assert!(passed.iter().all(|rung| rung.at <= level));
            }
        }
        assert_eq!(passed.len(), 5000);
        assert!(passed.is_sorted_by_key(|rung| rung.at));
        assert!(passed.iter().all(|rung| limits[rung.account as usize] == rung.at));
    }

    #[test]
    fn later_limits_come_in_order_between_the_first_ones_and_are_the_same_in_sums() {
        let mut ladder = Ladder::default();
        let (limits, habits) = ([0.1, 0.25, f64::INFINITY], [Habit::default(); 3]);
        ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
        let (mut named, mut summed) = (Climb::default(), Climb::default());
        let mut passed = Vec::new();
        let mut sums = [0; 3];
        for level in [0.22, 0.45] {
            assert!(named.rise(&everybody(), &mut ladder, level, false));
            assert!(summed.rise(&everybody(), &mut ladder, level, false));
            named.in_order(3, 0.1, &mut |bot, at, nth| {
                passed.push(((at * 100.0).round() as i32, bot.place, nth));
            });
            for (nth, sum) in sums.iter_mut().enumerate() {
                *sum += summed.newly(nth, 0.1).len();
            }
        }
        assert_eq!(passed, [(10, 0, 0), (20, 0, 1), (25, 1, 0), (30, 0, 2), (35, 1, 1), (45, 1, 2)]);
        assert_eq!(sums, [2, 2, 2]);
    }

    #[test]
    fn who_obeys_another_rule_or_none_is_told_apart() {
        let habit = |bot, rule| Habit { bot, rule, delay: 1.0 };
        let (limits, habits) = ([0.1, 0.2, 0.3], [habit(0.2, 0.9), habit(0.2, 0.1), habit(0.9, 0.9)]);
        let rules = Rules::from(&Params { bots: 50.0, vol_bots: 50.0, bot_latency: 7.0, ..Params::default() });
        for (by_volatility, bot, others) in [(false, 0, [1, 2]), (true, 1, [0, 2])] {
            let mut ladder = Ladder::default();
            ladder.build(0.0, 1.0, limits.len(), || rungs(&limits, &habits));
            let mut climb = Climb::default();
            assert!(climb.rise(&rules, &mut ladder, 1.0, by_volatility));
            assert_eq!(climb.others, others);
            let [found] = climb.newly(0, 1.0) else { panic!("not one bot") };
            assert_eq!((found.place, found.wait), (bot, 7));
        }
    }
}
