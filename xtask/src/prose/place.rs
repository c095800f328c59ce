//! Places for numbers in a text: `{fall.median bots=20&amp;places=0}`.

use anyhow::{Context as _, Result, bail, ensure};

use crate::html;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words, with their markup.
    Words(&'a str),
    /// A place with its braces, and its byte offset.
    Place(usize, &'a str),
}

/// The parts of a text, in order. A brace opens a place if a lower-case letter follows and it is not within `<code>`.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let code = html::inside(text, "code");
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find('{').map(|next| at + next) {
        let rest = &text[next..];
        if let Some(code) = code.iter().find(|code| code.contains(&next)) {
            at = code.end;
        } else if rest[1..].starts_with(|c: char| c.is_ascii_lowercase()) {
            // An unclosed place ends where it cannot continue, and is reported as written.
            let end = rest.find(['}', '<', '"']).map_or(text.len(), |end| next + end);
            let end = if text[end..].starts_with('}') { end + 1 } else { end };
            parts.extend([Part::Words(&text[from..next]), Part::Place(next, &text[next..end])]);
            (from, at) = (end, end);
        } else {
            at = next + 1;
        }
    }
    parts.push(Part::Words(&text[from..]));
    parts
}

/// The places of a text, sorted: a translation must have the same.
#[must_use]
pub fn sorted(text: &str) -> Vec<&str> {
    let place = |part| if let Part::Place(_, place) = part { Some(place) } else { None };
    let mut places: Vec<_> = parts(text).into_iter().filter_map(place).collect();
    places.sort_unstable();
    places
}

/// A statistic over many crowds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// The quantile at this share: 0 is the least, 0.5 the median.
    Quantile(f64),
    /// The share of crowds in which the number is greater than this.
    Share(f64),
    /// The number of crowds in which it is greater.
    Count(f64),
}

/// A parsed place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The name of a result or of a parameter.
    pub name: String,
    /// The statistic over many crowds; `None` for one run.
    pub statistic: Option<Statistic>,
    /// The number of crowds.
    pub crowds: Option<u64>,
    /// The figure whose settings apply, if it is not that of the section.
    pub figure: Option<String>,
    /// Further settings, as in a query.
    pub settings: Vec<(String, String)>,
    /// Arguments of results: name and value.
    pub arguments: Vec<(String, f64)>,
    /// Decimal places, if not the usual ones.
    pub places: Option<u32>,
    /// Whether the number is written without its unit.
    pub bare: bool,
}

/// Names of the arguments of results in a query.
pub const ARGUMENTS: [&str; 5] = ["t", "after", "within", "round", "ticks"];

/// All names in a query that are not parameters.
#[cfg(test)]
pub const OPTIONS: [&str; 6] = ["over", "crowds", "figure", "places", "unit", "span"];

/// Crowds of a statistic.
const CROWDS: u64 = 100;

impl Place {
    /// Reads a place with its braces.
    ///
    /// # Errors
    /// It is malformed.
    pub fn read(text: &str) -> Result<Self> {
        let inner =
            text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).context("the place is not closed")?;
        let mut words = inner.split_ascii_whitespace();
        let (name, query) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().replace("&amp;", "&"));
        ensure!(words.next().is_none(), "a place is a name and a query without spaces");
        let (name, statistic) = name.split_once('.').map_or((name, None), |(name, statistic)| (name, Some(statistic)));
        let mut place = Self { name: name.into(), ..Self::default() };
        let mut over = None;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').with_context(|| format!("{pair} has no value"))?;
            let number = || value.parse::<f64>().with_context(|| format!("{key} must be a number, not {value}"));
            match key {
                "over" => over = Some(number()?),
                "crowds" => {
                    place.crowds = Some(value.parse().with_context(|| format!("{value} is not a number of crowds"))?);
                }
                "figure" => place.figure = Some(value.into()),
                "places" => {
                    place.places =
                        Some(value.parse().with_context(|| format!("{value} is not a number of decimal places"))?);
                }
                "unit" if value == "none" => place.bare = true,
                "unit" => bail!("the unit can only be none, not {value}"),
                // A setting of the figure and not of its run; queries of links have it.
                "span" => {}
                _ if ARGUMENTS.contains(&key) => place.arguments.push((key.into(), number()?)),
                _ => place.settings.push((key.into(), value.into())),
            }
        }
        let over_what = || over.context("a share or a count needs over=, the number to compare with");
        place.statistic = match statistic {
            None => None,
            Some("median") => Some(Statistic::Quantile(0.5)),
            Some("least") => Some(Statistic::Quantile(0.0)),
            Some("most") => Some(Statistic::Quantile(1.0)),
            Some("p5") => Some(Statistic::Quantile(0.05)),
            Some("p95") => Some(Statistic::Quantile(0.95)),
            Some("share") => Some(Statistic::Share(over_what()?)),
            Some("count") => Some(Statistic::Count(over_what()?)),
            Some(other) => {
                bail!("no statistic is called {other}; there are median, least, most, p5, p95, share, count")
            }
        };
        let counts = matches!(place.statistic, Some(Statistic::Share(_) | Statistic::Count(_)));
        ensure!(counts || over.is_none(), "over= is for share and count");
        match (place.statistic, place.crowds) {
            (None, Some(_)) => bail!("crowds= is for a statistic, such as {name}.median"),
            (Some(_), None) => place.crowds = Some(CROWDS),
            (Some(_), Some(0)) => bail!("crowds= must be at least 1"),
            _ => {}
        }
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_text_and_attributes_but_not_in_code() {
        let text = "a {b c=1&amp;d=2} <i title=\"{e}\">{ f} <code>{g}</code> {H} {i <b>";
        assert_eq!(sorted(text), ["{b c=1&amp;d=2}", "{e}", "{i "]);
        let whole: String = parts(text)
            .into_iter()
            .map(|part| match part {
                Part::Words(text) | Part::Place(_, text) => text,
            })
            .collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn a_place_is_read() {
        let place = Place::read("{fall-at.p95 t=600&amp;bots=20&places=0&unit=none&figure=a}").unwrap();
        assert_eq!((place.name.as_str(), place.statistic), ("fall-at", Some(Statistic::Quantile(0.95))));
        assert_eq!(
            (place.crowds, place.figure.as_deref(), place.places, place.bare),
            (Some(100), Some("a"), Some(0), true)
        );
        assert_eq!(place.settings, [("bots".to_owned(), "20".to_owned())]);
        assert_eq!(place.arguments, [("t".to_owned(), 600.0)]);
    }

    #[test]
    fn no_parameter_has_the_name_of_an_option() {
        for name in ARGUMENTS.into_iter().chain(OPTIONS) {
            assert!(deleverage::params::row(name).is_none(), "{name}");
        }
        for result in deleverage::outcomes::RESULTS {
            assert!(deleverage::params::row(result.name).is_none(), "{}", result.name);
        }
    }
}
