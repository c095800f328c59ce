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

/// What is checked without a network: `Cargo.lock` and the sources of crates say it.
const HERE: [&str; 3] = ["bans", "licenses", "sources"];

/// Checks everything that can be checked, and gives a sentence about what could not.
///
/// # Errors
/// There is no cargo-deny and none can be compiled, or a crate is against the rules.
pub fn check() -> Result<Option<String>> {
    run(deny()?.args(["--offline", "check"]).args(HERE)).context("a crate is against the rules of deny.toml")?;
    // What is known against crates is in a database on a host of its own, which not every machine may ask.
    let fetched = deny()?.args(["fetch", "db"]).status().context("cannot start cargo-deny")?;
    if !fetched.success() {
        return Ok(Some(UNKNOWN.into()));
    }
    run(deny()?.args(["check", "--disable-fetch", "advisories"])).context("something is known against a crate")?;
    Ok(None)
}

/// Said where nobody can be asked.
const UNKNOWN: &str = "whether anything is known against the crates in Cargo.lock (the RustSec database cannot be reached \
     from here; where it can, type: cargo deny check advisories)";

fn deny() -> Result<Command> {
    ensure!(project::root().join("deny.toml").is_file(), "there is no deny.toml in the root of the project");
    let mut command = Command::new(PROGRAM.place()?);
    command.args(["--workspace", "--locked"]).current_dir(project::root());
    Ok(command)
}
