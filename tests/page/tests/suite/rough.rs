//! Failures of network, browser or clock: each has a message or makes no difference.

use std::fs;

use page_tests::server::{self, Scratch, WASM};
use page_tests::{LABORATORY, OPENING, Options, Page, json, place};

/// Asserts that the still picture stays, with a line under it that says why.
fn assert_still(page: &Page, why: &str) {
    page.until("!!text('.still-note')");
    let words = page.text("text('.still-note')");
    assert!(words.contains("still picture") && words.contains(why), "{words}");
    assert!(!words.contains("undefined") && !words.contains("[object"), "{words}");
    assert!(page.holds("seen(lab.querySelector('.still')) && lab.querySelector('.still').naturalWidth > 0"));
    assert!(!page.holds("seen($('canvas.market'))"), "no empty canvas");
}

/// A browser that runs this before any script of a page.
fn with(source: &str) -> Page {
    let page = Page::start(server::as_built(), Options::default());
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
    page
}

#[test]
fn a_connection_lost_during_the_wasm_is_reported_under_the_still_picture() {
    let page = Page::start(server::as_built(), Options::default());
    let address = server::breaking_off(page.addr(), &place::address(WASM));
    page.look_at(OPENING);
    page.wait_for("open the page", page.client().goto(&address));
    page.until("customElements.get('deleverage-lab') && await lab.ready.then(() => 'ready', (error) => error.message)");
    assert_still(&page, "The simulator could not be loaded");
    // The next attempt, on scrolling further, is for the full simulator, which loads.
    page.run("document.querySelector('#fig-account').scrollIntoView({ behavior: 'instant' }); await document.querySelector('#fig-account').ready");
}

#[test]
fn a_browser_with_outdated_webassembly_gets_a_message() {
    let page = with(
        "for (const way of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'])
           WebAssembly[way] = () => Promise.reject(new WebAssembly.CompileError('invalid opcode 0xfc'));",
    );
    page.look_at(OPENING);
    page.load("");
    page.until("await lab.ready.then(() => 'ready', (error) => error.message)");
    assert_still(&page, "The simulator could not be loaded (invalid opcode 0xfc)");
}

#[test]
fn a_browser_without_modules_shows_the_still_picture_and_its_note() {
    let scratch = Scratch::new();
    let html = fs::read_to_string(place::dist().join("index.html")).expect("the page");
    // A browser ignores scripts of unknown types.
    let old = scratch.file("index.html", html.replace("type=\"module\"", "type=\"not-yet\"").as_bytes());
    let page = Page::start(server::as_built().with_extra("/", old), Options::default());
    page.look_at(OPENING);
    page.load("");
    assert!(!page.holds("!!customElements.get('deleverage-lab')"));
    assert_still(&page, "With scripts and WebAssembly enabled");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_page_works_without_storage() {
    let page = Page::start(server::as_built(), Options { storage: false, ..Options::default() });
    page.visit("?bots=20");
    let storage = "(() => { try { return localStorage.length } catch ({ name }) { return name } })()";
    assert_eq!(page.text(storage), "SecurityError");
    page.run("lab.params = { bots: 50 }; await frame()");
    page.unfold();
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map progress')?.value > 0");
    page.until("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/offline.js'))");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    assert_eq!(page.complaints(), [""; 0]);
    page.load("lesson.html?file=lessons/fifteen.toml");
    page.until("document.querySelector('#lesson h1')");
    assert_eq!(page.complaints(), [""; 0]);
}

/// Records uncaught errors.
const THROWN: &str = "globalThis.thrown = [];
    addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)));";

#[test]
fn the_site_works_without_or_with_a_broken_service_worker() {
    let scratch = Scratch::new();
    let loaded = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/offline.js'))";
    let rest = "await new Promise((resolve) => setTimeout(resolve, 1000))";
    let nowhere = scratch.path().join("nowhere.js");
    let broken = scratch.file("sw.js", b"throw new Error('gone fishing')");
    for worker in [nowhere, broken] {
        let page = Page::start(server::as_built().with_extra("/sw.js", worker), Options::default());
        page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": THROWN }));
        page.look_at(OPENING);
        page.visit("");
        page.until(loaded);
        page.run(rest);
        assert!(page.holds("(await navigator.serviceWorker.getRegistrations()).length === 0"));
        assert!(page.holds("text('.notice') === '' && seen($('canvas.market'))"));
        // The browser itself logs a missing file. Nothing is thrown.
        assert_eq!(page.get("thrown"), json!([]));
    }
    let page = with("delete Navigator.prototype.serviceWorker");
    page.look_at(OPENING);
    page.visit("");
    page.until(loaded);
    page.run(rest);
    assert_eq!(page.complaints(), [""; 0]);
}

/// Clocks that jump by an hour, back and forth, at every reading.
const JUMPING: &str = "
    const hour = 3600000, now = Performance.prototype.now, date = Date.now;
    let looks = 0;
    const jump = () => ((looks += 1) % 3) * hour - hour;
    Performance.prototype.now = function () { return now.call(this) + jump(); };
    Date.now = () => date() + jump();
    if (globalThis.requestAnimationFrame) {
      const real = requestAnimationFrame.bind(globalThis);
      globalThis.requestAnimationFrame = (work) => real((at) => work(at + jump()));
    }";

#[test]
fn a_jumping_clock_does_not_move_the_run_back_or_far() {
    let page = with(JUMPING);
    page.visit("");
    let digest = page.text("lab.summary.digest");
    page.run(
        "globalThis.seconds = [];
         const look = () => { seconds.push($('.cursor').valueAsNumber); requestAnimationFrame(look) };
         $('.sale').click(); look()",
    );
    // Not with `until` of the prelude, whose clock jumps too.
    page.run("while (second() < 303) await frame(); $('.play').click()");
    assert!(
        page.holds(
            "seconds.every((second, i) => i === 0 || (second >= seconds[i - 1] && second - seconds[i - 1] < 3))"
        )
    );
    assert_eq!(page.text("lab.summary.digest"), digest);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_jumping_clock_in_the_workers_loses_no_cell() {
    let scratch = Scratch::new();
    let script = fs::read(place::hashed("run-worker.js")).expect("the script of the workers");
    let script = scratch.file("run-worker.js", &[JUMPING.as_bytes(), b"\n", &script].concat());
    let page = Page::start(server::as_built().with_extra(&place::address("run-worker.js"), script), Options::default());
    page.visit("?accounts=100&hours=1");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("!!$('.map button')");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map-progress').classList.contains('finished')");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_panic_in_the_study_worker_is_reported_and_the_next_study_works() {
    let scratch = Scratch::new();
    let whole = fs::read(place::hashed("study-worker.js")).expect("the script of the worker");
    let words = b"import { tippingSpot } from './pkg/full.js';
        addEventListener('message', (event) => { event.stopImmediatePropagation(); setTimeout(() => tippingSpot([], 0, []), 1000) });\n";
    let broken = scratch.file("study-worker.js", &[words, whole.as_slice()].concat());
    let page =
        Page::start(server::as_built().with_extra(&place::address("study-worker.js"), &broken), Options::default());
    page.visit("");
    page.run("$('.study').open = true");
    page.until("text('.study .working').includes('index out of bounds')");
    assert!(page.text("text('.study .working')").starts_with("This could not be computed: "));
    page.run("lab.params = { bots: 50 }; await frame()");
    assert!(
        page.holds("lab.params.bots === 50 && text('.notice') === ''"),
        "the simulator of the page is not affected"
    );
    // A worker also gets these settings before they are in the address.
    page.until("location.search.includes('bots=50')");
    page.until("text('.study .working').includes('index out of bounds')");
    fs::write(&broken, whole).expect("the script is restored");
    page.click(".study .working button");
    page.until("root.querySelectorAll('.study table').length === 3");
}

#[test]
fn a_silently_killed_worker_is_detected() {
    // The worker ends without a message. Two minutes are half a second here.
    let page = with(
        "const every = setInterval.bind(globalThis);
         globalThis.setInterval = (work, time, ...more) => every(work, time === 5000 && killing ? 20 : time, ...more);
         globalThis.killing = true;
         globalThis.Worker = class extends Worker {
           constructor(...what) { super(...what); if (killing) this.terminate(); }
         };",
    );
    page.visit("");
    page.run("$('.study').open = true");
    page.until("text('.study .working').includes('has not answered')");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("!!$('.map button')");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("text('.map-message').includes('has not answered')");
    let told = "document.querySelector('#predict-tipping .verdict')?.innerText ?? ''";
    page.run("document.querySelector('#predict-tipping').scrollIntoView({ behavior: 'instant' })");
    page.until(&format!("({told}).includes('has not answered')"));

    page.run("killing = false");
    page.click("#predict-tipping .show");
    page.until(&format!("({told}).includes('grows most')"));
    page.look_at(LABORATORY);
    page.click(".study .working button");
    page.until("root.querySelectorAll('.study table').length === 3");
    page.click(".map-message button");
    page.until("$('.map progress')?.value > 0 && text('.map-message') === ''");
    assert_eq!(page.complaints(), [""; 0]);
}
