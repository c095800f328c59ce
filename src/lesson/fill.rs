//! Places for numbers in a text: `{fall}` of the run of the step, `{slow.fall}` of the run that is called slow.

use crate::outcomes::{Outcome, result};

/// A place for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// What stands between the braces.
    pub name: &'a str,
    /// The run that it names; nothing for that of the step.
    pub run: Option<&'a str>,
    /// The name of the result.
    pub result: &'a str,
}

impl<'a> Place<'a> {
    /// A name as it stands in braces or as what is predicted.
    pub(super) fn of(name: &'a str) -> Self {
        match name.split_once('.') {
            Some((run, result)) => Self { name, run: Some(run), result },
            None => Self { name, run: None, result: name },
        }
    }

    /// The result that it names, if there is one.
    pub(super) fn outcome(self) -> Option<&'static Outcome> {
        result(self.result)
    }
}

/// What a text consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    Words(&'a str),
    Number(Place<'a>),
}

/// A brace opens a place if nothing but letters, digits, hyphens and points stand between it and the one that closes.
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

/// All places of a text.
pub(super) fn places(text: &str) -> impl Iterator<Item = Place<'_>> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Number(place) => Some(place),
        Part::Words(_) => None,
    })
}

/// The text with each place filled.
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
    fn places_are_found_and_other_braces_stay() {
        let text = "{ {fall} {} {a b} {slow.fall} }{ é{r";
        assert_eq!(
            places(text).map(|place| (place.run, place.result)).collect::<Vec<_>>(),
            [(None, "fall"), (Some("slow"), "fall")]
        );
        assert_eq!(filled(text, |place| place.name.to_uppercase()), "{ FALL {} {a b} SLOW.FALL }{ é{r");
    }
}
