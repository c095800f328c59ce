//! The interface for lessons.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::super::{Answer, to_js};
use crate::lesson::{Fault, Lesson};

/// Reads a lesson: `{ lesson, faults }`, one of them empty. The lesson contains no results.
#[wasm_bindgen(js_name = readLesson, unchecked_return_type = "{ lesson: Lesson | null, faults: (Fault & { words: string })[] }")]
pub fn read_lesson(text: &str) -> Answer<JsValue> {
    #[derive(Serialize)]
    struct Read {
        lesson: Option<Lesson>,
        faults: Vec<Told>,
    }
    #[derive(Serialize)]
    struct Told {
        #[serde(flatten)]
        fault: Fault,
        words: String,
    }
    let told = |fault: Fault| Told { words: fault.to_string(), fault };
    let (lesson, faults) = match Lesson::read(text) {
        Ok(lesson) => (Some(lesson), Vec::new()),
        Err(faults) => (None, faults),
    };
    to_js(&Read { lesson, faults: faults.into_iter().map(told).collect() })
}

/// The results of a step of a lesson, its answers and notes; null if there is no such lesson or step.
#[wasm_bindgen(js_name = lessonAnswers, unchecked_return_type = "Answers | null")]
pub fn lesson_answers(text: &str, step: usize) -> Answer<JsValue> {
    to_js(&Lesson::read(text).ok().and_then(|lesson| lesson.answers(step)))
}

/// The chart of a step for paper, empty or with the run: `{ svg, words }`; null if there is none.
#[wasm_bindgen(js_name = lessonChart, unchecked_return_type = "Chart | null")]
pub fn lesson_chart(text: &str, step: usize, answered: bool) -> Answer<JsValue> {
    to_js(&Lesson::read(text).ok().and_then(|lesson| lesson.chart(step, answered)))
}
