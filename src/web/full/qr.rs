//! The interface for QR codes.

use wasm_bindgen::prelude::*;

use super::super::{Answer, to_js};
use crate::qr::QrCode;

/// The QR code of a text: `{ side, path }`; null if the text is too long.
#[wasm_bindgen(js_name = qrCode, unchecked_return_type = "QrCode | null")]
pub fn qr_code(text: &str) -> Answer<JsValue> {
    to_js(&QrCode::new(text))
}
