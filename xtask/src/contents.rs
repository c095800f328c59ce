//! The table of contents of the article, made at build time from the headings of each language.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::html::{self, Kind};

/// Its place in a page.
const PLACE: &str = "contents";

/// Puts it into every page of this directory that has a place for it.
///
/// # Errors
/// A page cannot be read or written, or has the place more than once.
pub fn write(directory: &Path) -> Result<()> {
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|kind| kind != "html") {
            continue;
        }
        let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if html::has_place(&page, PLACE) {
            html::fill_file(&path, PLACE, &list(&page))?;
        }
    }
    Ok(())
}

/// An item for the first heading of each section that has an id, after the place.
fn list(page: &str) -> String {
    let (mut items, mut id, mut heading, mut skipped) = (String::new(), None, None, None);
    let mut begun = false;
    for token in html::tokens(page) {
        match (token.kind, token.name.as_str()) {
            (Kind::Comment, PLACE) => begun = true,
            (Kind::Start, "section") if begun => id = token.value("id").map(str::to_owned),
            (Kind::Start, "h2") if id.is_some() => heading = Some(token.place.end),
            // The number before a heading: the list has its own.
            (Kind::End, "span") if heading.is_some() => skipped = Some(token.place.end),
            (Kind::End, "h2") => {
                if let (Some(id), Some(start)) = (id.take(), heading.take()) {
                    let words = page[skipped.take().unwrap_or(start)..token.place.start].trim();
                    let _ = write!(items, "<li><a href=\"#{id}\">{words}</a></li>");
                }
            }
            _ => {}
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_the_headings_of_later_sections_without_their_numbers() {
        let page = "<section id=\"a\"><h2>Before</h2><ol><!-- contents --></ol></section>\
            <section id=\"b\"><h2><span class=\"number\">1</span> One &amp; <i>two</i></h2><h2>Again</h2></section>\
            <section><h2>Without an id</h2></section><section id=\"c\"><div><h2>Three</h2></div></section>";
        assert_eq!(list(page), "<li><a href=\"#b\">One &amp; <i>two</i></a></li><li><a href=\"#c\">Three</a></li>");
    }
}
