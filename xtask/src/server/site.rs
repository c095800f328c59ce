//! The files that the server serves.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// A directory, and single files from other places.
#[derive(Debug)]
pub struct Site {
    /// The directory.
    pub directory: PathBuf,
    /// Files that replace others, by address.
    pub extra: BTreeMap<String, PathBuf>,
}
