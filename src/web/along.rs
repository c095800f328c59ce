//! The interface for other forms of a run: files, sentences, a table, sound.

use wasm_bindgen::prelude::*;

use super::{Answer, Lab, span_named, theme, to_js, view_named};
use crate::chart::Kept;
use crate::chart::backend::svg::About;
use crate::chart::figures::picture;
use crate::model::{MODEL_VERSION, Simulator};
use crate::sound::Sound;
use crate::{csv, describe, query, sound};

/// The query that reproduces a run, and the digest that confirms it.
fn written(simulator: &Simulator, place: &str) -> String {
    let summary = simulator.summary();
    let query = query::write(&summary.params);
    let and = if query.is_empty() { "" } else { "&" };
    format!("?{query}{and}{place}, digest of the run {:016x}", summary.digest)
}

#[wasm_bindgen]
impl Lab {
    /// One view as an SVG file of that width and height in pixels, with text of `em` pixels. It contains a description
    /// and the query that reproduces it.
    #[expect(clippy::too_many_arguments, reason = "as many as JavaScript has")]
    pub fn svg(
        &self,
        view: &str,
        width: u32,
        height: u32,
        em: f64,
        dark: bool,
        span: &str,
        second: f64,
    ) -> Answer<String> {
        let in_sight = span_named(span)?;
        let (scene, view) = if view == "kept" {
            (self.kept_scene(in_sight, second), view_named("price")?)
        } else {
            (self.scene(in_sight, second), view_named(view)?)
        };
        let place = format!("span={span}&t={second}");
        let mut source = format!("Address: {}. Model version {MODEL_VERSION}.", written(scene.simulator, &place));
        if let Some(Kept { simulator, .. }) = scene.kept {
            source = [source, " Compared with: ".into(), written(simulator, &place), ".".into()].concat();
        }
        let about = About { title: &view.describe(&scene), source: &source };
        picture(view, (width, height), em, &theme(dark), &scene, about)
            .map_err(|error| JsError::new(&error.to_string()))
    }

    /// The run second by second, as CSV.
    pub fn csv(&self) -> String {
        csv::file(&self.simulator)
    }

    /// The run as text.
    #[wasm_bindgen(unchecked_return_type = "Story")]
    pub fn story(&self) -> Answer<JsValue> {
        to_js(&describe::story(&self.simulator))
    }

    /// The visible span as a table.
    #[wasm_bindgen(unchecked_return_type = "Table")]
    pub fn rows(&self, span: &str) -> Answer<JsValue> {
        to_js(&describe::table(&self.simulator, span_named(span)?))
    }

    /// Sound for a stretch of seconds: pitch of the price in Hz, and clicks per second for forced sales of bots and of
    /// people.
    pub fn sound(&self, from: usize, to: usize) -> Vec<f64> {
        let Sound { hertz, bots, people } = sound::sound(&self.simulator, from, to);
        vec![hertz, bots, people]
    }
}
