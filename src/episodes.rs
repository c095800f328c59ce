//! Days that happened: the published figures, the inputs that stand for them, and what a run makes of them.
//!
//! An input is published, fitted or assumed, and there are never more fitted inputs than figures that they were
//! fitted to. Published figures are those in section 10 of `src/model/README.md`. What the model cannot do is said and not
//! left out. Of all this only names and queries reach the page's wasm, through [`crate::scenarios`]: the page reads
//! the rest from a file that `cargo xtask build` writes.

use crate::model::Simulator;

mod borrowers;
mod funds;
mod futures;
mod measure;

pub use measure::Measure;

/// How far a simulated figure may be from the published one and still meet it: 10 %.
pub const TOLERANCE: f64 = 0.1;

/// A day, or a few, that happened.
#[derive(Clone, Copy, Debug)]
pub struct Episode {
    /// Name in URLs and attributes.
    pub id: &'static str,
    /// Name in words.
    pub name: &'static str,
    /// What is different from the page as it opens.
    pub query: &'static str,
    /// The span of time that shows it best.
    pub span: &'static str,
    /// What to look at, in a sentence or two.
    pub words: &'static str,
    /// Who published what.
    pub sources: &'static [Source],
    /// Every parameter in which the query differs from the defaults, in the order of the query.
    pub inputs: &'static [Input],
    /// What was published.
    pub figures: &'static [Figure],
    /// What the model cannot do here.
    pub limits: &'static str,
}

/// A publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: &'static str,
    /// What is taken from it, and how well it is known.
    pub what: &'static str,
}

/// One parameter of an episode.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Of the parameter.
    pub id: &'static str,
    /// Where its value comes from.
    pub status: Status,
    /// Why this value.
    pub words: &'static str,
}

/// Where the value of an input comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// A source gives it.
    Published,
    /// Chosen so that the run meets a published figure.
    Fitted,
    /// No source gives it.
    Assumed,
}

/// One published figure and how a run is asked for it.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// What it is of, as the model has it.
    pub what: &'static str,
    /// `%`, `$bn` and the like; empty for a plain number.
    pub unit: &'static str,
    /// What was published.
    pub published: Published,
    /// What the run gives.
    pub measure: Measure,
    /// Whether inputs were fitted to it.
    pub target: bool,
    /// Name of its source.
    pub source: &'static str,
}

/// A published value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Published {
    /// One value.
    Value(f64),
    /// Something between two: sources differ, or say it in words.
    Range(f64, f64),
    /// Anything below.
    Under(f64),
}

/// A figure and what the run makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is of.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What was published, in words and without the unit.
    pub published: String,
    /// What the run gives; nothing where it is not in the model.
    pub simulated: Option<f64>,
    /// That over the published value, or over the nearest one of a range; 1 inside of it.
    pub ratio: Option<f64>,
    /// Whether that is within [`TOLERANCE`].
    pub within: Option<bool>,
    /// Whether inputs were fitted to it.
    pub target: bool,
    /// Name of its source.
    pub source: &'static str,
}

/// All episodes in the order of time.
pub const EPISODES: &[Episode] = &[
    funds::OCT_1987,
    funds::AUG_2007,
    futures::MAY_2010,
    funds::FEB_2018,
    borrowers::MAR_2020,
    borrowers::MAY_2021,
    funds::SEP_2022,
    futures::OCT_2025,
];

/// Every figure of an episode and what this run makes of it.
#[must_use]
pub fn rows(episode: &Episode, run: &Simulator) -> Vec<Row> {
    episode.figures.iter().map(|figure| figure.row(run)).collect()
}

impl Status {
    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Fitted => "fitted",
            Self::Assumed => "assumed",
        }
    }
}

impl Published {
    /// A value over this one, or over the nearest one of a range.
    #[must_use]
    pub fn ratio(self, value: f64) -> f64 {
        match self {
            Self::Value(published) => value / published,
            Self::Range(low, _) if value < low => value / low,
            Self::Range(_, high) | Self::Under(high) if value > high => value / high,
            Self::Range(..) | Self::Under(_) => 1.0,
        }
    }
}

impl std::fmt::Display for Published {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value) => write!(formatter, "{value}"),
            Self::Range(low, high) => write!(formatter, "{low} to {high}"),
            Self::Under(high) => write!(formatter, "under {high}"),
        }
    }
}

impl Figure {
    /// What this run makes of it.
    #[must_use]
    pub fn row(&self, run: &Simulator) -> Row {
        let simulated = (self.measure)(run);
        let ratio = simulated.map(|value| self.published.ratio(value));
        Row {
            what: self.what,
            unit: self.unit,
            published: self.published.to_string(),
            simulated,
            ratio,
            within: ratio.map(|ratio| (ratio - 1.0).abs() <= TOLERANCE),
            target: self.target,
            source: self.source,
        }
    }
}

/// An input that a source gives.
const fn published(id: &'static str, words: &'static str) -> Input {
    Input { id, status: Status::Published, words }
}

/// An input that was chosen to meet a figure.
const fn fitted(id: &'static str, words: &'static str) -> Input {
    Input { id, status: Status::Fitted, words }
}

/// An input that no source gives.
const fn assumed(id: &'static str, words: &'static str) -> Input {
    Input { id, status: Status::Assumed, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_to_the_nearest_published_value() {
        let range = Published::Range(60.0, 80.0);
        assert_eq!([30.0, 60.0, 70.0, 80.0, 160.0].map(|value| range.ratio(value)), [0.5, 1.0, 1.0, 1.0, 2.0]);
        assert_eq!([0.5, 1.0, 28.0].map(|value| Published::Under(1.0).ratio(value)), [1.0, 1.0, 28.0]);
        assert_eq!(Published::Value(4.0).ratio(5.0), 1.25);
        assert_eq!(range.to_string(), "60 to 80");
    }
}
