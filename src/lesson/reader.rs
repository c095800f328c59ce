//! From TOML to a lesson, with a message for every unknown, missing or mistyped field.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::contents::{Lesson, MOST_STEPS, tag};
use super::fault::Faults;
use super::fields::{FREE, Kind, of};
use super::fill::places;
use super::syntax;
use crate::say;
use crate::text::decimal;
use crate::text::shorten::shortened;

/// A string of the file and its position.
pub(super) struct Text {
    pub words: String,
    pub place: Range<usize>,
}

/// A table of the file: its fields and its position.
pub(super) struct Reader<'a, 'i> {
    fields: &'a DeTable<'i>,
    begins: usize,
}

impl Reader<'_, '_> {
    /// Reads a whole file.
    pub(super) fn read(text: &str, faults: &mut Faults) -> Option<Lesson> {
        let file = match DeTable::parse(text) {
            Ok(file) => file,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                faults.at(at, syntax::plain_message(error.message()));
                return None;
            }
        };
        let top = Reader::of("", file.get_ref(), 0, faults);
        let title = top.plain("title", faults);
        let minutes = top.whole("minutes", faults);
        let steps: Vec<_> = top.tables("step", faults).iter().map(|step| step.step(faults)).collect();
        let sum: u32 = steps.iter().map(|step| step.minutes).fold(0, u32::saturating_add);
        if let (Some(minutes), Some(place)) = (minutes, top.place("minutes"))
            && minutes != sum
            && !steps.is_empty()
        {
            faults.at(place.start, say!("minutes is {minutes}, but those of the steps are {sum}", minutes, sum));
        }
        let lang = top.text("lang", faults).map(|lang| {
            if !is_language(&lang.words) {
                let cause = say!("lang must be the short name of a language, such as en or fr");
                faults.at(lang.place.start, cause);
            }
            lang.words
        });
        let id = top.text("id", faults).map(|id| id.words);
        Some(Lesson {
            tag: tag(id.as_ref().unwrap_or(&title)),
            title,
            lang: lang.unwrap_or_else(|| "en".into()),
            minutes: minutes.unwrap_or(0),
            goals: top.list("goals", faults).into_iter().map(|goal| goal.words).collect(),
            needs: top.list("needs", faults).into_iter().map(|need| need.words).collect(),
            steps,
        })
    }
}

impl<'a, 'i> Reader<'a, 'i> {
    /// A table whose field names have been checked.
    fn of(name: &'static str, fields: &'a DeTable<'i>, begins: usize, faults: &mut Faults) -> Self {
        let table = Self { fields, begins };
        if name == FREE {
            return table;
        }
        let known = || of(name).map(|field| field.name).collect::<Vec<_>>().join(", ");
        for (key, _) in fields {
            if !of(name).any(|field| field.name == key.get_ref().as_ref()) {
                let key = (shortened(key.get_ref()), key.span().start);
                let cause = say!("there is no field \"{name}\" here; there are {known}", name = key.0, known = known());
                faults.at(key.1, cause);
            }
        }
        for field in of(name).filter(|field| field.needed && table.get(field.name).is_none()) {
            let cause = match (name, field.kind) {
                ("", Kind::Tables) => say!("a lesson needs steps, each below a line [[step]]"),
                ("", _) => say!("the lesson has no \"{name}\"", name = field.name),
                _ => say!("what begins here, [{table}], has no \"{name}\"", table = name, name = field.name),
            };
            faults.at(begins, cause);
        }
        table
    }

    fn get(&self, name: &str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.fields.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
    }

    /// Position of a field's value.
    pub(super) fn place(&self, name: &str) -> Option<Range<usize>> {
        self.get(name).map(Spanned::span)
    }

    /// Position of the table.
    pub(super) fn begins(&self) -> usize {
        self.begins
    }

    /// A string field; `None` if it is absent or, with a fault, of another type.
    pub(super) fn text(&self, name: &str, faults: &mut Faults) -> Option<Text> {
        let value = self.get(name)?;
        let text = text(value);
        if text.is_none() {
            faults.at(value.span().start, say!("{name} must be words in quotes", name));
        }
        text.filter(|text| {
            let empty = text.words.trim().is_empty();
            if empty {
                faults.at(value.span().start, say!("{name} is empty", name));
            }
            !empty
        })
    }

    /// A string shown to pupils before any result, which must not contain placeholders.
    pub(super) fn plain(&self, name: &str, faults: &mut Faults) -> String {
        let Some(text) = self.text(name, faults) else { return String::new() };
        forbid_placeholders(&text, faults);
        text.words
    }

    /// The same, by paragraphs.
    pub(super) fn paragraphs(&self, name: &str, faults: &mut Faults) -> Vec<String> {
        paragraphs(&self.plain(name, faults))
    }

    /// A list of strings; items of other types are faults.
    pub(super) fn list(&self, name: &str, faults: &mut Faults) -> Vec<Text> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let items = value.get_ref().as_array().map(|items| items.iter().map(text).collect::<Vec<_>>());
        if let Some(Some(texts)) = items.map(|items| items.into_iter().collect::<Option<Vec<_>>>()) {
            for text in &texts {
                forbid_placeholders(text, faults);
                if text.words.trim().is_empty() {
                    faults.at(text.place.start, say!("{name} has an empty text in it", name));
                }
            }
            return texts;
        }
        let cause =
            say!("{name} must be words in quotes, several of them in square brackets: [\"one\", \"two\"]", name);
        faults.at(value.span().start, cause);
        Vec::new()
    }

    /// A whole number of minutes.
    pub(super) fn whole(&self, name: &str, faults: &mut Faults) -> Option<u32> {
        let value = self.get(name)?;
        let whole = value.get_ref().as_integer().and_then(|whole| whole.as_str().parse().ok());
        let whole = whole.filter(|whole| (1..=600).contains(whole));
        if whole.is_none() {
            faults.at(value.span().start, say!("{name} must be a whole number from 1 to 600", name));
        }
        whole
    }

    /// A number.
    pub(super) fn number(&self, name: &str, faults: &mut Faults) -> Option<f64> {
        let value = self.get(name)?;
        let digits = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        let number = digits.and_then(decimal::parse).filter(|number| number.abs() <= 1e6);
        if number.is_none() {
            let cause = say!("{name} must be a number, at most a million, without quotes", name);
            faults.at(value.span().start, cause);
        }
        number
    }

    /// A nested table.
    pub(super) fn table(&self, name: &'static str, whole: &'static str, faults: &mut Faults) -> Option<Reader<'a, 'i>> {
        let value = self.get(name)?;
        let Some(fields) = value.get_ref().as_table() else {
            faults.at(value.span().start, say!("{name} must stand below a line [{whole}]", name, whole));
            return None;
        };
        Some(Reader::of(whole, fields, value.span().start, faults))
    }

    /// All repetitions of a table.
    fn tables(&self, name: &'static str, faults: &mut Faults) -> Vec<Reader<'a, 'i>> {
        let Some(value) = self.get(name) else { return Vec::new() };
        let items: Option<Vec<_>> = value
            .get_ref()
            .as_array()
            .and_then(|items| items.iter().map(|item| Some((item.get_ref().as_table()?, item.span().start))).collect());
        let Some(items) = items.filter(|items| !items.is_empty()) else {
            faults.at(value.span().start, say!("each step must stand below a line [[step]], in two brackets"));
            return Vec::new();
        };
        if items.len() > MOST_STEPS {
            faults.at(items[MOST_STEPS].1, say!("a lesson has at most {most} steps", most = MOST_STEPS));
            return Vec::new();
        }
        items.into_iter().map(|(fields, begins)| Reader::of(name, fields, begins, faults)).collect()
    }

    /// All fields of a table with names chosen by the author, in file order: name, position, string.
    pub(super) fn named(&self, faults: &mut Faults) -> Vec<(String, usize, Text)> {
        let mut keys: Vec<_> = self.fields.iter().map(|(key, _)| (key.get_ref().as_ref(), key.span().start)).collect();
        keys.sort_by_key(|(_, at)| *at);
        let read = |(key, at): (&str, usize)| Some((key.into(), at, self.text(key, faults)?));
        keys.into_iter().filter_map(read).collect()
    }
}

/// Whether a text has the form of a language tag: two or three letters, then subtags after hyphens.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let more = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic()) && parts.all(more)
}

fn text(value: &Spanned<DeValue<'_>>) -> Option<Text> {
    value.get_ref().as_str().map(|words| Text { words: words.into(), place: value.span() })
}

/// Reports placeholders in text that pupils read before the result.
fn forbid_placeholders(text: &Text, faults: &mut Faults) {
    for place in places(&text.words).filter(|place| place.outcome().is_some()) {
        let cause = say!(
            "{{name}} here would give away what comes out; numbers of runs belong into answer and notes",
            name = place.name
        );
        faults.at_words(&format!("{{{}}}", place.name), &text.place, cause);
    }
}

/// The paragraphs of a text: separated by empty lines, with single line breaks ignored.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        let last = paragraphs.len() - 1;
        if line.is_empty() {
            paragraphs.push(String::new());
        } else {
            let space = if paragraphs[last].is_empty() { "" } else { " " };
            paragraphs[last] += space;
            paragraphs[last] += line;
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
