//! Shared code of the targets: parameters for runs of milliseconds, and assertions about parameters and about texts for
//! readers.

use deleverage::params::{ParamError, Params, Row, Scale, TABLE, row};
use deleverage::query;

#[path = "../../tests/common/holds.rs"]
pub mod holds;

/// Greatest number of accounts of a run.
const ACCOUNTS: f64 = 400.0;

/// Greatest number of problems reported for one query.
const PROBLEMS: usize = 7;

/// The bytes as text.
#[must_use]
pub fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// The same parameters with few accounts.
#[must_use]
pub fn small(params: &Params) -> Params {
    Params { accounts: params.accounts.min(ACCOUNTS), ..*params }
}

/// Asserts that parameters are allowed, one by one and together, and that their query reads back to the last bit.
///
/// # Panics
/// A value is not allowed, or the query reads back differently.
pub fn assert_allowed(params: &Params) {
    assert_eq!(params.check(), Ok(()));
    let written = query::write(params);
    let again = query::parse(&written).unwrap_or_else(|problem| panic!("{written}: {problem}"));
    assert_eq!(again.seed, params.seed, "{written}");
    for row in TABLE.iter().filter(|row| row.scale != Scale::Seed) {
        let (value, read) = (params.get(row), again.get(row));
        assert!(row.allows(value), "{} is {value}", row.id);
        assert_eq!(value.to_bits(), read.to_bits(), "{} is {read} in {written}", row.id);
        assert_readable(&row.words(value));
    }
    assert_eq!(query::write(&again), written);
}

/// Asserts that problems are few, and that their texts are short and printable.
///
/// # Panics
/// There are too many, or a text is too long or not printable.
pub fn assert_readable_problems(problems: &[ParamError]) {
    assert!(problems.len() <= PROBLEMS);
    for problem in problems {
        let words = problem.to_string();
        assert!(words.chars().count() < 1500 && !words.contains(char::is_control), "{words:?}");
    }
}

/// Asserts that a text contains no NaN, infinity or undefined value.
///
/// # Panics
/// The text contains one.
pub fn assert_readable(words: &str) {
    let none = ["NaN", "inf", "undefined"];
    let wrong = words.split(|c: char| !c.is_alphabetic()).find(|word| none.contains(word));
    assert_eq!(wrong, None, "{words}");
}

/// The same parameters with one to three of them changed: to the default, an end of the range, off, or a value between.
///
/// # Panics
/// The nearest allowed value is not allowed.
#[must_use]
pub fn changed(params: &Params, seed: u32) -> Params {
    let mut draws = Draws(u64::from(seed));
    let mut changed = *params;
    for _ in 0..=draws.below(3) {
        let row = &TABLE[draws.below(TABLE.len())];
        if row.scale == Scale::Seed {
            changed.seed = draws.next();
            continue;
        }
        let share = draws.below(1 << 20) as f64 / f64::from((1 << 20) - 1);
        let value = match draws.below(8) {
            0 => row.default,
            1 => row.min,
            2 => row.max,
            3 => 0.0,
            4 => params.get(row) * (0.9 + 0.2 * share),
            5 => between(row, (share * 10.0).round() / 10.0),
            _ => between(row, share),
        };
        changed.set(row, row.nearest(value)).expect("the nearest value is allowed");
    }
    let mut changed = small(&changed);
    changed.settle();
    changed
}

/// A value at this share of a range, on its own scale.
fn between(row: &Row, share: f64) -> f64 {
    match row.scale {
        Scale::Log | Scale::LogOrOff | Scale::WholeLog => row.min * libm::pow(row.max / row.min, share),
        _ => row.min + (row.max - row.min) * share,
    }
}

/// Random numbers from a seed (`SplitMix64`).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }
}

/// The pairs of a query, unparsed.
pub fn pairs(text: &str) -> impl Iterator<Item = (&'static Row, &str)> {
    text.split('&').filter_map(|pair| pair.split_once('=')).filter_map(|(name, value)| Some((row(name)?, value)))
}
