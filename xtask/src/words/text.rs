//! A text found in a source, before it becomes a message.

/// A text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The English text; the singular, if it depends on a count.
    pub english: String,
    /// The plural.
    pub plural: Option<String>,
}

impl From<String> for Text {
    fn from(english: String) -> Self {
        Self { english, plural: None }
    }
}

impl From<(String, String)> for Text {
    fn from((english, plural): (String, String)) -> Self {
        Self { english, plural: Some(plural) }
    }
}
