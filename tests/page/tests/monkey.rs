//! Random actions on the page, in random order: there are no complaints in the console, no NaN is shown, nothing leaks,
//! and the page shows the run of its address.
//!
//! The actions follow from a seed, and their number from the time. `cargo xtask soak monkey` runs for minutes, with any
//! seed.

mod monkey {
    pub mod element;
    pub mod frames;
    pub mod hands;
}

use std::time::Instant;

use deleverage::params::{Scale, TABLE};
use monkey::{element, frames, hands};
use page_tests::held::{Draws, Held, duration, from_environment};
use page_tests::{Options, Page, bits, json, server};

/// The seed of CI.
const SEED: u64 = 6;

/// Seconds of each test in CI.
const SECONDS: u64 = 10;

/// Greatest memory of an account with all its sales recorded, bytes. The memory of a simulator never shrinks.
const PER_ACCOUNT: f64 = 1e3;

/// Least number of actions, however slow the machine.
const LEAST: u64 = 16;

/// Disables links to other documents, dialogs and storage, and records the size of the largest crowd so far.
const SHUT_IN: &str = "
    addEventListener('click', (event) => {
      const link = event.composedPath().find(({ tagName }) => tagName === 'A');
      if (link?.href && (new URL(link.href).pathname !== location.pathname || link.download)) event.preventDefault();
    }, true);
    globalThis.print = globalThis.alert = () => {};
    globalThis.largest = 0;
    addEventListener('deleverage:change', ({ detail }) => (largest = Math.max(largest, detail.params.accounts)));
    if (top === self) for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError') } });";

/// Searches everything that is shown or read aloud, in all shadow trees, and returns the first value that is not for
/// readers. Text in quotes is input and is ignored.
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

/// Restores the screen and the preferences of the start.
fn as_at_first(page: &Page) {
    page.prefer(&[("prefers-color-scheme", ""), ("prefers-reduced-motion", ""), ("forced-colors", "")]);
    page.screen(1280, 900, 1.0);
}

/// Loads all pictures: one that loads later would count as growth.
const LOADED: &str = "
    for (const one of document.images) one.loading = 'eager';
    if (!(await until(() => [...document.images].every(({ complete }) => complete)))) throw new Error('a picture is missing');";

/// Scrolls through the article, so that everything that starts near a reader has started.
fn visit_everything(page: &Page) {
    page.run(&format!(
        "{LOADED}
         // Parts start within one screen.
         for (let top = 0; top < document.documentElement.scrollHeight; top += 2 * innerHeight) {{
           scrollTo({{ top, behavior: 'instant' }});
           await frame();
         }}
         for (const one of document.querySelectorAll('deleverage-lab')) await one.ready;
         for (const place of ['#predict-tipping', '#fig-map', '#predict-path', '#challenge'])
           if (!(await until(() => document.querySelector(place).querySelector('button'))))
             throw new Error(`nothing begins at ${{place}}`);
         document.querySelector('#fig-map').scrollIntoView({{ behavior: 'instant' }});
         if (!(await until(() => workers.size > 0))) throw new Error('the map has no workers')"
    ));
}

/// Checks that the page shows the run of its address, then counts resources with a fresh laboratory in place of the
/// used one: opened disclosures, and their content, are no growth.
fn held_afresh(page: &Page) -> Held {
    element::settle(page);
    assert_right(page);
    as_at_first(page);
    page.run(&format!(
        "{LOADED}
         const other = document.createElement('deleverage-lab');
         for (const name of ['id', 'linked']) other.setAttribute(name, lab.getAttribute(name));
         lab.replaceWith(other);
         // Content that loads above may push it away.
         const ready = () => (other.scrollIntoView({{ behavior: 'instant' }}), other.shadowRoot.querySelector('.map canvas'));
         if (!(await until(ready))) throw new Error('the laboratory does not get ready');
         await other.ready;
         other.show('accounts=1000&hours=1');
         await new Promise((resolve) => setTimeout(resolve, 600))"
    ));
    page.held()
}

/// Checks that frames show the runs of their addresses, and counts the resources of host and frames at rest.
fn held_with_frames(page: &Page) -> Held {
    as_at_first(page);
    for frame in 0..2 {
        page.run_with(
            "document.querySelectorAll('iframe')[given].scrollIntoView({ behavior: 'instant' })",
            &json!(frame),
        );
        page.inside(frame);
        page.run("await frame()");
        assert_eq!(page.run(NONSENSE), "");
        assert_right(page);
        page.outside();
    }
    // Messages stored by the host do not count.
    page.run(
        "told.length = 0;
         for (let frame = 0; frame < frames.length; frame += 1) {
           frames[frame].postMessage({ deleverage: 1, type: 'pause' }, '*');
           frames[frame].postMessage({ deleverage: 1, type: 'set', query: 'accounts=1000&hours=1' }, '*');
         }
         await new Promise((resolve) => setTimeout(resolve, 600))",
    );
    page.held_with_frames(2)
}

fn assert_right(page: &Page) {
    let query = page.text("lab.query");
    assert_eq!(page.text("lab.summary.digest"), bits::digest(&query), "{query}");
}

fn start(options: Options) -> Page {
    let page = Page::start(server::as_built(), options);
    page.before_each_document(SHUT_IN);
    page.count();
    page.devtools("Browser.setDownloadBehavior", &json!({ "behavior": "deny" }));
    page.devtools("Page.setInterceptFileChooserDialog", &json!({ "enabled": true }));
    page
}

/// A random query: mostly values that the table allows, some absurd ones. The crowd stays small.
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

/// Complaints of the console in a page of frames, except those of a figure whose frame is removed while it loads. If
/// the cause were different, the figure would not become ready, which the end of the test waits for.
fn complaints_around_frames(page: &Page) -> Vec<String> {
    let all = page.complaints().into_iter();
    all.filter(|words| !words.contains("could not be loaded (Failed to fetch)")).collect()
}

/// Acts until the time is over, at least [`LEAST`] times, and checks the page after every few actions.
fn go_on(
    page: &Page,
    complaints: impl Fn(&Page) -> Vec<String>,
    act: impl Fn(&Page, &mut Draws),
    look: impl Fn(&Page, u64),
    held: impl Fn(&Page) -> Held,
) -> (Held, Held) {
    let seed = from_environment("DELEVERAGE_SEED").unwrap_or(SEED);
    let (mut draws, length) = (Draws(seed), duration(SECONDS));
    let (begun, mut acts, mut early) = (Instant::now(), 0, None);
    while begun.elapsed() < length || acts < LEAST {
        act(page, &mut draws);
        acts += 1;
        if acts % 8 == 0 {
            let nonsense = page.run(NONSENSE);
            assert_eq!(nonsense, "", "shown after {acts} acts with the seed {seed}");
            assert_eq!(complaints(page), [""; 0], "after {acts} acts with the seed {seed}");
            look(page, acts);
        }
        if early.is_none() && begun.elapsed() > length / 3 && acts >= LEAST / 2 {
            early = Some(held(page));
        }
    }
    let took = begun.elapsed().as_secs_f64();
    let (early, late) = (early.expect("resources were counted before"), held(page));
    println!("{acts} acts with the seed {seed} in {took:.0} s\n  then: {early}\n  now:  {late}");
    (early, late)
}

/// Asserts that nothing has grown, except for a larger crowd. Predictions may have started two workers. The memory of
/// documents is printed but not limited: the browser caches the shaped text of canvases, for each font. Between two
/// snapshots of the heap, after 60 s and 210 s, that was 9.6 of 12 MB of growth; the nodes stayed the same. (From 200 s
/// to 600 s it grew by 8 MB.)
fn assert_bounded(page: &Page, (early, late): (Held, Held)) {
    let crowd = PER_ACCOUNT * page.number("largest");
    let within = |then: f64, now: f64, part: f64, more: f64| now <= (1.0 + part) * then + more;
    let all = [
        ("documents", within(early.documents, late.documents, 0.0, 0.0)),
        ("workers", within(early.workers, late.workers, 0.0, 2.0)),
        ("listeners", within(early.listeners, late.listeners, 0.0, 20.0)),
        ("nodes", within(early.nodes, late.nodes, 0.0, 150.0)),
        ("scripts", within(early.heap, late.heap, 0.1, 500e3)),
        ("arrays", within(early.arrays, late.arrays, 0.1, 200e3)),
        ("simulators", within(early.wasm, late.wasm, 0.5, 16e6 + crowd)),
    ];
    let grown: Vec<&str> = all.into_iter().filter(|(_, flat)| !flat).map(|(name, _)| name).collect();
    assert!(grown.is_empty(), "{} grew\n  then: {early}\n  now:  {late}", grown.join(", "));
}

#[test]
fn random_actions_on_the_laboratory() {
    let page = start(Options::default());
    page.visit("?accounts=1000&hours=1");
    // Checks that the search finds a planted value. (The headline is not searched, because it is copied for screen
    // readers a moment later.)
    for place in ["$('.lab')", "document.querySelector('h1')"] {
        page.run(&format!("{place}.append(' NaN %')"));
        assert!(page.run(NONSENSE).as_str().is_some_and(|found| found.contains("NaN %")));
        page.run(&format!("{place}.lastChild.remove()"));
    }
    assert_eq!(page.run(NONSENSE), "");
    visit_everything(&page);
    // These load while they are in sight.
    page.run(
        "for (const [place, content] of [['.map-place', '.map progress'], ['.crowds-panel', '#crowds-place:enabled']]) {
           $(place).scrollIntoView({ block: 'center', behavior: 'instant' });
           if (!(await until(() => $(content)))) throw new Error(`there is no ${content}`);
         }
         await frame()",
    );
    let act = |page: &Page, draws: &mut Draws| {
        let query = query(draws);
        if draws.below(2) == 0 { hands::act(page, draws) } else { element::act(page, draws, &query) }
    };
    let look = |page: &Page, acts: u64| {
        let here = page.holds("location.pathname === '/' || location.pathname.endsWith('/index.html')");
        assert!(here, "after {acts} acts it is at {}", page.text("location.href"));
        // Sliders may have made the crowd so large that there would be few actions.
        page.run(
            "if (lab.params?.accounts > 20000 || lab.params?.hours > 2) lab.params = { accounts: 1000, hours: 1 }",
        );
    };
    let held = go_on(&page, Page::complaints, act, look, held_afresh);
    assert_bounded(&page, held);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn random_actions_on_frames() {
    let page = start(Options { together: true, ..Options::default() });
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
    let look = |page: &Page, acts: u64| assert_eq!(page.get("errors"), json!([]), "after {acts} acts");
    let held = go_on(&page, complaints_around_frames, act, look, held_with_frames);
    assert_bounded(&page, held);
    assert_eq!(complaints_around_frames(&page), [""; 0]);
}
