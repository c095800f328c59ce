//! Places of published figures in the drawings.

/// The place of a published figure in a drawing of the price or of sales. Days are compressed; a place in time is only
/// for those that are not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// A fall of the price below its start, percent.
    Fall,
    /// A fall that forced sales added to that without them, percent of the start price.
    Added,
    /// The loss of a fund at this leverage, percent of its equity.
    Loss(f64),
    /// The gain of the same fund from its lowest equity to the end, percent.
    Gain(f64),
    /// The time from the first order to the lowest price, minutes.
    Low,
    /// The share of the fall that is regained this many minutes after the low, percent.
    Regained(u32),
    /// Forced sales in the busiest window of this many seconds, $bn.
    Sold(u32),
}
