//! The whole site in one file that needs no server and no network: `deleverage.html`.
//!
//! This module takes the pages apart; `npm/single.mjs` bundles the scripts and assembles the file.

mod page;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::npm::Packages;
use crate::run::run;

/// The name of the file, at the root of the site.
pub const FILE: &str = "deleverage.html";

/// Writes the file into the directory of a site whose scripts are not bundled yet, and prints the size of each part.
///
/// # Errors
/// A page or a script cannot be parsed, or a script locates a file in a way that does not work without a server.
pub fn write(packages: &Packages, directory: &Path) -> Result<()> {
    let pages = directory.with_extension("pages.json");
    fs::write(&pages, page::all(directory)?.to_string())
        .with_context(|| format!("cannot write {}", pages.display()))?;
    let mut command = packages.single();
    let made = run(command.arg(directory).arg(&pages).arg(directory.join(FILE)));
    fs::remove_file(&pages).with_context(|| format!("cannot remove {}", pages.display()))?;
    made.context("the single file cannot be built")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{npm, project};

    #[test]
    fn a_script_located_at_run_time_is_reported_with_its_line() {
        let site = project::target().join(format!("tmp-single-{}", std::process::id()));
        fs::create_dir_all(site.join("words")).unwrap();
        fs::write(site.join("some-worker.js"), "export const load =\n  (name) => import(name);\n").unwrap();
        let pages = site.join("pages.json");
        fs::write(&pages, "[]").unwrap();
        // Into a file: esbuild broke down there, but not with a pipe.
        let said = site.join("said");
        let mut command = npm::packages().unwrap().single();
        command.arg(&site).arg(&pages).arg(site.join(FILE)).stderr(fs::File::create(&said).unwrap());
        assert_eq!(command.status().unwrap().code(), Some(1));
        let said = fs::read_to_string(said).unwrap();
        assert!(said.contains("some-worker.js:2:") && said.contains("import(name)"), "{said}");
        fs::remove_dir_all(site).unwrap();
    }
}
