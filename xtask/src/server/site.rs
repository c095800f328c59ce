//! The files that the server answers with.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// A directory, and single files from elsewhere.
#[derive(Debug)]
pub struct Site {
    /// The directory.
    pub directory: PathBuf,
    /// The files that stand in the place of others, by address.
    pub extra: BTreeMap<String, PathBuf>,
}
