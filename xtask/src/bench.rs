//! `cargo xtask bench`: costs in the browser and natively, as ratios within one run.

use std::io;

use anyhow::Result;

use crate::build::{self, WasmOpt};
use crate::run::{cargo, run as run_command, run_quietly};
use crate::{npm, project, setup, test};

/// Builds the site as it is published and measures running times and sizes.
///
/// # Errors
/// The site does not build, or the browser does not start.
pub fn run(json: bool) -> Result<()> {
    setup::wasm_target()?;
    if json {
        // Standard output is for the JSON of the benchmark.
        run_command(cargo(&["xtask", "build"]).stdout(io::stderr()))?;
    } else {
        build::run(&build::Options { out: project::root().join("dist"), wasm_opt: WasmOpt::Required, address: None })?;
    }
    let mut bench = cargo(&["run", "--quiet", "--release", "-p", "page-tests", "--bin", "bench", "--"]);
    if json {
        bench.arg("--json");
    }
    let target = project::target().join("bench");
    let mut natively =
        cargo(&["bench", "--quiet", "--locked", "--manifest-path", "tests/bench/Cargo.toml", "--target-dir"]);
    let measured = target.join("criterion");
    run_quietly(natively.arg(&target).env("CRITERION_HOME", &measured))?;
    bench.env("DELEVERAGE_CRITERION", measured);
    let uplot = npm::packages()?.uplot();
    run_command(test::with_places(&mut bench)?.env("DELEVERAGE_UPLOT", uplot))
}
