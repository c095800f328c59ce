//! `cargo xtask soak`: the tests of endurance, which `cargo xtask test` runs for seconds, for as long as somebody has.

use anyhow::Result;

use crate::build::{self, WasmOpt};
use crate::run::{cargo, run as run_command};
use crate::{project, setup, test};

/// A class that goes on and on, and a monkey at the page.
pub const TESTS: [&str; 2] = ["soak", "monkey"];

/// Which, for how long.
#[derive(Debug, Clone)]
pub struct Options {
    /// The only one; otherwise both.
    pub test: Option<String>,
    /// Seconds for each.
    pub seconds: u64,
    /// What the monkey does follows from it.
    pub seed: Option<u64>,
}

/// Builds what is published, and goes on with it.
///
/// # Errors
/// Something does not build, the browser does not start, or the page does not endure it.
pub fn run(options: &Options) -> Result<()> {
    let tests: Vec<&str> =
        TESTS.into_iter().filter(|name| options.test.as_deref().is_none_or(|only| only == *name)).collect();
    setup::wasm_target()?;
    build::run(&build::Options { out: project::root().join("dist"), wasm_opt: WasmOpt::IfPossible })?;
    for name in tests {
        let mut test =
            cargo(&["test", "--quiet", "-p", "page-tests", "--test", name, "--", "--nocapture", "--test-threads", "1"]);
        test.env("DELEVERAGE_SECONDS", options.seconds.to_string());
        test.envs(options.seed.map(|seed| ("DELEVERAGE_SEED", seed.to_string())));
        run_command(test::with_places(&mut test)?)?;
    }
    Ok(())
}
