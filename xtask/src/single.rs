//! The whole site in one file that needs no server and no network: `deleverage.html`.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::npm::Packages;
use crate::run::run;

/// The name of the file, at the root of the site.
pub const FILE: &str = "deleverage.html";

/// Writes the file into the directory of a site whose scripts are still as they were written; `npm/single.mjs` says how,
/// and prints what weighs how much.
///
/// # Errors
/// esbuild does not understand a script, or a script finds something in a way that does not work without a server.
pub fn write(packages: &Packages, directory: &Path) -> Result<()> {
    run(packages.single().arg(directory).arg(directory.join(FILE))).context("the single file cannot be made")
}
