//! Tools that are not ours: found, installed where that is possible, and otherwise named with the
//! command to type.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{find, read, run};

/// The platform that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the compiler can build for [`WASM`].
///
/// # Errors
/// The standard library for wasm is missing and rustup is not there to fetch it, or cannot.
pub fn wasm_target() -> Result<()> {
    let library = read(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
    // rustc names the directory whether or not it is there.
    if library.is_some_and(|directory| Path::new(&directory).is_dir()) {
        return Ok(());
    }
    if find(&["rustup"]).is_none() {
        bail!(
            "rustc has no standard library for {WASM}, and there is no rustup to fetch it. Install \
             Rust with rustup, or the package of your system that brings this library (Debian: \
             sudo apt-get install libstd-rust-dev-wasm32)"
        );
    }
    println!("fetching the standard library for {WASM}");
    run(Command::new("rustup").args(["target", "add", WASM]).current_dir(crate::project::root()))
        .with_context(|| format!("the page cannot be built without it; try yourself: rustup target add {WASM}"))
}

/// A browser and the program that drives it for tests.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium itself.
    pub chromium: PathBuf,
    /// The `chromedriver` that drives it.
    pub chromedriver: PathBuf,
}

/// Chromium and chromedriver, installed first if this is Debian and we are root.
///
/// # Errors
/// One of them is missing and cannot be installed: then the error names the command to type.
pub fn browser() -> Result<Browser> {
    if let Ok(found) = look_for_browser() {
        return Ok(found);
    }
    if find(&["apt-get"]).is_some() && is_root() {
        println!("installing chromium and chromium-driver, which drive the tests of the page");
        let apt = |arguments: &[&str]| {
            run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
                .context("could not install the browser that tests the page")
        };
        apt(&["update", "-qq"])?;
        apt(&["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"])?;
    }
    look_for_browser()
}

fn look_for_browser() -> Result<Browser> {
    match (find(&["chromium", "chromium-browser", "google-chrome"]), find(&["chromedriver"])) {
        (Some(chromium), Some(chromedriver)) => Ok(Browser { chromium, chromedriver }),
        (chromium, _) => {
            let missing = if chromium.is_some() { "chromedriver" } else { "chromium" };
            bail!(
                "{missing} is not on PATH, and the page is tested in a real browser. On Debian and \
                 its relatives type: sudo apt-get install chromium chromium-driver. Elsewhere \
                 install Chromium or Chrome and the chromedriver of the same version, so that \
                 `chromium`, `chromium-browser` or `google-chrome`, and `chromedriver`, are on PATH"
            )
        }
    }
}

fn is_root() -> bool {
    read(Command::new("id").arg("-u")).as_deref() == Some("0")
}
