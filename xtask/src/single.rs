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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{npm, project};

    #[test]
    fn a_lookup_of_an_unknown_form_is_told_with_its_line() {
        let site = project::target().join(format!("tmp-single-{}", std::process::id()));
        fs::create_dir_all(&site).unwrap();
        let line = "export const where = new URL(name, import.meta.url);";
        fs::write(site.join("some-worker.js"), format!("const name = \"a\";\n{line}\n")).unwrap();
        // Into a file, where esbuild broke down; into a pipe it did not.
        let said = site.join("said");
        let mut command = npm::packages().unwrap().single();
        command.arg(&site).arg(site.join(FILE)).stderr(fs::File::create(&said).unwrap());
        assert_eq!(command.status().unwrap().code(), Some(1));
        let worker = site.join("some-worker.js");
        let words = "finds something by its own address, in a way that single.mjs does not know";
        assert_eq!(fs::read_to_string(said).unwrap(), format!("{} {words}: {line}\n", worker.display()));
        fs::remove_dir_all(site).unwrap();
    }
}
