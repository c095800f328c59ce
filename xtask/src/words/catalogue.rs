//! One language's words: the file of its translators, what may be wrong with it, and what the page loads of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use deleverage::language::Language;
use polib::message::Message as Entry;
use polib::metadata::CatalogMetadata;
use polib::po_file::{self, POParseOptions};

use super::collect::Message;
use super::page;
use crate::project;
use crate::prose::sorted;

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tongue {
    /// As `lang` has it.
    pub code: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// What stands between thousands and what before decimal places, as the browsers' `Intl` has it.
    pub marks: (&'static str, &'static str),
    /// Whether it is written from right to left.
    pub leftward: bool,
}

/// All languages but English.
pub const TONGUES: [Tongue; 5] = [
    Tongue { code: "es", name: "Español", marks: (".", ","), leftward: false },
    Tongue { code: "fr", name: "Français", marks: ("\u{202f}", ","), leftward: false },
    Tongue { code: "de", name: "Deutsch", marks: (".", ","), leftward: false },
    Tongue { code: "zh-Hans", name: "简体中文", marks: (",", "."), leftward: false },
    Tongue { code: "ar", name: "العربية", marks: (",", "."), leftward: true },
];

/// The words of a language, by their English.
#[derive(Debug)]
pub struct Catalogue {
    /// Whose.
    pub tongue: Tongue,
    words: BTreeMap<String, String>,
}

impl Catalogue {
    /// Reads the file of a language; a language without one has no words yet.
    ///
    /// # Errors
    /// The file is there and cannot be read or understood.
    pub fn read(tongue: Tongue) -> Result<Self> {
        let path = path(tongue.code);
        let mut words = BTreeMap::new();
        if path.exists() {
            // Comments belong to translators and their tools.
            let options = POParseOptions { message_body_only: true, ..POParseOptions::default() };
            let file =
                po_file::parse_with_option(&path, &options).map_err(|error| anyhow!("{}: {error}", path.display()))?;
            for entry in file.messages() {
                let text = entry.msgstr().unwrap_or_default();
                if !text.is_empty() {
                    words.insert(entry.msgid().to_owned(), text.to_owned());
                }
            }
        }
        Ok(Self { tongue, words })
    }

    /// A catalogue with these words.
    #[must_use]
    pub fn of(tongue: Tongue, words: BTreeMap<String, String>) -> Self {
        Self { tongue, words }
    }

    /// A message in this language.
    #[must_use]
    pub fn get(&self, english: &str) -> Option<&str> {
        self.words.get(english).map(String::as_str)
    }

    /// Messages that this language does not have, or has in a way that would break the page, each with what is wrong.
    #[must_use]
    pub fn faults(&self, messages: &[Message]) -> Vec<String> {
        let fault = |message: &Message| {
            let english = &message.english;
            let Some(text) = self.get(english) else { return Some(format!("missing: {english}")) };
            if names(english) != names(text) {
                return Some(format!("other names in braces: {english}"));
            }
            if !message.said && sorted(english) != sorted(text) {
                return Some(format!("other places for numbers: {english}"));
            }
            if !message.said && page::marks(english) != page::marks(text) {
                return Some(format!("other tags: {english}"));
            }
            let number = |before: &str| before.ends_with(|c: char| c.is_ascii_digit() || c == '}');
            let percent = text.match_indices(" %").any(|(at, _)| number(&text[..at]));
            let breaks = percent || text.contains(" »") || text.contains("« ");
            (breaks || text.contains(['\t', '\n'])).then(|| format!("a space where a line must not break: {english}"))
        };
        messages.iter().filter_map(fault).collect()
    }

    /// What the page loads: see [`Language::new`].
    #[must_use]
    pub fn text(&self, messages: &[Message]) -> String {
        let said = messages.iter().filter(|message| message.said);
        let mut lines: Vec<_> =
            said.filter_map(|Message { english, .. }| Some((english, self.get(english)?))).collect();
        lines.sort_unstable();
        lines.iter().fold(String::new(), |mut text, (english, words)| {
            let _ = writeln!(text, "{english}\t{words}");
            text
        })
    }

    /// The same for what is drawn and said natively.
    #[must_use]
    pub fn language(&self, messages: &[Message]) -> &'static Language {
        let Tongue { marks, leftward, .. } = self.tongue;
        Language::new(&self.text(messages), marks.0, marks.1, leftward)
    }
}

/// Writes the file of a language: all messages, in order, with the words that it has.
///
/// # Errors
/// The file cannot be written.
pub fn write(code: &str, messages: &[Message], words: impl Fn(&str) -> Option<String>) -> Result<()> {
    let mut metadata = CatalogMetadata::new();
    metadata.project_id_version = "deleverage".into();
    metadata.language = code.replace('-', "_");
    metadata.mime_version = "1.0".into();
    metadata.content_type = "text/plain; charset=UTF-8".into();
    metadata.content_transfer_encoding = "8bit".into();
    let mut file = polib::catalog::Catalog::new(metadata);
    for message in messages {
        let mut entry = Entry::build_singular();
        entry.with_source(message.source.clone()).with_msgid(message.english.clone());
        entry.with_msgstr(words(&message.english).unwrap_or_default());
        file.append_or_update(entry.done());
    }
    let path = path(code);
    fs::create_dir_all(path.parent().context("a file has a directory")?)?;
    po_file::write_to_file(&file, &path).with_context(|| format!("cannot write {}", path.display()))
}

/// Where the words of a language are.
#[must_use]
pub fn path(code: &str) -> PathBuf {
    project::root().join("www/words").join(format!("{code}.po"))
}

/// The names in braces of a message, in an order of their own.
fn names(message: &str) -> Vec<&str> {
    let mut names: Vec<&str> = message.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(english: &str, said: bool) -> Message {
        Message { english: english.into(), source: "src/a.rs".into(), said }
    }

    #[test]
    fn what_is_missing_or_would_break_the_page_is_listed() {
        let words = [("a {b}", "{c} a"), ("<b>a</b>", "<i>a</i>"), ("5\u{a0}%", "5 %"), ("good {n}", "{n} bon")];
        let words = words.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let catalogue = Catalogue::of(TONGUES[1], words);
        let messages =
            ["a {b}", "<b>a</b>", "5\u{a0}%", "good {n}", "none"].map(|text| message(text, text.contains('{')));
        let faults = catalogue.faults(&messages);
        assert_eq!(
            faults,
            [
                "other names in braces: a {b}",
                "other tags: <b>a</b>",
                "a space where a line must not break: 5\u{a0}%",
                "missing: none"
            ]
        );
        assert_eq!(catalogue.text(&messages), "a {b}\t{c} a\ngood {n}\t{n} bon\n");
    }
}
