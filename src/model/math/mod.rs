//! Mathematics of the model: the normal distribution, alone and for many accounts at once, and sets of small numbers.

pub(super) mod bit_set;
pub mod normal;
pub(super) mod simd;
