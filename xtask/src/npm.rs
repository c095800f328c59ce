//! The packages taken from npm: binaryen's wasm-opt, esbuild, and axe, which looks for barriers in the page.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::project;
use crate::run::{find, run_quietly};

/// What to install is in these two, and installing copies them.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Written last, with what was installed, so that half an installation is not taken for a whole
/// one.
const INSTALLED: &str = "installed";

/// The programs and scripts that the packages bring.
#[derive(Debug, Clone)]
pub struct Packages {
    node: PathBuf,
    modules: PathBuf,
}

impl Packages {
    /// binaryen's optimiser, ready for its arguments.
    #[must_use]
    pub fn wasm_opt(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.modules.join("binaryen/bin/wasm-opt"));
        command
    }

    /// esbuild over the scripts and style sheets of a site, ready for its directory. (Compiled to wasm: one package
    /// for every system.)
    #[must_use]
    pub fn minify(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(project::root().join("xtask/npm/minify.mjs")).arg(&self.modules);
        command
    }

    /// What puts the site into one file; it takes the directory of the site, and the file.
    #[must_use]
    pub fn single(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(project::root().join("xtask/npm/single.mjs")).arg(&self.modules);
        command
    }

    /// The script that, loaded into a page, finds what keeps people out of it.
    #[must_use]
    pub fn axe(&self) -> PathBuf {
        self.modules.join("axe-core/axe.min.js")
    }
}

/// Installs exactly what the lock file says, unless that is already there.
///
/// # Errors
/// There is no Node.js or npm, or npm cannot fetch the packages.
pub fn packages() -> Result<Packages> {
    let (Some(node), Some(npm)) = (find(&["node", "nodejs"]), find(&["npm"])) else {
        bail!(
            "`node` and `npm` are not both on PATH; install Node.js, which brings them \
             (Debian: sudo apt-get install nodejs npm)"
        );
    };
    let source = project::root().join("xtask/npm");
    let directory = project::npm();
    let modules = directory.join("node_modules");
    let wanted = contents(&source)?;
    if fs::read(directory.join(INSTALLED)).is_ok_and(|installed| installed == wanted) && modules.is_dir() {
        return Ok(Packages { node, modules });
    }
    println!("installing the packages of xtask/npm");
    fs::create_dir_all(&directory).with_context(|| format!("cannot make {}", directory.display()))?;
    for name in FILES {
        fs::copy(source.join(name), directory.join(name)).with_context(|| format!("cannot copy xtask/npm/{name}"))?;
    }
    // Nothing here needs a package to run code of its own while it is installed.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
    run_quietly(Command::new(npm).args(arguments).current_dir(&directory))?;
    fs::write(directory.join(INSTALLED), wanted).context("cannot note what npm installed")?;
    Ok(Packages { node, modules })
}

fn contents(directory: &Path) -> Result<Vec<u8>> {
    let read = |name| fs::read(directory.join(name)).with_context(|| format!("cannot read xtask/npm/{name}"));
    Ok([read(FILES[0])?, read(FILES[1])?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lock names versions and hashes; where they are fetched from is each user's own setting.
    #[test]
    fn the_lock_names_no_host() {
        let text = String::from_utf8(contents(&project::root().join("xtask/npm")).unwrap()).unwrap();
        assert!(!text.contains("://"), "make it again with: npm install --omit-lockfile-registry-resolved");
        for exact in ["\"binaryen\": \"132.0.0\"", "\"esbuild-wasm\": \"0.28.2\""] {
            assert_eq!(text.matches(exact).count(), 2, "{exact}: in package.json and in the lock");
        }
    }
}
