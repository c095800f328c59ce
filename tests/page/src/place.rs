//! Paths of the page, the browsers and their drivers, from the environment only; nothing is searched for.

use std::env;
use std::path::PathBuf;

/// The built page, `DELEVERAGE_DIST`.
///
/// # Panics
/// The variable is not set, or there is no page.
#[must_use]
pub fn dist() -> PathBuf {
    let dist = named("DELEVERAGE_DIST", "the directory that `cargo xtask build` wrote");
    assert!(dist.join("index.html").is_file(), "{} holds no index.html: type cargo xtask build", dist.display());
    dist
}

/// Path of a file that the built page loads, as in `lab.js`: in the directory named by its hash.
///
/// # Panics
/// There is no page.
#[must_use]
pub fn hashed(name: &str) -> PathBuf {
    dist().join(&address(name)[1..])
}

/// The same as an address from the root of the site.
///
/// # Panics
/// There is no page, or it has no hashed directory.
#[must_use]
pub fn address(name: &str) -> String {
    let directory = xtask::hashed::directory(&dist()).expect("a hashed directory");
    format!("/{directory}/{name}")
}

/// The script of axe-core, `DELEVERAGE_AXE`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn axe() -> PathBuf {
    named("DELEVERAGE_AXE", "the file axe.min.js of the npm package axe-core")
}

/// The chart library uPlot for the benchmark, `DELEVERAGE_UPLOT`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn uplot() -> PathBuf {
    named("DELEVERAGE_UPLOT", "the file uPlot.esm.js of the npm package uplot")
}

/// Chromium, `CHROMIUM`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn chromium() -> PathBuf {
    named("CHROMIUM", "the program chromium")
}

/// Chromium's driver, `CHROMEDRIVER`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn chromedriver() -> PathBuf {
    named("CHROMEDRIVER", "the program chromedriver")
}

/// Firefox, `FIREFOX`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn firefox() -> PathBuf {
    named("FIREFOX", "the program firefox")
}

/// Firefox's driver, `GECKODRIVER`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn geckodriver() -> PathBuf {
    named("GECKODRIVER", "the program geckodriver")
}

/// The driver of WebKitGTK's `MiniBrowser`, `WEBKITDRIVER`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn webkit_driver() -> PathBuf {
    named("WEBKITDRIVER", "the program WebKitWebDriver")
}

/// A virtual X server, `XVFB`.
///
/// # Panics
/// The variable is not set, or there is no such file.
#[must_use]
pub fn xvfb() -> PathBuf {
    named("XVFB", "the program Xvfb")
}

fn named(variable: &str, what: &str) -> PathBuf {
    let Some(path) = env::var_os(variable) else {
        panic!(
            "the environment variable {variable} must be the path of {what}; `cargo xtask test` sets it, and installs what is \
             missing"
        )
    };
    // Relative to the repository and not to the directory in which cargo runs tests.
    let path = xtask::project::root().join(path);
    assert!(path.exists(), "{variable} is {}, which does not exist; it must be the path of {what}", path.display());
    path
}
