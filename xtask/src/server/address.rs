//! The file below the directory that an address means, if any.

use std::path::{Component, Path, PathBuf};

/// The meaning of an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// This file.
    File(PathBuf),
    /// A directory named without the final slash that relative links in its page need; this is the address with it.
    Slash(String),
    /// Nothing that is served.
    Nothing,
}

/// The decoded path of an address; `None` if it is not text.
pub fn path(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    decode(path)
}

/// The file below `directory` that the address means.
pub fn find(directory: &Path, address: &str) -> Found {
    let Some(path) = path(address) else {
        return Found::Nothing;
    };
    let Some(mut file) = join(directory, &path) else {
        return Found::Nothing;
    };
    if file.is_dir() {
        if !path.ends_with('/') {
            return Found::Slash(with_slash(address));
        }
        file.push("index.html");
    } else if path.ends_with('/') {
        return Found::Nothing;
    }
    // Symbolic links are followed only within the directory.
    let inside = |file: &Path| Some(file.canonicalize().ok()?.starts_with(directory.canonicalize().ok()?));
    if file.is_file() && inside(&file) == Some(true) { Found::File(file) } else { Found::Nothing }
}

/// The directory joined with the path, if every part of the path is a plain name.
fn join(directory: &Path, path: &str) -> Option<PathBuf> {
    let mut file = directory.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let mut components = Path::new(part).components();
        // On Windows a part may still be a drive or contain a backslash; then it is not one plain component.
        match (components.next(), components.next()) {
            (Some(Component::Normal(name)), None) if name == part && !part.contains('\0') => {
                file.push(name);
            }
            _ => return None,
        }
    }
    Some(file)
}

/// Decodes `%20` and so on; `None` if a `%` has no two digits, or the result is not UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            // from_str_radix alone would accept a sign.
            let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            bytes.push(hexadecimal.then(|| u8::from_str_radix(digits, 16).ok()).flatten()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// `/a/b?c` to `./b/?c`: relative, so that it cannot lead to a different host.
fn with_slash(address: &str) -> String {
    let (path, query) = match address.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (address, String::new()),
    };
    let name = path.rsplit('/').next().unwrap_or_default();
    format!("./{name}/{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_browsers_encode() {
        assert_eq!(decode("/a%20b%C3%A9").as_deref(), Some("/a bé"));
        for wrong in ["%", "%2", "%zz", "%+1", "%ff", "%é"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn joins_plain_names_only() {
        let root = Path::new("site");
        assert_eq!(join(root, "/pkg//a.js"), Some(root.join("pkg").join("a.js")));
        assert_eq!(join(root, "/..a/b..c"), Some(root.join("..a").join("b..c")));
        for wrong in ["/..", "/a/../b", "/.", "/a\0b"] {
            assert_eq!(join(root, wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_missing_slash_is_added_on_the_same_host() {
        assert_eq!(with_slash("/a/b?c=1"), "./b/?c=1");
        assert_eq!(with_slash("//elsewhere.example"), "./elsewhere.example/");
    }
}
