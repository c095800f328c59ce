//! The catalogue of a language: reading and writing its file, checking it, and the part that the page loads.

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
use super::plural::Rule;
use crate::project;
use crate::prose::sorted;

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// Its code, as in `lang`.
    pub code: &'static str,
    /// Its name in the language itself.
    pub name: &'static str,
    /// Separators of thousands and of decimal places, as in the browsers' `Intl`.
    pub marks: (&'static str, &'static str),
    /// Whether it is written from right to left.
    pub leftward: bool,
    /// The language with a territory, as Open Graph names it.
    pub territory: &'static str,
}

impl Locale {
    /// The language of the sources.
    pub const ENGLISH: Self =
        Self { code: "en", name: "English", marks: (",", "."), leftward: false, territory: "en_GB" };
}

/// All languages but English.
pub const LOCALES: [Locale; 5] = [
    Locale { code: "es", name: "Español", marks: (".", ","), leftward: false, territory: "es_ES" },
    Locale { code: "fr", name: "Français", marks: ("\u{202f}", ","), leftward: false, territory: "fr_FR" },
    Locale { code: "de", name: "Deutsch", marks: (".", ","), leftward: false, territory: "de_DE" },
    Locale { code: "zh-Hans", name: "简体中文", marks: (",", "."), leftward: false, territory: "zh_CN" },
    Locale { code: "ar", name: "العربية", marks: (",", "."), leftward: true, territory: "ar_AR" },
];

/// The translations of a language, by their English.
#[derive(Debug)]
pub struct Catalogue {
    /// The language.
    pub locale: Locale,
    /// The plural rule: which form belongs to which count.
    pub rule: Rule,
    /// The forms of each message: one for each kind of count, or a single one.
    words: BTreeMap<String, Vec<String>>,
}

impl Catalogue {
    /// Reads the file of a language; without a file there are no translations yet.
    ///
    /// # Errors
    /// The file exists and cannot be read or parsed.
    pub fn read(locale: Locale) -> Result<Self> {
        let path = path(locale.code);
        let mut words = BTreeMap::new();
        let mut rule = Rule::new(1, "0")?;
        if path.exists() {
            // Comments are for translators and their tools.
            let options = POParseOptions { message_body_only: true, ..POParseOptions::default() };
            let file =
                po_file::parse_with_option(&path, &options).map_err(|error| anyhow!("{}: {error}", path.display()))?;
            let plurals = &file.metadata.plural_rules;
            rule = Rule::new(plurals.nplurals, &plurals.expr).with_context(|| path.display().to_string())?;
            for entry in file.messages() {
                let forms = match entry.msgstr_plural() {
                    Ok(forms) => forms.clone(),
                    Err(_) => vec![entry.msgstr().unwrap_or_default().to_owned()],
                };
                if forms.iter().any(|form| !form.is_empty()) {
                    words.insert(entry.msgid().to_owned(), forms);
                }
            }
        }
        Ok(Self { locale, rule, words })
    }

    /// A catalogue with these translations.
    #[must_use]
    pub fn of(locale: Locale, rule: Rule, words: BTreeMap<String, Vec<String>>) -> Self {
        Self { locale, rule, words }
    }

    /// A message in this language, if it has one form.
    #[must_use]
    pub fn get(&self, english: &str) -> Option<&str> {
        self.words.get(english)?.first().map(String::as_str)
    }

    /// A message in this language, in all its forms.
    #[must_use]
    pub fn forms(&self, english: &str) -> Option<Vec<String>> {
        self.words.get(english).cloned()
    }

    /// Messages without a translation, or with one that would break the page, each with the fault.
    #[must_use]
    pub fn faults(&self, messages: &[Message]) -> Vec<String> {
        let fault = |message: &Message| {
            let english = &message.english;
            let Some(forms) = self.words.get(english) else { return Some(format!("missing: {english}")) };
            let expected = if message.plural.is_some() { self.rule.forms } else { 1 };
            if forms.len() != expected || forms.iter().any(String::is_empty) {
                return Some(format!("not all {expected} forms: {english}"));
            }
            let wrong = |(form, text): (usize, &String)| self.fault(message, form, text);
            forms.iter().enumerate().find_map(wrong).map(|fault| format!("{fault}: {english}"))
        };
        messages.iter().filter_map(fault).collect()
    }

    /// The fault in one form of a message.
    fn fault(&self, message: &Message, form: usize, text: &str) -> Option<&'static str> {
        let english = message.plural.as_ref().unwrap_or(&message.english);
        // A form for a single count may write it as a word.
        let in_words = message.plural.is_some() && !self.rule.is_shared(form);
        let (named, own) = (names(english), names(text));
        let left_out = named.iter().any(|name| !own.contains(name));
        if own.iter().any(|name| !named.contains(name)) || (left_out && !in_words) {
            return Some("other names in braces");
        }
        if !message.said && sorted(english) != sorted(text) {
            return Some("other places for numbers");
        }
        if !message.said && page::marks(english) != page::marks(text) {
            return Some("other tags");
        }
        let number = |before: &str| before.ends_with(|c: char| c.is_ascii_digit() || c == '}');
        let percent = text.match_indices(" %").any(|(at, _)| number(&text[..at]));
        let breaks = percent || text.contains(" »") || text.contains("« ") || text.contains(['\t', '\n']);
        breaks.then_some("a space where a line must not break")
    }

    /// The text that the page loads: see [`Language::new`]. The browser has the plural rule.
    #[must_use]
    pub fn text(&self, messages: &[Message]) -> String {
        let said = messages.iter().filter(|message| message.said);
        let mut lines: Vec<_> =
            said.filter_map(|Message { english, .. }| Some((english, self.words.get(english)?.join("\t")))).collect();
        lines.sort_unstable();
        lines.iter().fold(String::new(), |mut text, (english, words)| {
            let _ = writeln!(text, "{english}\t{words}");
            text
        })
    }

    /// The language for native drawings and texts.
    #[must_use]
    pub fn language(&self, messages: &[Message]) -> &'static Language {
        let Locale { marks, leftward, .. } = self.locale;
        let words = format!("\t{}\n{}", self.rule.listed, self.text(messages));
        Language::new(&words, marks.0, marks.1, leftward)
    }
}

/// Writes the file of a language: all messages, in order, with their translations.
///
/// # Errors
/// The file cannot be written.
pub fn write(code: &str, rule: &Rule, messages: &[Message], words: impl Fn(&str) -> Option<Vec<String>>) -> Result<()> {
    let mut metadata = CatalogMetadata::new();
    metadata.project_id_version = "deleverage".into();
    metadata.language = code.replace('-', "_");
    metadata.mime_version = "1.0".into();
    metadata.content_type = "text/plain; charset=UTF-8".into();
    metadata.content_transfer_encoding = "8bit".into();
    (metadata.plural_rules.nplurals, metadata.plural_rules.expr) = (rule.forms, rule.expression.clone());
    let mut file = polib::catalog::Catalog::new(metadata);
    for message in messages {
        let mut forms = words(&message.english).unwrap_or_default();
        let mut entry = if let Some(plural) = &message.plural {
            let mut entry = Entry::build_plural();
            forms.resize(rule.forms, String::new());
            entry.with_msgid_plural(plural.clone()).with_msgstr_plural(forms);
            entry
        } else {
            let mut entry = Entry::build_singular();
            entry.with_msgstr(forms.into_iter().next().unwrap_or_default());
            entry
        };
        entry.with_source(message.source.clone()).with_msgid(message.english.clone());
        file.append_or_update(entry.done());
    }
    let path = path(code);
    fs::create_dir_all(path.parent().context("a path without a directory")?)?;
    po_file::write_to_file(&file, &path).with_context(|| format!("cannot write {}", path.display()))
}

/// The path of a language's file.
#[must_use]
pub fn path(code: &str) -> PathBuf {
    project::root().join("www/words").join(format!("{code}.po"))
}

/// The names in braces of a message, sorted.
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
        Message { english: english.into(), plural: None, source: "src/a.rs".into(), said }
    }

    #[test]
    fn missing_and_breaking_translations_are_listed() {
        let words = [("a {b}", "{c} a"), ("<b>a</b>", "<i>a</i>"), ("5\u{a0}%", "5 %"), ("good {n}", "{n} bon")];
        let words = words.iter().map(|(key, text)| ((*key).to_owned(), vec![(*text).to_owned()])).collect();
        let catalogue = Catalogue::of(LOCALES[1], Rule::english().unwrap(), words);
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

    #[test]
    fn every_plural_form_is_needed_and_shared_forms_must_name_the_count() {
        let french = Rule::new(2, "n > 1").unwrap();
        let message = Message { plural: Some("{n} bots".into()), ..message("1 bot", true) };
        let fault = |forms: &[&str]| {
            let words = BTreeMap::from([("1 bot".to_owned(), forms.iter().map(|form| (*form).to_owned()).collect())]);
            let catalogue = Catalogue::of(LOCALES[1], french.clone(), words);
            (catalogue.faults(std::slice::from_ref(&message)).pop(), catalogue.text(std::slice::from_ref(&message)))
        };
        assert_eq!(fault(&["{n} bot", "{n} bots"]), (None, "1 bot\t{n} bot\t{n} bots\n".into()));
        // In French, zero takes the singular.
        assert_eq!(fault(&["un bot", "{n} bots"]).0.unwrap(), "other names in braces: 1 bot");
        for forms in [&["{n} bots"][..], &["{n} bot", ""], &["{n} bot", "{n} bots", "{n}"]] {
            assert_eq!(fault(forms).0.unwrap(), "not all 2 forms: 1 bot");
        }
    }
}
