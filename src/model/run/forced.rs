//! Forced orders: lots of bots and of people.

/// Lots ordered by force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forced {
    /// By bots.
    pub bots: u64,
    /// By people.
    pub people: u64,
}

/// The part of these lots that `part` is of `of`, rounded down; all of them if it is more.
#[must_use]
pub fn part_of(lots: u64, part: u64, of: u64) -> u64 {
    if part >= of { lots } else { (u128::from(lots) * u128::from(part) / u128::from(of)) as u64 }
}

impl Forced {
    /// Of both.
    #[must_use]
    pub fn total(self) -> u64 {
        self.bots + self.people
    }

    /// A part of both.
    #[must_use]
    pub fn part(self, part: u64, of: u64) -> Self {
        Self { bots: part_of(self.bots, part, of), people: part_of(self.people, part, of) }
    }

    /// Adds.
    pub fn add(&mut self, more: Self) {
        // Both in one write: what is written apart cannot be read as one without a wait, and each second does.
        *self = Self { bots: self.bots + more.bots, people: self.people + more.people };
    }

    /// Takes out.
    pub fn take(&mut self, less: Self) {
        *self = Self { bots: self.bots - less.bots, people: self.people - less.people };
    }
}
