//! The version of the model.

/// Version of the model: raised whenever the same parameters and seed may give other bits.
pub const MODEL_VERSION: u32 = 7;
