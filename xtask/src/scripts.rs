//! Format, lints and types of the scripts, by prettier, oxlint and tsc from npm.

use anyhow::{Context as _, Result};

use crate::run::{cargo, run, run_quietly};
use crate::{npm, project, types};

/// The files that prettier formats.
const FORMATTED: [&str; 2] = ["www/**/*.{js,ts,css}", "{xtask,tests}/**/*.{js,mjs,ts,jsonc}"];

/// The folders of the scripts.
const FOLDERS: [&str; 3] = ["www", "xtask", "tests"];

/// Formats everything: Rust, scripts and style sheets.
///
/// # Errors
/// A file cannot be parsed, or there is no npm.
pub fn rewrite() -> Result<()> {
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml", "tests/bench/Cargo.toml"] {
        run(&mut cargo(&["fmt", "--all", "--manifest-path", manifest]))?;
    }
    run_quietly(npm::packages()?.prettier().args(["--log-level", "warn", "--write"]).args(FORMATTED))
}

/// Checks that all scripts and style sheets are as prettier writes them.
///
/// # Errors
/// Some are not, and are named; or there is no npm.
pub fn format() -> Result<()> {
    run_quietly(npm::packages()?.prettier().args(["--log-level", "warn", "--check"]).args(FORMATTED))
        .context("`cargo xtask format` formats all files")
}

/// Checks the scripts with oxlint; `npm/oxlint.jsonc` lists the rules.
///
/// # Errors
/// There are findings, which are in the error; or there is no npm.
pub fn lint() -> Result<()> {
    run_quietly(npm::packages()?.oxlint().args(FOLDERS))
}

/// Checks the types of the page's scripts, which are comments in them, strictly (`www/tsconfig.json`).
///
/// # Errors
/// There are findings, which are in the error; or there is no npm.
pub fn types() -> Result<()> {
    types::write(&project::root(), &project::target().join(types::DIRECTORY))?;
    run_quietly(npm::packages()?.tsc().arg("--project").arg(project::root().join("www")))
}
