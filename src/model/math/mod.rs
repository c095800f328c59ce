//! Mathematics of the model: the normal distribution, the same for many accounts at once, and a bit set.

pub(super) mod bit_set;
pub mod normal;
pub(super) mod simd;
