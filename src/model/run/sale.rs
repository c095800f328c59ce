//! One forced sale (a purchase, if the account is short): which account, why, when. The genealogy, the insurance fund
//! and the loss of one account are computed from these.

/// The reason for a forced sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A bot, at its margin limit.
    Margin,
    /// A bot, at its volatility limit.
    Volatility,
    /// A person at a margin limit, after the reaction time.
    Person,
}

/// One forced sale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sale {
    /// The account.
    pub account: u32,
    /// Sales of that account before this one.
    pub nth: u8,
    /// The reason.
    pub by: By,
    /// The limit: a fall of the log price (a rise for a short account), or the log of a multiple of the median
    /// volatility limit.
    pub at: f64,
    /// The second in which the limit was passed.
    pub decided: u32,
    /// The second in which the order reaches the book, if the run lasts that long. It may wait there for a halt or the
    /// throttle.
    pub due: u32,
    /// Size.
    pub lots: u64,
}
