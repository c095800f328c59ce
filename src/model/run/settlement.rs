//! Settlement delay: a bot's sales do not count for its margin until they have settled.
//!
//! Until then the bot's rule sees the old position. It sells at the limits of that position as the price passes them.
//! It also looks again one reaction time after each look, and sells once more if the price is still beyond the first of
//! these limits. A rule that sells a part each time therefore sells far more than it needs to. All sales of such a
//! streak settle together: `settlement` seconds after its first limit was passed, or at the first look at which the
//! price has recovered. The next limit is then that of the remaining position.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::crowd::rung::Rung;
use crate::model::rules::Rules;

/// The unsettled sales of one bot.
#[derive(Clone, Copy, Debug)]
struct Streak {
    /// The first limit of the position that the bot's rule sees.
    rung: Rung,
    /// Sales so far, and before this streak.
    sold: u8,
    before: u8,
    /// Number of limits of that position passed so far.
    passed: u8,
    began: usize,
    /// Number of earlier streaks; limits armed for those are void.
    round: u32,
}

impl Streak {
    fn next_limit(&self, step: f64) -> f64 {
        self.rung.at + step * f64::from(self.passed)
    }

    /// Counts one more sale. Returns the limit at which the bot would make it without a delay, and its number.
    fn sell(&mut self, step: f64) -> (Rung, u8) {
        let at = self.rung.at + step * f64::from(self.sold - self.before);
        self.sold += 1;
        (Rung { at, ..self.rung }, self.sold - 1)
    }
}

/// The unsettled sales of all bots.
#[derive(Clone, Debug, Default)]
pub struct Settling {
    streaks: Vec<Streak>,
    /// The streaks that are looked at again in each second.
    looks: Vec<Vec<u32>>,
    /// Next limits, nearest first: the bits of the level (positive, see [`People`](crate::model::run::people::People)),
    /// the streak and its round.
    armed: BinaryHeap<Reverse<(u64, u32, u32)>>,
}

impl Settling {
    /// Resets for a new run. Only a run with a delay needs room.
    pub fn restart(&mut self, rules: &Rules) {
        self.streaks.clear();
        self.armed.clear();
        self.looks.iter_mut().for_each(Vec::clear);
        if rules.settlement > 0 {
            self.looks.resize_with(rules.seconds + 1, Vec::new);
        }
    }

    /// Starts a streak: the bot of this rung has sold at its first limit, and the next one is `step` further.
    pub fn begin(&mut self, rules: &Rules, second: usize, rung: Rung, step: f64) {
        let id = self.streaks.len() as u32;
        self.streaks.push(Streak { rung, sold: 1, before: 0, passed: 1, began: second, round: 0 });
        self.arm(id, step);
        self.look_later(rules, second, id);
    }

    /// Moves on to this second, with the price at this level. Calls `sell` with the limit of each sale and the number
    /// of earlier sales of its account.
    pub fn advance(&mut self, rules: &Rules, second: usize, level: f64, step: f64, mut sell: impl FnMut(&Rung, u8)) {
        if rules.settlement == 0 {
            return;
        }
        let all = rules.margin_sales.len();
        let mut looking = std::mem::take(&mut self.looks[second]);
        for id in looking.drain(..) {
            let streak = &mut self.streaks[id as usize];
            if usize::from(streak.sold) == all {
                continue;
            }
            if second < streak.began + rules.settlement && level >= streak.rung.at {
                let (rung, nth) = streak.sell(step);
                sell(&rung, nth);
                self.look_later(rules, second, id);
            } else {
                streak.rung.at += step * f64::from(streak.sold - streak.before);
                (streak.before, streak.passed) = (streak.sold, 0);
                streak.round += 1;
                self.arm(id, step);
            }
        }
        self.looks[second] = looking;
        while let Some(Reverse((at, id, round))) = self.armed.peek().copied() {
            if f64::from_bits(at) > level {
                return;
            }
            self.armed.pop();
            let streak = &mut self.streaks[id as usize];
            if streak.round != round || usize::from(streak.sold) == all {
                continue;
            }
            let (rung, nth) = streak.sell(step);
            sell(&rung, nth);
            streak.passed += 1;
            let first = streak.passed == 1;
            if first {
                streak.began = second;
            }
            self.arm(id, step);
            if first {
                self.look_later(rules, second, id);
            }
        }
    }

    fn arm(&mut self, id: u32, step: f64) {
        let streak = &self.streaks[id as usize];
        self.armed.push(Reverse((streak.next_limit(step).to_bits(), id, streak.round)));
    }

    fn look_later(&mut self, rules: &Rules, second: usize, id: u32) {
        let wait = Rules::wait(rules.bot_latency, self.streaks[id as usize].rung.habit.delay);
        if let Some(looks) = self.looks.get_mut(second + wait) {
            looks.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::crowd::draws::Habit;
    use crate::params::Params;

    #[test]
    fn a_sale_is_repeated_until_it_settles_and_then_counts_in_full() {
        let params = Params { settlement_delay: 10.0, close_fraction: 10.0, bot_latency: 3.0, ..Params::default() };
        let rules = Rules::from(&params);
        let step = rules.margin_step;
        let mut settling = Settling::default();
        settling.restart(&rules);
        let rung = Rung { at: 0.05, account: 0, habit: Habit { delay: 1.0, ..Habit::default() } };
        settling.begin(&rules, 100, rung, step);
        let mut sold = Vec::new();
        for second in 101..=140 {
            // The price stays just beyond the first limit, and later falls past some more.
            let level = if second < 130 { 0.05 + 0.1 * step } else { 0.05 + 3.5 * step };
            settling.advance(&rules, second, level, step, |rung, nth| {
                sold.push((second, nth, ((rung.at - 0.05) / step).round() as i32));
            });
        }
        // Looks at 103, 106 and 109 sell again; at 112 all four have settled. The next limit is the fifth, and the
        // price never reaches it.
        assert_eq!(sold, [(103, 1, 1), (106, 2, 2), (109, 3, 3)]);
    }

    #[test]
    fn a_look_in_the_second_of_settlement_sees_all_sales() {
        let params = Params { settlement_delay: 9.0, close_fraction: 10.0, bot_latency: 3.0, ..Params::default() };
        let rules = Rules::from(&params);
        let mut settling = Settling::default();
        settling.restart(&rules);
        let rung = Rung { at: 0.05, account: 0, habit: Habit { delay: 1.0, ..Habit::default() } };
        settling.begin(&rules, 100, rung, rules.margin_step);
        let mut sold = Vec::new();
        for second in 101..=140 {
            settling.advance(&rules, second, 0.05, rules.margin_step, |_, _| sold.push(second));
        }
        assert_eq!(sold, [103, 106]);
    }
}
