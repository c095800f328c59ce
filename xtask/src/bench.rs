//! `cargo xtask bench`: what things cost, as ratios within one run.

use anyhow::Result;

use crate::build::{self, WasmOpt};
use crate::run::{cargo, run as run_command};
use crate::{project, setup, test};

/// Builds what is published, and measures it in the browser and natively.
///
/// # Errors
/// Something does not build, or the browser does not start.
pub fn run(json: bool) -> Result<()> {
    setup::wasm_target()?;
    build::run(&build::Options { out: project::root().join("dist"), wasm_opt: WasmOpt::Required })?;
    let mut bench = cargo(&["run", "--quiet", "--release", "-p", "page-tests", "--bin", "bench", "--"]);
    if json {
        bench.arg("--json");
    }
    run_command(test::with_places(&mut bench)?)
}
