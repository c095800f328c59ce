//! An address gives the same run in the browser as in the native simulator, to the last bit.

use deleverage::params::presets::SCENARIOS;
use deleverage::query;
use page_tests::bits::{assert_golden, assert_same, in_browser, native};
use page_tests::{Page, json};

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
fn two_hundred_runs_have_their_native_bits() {
    assert_golden(&Page::open(""));
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
fn a_scenario_has_its_span_in_every_spelling() {
    let page = Page::open("");
    let may = SCENARIOS.iter().find(|scenario| scenario.id == "may-2010").expect("a scenario");
    for query in
        ["scenario=may-2010", "?bots=20&scenario=may-2010", "scen%61rio=may-2010", "bots=20&scenario=m%61y%2D2010"]
    {
        assert_eq!(page.run_with("return lab.exports.readQuery(given).span", &json!(query)), may.span, "{query}");
    }
    assert!(page.holds("!lab.exports.readQuery('scenario=may+2010&scenario=may-2010').span"), "the first one counts");
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
fn the_address_written_by_the_page_reproduces_the_run() {
    let page = Page::open("?scenario=may-2010&bots=40&seed=9");
    let digest = page.text("lab.summary.digest");
    page.run("lab.params = {}");
    page.until("!location.search.includes('scenario')");
    let written = page.text("location.search");
    page.visit(&written);
    assert_eq!(page.text("lab.summary.digest"), digest, "{written}");
    assert_eq!(page.text("location.search"), written);
}
