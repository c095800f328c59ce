//! `cargo xtask soak`: endurance tests for any length of time; `cargo xtask test` runs them for seconds.

use anyhow::Result;

use crate::build::{self, WasmOpt};
use crate::run::{cargo, run as run_command};
use crate::{project, setup, test};

/// The use of the page by a class, and random actions.
pub const TESTS: [&str; 2] = ["soak", "monkey"];

/// Options of endurance tests.
#[derive(Debug, Clone)]
pub struct Options {
    /// The only test; otherwise both.
    pub test: Option<String>,
    /// Seconds for each test.
    pub seconds: u64,
    /// The seed of the random actions.
    pub seed: Option<u64>,
}

/// Builds the site as it is published and runs the tests on it.
///
/// # Errors
/// The site does not build, the browser does not start, or a test fails.
pub fn run(options: &Options) -> Result<()> {
    let tests: Vec<&str> =
        TESTS.into_iter().filter(|name| options.test.as_deref().is_none_or(|only| only == *name)).collect();
    setup::wasm_target()?;
    build::run(&build::Options { out: project::root().join("dist"), wasm_opt: WasmOpt::IfPossible, address: None })?;
    for name in tests {
        let mut test =
            cargo(&["test", "--quiet", "-p", "page-tests", "--test", name, "--", "--nocapture", "--test-threads", "1"]);
        test.env("DELEVERAGE_SECONDS", options.seconds.to_string());
        test.envs(options.seed.map(|seed| ("DELEVERAGE_SEED", seed.to_string())));
        run_command(test::with_places(&mut test)?)?;
    }
    Ok(())
}
