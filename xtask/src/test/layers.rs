//! The layers of the tests, and the steps of each.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::programs::{PROGRAMS, Program};
use super::steps::Step;
use crate::build::{self, WasmOpt};
use crate::run::{cargo, run as run_command};
use crate::{browsers, cycles, deny, fuzz, npm, project, scripts, setup};

/// A layer.
#[derive(Debug)]
pub struct Layer {
    /// Its name on the command line.
    pub name: &'static str,
    /// A description for `--list`.
    pub about: &'static str,
    /// Its steps.
    pub steps: fn() -> Vec<Step>,
}

/// The last layer, because it needs the site.
pub const PAGE: &str = "page";

/// All layers.
pub const LAYERS: &[Layer] = &[
    Layer {
        name: "lints",
        about: "format, lints, import cycles, types of scripts, documentation, and the licences of dependencies",
        steps: lints,
    },
    Layer { name: "unit", about: "unit tests of the crate and of xtask", steps: || programs("unit") },
    Layer {
        name: "model",
        about: "properties of runs and of the studies that compare them",
        steps: || programs("model"),
    },
    Layer {
        name: "validation",
        about: "known results, closed forms and past episodes",
        steps: || programs("validation"),
    },
    Layer { name: "oracle", about: "the run against a plain loop over all accounts", steps: || programs("oracle") },
    Layer { name: "drawings", about: "every picture against the accepted one", steps: || programs("drawings") },
    Layer { name: "site", about: "the build of the site", steps: site },
    Layer {
        name: "bits",
        about: "the same digests, optimised for this processor, and in wasm without SIMD",
        steps: bits,
    },
    Layer { name: "fuzz", about: "every parser of outside input, and the model, for seconds", steps: fuzzing },
    Layer { name: PAGE, about: "the site in real browsers (builds it first)", steps: page },
];

/// Lints of everything, the quickest first.
fn lints() -> Vec<Step> {
    let mut steps = format();
    steps.extend(scripts());
    steps.extend([
        cycles(),
        Step::partial("licences and sources of dependencies", deny::check),
        clippy(),
        Step::cargo(
            "lints of the wasm",
            &["clippy", "-p", "deleverage", "--target", setup::WASM, "--", "-D", "warnings"],
        ),
        Step::cargo(
            "lints of the light wasm",
            &["clippy", "-p", "deleverage", "--target", setup::WASM, "--no-default-features", "--", "-D", "warnings"],
        ),
        Step::new("lints of the fuzzing", || apart("fuzz/Cargo.toml")),
        Step::new("lints of the benchmark", || apart("tests/bench/Cargo.toml")),
        Step::new("documentation", || {
            run_command(cargo(&["doc", "--no-deps", "-p", "deleverage"]).env("RUSTDOCFLAGS", "-D warnings"))
        }),
    ]);
    steps
}

/// The format of all workspaces.
#[must_use]
pub fn format() -> Vec<Step> {
    vec![
        Step::cargo("format", &["fmt", "--all", "--check"]),
        Step::cargo("format of the fuzzing", &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]),
        Step::cargo("format of the benchmark", &["fmt", "--manifest-path", "tests/bench/Cargo.toml", "--check"]),
    ]
}

/// The format, the lints and the types of the scripts.
#[must_use]
pub fn scripts() -> Vec<Step> {
    vec![
        Step::new("format of scripts", scripts::format),
        Step::new("lints of scripts", scripts::lint),
        Step::new("types of scripts", scripts::types),
    ]
}

/// The import cycles of Rust and of the scripts; also parses the scripts.
#[must_use]
pub fn cycles() -> Step {
    Step::new("imports without a cycle", cycles::check)
}

/// The lints of the main workspace.
#[must_use]
pub fn clippy() -> Step {
    Step::cargo("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

/// Lints a separate workspace. It uses the flags of the project to share its compiled crates, and needs no libFuzzer.
fn apart(manifest: &str) -> Result<()> {
    let mut clippy = cargo(&["clippy", "--no-deps", "--locked", "--all-targets", "--manifest-path", manifest]);
    clippy.arg("--target-dir").arg(project::target()).args(["--", "-D", "warnings"]);
    clippy.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    run_command(clippy.env("CUSTOM_LIBFUZZER_PATH", project::target().join("libnone.a")))
}

/// The steps of all programs of a layer.
#[must_use]
pub fn programs(layer: &str) -> Vec<Step> {
    PROGRAMS.iter().filter(|program| program.layer == layer).map(Program::all).collect()
}

fn bits() -> Vec<Step> {
    vec![
        Step::new("digests, optimised for this processor", for_this_processor),
        Step::new("digests, in wasm without SIMD", without_simd),
    ]
}

/// Checks the digests with all instructions of this processor: none may round differently.
fn for_this_processor() -> Result<()> {
    let mut bits = cargo(&["run", "--quiet", "--release", "-p", "bits"]);
    bits.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-cpu=native").arg("--target-dir");
    run_command(bits.arg(project::target().join("this-processor")))
}

/// Checks the digests in wasm without SIMD. The page tests check the published wasm, which has SIMD.
fn without_simd() -> Result<()> {
    let target = project::target().join("no-simd");
    let mut bits = cargo(&["build", "--quiet", "-p", "bits", "--target", setup::WASM, "--target-dir"]);
    run_command(bits.arg(&target).env("CARGO_ENCODED_RUSTFLAGS", ""))?;
    let wasm = target.join(setup::WASM).join("debug").join("bits.wasm");
    run_command(npm::packages()?.bits().arg(wasm)).context("a run in wasm without SIMD has different bits")
}

/// Fuzzing for long enough to try the known inputs and a few more.
fn fuzzing() -> Vec<Step> {
    vec![Step::new("fuzzing, briefly", || fuzz::run(&fuzz::Options { seconds: 4, target: None, seed: Some(1) }))]
}

/// The tools of the page tests: installed, or named in the error.
#[must_use]
pub fn tools() -> Vec<Step> {
    vec![Step::new("tools", || {
        setup::wasm_target()?;
        for (tool, program) in [browsers::places(browsers::CHROMIUM)?, browsers::places(browsers::OTHERS)?].concat() {
            if tool.has_version {
                run_command(Command::new(program).arg("--version"))?;
            }
        }
        deny::PROGRAM.place()?;
        npm::packages()?;
        npm::project_of_an_author()?;
        Ok(())
    })]
}

/// The site as it is published.
#[must_use]
pub fn site() -> Vec<Step> {
    let out = project::root().join("dist");
    vec![Step::new("site", || build::run(&build::Options { out, wasm_opt: WasmOpt::Required, address: None }))]
}

/// The page tests, with the site built already.
#[must_use]
pub fn page_tests() -> Vec<Step> {
    programs(PAGE)
}

fn page() -> Vec<Step> {
    [tools(), site(), page_tests()].into_iter().flatten().collect()
}
