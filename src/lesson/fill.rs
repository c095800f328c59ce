//! Placeholders in a text: `{fall}` of the step's run, `{slow.fall}` of the run called slow.

use crate::outcomes::{Outcome, result};

/// A placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The text between the braces.
    pub name: &'a str,
    /// Name of the run; `None` for the step's own.
    pub run: Option<&'a str>,
    /// Name of the result.
    pub result: &'a str,
}

impl<'a> Place<'a> {
    /// Reads a name as it occurs in braces or in a prediction.
    pub(super) fn of(name: &'a str) -> Self {
        match name.split_once('.') {
            Some((run, result)) => Self { name, run: Some(run), result },
            None => Self { name, run: None, result: name },
        }
    }

    /// The named result, if it exists.
    pub(super) fn outcome(self) -> Option<&'static Outcome> {
        result(self.result)
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    Words(&'a str),
    Number(Place<'a>),
}

/// Splits a text. Braces enclose a placeholder if they contain only letters, digits, hyphens and points.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(open) = rest[from..].find('{').map(|at| from + at) {
        let name = rest[open + 1..].split('}').next().unwrap_or_default();
        let close = open + 1 + name.len();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if !name.is_empty() && close < rest.len() && name.bytes().all(plain) {
            parts.push(Part::Words(&rest[..open]));
            parts.push(Part::Number(Place::of(name)));
            rest = &rest[close + 1..];
            from = 0;
        } else {
            from = open + 1;
        }
    }
    parts.push(Part::Words(rest));
    parts
}

/// All placeholders of a text.
pub(super) fn places(text: &str) -> impl Iterator<Item = Place<'_>> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Number(place) => Some(place),
        Part::Words(_) => None,
    })
}

/// The text with each placeholder replaced.
pub(super) fn filled(text: &str, mut number: impl FnMut(Place<'_>) -> String) -> String {
    let said = |part| match part {
        Part::Words(words) => String::from(words),
        Part::Number(place) => number(place),
    };
    parts(text).into_iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        let text = "{ {fall} {} {a b} {slow.fall} }{ é{r";
        assert_eq!(
            places(text).map(|place| (place.run, place.result)).collect::<Vec<_>>(),
            [(None, "fall"), (Some("slow"), "fall")]
        );
        assert_eq!(filled(text, |place| place.name.to_uppercase()), "{ FALL {} {a b} SLOW.FALL }{ é{r");
    }
}
