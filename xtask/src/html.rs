//! Parsing and changing pages: their tags with byte ranges, and rewriting.
//!
//! Everything that the build reads from a page or changes in it goes through this module and [`lol_html`].

use std::cell::RefCell;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context as _, Result, ensure};
use lol_html::errors::RewritingError;
use lol_html::html_content::{self, ContentType, Element};
use lol_html::{RewriteStrSettings, doc_comments, doctype, element, end_tag, rewrite_str};

/// The name of the element that shows a figure.
pub const FIGURE: &str = "deleverage-lab";

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An opening tag.
    Start,
    /// The closing tag of an open element.
    End,
    /// A comment.
    Comment,
    /// The document type.
    Doctype,
}

/// A tag or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its kind.
    pub kind: Kind,
    /// The name of the element, in lower case, or the text of the comment.
    pub name: String,
    /// Attributes of an opening tag, in order.
    pub attributes: Vec<Attribute>,
    /// Its byte range in the page.
    pub place: Range<usize>,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, in lower case.
    pub name: String,
    /// Its value as written, with entities; empty if there is none.
    pub value: String,
    /// The byte range of the value in the page, without its quotes; `None` if there is none.
    pub place: Option<Range<usize>>,
}

impl Token {
    /// The value of an attribute.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_str())
    }

    /// The same token, moved by this many bytes.
    fn moved(mut self, by: usize) -> Self {
        let values = self.attributes.iter_mut().filter_map(|attribute| attribute.place.as_mut());
        for place in values.chain([&mut self.place]) {
            *place = place.start + by..place.end + by;
        }
        self
    }
}

/// All tags and comments of a page or of a part, in order.
#[must_use]
pub fn tokens(page: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for token in parsed(page) {
        // The parser reads a page as a browser with scripts does: the content of a <noscript> is text.
        if token.kind == Kind::End && token.name == "noscript" {
            let start = found.last().map_or(0, |opening| opening.place.end);
            found.extend(tokens(&page[start..token.place.start]).into_iter().map(|token| token.moved(start)));
        }
        found.push(token);
    }
    found
}

/// Tags and comments as the parser finds them.
fn parsed(page: &str) -> Vec<Token> {
    let tokens = Rc::new(RefCell::new(Vec::new()));
    let push = |kind, name, place| tokens.borrow_mut().push(Token { kind, name, attributes: Vec::new(), place });
    let opened = |element: &mut Element| {
        tokens.borrow_mut().push(opening(element));
        let closed = Rc::clone(&tokens);
        if let Some(handlers) = element.end_tag_handlers() {
            handlers.push(end_tag!(move |end| {
                let (name, place) = (end.name(), end.source_location().bytes());
                closed.borrow_mut().push(Token { kind: Kind::End, name, attributes: Vec::new(), place });
                Ok(())
            }));
        }
        Ok(())
    };
    let settings = RewriteStrSettings::new()
        .with_strict(false)
        .append_element_content_handler(element!("*", opened))
        .append_document_content_handler(doc_comments!(|comment| {
            push(Kind::Comment, comment.text().trim().to_owned(), comment.source_location().bytes());
            Ok(())
        }))
        .append_document_content_handler(doctype!(|doctype| {
            push(Kind::Doctype, String::new(), doctype.source_location().bytes());
            Ok(())
        }));
    rewrite_str(page, settings).expect("no handler fails, and the parser takes any text");
    tokens.take()
}

fn opening(element: &Element) -> Token {
    let attribute = |attribute: &html_content::Attribute| Attribute {
        name: attribute.name(),
        value: attribute.value(),
        place: attribute.value_source_location().map(|place| place.bytes()),
    };
    Token {
        kind: Kind::Start,
        name: element.tag_name(),
        attributes: element.attributes().iter().map(attribute).collect(),
        place: element.source_location().bytes(),
    }
}

/// The byte range of each element of that name, between its tags; to the end of the page if it has no closing tag.
#[must_use]
pub fn inside(page: &str, name: &str) -> Vec<Range<usize>> {
    let (mut found, mut open) = (Vec::<Range<usize>>::new(), Vec::new());
    for Token { kind, place, .. } in tokens(page).into_iter().filter(|token| token.name == name) {
        match kind {
            Kind::Start => {
                open.push(found.len());
                found.push(place.end..page.len());
            }
            Kind::End => {
                if let Some(last) = open.pop() {
                    found[last].end = place.start;
                }
            }
            Kind::Comment | Kind::Doctype => {}
        }
    }
    found
}

/// The text of a piece of markup, without its tags; entities stay as written.
#[must_use]
pub fn text(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut at = 0;
    for token in tokens(markup) {
        text.push_str(&markup[at..token.place.start]);
        at = token.place.end;
    }
    text.push_str(&markup[at..]);
    text
}

/// Applies changes to a page.
///
/// # Errors
/// A change fails, or the page is ambiguous to browsers.
pub fn rewrite(page: &str, changes: RewriteStrSettings) -> Result<String> {
    rewrite_str(page, changes).map_err(|error| match error {
        RewritingError::ContentHandlerError(error) => anyhow::Error::from_boxed(error),
        error => error.into(),
    })
}

/// Whether a page has the comment `<!-- name -->`, a place that the build fills.
#[must_use]
pub fn has_place(page: &str, name: &str) -> bool {
    tokens(page).iter().any(|token| token.kind == Kind::Comment && token.name == name)
}

/// Puts markup in the place `<!-- name -->` of a page.
///
/// # Errors
/// The page does not have the place exactly once.
pub fn fill(page: &str, name: &str, markup: &str) -> Result<String> {
    let mut found = 0;
    let changes = RewriteStrSettings::new().append_document_content_handler(doc_comments!(|comment| {
        if comment.text().trim() == name {
            comment.replace(markup, ContentType::Html);
            found += 1;
        }
        Ok(())
    }));
    let filled = rewrite(page, changes)?;
    ensure!(found == 1, "a page must have <!-- {name} --> exactly once, but this one has it {found} times");
    Ok(filled)
}

/// Puts markup in the place `<!-- name -->` of the page in a file.
///
/// # Errors
/// The file cannot be read or written, or does not have the place exactly once.
pub fn fill_file(path: &Path, name: &str, markup: &str) -> Result<()> {
    let page = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let filled = fill(&page, name, markup).with_context(|| path.display().to_string())?;
    fs::write(path, filled).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_attributes_and_positions() {
        let (doctype, opening, comment, bold) =
            ("<!doctype html>", "<P id=a\n  title='\">'>", "<!-- here -->", "<b lang=\"en\">");
        let page = format!("{doctype}{opening}x < y</p>{comment}<br /><noscript>{bold}c</b></noscript>");
        let tokens = tokens(&page);
        let places: Vec<_> = tokens.iter().map(|token| &page[token.place.clone()]).collect();
        assert_eq!(places, [doctype, opening, "</p>", comment, "<br />", "<noscript>", bold, "</b>", "</noscript>"]);
        assert_eq!((tokens[1].value("title"), tokens[6].value("id")), (Some("\">"), None));
        assert_eq!(&page[tokens[6].attributes[0].place.clone().unwrap()], "en");
        assert!(has_place(&page, "here") && !has_place(&page, "there"));
        assert_eq!(text(&page), "x < yc");
    }

    #[test]
    fn elements_may_be_nested() {
        let page = "<i>a<i>b</i></i><!-- i --><i>c";
        assert_eq!(
            inside(page, "i").into_iter().map(|place| &page[place]).collect::<Vec<_>>(),
            ["a<i>b</i>", "b", "c"]
        );
    }

    #[test]
    fn a_placeholder_is_filled_exactly_once() {
        assert_eq!(fill("<p><!-- a --></p>", "a", "<b>&amp;</b>").unwrap(), "<p><b>&amp;</b></p>");
        for wrong in ["<p></p>", "<!-- a --><!-- a -->", "<p title=\"<!-- a -->\"></p>"] {
            assert!(fill(wrong, "a", "b").unwrap_err().to_string().contains("<!-- a --> exactly once"), "{wrong}");
        }
    }

    #[test]
    fn the_error_of_a_change_is_returned() {
        let fails =
            RewriteStrSettings::new().append_element_content_handler(element!("p", |_| Err("the reason".into())));
        assert_eq!(rewrite("<p>", fails).unwrap_err().to_string(), "the reason");
    }
}
