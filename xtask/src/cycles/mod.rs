//! The check that imports point one way: no source file may depend on itself through others.
//!
//! [`rust`] and [`scripts`] say what counts as an import.

pub mod graph;
pub mod rust;
pub mod scripts;

use std::path::Path;

use anyhow::{Result, bail};

use crate::{npm, project};

/// The root files of the Rust crates that are checked.
const CRATES: [&str; 3] = ["src/lib.rs", "xtask/src/lib.rs", "tests/page/src/lib.rs"];

/// The folder of the page's scripts.
pub const SCRIPTS: &str = "www";

/// Checks every crate and the page's scripts.
///
/// # Errors
/// There is a cycle, or a source cannot be read.
pub fn check() -> Result<()> {
    let root = project::root();
    let graphs = CRATES.iter().map(|name| rust::imports(&root, Path::new(name)));
    let scripts = scripts::imports(&npm::packages()?, &root, SCRIPTS);
    let found = graphs.chain([scripts]).map(|graph| Ok(graph?.cycles())).collect::<Result<Vec<_>>>()?.concat();
    if found.is_empty() {
        return Ok(());
    }
    let said: Vec<_> = found.iter().map(ToString::to_string).collect();
    bail!("{} import cycles:\n{}", found.len(), said.join("\n"))
}
