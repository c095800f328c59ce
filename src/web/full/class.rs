//! The interface for predictions of a class: codes, and the picture of a distribution.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::super::{Answer, area, theme, to_js};
use crate::chart::figures::class::{self, ClassScene, Grid};
use crate::prediction::{Prediction, read_all};

/// The code of a prediction: `3C08-0JGT`. The index is the position of the value on the grid of its question.
#[wasm_bindgen(js_name = predictionCode)]
pub fn prediction_code(lesson: u16, step: u8, index: u16) -> Answer<String> {
    let none = || JsError::new("a code has room for 32 steps and 8192 values");
    Prediction::new(lesson, step, index).map(Prediction::code).ok_or_else(none)
}

/// Reads the codes that a teacher has pasted, for a question with `count` values: `{ values, faults }`. Values are
/// indices in the order of the text; a fault is `{ line, text, words }`.
#[wasm_bindgen(js_name = readPredictions, unchecked_return_type = "Pasted")]
pub fn read_predictions(text: &str, lesson: u16, step: u8, count: u16) -> Answer<JsValue> {
    to_js(&read_all(text, lesson, step, count))
}

/// The predictions of a class, as a picture and as text.
#[wasm_bindgen]
pub struct ClassPicture {
    grid: Grid,
    guesses: Vec<u16>,
    truth: Option<f64>,
}

#[wasm_bindgen]
impl ClassPicture {
    /// An empty picture for a question whose answers are even steps from one end to the other. [`ClassPicture::draw`]
    /// shows the true value, if there is one, when it is revealed.
    #[wasm_bindgen(constructor)]
    pub fn new(from: f64, to: f64, step: f64, unit: &str, truth: Option<f64>) -> Answer<Self> {
        let wrong = || JsError::new("a question needs 2 to 8192 values");
        let grid = Grid::new(from, to, step, unit).ok_or_else(wrong)?;
        Ok(Self { grid, guesses: Vec::new(), truth })
    }

    /// Number of possible answers.
    pub fn count(&self) -> u16 {
        self.grid.count()
    }

    /// Sets the predictions, as indices.
    pub fn set(&mut self, guesses: Vec<u16>) {
        self.guesses = guesses;
    }

    fn scene(&self, revealed: bool) -> ClassScene<'_> {
        ClassScene { grid: &self.grid, guesses: &self.guesses, truth: self.truth, revealed }
    }

    /// Draws the picture. `em` is the text size in pixels of the screen.
    pub fn draw(&self, canvas: HtmlCanvasElement, em: f64, dark: bool, revealed: bool) -> Answer<()> {
        super::drawn(class::draw(&area(canvas)?, em, &theme(dark), &self.scene(revealed)))
    }

    /// Describes the picture.
    pub fn words(&self, revealed: bool) -> String {
        class::words(&self.scene(revealed))
    }

    /// The true value, and how close the class came to it.
    pub fn verdict(&self) -> String {
        class::verdict(&self.scene(true))
    }

    /// The value with this index, with its unit.
    #[wasm_bindgen(js_name = valueWords)]
    pub fn value_words(&self, index: u16) -> String {
        self.grid.words(self.grid.value(index))
    }
}
