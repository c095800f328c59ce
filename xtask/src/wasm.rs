//! The wasm of the page: compiled by cargo, bound to JavaScript by wasm-bindgen, optimised by wasm-opt.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, run, run_quietly};
use crate::{npm, project, setup};

/// The name of the crate, and of the files that the page loads.
const CRATE: &str = "deleverage";

/// The name that wasm-bindgen gives to the wasm of this crate.
pub const FILE: &str = "deleverage_bg.wasm";

/// Arguments of wasm-opt. The features are those that rustc uses by default, which every browser has, and SIMD (see
/// [`flags`]). `--all-features` would include some that no browser has yet. Never add `--fast-math`: the same seed
/// gives the same bits everywhere.
const WASM_OPT: [&str; 11] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
    "-O3",
    // Browsers do not need the list of features.
    "--strip-target-features",
];

/// A wasm module of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    /// The light build, for the first picture.
    First,
    /// The full build: all views, all parameters, studies, phase maps.
    Full,
}

impl Module {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Full];

    /// The name of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::First => CRATE,
            Self::Full => "full",
        }
    }
}

/// Compiles the crate and returns the path of the wasm.
///
/// # Errors
/// The crate does not build; the compiler has printed why.
pub fn compile(module: Module) -> Result<PathBuf> {
    let features: &[&str] = if module == Module::First { &["--no-default-features"] } else { &[] };
    // One directory for each, so that they do not invalidate each other.
    let target = project::target().join(module.name());
    let mut command = cargo(&["build", "--package", CRATE, "--lib"]);
    command.args(["--target", setup::WASM, "--profile", "wasm"]).args(features);
    // Explicit, so that no setting elsewhere moves the wasm.
    command.arg("--target-dir").arg(&target);
    command.env("CARGO_ENCODED_RUSTFLAGS", flags()?);
    if module == Module::First {
        // The light build is loaded first and runs small crowds only, so size matters more than speed.
        command.env("CARGO_PROFILE_WASM_OPT_LEVEL", "z");
    }
    run(&mut command).context("the crate does not build")?;
    Ok(target.join(setup::WASM).join("wasm").join(CRATE).with_extension("wasm"))
}

/// Writes the wasm for the browser and its JavaScript glue.
///
/// # Errors
/// wasm-bindgen does not understand the wasm, for instance because its crate has a different version.
pub fn bind(module: Module, wasm: &Path, package: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(wasm)
        .out_name(module.name())
        .web(true)?
        .typescript(false)
        // The library, unlike the command, omits the default path of the wasm.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen cannot read the wasm")?;
    // Imports of the wasm have names with a hash, in the wasm and in the JavaScript: 16 incompressible digits for each
    // of forty functions.
    let mut shorter = Vec::new();
    for import in output.wasm_mut().imports.iter_mut().filter(|import| import.name.starts_with("__wb")) {
        let short = format!("_{}", shorter.len());
        shorter.push((std::mem::replace(&mut import.name, short.clone()), short));
    }
    output.emit(package)?;
    let script = package.join(module.name()).with_extension("js");
    let written = fs::read_to_string(&script)?;
    fs::write(script, renamed(&written, &shorter)?)?;
    Ok(())
}

/// A script with these functions for the wasm renamed.
fn renamed(script: &str, names: &[(String, String)]) -> Result<String> {
    let mut script = script.to_owned();
    for (name, short) in names {
        let key = format!(" {name}: ");
        ensure!(script.matches(&key).count() == 1, "wasm-bindgen no longer names {name} as expected");
        script = script.replace(&key, &format!(" {short}: "));
    }
    Ok(script)
}

/// Makes the wasm smaller and faster, in place.
///
/// # Errors
/// wasm-opt failed; its message is in the error.
pub fn optimise(module: Module, packages: &npm::Packages, package: &Path) -> Result<()> {
    let wasm = package.join(format!("{}_bg.wasm", module.name()));
    let mut command = packages.wasm_opt();
    command.args(WASM_OPT).arg(&wasm).arg("-o").arg(&wasm);
    run_quietly(&mut command).context("wasm-opt failed")
}

/// Flags of the compiler: SIMD, which every browser that supports the style sheets has, and [`remap_paths`].
fn flags() -> Result<OsString> {
    let mut flags = OsString::from("-Ctarget-feature=+simd128\u{1f}");
    flags.push(remap_paths()?);
    Ok(flags)
}

/// Flags that remove the directories of this machine from panic messages: no local path is published, and the same
/// sources give the same wasm everywhere.
fn remap_paths() -> Result<OsString> {
    let mut flags = vec![remap(&project::root(), ".")];
    let home = env::home_dir().unwrap_or_default();
    let cargo = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let registries = cargo.join("registry").join("src");
    if registries.is_dir() {
        for entry in fs::read_dir(&registries).context("cannot list cargo's registries")? {
            flags.push(remap(&entry?.path(), "crates"));
        }
    }
    // The separator of flags for cargo, because a path may contain blanks.
    Ok(flags.join(OsString::from("\u{1f}").as_os_str()))
}

fn remap(directory: &Path, name: &str) -> OsString {
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(directory);
    flag.push("=");
    flag.push(name);
    flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_opt_has_no_fast_math() {
        let risky = |flag: &&str| flag.contains("fast-math") || flag.contains("all-features");
        assert!(!WASM_OPT.iter().any(risky));
    }

    #[test]
    fn imported_functions_are_renamed_in_script_and_wasm() {
        let names = [("__wbg_fill_01".to_owned(), "_0".to_owned())];
        assert_eq!(renamed("{ __wbg_fill_01: f, __wbg_fill_012: g }", &names).unwrap(), "{ _0: f, __wbg_fill_012: g }");
        assert!(renamed("imports.__wbg_fill_01 = f", &names).is_err());
    }

    #[test]
    fn the_project_root_is_remapped() {
        let flags = remap_paths().unwrap().to_string_lossy().into_owned();
        let root = format!("--remap-path-prefix={}=.", project::root().display());
        assert_eq!(flags.split('\u{1f}').next(), Some(root.as_str()));
    }
}
