//! Figures after external failures: a canvas is lost and restored, the tab is hidden for an hour, a worker dies.

use std::fs;
use std::path::Path;

use page_tests::server::Scratch;
use page_tests::{Options, Page, json, place, server};

/// The views of the chapters, and their figures.
const VIEWS: [(&str, &str); 8] = [
    ("fig-opening", "market"),
    ("fig-account", "account"),
    ("fig-crowd", "crowd"),
    ("fig-loop", "loop"),
    ("fig-loop", "staircase"),
    ("fig-giant", "giant"),
    ("fig-together", "together"),
    ("fig-pace", "pace"),
];

/// Pixels of the canvas named in `given` after pending drawing.
const PIXELS: &str = "(await frame(), pixels(given[1], document.getElementById(given[0]).shadowRoot))";

#[test]
fn a_lost_canvas_is_drawn_again() {
    let page = Page::open("");
    for (figure, view) in VIEWS {
        let given = json!([figure, view]);
        page.run_with(
            "const figure = document.getElementById(given[0]);
             figure.scrollIntoView({ behavior: 'instant', block: 'center' });
             await figure.ready;
             // Autoplay would change the picture in each frame.
             figure.shadowRoot.querySelector('#slider-bots')?.dispatchEvent(new Event('input'));",
            &given,
        );
        let before = page.run_with(&format!("return {PIXELS}"), &given);
        let lost = page.run_with(
            "const canvas = document.getElementById(given[0]).shadowRoot.querySelector(`canvas.${given[1]}`);
             canvas.getContext('2d').reset();
             canvas.dispatchEvent(new Event('contextlost'));
             return pixels(given[1], document.getElementById(given[0]).shadowRoot);",
            &given,
        );
        assert_ne!(lost, before, "{figure}: the lost canvas is not empty");
        let again = page.run_with(
            &format!(
                "document.getElementById(given[0]).shadowRoot.querySelector(`canvas.${{given[1]}}`)
                   .dispatchEvent(new Event('contextrestored'));
                 return {PIXELS}"
            ),
            &given,
        );
        assert_eq!(again, before, "{figure}: {view}");
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn an_hour_in_a_hidden_tab_does_not_advance_the_run() {
    let page = Page::open("");
    // As in browsers: no frames while the tab is hidden, but the clock continues.
    page.run(
        "const real = requestAnimationFrame.bind(globalThis), now = Performance.prototype.now, held = [];
         let hidden = false, away = 0;
         Performance.prototype.now = function () { return now.call(this) + away; };
         globalThis.requestAnimationFrame = (work) => (hidden ? held.push(work) : real((at) => work(at + away)));
         Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
         globalThis.hide = (whether) => {
           hidden = whether;
           if (!hidden) {
             away += 3600000;
             for (const work of held.splice(0)) requestAnimationFrame(work);
           }
           document.dispatchEvent(new Event('visibilitychange'));
         };",
    );
    page.click(".sale");
    page.until("second() > 303");
    let digest = page.text("lab.summary.digest");
    page.run("hide(true); await new Promise((resolve) => setTimeout(resolve, 500))");
    let left = page.number("second()");
    let seconds = page.run_with(
        "const next = () => new Promise(requestAnimationFrame);
         hide(false);
         await next();
         await next();
         const back = second();
         while (second() <= given + 2) await next();
         return [back, second()];",
        &left.into(),
    );
    let [back, later]: [f64; 2] = serde_json::from_value(seconds).expect("two numbers");
    assert!(back - left < 2.0 && later - left < 10.0, "{left} s, and an hour later {back} s and {later} s");
    page.run("if (text('.play') === 'Pause') $('.play').click()");
    page.run("lab.params = { bots: 20 }; await frame()");
    page.run("lab.params = { bots: 45 }; await frame()");
    assert_eq!(page.text("lab.summary.digest"), digest);
    assert_eq!(page.complaints(), [""; 0]);
}

/// Replaces a broken script by the right one atomically: half a script would be a worker that never answers.
fn mend(scratch: &Scratch, broken: &Path, script: &[u8]) {
    fs::rename(scratch.file("right.js", script), broken).expect("the script is restored");
}

#[test]
fn a_dead_challenge_worker_is_reported_and_replaced() {
    let scratch = Scratch::new();
    let script = fs::read(place::hashed("challenge-worker.js")).expect("the script of the worker");
    let broken = scratch.file("challenge-worker.js", b"throw new Error('gone fishing')");
    let page =
        Page::start(server::as_built().with_extra(&place::address("challenge-worker.js"), &broken), Options::default());
    page.visit("");
    let told = "document.querySelector('#challenge').innerText";
    page.run("document.querySelector('#challenge').scrollIntoView({ behavior: 'instant' })");
    page.until(&format!("{told}.includes('gone fishing')"));
    // Its figure works without the worker.
    let figure = "document.getElementById('fig-challenge')";
    page.run(&format!("await {figure}.ready; {figure}.params = {{ leverage_cap: 8 }}"));
    page.until(&format!("{figure}.summary.greatest_fall_percent < 6"));
    // The next request starts a new worker.
    mend(&scratch, &broken, &script);
    page.run(&format!("{figure}.params = {{ leverage_cap: 7 }}"));
    page.until(&format!("!{told}.includes('gone fishing') && /Points of 100/.test({told})"));
}

#[test]
fn a_dead_prediction_worker_is_replaced_on_the_next_request() {
    let scratch = Scratch::new();
    let script = fs::read(place::hashed("run-worker.js")).expect("the script of the worker");
    let broken = scratch.file("run-worker.js", b"throw new Error('gone fishing')");
    let page =
        Page::start(server::as_built().with_extra(&place::address("run-worker.js"), &broken), Options::default());
    page.visit("");
    page.run("document.querySelector('#predict-tipping').scrollIntoView({ behavior: 'instant' })");
    let told = "(document.querySelector('#predict-tipping .verdict')?.innerText ?? '')";
    page.until(&format!("{told}.includes('gone fishing')"));
    mend(&scratch, &broken, &script);
    page.click("#predict-tipping .show");
    page.until(&format!("{told}.includes('grows most')"));
    assert!(page.text("document.querySelector('#predict-tipping .field').innerText").contains("skipped"));
}

#[test]
fn an_unannounced_trap_stops_the_simulator_and_offers_a_restart() {
    let page = Page::open("?bots=40");
    // As when memory has run out: an error of WebAssembly without a message from Rust.
    page.run(
        "const { Lab } = await import(beside('pkg/full.js'));
         const draw = Lab.prototype.draw;
         Lab.prototype.draw = () => {
           Lab.prototype.draw = draw;
           const error = new WebAssembly.RuntimeError('memory access out of bounds');
           error.stack = `RuntimeError\\n  at ${beside('pkg/full_bg.wasm')}:wasm-function[1]:0x1`;
           throw error;
         };
         $('#slider-bots').focus();
         lab.params = { leverage: 12 };",
    );
    page.until("text('.notice').includes('ran out of memory')");
    assert_eq!(page.text("focused().className"), "again", "the focus is on the restart button");
    page.click(".again");
    page.until("text('.notice') === ''");
    assert_eq!(page.get("[lab.params.bots, lab.params.leverage]"), json!([40, 12]));
}

#[test]
fn drawing_continues_after_a_frame_that_threw() {
    let page = Page::open("");
    page.click(".sale");
    page.run(
        "const { Lab } = await import(beside('pkg/full.js'));
         const { time } = Lab.prototype;
         await new Promise((resolve) => {
           Lab.prototype.time = () => {
             Lab.prototype.time = time;
             resolve();
             throw new Error('gone fishing');
           };
         });",
    );
    let then = page.number("second()");
    page.until(&format!("second() > {then} + 2"));
}

#[test]
fn a_change_can_be_undone_at_once() {
    let page = Page::open("");
    page.run("lab.params = { bots: 20 }");
    page.until("location.search.includes('bots=20')");
    page.run("lab.params = { bots: 50 }; $('.undo').click()");
    assert_eq!(page.get("lab.params.bots"), json!(20));
    page.run("$('.redo').click()");
    assert_eq!(page.get("lab.params.bots"), json!(50));
}

#[test]
fn a_disclosure_shows_its_load_error_once() {
    let scratch = Scratch::new();
    let broken = scratch.file("transcript.js", b"throw new Error('gone fishing')");
    let page =
        Page::start(server::as_built().with_extra(&place::address("transcript.js"), &broken), Options::default());
    page.visit("");
    page.click(".run-words > summary");
    page.until("text('.run-words').includes('gone fishing')");
    page.click(".run-words > summary");
    page.click(".run-words > summary");
    page.until("text('.run-words').split('could not be loaded').length === 2");
    assert!(page.holds("$('.run-words').querySelectorAll('p').length === 1"), "the error is shown once");
}
