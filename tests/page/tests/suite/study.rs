//! "A closer look": its results match the native simulator; its switches change the run; and choices, contradictions
//! and faults have a message.

use std::fs;

use deleverage::query;
use deleverage::study::Study;
use page_tests::server::{Scratch, serve};
use page_tests::{Key, Page, json, place};

/// The texts of all cells, row by row, of the table with this number.
fn table(page: &Page, number: usize) -> Vec<Vec<String>> {
    let rows = page.run_with(
        "return [...root.querySelectorAll('.study table')[given].tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText))",
        &number.into(),
    );
    serde_json::from_value(rows).expect("rows of texts")
}

fn open(page: &Page) {
    page.run("$('.study').open = true");
    page.until("root.querySelectorAll('.study table').length === 3 && text('.study .working') === ''");
}

fn assert_shows(page: &Page, query: &str) {
    let study = Study::new(&query::parse(query).expect("a valid query"));
    let what_if = table(page, 0);
    assert_eq!(what_if.len(), study.what_if.len());
    for (row, expected) in what_if.iter().zip(&study.what_if) {
        assert!(row[0].starts_with(expected.label), "{row:?}");
        assert_eq!(row[1..], [expected.moved.clone(), expected.r.clone()], "{query}: {}", expected.id);
    }
    let found = study.alone_or_together.expect("there are bots");
    let cells: Vec<String> = table(page, 1).into_iter().flat_map(|row| row[1..].to_vec()).collect();
    assert_eq!(cells, found.cells.map(|cell| cell.words));
    for (row, expected) in table(page, 2).iter().zip(&study.doubts) {
        assert_eq!(row[1..], [expected.moved.clone(), expected.r.clone()], "{query}: {}", expected.id);
    }
}

#[test]
fn the_study_matches_the_native_one_and_follows_the_settings() {
    let page = Page::open("?bots=40");
    assert!(!page.holds("seen($('.study-body'))"), "nothing is computed before it is requested");
    open(&page);
    assert_shows(&page, "bots=40");
    let before = page.text("$('.study table').innerText");
    page.run("lab.params = { bots: 25, venues: 4 }");
    page.run_with(
        "return until(() => $('.study table').innerText !== given && text('.study .working') === '')",
        &before.into(),
    );
    assert_shows(&page, "bots=25&venues=4");
}

#[test]
fn a_switch_changes_the_run_and_back() {
    let page = Page::open("?bots=50&bot-latency=3");
    open(&page);
    let fall = page.number("lab.summary.greatest_fall_percent");
    page.run("$('#doubt-slower').focus(); $('#doubt-slower').click()");
    page.until("lab.params.bot_latency === 30 && $('#doubt-slower')?.checked && text('.study .working') === ''");
    assert!(page.number("lab.summary.greatest_fall_percent") < fall);
    assert!(page.holds("focused().id === 'doubt-slower'"), "the focus stays where it was");
    page.run("$('#doubt-slower').click()");
    page.until("lab.params.bot_latency === 3");
    assert_eq!(page.number("lab.summary.greatest_fall_percent"), fall);
}

#[test]
fn choices_are_selected_from_a_list_and_kept_in_the_address() {
    let page = Page::open("?venues=5&bots=60");
    let own = page.number("lab.summary.greatest_fall_percent");
    page.run("$('#choice-oracle').value = 'mean'; $('#choice-oracle').dispatchEvent(new Event('change'))");
    page.until("lab.params.oracle === 'mean'");
    assert!(page.number("lab.summary.greatest_fall_percent") != own);
    page.until("location.search.includes('oracle=mean')");
    page.visit(&format!("?{}", page.text("location.search.slice(1)")));
    assert_eq!(page.text("$('#choice-oracle').value"), "mean");
    // Scripts may use a number or a name; anything else is an error.
    page.run("lab.params = { oracle: 0, breaker_rule: 'bands' }");
    assert_eq!(page.get("[lab.params.oracle, lab.params.breaker_rule]"), json!(["own", "bands"]));
    page.run("lab.params = { breaker_rule: 'whenever' }");
    assert_eq!(page.text("text('.notice')"), "breaker-rule is \"whenever\", but must be window or levels or bands.");
}

#[test]
fn contradictory_settings_are_refused_with_both_names() {
    let page = Page::open("?leverage=50&maintenance=4");
    let said = page.text("text('.notice')");
    assert!(said.contains("leverage=50 and maintenance=4 contradict each other"), "{said}");
    assert_eq!(page.number("lab.params.leverage"), 25.0, "contradictions are settled");
    for (changes, names) in [
        (json!({ "loops": 5, "ltv": 100 }), "ltv=100 and loops=5"),
        (json!({ "hours": 1, "breaker_halt": 7200 }), "breaker-halt=7200 and hours=1"),
        (json!({ "impact": "square-root", "amm_share": 10 }), "impact=square-root and amm-share=10"),
        (json!({ "leverage": 50 }), "leverage=50 and maintenance=4"),
    ] {
        let before = page.text("JSON.stringify(lab.params)");
        page.run_with("lab.params = given", &changes);
        let said = page.text("text('.notice')");
        assert!(said.contains(names), "{names} is not in: {said}");
        assert_eq!(page.text("JSON.stringify(lab.params)"), before, "nothing has changed");
    }
    // A slider returns to its earlier value.
    page.run("const slider = $('#slider-leverage'); slider.value = slider.max; slider.dispatchEvent(new Event('input', { bubbles: true })); await frame(); await frame()");
    assert_eq!(page.text("text('.control.leverage .value')"), "25x");
}

#[test]
fn a_failed_study_is_reported_and_can_be_retried() {
    let scratch = Scratch::new();
    copy(&place::dist(), scratch.path());
    let worker = scratch.path().join(&place::address("study-worker.js")[1..]);
    let whole = fs::read(&worker).expect("the worker's script");
    fs::remove_file(&worker).expect("the script is removed");
    let page = Page::start(serve(scratch.path()), page_tests::Options::default());
    // The study is requested again when the figure first settles and the default span leaves the address.
    page.visit("?span=2min");
    page.until("location.search === ''");
    page.run("$('.study').open = true");
    page.until("text('.study .working').includes('could not be computed')");
    assert!(page.holds("lab.summary.greatest_fall_percent > 0"), "the laboratory still works");
    fs::write(&worker, &whole).expect("the script is restored");
    page.focus(".study .working button");
    page.press(Key::Enter, 1);
    page.until("root.querySelectorAll('.study table').length === 3");
    assert!(page.holds("focused() === $('.study .working')"), "the focus stays where the button was");
}

#[test]
fn the_page_of_the_model_shows_its_proofs_and_days_and_runs_no_script() {
    let page = Page::open("");
    page.load("model.html");
    let proofs = page.number("document.querySelectorAll('figure img').length");
    // The figure of the years is not a proof.
    assert_eq!(proofs as usize, deleverage::validation::all().len() + 1);
    page.run(
        "for (const img of document.querySelectorAll('figure img')) { img.loading = 'eager'; await img.decode() }",
    );
    assert!(page.holds(
        "[...document.querySelectorAll('figure img')].every((img) => img.naturalWidth > 0 && img.alt.length > 40)"
    ));
    assert_eq!(page.number("document.scripts.length"), 0.0);
    assert!(page.holds("[...document.querySelectorAll('h2')].some((h) => h.id === 'episodes')"), "the days");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("the built page") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(|_| ()).expect("a copy") }
    }
}
