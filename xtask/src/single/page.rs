//! A page of the site as a part of the single file, with inline pictures and links to the other parts.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use lol_html::{RewriteStrSettings, element};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::html::{self, Kind};

/// The page that the file opens with.
const ARTICLE: &str = "index.html";

/// The page of figures in frames, which needs a server.
const FRAMES: &str = "embeds.html";

/// Characters to escape in the address of a picture in an attribute, and their replacements.
const IN_PICTURE: [(char, &str); 5] = [('%', "%25"), ('#', "%23"), ('"', "%22"), ('&', "%26"), (' ', "%20")];

/// Characters to escape in the address of a text.
const IN_TEXT: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// All pages of a site that are parts of the file, the article first.
///
/// # Errors
/// A page or a file that it shows cannot be read.
pub(super) fn all(site: &Path) -> Result<Value> {
    let mut names = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let page = Path::new(&name).extension().is_some_and(|kind| kind == "html");
        if page && !name.starts_with("embed") {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (name != ARTICLE, name.clone()));
    names.iter().map(|name| part(site, name, &names).with_context(|| name.clone())).collect()
}

/// The parts of a page.
fn part(site: &Path, name: &str, names: &[String]) -> Result<Value> {
    let page = html::rewrite(&read(site, name)?, changes(site, name, names))?;
    let between = |tag| html::inside(&page, tag).into_iter().next().map(|place| &page[place]);
    let tokens = html::tokens(&page);
    let root = tokens.iter().find(|token| token.kind == Kind::Start && token.name == "html");
    let attribute = |name| root.and_then(|root| root.value(name));
    // Line breaks and indentation are single spaces to a browser, as in minify.rs: pages have no <pre>.
    let body = collapsed(between("body").context("the page has no body")?);
    Ok(json!({
        "name": name, "body": body, "lang": attribute("lang").unwrap_or_default(),
        "dir": attribute("dir").unwrap_or("ltr"), "title": between("title").unwrap_or_default(),
    }))
}

fn changes<'a>(site: &'a Path, name: &'a str, names: &'a [String]) -> RewriteStrSettings<'a, 'static> {
    let mut changes = RewriteStrSettings::new();
    if name != ARTICLE {
        // Scripts show a page in a template, so its figures are live and need no still pictures.
        changes = changes.append_element_content_handler(element!("deleverage-lab[id^='fig-'] picture", |picture| {
            picture.remove();
            Ok(())
        }));
    }
    changes
        .append_element_content_handler(element!("body script", |script| {
            script.remove();
            Ok(())
        }))
        .append_element_content_handler(element!("body [src], body [srcset]", |picture| {
            for kind in ["src", "srcset"] {
                let path = picture.get_attribute(kind).unwrap_or_default();
                if Path::new(&path).extension().is_some_and(|kind| kind == "svg") {
                    let svg = collapsed(&read(site, &path)?);
                    let address = IN_PICTURE.iter().fold(svg, |svg, (from, to)| svg.replace(*from, to));
                    picture.set_attribute(kind, &format!("data:image/svg+xml,{address}"))?;
                }
            }
            Ok(())
        }))
        .append_element_content_handler(element!("body a[href]", |link| {
            let href = link.get_attribute("href").unwrap_or_default();
            if href == FRAMES {
                link.remove_and_keep_content();
            } else if let Some(file) = href.strip_prefix("lessons/") {
                // Files that a page offers for download are embedded in it.
                let content = read(site, &href)?;
                let content = utf8_percent_encode(&content, &IN_TEXT);
                link.set_attribute("href", &format!("data:text/plain;charset=utf-8,{content}"))?;
                link.set_attribute("download", file)?;
            } else if let Some(href) = within(&href, name, names) {
                link.set_attribute("href", &href)?;
            }
            Ok(())
        }))
}

/// The address of a different part of the file; `None` for other links.
fn within(href: &str, name: &str, names: &[String]) -> Option<String> {
    let (address, place) = href.split_at(href.find('#').unwrap_or(href.len()));
    let (target, query) = address.split_at(address.find('?').unwrap_or(address.len()));
    let known = names.iter().any(|name| name == target);
    let here = target == name && query.is_empty() && !place.is_empty();
    known.then(|| if here { place.into() } else { format!("{query}#{target}{place}") })
}

fn read(site: &Path, name: &str) -> Result<String> {
    fs::read_to_string(site.join(name)).with_context(|| format!("cannot read {name}"))
}

/// A text with runs of spaces and line breaks collapsed into single spaces.
fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        let space = character.is_ascii_whitespace();
        if !space {
            collapsed.push(character);
        } else if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_point_to_other_parts_of_the_file() {
        let names = ["index.html".to_owned(), "model.html".to_owned()];
        let within = |href| within(href, "model.html", &names);
        assert_eq!(within("model.html#a").as_deref(), Some("#a"));
        assert_eq!(within("model.html").as_deref(), Some("#model.html"));
        assert_eq!(within("model.html?a=1&amp;b=2#c").as_deref(), Some("?a=1&amp;b=2#model.html#c"));
        assert_eq!(within("index.html#a").as_deref(), Some("#index.html#a"));
        assert_eq!([within("embeds.html"), within("#a"), within("https://a.org/index.html")], [None, None, None]);
    }

    #[test]
    fn a_page_embeds_its_pictures_and_needs_no_server() {
        let site = crate::project::target().join(format!("tmp-parts-{}", std::process::id()));
        fs::create_dir_all(site.join("lessons")).unwrap();
        let file = |name: &str, text: &str| fs::write(site.join(name), text).unwrap();
        file("a.svg", "<svg\n  fill=\"#fff\"/>");
        file("lessons/a.toml", "a = 1\n");
        let figure = "<deleverage-lab id=\"fig-a\"><picture><img src=\"a.svg\" /></picture><p>b</p></deleverage-lab>";
        let page = format!(
            "<html lang=\"ar\" dir=\"rtl\"><title>T</title><body>\n\n{figure}<img src=\"a.svg\" /><script src=\"a.js\"></script>\
             <a href=\"embeds.html\">c</a><a href=\"lessons/a.toml\">d</a></body></html>"
        );
        for name in ["model.html", "index.html", "embed.html"] {
            file(name, &page);
        }
        let all = all(&site).unwrap();
        assert_eq!([&all[0]["name"], &all[1]["name"]], ["index.html", "model.html"]);
        assert_eq!(all[2], Value::Null);
        let shown = "data:image/svg+xml,<svg%20fill=%22%23fff%22/>";
        let rest = format!(
            "<p>b</p></deleverage-lab><img src=\"{shown}\" />c<a href=\"data:text/plain;charset=utf-8,a%20%3D%201%0A\" \
             download=\"a.toml\">d</a>"
        );
        assert_eq!(all[1]["body"], format!(" <deleverage-lab id=\"fig-a\">{rest}"));
        assert_eq!(
            all[0]["body"],
            format!(" <deleverage-lab id=\"fig-a\"><picture><img src=\"{shown}\" /></picture>{rest}")
        );
        assert_eq!([&all[1]["lang"], &all[1]["dir"], &all[1]["title"]], ["ar", "rtl", "T"]);
        fs::remove_dir_all(site).unwrap();
    }
}
