//! Finds the standard library for wasm or, where possible, installs it; otherwise the error has the command to type.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::run::{find, read, run};

/// The platform that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the compiler can build for [`WASM`].
///
/// # Errors
/// The standard library for wasm is missing, and rustup is missing or cannot fetch it.
pub fn wasm_target() -> Result<()> {
    let library = read(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
    // rustc prints the directory even if it does not exist.
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
