//! People at their margin limit: they think, look again, and sell only if the price is still beyond it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ladder::Rung;
use super::rules::Rules;
use super::smallest::Smallest;

/// One person whose limit was hit at least once: small, because most accounts may be thinking at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person {
    /// Level at which the current limit lies: a fall of the log price, or a rise for a short account.
    pub at: f64,
    /// Where on the ladder the first limit of the account stands.
    pub rung: u32,
    /// The second in which this person looks again.
    due: u16,
    /// Limits at which this person has sold so far.
    pub sold: u8,
}

impl Person {
    /// The account of this rung of the ladder at its first limit.
    #[must_use]
    pub fn new(rung: u32, at: f64) -> Self {
        Self { at, rung, ..Self::default() }
    }
}

/// Seconds that share a bin.
const BIN: usize = 64;

/// Everybody who is thinking or armed again.
///
/// Who looks again comes into the bin of that minute, and all of a bin are dealt over its seconds when it is opened: two
/// short ways in memory instead of one across all of it.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Those who look again in a later bin, in the order in which they began to think.
    later: Vec<Vec<Person>>,
    /// Those of the bin that is open, second by second, and where each second begins; one more than there are seconds.
    open: Vec<Person>,
    starts: Vec<u32>,
    /// Those who look again in a second of the open bin and began to think when it was open.
    soon: Vec<Vec<Person>>,
    /// The bin that is open.
    bin: usize,
    /// The last second of the run.
    end: usize,
    /// Rungs of those whose first limit is armed again.
    first: Smallest,
    /// Those armed again at a later limit, nearest first: the bits of the level, the rung, and the limits at which they
    /// have sold (in as many bits as the heap of `settlement.rs` has, so that a page loads one). Levels are positive, and
    /// the bits of positive numbers are in the order of the numbers.
    next: BinaryHeap<Reverse<(u64, u32, u32)>>,
    /// The nearest of all armed limits; infinite if there is none.
    nearest: f64,
}

impl People {
    /// Nobody is thinking. There are so many rungs on the ladder.
    pub fn restart(&mut self, seconds: usize, rungs: usize) {
        (self.bin, self.end, self.nearest) = (0, seconds, f64::INFINITY);
        self.first.restart(rungs);
        self.next.clear();
        self.open.clear();
        self.starts.clear();
        self.starts.resize(BIN + 1, 0);
        self.soon.resize_with(BIN, Vec::new);
        self.soon.iter_mut().for_each(Vec::clear);
        self.later.resize_with(seconds / BIN + 1, Vec::new);
        self.later.iter_mut().for_each(Vec::clear);
    }

    /// The price stands at this level: those armed again at or before it begin to think.
    pub fn reach(&mut self, rules: &Rules, rungs: &[Rung], second: usize, level: f64) {
        while self.nearest <= level {
            let at = self.nearest;
            let Some((rung, sold)) = self.disarm_nearest(rungs) else { return };
            self.think(rules, second, rungs[rung as usize].habit.delay, Person { at, rung, due: 0, sold });
        }
    }

    fn disarm_nearest(&mut self, rungs: &[Rung]) -> Option<(u32, u8)> {
        let limit = |rung: u32| rungs[rung as usize].at;
        let disarmed = match self.first.first() {
            Some(rung) if limit(rung) == self.nearest => {
                self.first.remove(rung);
                Some((rung, 0))
            }
            _ => self.next.pop().map(|Reverse((_, rung, sold))| (rung, sold as u8)),
        };
        let first = self.first.first().map_or(f64::INFINITY, limit);
        let next = self.next.peek().map_or(f64::INFINITY, |Reverse((at, ..))| f64::from_bits(*at));
        self.nearest = if next < first { next } else { first };
        disarmed
    }

    /// The limit of this person is armed again.
    fn arm(&mut self, person: &Person) {
        if person.sold == 0 {
            self.first.insert(person.rung);
        } else {
            self.next.push(Reverse((person.at.to_bits(), person.rung, u32::from(person.sold))));
        }
        if person.at < self.nearest {
            self.nearest = person.at;
        }
    }

    /// Those whose time is up look at the price, and sell if it is still beyond their limit. `sell` is told who
    /// does and gives the lots; `step` is how far beyond a limit the next one lies. Gives the lots of all.
    pub fn look_again(
        &mut self,
        rules: &Rules,
        rungs: &[Rung],
        second: usize,
        level: f64,
        step: f64,
        mut sell: impl FnMut(&Person) -> u64,
    ) -> u64 {
        if second / BIN != self.bin {
            self.open(second / BIN);
        }
        let place = second % BIN;
        let (from, to) = (self.starts[place] as usize, self.starts[place + 1] as usize);
        if from == to && self.soon[place].is_empty() {
            return 0;
        }
        let (mut looking, mut soon) = (std::mem::take(&mut self.open), std::mem::take(&mut self.soon[place]));
        let mut lots = 0;
        for person in looking[from..to].iter_mut().chain(&mut soon) {
            if level >= person.at {
                lots += sell(person);
                person.sold += 1;
                person.at += step;
                if usize::from(person.sold) == rules.margin_sales.len() {
                    continue;
                }
                if level >= person.at {
                    self.think(rules, second, rungs[person.rung as usize].habit.delay, *person);
                    continue;
                }
            }
            self.arm(person);
        }
        // The room is used again.
        soon.clear();
        (self.open, self.soon[place]) = (looking, soon);
        lots
    }

    /// Deals those of a bin over its seconds, in the order in which they began to think.
    fn open(&mut self, bin: usize) {
        self.bin = bin;
        let Self { later, open, starts, .. } = self;
        let all = &mut later[bin];
        starts.fill(0);
        for person in &*all {
            starts[person.due as usize % BIN + 1] += 1;
        }
        for i in 0..BIN {
            starts[i + 1] += starts[i];
        }
        open.resize(all.len(), Person::default());
        // Each start runs through its second while it is filled, and so ends where the next one begins.
        for person in all.drain(..) {
            let slot = &mut starts[person.due as usize % BIN];
            open[*slot as usize] = person;
            *slot += 1;
        }
        starts.rotate_right(1);
        starts[0] = 0;
    }

    /// The price has passed the limit of this person, who takes so many times the mean reaction.
    #[inline]
    pub fn think(&mut self, rules: &Rules, second: usize, delay: f32, mut person: Person) {
        let due = second + Rules::wait(rules.human_latency, delay);
        if due > self.end {
            return;
        }
        person.due = due as u16;
        let list = if due / BIN == self.bin { &mut self.soon[due % BIN] } else { &mut self.later[due / BIN] };
        list.push(person);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draws::Habit;
    use crate::model::rules::LOTS;
    use crate::params::Params;

    #[test]
    fn a_person_who_finds_the_price_recovered_is_armed_again() {
        let rules = Rules::from(&Params { human_latency: 100.0, ..Params::default() });
        let habit = Habit { delay: 0.5, ..Habit::default() };
        let rungs = [0.04, 0.05].map(|at| Rung { at, account: 7, habit });
        let mut people = People::default();
        people.restart(1000, rungs.len());
        let look = |people: &mut People, second, level| {
            people.look_again(&rules, &rungs, second, level, rules.margin_step, |person| {
                assert_eq!((person.rung, person.sold), (1, 0));
                LOTS
            })
        };
        people.think(&rules, 10, 0.5, Person::new(1, 0.05));
        assert_eq!(look(&mut people, 60, 0.04), 0);
        people.reach(&rules, &rungs, 70, 0.049);
        assert_eq!(look(&mut people, 120, 0.06), 0);
        people.reach(&rules, &rungs, 130, 0.05);
        assert_eq!(look(&mut people, 180, 0.06), LOTS);
        people.reach(&rules, &rungs, 200, 0.9);
        assert!((201..=1000).all(|second| look(&mut people, second, 0.9) == 0));
    }
}
