//! The packages from npm: wasm-opt (binaryen), esbuild, prettier, oxlint and typescript for the format, the lints and
//! the types of scripts, axe for accessibility tests, and uPlot as a benchmark for drawings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::project;
use crate::run::{find, run_quietly};

/// The two files that define an installation; installing copies them.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Written last, so that an interrupted installation is not taken for a complete one.
const INSTALLED: &str = "installed";

/// The programs and scripts of the packages.
#[derive(Debug, Clone)]
pub struct Packages {
    node: PathBuf,
    modules: PathBuf,
}

impl Packages {
    /// wasm-opt; takes its usual arguments.
    #[must_use]
    pub fn wasm_opt(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.modules.join("binaryen/bin/wasm-opt"));
        command
    }

    /// esbuild for the scripts and style sheets of a site; takes the directory. (Compiled to wasm: one package for
    /// every system.)
    #[must_use]
    pub fn minify(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(project::root().join("xtask/npm/minify.mjs")).arg(&self.modules);
        command
    }

    /// esbuild as a parser: prints the imports of scripts; takes the root and a folder in it.
    #[must_use]
    pub fn imports(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(project::root().join("xtask/npm/imports.mjs")).arg(&self.modules);
        command
    }

    /// The script that puts the site into one file; takes the directory of the site, and the file.
    #[must_use]
    pub fn single(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(project::root().join("xtask/npm/single.mjs")).arg(&self.modules);
        command
    }

    /// Prettier, the formatter of scripts and style sheets; takes its usual arguments, and runs in the root. The line
    /// length is that of `.editorconfig`.
    #[must_use]
    pub fn prettier(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.modules.join("prettier/bin/prettier.cjs")).current_dir(project::root());
        command
    }

    /// Oxlint, the linter of scripts; takes its usual arguments, and runs in the root.
    #[must_use]
    pub fn oxlint(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.modules.join("oxlint/bin/oxlint")).current_dir(project::root());
        command.args(["--config", "xtask/npm/oxlint.jsonc"]);
        command
    }

    /// The compiler of TypeScript, which only checks; takes its usual arguments.
    #[must_use]
    pub fn tsc(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.modules.join("typescript/bin/tsc"));
        command
    }

    /// The runs of `tests/bits/`, compiled to wasm; takes the wasm.
    #[must_use]
    pub fn bits(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(project::root().join("tests/bits/run.mjs"));
        command
    }

    /// The script of axe, which finds accessibility problems in a page.
    #[must_use]
    pub fn axe(&self) -> PathBuf {
        self.modules.join("axe-core/axe.min.js")
    }

    /// uPlot, a fast chart library, as a benchmark for drawings.
    #[must_use]
    pub fn uplot(&self) -> PathBuf {
        self.modules.join("uplot/dist/uPlot.esm.js")
    }
}

/// The tools of the build and of the tests; installs them if they are missing.
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
    let modules = install(&npm, "xtask/npm", &project::npm())?;
    Ok(Packages { node, modules })
}

/// The `node_modules` of an author's project, for the test that bundles the packed element.
///
/// # Errors
/// There is no npm, or it cannot fetch the packages.
pub fn project_of_an_author() -> Result<PathBuf> {
    let Some(npm) = find(&["npm"]) else { bail!("`npm` is not on PATH; install Node.js, which includes it") };
    install(&npm, AUTHOR, &project::target().join("npm-author"))
}

/// The author's project, relative to the root.
pub const AUTHOR: &str = "tests/page/tests/suite/package";

/// Installs the lock file in `source` exactly into the directory, unless it is installed already.
fn install(npm: &Path, source: &str, directory: &Path) -> Result<PathBuf> {
    let modules = directory.join("node_modules");
    let wanted = contents(source)?;
    if fs::read(directory.join(INSTALLED)).is_ok_and(|installed| installed == wanted) && modules.is_dir() {
        return Ok(modules);
    }
    println!("installing the packages of {source}");
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    for name in FILES {
        let from = project::root().join(source).join(name);
        fs::copy(&from, directory.join(name)).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    // No package here needs an install script.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
    run_quietly(Command::new(npm).args(arguments).current_dir(directory))?;
    fs::write(directory.join(INSTALLED), wanted).context("cannot record the installation")?;
    Ok(modules)
}

fn contents(source: &str) -> Result<Vec<u8>> {
    let read = |name| {
        fs::read(project::root().join(source).join(name)).with_context(|| format!("cannot read {source}/{name}"))
    };
    Ok([read(FILES[0])?, read(FILES[1])?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lock has versions and hashes; the registry is each user's setting.
    #[test]
    fn lock_files_name_no_host() {
        let text = |source| String::from_utf8(contents(source).unwrap()).unwrap();
        for source in ["xtask/npm", AUTHOR] {
            let remedy = "recreate it with: npm install --omit-lockfile-registry-resolved";
            assert!(!text(source).contains("\"resolved\""), "{remedy}");
        }
        let text = text("xtask/npm");
        for exact in ["\"binaryen\": \"132.0.0\"", "\"esbuild-wasm\": \"0.28.2\""] {
            assert_eq!(text.matches(exact).count(), 2, "{exact}: in package.json and in the lock");
        }
    }

    /// All versions and hashes are fixed, and none of the packages is for visitors.
    #[test]
    fn lock_files_have_exact_versions_and_hashes() {
        for source in ["xtask/npm", AUTHOR] {
            let json = |name| -> serde_json::Value {
                let text = fs::read(project::root().join(source).join(name)).unwrap();
                serde_json::from_slice(&text).unwrap()
            };
            let (manifest, lock) = (json(FILES[0]), json(FILES[1]));
            assert_eq!(manifest["private"], true, "{source} is not published");
            for (name, version) in manifest["dependencies"].as_object().unwrap() {
                let version = version.as_str().unwrap();
                let numbers: Vec<_> = version.split('.').map(str::parse::<u32>).collect();
                assert!(numbers.len() == 3 && numbers.iter().all(Result::is_ok), "{source}: {name} is {version}");
                assert_eq!(lock["packages"][format!("node_modules/{name}")]["version"], *version, "{source}: {name}");
            }
            let packages = lock["packages"].as_object().unwrap();
            assert!(packages.len() > 3, "{source}");
            for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
                let hash = package["integrity"].as_str().unwrap_or_default();
                assert!(hash.starts_with("sha512-") && hash.len() > 90, "{source}: {name} has no hash");
                assert!(package["version"].is_string() && package["link"].is_null(), "{source}: {name}");
            }
        }
        let published = fs::read(project::root().join("xtask/package/package.json")).unwrap();
        let published: serde_json::Value = serde_json::from_slice(&published).unwrap();
        for kind in ["dependencies", "peerDependencies", "optionalDependencies", "scripts"] {
            assert!(published[kind].is_null(), "the package has {kind}");
        }
    }
}
