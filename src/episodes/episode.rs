//! An episode: its sources, its inputs, the published figures, and what a run makes of each.

use super::measure::Measure;
use super::place::Place;
use crate::model::Simulator;
use crate::model::ensemble::{CROWDS, Spread, first_seed, shared_out};
use crate::params::Params;
use crate::params::presets::Scenario;

/// Greatest relative deviation at which a simulated figure still meets the published one.
pub const TOLERANCE: f64 = 0.1;

/// A historical episode of one or a few days.
#[derive(Clone, Copy, Debug)]
pub struct Episode {
    /// Its name, its query and what to look at.
    pub scenario: &'static Scenario,
    /// Publications.
    pub sources: &'static [Source],
    /// Every parameter in which the query differs from the defaults, in the order of the query.
    pub inputs: &'static [Input],
    /// Published figures.
    pub figures: &'static [PublishedFigure],
    /// The mechanisms that the model leaves out.
    pub limits: &'static str,
}

/// A publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub name: &'static str,
    /// Figures taken from it, and how reliable they are.
    pub what: &'static str,
}

/// One parameter of an episode.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Id of the parameter.
    pub id: &'static str,
    /// Origin of the value.
    pub status: Status,
    /// Reason for the value.
    pub words: &'static str,
}

/// Origin of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Given by a source.
    Published,
    /// Fitted to a published figure.
    Fitted,
    /// Not given by any source.
    Assumed,
}

/// One published figure and how it is measured in a run.
#[derive(Clone, Copy, Debug)]
pub struct PublishedFigure {
    /// The quantity, in terms of the model.
    pub what: &'static str,
    /// `%`, `$bn` and the like; empty for a plain number.
    pub unit: &'static str,
    /// The published value.
    pub published: Published,
    /// The measurement in a run.
    pub measure: Measure,
    /// Whether inputs were fitted to it.
    pub target: bool,
    /// Name of its source.
    pub source: &'static str,
    /// Its place in the drawings, if it can be told from their axes.
    pub place: Option<Place>,
}

/// A published value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Published {
    /// A single value.
    Value(f64),
    /// A range: sources differ, or state it in words.
    Range(f64, f64),
    /// An upper bound.
    Under(f64),
}

/// A published figure beside its simulated value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The quantity.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The published value as text, without the unit.
    pub published: String,
    /// The simulated value; `None` if the model does not have it.
    pub simulated: Option<f64>,
    /// Simulated over published value, or over the nearest end of a range; 1 inside the range.
    pub ratio: Option<f64>,
    /// Whether the ratio is within [`TOLERANCE`].
    pub within: Option<bool>,
    /// Whether inputs were fitted to it.
    pub target: bool,
    /// Name of its source.
    pub source: &'static str,
}

/// Compares every figure of an episode with this run.
#[must_use]
pub fn rows(episode: &Episode, run: &Simulator) -> Vec<Row> {
    episode.figures.iter().map(|figure| figure.row(run)).collect()
}

/// The spread of every figure of an episode over the hundred crowds that this run belongs to, and how many of them have
/// it; `None` where none has.
#[must_use]
pub fn spreads(episode: &Episode, run: &Simulator) -> Vec<Option<(Spread, usize)>> {
    let params = run.summary().params;
    let first = first_seed(params.seed, CROWDS);
    let measured = shared_out(CROWDS, |from, step| {
        let measure = |place: usize| -> Vec<Option<f64>> {
            let run = Simulator::new(&Params { seed: first.wrapping_add(place as u64), ..params });
            episode.figures.iter().map(|figure| (figure.measure)(&run)).collect()
        };
        (from..CROWDS).step_by(step).map(measure).collect()
    });
    let spread = |figure: usize| {
        let values: Vec<f64> = measured.iter().filter_map(|crowd| crowd[figure]).collect();
        let count = values.len();
        Spread::of(values).map(|spread| (spread, count))
    };
    (0..episode.figures.len()).map(spread).collect()
}

impl Status {
    /// The name of the status.
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
    /// Ratio of `value` to the published value, or to the nearest end of a range.
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

impl PublishedFigure {
    /// Whether it is an input of the run, as its name says.
    #[must_use]
    pub fn is_input(&self) -> bool {
        self.what.ends_with("(input)")
    }

    /// Compares the figure with this run.
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

/// An input given by a source.
pub(super) const fn published(id: &'static str, words: &'static str) -> Input {
    Input { id, status: Status::Published, words }
}

/// An input fitted to a figure.
pub(super) const fn fitted(id: &'static str, words: &'static str) -> Input {
    Input { id, status: Status::Fitted, words }
}

/// An input not given by any source.
pub(super) const fn assumed(id: &'static str, words: &'static str) -> Input {
    Input { id, status: Status::Assumed, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_to_the_nearest_published_value() {
        let range = Published::Range(60.0, 80.0);
        assert_eq!([30.0, 60.0, 70.0, 80.0, 160.0].map(|value| range.ratio(value)), [0.5, 1.0, 1.0, 1.0, 2.0]);
        assert_eq!([0.5, 1.0, 28.0].map(|value| Published::Under(1.0).ratio(value)), [1.0, 1.0, 28.0]);
        assert_eq!(Published::Value(4.0).ratio(5.0), 1.25);
        assert_eq!(range.to_string(), "60 to 80");
    }
}
