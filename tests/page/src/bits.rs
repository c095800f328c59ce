//! Comparison of runs in the browser with native runs, bit by bit.

use deleverage::{Simulator, query};
use serde_json::Value;

use crate::Page;

/// The summary of the native run with these parameters.
///
/// # Panics
/// The query is invalid.
#[must_use]
pub fn native(query: &str) -> Value {
    let params = query::parse(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    serde_json::to_value(Simulator::new(&params).summary()).expect("a summary is JSON")
}

/// The digest of that run.
///
/// # Panics
/// The query is invalid.
#[must_use]
pub fn digest(query: &str) -> String {
    native(query)["digest"].as_str().expect("a summary has a digest").to_owned()
}

/// The queries of `tests/digests.txt` and their digests.
#[must_use]
pub fn golden() -> Vec<(&'static str, &'static str)> {
    include_str!("../../digests.txt").lines().skip(1).filter_map(|line| line.split_once('\t')).collect()
}

/// Runs all of these in the browser, with the simulator of the current element.
///
/// # Panics
/// A digest differs.
pub fn assert_golden(page: &Page) {
    let sets = golden();
    assert!(sets.len() >= 200, "some parameter sets are missing");
    let queries: Vec<_> = sets.iter().map(|(query, _)| *query).collect();
    let digests = page.run_with(
        "return given.map((query) => {
             const run = new lab.exports.Lab(query);
             const { digest } = run.summary();
             run.free();
             return digest;
         })",
        &queries.into(),
    );
    for (i, (query, digest)) in sets.iter().enumerate() {
        assert_eq!(digests[i], *digest, "?{query}");
    }
}

/// The summary of the element's run.
///
/// # Panics
/// There is no run.
#[must_use]
pub fn in_browser(page: &Page) -> Value {
    // As text, because the driver converts numbers.
    serde_json::from_str(&page.text("JSON.stringify(lab.summary)")).expect("a summary is JSON")
}

/// Compares numbers and texts, regardless of number formatting.
///
/// # Panics
/// Something differs.
pub fn assert_same(page: &Value, native: &Value, query: &str) {
    let (page, native) = (page.as_object().expect("an object"), native.as_object().expect("an object"));
    assert!(page.keys().eq(native.keys()), "{query}: the keys of `simulate`");
    for (key, expected) in native {
        let given = &page[key];
        let same = match (given.as_f64(), expected.as_f64()) {
            (Some(given), Some(expected)) => given.to_bits() == expected.to_bits(),
            _ => given == expected,
        };
        assert!(same, "?{query}: {key} is {given} in the browser and {expected} outside");
    }
}
