//! Scripts and style sheets as few and as small as they can be: bundled and minified by esbuild from npm.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::npm::Packages;
use crate::run::run_quietly;

/// Makes all scripts and style sheets below the directory smaller, in place; `npm/minify.mjs` says which remain.
///
/// # Errors
/// esbuild does not understand one of them; its words are in the error.
pub fn minify(packages: &Packages, directory: &Path) -> Result<()> {
    run_quietly(packages.minify().arg(directory)).context("esbuild failed")
}
