//! The door for what a reader of the article predicts and tries: the tipping point, the path, the challenge.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::super::{Answer, area, theme, to_js};
use super::drawn;
use crate::challenge::{self, TASKS, Task};
use crate::chart::FINE;
use crate::chart::figures::sketch::{self, ANCHORS};
use crate::chart::figures::tipping::{self, TippingScene};
use crate::language::tr;
use crate::model::Tipping;
use crate::query;

/// A size or a place in pixels of the screen, in units of the drawing.
fn fine(pixels: &[f64]) -> (i32, i32) {
    let fine = |pixels: f64| (pixels * f64::from(FINE)) as i32;
    (fine(pixels[0]), fine(pixels[1]))
}

/// What the parameters of a query come to at every bot density, as plain numbers: for [`TippingPicture`]. A hundred
/// runs.
#[wasm_bindgen]
pub fn tipping(text: &str) -> Vec<f64> {
    Tipping::new(&query::parse_lenient(text).0).numbers()
}

/// What [`tipping`] found, as a picture and in words. A guess that is no number is none.
#[wasm_bindgen]
pub struct TippingPicture(Tipping);

#[wasm_bindgen]
impl TippingPicture {
    /// Of the numbers that [`tipping`] gave.
    #[wasm_bindgen(constructor)]
    pub fn new(numbers: &[f64]) -> Answer<Self> {
        let wrong = || JsError::new("these are not the numbers of a tipping point");
        Tipping::from_numbers(numbers).map(Self).ok_or_else(wrong)
    }

    fn scene(&self, guess: f64, revealed: bool) -> TippingScene<'_> {
        TippingScene { tipping: &self.0, guess: (!guess.is_nan()).then_some(guess), revealed }
    }

    /// Draws it. `em` is the size of the text in pixels of the screen.
    pub fn draw(&self, canvas: HtmlCanvasElement, em: f64, dark: bool, guess: f64, revealed: bool) -> Answer<()> {
        drawn(tipping::draw(&area(canvas)?, em, &theme(dark), &self.scene(guess, revealed)))
    }

    /// The picture in words.
    pub fn words(&self, guess: f64, revealed: bool) -> String {
        tipping::words(&self.scene(guess, revealed))
    }

    /// What was said, what came out, and how far apart they are.
    pub fn verdict(&self, guess: f64) -> String {
        tipping::verdict(&self.0, (!guess.is_nan()).then_some(guess))
    }
}

/// The density at a place of the picture of a tipping point, percent; NaN beside the plot. Size, place and `em` in
/// pixels of the screen.
#[wasm_bindgen(js_name = tippingSpot)]
pub fn tipping_spot(size: &[f64], em: f64, at: &[f64]) -> f64 {
    tipping::spot(em * f64::from(FINE), fine(size), fine(at)).unwrap_or(f64::NAN)
}

/// The seconds after the first sale whose price has a slider.
#[wasm_bindgen(js_name = sketchSeconds)]
pub fn sketch_seconds() -> Vec<u32> {
    ANCHORS.map(|second| second as u32).into()
}

/// A line that a reader draws: what the price does if bots are slower.
#[wasm_bindgen]
pub struct Sketch(sketch::Sketch);

#[wasm_bindgen]
impl Sketch {
    /// Nothing drawn yet, in the market of a query; bots of `latency` seconds are what is asked for.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, latency: f64) -> Self {
        Self(sketch::Sketch::new(&query::parse_lenient(text).0, latency))
    }

    /// Whether a place of the picture can be drawn on. Size, place and `em` in pixels of the screen, here and below.
    #[wasm_bindgen(js_name = canDraw)]
    pub fn can_draw(&self, size: &[f64], em: f64, at: &[f64]) -> bool {
        self.0.spot(em * f64::from(FINE), fine(size), fine(at)).is_some()
    }

    /// Puts the pen down; says whether that is a place to draw on.
    pub fn begin(&mut self, size: &[f64], em: f64, at: &[f64]) -> bool {
        let spot = self.0.spot(em * f64::from(FINE), fine(size), fine(at));
        spot.map(|spot| self.0.begin(spot)).is_some()
    }

    /// Moves the pen.
    #[wasm_bindgen(js_name = goOn)]
    pub fn go_on(&mut self, size: &[f64], em: f64, at: &[f64]) {
        if let Some(spot) = self.0.spot(em * f64::from(FINE), fine(size), fine(at)) {
            self.0.go_on(spot);
        }
    }

    /// Takes the pen up.
    pub fn end(&mut self) {
        self.0.end();
    }

    /// Takes the last stroke back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        self.0.undo()
    }

    /// Takes everything off.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The change of the price at one of [`sketch_seconds`], percent; NaN if it is not drawn.
    pub fn anchor(&self, index: usize) -> f64 {
        self.0.anchor(index).unwrap_or(f64::NAN)
    }

    /// The same in words.
    #[wasm_bindgen(js_name = anchorWords)]
    pub fn anchor_words(&self, index: usize) -> String {
        self.0.anchor(index).map_or_else(|| tr("not drawn").into(), crate::describe::change_words)
    }

    /// Draws the price at one of them.
    #[wasm_bindgen(js_name = setAnchor)]
    pub fn set_anchor(&mut self, index: usize, change: f64) {
        self.0.set_anchor(index, change);
    }

    /// Lowest and highest change of the price that can be drawn, percent.
    pub fn range(&self) -> Vec<f64> {
        let (highest, lowest) = self.0.range();
        vec![lowest, highest]
    }

    /// Draws it. `em` is the size of the text in pixels of the screen.
    pub fn draw(&self, canvas: HtmlCanvasElement, em: f64, dark: bool, revealed: bool) -> Answer<()> {
        drawn(sketch::draw(&area(canvas)?, em, &theme(dark), &self.0, revealed))
    }

    /// The picture in words.
    pub fn words(&self, revealed: bool) -> String {
        sketch::words(&self.0, revealed)
    }

    /// What happens, and how far off the line is.
    pub fn verdict(&self) -> String {
        sketch::verdict(&self.0)
    }
}

/// The challenge: what a run costs, held against the same crowd without tools.
#[wasm_bindgen]
#[derive(Default)]
pub struct Challenge(challenge::Challenge);

#[wasm_bindgen]
impl Challenge {
    /// Nothing measured yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The score of the parameters of a query, line by line.
    pub fn costs(&mut self, text: &str) -> Answer<JsValue> {
        to_js(&self.0.answer(&query::parse_lenient(text).0))
    }
}

/// The crowds to save.
#[wasm_bindgen(js_name = challengeTasks)]
pub fn challenge_tasks() -> Answer<JsValue> {
    to_js(&TASKS.map(|task| Task { name: tr(task.name), ..task }))
}

/// How the score is made, a sentence each.
#[wasm_bindgen(js_name = challengeFormula)]
pub fn challenge_formula() -> Vec<String> {
    challenge::formula()
}

/// The query of a task (of the crowd of `text`, if there is none of that name) with the tools of `text` or untouched.
#[wasm_bindgen(js_name = challengeQuery)]
pub fn challenge_query(text: &str, task: &str, keep_tools: bool) -> String {
    challenge::query_of(&query::parse_lenient(text).0, task, keep_tools)
}
