//! The pages of the site in every language: `index.html` becomes `index.fr.html` and so on, beside it, so that every
//! other address in it stays as it is.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use deleverage::language;

use super::catalogue::{Catalogue, TONGUES};
use super::collect::{self, LANGUAGES_HERE, Message};
use super::page;

/// Writes every page that exists in every language in those of the catalogues, and the words that the page says while
/// it runs; gives the names of all such pages with the language of each.
///
/// # Errors
/// A page cannot be read, understood or written.
pub fn write(directory: &Path, catalogues: &[Catalogue], messages: &[Message]) -> Result<()> {
    let pages = collect::pages(directory)?;
    let names: Vec<String> =
        pages.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    let words = directory.join("words");
    fs::create_dir_all(&words).with_context(|| format!("cannot make {}", words.display()))?;
    for catalogue in catalogues {
        let code = catalogue.tongue.code;
        save(&words.join(format!("{code}.txt")), &catalogue.text(messages))?;
        for (path, name) in pages.iter().zip(&names) {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            language::speak(Some(catalogue.language(messages)));
            let translated = translated(&text, name, &names, catalogue);
            language::speak(None);
            save(&directory.join(in_language(name, code)), &translated.with_context(|| path.display().to_string())?)?;
        }
    }
    for (path, name) in pages.iter().zip(&names) {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        save(path, &text.replace(LANGUAGES_HERE, &links(name, "en")))?;
    }
    Ok(())
}

/// The file of a page in a language: `index.fr.html`.
#[must_use]
pub fn in_language(name: &str, code: &str) -> String {
    if code == "en" { format!("{name}.html") } else { format!("{name}.{code}.html") }
}

/// A page in another language. What its catalogue does not have stays in English, and says so.
fn translated(page: &str, name: &str, names: &[String], catalogue: &Catalogue) -> Result<String> {
    let tongue = catalogue.tongue;
    let mut out = String::with_capacity(2 * page.len());
    let mut at = 0;
    for words in page::words(page)? {
        let message = &words.message;
        if !page::has_words(message) {
            out.push_str(&page[at..words.place.start]);
            out.push_str(&language::numeral(message.clone()));
        } else if let Some(text) = catalogue.get(message) {
            out.push_str(&page[at..words.place.start]);
            out.push_str(text);
        } else if let Some(tag) = words.tag {
            let _ = write!(out, "{} lang=\"en\" dir=\"ltr\"{}", &page[at..tag], &page[tag..words.place.start]);
            out.push_str(message);
        } else {
            out.push_str(&page[at..words.place.end]);
        }
        at = words.place.end;
    }
    out.push_str(&page[at..]);
    let direction = if tongue.leftward { " dir=\"rtl\"" } else { "" };
    out = out.replacen("<html lang=\"en\">", &format!("<html lang=\"{}\"{direction}>", tongue.code), 1);
    for other in names {
        out = out.replace(&format!("href=\"{other}.html"), &format!("href=\"{}", in_language(other, tongue.code)));
    }
    // Loaded at once, and not only when a script asks for them.
    let early = format!(
        "<link rel=\"modulepreload\" href=\"catalogue.js\" /><link rel=\"preload\" href=\"words/{}.txt\" as=\"fetch\" \
         crossorigin />",
        tongue.code
    );
    out = out.replacen("</head>", &format!("{early}</head>"), 1);
    Ok(out.replace(LANGUAGES_HERE, &links(name, tongue.code)))
}

/// Links to the same page in all languages.
fn links(name: &str, here: &str) -> String {
    let all = [("en", "English")].into_iter().chain(TONGUES.map(|tongue| (tongue.code, tongue.name)));
    let link = |(code, own): (&str, &str)| {
        let current = if code == here { " aria-current=\"page\"" } else { "" };
        format!("<a href=\"{}\" lang=\"{code}\"{current}>{own}</a>", in_language(name, code))
    };
    format!("<nav class=\"languages\">{}</nav>", all.map(link).collect::<Vec<_>>().join(" "))
}

fn save(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html lang=\"en\"><head></head><body><!-- languages --><p>One <b>two</b></p><p>Three</p><table><tr>\
        <td>18.1&nbsp;%</td></tr></table><a href=\"index.html#x\" aria-label=\"Four\">Five</a></body></html>";

    #[test]
    fn a_page_is_translated_block_by_block_and_what_is_missing_says_that_it_is_english() {
        let words = [("One <b>two</b>", "<b>Deux</b> un"), ("Four", "Quatre"), ("Five", "Cinq")];
        let words = words.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let catalogue = Catalogue::of(TONGUES[1], words);
        language::speak(Some(catalogue.language(&[])));
        let page = translated(PAGE, "index", &["index".into()], &catalogue).unwrap();
        language::speak(None);
        for part in [
            "<html lang=\"fr\">",
            "<p><b>Deux</b> un</p>",
            "<p lang=\"en\" dir=\"ltr\">Three</p>",
            "<td>18,1&nbsp;%</td>",
            "<a href=\"index.fr.html#x\" aria-label=\"Quatre\">Cinq</a>",
            "<a href=\"index.fr.html\" lang=\"fr\" aria-current=\"page\">Français</a>",
            "href=\"words/fr.txt\"",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
    }
}
