//! The interface to features that the first picture does not need. They are in a separate wasm.

mod class;
mod lesson;
mod predict;
mod qr;

use std::fmt::Display;

use wasm_bindgen::prelude::*;

use super::{Answer, to_js};
use crate::query;
use crate::study::Study;

/// The study of the parameters of a query; invalid values are brought into range.
#[wasm_bindgen(unchecked_return_type = "Study")]
pub fn study(text: &str) -> Answer<JsValue> {
    to_js(&Study::new(&query::parse_lenient(text).0))
}

/// Converts the result of a drawing for the page.
fn drawn<E: Display>(result: Result<(), E>) -> Answer<()> {
    result.map_err(|error| JsError::new(&error.to_string()))
}
