//! What a lesson holds.

use serde::Serialize;

/// The longest file that is read, bytes.
pub const LONGEST: usize = 200_000;

/// Most steps of a lesson: the codes of predictions have room for so many.
pub const MOST_STEPS: usize = 32;

/// A lesson, as far as pupils may know it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lesson {
    /// Its name.
    pub title: String,
    /// The language it is written in, as HTML names it.
    pub lang: String,
    /// How long it takes.
    pub minutes: u32,
    /// What pupils can do after it.
    pub goals: Vec<String>,
    /// What they should know before.
    pub needs: Vec<String>,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// A number that goes with the title: codes of predictions carry it, so that those of another lesson are seen.
    pub tag: u16,
}

/// One step of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Its name.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What to read, by paragraphs.
    pub text: Vec<String>,
    /// The parameters of its run, as a query.
    pub query: String,
    /// The rest of a state: `span=15min&t=312`, or nothing.
    pub place: String,
    /// The views of its figure; none, no figure.
    pub views: Vec<String>,
    /// The sliders of its figure.
    pub controls: Vec<String>,
    /// What pupils say before they see it.
    pub prediction: Option<Prediction>,
    /// What they answer after that.
    pub question: Option<Question>,
    /// For the teacher, by paragraphs, with places for numbers.
    #[serde(skip)]
    pub notes: Vec<String>,
    /// Other runs whose numbers are named: name and query.
    #[serde(skip)]
    pub runs: Vec<(String, String)>,
}

/// A number to be predicted, and the answers that can be given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prediction {
    /// The question.
    pub ask: String,
    /// What is written behind a number.
    pub unit: String,
    /// The least answer.
    pub from: f64,
    /// The greatest.
    pub to: f64,
    /// How far answers are apart.
    pub step: f64,
    /// The run that comes out where that is another than the figure begins with, as a query. Then the figure gives
    /// nothing away and may be seen before.
    pub shows: Option<String>,
    /// The name of what is predicted: `fall`, or `slow.fall` of the run with that name.
    #[serde(skip)]
    pub of: String,
}

/// A question in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// The question.
    pub ask: String,
    /// What to choose from, if it is not open.
    pub choices: Vec<String>,
    /// The answer, by paragraphs, with places for numbers.
    #[serde(skip)]
    pub answer: Vec<String>,
}

/// 16 bits of a title, the same everywhere and for ever (FNV-1a, folded).
pub(super) fn tag(title: &str) -> u16 {
    let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = title.bytes().fold(0x811c_9dc5, add);
    ((hash >> 16) ^ (hash & 0xffff)) as u16
}
