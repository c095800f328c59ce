//! A page as blocks of words for translation.
//!
//! A block is an element with words and no other block: a paragraph, an item, a heading, a cell. Its message is the
//! markup between its tags, with single spaces. Links and other inline elements are part of the message, because only
//! the translator knows where they belong in the other language.

use std::ops::Range;

use anyhow::{Context as _, Result, ensure};

use crate::html::{self, Kind, Token};
use crate::prose::{Part, parts};

/// Elements that are blocks if they contain words and no other block.
const BLOCKS: [&str; 21] = [
    "title",
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "figcaption",
    "th",
    "td",
    "dt",
    "dd",
    "summary",
    "caption",
    "label",
    "legend",
    "option",
    "button",
    "noscript",
    "pre",
    "small",
];

/// Inline elements, which are part of a block.
const INLINE: [&str; 13] = ["a", "b", "i", "em", "strong", "code", "sub", "sup", "cite", "span", "kbd", "abbr", "br"];

/// Elements without a closing tag.
const VOID: [&str; 5] = ["meta", "link", "br", "img", "input"];

/// Attributes that screen readers read.
const SPOKEN: [&str; 3] = ["aria-label", "alt", "title"];

/// A message of a page, and its position.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The message, with single spaces.
    pub message: String,
    /// Its byte range in the page.
    pub place: Range<usize>,
    /// The end of the opening tag, before its `>`, where an attribute can be added; `None` for the words of an
    /// attribute.
    pub tag: Option<usize>,
}

/// All words of a page, in order.
///
/// # Errors
/// The page is not well formed, or has words outside of all blocks.
pub fn words(page: &str) -> Result<Vec<Words>> {
    let tags = html::tokens(page);
    let mut found = Vec::new();
    let mut at = 0;
    let mut i = 0;
    while i < tags.len() {
        let tag = &tags[i];
        between_blocks(&page[at..tag.place.start])?;
        at = tag.place.end;
        found.extend(attributes(tag)?);
        let inline = is_inline(tag);
        let opening = tag.kind == Kind::Start && !VOID.contains(&tag.name.as_str());
        if opening && (BLOCKS.contains(&tag.name.as_str()) || inline) {
            let closes = |next: &Token| next.kind == Kind::End && next.name == tag.name;
            let ends = |next: &Token| !is_inline(next) || (inline && closes(next));
            let end = tags[i + 1..].iter().position(ends).context("an element without a closing tag")? + i + 1;
            let last = &tags[end];
            if closes(last) {
                let place = tag.place.end..last.place.start;
                let message = single_spaced(&page[place.clone()]);
                if !message.is_empty() {
                    found.push(Words { message, place, tag: Some(tag.place.end - 1) });
                }
                at = last.place.end;
                i = end + 1;
                continue;
            }
            ensure!(!inline, "<{}> outside of all blocks holds a block", tag.name);
        }
        i += 1;
    }
    between_blocks(&page[at..])?;
    Ok(found)
}

/// Makes sure that a text between blocks has no words.
fn between_blocks(text: &str) -> Result<()> {
    ensure!(text.trim().is_empty(), "words outside of all blocks: {:?}", text.trim());
    Ok(())
}

fn is_inline(tag: &Token) -> bool {
    matches!(tag.kind, Kind::Start | Kind::End) && INLINE.contains(&tag.name.as_str())
}

/// Whether a message has words, and not only code, digits, signs and places for numbers.
#[must_use]
pub fn has_words(message: &str) -> bool {
    let inner = message.strip_prefix("<code>").and_then(|rest| rest.strip_suffix("</code>"));
    if inner.is_some_and(|code| !code.contains("<code>")) {
        return false;
    }
    // Markup and entities are no words.
    let text = html::text(message);
    let words = |part| if let Part::Words(words) = part { Some(words) } else { None };
    let words = parts(&text).into_iter().filter_map(words).collect::<String>();
    words.replace("&nbsp;", " ").replace("&amp;", "&").chars().any(char::is_alphabetic)
}

/// The tags of a message, sorted: a translation must have the same.
#[must_use]
pub fn marks(message: &str) -> Vec<&str> {
    let mut marks: Vec<&str> = html::tokens(message).into_iter().map(|tag| &message[tag.place]).collect();
    marks.sort_unstable();
    marks
}

fn single_spaced(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words in attributes, and the description of the page.
fn attributes(tag: &Token) -> Result<Vec<Words>> {
    let description = tag.name == "meta" && tag.value("name") == Some("description");
    let mut found = Vec::new();
    for attribute in &tag.attributes {
        let name = attribute.name.as_str();
        ensure!(!name.contains('<'), "<{}> is not closed before {name}", tag.name);
        let spoken = SPOKEN.contains(&name) || (description && name == "content");
        let message = single_spaced(&attribute.value);
        if let (true, Some(place)) = (spoken && !message.is_empty(), attribute.place.clone()) {
            found.push(Words { message, place, tag: None });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html>\n<html lang=\"en\"><head><meta name=\"description\" content=\"What it is.\" />\n\
        <title>A title</title></head><body><a class=\"skip\" href=\"#lab\">Skip</a><ul aria-label=\"All\"><li>\n  One <b>and\n  \
        two</b></li><li><p>Three</p></li></ul><!-- place --><table><tr><td>18.1%</td><td></td></tr></table></body></html>";

    #[test]
    fn every_word_is_in_a_block_and_can_be_replaced() {
        let found = words(PAGE).unwrap();
        let messages: Vec<&str> = found.iter().map(|words| words.message.as_str()).collect();
        assert_eq!(messages, ["What it is.", "A title", "Skip", "All", "One <b>and two</b>", "Three", "18.1%"]);
        for words in &found {
            assert_eq!(single_spaced(&PAGE[words.place.clone()]), words.message);
            assert!(words.tag.is_none_or(|tag| PAGE[tag..].starts_with('>')));
        }
    }

    #[test]
    fn words_outside_all_blocks_are_an_error() {
        for wrong in ["<div>words</div>", "<p>one", "<li>one<p>two</p></li>", "<p a <b>"] {
            assert!(words(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_no_words_and_tags_are_compared_in_any_order() {
        assert!(!has_words("<code>let a;<br />a</code>") && has_words("<code>a</code> and <code>b</code>"));
        assert!(!has_words("18.1%") && !has_words("<b>1</b> 2") && has_words("$3m") && has_words("<b>1</b> a"));
        assert_eq!(marks("<b>a</b> <a href=\"#x=1\">b</a>"), marks("<a href=\"#x=1\">b</a> <b>a</b>"));
    }
}
