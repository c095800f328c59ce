//! Names by content: everything that pages load is in one directory, named `v-` and a hash of its content. A file there
//! never changes, so it may be cached for ever. Addresses that people type, pages and the two scripts that authors
//! name, stay at the root.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use lol_html::{RewriteStrSettings, element};
use sha2::{Digest as _, Sha256};

use crate::html;
use crate::share::CARDS;

/// The prefix of the directory's name.
const PREFIX: &str = "v-";

/// The element's script, which authors name.
const ELEMENT: &str = "lab.js";

/// Other files that stay at the root, beside the pages.
const ROOT: [&str; 6] =
    ["host.js", "manifest.webmanifest", "icon.svg", "icon-192.png", "icon-512.png", "screenshot.png"];

/// Lessons stay at addresses that people type, beside those that the operator of a site adds.
const LESSONS: &str = "lessons/";

/// Whether a path of the site contains a content hash, as in `v-0123456789abcdef/lab.js`.
#[must_use]
pub fn is_hashed(path: &str) -> bool {
    path.split_once('/').is_some_and(|(first, _)| is_hash(first))
}

fn is_hash(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The name of the directory in a site; `None` if there is no such directory.
#[must_use]
pub fn directory(site: &Path) -> Option<String> {
    let names =
        fs::read_dir(site).ok()?.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    names.into_iter().find(|name| is_hash(name))
}

/// A hash of the names and contents of these files, which are below the directory.
///
/// # Errors
/// A file cannot be read.
pub fn hash<'a>(directory: &Path, names: impl IntoIterator<Item = &'a String>) -> Result<String> {
    let mut hash = Sha256::new();
    for name in names {
        let path = directory.join(name);
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        hash.update(format!("{name}\n{}\n", content.len()));
        hash.update(content);
    }
    let first = hash.finalize().first_chunk().copied().unwrap_or_default();
    Ok(format!("{:016x}", u64::from_be_bytes(first)))
}

/// Moves the files that pages load into the directory and updates the pages and the script at the root. Returns the
/// name of the directory.
///
/// # Errors
/// A file cannot be read or moved.
pub fn write(site: &Path) -> Result<String> {
    let all = files(site)?;
    let at_root = |name: &str| !name.contains('/') && (is_page(name) || ROOT.contains(&name));
    let stays = |name: &str| at_root(name) || name.starts_with(LESSONS) || name.starts_with(CARDS);
    let (pages, moved): (BTreeSet<_>, BTreeSet<_>) = all.into_iter().partition(|name| stays(name));
    let directory = format!("{PREFIX}{}", hash(site, &moved)?);
    for name in &moved {
        let to = site.join(&directory).join(name);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        }
        fs::rename(site.join(name), &to).with_context(|| format!("cannot move {name}"))?;
    }
    for name in moved.iter().filter_map(|name| name.split_once('/')).map(|(first, _)| first).collect::<BTreeSet<_>>() {
        fs::remove_dir_all(site.join(name)).with_context(|| format!("cannot remove {name}"))?;
    }
    for name in pages.iter().filter(|name| is_page(name) && *name != crate::single::FILE) {
        let path = site.join(name);
        let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(&path, named(&page, &moved, &directory)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    // The page still loads only one script of the element, by either address.
    let script = format!("export * from \"./{directory}/{ELEMENT}\";\n");
    fs::write(site.join(ELEMENT), script).with_context(|| format!("cannot write {ELEMENT}"))?;
    Ok(directory)
}

fn is_page(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "html")
}

/// A page whose attributes have the new addresses of files.
fn named(page: &str, moved: &BTreeSet<String>, directory: &str) -> Result<String> {
    let changes = RewriteStrSettings::new().append_element_content_handler(element!("*", |element| {
        let named = element.attributes().iter().map(|attribute| (attribute.name(), attribute.value()));
        for (name, value) in named.filter(|(_, value)| moved.contains(value)).collect::<Vec<_>>() {
            element.set_attribute(&name, &format!("{directory}/{value}"))?;
        }
        Ok(())
    }));
    html::rewrite(page, changes)
}

/// All files below a directory, as sorted relative paths.
///
/// # Errors
/// A directory cannot be read.
pub fn files(directory: &Path) -> Result<BTreeSet<String>> {
    fn list(directory: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
        for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
            let path = entry?.path();
            if path.is_dir() { list(&path, paths)? } else { paths.push(path) }
        }
        Ok(())
    }
    let mut paths = Vec::new();
    list(directory, &mut paths)?;
    let name = |path: &PathBuf| path.strip_prefix(directory).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(paths.iter().map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    fn site(style: &str) -> PathBuf {
        let site = project::target().join(format!("tmp-hashed-{style}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&site);
        for directory in ["pkg", CARDS] {
            fs::create_dir_all(site.join(directory)).unwrap();
        }
        let page = "<a href=\"index.html\">x=\"style.css</a><link href=\"style.css\"><img src=\"other.css\">";
        for (name, text) in [
            ("index.html", page),
            ("style.css", style),
            ("lab.js", "1"),
            ("pkg/a.js", "2"),
            ("host.js", "3"),
            ("cards/en.png", "4"),
        ] {
            fs::write(site.join(name), text).unwrap();
        }
        site
    }

    #[test]
    fn equal_content_has_equal_names_and_changed_content_does_not() {
        let names = ["a", "b", "a"].map(|style| {
            let site = site(style);
            let name = write(&site).unwrap();
            assert!(is_hashed(&format!("{name}/style.css")) && !is_hashed(&name) && !is_hashed("v-1/x"));
            assert_eq!(directory(&site), Some(name.clone()));
            let moved = |file: &str| format!("{name}/{file}");
            let all = ["cards/en.png", "host.js", "index.html", "lab.js"].map(str::to_owned).into_iter();
            let all = all.chain(["lab.js", "pkg/a.js", "style.css"].map(moved));
            assert_eq!(files(&site).unwrap(), all.collect());
            let page = fs::read_to_string(site.join("index.html")).unwrap();
            assert!(page.contains(&format!("<link href=\"{name}/style.css\"><img src=\"other.css\">")), "{page}");
            assert!(page.starts_with("<a href=\"index.html\">"), "{page}");
            assert_eq!(
                fs::read_to_string(site.join("lab.js")).unwrap(),
                format!("export * from \"./{name}/lab.js\";\n")
            );
            assert!(!site.join("pkg").exists());
            fs::remove_dir_all(site).unwrap();
            name
        });
        assert_eq!(names[0], names[2]);
        assert_ne!(names[0], names[1]);
    }
}
