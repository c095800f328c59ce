//! Text: decimal numbers, units, languages, and flat objects of names and values.

pub mod decimal;
pub mod entries;
pub mod language;
pub(crate) mod shorten;
pub mod units;
