//! What the crates are that come from others, checked by cargo-deny by the rules of `deny.toml`: their licences, where they
//! come from, and whether anything is known against them.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::compiled::Program;
use crate::project;
use crate::run::run;

/// What checks.
pub const PROGRAM: Program =
    Program { name: "cargo-deny", version: "0.20.2", why: "the licences of what comes from others are checked" };

/// Workspaces, each with a `Cargo.lock` of its own and so with crates of its own. Each may say in a `deny.exceptions.toml`
/// beside it what it alone is let.
const MANIFESTS: [&str; 3] = ["Cargo.toml", "fuzz/Cargo.toml", "tests/bench/Cargo.toml"];

/// What is checked anywhere: `Cargo.lock` and the sources of crates say it, and cargo fetches those that are not here.
const HERE: [&str; 3] = ["bans", "licenses", "sources"];

/// That `deny.toml` lets through nothing in vain is asked of the first workspace: the smaller ones do not use all of it.
const UNUSED: [&str; 4] = ["--allow", "license-not-encountered", "--allow", "license-exception-not-encountered"];

/// Checks everything that can be checked, and gives a sentence about what could not.
///
/// # Errors
/// There is no cargo-deny and none can be compiled, or a crate is against the rules.
pub fn check() -> Result<Option<String>> {
    for (number, manifest) in MANIFESTS.iter().enumerate() {
        let unused = if number == 0 { &[][..] } else { &UNUSED };
        let mut check = deny(manifest)?;
        check.arg("check").args(unused).args(HERE);
        run(&mut check).with_context(|| format!("a crate of {manifest} is against the rules of deny.toml"))?;
    }
    // What is known against crates is in a database on a host of its own, which not every machine may ask.
    let fetched = deny(MANIFESTS[0])?.args(["fetch", "db"]).status().context("cannot start cargo-deny")?;
    if !fetched.success() {
        return Ok(Some(UNKNOWN.into()));
    }
    for manifest in MANIFESTS {
        let mut check = deny(manifest)?;
        check.args(["check", "--disable-fetch", "advisories"]);
        run(&mut check).with_context(|| format!("something is known against a crate of {manifest}"))?;
    }
    Ok(None)
}

/// Said where nobody can be asked.
const UNKNOWN: &str = "whether anything is known against the crates of others (the RustSec database cannot be reached \
     from here; where it can, type: cargo deny check advisories)";

fn deny(manifest: &str) -> Result<Command> {
    ensure!(project::root().join("deny.toml").is_file(), "there is no deny.toml in the root of the project");
    let mut command = Command::new(PROGRAM.place()?);
    command.args(["--workspace", "--locked", "--manifest-path", manifest]).current_dir(project::root());
    Ok(command)
}
