//! One forced sale (or, of a short account, purchase): who, why, when. What genealogy, the insurance fund and the
//! loss of one account are told from.

/// What made an account sell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A bot, at its margin limit.
    Margin,
    /// A bot, at its volatility limit.
    Volatility,
    /// A person at a margin limit who looked again.
    Person,
}

/// One forced sale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sale {
    /// Whose.
    pub account: u32,
    /// Sales of that account before this one.
    pub nth: u8,
    /// What made it.
    pub by: By,
    /// Where its limit lies: a fall of the log price (a rise for a short account), or the log of a multiple of the
    /// median volatility limit.
    pub at: f64,
    /// The second in which the limit was passed.
    pub decided: u32,
    /// The second in which the order reaches the book, if the run lasts that long; a halt or a throttle may make it
    /// wait there.
    pub due: u32,
    /// Size.
    pub lots: u64,
}
