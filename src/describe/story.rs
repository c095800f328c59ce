//! The whole run as static text.

use serde::Serialize;

use super::figures::figures;
use super::headline::headline;
use super::phases::phases;
use crate::model::Simulator;
use crate::say;

/// A run as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// Summary in two sentences.
    pub headline: String,
    /// Phases in order, a sentence or two each.
    pub phases: Vec<String>,
    /// Key figures as sentences.
    pub figures: Vec<String>,
}

/// Describes the run.
#[must_use]
pub fn story(simulator: &Simulator) -> Story {
    let figures = figures(simulator);
    Story {
        headline: headline(simulator),
        phases: phases(simulator).into_iter().map(|phase| phase.words).collect(),
        figures: figures
            .iter()
            .map(|one| say!("{name}: {value} ({meaning}).", name = one.label, value = one.value, meaning = one.meaning))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn the_story_has_everything_shown_beside_the_picture() {
        for text in ["", "bots=0&shock=0&calm-volatility=0", "impact=square-root", "adl=on&insurance=0.1", "venues=3"] {
            let simulator = Simulator::new(&query::parse(text).unwrap());
            let story = story(&simulator);
            assert_eq!(story.headline, headline(&simulator));
            assert!(story.phases.len() >= 2 && story.figures.len() >= 5);
            for (sentence, figure) in story.figures.iter().zip(figures(&simulator)) {
                assert!(sentence.starts_with(figure.label) && sentence.contains(&figure.value));
            }
            for sentence in story.phases.iter().chain(&story.figures).chain([&story.headline]) {
                assert!(sentence.ends_with('.') && !sentence.contains(".."), "{sentence}");
            }
        }
    }
}
