//! The site without a network. The build writes into the service worker, `sw.js`, every file to cache and a hash of all
//! of them, so that each build has a different worker.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::plain::plain;
use crate::share::CARDS;
use crate::{hashed, single};

/// The name of the worker, at the root of the site: a worker serves only paths beside and below it.
const WORKER: &str = "sw.js";

/// Files that pages do not need, beside the pictures for other sites: the worker itself, the picture in the README, and
/// the single file.
const LEFT: [&str; 3] = [WORKER, "screenshot.png", single::FILE];

/// Writes the worker of an otherwise finished site.
///
/// # Errors
/// A file cannot be read, or the worker cannot be written.
pub fn write(site: &Path) -> Result<()> {
    let needed = |name: &String| !LEFT.contains(&name.as_str()) && !name.starts_with(CARDS);
    let files: BTreeSet<_> = hashed::files(site)?.into_iter().filter(needed).collect();
    let version = hashed::hash(site, &files)?;
    // The address of the directory is also the article.
    let mut kept = serde_json::Map::new();
    kept.insert("./".into(), "".into());
    for name in &files {
        // Pages are not checked: some hosts insert their own code into them.
        let integrity = if hashed::is_hashed(name) {
            integrity(&fs::read(site.join(name)).with_context(|| format!("cannot read {name}"))?)
        } else {
            String::new()
        };
        kept.insert(name.clone(), integrity.into());
    }
    let script = plain(include_str!("sw.js")).replace("VERSION", &version);
    let script = script.replace("{ FILES: \"\" }", &serde_json::to_string(&kept)?);
    fs::write(site.join(WORKER), script).with_context(|| format!("cannot write {WORKER}"))
}

/// The hash of a content as in an `integrity` attribute.
fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn the_service_worker_lists_its_files_and_differs_between_builds() {
        let site = project::target().join(format!("tmp-offline-{}", std::process::id()));
        let _ = fs::remove_dir_all(&site);
        fs::create_dir_all(&site).unwrap();
        let mut scripts = Vec::new();
        for page in ["one", "two", "one"] {
            fs::write(site.join("index.html"), page).unwrap();
            fs::write(site.join(single::FILE), "large").unwrap();
            fs::create_dir_all(site.join(CARDS)).unwrap();
            fs::write(site.join(CARDS).join("en.png"), "for other sites").unwrap();
            write(&site).unwrap();
            scripts.push(fs::read_to_string(site.join(WORKER)).unwrap());
        }
        assert!(scripts[0].contains("{\"./\":\"\",\"index.html\":\"\"}"), "{}", scripts[0]);
        assert!(!scripts[0].contains("VERSION") && !scripts[0].contains("FILES:"), "{}", scripts[0]);
        assert_eq!(scripts[0], scripts[2]);
        assert_ne!(scripts[0], scripts[1]);
        fs::remove_dir_all(site).unwrap();
    }
}
