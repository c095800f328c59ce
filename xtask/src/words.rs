//! `cargo xtask words`: the messages of the site, collected from the sources into one catalogue for each language.
//!
//! ```text
//! www/*.html, www/lessons, www/**/*.js, src/**/*.rs, tables ──> messages ──> www/words/en.po, fr.po, ...
//!                                                                │               (for translators)
//!                                         build ─────────────────┴──> dist/index.fr.html, dist/words/fr.txt
//! ```
//!
//! English is in the sources and is the key of a message; `en.po` lists all messages and is made anew each time. The
//! file of any other language keeps its translations and gets new messages, empty. Missing translations are shown in
//! English. `terms.toml` has the word of each language for each term of the field.

pub mod catalogue;
pub mod collect;
pub mod lesson;
pub mod page;
pub mod pages;
pub mod plural;
pub mod script;
pub mod terms;
pub mod text;

use anyhow::Result;

use catalogue::{Catalogue, LOCALES};
use plural::Rule;
use terms::Terms;

/// Updates the files of all languages from the sources and lists missing translations and those without the usual term.
///
/// # Errors
/// A source or a file cannot be read, parsed or written.
pub fn run() -> Result<()> {
    let messages = collect::messages()?;
    catalogue::write("en", &Rule::english()?, &messages, |_| None)?;
    println!("{} messages in English", messages.len());
    let terms = Terms::read()?;
    for locale in LOCALES {
        let words = Catalogue::read(locale)?;
        catalogue::write(locale.code, &words.rule, &messages, |english| words.forms(english))?;
        let faults = faults(&words, &terms, &messages);
        println!("{}: {} to do", locale.name, faults.len());
        for fault in faults {
            println!("  {fault}");
        }
    }
    Ok(())
}

/// All faults of a language.
fn faults(words: &Catalogue, terms: &Terms, messages: &[collect::Message]) -> Vec<String> {
    words.faults(messages).into_iter().chain(terms.faults(words, messages)).collect()
}

/// All languages that have translations, and all messages.
///
/// # Errors
/// A source or a file cannot be read or parsed.
pub fn all() -> Result<(Vec<Catalogue>, Vec<collect::Message>)> {
    Ok((LOCALES.into_iter().map(Catalogue::read).collect::<Result<_>>()?, collect::messages()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Missing translations would be shown in English; the languages of the site are complete.
    #[test]
    fn every_language_is_complete_and_without_faults() {
        let (languages, messages) = all().unwrap();
        let terms = Terms::read().unwrap();
        let faults: Vec<_> = languages
            .iter()
            .flat_map(|words| {
                faults(words, &terms, &messages).into_iter().map(|fault| format!("{}: {fault}", words.locale.name))
            })
            .collect();
        assert!(faults.is_empty(), "run cargo xtask words and fix these: {faults:#?}");
    }

    #[test]
    fn every_exception_to_the_terms_concerns_a_message() {
        let unused = Terms::read().unwrap().unused(&collect::messages().unwrap());
        assert!(unused.is_empty(), "delete these from www/words/terms.toml: {unused:#?}");
    }

    /// The list of English messages, from which people translate, matches the sources.
    #[test]
    fn the_english_catalogue_matches_the_sources() {
        let file = polib::po_file::parse(&catalogue::path("en")).unwrap();
        let listed: Vec<_> = file.messages().map(|message| message.msgid().to_owned()).collect();
        let said: Vec<_> = collect::messages().unwrap().into_iter().map(|message| message.english).collect();
        assert!(listed == said, "run cargo xtask words");
    }
}
