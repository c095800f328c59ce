//! The language in which everything is said. English stands in the sources, where it is also the key under which a
//! catalogue holds the same in another language; what a catalogue does not hold is said in English.
//!
//! [`tr`] says words that stand alone, [`say!`](crate::say) a sentence with values in it, [`numeral`] digits as this
//! language writes them. Which strings there are `cargo xtask words` finds in the sources: what is said through one of
//! these is a literal there, or a column of one of the tables.

use std::cell::Cell;
use std::fmt::{Display, Write as _};

/// A language: its words, and how it writes numbers.
#[derive(Debug, Default)]
pub struct Language {
    /// English and the same in this language, in the order of the English.
    words: Vec<(&'static str, &'static str)>,
    /// What stands between thousands and what before decimal places, where that is not `,` and `.`.
    marks: Option<(&'static str, &'static str)>,
    /// Whether it is written from right to left.
    leftward: bool,
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

impl Language {
    /// Reads a catalogue: a line each with the English, a tab and the same in this language, in the order of the English
    /// (of its bytes, as [`str`] is ordered; sorting here would be more than all the rest of this). `group` stands between
    /// thousands and `decimal` before decimal places. A language is never given back: a page has one.
    #[must_use]
    pub fn new(catalogue: &str, group: &str, decimal: &str, leftward: bool) -> &'static Self {
        let keep = |text: &str| &*Box::leak(Box::<str>::from(text));
        let catalogue = keep(catalogue);
        let words: Vec<_> = catalogue.lines().filter_map(|line| line.split_once('\t')).collect();
        debug_assert!(words.is_sorted(), "a catalogue must be in order");
        let marks = (group != "," || decimal != ".").then(|| (keep(group), keep(decimal)));
        Box::leak(Box::new(Self { words, marks, leftward }))
    }
}

/// From now on this thread speaks that language; English if none.
pub fn speak(language: Option<&'static Language>) {
    SPOKEN.set(language);
}

/// These words in the language that is spoken.
#[must_use]
pub fn tr(english: &'static str) -> &'static str {
    let Some(language) = SPOKEN.get() else { return english };
    language.words.binary_search_by_key(&english, |(key, _)| key).map_or(english, |found| language.words[found].1)
}

/// What may stand in the place of a name: words and whole numbers. Any other number is made into digits by whoever knows
/// how many it needs, and as this language writes them; a page without this would load all of the standard library's code
/// that writes doubles.
pub trait Value: Display {}

impl Value for str {}
impl Value for String {}
impl Value for usize {}
impl Value for u64 {}
impl Value for u32 {}
impl Value for i64 {}
impl Value for i32 {}
impl<T: Value + ?Sized> Value for &T {}

/// A pattern with the values that it names in braces: `R passes {r}`. What it names and nobody gave stays as it is.
#[must_use]
pub fn fill(pattern: &str, values: &[(&str, &dyn Value)]) -> String {
    let mut said = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        rest = after;
        let value = after
            .split_once('}')
            .and_then(|(name, after)| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, after)));
        if let Some((value, after)) = value {
            // A string takes whatever is written.
            let _ = write!(said, "{value}");
            rest = after;
        } else {
            said.push('{');
        }
    }
    said.push_str(rest);
    said
}

/// Says a sentence with values in the language that is spoken: `say!("R passes {r}", r = digits)`, or `say!("R passes {r}",
/// r)` where the value has the name.
#[macro_export]
macro_rules! say {
    (@$name:ident) => { $name };
    (@$name:ident = $value:expr) => { $value };
    ($english:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::text::language::fill($crate::text::language::tr($english), &[$((stringify!($name), &$crate::say!(@$name $(= $value)?))),*])
    };
}

/// Marks a text that a table holds and that is said elsewhere, so that `cargo xtask words` finds it.
#[macro_export]
macro_rules! words {
    ($english:literal) => {
        $english
    };
}

/// Digits as they are written in this language: `1,234.5` to `1 234,5`.
#[must_use]
pub fn numeral(digits: String) -> String {
    let Some((group, decimal)) = SPOKEN.get().and_then(|language| language.marks) else { return digits };
    // Through a character that no number has, because one language's mark is the other's.
    digits.replace(',', "g").replace('.', decimal).replace('g', group)
}

/// Texts with something between each two. Not `join`, which for a page is two kilobytes to load.
#[must_use]
pub fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>, between: &str) -> String {
    let mut all = String::new();
    for (nth, part) in parts.into_iter().enumerate() {
        if nth > 0 {
            all.push_str(between);
        }
        all.push_str(part.as_ref());
    }
    all
}

/// Whether the language that is spoken is written from right to left.
#[must_use]
pub fn leftward() -> bool {
    SPOKEN.get().is_some_and(|language| language.leftward)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_catalogue_holds_is_said_in_its_language_and_the_rest_in_english() {
        let french = "R passes {r}, {when}.\t{when}, R dépasse {r}.\nnone\taucun";
        speak(Some(Language::new(french, "\u{202f}", ",", false)));
        assert_eq!(tr("none"), "aucun");
        assert_eq!(tr("over"), "over");
        assert_eq!(say!("R passes {r}, {when}.", r = 1, when = "après 3 s"), "après 3 s, R dépasse 1.");
        assert_eq!(say!("{a} and {b}", b = 2, a = 1), "1 and 2");
        assert_eq!(numeral("1,234.5".into()), "1\u{202f}234,5");
        speak(None);
        assert_eq!((tr("none"), numeral("1,234.5".into())), ("none", "1,234.5".into()));
    }

    #[test]
    fn a_pattern_that_asks_for_what_is_not_there_shows_it_and_a_value_is_never_a_pattern() {
        assert_eq!(fill("{a} {b} {", &[("a", &"{b}"), ("b", &"<i>")]), "{b} <i> {");
        assert_eq!(fill("{c}", &[("a", &1)]), "{c}");
    }
}
