//! The pages of the site in every language: `index.html` becomes `index.fr.html` and so on, in the same directory, so
//! that relative addresses still work.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use deleverage::language;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, doc_comments, element};

use super::catalogue::{Catalogue, LOCALES, Locale};
use super::collect::{LANGUAGES_HERE, Message};
use super::{lesson, page};
use crate::html::{self, Kind};
use crate::prose::{self, Page, Prose, sorted};

/// Translates pages into the languages of the catalogues, and writes the messages that the running page uses. Fills in
/// the numbers of all pages.
///
/// # Errors
/// A page cannot be read, parsed or written.
pub fn write(directory: &Path, catalogues: &[Catalogue], messages: &[Message]) -> Result<()> {
    let (prose, pages) = prose::read(directory)?;
    let translated_pages = || pages.iter().filter(|page| html::has_place(&page.text, LANGUAGES_HERE));
    let names: Vec<String> = translated_pages().map(|page| page.name.trim_end_matches(".html").to_owned()).collect();
    let lessons = lesson::lessons(directory)?;
    let words = directory.join("words");
    fs::create_dir_all(&words).with_context(|| format!("cannot make {}", words.display()))?;
    for catalogue in catalogues {
        let code = catalogue.locale.code;
        save(&words.join(format!("{code}.txt")), &catalogue.text(messages))?;
        lesson::write(directory, &lessons, code, |message| catalogue.get(message))?;
        for (page, name) in translated_pages().zip(&names) {
            language::speak(Some(catalogue.language(messages)));
            let translated = translated(page, &prose, name, &names, catalogue);
            language::speak(None);
            let translated = translated.with_context(|| format!("{} in {}", page.name, catalogue.locale.name))?;
            save(&directory.join(in_language(name, code)), &translated)?;
        }
    }
    for page in &pages {
        let name = page.name.trim_end_matches(".html");
        let text = prose.fill_page(page)?;
        save(&directory.join(&page.name), &html::rewrite(&text, linked(name, "en"))?)?;
    }
    Ok(())
}

/// The file of a page in a language: `index.fr.html`.
#[must_use]
pub fn in_language(name: &str, code: &str) -> String {
    if code == "en" { format!("{name}.html") } else { format!("{name}.{code}.html") }
}

/// A translated page. Missing translations stay in English and are marked with `lang`.
fn translated(page: &Page, prose: &Prose, name: &str, names: &[String], catalogue: &Catalogue) -> Result<String> {
    let locale = catalogue.locale;
    let text = page.text.as_str();
    let mut out = String::with_capacity(2 * text.len());
    let mut at = 0;
    for words in page::words(text)? {
        let (message, start) = (&words.message, words.place.start);
        if !page::has_words(message) {
            out.push_str(&text[at..start]);
            out.push_str(&prose.fill_numerals(page, start, message)?);
        } else if let Some(own) = catalogue.get(message) {
            ensure!(sorted(own) == sorted(message), "the places for numbers differ from the English: {message}");
            out.push_str(&text[at..start]);
            out.push_str(&prose.fill(page, start, own)?);
        } else {
            if let Some(tag) = words.tag {
                let _ = write!(out, "{} lang=\"en\" dir=\"ltr\"{}", &text[at..tag], &text[tag..start]);
            } else {
                out.push_str(&text[at..start]);
            }
            out.push_str(&prose.fill(page, start, message)?);
        }
        at = words.place.end;
    }
    out.push_str(&text[at..]);
    localised(&out, name, names, locale)
}

/// A translated page with its language in `lang` and with links to pages in that language.
fn localised(page: &str, name: &str, names: &[String], locale: Locale) -> Result<String> {
    // Preloaded, and not only when a script asks for them. A page without scripts needs neither.
    let scripts = html::tokens(page).iter().any(|token| token.kind == Kind::Start && token.name == "script");
    let early = if scripts {
        format!(
            "<link rel=\"modulepreload\" href=\"catalogue.js\" /><link rel=\"preload\" href=\"words/{}.txt\" \
             as=\"fetch\" crossorigin />",
            locale.code
        )
    } else {
        String::new()
    };
    let changes = linked(name, locale.code)
        .append_element_content_handler(element!("html", |html| {
            html.set_attribute("lang", locale.code)?;
            if locale.leftward {
                html.set_attribute("dir", "rtl")?;
            }
            Ok(())
        }))
        .append_element_content_handler(element!("head", |head| {
            head.append(&early, ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("[href]", |link| {
            let href = link.get_attribute("href").unwrap_or_default();
            let (file, rest) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
            let page = file.strip_suffix(".html").filter(|page| names.iter().any(|name| name == page));
            let own =
                page.map_or_else(|| lesson::in_language(file, locale.code), |page| in_language(page, locale.code));
            if own != file {
                link.set_attribute("href", &(own + rest))?;
            }
            Ok(())
        }));
    html::rewrite(page, changes)
}

/// The change that puts links to all languages into a page that has the place for them.
fn linked<'a>(name: &str, here: &str) -> RewriteStrSettings<'a, 'static> {
    let links = links(name, here);
    RewriteStrSettings::new().append_document_content_handler(doc_comments!(move |comment| {
        if comment.text().trim() == LANGUAGES_HERE {
            comment.replace(&links, ContentType::Html);
        }
        Ok(())
    }))
}

/// Links to the same page in all languages.
fn links(name: &str, here: &str) -> String {
    let all = [("en", "English")].into_iter().chain(LOCALES.map(|locale| (locale.code, locale.name)));
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
    use std::collections::BTreeMap;

    use super::*;
    use crate::words::plural::Rule;
    use crate::{project, words};

    const PAGE: &str = "<html lang=\"en\"><head><script src=\"lab.js\"></script></head><body><!-- languages --><p>One <b>two</b></p><p>Three</p><table><tr>\
        <td>18.1%</td></tr></table><a href=\"index.html#x\" aria-label=\"Four\">Five</a></body></html>";

    #[test]
    #[ignore = "takes 20 s; cargo xtask test runs it"]
    fn the_pages_of_the_site_are_written_in_every_language_with_all_their_numbers() {
        let directory = project::target().join(format!("tmp-pages-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        let www = project::root().join("www");
        let names = [
            "index.html",
            "glossary.html",
            "model.html",
            "authors.html",
            "teach.html",
            "embeds.html",
            "embed.html",
            "lesson.html",
        ];
        for name in names {
            fs::copy(www.join(name), directory.join(name)).unwrap();
        }
        fs::create_dir(directory.join("lessons")).unwrap();
        let (languages, messages) = words::all().unwrap();
        write(&directory, &languages, &messages).unwrap();
        for entry in fs::read_dir(&directory).unwrap().map(Result::unwrap) {
            if let Ok(text) = fs::read_to_string(entry.path()) {
                assert_eq!(sorted(&text), [""; 0], "{}", entry.path().display());
            }
        }
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn a_translation_that_changes_a_place_is_an_error_that_names_the_message() {
        const PLACED: &str =
            "<html lang=\"en\"><head></head><body><p>One {fall bots=0} of {leverage}</p></body></html>";
        let page = Page::new("index.html", PLACED.to_owned()).unwrap();
        let prose = Prose::of(std::slice::from_ref(&page)).unwrap();
        let translated = |own: &str| {
            let words = BTreeMap::from([("One {fall bots=0} of {leverage}".to_owned(), vec![own.to_owned()])]);
            let catalogue = Catalogue::of(LOCALES[1], Rule::english().unwrap(), words);
            translated(&page, &prose, "index", &["index".into()], &catalogue)
        };
        assert!(translated("De {leverage}, {fall bots=0}").unwrap().contains("<p>De 10x, "));
        for wrong in ["De {leverage}", "De {leverage}, {fall bots=1}", "{leverage} {leverage} {fall bots=0}"] {
            let error = translated(wrong).unwrap_err().to_string();
            assert!(
                error.contains("places for numbers") && error.ends_with("One {fall bots=0} of {leverage}"),
                "{error}"
            );
        }
    }

    #[test]
    fn untranslated_blocks_are_marked_as_english() {
        let words = [("One <b>two</b>", "<b>Deux</b> un"), ("Four", "Quatre"), ("Five", "Cinq")];
        let words = words.iter().map(|(key, text)| ((*key).to_owned(), vec![(*text).to_owned()])).collect();
        let catalogue = Catalogue::of(LOCALES[1], Rule::english().unwrap(), words);
        language::speak(Some(catalogue.language(&[])));
        let page = Page::new("index.html", PAGE.to_owned()).unwrap();
        let prose = Prose::of(std::slice::from_ref(&page)).unwrap();
        let page = translated(&page, &prose, "index", &["index".into()], &catalogue).unwrap();
        language::speak(None);
        for part in [
            "<html lang=\"fr\">",
            "<p><b>Deux</b> un</p>",
            "<p lang=\"en\" dir=\"ltr\">Three</p>",
            "<td>18,1%</td>",
            "<a href=\"index.fr.html#x\" aria-label=\"Quatre\">Cinq</a>",
            "<a href=\"index.fr.html\" lang=\"fr\" aria-current=\"page\">Français</a>",
            "href=\"words/fr.txt\"",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
    }

    #[test]
    fn a_page_without_scripts_does_not_load_their_words() {
        let page = localised("<head></head>", "glossary", &[], LOCALES[1]).unwrap();
        assert_eq!(page, "<head></head>");
    }
}
