//! Whatever is done to the page in whatever order, it stays in its senses: nothing is complained of, no number that is none
//! is shown, nothing piles up, and the run that is shown is the one of its address.
//!
//! What is done follows from a seed; how much of it, from the time. `cargo xtask soak monkey` takes minutes, and any seed.

mod monkey {
    pub mod element;
    pub mod frames;
    pub mod hands;
}

use std::time::Instant;

use deleverage::params::{Scale, TABLE};
use monkey::{element, frames, hands};
use page_tests::held::{Draws, Held, from_environment, patience};
use page_tests::{Options, Page, bits, json, server};

/// The seed of CI.
const SEED: u64 = 6;

/// Seconds of each test in CI.
const SECONDS: u64 = 10;

/// Links to other documents do nothing, nobody is asked anything, and nothing is stored.
const SHUT_IN: &str = "
    addEventListener('click', (event) => {
      const link = event.composedPath().find(({ tagName }) => tagName === 'A');
      if (link?.href && (new URL(link.href).pathname !== location.pathname || link.download)) event.preventDefault();
    }, true);
    globalThis.print = globalThis.alert = () => {};
    if (top === self) for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError') } });";

/// Everything that is shown or read aloud, in all shadow trees: the first word of it that is no word for a reader. What
/// stands in quotes was given by somebody.
const NONSENSE: &str = "
    const said = [];
    const walk = (within) => {
      for (const element of within.querySelectorAll('*')) {
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'alt']) said.push(element.getAttribute(name) ?? '');
        if (element.shadowRoot) walk(element.shadowRoot);
      }
      for (const child of within.children) if (!['STYLE', 'SCRIPT'].includes(child.tagName)) said.push(child.innerText ?? '');
    };
    walk(document);
    const found = said.join('\\n').replace(/\"[^\"\\n]*\"/g, '').match(/.{0,60}(?:\\bNaN\\b|\\bundefined\\b|\\bInfinity\\b|∞|\\[object).{0,60}/);
    return found ? found[0] : ''";

fn start() -> Page {
    let page = Page::start(server::as_built(), Options::default());
    page.before_each_document(SHUT_IN);
    page.count();
    page.devtools("Browser.setDownloadBehavior", &json!({ "behavior": "deny" }));
    page.devtools("Page.setInterceptFileChooserDialog", &json!({ "enabled": true }));
    page
}

/// A query: what the table allows, mostly, and what nobody would write. The crowd stays small.
fn query(draws: &mut Draws) -> String {
    let mut query = String::from("accounts=1000&hours=1");
    for _ in 0..draws.below(5) {
        let row = draws.of(TABLE);
        if row.id == "accounts" || row.id == "hours" {
            continue;
        }
        let value = match (draws.below(10), row.scale) {
            (0, _) => (*draws.of(&["NaN", "", "-1", "1e999", "%F0%28", "<b>", "a b", "∞"])).to_owned(),
            (_, Scale::Seed) => draws.any().to_string(),
            (_, Scale::Choice(names)) => (*draws.of(names)).to_owned(),
            _ => deleverage::units::number(*draws.of(&row.stops())),
        };
        query = format!("{query}&{}={value}", row.name());
    }
    match draws.below(8) {
        0 => query + "&scenario=" + *draws.of(&["may-2010", "oct-2025", "none", "cliff"]),
        1 => query + "&t=" + *draws.of(&["0", "312", "3600", "99999", "x", "-5"]),
        2 => query + "&span=" + *draws.of(&["2min", "15min", "all", "week"]),
        _ => query,
    }
}

/// Does things until the time is over, and looks at what has become of the page after every few of them.
fn go_on(page: &Page, act: impl Fn(&Page, &mut Draws), look: impl Fn(&Page, u64)) -> (Held, Held) {
    let seed = from_environment("DELEVERAGE_SEED").unwrap_or(SEED);
    let (mut draws, begun, length) = (Draws(seed), Instant::now(), patience(SECONDS));
    let (mut acts, mut early) = (0, None);
    while begun.elapsed() < length {
        act(page, &mut draws);
        acts += 1;
        if acts % 8 == 0 {
            let nonsense = page.run(NONSENSE);
            assert_eq!(nonsense, "", "shown after {acts} acts with the seed {seed}");
            assert_eq!(page.complaints(), [""; 0], "after {acts} acts with the seed {seed}");
            look(page, acts);
        }
        if early.is_none() && begun.elapsed() > length / 3 {
            early = Some(page.held());
        }
    }
    let late = page.held();
    let early = early.unwrap_or(late);
    println!("{acts} acts with the seed {seed} in {:.0} s\n  then: {early}\n  now:  {late}", length.as_secs_f64());
    (early, late)
}

/// Nothing has piled up. Folds may be open now that were not, and a crowd may be larger.
fn assert_bounded((early, late): (Held, Held)) {
    let within = |then: f64, now: f64, more: f64| now <= 1.5 * then + more;
    assert!(within(early.heap, late.heap, 10e6), "{early}; {late}");
    assert!(within(early.wasm, late.wasm, 64e6), "{early}; {late}");
    assert!(within(early.nodes, late.nodes, 4000.0), "{early}; {late}");
    assert!(within(early.listeners, late.listeners, 300.0), "{early}; {late}");
    assert!(late.workers <= 8.0 && late.documents <= early.documents + 10.0, "{early}; {late}");
}

#[test]
fn a_monkey_at_the_laboratory() {
    let page = start();
    page.visit("?accounts=1000&hours=1");
    // What is looked for would be seen. (Not in the headline: what is read aloud copies it, a moment later.)
    for place in ["$('.lab')", "document.querySelector('h1')"] {
        page.run(&format!("{place}.append(' NaN %')"));
        assert!(page.run(NONSENSE).as_str().is_some_and(|found| found.contains("NaN %")));
        page.run(&format!("{place}.lastChild.remove()"));
    }
    assert_eq!(page.run(NONSENSE), "");
    let act = |page: &Page, draws: &mut Draws| {
        let query = query(draws);
        if draws.below(2) == 0 { hands::act(page, draws) } else { element::act(page, draws, &query) }
    };
    let look = |page: &Page, acts: u64| {
        let here = page.holds("location.pathname === '/' || location.pathname.endsWith('/index.html')");
        assert!(here, "after {acts} acts it is at {}", page.text("location.href"));
        // Sliders may have made the crowd so large that there would be few acts.
        page.run(
            "if (lab.params?.accounts > 20000 || lab.params?.hours > 2) lab.params = { accounts: 1000, hours: 1 }",
        );
    };
    let held = go_on(&page, act, look);
    element::settle(&page);
    let query = page.text("lab.query");
    assert_eq!(page.text("lab.summary.digest"), bits::digest(&query), "{query}");
    assert_bounded(held);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_monkey_around_frames() {
    let page = start();
    page.host(&[
        ("view=price&controls=bots&accounts=1000&hours=1", ""),
        ("view=crowd%20loop&controls=bots%20leverage&accounts=1000&hours=1&autoplay", "sandbox='allow-scripts'"),
    ]);
    page.until("told.filter(({ type }) => type === 'height').length >= 2");
    page.inside(0);
    page.outside();
    let act = |page: &Page, draws: &mut Draws| {
        let query = query(draws);
        if draws.below(3) == 0 { hands::act(page, draws) } else { frames::act(page, draws, &query) }
    };
    let held = go_on(&page, act, |page, acts| {
        assert_eq!(page.get("errors"), json!([]), "after {acts} acts");
    });
    page.screen(1280, 900, 1.0);
    for frame in 0..2 {
        page.outside();
        page.run_with(
            "document.querySelectorAll('iframe')[given].scrollIntoView({ behavior: 'instant' })",
            &json!(frame),
        );
        page.inside(frame);
        page.run("await frame()");
        assert_eq!(page.run(NONSENSE), "");
        let query = page.text("lab.query");
        assert_eq!(page.text("lab.summary.digest"), bits::digest(&query), "{query}");
    }
    page.outside();
    assert_bounded(held);
    assert_eq!(page.complaints(), [""; 0]);
}
