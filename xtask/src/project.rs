//! Paths of the project, of its build output, and of its npm packages.

use std::path::{Path, PathBuf};

/// The directory of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    // Compiled in. It stays right when the project is moved, because cargo then builds this crate again.
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// The directory of everything that can be built again.
#[must_use]
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        // A relative path counts from cargo's working directory, which is the root for every cargo started here.
        Some(directory) => root().join(directory),
        None => root().join("target"),
    }
}

/// The directory of the packages from npm.
#[must_use]
pub fn npm() -> PathBuf {
    target().join("npm")
}
