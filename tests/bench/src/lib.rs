//! Benchmarks only: `cargo xtask bench` runs them.
