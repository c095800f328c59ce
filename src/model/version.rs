//! The version of the model.

/// Version of the model. Raised whenever the same parameters and seed may give different bits.
pub const MODEL_VERSION: u32 = 7;
