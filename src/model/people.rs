//! People at their margin limit: they think, look again, and sell only if the price is still beyond it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::parted::Human;
use super::rules::Rules;
use super::smallest::Smallest;

/// One person whose limit was hit at least once: small, because most accounts may be thinking at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person {
    /// Level at which the current limit lies: a fall of the log price, or a rise for a short account.
    pub at: f64,
    /// Which one of the people on the ladder.
    pub index: u32,
    /// The second in which this person looks again.
    due: u16,
    /// Limits at which this person has sold so far.
    pub sold: u8,
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
    /// Those whose first limit is armed again: which ones of the people on the ladder.
    first: Smallest,
    /// Those armed again at a later limit, nearest first: the bits of the level, which person, and the limits at which they
    /// have sold (in as many bits as the heap of `settlement.rs` has, so that a page loads one). Levels are positive, and
    /// the bits of positive numbers are in the order of the numbers.
    next: BinaryHeap<Reverse<(u64, u32, u32)>>,
    /// The nearest of all armed limits; infinite if there is none.
    nearest: f64,
}

impl People {
    /// Nobody is thinking. There are at most so many people.
    pub fn restart(&mut self, seconds: usize, most: usize) {
        (self.bin, self.end, self.nearest) = (0, seconds, f64::INFINITY);
        self.first.restart(most);
        self.next.clear();
        self.open.clear();
        self.starts.clear();
        self.starts.resize(BIN + 1, 0);
        self.soon.resize_with(BIN, Vec::new);
        self.soon.iter_mut().for_each(Vec::clear);
        self.later.resize_with(seconds / BIN + 1, Vec::new);
        self.later.iter_mut().for_each(Vec::clear);
    }

    /// Whether anybody is armed again at or before this level.
    #[inline]
    #[must_use]
    pub fn reached(&self, level: f64) -> bool {
        self.nearest <= level
    }

    /// The price stands at this level: those armed again at or before it begin to think.
    pub fn reach(&mut self, people: &[Human], second: usize, level: f64) {
        while self.reached(level) {
            let at = self.nearest;
            let Some((index, sold)) = self.disarm_nearest(people) else { return };
            self.think(second, people[index as usize].wait, Person { at, index, due: 0, sold });
        }
    }

    fn disarm_nearest(&mut self, people: &[Human]) -> Option<(u32, u8)> {
        let limit = |index: u32| people[index as usize].at;
        let disarmed = match self.first.first() {
            Some(index) if limit(index) == self.nearest => {
                self.first.remove(index);
                Some((index, 0))
            }
            _ => self.next.pop().map(|Reverse((_, index, sold))| (index, sold as u8)),
        };
        let first = self.first.first().map_or(f64::INFINITY, limit);
        let next = self.next.peek().map_or(f64::INFINITY, |Reverse((at, ..))| f64::from_bits(*at));
        self.nearest = if next < first { next } else { first };
        disarmed
    }

    /// The limit of this person is armed again.
    fn arm(&mut self, person: &Person) {
        if person.sold == 0 {
            self.first.insert(person.index);
        } else {
            self.next.push(Reverse((person.at.to_bits(), person.index, u32::from(person.sold))));
        }
        if person.at < self.nearest {
            self.nearest = person.at;
        }
    }

    /// Whether the time of anybody is up in this second; to be asked before [`look_again`](Self::look_again), in each second.
    #[inline]
    pub fn somebody_looks(&mut self, second: usize) -> bool {
        if second / BIN != self.bin {
            self.open(second / BIN);
        }
        let place = second % BIN;
        self.starts[place] < self.starts[place + 1] || !self.soon[place].is_empty()
    }

    /// Those whose time is up look at the price, and sell if it is still beyond their limit. `sell` is told who
    /// does and gives the lots; `step` is how far beyond a limit the next one lies. Gives the lots of all.
    pub fn look_again(
        &mut self,
        rules: &Rules,
        people: &[Human],
        second: usize,
        level: f64,
        step: f64,
        mut sell: impl FnMut(&Person) -> u64,
    ) -> u64 {
        let place = second % BIN;
        let (from, to) = (self.starts[place] as usize, self.starts[place + 1] as usize);
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
                    self.think(second, people[person.index as usize].wait, *person);
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

    /// The price has passed the first limit of these people.
    pub fn begin(&mut self, people: &[Human], passed: Range<usize>, second: usize) {
        for (human, index) in people[passed.clone()].iter().zip(passed.start as u32..) {
            self.think(second, human.wait, Person { at: human.at, index, ..Person::default() });
        }
    }

    /// The price has passed the limit of this person, who takes so many seconds.
    #[inline]
    fn think(&mut self, second: usize, wait: u32, mut person: Person) {
        let due = second + wait as usize;
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
    use crate::model::rules::LOTS;
    use crate::params::Params;

    #[test]
    fn a_person_who_finds_the_price_recovered_is_armed_again() {
        let rules = Rules::from(&Params { human_latency: 100.0, ..Params::default() });
        let crowd = [0.04, 0.05].map(|at| Human { at, place: 7, wait: 50 });
        let mut people = People::default();
        people.restart(1000, crowd.len());
        let look = |people: &mut People, second, level| {
            if !people.somebody_looks(second) {
                return 0;
            }
            people.look_again(&rules, &crowd, second, level, rules.margin_step, |person| {
                assert_eq!((person.index, person.sold), (1, 0));
                LOTS
            })
        };
        people.begin(&crowd, 1..2, 10);
        assert_eq!(look(&mut people, 60, 0.04), 0);
        people.reach(&crowd, 70, 0.049);
        assert_eq!(look(&mut people, 120, 0.06), 0);
        people.reach(&crowd, 130, 0.05);
        assert_eq!(look(&mut people, 180, 0.06), LOTS);
        people.reach(&crowd, 200, 0.9);
        assert!((201..=1000).all(|second| look(&mut people, second, 0.9) == 0));
    }
}
