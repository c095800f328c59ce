//! The names of tests, read from the sources, so that a program is built only if it has a requested test.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use proc_macro2::{TokenStream, TokenTree};

/// Whether one of the words is part of a name.
#[must_use]
pub fn any(names: &[String], word: &str) -> bool {
    names.iter().any(|name| name.contains(word))
}

/// The names of all tests in a file or below a folder, with their modules, as libtest prints them.
///
/// # Errors
/// A file cannot be read or parsed.
pub fn below(path: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    collect(folder, path, &mut names)?;
    Ok(names)
}

fn collect(folder: &Path, path: &Path, names: &mut Vec<String>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))? {
            collect(folder, &entry?.path(), names)?;
        }
    } else if path.extension().is_some_and(|kind| kind == "rs") {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let tokens = text.parse().map_err(|error| anyhow!("{}: {error}", path.display()))?;
        let module = path.strip_prefix(folder).unwrap_or(path).with_extension("");
        let mut modules: Vec<_> = module.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        modules.retain(|part| !["main", "lib", "mod"].contains(&part.as_str()));
        of_tokens(tokens, &mut modules, names);
    }
    Ok(())
}

/// Collects the functions after `#[test]`, also in the arguments of macros such as `proptest!`.
fn of_tokens(tokens: TokenStream, modules: &mut Vec<String>, names: &mut Vec<String>) {
    let (mut is_test, mut before, mut module) = (false, String::new(), None);
    for token in tokens {
        match &token {
            TokenTree::Ident(ident) => {
                if before == "fn" && std::mem::take(&mut is_test) {
                    names.push([&modules[..], &[ident.to_string()]].concat().join("::"));
                }
                if before == "mod" {
                    module = Some(ident.to_string());
                }
                before = ident.to_string();
                continue;
            }
            TokenTree::Group(group) if before == "#" && group.stream().to_string() == "test" => is_test = true,
            TokenTree::Group(group) => {
                let depth = modules.len();
                modules.extend(module.take());
                of_tokens(group.stream(), modules, names);
                modules.truncate(depth);
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => module = None,
            _ => {}
        }
        before = token.to_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_equal_those_of_libtest() {
        let text = "mod one; fn f() {} #[cfg(test)] mod tests { use x; #[test] fn a() {} #[test] #[should_panic] fn b() {} \
                    fn no() {} } proptest! { #[test] fn c(x in 0..1) { } }";
        let mut names = Vec::new();
        of_tokens(text.parse().unwrap(), &mut vec!["place".into()], &mut names);
        assert_eq!(names, ["place::tests::a", "place::tests::b", "place::c"]);
    }
}
