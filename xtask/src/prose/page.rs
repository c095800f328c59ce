//! A page, and which figure's settings count where in it.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context as _, Result, ensure};
use deleverage::params::row;
use deleverage::query;

use super::place::{Part, Place, parts};
use super::runs::Question;
use crate::stills::attributes;

/// A page whose words may hold places.
#[derive(Debug)]
pub struct Page {
    /// The name of its file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its sections, each with the settings of its first figure.
    sections: Vec<(Range<usize>, Settings)>,
    /// The settings of each figure that has an id.
    figures: BTreeMap<String, Settings>,
}

/// What a figure sets: names and values, as in a query.
type Settings = Vec<(String, String)>;

impl Page {
    /// Reads the figures of a page.
    ///
    /// # Errors
    /// A figure is not written as it should be.
    pub fn new(name: &str, text: String) -> Result<Self> {
        let mut figures = BTreeMap::new();
        let mut stand = Vec::new();
        for (at, start) in text.match_indices("<deleverage-lab") {
            let rest = &text[at + start.len()..];
            let tag = rest.split_once('>').context("a figure has no end")?.0;
            let set: Settings = attributes(tag)?
                .into_iter()
                .filter(|(name, _)| *name == "scenario" || row(name).is_some())
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let id = attributes(tag)?.into_iter().find(|(name, _)| *name == "id");
            figures.extend(id.map(|(_, id)| (id.to_owned(), set.clone())));
            stand.push((at, set));
        }
        let mut sections = Vec::new();
        for (from, _) in text.match_indices("<section") {
            let to = text[from..].find("</section").map_or(text.len(), |end| from + end);
            let first = stand.iter().find(|(at, _)| (from..to).contains(at));
            sections.push((from..to, first.map(|(_, set)| set.clone()).unwrap_or_default()));
        }
        Ok(Self { name: name.to_owned(), text, sections, figures })
    }

    /// All places, each with the byte at which it stands.
    pub fn places(&self) -> impl Iterator<Item = (usize, &str)> {
        parts(&self.text).into_iter().filter_map(|part| match part {
            Part::Place(at, place) => Some((at, place)),
            Part::Words(_) => None,
        })
    }

    /// What a place at this byte asks for.
    ///
    /// # Errors
    /// It cannot be read or names what there is not.
    pub fn question(&self, at: usize, place: &str) -> Result<Question> {
        let read = Place::read(place).and_then(|read| {
            let query = self.query(at, &read)?;
            Question::new(read, &query::parse(&query)?)
        });
        read.with_context(|| self.wrong(place))
    }

    /// The first words of an error: where a place is wrong.
    #[must_use]
    pub fn wrong(&self, place: &str) -> String {
        let around = self.text.find(place).map_or("", |at| {
            let start = (at.saturating_sub(60)..=at).find(|start| self.text.is_char_boundary(*start)).unwrap_or(at);
            &self.text[start..at]
        });
        let around = around.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}: {place} after \"{around}\"", self.name)
    }

    /// The query of a place's run: the settings of its figure, changed by its own.
    fn query(&self, at: usize, place: &Place) -> Result<String> {
        let none = Settings::new();
        let base = match place.figure.as_deref() {
            Some("none") => &none,
            Some(id) => self.figures.get(id).with_context(|| format!("there is no figure {id}"))?,
            None => {
                let around = self.sections.iter().find(|(range, _)| range.contains(&at));
                around.map_or(&none, |(_, set)| set)
            }
        };
        let afresh = place.settings.iter().any(|(name, _)| name == "scenario");
        ensure!(!afresh || place.figure.is_none(), "scenario= starts afresh: a figure says nothing then");
        let named =
            |name: &str| place.settings.iter().any(|(other, _)| other.replace('_', "-") == name.replace('_', "-"));
        let kept = base.iter().filter(|(name, _)| !afresh && !named(name));
        let pairs = kept.chain(&place.settings).map(|(name, value)| format!("{name}={value}"));
        Ok(pairs.collect::<Vec<_>>().join("&"))
    }
}
