//! The interface for predictions and trials in the article: the tipping point, the path, the challenge.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::super::{Answer, area, theme, to_js};
use super::drawn;
use crate::challenge::{self, TASKS, Task};
use crate::chart::FINE;
use crate::chart::figures::sketch::{self, ANCHORS};
use crate::chart::figures::tipping::{self, TippingScene};
use crate::language::tr;
use crate::model::ensemble::{CROWDS, first_seed, offered};
use crate::model::{Tipping, TippingCrowds};
use crate::params::Params;
use crate::query;

/// Converts a size or a point from pixels of the screen to units of the drawing.
fn fine(pixels: &[f64]) -> (i32, i32) {
    let fine = |pixels: f64| (pixels * f64::from(FINE)) as i32;
    (fine(pixels[0]), fine(pixels[1]))
}

/// The results of one crowd at every bot density, as plain numbers for [`TippingPicture::add`]: the crowd at a place of
/// the block of `crowds` seeds that the query belongs to. A hundred runs.
#[wasm_bindgen(js_name = tippingCurve)]
pub fn tipping_curve(text: &str, crowds: usize, place: usize) -> Vec<f64> {
    let params = query::parse_lenient(text).0;
    let seed = first_seed(params.seed, crowds).wrapping_add(place as u64);
    Tipping::new(&Params { seed, ..params }).numbers()
}

/// Number of crowds with the settings of a query that are run at every bot density.
#[wasm_bindgen(js_name = tippingCrowds)]
pub fn tipping_crowds(text: &str) -> usize {
    offered(&query::parse_lenient(text).0, CROWDS)
}

/// The results of [`tipping_curve`] for many crowds, as a picture and as text. A NaN guess means no guess.
#[wasm_bindgen]
#[derive(Default)]
pub struct TippingPicture(TippingCrowds);

#[wasm_bindgen]
impl TippingPicture {
    /// A picture without crowds, which are added one by one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the numbers of a crowd.
    pub fn add(&mut self, numbers: &[f64]) -> Answer<()> {
        let wrong = || JsError::new("these are not the numbers of a tipping point");
        self.0.push(Tipping::from_numbers(numbers).ok_or_else(wrong)?);
        Ok(())
    }

    fn scene(&self, guess: f64, revealed: bool) -> TippingScene<'_> {
        TippingScene { crowds: &self.0, guess: (!guess.is_nan()).then_some(guess), revealed }
    }

    /// Draws the picture. `em` is the text size in pixels of the screen.
    pub fn draw(&self, canvas: HtmlCanvasElement, em: f64, dark: bool, guess: f64, revealed: bool) -> Answer<()> {
        drawn(tipping::draw(&area(canvas)?, em, &theme(dark), &self.scene(guess, revealed)))
    }

    /// Describes the picture.
    pub fn words(&self, guess: f64, revealed: bool) -> String {
        tipping::words(&self.scene(guess, revealed))
    }

    /// The guess, the result, and the distance between them.
    pub fn verdict(&self, guess: f64) -> String {
        tipping::verdict(&self.0, (!guess.is_nan()).then_some(guess))
    }
}

/// The density at a point of the picture of a tipping point, percent; NaN outside the plot. Size, point and `em` in
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

/// The reader's line: the expected price with slower bots.
#[wasm_bindgen]
pub struct Sketch(sketch::Sketch);

#[wasm_bindgen]
impl Sketch {
    /// An empty sketch for the market of a query; the question is about bots of `latency` seconds.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, latency: f64) -> Self {
        Self(sketch::Sketch::new(&query::parse_lenient(text).0, latency))
    }

    /// Whether a point of the picture can be drawn on. Size, point and `em` in pixels of the screen, here and below.
    #[wasm_bindgen(js_name = canDraw)]
    pub fn can_draw(&self, size: &[f64], em: f64, at: &[f64]) -> bool {
        self.0.spot(em * f64::from(FINE), fine(size), fine(at)).is_some()
    }

    /// Puts the pen down; returns whether that point can be drawn on.
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

    /// Lifts the pen.
    pub fn end(&mut self) {
        self.0.end();
    }

    /// Undoes the last stroke; returns whether there was one.
    pub fn undo(&mut self) -> bool {
        self.0.undo()
    }

    /// Clears the line.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The price change at one of [`sketch_seconds`], percent; NaN if the line does not reach it.
    pub fn anchor(&self, index: usize) -> f64 {
        self.0.anchor(index).unwrap_or(f64::NAN)
    }

    /// The same as text.
    #[wasm_bindgen(js_name = anchorWords)]
    pub fn anchor_words(&self, index: usize) -> String {
        self.0.anchor(index).map_or_else(|| tr("not drawn").into(), crate::describe::change_words)
    }

    /// Sets the price change at one of them.
    #[wasm_bindgen(js_name = setAnchor)]
    pub fn set_anchor(&mut self, index: usize, change: f64) {
        self.0.set_anchor(index, change);
    }

    /// Lowest and highest price change that can be drawn, percent.
    pub fn range(&self) -> Vec<f64> {
        let (highest, lowest) = self.0.range();
        vec![lowest, highest]
    }

    /// Draws the picture. `em` is the text size in pixels of the screen.
    pub fn draw(&self, canvas: HtmlCanvasElement, em: f64, dark: bool, revealed: bool) -> Answer<()> {
        drawn(sketch::draw(&area(canvas)?, em, &theme(dark), &self.0, revealed))
    }

    /// Describes the picture.
    pub fn words(&self, revealed: bool) -> String {
        sketch::words(&self.0, revealed)
    }

    /// The price path of the slower bots, and how far off the line is.
    pub fn verdict(&self) -> String {
        sketch::verdict(&self.0)
    }
}

/// The challenge: the cost of a run, compared with the same crowd without tools.
#[wasm_bindgen]
#[derive(Default)]
pub struct Challenge(challenge::Challenge);

#[wasm_bindgen]
impl Challenge {
    /// An empty cache of measurements.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The score of the parameters of a query, line by line.
    #[wasm_bindgen(unchecked_return_type = "Answer")]
    pub fn costs(&mut self, text: &str) -> Answer<JsValue> {
        to_js(&self.0.answer(&query::parse_lenient(text).0))
    }
}

/// The crowds to save.
#[wasm_bindgen(js_name = challengeTasks, unchecked_return_type = "Task[]")]
pub fn challenge_tasks() -> Answer<JsValue> {
    to_js(&TASKS.map(|task| Task { name: tr(task.name), ..task }))
}

/// The formula of the score, as sentences.
#[wasm_bindgen(js_name = challengeFormula)]
pub fn challenge_formula() -> Vec<String> {
    challenge::formula()
}

/// The query of a task with the tools of `text`, or without any. The crowd is that of `text` if there is no such task.
#[wasm_bindgen(js_name = challengeQuery)]
pub fn challenge_query(text: &str, task: &str, keep_tools: bool) -> String {
    challenge::query_of(&query::parse_lenient(text).0, task, keep_tools)
}
