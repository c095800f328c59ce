//! Lessons: text files from which a student page, a presentation, a worksheet and an answer key are made, all of the same
//! runs.
//!
//! A lesson is TOML. Which fields there are [`FIELDS`] says, one row each; `www/lessons/README.md` has the same table for
//! teachers, and a test holds the two together.
//!
//! ```
//! use deleverage::lesson::Lesson;
//!
//! let lesson = Lesson::read(r#"
//!     title = "Bots"
//!     minutes = 5
//!     goals = ["say what a bot does"]
//!
//!     [[step]]
//!     title = "More of them"
//!     minutes = 5
//!     text = "A third of the accounts are run by bots. Let it be half."
//!     state = "bots=50&accounts=1000"
//!     views = ["price"]
//!     prediction = { ask = "How far does the price fall?", of = "fall", from = 0, to = 50, step = 5 }
//!     question = { ask = "Why?", answer = "It falls by {fall}; by {few.fall} where bots are few." }
//!     runs = { few = "bots=20&accounts=1000" }
//! "#).unwrap();
//! let answers = lesson.answers(0).unwrap();
//! assert!(answers.truth.unwrap().value > 5.0 && !answers.answer[0].contains('{'));
//!
//! let faults = Lesson::read("title = \"Bots\"\nminuts = 5\ngoals = []").unwrap_err();
//! let wrong = "line 2: there is no field \"minuts\" here; there are title, lang, minutes, goals, needs, step";
//! assert!(faults.iter().any(|fault| fault.to_string() == wrong));
//! ```
//!
//! What pupils must not know yet, [`Lesson`] does not tell a page: `answer`, `notes` and what comes out are only in
//! [`Answers`].

mod answers;
mod fault;
mod fields;
mod fill;
mod reader;
mod step;
mod syntax;
#[cfg(test)]
mod tests;

pub use answers::{Answers, Played, Truth};
pub use fault::Fault;
pub use fields::{FIELDS, Field, Kind};

use serde::Serialize;

use fault::Faults;
use reader::Reader;

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

impl Lesson {
    /// Reads a lesson. Runs nothing.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of its lines, up to a number that is worth reading.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new(text);
        let lesson = if text.len() > LONGEST { faults.too_long() } else { Reader::read(text, &mut faults) };
        match (lesson, faults.end()) {
            (Some(lesson), faults) if faults.is_empty() => Ok(lesson),
            (_, faults) => Err(faults),
        }
    }

    /// What came out in a step, and its answers with the numbers filled in; nothing if there is no such step.
    #[must_use]
    pub fn answers(&self, step: usize) -> Option<Answers> {
        self.steps.get(step).map(Answers::of)
    }
}

/// 16 bits of a title, the same everywhere and for ever (FNV-1a, folded).
fn tag(title: &str) -> u16 {
    let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = title.bytes().fold(0x811c_9dc5, add);
    ((hash >> 16) ^ (hash & 0xffff)) as u16
}
