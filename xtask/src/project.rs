//! Where things are: the project, what is built from it, and its npm packages.

use std::path::{Path, PathBuf};

/// The directory of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    // Compiled in, which stays right when the project is moved: cargo then builds this crate again.
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// Where cargo puts what it builds, and we what can be made again.
#[must_use]
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        // A relative one counts from where cargo is started, and every cargo started here starts in
        // the root.
        Some(directory) => root().join(directory),
        None => root().join("target"),
    }
}

/// Where the packages from npm are installed.
#[must_use]
pub fn npm() -> PathBuf {
    target().join("npm")
}
