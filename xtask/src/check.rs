//! `cargo xtask check`: what can be checked in under a minute, before a commit.

use anyhow::Result;

use crate::test::layers;
use crate::test::programs::{PROGRAMS, Program};
use crate::test::steps::{self, Step};
use crate::{cycles, npm, project};

/// Checks format and lints, parses the scripts, and runs the unit tests.
///
/// # Errors
/// The first step that failed, by its name.
pub fn run() -> Result<()> {
    let mut checks = layers::format();
    checks.push(layers::clippy());
    checks.push(Step::new("syntax of scripts", || {
        cycles::scripts::imports(&npm::packages()?, &project::root(), cycles::SCRIPTS).map(drop)
    }));
    checks.extend(PROGRAMS.iter().filter(|program| program.layer == "unit").map(Program::quick));
    steps::in_order(checks).map(drop)
}
