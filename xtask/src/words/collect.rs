//! Collection of all English messages from the sources: `tr`, `say!`, `plural!` and `words!` in Rust, `t` and `plural`
//! in scripts, the tables of parameters, scenarios and days, the blocks of pages, and the texts of lessons.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use deleverage::episodes::EPISODES;
use deleverage::params::presets::SCENARIOS;
use deleverage::params::{Scale, TABLE};
use proc_macro2::{TokenStream, TokenTree};
use syn::LitStr;

use super::text::Text;
use super::{lesson, page, script};
use crate::{html, project};

/// The place for links to other languages; a page that has it exists in every language.
pub const LANGUAGES_HERE: &str = "languages";

/// A message and its source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// In English: the key.
    pub english: String,
    /// The English plural, if the message depends on a count.
    pub plural: Option<String>,
    /// Path relative to the root of the project.
    pub source: String,
    /// Whether the running page uses it, and not only the build.
    pub said: bool,
}

/// All messages, each once, in the order for translators: the article, then its figures.
///
/// # Errors
/// A source cannot be read or understood.
pub fn messages() -> Result<Vec<Message>> {
    let root = project::root();
    let mut all = Vec::new();
    for path in pages(&root.join("www"))? {
        let text = read(&path)?;
        let words = page::words(&text).with_context(|| path.display().to_string())?;
        let messages = words.into_iter().map(|words| words.message).filter(|message| page::has_words(message));
        all.extend(from(&path, messages.map(Text::from), false));
    }
    for path in lesson::lessons(&root.join("www"))? {
        let words = lesson::words(&read(&path)?).with_context(|| path.display().to_string())?;
        all.extend(from(&path, words.into_iter().flat_map(|words| words.messages).map(Text::from), false));
    }
    for path in files(&root.join("www"), "js")? {
        let texts = script::texts(&read(&path)?).with_context(|| path.display().to_string())?;
        all.extend(from(&path, texts, true));
    }
    all.extend(of_tables());
    let mut sources = files(&root.join("src"), "rs")?;
    sources.retain(|path| !path.ends_with("tests.rs"));
    sources.extend(["stills", "parameters"].map(|name| root.join("xtask/src").join(name).with_extension("rs")));
    for path in sources {
        let tokens = read(&path)?.parse().map_err(|error| anyhow!("{}: {error}", path.display()))?;
        let mut found = Vec::new();
        of_rust(tokens, &mut found);
        all.extend(from(&path, found, true));
    }
    // A message used by both counts as used by the running page.
    let said: BTreeSet<String> = all.iter().filter(|message| message.said).map(|m| m.english.clone()).collect();
    let mut seen = BTreeSet::new();
    all.retain(|message| seen.insert(message.english.clone()));
    for message in &mut all {
        message.said = said.contains(&message.english);
    }
    Ok(all)
}

/// The pages of a directory that exist in every language, the article first.
///
/// # Errors
/// One of them cannot be read.
pub fn pages(directory: &Path) -> Result<Vec<PathBuf>> {
    let mut pages = files(directory, "html")?;
    let translated = |path: &PathBuf| read(path).map(|text| html::has_place(&text, LANGUAGES_HERE));
    let keep = pages.iter().map(translated).collect::<Result<Vec<_>>>()?;
    let mut keep = keep.into_iter();
    pages.retain(|_| keep.next().unwrap_or(false));
    pages.sort_by_key(|path| !path.ends_with("index.html"));
    Ok(pages)
}

fn from(path: &Path, texts: impl IntoIterator<Item = Text>, said: bool) -> Vec<Message> {
    let source = path.strip_prefix(project::root()).unwrap_or(path).to_string_lossy().replace('\\', "/");
    texts
        .into_iter()
        .map(|Text { english, plural }| Message { english, plural, source: source.clone(), said })
        .collect()
}

/// The messages of tables.
fn of_tables() -> Vec<Message> {
    let mut words: Vec<(&str, &str)> = Vec::new();
    for row in TABLE {
        words.extend([row.label, row.help].map(|words| ("src/params/table.rs", words)));
        if let Scale::Choice(names) = row.scale {
            words.extend(names.iter().map(|name| ("src/params/table.rs", *name)));
        }
    }
    for scenario in SCENARIOS {
        words.extend([scenario.name, scenario.words].map(|words| ("src/params/presets.rs", words)));
    }
    for day in EPISODES {
        words.extend(
            day.sources.iter().flat_map(|source| [source.name, source.what]).map(|words| ("src/episodes", words)),
        );
        words.extend(day.inputs.iter().map(|input| ("src/episodes", input.words)));
        words.extend(day.figures.iter().map(|figure| ("src/episodes", figure.what)));
        words.push(("src/episodes", day.limits));
    }
    words.retain(|(_, words)| !words.is_empty());
    words
        .into_iter()
        .map(|(source, words)| Message { english: words.into(), plural: None, source: source.into(), said: true })
        .collect()
}

/// String arguments of `tr(..)`, `say!(..)`, `words!(..)` and `plural!(..)`.
fn of_rust(tokens: TokenStream, found: &mut Vec<Text>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        if let TokenTree::Ident(name) = token {
            let is_macro = matches!(&tokens.get(i + 1), Some(TokenTree::Punct(p)) if p.as_char() == '!');
            let arguments = tokens.get(if is_macro { i + 2 } else { i + 1 });
            if let Some(TokenTree::Group(arguments)) = arguments {
                let text = |nth| literal(arguments.stream(), nth);
                found.extend(match (name.to_string().as_str(), is_macro) {
                    ("tr", false) | ("say" | "words", true) => text(0).map(Text::from),
                    ("plural", true) => text(0).zip(text(1)).map(Text::from),
                    _ => None,
                });
            }
        }
        let is = |back: usize, word: &str| {
            let before = i.checked_sub(back).map(|before| tokens[before].to_string());
            before.is_some_and(|before| before == word)
        };
        if let TokenTree::Group(group) = token
            && !(is(1, "tests") && is(2, "mod"))
        {
            of_rust(group.stream(), found);
        }
    }
}

/// The nth argument as a string, if it and those before it are literals.
fn literal(arguments: TokenStream, nth: usize) -> Option<String> {
    // Each argument is followed by a comma.
    let Some(TokenTree::Literal(literal)) = arguments.into_iter().nth(2 * nth) else { return None };
    Some(syn::parse_str::<LitStr>(&literal.to_string()).ok()?.value())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Files with that extension in a directory and below, sorted by name.
fn files(directory: &Path, kind: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, kind)?);
        } else if path.extension().is_some_and(|ending| ending == kind) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_in_rust_are_found_everywhere() {
        let source = r#"fn f() { let a = [tr("one"), &say!("two {b}", b = tr("three\u{a0}%"))]; other("no"); tr(name);
            plural!("1 bot", "{n} bots", n, n); const W: &str = words!("four \
                five"); vec![say("no")] } mod tests { fn g() { tr("no"); } }"#;
        let mut found = Vec::new();
        of_rust(source.parse().unwrap(), &mut found);
        let english: Vec<_> = found.iter().map(|text| text.english.as_str()).collect();
        assert_eq!(english, ["one", "two {b}", "three\u{a0}%", "1 bot", "four five"]);
        assert_eq!(found[3].plural.as_deref(), Some("{n} bots"));
    }

    #[test]
    fn the_article_and_the_tables_are_among_the_messages() {
        let all = messages().unwrap();
        let has = |english: &str, said| all.iter().any(|m| m.english == english && m.said == said);
        assert!(
            has("The sell order that nobody gave", false) && has("Bot density", true) && has("Past the edge", true)
        );
    }
}
