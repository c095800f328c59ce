//! `cargo xtask words`: every word of the site, collected from the sources into one file for each language.
//!
//! ```text
//! www/*.html, www/**/*.js, src/**/*.rs, tables ──> messages ──> www/words/en.po, fr.po, ...  (for translators)
//!                                                   │
//!                                     build ────────┴──────> dist/index.fr.html, dist/words/fr.txt
//! ```
//!
//! English stands in the sources and is the key of a message; `en.po` lists all of it and is made anew each time. A file
//! of another language keeps its words and gets what is new, empty. What a language does not have is said in English.

pub mod catalogue;
pub mod collect;
pub mod page;
pub mod pages;
pub mod plural;
pub mod script;
pub mod text;

use anyhow::Result;

use catalogue::{Catalogue, TONGUES};
use plural::Rule;

/// Brings the files of all languages in line with the sources, and says what is missing in each.
///
/// # Errors
/// A source or a file cannot be read, understood or written.
pub fn run() -> Result<()> {
    let messages = collect::messages()?;
    catalogue::write("en", &Rule::english()?, &messages, |_| None)?;
    println!("{} messages in English", messages.len());
    for tongue in TONGUES {
        let words = Catalogue::read(tongue)?;
        catalogue::write(tongue.code, &words.rule, &messages, |english| words.forms(english))?;
        let faults = words.faults(&messages);
        println!("{}: {} to do", tongue.name, faults.len());
        for fault in faults {
            println!("  {fault}");
        }
    }
    Ok(())
}

/// All languages that have words, and all messages.
///
/// # Errors
/// A source or a file cannot be read or understood.
pub fn all() -> Result<(Vec<Catalogue>, Vec<collect::Message>)> {
    Ok((TONGUES.into_iter().map(Catalogue::read).collect::<Result<_>>()?, collect::messages()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a language lacks is said in English; the languages of the site lack nothing.
    #[test]
    fn every_language_has_every_word_in_a_way_that_breaks_nothing() {
        let (languages, messages) = all().unwrap();
        let faults: Vec<_> = languages
            .iter()
            .flat_map(|words| {
                words.faults(&messages).into_iter().map(|fault| format!("{}: {fault}", words.tongue.name))
            })
            .collect();
        assert!(faults.is_empty(), "type cargo xtask words and see to these: {faults:#?}");
    }

    /// Who translates from the list of English messages translates what the site says.
    #[test]
    fn the_list_of_english_messages_is_that_of_the_sources() {
        let file = polib::po_file::parse(&catalogue::path("en")).unwrap();
        let listed: Vec<_> = file.messages().map(|message| message.msgid().to_owned()).collect();
        let said: Vec<_> = collect::messages().unwrap().into_iter().map(|message| message.english).collect();
        assert!(listed == said, "type cargo xtask words");
    }
}
