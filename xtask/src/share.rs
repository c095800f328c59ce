//! What other sites show of a link: the head of each page names a title, a description and a picture (Open Graph), the
//! address of the page and of the same page in other languages. Search engines also read that the article is a learning
//! resource, from microdata: JSON-LD would be an inline script, which the pages do not have.

mod address;
mod card;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use deleverage::chart::backend::svg::escape;
use deleverage::language;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element};

pub use address::Address;
use card::Painter;

use crate::html::{self, Kind};
use crate::words::catalogue::{Catalogue, LOCALES, Locale};
use crate::words::collect::Message;
use crate::words::pages::in_language;

/// The directory of the pictures. They keep their addresses, because other sites remember them.
pub const CARDS: &str = "cards/";

/// The article.
const ARTICLE: &str = "index";

/// One page for many lessons, which its address names. They are not the same page to a search engine.
const LESSON: &str = "lesson";

/// Draws a picture in each language and completes the head of every page that has a description. Without the address of
/// the site, addresses are relative, and there are none that must be absolute.
///
/// # Errors
/// A picture cannot be drawn, or a page cannot be read or written.
pub fn write(site: &Path, languages: &[Catalogue], messages: &[Message], address: Option<&Address>) -> Result<()> {
    let cards = site.join(CARDS);
    fs::create_dir_all(&cards).with_context(|| format!("cannot make {}", cards.display()))?;
    let painter = Painter::new()?;
    in_one(site, &painter, Locale::ENGLISH, address)?;
    for catalogue in languages {
        language::speak(Some(catalogue.language(messages)));
        let done = in_one(site, &painter, catalogue.locale, address);
        language::speak(None);
        done.with_context(|| format!("in {}", catalogue.locale.name))?;
    }
    Ok(())
}

/// The same for the pages in the current language.
fn in_one(site: &Path, painter: &Painter, locale: Locale, address: Option<&Address>) -> Result<()> {
    let article = read(site, &in_language(ARTICLE, locale.code))?;
    let title = title(&article).context("the article has no title")?;
    let alt = painter.describe();
    let mut picture = format!("{CARDS}{}.png", Locale::ENGLISH.code);
    // In other letters the picture is the English one.
    if card::writable(&title) && card::writable(&alt) {
        picture = format!("{CARDS}{}.png", locale.code);
        let png = painter.png(&title).with_context(|| format!("cannot draw {picture}"))?;
        fs::write(site.join(&picture), png).with_context(|| format!("cannot write {picture}"))?;
    }
    ensure!(site.join(&picture).is_file(), "the fonts of {picture} lack letters of the article's title");
    let mut names = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        names.extend(file.strip_suffix(".html").map(str::to_owned));
    }
    for name in names.iter().filter(|name| !name.contains('.')) {
        let file = in_language(name, locale.code);
        if !site.join(&file).exists() {
            continue;
        }
        let codes = [Locale::ENGLISH].into_iter().chain(LOCALES).map(|locale| locale.code);
        let codes = codes.filter(|code| site.join(in_language(name, code)).exists()).collect();
        let page = Page { name, locale, picture: &picture, alt: &alt, codes };
        let completed = page.completed(&read(site, &file)?, address).with_context(|| file.clone())?;
        fs::write(site.join(&file), completed).with_context(|| format!("cannot write {file}"))?;
    }
    Ok(())
}

fn read(site: &Path, file: &str) -> Result<String> {
    fs::read_to_string(site.join(file)).with_context(|| format!("cannot read {file}"))
}

/// The title of a page, as markup that is also XML.
fn title(page: &str) -> Option<String> {
    let title = html::inside(page, "title").into_iter().next()?;
    Some(page[title].split_ascii_whitespace().collect::<Vec<_>>().join(" ").replace("&nbsp;", "\u{a0}"))
}

/// A page in one language.
struct Page<'a> {
    /// Its name without language and extension.
    name: &'a str,
    locale: Locale,
    /// Its picture, relative to the site, and what it shows.
    picture: &'a str,
    alt: &'a str,
    /// The languages that have this page.
    codes: Vec<&'a str>,
}

impl Page<'_> {
    /// The page with a complete head, if it has a description.
    fn completed(&self, page: &str, address: Option<&Address>) -> Result<String> {
        let tokens = html::tokens(page);
        let described = |token: &&html::Token| token.kind == Kind::Start && token.value("name") == Some("description");
        let description = tokens.iter().find(described).and_then(|token| token.value("content"));
        let (Some(title), Some(description)) = (title(page), description) else { return Ok(page.to_owned()) };
        let tags = self.tags(&title, description, address);
        let resource = "https://schema.org/LearningResource";
        let article = self.name == ARTICLE;
        let changes = RewriteStrSettings::new()
            .append_element_content_handler(element!("head", |head| {
                head.append(&tags, ContentType::Html);
                Ok(())
            }))
            .append_element_content_handler(element!("html", |html| {
                if article {
                    html.set_attribute("itemscope", "")?;
                    html.set_attribute("itemtype", resource)?;
                }
                Ok(())
            }));
        html::rewrite(page, changes)
    }

    /// The tags that it adds. `title` and `description` are markup.
    fn tags(&self, title: &str, description: &str, address: Option<&Address>) -> String {
        let file = in_language(self.name, self.locale.code);
        let article = self.name == ARTICLE;
        let title = title.replace('"', "&quot;");
        let absolute = |file: &str| address.map_or_else(|| file.to_owned(), |address| address.of(file));
        let picture = absolute(self.picture);
        let (width, height) = card::SIZE;
        let mut tags = String::new();
        let mut meta = |property: &str, content: &str| {
            let _ = write!(tags, "<meta property=\"og:{property}\" content=\"{content}\" />");
        };
        meta("title", &title);
        meta("description", description);
        meta("type", if article { "article" } else { "website" });
        meta("locale", self.locale.territory);
        meta("image", &picture);
        meta("image:width", &width.to_string());
        meta("image:height", &height.to_string());
        meta("image:alt", &escape(self.alt));
        if let Some(address) = address.filter(|_| self.name != LESSON) {
            let here = escape(&address.of(&file));
            meta("url", &here);
            let _ = write!(tags, "<link rel=\"canonical\" href=\"{here}\" />");
            // The English page is also for readers of languages that the site does not have.
            let others = self.codes.iter().map(|code| (*code, *code)).chain([("x-default", Locale::ENGLISH.code)]);
            for (language, code) in others.filter(|_| self.codes.len() > 1) {
                let there = escape(&address.of(&in_language(self.name, code)));
                let _ = write!(tags, "<link rel=\"alternate\" hreflang=\"{language}\" href=\"{there}\" />");
            }
        }
        tags.push_str("<meta name=\"twitter:card\" content=\"summary_large_image\" />");
        if article {
            for (property, content) in [
                ("name", title.as_str()),
                ("description", description),
                ("inLanguage", self.locale.code),
                ("learningResourceType", "simulation"),
            ] {
                let _ = write!(tags, "<meta itemprop=\"{property}\" content=\"{content}\" />");
            }
            let _ = write!(tags, "<link itemprop=\"image\" href=\"{picture}\" />");
        }
        tags
    }
}

#[cfg(test)]
mod tests;
