//! Detection of changed sources by polling file times: no library, no limit on the number of files, and the same on
//! every system.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

/// The sources of the page.
const SOURCES: [&str; 3] = ["src", "www", "Cargo.toml"];

/// Time between two polls: shorter than it takes to switch from the editor to the browser.
const PAUSE: Duration = Duration::from_millis(300);

/// The sources at one poll: modification time and length of each file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Look {
    /// Polls the sources of the project.
    #[must_use]
    pub fn at_sources(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        for source in SOURCES {
            note(&root.join(source), &mut files);
        }
        Self(files)
    }

    /// Waits until the sources differ from this state and no longer change.
    pub fn wait_for_change(&self, root: &Path) {
        let mut last = Self::at_sources(root);
        loop {
            thread::sleep(PAUSE);
            let now = Self::at_sources(root);
            // Editors and checkouts write many files in a row: build once, after the last of them.
            if now != *self && now == last {
                return;
            }
            last = now;
        }
    }
}

/// Notes the file, or every file below the directory. Unreadable files count as missing.
fn note(path: &Path, files: &mut BTreeMap<PathBuf, (Option<SystemTime>, u64)>) {
    let Ok(metadata) = fs::metadata(path) else {
        return;
    };
    if metadata.is_file() {
        files.insert(path.to_path_buf(), (metadata.modified().ok(), metadata.len()));
        return;
    }
    let Ok(entries) = fs::read_dir(path) else {
        return;
    };
    for entry in entries.flatten() {
        // Swap files of editors are not sources.
        if !entry.file_name().to_string_lossy().starts_with('.') {
            note(&entry.path(), files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn new_changed_and_deleted_files_are_noticed() {
        let root = project::target().join(format!("tmp-watch-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("src/model")).unwrap();
        let first = Look::at_sources(&root);
        fs::write(root.join("src/model/.run.rs.swp"), "").unwrap();
        fs::write(root.join("README.md"), "").unwrap();
        assert_eq!(Look::at_sources(&root), first);

        fs::write(root.join("src/model/run.rs"), "1").unwrap();
        let second = Look::at_sources(&root);
        assert_ne!(second, first);
        fs::write(root.join("src/model/run.rs"), "12").unwrap();
        assert_ne!(Look::at_sources(&root), second);
        fs::remove_file(root.join("src/model/run.rs")).unwrap();
        assert_eq!(Look::at_sources(&root), first);

        let writer = {
            let file = root.join("Cargo.toml");
            thread::spawn(move || fs::write(file, "").unwrap())
        };
        first.wait_for_change(&root);
        writer.join().unwrap();
        fs::remove_dir_all(root).unwrap();
    }
}
