//! The terms of the field, `www/words/terms.toml`, and the check that translations use them.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, anyhow, bail};
use toml::de::{DeTable, DeValue};

use super::catalogue::{Catalogue, LOCALES};
use super::collect::Message;
use crate::{html, project};

/// All terms.
#[derive(Debug)]
pub struct Terms {
    terms: Vec<Term>,
    /// English words in lower case with the number of their term, the longest first.
    words: Vec<(String, usize)>,
}

/// A term of the field.
#[derive(Debug, Default)]
struct Term {
    english: String,
    /// The word to write in each of the languages of [`LOCALES`].
    usual: Vec<String>,
    /// Accepted forms in each of them, as words in lower case.
    forms: Vec<Vec<Vec<String>>>,
    /// Parts of messages that are right without it.
    except: Vec<String>,
}

impl Terms {
    /// Reads the file.
    ///
    /// # Errors
    /// The file cannot be read or understood.
    pub fn read() -> Result<Self> {
        let path = project::root().join("www/words/terms.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> Result<Self> {
        let table = DeTable::parse(text).map_err(|error| anyhow!("{error}"))?;
        let mut all = Self { terms: Vec::new(), words: Vec::new() };
        for (name, fields) in table.get_ref() {
            let name = name.get_ref().as_ref();
            let DeValue::Table(fields) = fields.get_ref() else { bail!("{name} is no table") };
            let mut term = Term {
                english: name.into(),
                forms: vec![Vec::new(); LOCALES.len()],
                usual: vec![String::new(); LOCALES.len()],
                ..Term::default()
            };
            let mut english = vec![name.to_owned()];
            for (key, value) in fields {
                let key = key.get_ref().as_ref();
                let locale = LOCALES.iter().position(|locale| locale.code == key);
                match (key, value.get_ref(), locale) {
                    ("also", value, _) => english.extend(strings(value).with_context(|| format!("{name}.also"))?),
                    ("except", DeValue::Table(messages), _) => {
                        term.except = messages.keys().map(|part| part.get_ref().to_string()).collect();
                    }
                    (_, value, Some(locale)) => {
                        let forms = strings(value).with_context(|| format!("{name}.{key}"))?;
                        term.forms[locale] = forms.iter().map(|form| words(form)).filter(|f| !f.is_empty()).collect();
                        term.usual[locale] = forms.into_iter().next().unwrap_or_default();
                    }
                    _ => bail!("{name}: {key} is unknown"),
                }
            }
            if let Some(missing) = term.forms.iter().position(Vec::is_empty) {
                bail!("{name} has no {}", LOCALES[missing].code);
            }
            let plurals: Vec<_> = english.iter().map(|word| format!("{word}s")).collect();
            let number = all.terms.len();
            all.words.extend(english.into_iter().chain(plurals).map(|word| (word.to_lowercase(), number)));
            all.terms.push(term);
        }
        all.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Ok(all)
    }

    /// Messages whose translation lacks a term of the English, with the term.
    #[must_use]
    pub fn faults(&self, catalogue: &Catalogue, messages: &[Message]) -> Vec<String> {
        let Some(locale) = LOCALES.iter().position(|locale| *locale == catalogue.locale) else { return Vec::new() };
        let mut faults = Vec::new();
        for message in messages {
            let mut terms = self.of(&message.english);
            terms.extend(message.plural.iter().flat_map(|plural| self.of(plural)));
            let translations = catalogue.forms(&message.english).unwrap_or_default();
            let translations: Vec<_> = translations.iter().map(|text| words(&plain(text))).collect();
            for term in terms.into_iter().map(|number| &self.terms[number]) {
                let (usual, forms) = (&term.usual[locale], &term.forms[locale]);
                let used = |text: &Vec<String>| forms.iter().any(|form| contains(text, form));
                let excepted = term.except.iter().any(|part| message.english.contains(part));
                if !excepted && !translations.iter().all(used) {
                    faults.push(format!("no “{usual}” for “{}”: {}", term.english, message.english));
                }
            }
        }
        faults
    }

    /// Exceptions that concern no message.
    #[must_use]
    pub fn unused(&self, messages: &[Message]) -> Vec<String> {
        let mut unused = Vec::new();
        for (number, term) in self.terms.iter().enumerate() {
            for part in &term.except {
                let concerned =
                    |message: &Message| message.english.contains(part) && self.of(&message.english).contains(&number);
                if !messages.iter().any(concerned) {
                    unused.push(format!("{}: {part}", term.english));
                }
            }
        }
        unused
    }

    /// The numbers of the terms in an English text. A term within a longer one does not count.
    fn of(&self, english: &str) -> BTreeSet<usize> {
        let text = plain(english).to_lowercase();
        let mut found = BTreeSet::new();
        let mut at = 0;
        // From the beginning of a word to that of the next one, or to the end of a term.
        while let Some(start) = text[at..].find(in_word) {
            let rest = &text[at + start..];
            let is_whole = |word: &str| rest.strip_prefix(word).is_some_and(|after| !after.starts_with(in_word));
            let term = self.words.iter().find(|(word, _)| is_whole(word));
            found.extend(term.map(|(_, number)| *number));
            let length = term.map(|(word, _)| word.len());
            at += start + length.or_else(|| rest.find(|c| !in_word(c))).unwrap_or(rest.len());
        }
        found
    }
}

/// The strings of a value: one, or a list of them.
fn strings(value: &DeValue) -> Result<Vec<String>> {
    let string = |value: &DeValue| value.as_str().map(str::to_owned).context("something else than a text in quotes");
    match value {
        DeValue::Array(values) => values.iter().map(|value| string(value.get_ref())).collect(),
        value => Ok(vec![string(value)?]),
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// The words that a reader sees, without tags and numbers. Titles of sources stay as they are in every language.
fn plain(message: &str) -> String {
    let mut text = message.to_owned();
    for title in html::inside(message, "cite").into_iter().rev() {
        text.replace_range(title, "");
    }
    let text = html::text(&text).replace("&nbsp;", " ");
    let places = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    places.collect::<Vec<_>>().join(" ")
}

/// The words of a text in lower case. Arabic vowel signs do not count, as few write them.
fn words(text: &str) -> Vec<String> {
    let letters = |word: &str| word.chars().filter(|c| !('\u{64b}'..='\u{652}').contains(c)).collect();
    text.to_lowercase().split_whitespace().map(letters).collect()
}

/// Whether a text has the words of a form one after the other, each as a part of one of its own.
fn contains(text: &[String], form: &[String]) -> bool {
    text.windows(form.len()).any(|own| own.iter().zip(form).all(|(own, word)| own.contains(word.as_str())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::plural::Rule;
    use super::*;

    const FILE: &str = r#"
        [margin]
        de = "Margin"
        es = "margen"
        fr = "marge"
        ar = "هامش"
        zh-Hans = "保证金"

        ["maintenance margin"]
        de = "Mindestmargin"
        es = "margen de mantenimiento"
        fr = "marge de maintien"
        ar = "هامش الصيانة"
        zh-Hans = "维持保证金"

        ["forced sale"]
        also = ["sold by force"]
        de = ["Zwangsverkauf", "Zwangsverkäuf"]
        es = "venta forzada"
        fr = ["vente forcée", "vendu de force"]
        ar = "بيع قسري"
        zh-Hans = "强制卖出"
        except = { "The forced sale" = "an idiom" }
    "#;

    fn message(english: &str, plural: Option<&str>) -> Message {
        Message { english: english.into(), plural: plural.map(str::to_owned), source: "a.rs".into(), said: true }
    }

    /// The faults of a translation into a language.
    fn faults(code: &str, english: &str, own: &[&str]) -> Vec<String> {
        let locale = LOCALES.into_iter().find(|locale| locale.code == code).unwrap();
        let words = BTreeMap::from([(english.to_owned(), own.iter().map(|own| (*own).to_owned()).collect())]);
        let catalogue = Catalogue::of(locale, Rule::english().unwrap(), words);
        Terms::parse(FILE).unwrap().faults(&catalogue, &[message(english, None)])
    }

    #[test]
    fn a_translation_without_the_term_is_a_fault() {
        let english = "Forced sales begin";
        assert_eq!(faults("fr", english, &["Des ventes forcées commencent"]), [""; 0]);
        assert_eq!(
            faults("fr", english, &["Des ventes commencent"]),
            ["no “vente forcée” for “forced sale”: Forced sales begin"]
        );
        // All forms of a plural need it.
        assert_eq!(faults("de", english, &["Ein Zwangsverkauf", "Zwangsverkäufe"]), [""; 0]);
        assert_eq!(faults("de", english, &["Ein Zwangsverkauf", "Verkäufe"]).len(), 1);
        // Of several words each may be inflected, but none left out between them.
        assert_eq!(faults("es", english, &["Ventas muy forzadas"]).len(), 1);
        assert_eq!(faults("ar", english, &["البَيْع القسري"]), [""; 0]);
    }

    #[test]
    fn terms_are_whole_words_and_the_longest_ones() {
        let named = |text: &str| {
            let terms = Terms::parse(FILE).unwrap();
            terms.of(text).into_iter().map(|number| terms.terms[number].english.clone()).collect::<Vec<_>>()
        };
        assert_eq!(named("A Maintenance margin"), ["maintenance margin"]);
        assert_eq!(
            named("Maintenance margins and margins, sold by force"),
            ["forced sale", "maintenance margin", "margin"]
        );
        assert_eq!(named("marginal, cross-margin <a href=\"#margin\">{margin}</a> <cite>Margin</cite>"), [""; 0]);
    }

    #[test]
    fn exceptions_are_needed() {
        assert_eq!(faults("de", "The forced sale of all", &["Alles muss raus"]), [""; 0]);
        let terms = Terms::parse(FILE).unwrap();
        assert_eq!(terms.unused(&[message("The forced sale of all", None)]), [""; 0]);
        assert_eq!(terms.unused(&[message("The forced sail", None)]), ["forced sale: The forced sale"]);
    }

    #[test]
    fn every_term_has_every_language() {
        let fault = |text: &str| Terms::parse(text).unwrap_err().to_string();
        assert_eq!(fault("[bot]\nde = \"Bot\""), "bot has no es");
        assert_eq!(fault("[bot]\nxx = \"Bot\""), "bot: xx is unknown");
    }
}
