//! The door for what no first picture needs. In a wasm of its own.

mod class;
mod lesson;
mod predict;

use std::fmt::Display;

use wasm_bindgen::prelude::*;

use super::{Answer, to_js};
use crate::query;
use crate::study::Study;

/// The study of the parameters of a query; what is not allowed in it is brought into range.
#[wasm_bindgen]
pub fn study(text: &str) -> Answer<JsValue> {
    to_js(&Study::new(&query::parse_lenient(text).0))
}

/// What became of a drawing, for the page.
fn drawn<E: Display>(result: Result<(), E>) -> Answer<()> {
    result.map_err(|error| JsError::new(&error.to_string()))
}
