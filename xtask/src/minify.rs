//! Bundling and minifying of scripts and style sheets, by esbuild from npm.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use lol_html::{RewriteStrSettings, element, end_tag};

use crate::html;
use crate::npm::Packages;
use crate::run::run_quietly;
use crate::single;

/// Bundles and minifies all scripts and style sheets below the directory, in place; `npm/minify.mjs` says which files
/// remain.
///
/// # Errors
/// esbuild does not understand a file; its message is in the error.
pub fn minify(packages: &Packages, directory: &Path) -> Result<()> {
    run_quietly(packages.minify().arg(directory)).context("esbuild failed")?;
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
        let path = entry?.path();
        // The single file is minified already, and its policy has hashes of its content.
        if path.extension().is_some_and(|kind| kind == "html") && !path.ends_with(single::FILE) {
            let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            // In a <pre>, line breaks matter.
            ensure!(html::inside(&page, "pre").is_empty(), "{} has a <pre>", path.display());
            fs::write(&path, flowing(&page)?).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// A page without line breaks and indentation, which are single spaces to a browser, and without closing tags of items
/// and cells, which HTML does not need. Non-breaking spaces are kept.
fn flowing(page: &str) -> Result<String> {
    let page = page.split_ascii_whitespace().collect::<Vec<_>>().join(" ").replace("&nbsp;", "\u{a0}");
    let ends =
        RewriteStrSettings::new().append_element_content_handler(element!("li, dt, dd, th, td, tr", |element| {
            element.on_end_tag(end_tag!(|end| {
                end.remove();
                Ok(())
            }))
        }));
    html::rewrite(&page, ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_separate_and_no_break_spaces_are_kept() {
        assert_eq!(flowing("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>").unwrap(), "<ul> <li>a <li>b </ul>");
        assert_eq!(flowing("<p>\n  1&nbsp;% of\n  <b>all</b>\n</p>\n").unwrap(), "<p> 1\u{a0}% of <b>all</b> </p>");
    }
}
