//! Flat objects, names with values, as `simulate` prints them and the page receives them.
//!
//! serde writes them as JSON. The page receives them without serde, which would add three kilobytes to its first
//! download.

use serde::ser::{SerializeMap, Serializer};

/// A value of a flat object.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A whole number, written without a decimal point.
    Whole(i64),
    /// Text.
    Text(String),
    /// No value.
    Nothing,
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Nothing, Self::Number)
    }
}

/// A flat object.
pub trait Entries {
    /// Calls `entry` with each name and its value, in order.
    fn each(&self, entry: &mut dyn FnMut(&'static str, Value));
}

/// Writes a flat object with serde.
///
/// # Errors
/// The first error of the serializer.
pub fn serialize<S: Serializer>(entries: &impl Entries, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut written = Ok(());
    entries.each(&mut |name, value| {
        if written.is_ok() {
            written = match value {
                Value::Number(number) => map.serialize_entry(name, &number),
                Value::Whole(whole) => map.serialize_entry(name, &whole),
                Value::Text(text) => map.serialize_entry(name, &text),
                Value::Nothing => map.serialize_entry(name, &()),
            };
        }
    });
    written.and_then(|()| map.end())
}
