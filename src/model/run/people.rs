//! People at their margin limit: after their reaction time they look again, and sell only if the price is still beyond
//! it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::model::crowd::cursor::later;
use crate::model::crowd::partition::Human;
use crate::model::math::bit_set::BitSet;
use crate::model::rules::Rules;

/// A person at a limit.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Level at which the limit lies: a fall of the log price, or a rise for a short account.
    pub at: f64,
    /// Index among the people on the ladder.
    pub index: u32,
    /// Number of earlier sales of this person.
    pub sold: u8,
}

/// Bits of a second within a bin.
const BITS: u32 = 6;

/// Seconds in a bin.
const BIN: usize = 1 << BITS;

/// When a bin is opened, people whose limit is this much deeper than the price (log) are armed again at once.
const FAR: f64 = 0.01;

/// A person's next look at the price: the index among the people on the ladder, and in the lowest bits the second
/// within the bin. Packed into four bytes, because most accounts may be waiting at once.
#[derive(Clone, Copy, Debug)]
struct Look(u32);

impl Look {
    fn new(index: u32, second: usize) -> Self {
        Self((index << BITS) | (second % BIN) as u32)
    }

    fn index(self) -> u32 {
        self.0 >> BITS
    }

    fn second(self) -> usize {
        self.0 as usize % BIN
    }
}

/// All people who are waiting to look again, or whose limit is armed again.
///
/// A look is first put into the bin of its minute; when the bin is opened, its looks are sorted into seconds. Both
/// steps access nearby memory. After a crash most limits lie far below a price that has recovered, and a look would
/// only find that out; such limits are therefore armed again when the bin is opened. If the price falls as far again
/// within the minute, people whose look is still due wait for it again.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The looks of each bin, in the order in which the limits were passed.
    bins: Vec<Vec<Look>>,
    /// The looks of the open bin, second by second, and where each second begins; one more than there are seconds.
    open: Vec<Look>,
    starts: Vec<u32>,
    /// Looks in a second of the open bin that were added after it was opened.
    soon: Vec<Vec<Look>>,
    /// The bin that is open.
    bin: usize,
    /// The level beyond which people were armed again when it was opened, and the first of the people there.
    far: f64,
    far_from: u32,
    /// Whether sales are recorded: then everybody looks, in the order in which the limits were passed.
    by_name: bool,
    /// The last second of the run.
    end: usize,
    /// Number of sales of each person so far.
    sold: Vec<u8>,
    /// People whose first limit is armed again, by index on the ladder.
    first: BitSet,
    /// People armed again at a later limit, nearest first: the bits of the level, the person and the number of sales.
    /// (The same type as the heap of `settlement.rs`, to save bytes.) Levels are positive, so their bits sort like the
    /// numbers.
    next: BinaryHeap<Reverse<(u64, u32, u32)>>,
    /// The nearest of all armed limits; infinite if there is none.
    nearest: f64,
}

impl People {
    /// Resets for a new run with at most `most` people; `by_name` if sales are recorded.
    pub fn restart(&mut self, seconds: usize, most: usize, by_name: bool) {
        (self.bin, self.end, self.by_name) = (0, seconds, by_name);
        (self.nearest, self.far) = (f64::INFINITY, f64::INFINITY);
        self.first.restart(most);
        self.next.clear();
        self.sold.clear();
        self.sold.resize(most, 0);
        self.starts.clear();
        self.starts.resize(BIN + 1, 0);
        self.soon.resize_with(BIN, Vec::new);
        self.soon.iter_mut().for_each(Vec::clear);
        self.bins.resize_with(seconds / BIN + 1, Vec::new);
        self.bins.iter_mut().for_each(Vec::clear);
    }

    /// Whether this level has reached a limit that is armed again.
    #[inline]
    #[must_use]
    pub fn reached(&self, level: f64) -> bool {
        self.nearest <= level
    }

    /// Handles a price at this level: people whose armed limit it has reached start to react.
    pub fn reach(&mut self, people: &[Human], second: usize, level: f64) {
        if level > self.far {
            self.rouse(people, second);
        }
        while self.reached(level) {
            let Some(index) = self.disarm_nearest(people) else { return };
            self.think(second, people[index as usize].wait, index);
        }
    }

    fn disarm_nearest(&mut self, people: &[Human]) -> Option<u32> {
        let disarmed = match self.first.first() {
            Some(index) if people[index as usize].at == self.nearest => {
                self.first.remove(index);
                Some(index)
            }
            _ => self.next.pop().map(|Reverse((_, index, _))| index),
        };
        self.find_nearest(people);
        disarmed
    }

    // Never inlined, to save bytes.
    #[inline(never)]
    fn find_nearest(&mut self, people: &[Human]) {
        let first = self.first.first().map_or(f64::INFINITY, |index| people[index as usize].at);
        let next = self.next.peek().map_or(f64::INFINITY, |Reverse((at, ..))| f64::from_bits(*at));
        self.nearest = if next < first { next } else { first };
    }

    /// Arms the limit of this person again.
    fn arm(&mut self, Person { at, index, sold }: Person) {
        if sold == 0 {
            self.first.insert(index);
        } else {
            self.next.push(Reverse((at.to_bits(), index, u32::from(sold))));
        }
        if at < self.nearest {
            self.nearest = at;
        }
    }

    /// Whether this second begins a new bin, which must be [`open`](Self::open)ed.
    #[inline]
    #[must_use]
    pub fn begins_bin(&self, second: usize) -> bool {
        second / BIN != self.bin
    }

    /// Whether any person looks again in this second.
    #[inline]
    #[must_use]
    pub fn any_look_due(&self, second: usize) -> bool {
        let place = second % BIN;
        self.starts[place] < self.starts[place + 1] || !self.soon[place].is_empty()
    }

    /// People who are due look at the price and sell if it is still beyond their limit. `sell` is called with each
    /// seller and returns the lots; `step` is the spacing between limits. Returns the lots of all sellers.
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
        let (looking, mut soon) = (std::mem::take(&mut self.open), std::mem::take(&mut self.soon[place]));
        let mut lots = 0;
        for look in looking[from..to].iter().chain(&soon) {
            let index = look.index();
            let Human { at, wait, .. } = people[index as usize];
            let sold = self.sold[index as usize];
            let mut person = Person { at: later(at, usize::from(sold), step), index, sold };
            if level >= person.at {
                lots += sell(&person);
                person.sold += 1;
                person.at += step;
                self.sold[index as usize] = person.sold;
                if usize::from(person.sold) == rules.margin_sales.len() {
                    continue;
                }
                if level >= person.at {
                    self.think(second, wait, index);
                    continue;
                }
            }
            self.arm(person);
        }
        // Reuse the allocation.
        soon.clear();
        (self.open, self.soon[place]) = (looking, soon);
        lots
    }

    /// Opens the bin that begins with this second: sorts its looks into seconds, with the price at this level.
    pub fn open(&mut self, people: &[Human], second: usize, level: f64) {
        self.bin = second / BIN;
        self.far = if self.by_name { f64::INFINITY } else { level + FAR };
        self.far_from = people.partition_point(|human| human.at <= self.far) as u32;
        let Self { bins, open, starts, first, sold, far_from, .. } = self;
        let is_far = |index: u32| index >= *far_from && sold[index as usize] == 0;
        let all = &bins[self.bin];
        starts.fill(0);
        let mut nearest = u32::MAX;
        for look in all {
            let index = look.index();
            if is_far(index) {
                first.insert(index);
                nearest = nearest.min(index);
            } else {
                starts[look.second() + 1] += 1;
            }
        }
        for i in 0..BIN {
            starts[i + 1] += starts[i];
        }
        open.clear();
        open.resize(starts[BIN] as usize, Look(0));
        // Each start runs through its second while it is filled, and so ends where the next one begins.
        for look in all.iter().filter(|look| !is_far(look.index())) {
            let slot = &mut starts[look.second()];
            open[*slot as usize] = *look;
            *slot += 1;
        }
        starts.rotate_right(1);
        starts[0] = 0;
        if let Some(Human { at, .. }) = people.get(nearest as usize)
            && *at < self.nearest
        {
            self.nearest = *at;
        }
    }

    /// Handles a price beyond `far`: people who were armed when the bin was opened and whose look is still due are
    /// waiting again.
    fn rouse(&mut self, people: &[Human], second: usize) {
        let Self { bins, soon, first, sold, far_from, .. } = self;
        for look in &bins[self.bin] {
            let index = look.index();
            if index >= *far_from && sold[index as usize] == 0 && look.second() > second % BIN {
                first.remove(index);
                soon[look.second()].push(*look);
            }
        }
        self.far = f64::INFINITY;
        self.find_nearest(people);
    }

    /// Starts the reaction of people whose first limit has been passed.
    pub fn begin(&mut self, people: &[Human], passed: Range<usize>, second: usize) {
        for (human, index) in people[passed.clone()].iter().zip(passed.start as u32..) {
            self.think(second, human.wait, index);
        }
    }

    /// Schedules the look of this person, whose limit was passed, after `wait` seconds.
    #[inline]
    fn think(&mut self, second: usize, wait: u32, index: u32) {
        let due = second + wait as usize;
        if due > self.end {
            return;
        }
        let list = if due / BIN == self.bin { &mut self.soon[due % BIN] } else { &mut self.bins[due / BIN] };
        list.push(Look::new(index, due));
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
        people.restart(1000, crowd.len(), false);
        let look = |people: &mut People, second, level| {
            if people.begins_bin(second) {
                people.open(&crowd, second, level);
            }
            if !people.any_look_due(second) {
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

    #[test]
    fn people_armed_early_wait_again_if_the_price_returns_before_their_look() {
        let rules = Rules::from(&Params { human_latency: 100.0, ..Params::default() });
        let crowd = [0.02, 0.1].map(|at| Human { at, place: 7, wait: 100 });
        for by_name in [false, true] {
            let mut people = People::default();
            people.restart(1000, crowd.len(), by_name);
            people.begin(&crowd, 0..2, 10);
            // Within a minute, the price recovers and falls again before the two people look.
            people.open(&crowd, 64, 0.03);
            assert_eq!(people.reached(0.1), !by_name, "armed again until the price returns");
            people.reach(&crowd, 90, 0.12);
            assert!(!people.reached(1.0) && people.any_look_due(110));
            let mut sold = Vec::new();
            people.look_again(&rules, &crowd, 110, 0.12, rules.margin_step, |person| {
                sold.push(person.index);
                LOTS
            });
            assert_eq!(sold, [0, 1]);
        }
    }
}
