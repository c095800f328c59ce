//! The check of third-party crates by cargo-deny, with the rules of `deny.toml`: licences, sources and advisories.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::compiled::Program;
use crate::project;
use crate::run::run;

/// The program that checks.
pub const PROGRAM: Program =
    Program { name: "cargo-deny", version: "0.20.2", why: "the licences of what comes from others are checked" };

/// The workspaces, each with its own `Cargo.lock` and so its own crates. Exceptions for one of them are in a
/// `deny.exceptions.toml` beside it.
const MANIFESTS: [&str; 3] = ["Cargo.toml", "fuzz/Cargo.toml", "tests/bench/Cargo.toml"];

/// Checks that every machine can run: they need only `Cargo.lock` and the sources of crates, which cargo fetches.
const HERE: [&str; 3] = ["bans", "licenses", "sources"];

/// Flags that permit unused rules of `deny.toml`. Only the first workspace must use them all; the smaller ones do not.
const UNUSED: [&str; 4] = ["--allow", "license-not-encountered", "--allow", "license-exception-not-encountered"];

/// Runs all checks that are possible here; returns a sentence about those that are not.
///
/// # Errors
/// There is no cargo-deny and it cannot be compiled, or a crate breaks the rules.
pub fn check() -> Result<Option<String>> {
    for (number, manifest) in MANIFESTS.iter().enumerate() {
        let unused = if number == 0 { &[][..] } else { &UNUSED };
        let mut check = deny(manifest)?;
        check.arg("check").args(unused).args(HERE);
        run(&mut check).with_context(|| format!("a crate of {manifest} breaks the rules of deny.toml"))?;
    }
    // Advisories are in a database on a host that not every machine can reach.
    let fetched = deny(MANIFESTS[0])?.args(["fetch", "db"]).status().context("cannot start cargo-deny")?;
    if !fetched.success() {
        return Ok(Some(UNKNOWN.into()));
    }
    for manifest in MANIFESTS {
        let mut check = deny(manifest)?;
        check.args(["check", "--disable-fetch", "advisories"]);
        run(&mut check).with_context(|| format!("there is an advisory against a crate of {manifest}"))?;
    }
    Ok(None)
}

/// The sentence where the database cannot be reached.
const UNKNOWN: &str = "advisories against third-party crates (the RustSec database cannot be reached \
     from here; where it can, type: cargo deny check advisories)";

fn deny(manifest: &str) -> Result<Command> {
    ensure!(project::root().join("deny.toml").is_file(), "there is no deny.toml in the root of the project");
    let mut command = Command::new(PROGRAM.place()?);
    command.args(["--workspace", "--locked", "--manifest-path", manifest]).current_dir(project::root());
    Ok(command)
}
