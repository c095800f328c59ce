//! `cargo xtask test`: everything that CI checks, in order; the first failure stops it.

use std::cell::RefCell;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result};

use crate::build::{self, WasmOpt};
use crate::run::{cargo, run as run_command};
use crate::{browsers, deny, fuzz, npm, project, setup};

/// A step's name, and what it does.
type Step<'a> = (&'a str, Box<dyn Fn() -> Result<()> + 'a>);

/// Runs every step.
///
/// # Errors
/// The first step that failed, by its name.
pub fn run() -> Result<()> {
    let out = project::root().join("dist");
    let site = build::Options { out, wasm_opt: WasmOpt::Required };
    // What a machine cannot check is told last, where it is read.
    let unchecked = RefCell::new(Vec::new());
    let crates = || {
        let unknown = deny::check()?;
        unchecked.borrow_mut().extend(unknown.inspect(|what| println!("NOT CHECKED: {what}")));
        Ok(())
    };
    in_order(&[
        // First, because what is missing should be told in the first minute and not in the last.
        ("tools", Box::new(tools)),
        ("crates of others", Box::new(crates)),
        ("format", step(&["fmt", "--all", "--check"])),
        ("format of the fuzzing", step(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])),
        ("format of the benchmark", step(&["fmt", "--manifest-path", "tests/bench/Cargo.toml", "--check"])),
        ("lints", step(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        ("lints of the wasm", step(&["clippy", "-p", "deleverage", "--target", setup::WASM, "--", "-D", "warnings"])),
        ("lints of the fuzzing", apart("fuzz/Cargo.toml")),
        ("lints of the benchmark", apart("tests/bench/Cargo.toml")),
        ("documentation", Box::new(documentation)),
        ("tests of the model and the charts", step(&["test", "-p", "deleverage"])),
        ("the same bits, optimised for this processor", Box::new(for_this_processor)),
        ("the same bits, in wasm without SIMD", Box::new(without_simd)),
        ("tests of xtask", step(&["test", "-p", "xtask"])),
        ("fuzzing, briefly", Box::new(fuzzing)),
        ("build", Box::new(move || build::run(&site))),
        ("tests of the page", Box::new(page)),
    ])?;
    for what in unchecked.take() {
        println!("NOT CHECKED: {what}");
    }
    Ok(())
}

fn in_order(steps: &[Step]) -> Result<()> {
    let start = Instant::now();
    for (number, (name, step)) in steps.iter().enumerate() {
        println!("\n== {} of {}: {name}", number + 1, steps.len());
        let start = Instant::now();
        step().with_context(|| format!("failed: {name}"))?;
        println!("== {name}: passed in {:.1} s", start.elapsed().as_secs_f64());
    }
    println!("\nall steps passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn step<'a>(arguments: &'a [&'a str]) -> Box<dyn Fn() -> Result<()> + 'a> {
    Box::new(|| run_command(&mut cargo(arguments)))
}

/// Lints of a workspace of its own. It shares what the project has compiled, whose flags it therefore takes, and needs no
/// libFuzzer to be looked at.
fn apart<'a>(manifest: &'a str) -> Box<dyn Fn() -> Result<()> + 'a> {
    Box::new(move || {
        let mut clippy = cargo(&["clippy", "--no-deps", "--locked", "--all-targets", "--manifest-path", manifest]);
        clippy.arg("--target-dir").arg(project::target()).args(["--", "-D", "warnings"]);
        clippy.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
        run_command(clippy.env("CUSTOM_LIBFUZZER_PATH", project::target().join("libnone.a")))
    })
}

fn tools() -> Result<()> {
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
}

/// A compiler that may use every instruction of this processor must not use one that rounds otherwise.
fn for_this_processor() -> Result<()> {
    let mut bits = cargo(&["run", "--quiet", "--release", "-p", "bits"]);
    bits.env("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-cpu=native").arg("--target-dir");
    run_command(bits.arg(project::target().join("this-processor")))
}

/// What is published has SIMD; the page tests hold that against the same bits.
fn without_simd() -> Result<()> {
    let target = project::target();
    let mut bits = cargo(&["build", "--quiet", "-p", "bits", "--target", setup::WASM, "--target-dir"]);
    run_command(bits.arg(&target).env("CARGO_ENCODED_RUSTFLAGS", ""))?;
    let wasm = target.join(setup::WASM).join("debug").join("bits.wasm");
    run_command(npm::packages()?.bits().arg(wasm)).context("a run in wasm without SIMD has other bits")
}

/// Long enough to go through what is known and a little beyond; `cargo xtask fuzz` takes longer.
fn fuzzing() -> Result<()> {
    fuzz::run(&fuzz::Options { seconds: 4, target: None, seed: Some(1) })
}

fn documentation() -> Result<()> {
    run_command(cargo(&["doc", "--no-deps", "-p", "deleverage"]).env("RUSTDOCFLAGS", "-D warnings"))
}

fn page() -> Result<()> {
    let mut tests = cargo(&["test", "-p", "page-tests", "--no-fail-fast"]);
    let others = browsers::places(browsers::OTHERS)?;
    run_command(with_places(&mut tests)?.envs(others.iter().map(|(tool, program)| (tool.variable, program))))
}

/// Tells a program that drives Chromium where everything is, so that it looks for nothing and skips nothing.
///
/// # Errors
/// The browser or an npm package is missing and cannot be installed.
pub fn with_places(command: &mut Command) -> Result<&mut Command> {
    let chromium = browsers::places(browsers::CHROMIUM)?;
    Ok(command
        .env("DELEVERAGE_DIST", project::root().join("dist"))
        .env("DELEVERAGE_AXE", npm::packages()?.axe())
        .envs(chromium.iter().map(|(tool, program)| (tool.variable, program))))
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn the_first_failure_stops_and_is_named() {
        let ran = RefCell::new(Vec::new());
        let note = |name| {
            ran.borrow_mut().push(name);
            Ok(())
        };
        let error = in_order(&[
            ("one", Box::new(|| note("one"))),
            ("two", Box::new(|| bail!("no luck"))),
            ("three", Box::new(|| note("three"))),
        ])
        .unwrap_err();
        assert_eq!(format!("{error:#}"), "failed: two: no luck");
        assert_eq!(*ran.borrow(), ["one"]);
    }
}
