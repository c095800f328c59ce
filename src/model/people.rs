//! People at their margin limit: they think, look again, and sell only if the price is still beyond it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::rules::Rules;

/// Accounts and the limits that they have passed share a number; this many bits are the account's.
const ACCOUNT_BITS: u32 = 24;

/// One person whose limit was hit at least once.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Level at which the current limit lies: a fall of the log price, or a rise for a short account.
    pub at: f64,
    /// In multiples of the mean reaction.
    pub delay: f32,
    /// The account, and above it the limits at which this person has sold so far.
    who: u32,
}

impl Person {
    /// An account at its first limit.
    #[must_use]
    pub fn new(account: u32, at: f64, delay: f32) -> Self {
        Self { at, delay, who: account }
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> u32 {
        self.who & ((1 << ACCOUNT_BITS) - 1)
    }

    /// Limits at which this person has sold so far.
    #[must_use]
    pub fn sold(&self) -> u8 {
        (self.who >> ACCOUNT_BITS) as u8
    }
}

/// Seconds that share a bin.
const BIN: usize = 64;

/// Everybody who is thinking or armed again.
///
/// Who looks again comes into the bin of that minute, and from there, when the minute has come, to its second: two short
/// ways in memory instead of one across all of it.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Those who look again in a later bin, and when, in the order in which they began to think.
    later: Vec<Vec<(Person, u32)>>,
    /// The bin that is open, and those who look again in each second of it.
    open: usize,
    due: Vec<Vec<Person>>,
    /// The last second of the run.
    end: usize,
    /// Those whose limit is armed again, nearest first: the bits of the level, those of the delay, and who it is.
    /// Levels are positive, and the bits of positive numbers are in the order of the numbers.
    armed: BinaryHeap<Reverse<(u64, u32, u32)>>,
}

impl People {
    /// Nobody is thinking.
    pub fn restart(&mut self, seconds: usize) {
        (self.open, self.end) = (0, seconds);
        self.armed.clear();
        self.due.resize_with(BIN, Vec::new);
        self.due.iter_mut().for_each(Vec::clear);
        self.later.resize_with(seconds / BIN + 1, Vec::new);
        self.later.iter_mut().for_each(Vec::clear);
    }

    /// The price stands at this level: those armed again at or before it begin to think.
    pub fn reach(&mut self, rules: &Rules, second: usize, level: f64) {
        while let Some(Reverse((at, delay, who))) = self.armed.peek().copied() {
            if f64::from_bits(at) > level {
                return;
            }
            self.armed.pop();
            self.think(rules, second, Person { at: f64::from_bits(at), delay: f32::from_bits(delay), who });
        }
    }

    /// Those whose time is up look at the price, and sell if it is still beyond their limit. `sell` is told who
    /// does and gives the lots; `step` is how far beyond a limit the next one lies. Gives the lots of all.
    pub fn look_again(
        &mut self,
        rules: &Rules,
        second: usize,
        level: f64,
        step: f64,
        mut sell: impl FnMut(&Person) -> u64,
    ) -> u64 {
        let mut lots = 0;
        if second / BIN != self.open {
            self.open = second / BIN;
            for (person, due) in self.later[self.open].drain(..) {
                self.due[due as usize % BIN].push(person);
            }
        }
        let mut looking = std::mem::take(&mut self.due[second % BIN]);
        for person in &mut looking {
            if level >= person.at {
                lots += sell(person);
                person.who += 1 << ACCOUNT_BITS;
                person.at += step;
            }
            if usize::from(person.sold()) == rules.margin_sales.len() {
                continue;
            }
            if level >= person.at {
                self.think(rules, second, *person);
            } else {
                self.armed.push(Reverse((person.at.to_bits(), person.delay.to_bits(), person.who)));
            }
        }
        // The room is used again by the next run.
        looking.clear();
        self.due[second % BIN] = looking;
        lots
    }

    /// The price has passed the limit of this person.
    pub fn think(&mut self, rules: &Rules, second: usize, person: Person) {
        let due = second + Rules::wait(rules.human_latency, person.delay);
        if due > self.end {
            return;
        }
        if due / BIN == self.open {
            self.due[due % BIN].push(person);
        } else {
            self.later[due / BIN].push((person, due as u32));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::LOTS;
    use crate::params::Params;

    #[test]
    fn a_person_who_finds_the_price_recovered_is_armed_again() {
        let rules = Rules::from(&Params { human_latency: 100.0, ..Params::default() });
        let mut people = People::default();
        people.restart(1000);
        let look = |people: &mut People, second, level| {
            people.look_again(&rules, second, level, rules.margin_step, |person| {
                assert_eq!((person.account(), person.sold()), (7, 0));
                LOTS
            })
        };
        people.think(&rules, 10, Person::new(7, 0.05, 0.5));
        assert_eq!(look(&mut people, 60, 0.04), 0);
        people.reach(&rules, 70, 0.049);
        assert_eq!(look(&mut people, 120, 0.06), 0);
        people.reach(&rules, 130, 0.05);
        assert_eq!(look(&mut people, 180, 0.06), LOTS);
        people.reach(&rules, 200, 0.9);
        assert!((201..=1000).all(|second| look(&mut people, second, 0.9) == 0));
    }
}
