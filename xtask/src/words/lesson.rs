//! Lessons in every language: the build writes `lessons/thirty.fr.toml` beside `lessons/thirty.toml`. A message is a
//! title, a question, an entry of a list, or a paragraph of a longer text.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, ensure};
use deleverage::lesson::paragraphs;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The folder of lessons.
const FOLDER: &str = "lessons";

/// Fields that people read, in whichever table they stand.
const TEXT_FIELDS: [&str; 8] = ["title", "goals", "needs", "text", "notes", "ask", "choices", "answer"];

/// The table whose fields are named by the author of the lesson.
const RUNS: &str = "runs";

/// A text of a lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// Its messages: its paragraphs, or itself.
    pub messages: Vec<String>,
    /// Its place in the file, with its quotes.
    place: Range<usize>,
}

/// The lessons below a directory, in the order of their names.
///
/// # Errors
/// The folder cannot be read.
pub fn lessons(directory: &Path) -> Result<Vec<PathBuf>> {
    let folder = directory.join(FOLDER);
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
    paths.sort();
    Ok(paths)
}

/// All texts of a lesson, in their order.
///
/// # Errors
/// The lesson is not TOML.
pub fn words(lesson: &str) -> Result<Vec<Words>> {
    let file = DeTable::parse(lesson).map_err(|error| anyhow!("{error}"))?;
    let mut found = Vec::new();
    collect(file.get_ref(), &mut found);
    found.sort_by_key(|words| words.place.start);
    Ok(found)
}

fn collect(table: &DeTable<'_>, found: &mut Vec<Words>) {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if name != RUNS {
            read(value, TEXT_FIELDS.contains(&name), found);
        }
    }
}

fn read(value: &Spanned<DeValue<'_>>, is_read: bool, found: &mut Vec<Words>) {
    match value.get_ref() {
        DeValue::String(text) if is_read => {
            found.push(Words { messages: paragraphs(text), place: value.span() });
        }
        DeValue::Array(items) => items.iter().for_each(|item| read(item, is_read, found)),
        DeValue::Table(table) => collect(table, found),
        _ => {}
    }
}

/// Writes the lessons of a directory in a language, beside the English ones. `own` gives its translations.
///
/// # Errors
/// A lesson cannot be read, parsed or written.
pub fn write<'a>(
    directory: &Path,
    english: &[PathBuf],
    code: &str,
    own: impl Fn(&str) -> Option<&'a str>,
) -> Result<()> {
    for path in english {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let lesson = translated(&text, code, &own).with_context(|| path.display().to_string())?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let path = directory.join(in_language(&format!("{FOLDER}/{name}.toml"), code));
        fs::write(&path, lesson).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The address of a lesson in a language: `lessons/thirty.fr.toml`. Other addresses stay as they are.
#[must_use]
pub fn in_language(address: &str, code: &str) -> String {
    match address.strip_suffix(".toml") {
        Some(name) if address.starts_with("lessons/") => format!("{name}.{code}.toml"),
        _ => address.to_owned(),
    }
}

/// A translated lesson. It has the `id` of the English one, so that both have the same codes of predictions. Missing
/// translations stay in English.
fn translated<'a>(lesson: &str, code: &str, own: impl Fn(&str) -> Option<&'a str>) -> Result<String> {
    let words = words(lesson)?;
    let title = words.iter().find(|words| lesson[..words.place.start].trim_end().ends_with("title ="));
    let title = title.context("a lesson needs a title, on a line of its own")?;
    ensure!(!lesson.contains("\nlang =") && !lesson.contains("\nid ="), "an English lesson has neither lang nor id");
    let mut out = String::with_capacity(2 * lesson.len());
    let mut at = 0;
    for text in &words {
        out.push_str(&lesson[at..text.place.start]);
        out.push_str(&quoted(
            &text.messages.iter().map(|message| own(message).unwrap_or(message).to_owned()).collect::<Vec<_>>(),
        ));
        at = text.place.end;
        if text == title {
            let _ = write!(out, "\nlang = \"{}\"\nid = {}", code, quoted(&title.messages));
        }
    }
    Ok(out + &lesson[at..])
}

/// Paragraphs as a string of TOML.
fn quoted(paragraphs: &[String]) -> String {
    let text = paragraphs.join("\n\n").replace('\\', "\\\\").replace('"', "\\\"");
    if paragraphs.len() > 1 { format!("\"\"\"\n{text}\n\"\"\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use deleverage::lesson::Lesson;

    use super::*;
    use crate::project;
    use crate::words::catalogue::{Catalogue, LOCALES};

    const LESSON: &str = "title = \"Bots\"\nminutes = 5\ngoals = [\"say \\\"no\\\"\"]\n\n[[step]]\ntitle = \"One\"\nminutes = 5\n\
        text = \"\"\"\nFirst\nparagraph.\n\nSecond.\n\"\"\"\nstate = \"bots=50\"\n\n[step.question]\nask = \"Why?\"\n\
        answer = \"By {text.fall}.\"\n\n[step.runs]\ntext = \"bots=20\"\n";

    #[test]
    fn a_translated_lesson_differs_only_in_what_people_read() {
        let found: Vec<_> = words(LESSON).unwrap().into_iter().flat_map(|words| words.messages).collect();
        assert_eq!(found, ["Bots", "say \"no\"", "One", "First paragraph.", "Second.", "Why?", "By {text.fall}."]);

        let own =
            [("Bots", "Robots"), ("say \"no\"", "dire \"non\""), ("Second.", "Second \\ fin."), ("Why?", "Pourquoi ?")];
        let own = BTreeMap::from(own);
        let lesson = translated(LESSON, "fr", |message| own.get(message).copied()).unwrap();
        let lesson = Lesson::read(&lesson).unwrap();
        let english = Lesson::read(LESSON).unwrap();
        assert_eq!((lesson.title.as_str(), lesson.lang.as_str(), lesson.tag), ("Robots", "fr", english.tag));
        assert_eq!(lesson.goals, ["dire \"non\""]);
        assert_eq!(lesson.steps[0].text, ["First paragraph.", "Second \\ fin."]);
        assert_eq!(lesson.steps[0].question.as_ref().unwrap().ask, "Pourquoi ?");
        assert_eq!(lesson.steps[0].runs, english.steps[0].runs);
    }

    #[test]
    fn every_lesson_of_the_site_can_be_read_in_every_language() {
        for path in lessons(&project::root().join("www")).unwrap() {
            let text = fs::read_to_string(&path).unwrap();
            let english = Lesson::read(&text).unwrap();
            for locale in LOCALES {
                let catalogue = Catalogue::read(locale).unwrap();
                let own = translated(&text, locale.code, |message| catalogue.get(message)).unwrap();
                let own = Lesson::read(&own).unwrap_or_else(|faults| panic!("{}: {faults:?}", path.display()));
                let steps = own.steps.iter().zip(&english.steps);
                assert_eq!(
                    (own.lang.as_str(), own.tag, own.steps.len()),
                    (locale.code, english.tag, english.steps.len())
                );
                assert!(steps.clone().all(|(own, step)| (&own.query, &own.views) == (&step.query, &step.views)));
                assert!(steps.clone().all(|(own, step)| own.text.len() == step.text.len()), "{}", path.display());
            }
        }
    }
}
