//! Only benches: `cargo xtask bench` runs them.
