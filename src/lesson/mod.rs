//! Lessons: text files that become a student page, a presentation, a worksheet and an answer key, all from the same
//! runs.
//!
//! A lesson is TOML. [`FIELDS`] lists its fields; `www/lessons/README.md` has the same table for teachers, and a test
//! compares the two.
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
//! let wrong = "line 2: there is no field \"minuts\" here; there are title, lang, id, minutes, goals, needs, step";
//! assert!(faults.iter().any(|fault| fault.to_string() == wrong));
//! ```
//!
//! A page that shows a [`Lesson`] cannot give results away: `answer`, `notes` and results are only in [`Answers`].

mod answers;
mod chart;
mod contents;
mod fault;
mod fields;
mod fill;
mod reader;
mod step;
mod syntax;
#[cfg(test)]
mod tests;

pub use answers::{Answers, Played, Truth};
pub use chart::Chart;
pub use contents::{LONGEST, Lesson, MOST_STEPS, Prediction, Question, Step};
pub use fault::Fault;
pub use fields::{FIELDS, Field, Kind};

use fault::Faults;
use reader::Reader;

pub use reader::paragraphs;

impl Lesson {
    /// Reads a lesson without running anything.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of lines, up to a readable number of faults.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new(text);
        let lesson = if text.len() > LONGEST { faults.too_long() } else { Reader::read(text, &mut faults) };
        match (lesson, faults.end()) {
            (Some(lesson), faults) if faults.is_empty() => Ok(lesson),
            (_, faults) => Err(faults),
        }
    }

    /// The results of a step, and its answers with numbers filled in; `None` if there is no such step.
    #[must_use]
    pub fn answers(&self, step: usize) -> Option<Answers> {
        self.steps.get(step).map(Answers::of)
    }

    /// The chart of a step for paper: axes to draw on or, if `answered`, the same axes with the run. `None` if the step
    /// has no figure that can be drawn by hand.
    #[must_use]
    pub fn chart(&self, step: usize, answered: bool) -> Option<Chart> {
        self.steps.get(step).and_then(|step| Chart::of(step, answered))
    }
}
