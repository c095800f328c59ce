//! `cargo xtask words`: every word of the site, collected from the sources into one file for each language.
//!
//! ```text
//! www/*.html, www/*.js, src/**/*.rs, tables ──> messages ──> www/words/en.po, fr.po, ...  (for translators)
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

use anyhow::Result;

use catalogue::{Catalogue, TONGUES};

/// Brings the files of all languages in line with the sources, and says what is missing in each.
///
/// # Errors
/// A source or a file cannot be read, understood or written.
pub fn run() -> Result<()> {
    let messages = collect::messages()?;
    catalogue::write("en", &messages, |_| None)?;
    println!("{} messages in English", messages.len());
    for tongue in TONGUES {
        let words = Catalogue::read(tongue)?;
        catalogue::write(tongue.code, &messages, |english| words.get(english).map(str::to_owned))?;
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
