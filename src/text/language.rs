//! The language of all messages. The sources contain English, which is also the key to the catalogue of every other
//! language; messages missing from a catalogue stay English.
//!
//! [`tr`] translates a fixed message, [`say!`](crate::say) a message with values, [`plural!`](crate::plural) a message
//! whose nouns depend on a count, and [`numeral`] formats digits. `cargo xtask words` collects messages from the
//! sources, so a message must be a literal there, or a column of one of the tables.

use std::cell::Cell;
use std::fmt::{Display, Write as _};

/// A language: its catalogue and its number format.
#[derive(Debug, Default)]
pub struct Language {
    /// English and translated messages, sorted by the English. A message that depends on a count has one form for each
    /// plural category of the language, separated by tabs. As in gettext, the entry of the empty message is the rule:
    /// one digit for each of the first [`COUNTS`] counts, the index of its form.
    words: Vec<(&'static str, &'static str)>,
    /// Thousands separator and decimal mark, if they are not `,` and `.`.
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
    /// Reads a catalogue: each line has the English, a tab and the translation, sorted by the English in byte order
    /// (sorting here would take more code than everything else in this file). `group` separates thousands, `decimal`
    /// precedes decimal places. A language is leaked: a page uses only one.
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

/// Sets the language of this thread; `None` is English.
pub fn speak(language: Option<&'static Language>) {
    SPOKEN.set(language);
}

/// Translates a fixed message.
// Called from hundreds of places: inlined, it would be 16 kB of the full simulator.
#[inline(never)]
#[must_use]
pub fn tr(english: &'static str) -> &'static str {
    find(english).unwrap_or(english)
}

/// The entry for this message in the catalogue of the current language.
fn find(english: &str) -> Option<&'static str> {
    let language = SPOKEN.get()?;
    let found = language.words.binary_search_by_key(&english, |(key, _)| key).ok()?;
    Some(language.words[found].1)
}

/// The form for this count in the current language: `one` or `other` in English, otherwise one of its plural forms.
#[must_use]
pub fn counted(one: &'static str, other: &'static str, count: usize) -> &'static str {
    let Some(forms) = find(one) else { return if count == 1 { one } else { other } };
    let listed = if count < COUNTS { count } else { COUNTS / 2 + count % (COUNTS / 2) };
    let form = find("").and_then(|rule| rule.as_bytes().get(listed)).map_or(0, |digit| usize::from(digit - b'0'));
    forms.split('\t').nth(form).unwrap_or(forms)
}

/// Values allowed in a pattern: text and whole numbers. Other numbers are formatted by the caller, which knows how many
/// digits they need; otherwise a page would load the standard library's code for doubles.
pub trait Value: Display {}

impl Value for str {}
impl Value for String {}
impl Value for usize {}
impl Value for u64 {}
impl Value for u32 {}
impl Value for i64 {}
impl Value for i32 {}
impl<T: Value + ?Sized> Value for &T {}

/// A pattern with named values in braces: `R passes {r}`. Unknown names stay as they are.
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
            // Writing to a string cannot fail.
            let _ = write!(said, "{value}");
            rest = after;
        } else {
            said.push('{');
        }
    }
    said.push_str(rest);
    said
}

/// Translates a message with values: `say!("R passes {r}", r = digits)`, or `say!("R passes {r}", r)` if a variable
/// has that name.
#[macro_export]
macro_rules! say {
    (@$name:ident) => { $name };
    (@$name:ident = $value:expr) => { $value };
    ($english:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::text::language::fill($crate::text::language::tr($english), &[$((stringify!($name), &$crate::say!(@$name $(= $value)?))),*])
    };
}

/// Translates a message whose nouns depend on a count; English has one form for one and one for all other counts:
/// `plural!("1 account", "{count} accounts", count, count)`. The values follow the count, as for [`say!`](crate::say).
#[macro_export]
macro_rules! plural {
    ($one:literal, $other:literal, $count:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::language::fill(
            $crate::language::counted($one, $other, $count),
            &[$((stringify!($name), &$crate::say!(@$name $(= $value)?))),*],
        )
    };
}

/// Marks a message in a table, translated elsewhere, so that `cargo xtask words` collects it.
#[macro_export]
macro_rules! words {
    ($english:literal) => {
        $english
    };
}

/// Formats digits for the language: `1,234.5` becomes `1 234,5`.
#[must_use]
pub fn numeral(digits: String) -> String {
    let Some((group, decimal)) = SPOKEN.get().and_then(|language| language.marks) else { return digits };
    // Swaps the marks through a third character, because one language's group mark is another's decimal mark.
    digits.replace(',', "g").replace('.', decimal).replace('g', group)
}

/// Joins texts. Not `join`, which adds two kilobytes to a page.
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

/// Whether the current language is written from right to left.
#[must_use]
pub fn leftward() -> bool {
    SPOKEN.get().is_some_and(|language| language.leftward)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_in_the_catalogue_are_translated_and_others_stay_english() {
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
    fn a_count_selects_the_plural_form_of_its_language() {
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
    fn unknown_names_in_a_pattern_stay_and_values_are_not_patterns() {
        assert_eq!(fill("{a} {b} {", &[("a", &"{b}"), ("b", &"<i>")]), "{b} <i> {");
        assert_eq!(fill("{c}", &[("a", &1)]), "{c}");
    }
}
