//! `cargo xtask check`: quick checks before a commit, in under a minute.

use anyhow::Result;

use crate::test::layers;
use crate::test::programs::{PROGRAMS, Program};
use crate::test::steps;

/// Checks format, lints and import cycles of Rust and of the scripts, and runs the unit tests.
///
/// # Errors
/// The first step that failed, by its name.
pub fn run() -> Result<()> {
    let mut checks = layers::format();
    checks.extend(layers::scripts());
    checks.push(layers::clippy());
    checks.push(layers::cycles());
    checks.extend(PROGRAMS.iter().filter(|program| program.layer == "unit").map(Program::quick));
    steps::in_order(checks).map(drop)
}
