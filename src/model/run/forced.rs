//! Forced orders: lots of bots and of people.

/// Lots of forced orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forced {
    /// By bots.
    pub bots: u64,
    /// By people.
    pub people: u64,
}

/// `lots * part / of`, rounded down; all of them if `part` is not less than `of`.
#[must_use]
pub fn part_of(lots: u64, part: u64, of: u64) -> u64 {
    if part >= of { lots } else { (u128::from(lots) * u128::from(part) / u128::from(of)) as u64 }
}

impl Forced {
    /// Lots of bots and people.
    #[must_use]
    pub fn total(self) -> u64 {
        self.bots + self.people
    }

    /// The share `part / of` of both, each rounded down.
    #[must_use]
    pub fn part(self, part: u64, of: u64) -> Self {
        Self { bots: part_of(self.bots, part, of), people: part_of(self.people, part, of) }
    }

    /// Adds these lots.
    pub fn add(&mut self, more: Self) {
        // One write for both fields: the loop reads them together, and a read after two writes would stall.
        *self = Self { bots: self.bots + more.bots, people: self.people + more.people };
    }

    /// Subtracts these lots.
    pub fn take(&mut self, less: Self) {
        *self = Self { bots: self.bots - less.bots, people: self.people - less.people };
    }
}
