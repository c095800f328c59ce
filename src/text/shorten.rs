//! Shortens outside text for messages.

/// The first 40 characters of a text, without control characters, and an ellipsis if there are more.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}
