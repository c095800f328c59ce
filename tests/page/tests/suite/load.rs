//! Loading: a visitor sees a picture at once and a laboratory soon after; if a file is missing, the picture stays and a
//! line names the cause.

use std::fs;
use std::process::Command;

use page_tests::server::{self, Scratch, WASM};
use page_tests::{LABORATORY, OPENING, Options, Page, Value, json, place};

fn open(server: xtask::server::Server) -> Page {
    let page = Page::start(server, Options::default());
    page.look_at(OPENING);
    page.load("");
    page
}

/// Network events with this name.
fn events(log: &[Value], name: &str) -> Vec<Value> {
    let messages = log.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
    let messages = messages.map(|mut message| message["message"].take());
    messages.filter(|message| message["method"] == name).map(|mut message| message["params"].take()).collect()
}

#[test]
fn the_page_loads_without_errors_or_foreign_requests() {
    let page = Page::start(server::as_built(), Options { network: true, ..Options::default() });
    page.visit("");
    assert_eq!(page.complaints(), [""; 0]);
    let log = page.log("performance");
    let mut asked = events(&log, "Network.requestWillBeSent");
    // The browser opens an internal page first.
    asked.retain(|event| !event["documentURL"].as_str().is_some_and(|url| url.starts_with("chrome:")));
    let urls: Vec<_> = asked.iter().filter_map(|event| event["request"]["url"].as_str()).collect();
    assert!(urls.iter().any(|url| url.ends_with(WASM)), "the log shows what was asked for: {urls:?}");
    for (i, url) in urls.iter().enumerate() {
        assert!(!urls[..i].contains(url), "{url} is asked for twice");
        assert!(url.starts_with(&page.origin()) || url.starts_with("data:"), "{url} leaves the page's origin");
    }
    let ours = |event: &Value| asked.iter().any(|request| request["requestId"] == event["requestId"]);
    for event in events(&log, "Network.loadingFailed") {
        assert!(!ours(&event), "a request failed: {event}");
    }
    for event in events(&log, "Network.responseReceived").into_iter().filter(ours) {
        let status = event["response"]["status"].as_u64().unwrap_or(0);
        let from_network = event["response"]["url"].as_str().is_some_and(|url| url.starts_with("http"));
        assert!(!from_network || status == 200, "{} answered {status}", event["response"]["url"]);
    }
}

#[test]
fn playing_dragging_and_new_seeds_make_no_requests() {
    let page = Page::start(server::as_built(), Options { network: true, ..Options::default() });
    page.visit("");
    // The map loads when a reader is near it.
    page.look_at(LABORATORY);
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("!!$('.map button')");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map progress')?.value > 0");
    drop(page.log("performance"));
    for button in [".new-seed", ".same-seed", ".sale", ".play", ".step", ".restart"] {
        page.click(button);
    }
    page.run("lab.params = { leverage: 20, hours: 6 }; await frame()");
    assert_eq!(events(&page.log("performance"), "Network.requestWillBeSent"), [json!(null); 0]);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_still_picture_stays_until_the_live_one_replaces_it() {
    let scratch = Scratch::new();
    let slow = scratch.slow_file("slow.wasm");
    let page = open(server::as_built().with_extra(&place::address(WASM), &slow));
    page.until("lab.querySelector('.still').complete && lab.querySelector('.still').naturalWidth > 0");
    assert!(page.holds("seen(lab.querySelector('.still'))"), "the still picture is visible while the wasm loads");
    assert!(page.holds("seen(lab.querySelector('.still-note'))"));
    assert!(!page.holds("lab.hasAttribute('ready')"));
    assert_eq!(page.get("lab.summary ?? 'none yet'"), "none yet");
    assert_eq!(
        page.run("return Promise.race([lab.ready.then(() => 'ready'), frame().then(() => 'not yet')])"),
        "not yet"
    );

    // Once, because the page requests the wasm once.
    fs::write(&slow, server::wasm()).expect("the page reads the pipe");
    page.run("await lab.ready");
    assert!(!page.holds("seen(lab.querySelector('.still'))"), "the live picture replaces it");
    assert!(!page.holds("seen(lab.querySelector('.still-note'))"));
    assert!(page.holds("seen($('canvas.market')) && lab.summary.digest.length === 16"));
}

#[test]
fn without_script_the_still_picture_and_its_note_stay() {
    let page = Page::start(server::as_built(), Options { javascript: false, ..Options::default() });
    page.load("");
    // Scripts of tests do not run either, so the driver inspects the page.
    let look = |selector| {
        let found = page.client().find(fantoccini::Locator::Css(selector));
        page.wait_for(selector, found)
    };
    let still = look("deleverage-lab .still");
    assert!(page.wait_for("see the still", still.is_displayed()));
    let (_, _, width, height) = page.wait_for("measure the still", still.rectangle());
    assert!(width > 600.0 && height > 300.0, "{width} x {height}");
    let note = look("deleverage-lab .still-note");
    assert!(page.wait_for("see the line", note.is_displayed()));
    let words = page.wait_for("read the line", note.text());
    assert!(words.contains("still picture") && words.contains("scripts and WebAssembly"), "{words}");
}

/// Asserts that the still picture stays, that the line says why, and that scripts get the error too.
fn assert_failed(page: &Page, why: &str) {
    let reason = page.text("await lab.ready.then(() => 'ready after all', (error) => error.message)");
    let words = page.text("text('.still-note')");
    assert!(words.contains(&reason) && words.contains("still picture"), "ready rejects with {reason}, but: {words}");
    assert!(words.to_lowercase().contains(why), "{words}");
    assert!(!words.contains("undefined") && !words.contains("[object"), "{words}");
    assert!(page.holds("seen(lab.querySelector('.still')) && lab.querySelector('.still').naturalWidth > 0"));
    assert!(!page.holds("seen($('canvas.market'))"), "no empty canvas");
}

#[test]
fn a_missing_wasm_is_reported_under_the_still_picture() {
    let scratch = Scratch::new();
    let nowhere = scratch.path().join("nowhere.wasm");
    assert_failed(&open(server::as_built().with_extra(&place::address(WASM), nowhere)), "could not be loaded");
}

#[test]
fn a_figure_without_a_still_picture_does_not_mention_one() {
    let scratch = Scratch::new();
    let nowhere = scratch.path().join("nowhere.wasm");
    let page = Page::start(server::as_built().with_extra(&place::address(WASM), nowhere), Options::default());
    page.look_at("#example");
    page.load("authors.html");
    let reason = page.text("await lab.ready.then(() => 'ready after all', (error) => error.message)");
    assert_eq!(page.text("lab.querySelector('.still-note').textContent"), reason);
}

#[test]
fn a_truncated_wasm_is_reported_under_the_still_picture() {
    let scratch = Scratch::new();
    let wasm = server::wasm();
    let half = scratch.file("half.wasm", &wasm[..wasm.len() / 2]);
    assert_failed(&open(server::as_built().with_extra(&place::address(WASM), half)), "could not be loaded");
}

#[test]
fn a_wrong_media_type_of_the_wasm_is_tolerated() {
    let scratch = Scratch::new();
    let typed_wrong = scratch.file("wasm.bin", &server::wasm());
    let page = open(server::as_built().with_extra(&place::address(WASM), typed_wrong));
    page.run("await lab.ready");
    assert!(page.holds("seen($('canvas.market'))"));
}

#[test]
fn a_missing_script_leaves_the_still_picture() {
    let scratch = Scratch::new();
    let page = open(server::as_built().with_extra(&place::address("lab.js"), scratch.path().join("nowhere.js")));
    assert!(page.holds("seen(lab.querySelector('.still'))"));
    assert!(page.text("text('.still-note')").contains("still picture"));
}

#[test]
fn a_missing_style_sheet_is_reported_under_the_still_picture() {
    let scratch = Scratch::new();
    let page = open(server::as_built().with_extra(&place::address("lab.css"), scratch.path().join("nowhere.css")));
    assert_failed(&page, "style sheet");
}

#[test]
fn a_browser_without_webassembly_gets_a_message() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at(OPENING);
    let gone = json!({ "source": "delete globalThis.WebAssembly" });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &gone);
    page.load("");
    assert_failed(&page, "webassembly");
}

#[test]
fn the_page_works_in_any_directory_of_a_host() {
    let scratch = Scratch::new();
    let deep = scratch.path().join("some/where");
    fs::create_dir_all(scratch.path().join("some")).expect("a directory");
    let copied = Command::new("cp").arg("-r").arg(place::dist()).arg(&deep).status();
    assert!(copied.is_ok_and(|status| status.success()));
    let page = Page::start(server::serve(scratch.path()), Options::default());
    page.look_at(OPENING);
    page.load("some/where/");
    page.run("await lab.ready");
    page.go_to(LABORATORY);
    page.look_at(LABORATORY);
    page.visit("some/where/?bots=20");
    assert_eq!(page.number("lab.params.bots"), 20.0);
    assert_eq!(page.complaints(), [""; 0]);
}
