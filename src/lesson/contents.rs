//! The parts of a lesson.

use serde::Serialize;

/// Greatest length of a file, bytes.
pub const LONGEST: usize = 200_000;

/// Greatest number of steps; prediction codes have room for this many.
pub const MOST_STEPS: usize = 32;

/// A lesson without the results, which pupils must not know before they predict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lesson {
    /// Title.
    pub title: String,
    /// Language tag, as in HTML.
    pub lang: String,
    /// Duration in minutes.
    pub minutes: u32,
    /// Learning goals.
    pub goals: Vec<String>,
    /// Prerequisites.
    pub needs: Vec<String>,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// A hash of the `id`, or else of the title, part of prediction codes: codes of other lessons are recognised by it.
    pub tag: u16,
}

/// One step of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Title.
    pub title: String,
    /// Duration in minutes.
    pub minutes: u32,
    /// Text, by paragraphs.
    pub text: Vec<String>,
    /// Parameters of its run, as a query.
    pub query: String,
    /// The rest of the figure's state: `span=15min&t=312`, or empty.
    pub place: String,
    /// Views of the figure; without any there is no figure.
    pub views: Vec<String>,
    /// Sliders of the figure.
    pub controls: Vec<String>,
    /// The number that pupils predict before they see the result.
    pub prediction: Option<Prediction>,
    /// The question that they answer afterwards.
    pub question: Option<Question>,
    /// Notes for the teacher, by paragraphs, with placeholders for numbers.
    #[serde(skip)]
    pub notes: Vec<String>,
    /// Further runs: name and query.
    #[serde(skip)]
    pub runs: Vec<(String, String)>,
}

/// A number to predict, and the possible answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prediction {
    /// The question.
    pub ask: String,
    /// Unit written after a number.
    pub unit: String,
    /// Least answer.
    pub from: f64,
    /// Greatest answer.
    pub to: f64,
    /// Distance between answers.
    pub step: f64,
    /// The run with the result, as a query, if it differs from the figure's first run. The figure then gives nothing
    /// away and may be seen before.
    pub shows: Option<String>,
    /// Name of the predicted result: `fall`, or `slow.fall` for the run called slow.
    #[serde(skip)]
    pub of: String,
}

/// A question to answer in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// The question.
    pub ask: String,
    /// Choices; empty for an open question.
    pub choices: Vec<String>,
    /// The answer, by paragraphs, with placeholders for numbers.
    #[serde(skip)]
    pub answer: Vec<String>,
}

/// 16-bit hash of an id or a title (FNV-1a, folded). It must never change, because codes on paper contain it.
pub(super) fn tag(title: &str) -> u16 {
    let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = title.bytes().fold(0x811c_9dc5, add);
    ((hash >> 16) ^ (hash & 0xffff)) as u16
}
