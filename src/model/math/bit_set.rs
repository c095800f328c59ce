//! A hierarchical bit set that finds its smallest number in a few steps: a bit for each number, a bit for each word of
//! those that is not zero, and so on up to a single word.

/// A set of numbers below a bound.
#[derive(Clone, Debug, Default)]
pub struct BitSet {
    /// The levels, from the bits of the numbers to the single word.
    levels: Vec<Vec<u64>>,
}

impl BitSet {
    /// Empties the set, for numbers below `bound`.
    pub fn restart(&mut self, bound: usize) {
        let (mut words, mut level) = (bound.div_ceil(64).max(1), 0);
        loop {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            self.levels[level].clear();
            self.levels[level].resize(words, 0);
            level += 1;
            if words == 1 {
                break;
            }
            words = words.div_ceil(64);
        }
        self.levels.truncate(level);
    }

    /// Adds a number.
    pub fn insert(&mut self, number: u32) {
        let mut at = number as usize;
        for level in &mut self.levels {
            let word = &mut level[at / 64];
            let known = *word != 0;
            *word |= 1 << (at % 64);
            if known {
                return;
            }
            at /= 64;
        }
    }

    /// Removes a number.
    pub fn remove(&mut self, number: u32) {
        let mut at = number as usize;
        for level in &mut self.levels {
            let word = &mut level[at / 64];
            *word &= !(1 << (at % 64));
            if *word != 0 {
                return;
            }
            at /= 64;
        }
    }

    /// The smallest number.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        let mut at = 0;
        for level in self.levels.iter().rev() {
            if level[at] == 0 {
                return None;
            }
            at = 64 * at + level[at].trailing_zeros() as usize;
        }
        (!self.levels.is_empty()).then_some(at as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_number_is_that_of_a_sorted_set() {
        let mut set = BitSet::default();
        assert_eq!(set.first(), None);
        for bound in [300_000_u32, 64, 1, 65, 4097, 0] {
            set.restart(bound as usize);
            assert_eq!(set.first(), None, "a restart empties the set");
            let mut sorted = std::collections::BTreeSet::new();
            for i in 0..2000_u64.min(5 * u64::from(bound)) {
                let number = (i * i * 7919 % u64::from(bound)) as u32;
                if i % 3 == 2 {
                    let first = sorted.pop_first();
                    assert_eq!(set.first(), first);
                    if let Some(first) = first {
                        set.remove(first);
                    }
                } else {
                    set.insert(number);
                    sorted.insert(number);
                }
                assert_eq!(set.first(), sorted.first().copied());
            }
        }
    }
}
