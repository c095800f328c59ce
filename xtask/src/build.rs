//! `cargo xtask build`: the crate to wasm, the wasm to a static site.
//!
//! ```text
//! src/        ── cargo, wasm-bindgen, wasm-opt ──┐
//! src/chart/  ── stills, proofs ─────────────────┼──> staging ──> dist/
//! src/episodes/ ── episodes ─────────────────────┤
//! src/params/ ──── parameters ───────────────────┤
//! www/        ── copy, esbuild ──────────────────┘
//! ```
//!
//! Everything is made in a staging directory and moved into place at the end, so that a failed build leaves the last
//! good one untouched.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::minify::minify;
use crate::plain::plain;
use crate::share::{self, Address};
use crate::wasm::Module;
use crate::{
    contents, episodes, evidence, flat, hashed, npm, offline, parameters, project, proofs, setup, single, sizes,
    stills, wasm, words, years,
};

/// Whether wasm-opt runs over the wasm, and esbuild over the scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WasmOpt {
    /// Always: tests run on what is published.
    Required,
    /// If npm can install them; otherwise a line on the terminal says so.
    IfPossible,
    /// Never: a quick build during development.
    Skip,
}

/// Options of a build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The directory that will hold the site; an earlier build there is replaced.
    pub out: PathBuf,
    /// Whether wasm-opt and esbuild run.
    pub wasm_opt: WasmOpt,
    /// Where the site will be on the web, if that is known.
    pub address: Option<Address>,
}

/// Builds the site, puts it in place, and prints its size.
///
/// # Errors
/// Any step failed; the directory is then as it was.
pub fn run(options: &Options) -> Result<()> {
    stage(options)?.publish()?;
    println!("{}", sizes::measure(&options.out)?);
    Ok(())
}

/// Builds into a staging directory; [`Staged::publish`] then puts the site in place.
///
/// # Errors
/// Any step failed, or `out` holds something that is not an earlier build.
pub fn stage(options: &Options) -> Result<Staged> {
    refuse_foreign(&options.out)?;
    setup::wasm_target()?;
    let compiled = Module::ALL.map(|module| wasm::compile(module).map(|wasm| (module, wasm)));
    let compiled = compiled.into_iter().collect::<Result<Vec<_>>>()?;

    let staged = Staged { directory: staging()?, out: options.out.clone() };
    let package = staged.directory.join("pkg");
    let packages = match options.wasm_opt {
        WasmOpt::Required => Some(npm::packages()?),
        WasmOpt::IfPossible => npm::packages()
            .inspect_err(|error| {
                println!("wasm and scripts are not optimised (they work the same, but are larger): {error:#}");
            })
            .ok(),
        WasmOpt::Skip => None,
    };
    for (module, wasm) in compiled {
        wasm::bind(module, &wasm, &package)?;
        if let Some(packages) = &packages {
            wasm::optimise(module, packages, &package)?;
        }
    }
    copy(&project::root().join("www"), &staged.directory)?;
    flat::write(&staged.directory)?;
    let (languages, messages) = words::all()?;
    words::pages::write(&staged.directory, &languages, &messages)?;
    stills::write(&staged.directory, &languages, &messages)?;
    contents::write(&staged.directory)?;
    proofs::write(&staged.directory)?;
    years::write(&staged.directory)?;
    episodes::write(&staged.directory)?;
    evidence::write(&staged.directory)?;
    parameters::write(&staged.directory, &languages, &messages)?;
    share::write(&staged.directory, &languages, &messages, options.address.as_ref())?;
    if let Some(packages) = &packages {
        single::write(packages, &staged.directory)?;
        minify(packages, &staged.directory)?;
    } else {
        println!("{} is not written, because it needs npm", single::FILE);
        strip(&staged.directory)?;
    }
    hashed::write(&staged.directory)?;
    offline::write(&staged.directory)?;
    Ok(staged)
}

/// Removes comments and indentation from all scripts and style sheets, where there is no esbuild.
fn strip(directory: &Path) -> Result<()> {
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
        let path = entry?.path();
        let kind = path.extension().unwrap_or_default();
        if path.is_dir() {
            strip(&path)?;
        } else if kind == "js" || kind == "css" {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            fs::write(&path, plain(&text)).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// A complete site that is not in its place yet; removed on drop.
#[derive(Debug)]
pub struct Staged {
    directory: PathBuf,
    out: PathBuf,
}

impl Staged {
    /// Puts the site in place of the last one, in two renames.
    ///
    /// # Errors
    /// The directory of the site cannot be written; the last build is then still in place.
    pub fn publish(&self) -> Result<()> {
        let out = &self.out;
        // Beside the final place, because a rename cannot cross file systems.
        let (new, old) = (beside(out, "new"), beside(out, "old"));
        let moved = copy(&self.directory, &new).and_then(|()| {
            if out.exists() {
                fs::rename(out, &old)?;
            }
            Ok(fs::rename(&new, out)?)
        });
        if let Err(error) = moved {
            // Restores the last build. If this fails too, the first error is still the one to report.
            if !out.exists() {
                let _ = fs::rename(&old, out);
            }
            let _ = fs::remove_dir_all(&new);
            let words = format!("cannot put the build in place at {}", out.display());
            return Err(error.context(words));
        }
        if old.exists() {
            fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Leftovers below target/ cost only disk space.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// An empty staging directory, named by the process so that two builds at once do not collide.
fn staging() -> Result<PathBuf> {
    let directory = project::target().join("site").join(std::process::id().to_string());
    if directory.exists() {
        fs::remove_dir_all(&directory).with_context(|| format!("cannot empty {}", directory.display()))?;
    }
    fs::create_dir_all(&directory).with_context(|| format!("cannot make {}", directory.display()))?;
    Ok(directory)
}

/// `dist` to `.dist-new-1234`.
fn beside(out: &Path, word: &str) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!(".{name}-{word}-{}", std::process::id()))
}

/// Publishing replaces the directory, so it must be an earlier build and not, say, a home directory.
fn refuse_foreign(out: &Path) -> Result<()> {
    if out.file_name().is_none() {
        bail!("{} cannot be replaced by a build: name a directory for it, as in --out dist", out.display());
    }
    let empty = || fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    // Before names by content, the wasm was in pkg/.
    let root = out.join(hashed::directory(out).unwrap_or_default());
    if out.exists() && !root.join("pkg").join(wasm::FILE).is_file() && !empty() {
        bail!(
            "{} exists and is not an earlier build, so it is left alone: name another directory \
             with --out",
            out.display()
        );
    }
    Ok(())
}

/// Copies a directory, except names that start with a dot: those are files of editors and systems.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry.with_context(|| format!("cannot read {}", from.display()))?;
        let (source, name) = (entry.path(), entry.file_name());
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        // Only translators need catalogues and terms, and only the check of the scripts needs types.
        let kept_back = source.extension().is_some_and(|kind| kind == "po" || kind == "ts");
        if kept_back || name == "terms.toml" || name == "tsconfig.json" {
            continue;
        }
        if source.is_dir() {
            copy(&source, &to.join(name))?;
        } else {
            fs::copy(&source, to.join(name)).with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(name: &str) -> PathBuf {
        let directory = project::target().join(format!("tmp-build-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        directory
    }

    /// A build of only the two files that the tests look at.
    fn staged(directory: &Path, out: &Path, text: &str) -> Staged {
        let staging = directory.join("staging");
        fs::create_dir_all(staging.join("pkg")).unwrap();
        fs::write(staging.join("pkg/deleverage_bg.wasm"), "").unwrap();
        fs::write(staging.join("index.html"), text).unwrap();
        fs::write(staging.join(".index.html.swp"), "").unwrap();
        Staged { directory: staging, out: out.to_path_buf() }
    }

    #[test]
    fn files_for_translators_and_checks_are_not_copied() {
        let directory = directory("copy");
        let (from, to) = (directory.join("www"), directory.join("dist"));
        fs::create_dir_all(from.join("words")).unwrap();
        for name in ["a.js", "a.d.ts", "words/de.po", "words/terms.toml", "tsconfig.json", ".a.js.swp"] {
            fs::write(from.join(name), "").unwrap();
        }
        copy(&from, &to).unwrap();
        assert!(to.join("a.js").exists());
        assert_eq!(fs::read_dir(&to).unwrap().count(), 2, "the script and the folder");
        assert_eq!(fs::read_dir(to.join("words")).unwrap().count(), 0);
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn publishing_replaces_the_last_build_and_cleans_up() {
        let directory = directory("publish");
        let out = directory.join("dist");
        for text in ["first", "second"] {
            refuse_foreign(&out).unwrap();
            staged(&directory, &out, text).publish().unwrap();
            assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), text);
        }
        assert!(!out.join(".index.html.swp").exists());
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "only dist");
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn a_directory_that_is_no_build_is_never_replaced() {
        let directory = directory("foreign");
        refuse_foreign(&directory).unwrap();
        fs::write(directory.join("letter.txt"), "dear").unwrap();
        let error = refuse_foreign(&directory).unwrap_err().to_string();
        assert!(error.contains("not an earlier build"), "{error}");
        assert!(refuse_foreign(Path::new("/")).is_err());
        fs::remove_dir_all(directory).unwrap();
    }
}
