use std::path::PathBuf;

use super::*;
use crate::{project, words};

const HEAD: &str = "<html lang=\"en\"><head><title>\n  A &amp; \"B\"</title><meta name=\"description\" content=\"C &quot;D&quot;\" />\
    </head><body><p>E</p></body></html>";

fn page(name: &'static str, code: &str, codes: &[&'static str]) -> Page<'static> {
    let locale = [Locale::ENGLISH].into_iter().chain(LOCALES).find(|locale| locale.code == code).unwrap();
    Page { name, locale, picture: "cards/en.png", alt: "F < G", codes: codes.to_vec() }
}

/// What a page says, as pairs: the name of a tag's first attribute's value, and what it says.
fn said(page: &str) -> Vec<(String, String)> {
    let pair = |token: html::Token| {
        let name =
            ["property", "name", "itemprop", "hreflang", "rel"].iter().find_map(|name| token.value(name))?.to_owned();
        Some((name, ["content", "href"].iter().find_map(|name| token.value(name))?.to_owned()))
    };
    html::tokens(page).into_iter().filter_map(pair).collect()
}

fn all<'a>(said: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    said.iter().filter(|(known, _)| known == name).map(|(_, content)| content.as_str()).collect()
}

#[test]
fn a_page_names_its_title_description_and_picture() {
    let completed = page("index", "fr", &["en", "fr"]).completed(HEAD, None).unwrap();
    let said = said(&completed);
    for (name, content) in [
        ("og:title", "A &amp; &quot;B&quot;"),
        ("og:description", "C &quot;D&quot;"),
        ("og:type", "article"),
        ("og:locale", "fr_FR"),
        ("og:image", "cards/en.png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "F &lt; G"),
        ("twitter:card", "summary_large_image"),
        ("name", "A &amp; &quot;B&quot;"),
        ("inLanguage", "fr"),
        ("learningResourceType", "simulation"),
    ] {
        assert_eq!(all(&said, name), [content], "{name}");
    }
    // These must be absolute, and nobody has said where the site is.
    for name in ["og:url", "canonical", "x-default", "alternate", "fr"] {
        assert_eq!(all(&said, name), [""; 0], "{name}");
    }
    assert!(completed.contains("itemtype=\"https://schema.org/LearningResource\""), "{completed}");
    assert!(completed.contains("<body><p>E</p></body>"), "{completed}");
}

#[test]
fn with_the_address_of_the_site_a_page_names_itself_and_its_translations() {
    let address: Address = "https://example.org/a".parse().unwrap();
    let tags =
        |name, code, codes: &[&'static str]| said(&page(name, code, codes).completed(HEAD, Some(&address)).unwrap());
    let french = tags("index", "fr", &["en", "fr"]);
    for (name, content) in [
        ("og:url", "https://example.org/a/index.fr.html"),
        ("canonical", "https://example.org/a/index.fr.html"),
        ("og:image", "https://example.org/a/cards/en.png"),
        ("en", "https://example.org/a/"),
        ("fr", "https://example.org/a/index.fr.html"),
        ("x-default", "https://example.org/a/"),
    ] {
        assert_eq!(all(&french, name), [content], "{name}");
    }
    assert_eq!(all(&tags("index", "en", &["en", "fr"]), "canonical"), ["https://example.org/a/"]);
    let alone = tags("model", "en", &["en"]);
    assert_eq!((all(&alone, "og:type"), all(&alone, "x-default")), (vec!["website"], vec![]));
    assert_eq!(all(&alone, "learningResourceType"), [""; 0]);
    // Its address names one of many lessons.
    let lesson = tags("lesson", "en", &["en", "fr"]);
    assert_eq!((all(&lesson, "canonical"), all(&lesson, "fr")), (vec![], vec![]));
}

#[test]
fn a_page_without_a_description_is_left_alone() {
    let bare = "<html><head><title>A</title></head></html>";
    assert_eq!(page("embed", "en", &["en"]).completed(bare, None).unwrap(), bare);
}

#[test]
fn every_language_gets_a_picture_that_exists() {
    let site: PathBuf = project::target().join(format!("tmp-share-{}", std::process::id()));
    let _ = fs::remove_dir_all(&site);
    fs::create_dir_all(&site).unwrap();
    let (languages, messages) = words::all().unwrap();
    for code in languages.iter().map(|catalogue| catalogue.locale.code).chain(["en"]) {
        fs::write(site.join(in_language(ARTICLE, code)), HEAD).unwrap();
    }
    write(&site, &languages, &messages, None).unwrap();
    for (code, locale, picture) in [
        ("en", "en_GB", "cards/en.png"),
        ("es", "es_ES", "cards/es.png"),
        ("fr", "fr_FR", "cards/fr.png"),
        ("de", "de_DE", "cards/de.png"),
        ("zh-Hans", "zh_CN", "cards/en.png"),
        ("ar", "ar_AR", "cards/en.png"),
    ] {
        let said = said(&read(&site, &in_language(ARTICLE, code)).unwrap());
        assert_eq!((all(&said, "og:locale"), all(&said, "og:image")), (vec![locale], vec![picture]), "{code}");
        assert!(site.join(picture).is_file(), "{picture}");
        assert!(all(&said, "og:image:alt")[0].chars().count() > 20, "{code}");
    }
    fs::remove_dir_all(site).unwrap();
}
