//! Results of a step: its runs, the predicted number, and answers and notes with the numbers of these runs.

use serde::Serialize;

use super::contents::{Prediction, Step};
use super::fill::{Place, filled};
use crate::model::{MODEL_VERSION, Simulator};
use crate::params::query;
use crate::text::language::tr;

/// The results of a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answers {
    /// The number that was to be predicted.
    pub truth: Option<Truth>,
    /// The answer to the question, by paragraphs.
    pub answer: Vec<String>,
    /// Notes for the teacher, by paragraphs.
    pub notes: Vec<String>,
    /// All runs whose numbers occur here, that of the step first.
    pub runs: Vec<Played>,
}

/// A predicted number as it came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// The number.
    pub value: f64,
    /// The number with its unit.
    pub words: String,
    /// Whether it lies below the least or above the greatest answer.
    pub outside: bool,
}

/// A run, with what is needed to reproduce it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Played {
    /// Its name; empty for the run of the step.
    pub name: String,
    /// Its parameters.
    pub query: String,
    /// Version of the model.
    pub model: u32,
    /// Digest of the run.
    pub digest: String,
}

/// The runs of a step, each made on first use.
struct Runs<'a> {
    step: &'a Step,
    made: Vec<(Option<&'a str>, Simulator)>,
}

impl<'a> Runs<'a> {
    fn of(&mut self, name: Option<&str>) -> Option<&Simulator> {
        let step: &'a Step = self.step;
        let (name, query) = match name {
            None => (None, &step.query),
            Some(name) => {
                step.runs.iter().find(|(known, _)| known == name).map(|(known, query)| (Some(known.as_str()), query))?
            }
        };
        if !self.made.iter().any(|(known, _)| *known == name) {
            self.made.push((name, Simulator::new(&query::parse_lenient(query).0)));
        }
        self.made.iter().find(|(known, _)| *known == name).map(|(_, run)| run)
    }

    /// The number for a placeholder; `None` if the run does not have it.
    fn number(&mut self, place: Place<'_>) -> Option<f64> {
        let outcome = place.outcome()?;
        (outcome.of)(self.of(place.run)?)
    }

    /// The same with its unit.
    fn number_with_unit(&mut self, place: Place<'_>) -> String {
        let Some(value) = self.number(place) else { return tr("none").into() };
        place.outcome().map_or_else(String::new, |outcome| outcome.unit.with_unit(value))
    }
}

impl Answers {
    pub(super) fn of(step: &Step) -> Self {
        let mut runs = Runs { step, made: Vec::new() };
        if !step.views.is_empty() {
            runs.of(None);
        }
        let truth = step.prediction.as_ref().and_then(|prediction| Truth::of(prediction, &mut runs));
        let answer = step.question.as_ref().map_or(&[][..], |question| &question.answer);
        let [answer, notes] = [answer, &step.notes].map(|paragraphs| {
            paragraphs.iter().map(|text| filled(text, |place| runs.number_with_unit(place))).collect::<Vec<_>>()
        });
        let mut played: Vec<_> = runs.made.iter().map(|(name, run)| Played::of(*name, run)).collect();
        played.sort_by(|a, b| a.name.cmp(&b.name));
        Self { truth, answer, notes, runs: played }
    }
}

impl Truth {
    fn of(prediction: &Prediction, runs: &mut Runs<'_>) -> Option<Self> {
        let place = Place::of(&prediction.of);
        let value = runs.number(place)?;
        // A value that rounds to the least or the greatest answer counts as inside.
        let half = prediction.step / 2.0;
        let outside = value < prediction.from - half || value > prediction.to + half;
        Some(Self { value, words: place.outcome()?.unit.words_beside_prediction(value), outside })
    }
}

impl Played {
    fn of(name: Option<&str>, run: &Simulator) -> Self {
        let summary = run.summary();
        Self {
            name: name.unwrap_or_default().into(),
            query: query::write(&summary.params),
            model: MODEL_VERSION,
            digest: format!("{:016x}", summary.digest),
        }
    }
}
