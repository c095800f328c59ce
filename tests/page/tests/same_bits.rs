//! Whoever opens an address gets the same run to the last bit as the simulator outside of the browser.

use deleverage::scenarios::SCENARIOS;
use deleverage::{Simulator, query};
use page_tests::{Page, Value};

const QUERIES: &[&str] = &[
    "",
    "bots=20",
    "seed=2",
    "seed=18446744073709551615",
    "leverage=20&bots=10&seed=7",
    "hours=6",
    "close-fraction=50",
    "breaker-fall=3&breaker-window=60&breaker-halt=300",
    "throttle=0.02&leverage-cap=8",
    "calm-volatility=0",
    "leverage=50&bots=100&depth=0.05",
    "accounts=100000&crowding=0.5&leverage-spread=0",
    "shock=0&bots=0",
    "shorts=50&first-order=purchase&shock=5&bots=60&insurance=0.01",
    "venues=8&arbitrage=0.02&bots=60&targeters=10",
    "amm-share=60&bots=90&settlement-delay=120&close-fraction=20",
    "impact=square-root&bots=100&breaker-rule=bands",
    "loops=12&ltv=90&adl=on&shorts=40&bots=90&queue-latency=5",
];

/// The same numbers and words, however each side writes a number.
fn assert_same(page: &Value, native: &Value, query: &str) {
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

fn native(query: &str) -> Value {
    let params = query::parse(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
    serde_json::to_value(Simulator::new(&params).summary()).expect("a summary is JSON")
}

fn in_browser(page: &Page) -> Value {
    // As text: what the driver does to numbers on the way is not the page's doing.
    serde_json::from_str(&page.text("JSON.stringify(lab.summary)")).expect("a summary is JSON")
}

#[test]
fn an_address_gives_the_same_bits_in_the_browser() {
    let page = Page::open("");
    for query in QUERIES {
        page.visit(&format!("?{query}"));
        assert_same(&in_browser(&page), &native(query), query);
        assert_eq!(page.text("text('.notice')"), "", "?{query}");
    }
}

#[test]
fn every_scenario_gives_the_same_bits_in_the_browser() {
    let page = Page::open("");
    for scenario in SCENARIOS {
        let query = format!("scenario={}", scenario.id);
        page.visit(&format!("?{query}"));
        let given = in_browser(&page);
        assert_same(&given, &native(&query), &query);
        assert_same(&given, &native(scenario.query), scenario.query);
        assert_eq!(page.text("$('.scenario').value"), scenario.id);
    }
}

#[test]
fn a_run_does_not_depend_on_the_runs_before_it() {
    let page = Page::open("?scenario=oct-2025");
    for query in QUERIES.iter().rev() {
        let params = query::parse(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
        page.run_with("lab.params = given", &serde_json::to_value(params).expect("parameters are JSON"));
        assert_same(&in_browser(&page), &native(query), query);
    }
}

#[test]
fn the_address_that_the_page_writes_gives_the_run_again() {
    let page = Page::open("?scenario=may-2010&bots=40&seed=9");
    let digest = page.text("lab.summary.digest");
    page.run("lab.params = {}");
    page.until("!location.search.includes('scenario')");
    let written = page.text("location.search");
    page.visit(&written);
    assert_eq!(page.text("lab.summary.digest"), digest, "{written}");
    assert_eq!(page.text("location.search"), written);
}
