//! A text of a source, before it is a message.

/// What a source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// In English; for one where it depends on a count.
    pub english: String,
    /// For any other count.
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
