//! The door for what the page asks for later: a study of one parameter set. In a wasm of its own, which a worker
//! loads.

use wasm_bindgen::prelude::*;

use super::{Answer, to_js};
use crate::query;
use crate::study::Study;

/// The study of the parameters of a query; what is not allowed in it is brought into range.
#[wasm_bindgen]
pub fn study(text: &str) -> Answer<JsValue> {
    to_js(&Study::new(&query::parse_lenient(text).0))
}
