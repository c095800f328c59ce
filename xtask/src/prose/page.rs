//! A page, and the figure whose settings apply at each place in it.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context as _, Result, ensure};
use deleverage::params::row;
use deleverage::query;

use super::place::{Part, Place, parts};
use super::runs::Question;
use crate::html::{self, FIGURE, Kind};

/// A page whose words may contain places.
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

/// The settings of a figure: names and values, as in a query.
type Settings = Vec<(String, String)>;

impl Page {
    /// Reads the figures of a page.
    ///
    /// # Errors
    /// A figure is malformed.
    pub fn new(name: &str, text: String) -> Result<Self> {
        let mut figures = BTreeMap::new();
        let mut stand = Vec::new();
        for tag in html::tokens(&text).into_iter().filter(|tag| tag.kind == Kind::Start && tag.name == FIGURE) {
            let id = tag.value("id").map(str::to_owned);
            let set: Settings = tag
                .attributes
                .into_iter()
                .filter(|attribute| attribute.name == "scenario" || row(&attribute.name).is_some())
                .map(|attribute| (attribute.name, attribute.value))
                .collect();
            figures.extend(id.map(|id| (id, set.clone())));
            stand.push((tag.place.start, set));
        }
        let mut sections = Vec::new();
        for section in html::inside(&text, "section") {
            let first = stand.iter().find(|(at, _)| section.contains(at));
            let set = first.map(|(_, set)| set.clone()).unwrap_or_default();
            sections.push((section, set));
        }
        Ok(Self { name: name.to_owned(), text, sections, figures })
    }

    /// All places, each with its byte offset.
    pub fn places(&self) -> impl Iterator<Item = (usize, &str)> {
        parts(&self.text).into_iter().filter_map(|part| match part {
            Part::Place(at, place) => Some((at, place)),
            Part::Words(_) => None,
        })
    }

    /// The question of a place at this byte.
    ///
    /// # Errors
    /// It cannot be read or names something unknown.
    pub fn question(&self, at: usize, place: &str) -> Result<Question> {
        let read = Place::read(place).and_then(|read| {
            let query = self.query(at, &read)?;
            Question::new(read, &query::parse(&query)?)
        });
        read.with_context(|| self.wrong(place))
    }

    /// The beginning of an error: the position of a wrong place.
    #[must_use]
    pub fn wrong(&self, place: &str) -> String {
        let around = self.text.find(place).map_or("", |at| {
            let start = (at.saturating_sub(60)..=at).find(|start| self.text.is_char_boundary(*start)).unwrap_or(at);
            &self.text[start..at]
        });
        let around = around.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}: {place} after \"{around}\"", self.name)
    }

    /// The query of a place's run: the settings of its figure with those of the place.
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
        ensure!(!afresh || place.figure.is_none(), "scenario= ignores the settings of a figure: name only one of them");
        let named =
            |name: &str| place.settings.iter().any(|(other, _)| other.replace('_', "-") == name.replace('_', "-"));
        let kept = base.iter().filter(|(name, _)| !afresh && !named(name));
        let pairs = kept.chain(&place.settings).map(|(name, value)| format!("{name}={value}"));
        Ok(pairs.collect::<Vec<_>>().join("&"))
    }
}
