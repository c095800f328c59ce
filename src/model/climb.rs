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
    /// Bots that have passed their first limit, in order, and a limit of each: that first one where sums are asked for, the
    /// next one where names are.
    bots: Vec<Bot>,
    limits: Vec<f64>,
    /// Places on the ladder of all others that were passed last: people, and bots that obey the other rule.
    pub others: Vec<u32>,
    /// How many of the bots have passed their first, second, ... limit.
    passed: Vec<usize>,
    /// Room for [`in_order`](Self::in_order).
    nearest: Vec<f64>,
}

impl Default for Climb {
    fn default() -> Self {
        let (bots, limits, others, passed, nearest) = Default::default();
        Self { reached: f64::NEG_INFINITY, next: 0, bots, limits, others, passed, nearest }
    }
}

impl Climb {
    /// Back to the foot of the ladder.
    pub fn restart(&mut self) {
        self.reached = f64::NEG_INFINITY;
        self.next = 0;
        self.bots.clear();
        self.limits.clear();
        self.others.clear();
        self.passed.clear();
    }

    /// Notes the bots whose first limit `level` has newly passed, if this is the ladder of the volatility limits or of
    /// the margin limits, and who else was passed. Says whether this is a new greatest level: if not, there is nothing to
    /// pass.
    #[inline]
    pub fn rise(&mut self, rules: &Rules, ladder: &mut Ladder, level: f64, by_volatility: bool) -> bool {
        let rises = level > self.reached;
        if rises {
            self.reached = level;
            self.note(rules, ladder, by_volatility);
        }
        rises
    }

    /// Apart from [`rise`](Self::rise), so that most seconds need no call.
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
                self.limits.push(at);
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
        let Some(from) = self.left(nth) else { return &[] };
        let limits = &self.limits[from..self.before(nth)];
        let passed = limits.partition_point(|first| later(*first, nth, step) <= self.reached);
        self.passed[nth] = from + passed;
        &self.bots[from..from + passed]
    }

    /// Tells `pass` each of so `many` limits of every bot that is newly passed: the bot, the limit and its number, from the
    /// nearest to the farthest. Sums have the same bits in any order, and [`newly`](Self::newly) is faster; this is for
    /// whoever writes down names. A climb is asked for one or the other.
    pub fn in_order(&mut self, many: usize, step: f64, pass: &mut dyn FnMut(Bot, f64, u8)) {
        // Of each number, the nearest limit that is left.
        let mut nearest = std::mem::take(&mut self.nearest);
        nearest.clear();
        nearest.extend((0..many).map(|nth| self.left(nth).map_or(f64::INFINITY, |bot| self.limits[bot])));
        loop {
            let (at, nth) = (0..)
                .zip(&nearest)
                .fold((f64::INFINITY, 0), |least, (nth, at)| if *at < least.0 { (*at, nth) } else { least });
            if at > self.reached || at == f64::INFINITY {
                break;
            }
            let bot = self.passed[nth];
            pass(self.bots[bot], at, nth as u8);
            self.limits[bot] = at + step;
            self.passed[nth] += 1;
            nearest[nth] = self.left(nth).map_or(f64::INFINITY, |bot| self.limits[bot]);
            // Whoever was alone there is the nearest of the next ones.
            if nth + 1 < many && self.passed[nth + 1] == bot {
                nearest[nth + 1] = self.limits[bot];
            }
        }
        self.nearest = nearest;
    }

    /// The first of the bots that have passed all limits before this one and not this one.
    fn left(&mut self, nth: usize) -> Option<usize> {
        if nth == self.passed.len() {
            self.passed.push(0);
        }
        let from = self.passed[nth];
        (from < self.before(nth)).then_some(from)
    }

    /// How many bots have passed all limits before this one.
    fn before(&self, nth: usize) -> usize {
        if nth == 0 { self.bots.len() } else { self.passed[nth - 1] }
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
