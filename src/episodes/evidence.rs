//! Evidence: what a run says about an episode before anything is fitted to it.
//!
//! A figure that inputs were fitted to proves nothing. Here every fitted input has its default instead, the value of the
//! opening, which nobody chose for that day; published and assumed inputs stay as they are.

use super::episode::{Episode, PublishedFigure, Status, TOLERANCE, spreads};
use crate::model::Simulator;
use crate::model::ensemble::Spread;
use crate::params::{self, Params, query};

/// A published figure beside the prediction for it.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// The published figure.
    pub figure: &'static PublishedFigure,
    /// The spread over a hundred crowds, and how many of them have the figure; `None` if the model does not have it.
    pub predicted: Option<(Spread, usize)>,
    /// The median over the published value, or over the nearest end of a range; 1 inside the range.
    pub ratio: Option<f64>,
}

impl Prediction {
    /// Whether the ratio is within [`TOLERANCE`]; `None` without a prediction.
    #[must_use]
    pub fn hit(&self) -> Option<bool> {
        self.ratio.map(|ratio| (ratio - 1.0).abs() <= TOLERANCE)
    }
}

/// The settings of an episode, with the defaults of all inputs that were fitted.
///
/// # Panics
/// The episode names a parameter that does not exist.
#[must_use]
pub fn before_fit(episode: &Episode) -> Params {
    let mut params = query::parse_lenient(episode.scenario.query).0;
    let defaults = Params::default();
    for input in episode.inputs.iter().filter(|input| input.status == Status::Fitted) {
        let row = params::row(input.id).expect("a parameter");
        params.set(row, defaults.get(row)).expect("a default is allowed");
    }
    params
}

/// The predictions for all figures of an episode that are not inputs of the run.
#[must_use]
pub fn predictions(episode: &'static Episode) -> Vec<Prediction> {
    let run = Simulator::new(&before_fit(episode));
    let all = episode.figures.iter().zip(spreads(episode, &run));
    let outputs = all.filter(|(figure, _)| !figure.is_input());
    outputs
        .map(|(figure, predicted)| {
            let ratio = predicted.map(|(spread, _)| figure.published.ratio(spread.p50));
            Prediction { figure, predicted, ratio }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::episodes::{EPISODES, rows};

    #[test]
    fn fitted_inputs_have_their_defaults_and_the_others_stay() {
        for episode in EPISODES {
            let (fitted, before) = (query::parse_lenient(episode.scenario.query).0, before_fit(episode));
            for input in episode.inputs {
                let row = params::row(input.id).unwrap();
                let reset = input.status == Status::Fitted;
                let expected = if reset { Params::default().get(row) } else { fitted.get(row) };
                assert_eq!(before.get(row), expected, "{}: {}", episode.scenario.id, input.id);
            }
            assert_ne!(before, fitted, "{}: something was fitted", episode.scenario.id);
            assert_eq!(before.seed, fitted.seed);
        }
    }

    #[test]
    fn these_figures_agree_without_being_fitted() {
        let agree = |episode: &Episode| {
            let run = Simulator::new(&query::parse_lenient(episode.scenario.query).0);
            let outputs = rows(episode, &run).into_iter().zip(episode.figures).filter(|(_, figure)| !figure.is_input());
            let rows = outputs.map(|(row, _)| row).filter(|row| row.within == Some(true) && !row.target);
            rows.map(|row| (episode.scenario.id, row.what)).collect::<Vec<_>>()
        };
        let all: Vec<_> = EPISODES.iter().flat_map(agree).collect();
        // `www/model.html` says so in words; a time of under five minutes says little.
        let expected = [
            ("oct-1987", "Sales that their rule required"),
            ("may-2010", "Time of the fall"),
            ("oct-2025", "Fall (on the day: of Bitcoin)"),
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn these_are_the_only_hits() {
        let mut hits = Vec::new();
        let mut outputs = 0;
        for episode in EPISODES {
            for prediction in predictions(episode) {
                outputs += usize::from(prediction.predicted.is_some());
                if prediction.hit() == Some(true) {
                    hits.push((episode.scenario.id, prediction.figure.what));
                }
            }
        }
        // `www/model.html` says so in words.
        let expected = ["Share of it regained in the next 20 minutes (\"most\")", "Time of the fall"];
        assert_eq!(hits, expected.map(|what| ("may-2010", what)));
        assert_eq!(outputs, 29);
    }
}
