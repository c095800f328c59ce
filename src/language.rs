//! The language in which everything is said. English stands in the sources, where it is also the key under which a
//! catalogue holds the same in another language; what a catalogue does not hold is said in English.
//!
//! [`tr`] says words that stand alone, [`say!`](crate::say) a sentence with values in it, [`plural!`](crate::plural) one
//! whose nouns depend on a count, [`numeral`] digits as this language writes them. Which strings there are `cargo xtask words` finds in the sources: what is said through one of
//! these is a literal there, or a column of one of the tables.

use std::cell::Cell;
use std::fmt::{Display, Write as _};

/// A language: its words, and how it writes numbers.
#[derive(Debug, Default)]
pub struct Language {
    /// English and the same in this language, in the order of the English. A message that depends on a count has a form
    /// for each kind of count, with tabs between them. As in gettext, the message of nothing says which form is whose: the
    /// form of each of the first [`COUNTS`] counts, a digit each.
    words: Vec<(&'static str, &'static str)>,
    /// What stands between thousands and what before decimal places, where that is not `,` and `.`.
    marks: Option<(&'static str, &'static str)>,
    /// Whether it is written from right to left.
    leftward: bool,
}

/// Counts whose forms a language lists. From half of it, forms repeat with each hundred.
pub const COUNTS: usize = 200;

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
// Called from hundreds of places: inlined, it would be 16 kB of the full simulator.
#[inline(never)]
#[must_use]
pub fn tr(english: &'static str) -> &'static str {
    find(english).unwrap_or(english)
}

/// What the catalogue of the language that is spoken holds for this.
fn find(english: &str) -> Option<&'static str> {
    let language = SPOKEN.get()?;
    let found = language.words.binary_search_by_key(&english, |(key, _)| key).ok()?;
    Some(language.words[found].1)
}

/// The form for this count in the language that is spoken: `one` or `other` in English, as many as it has otherwise.
#[must_use]
pub fn counted(one: &'static str, other: &'static str, count: usize) -> &'static str {
    let Some(forms) = find(one) else { return if count == 1 { one } else { other } };
    let listed = if count < COUNTS { count } else { COUNTS / 2 + count % (COUNTS / 2) };
    let form = find("").and_then(|rule| rule.as_bytes().get(listed)).map_or(0, |digit| usize::from(digit - b'0'));
    forms.split('\t').nth(form).unwrap_or(forms)
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
        $crate::language::fill($crate::language::tr($english), &[$((stringify!($name), &$crate::say!(@$name $(= $value)?))),*])
    };
}

/// Says a sentence whose nouns depend on a count, first as it is in English for one and then for any other count:
/// `plural!("1 account", "{count} accounts", count, count)`. Behind the count stand the values, as for [`say!`](crate::say).
#[macro_export]
macro_rules! plural {
    ($one:literal, $other:literal, $count:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::language::fill(
            $crate::language::counted($one, $other, $count),
            &[$((stringify!($name), &$crate::say!(@$name $(= $value)?))),*],
        )
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
    fn a_count_has_the_form_that_its_language_gives_it() {
        let bots = |count: usize| plural!("1 bot", "{count} bots", count, count);
        assert_eq!([0, 1, 2].map(bots), ["0 bots", "1 bot", "2 bots"]);
        // Like Arabic with its forms for two and for three to ten.
        let rule: String = (0..COUNTS)
            .map(|n| {
                if n == 2 {
                    '0'
                } else if (3..=10).contains(&(n % 100)) {
                    '1'
                } else {
                    '2'
                }
            })
            .collect();
        speak(Some(Language::new(&format!("\t{rule}\n1 bot\ta pair\t{{count}} few\t{{count}} many"), ",", ".", false)));
        assert_eq!(
            [2, 3, 11, 102, 110, 1_000_005].map(bots),
            ["a pair", "3 few", "11 many", "102 many", "110 few", "1000005 few"]
        );
        speak(Some(Language::new("1 bot\tein Bot", ",", ".", false)));
        assert_eq!(bots(2), "ein Bot");
        speak(None);
    }

    #[test]
    fn a_pattern_that_asks_for_what_is_not_there_shows_it_and_a_value_is_never_a_pattern() {
        assert_eq!(fill("{a} {b} {", &[("a", &"{b}"), ("b", &"<i>")]), "{b} <i> {");
        assert_eq!(fill("{c}", &[("a", &1)]), "{c}");
    }
}
