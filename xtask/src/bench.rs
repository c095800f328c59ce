//! `cargo xtask bench`: the table of costs, measured against its anchors.

use anyhow::{Result, bail};

/// Measures and prints the table.
///
/// # Errors
/// Always, until it is built.
pub fn run() -> Result<()> {
    bail!("bench is not built yet")
}
