//! Firefox and WebKit: the article, the element on a third-party page, the frame and its messages, and links with
//! receipts. The same parameters give the same bits in every browser. One visit in one browser tests all of it.

use deleverage::MODEL_VERSION;
use page_tests::bits::{assert_golden, assert_same, digest, in_browser, native};
use page_tests::server::{self, Scratch};
use page_tests::{Browser, FIGURE, Key, LABORATORY, OPENING, Options, Page, json};

/// One query for each mechanism, so that each runs once in each browser.
const QUERIES: &[&str] = &[
    "bots=20",
    "seed=18446744073709551615",
    "leverage=20&bots=10&seed=7&close-fraction=50",
    "breaker-fall=3&breaker-window=60&breaker-halt=300",
    "throttle=0.02&leverage-cap=8",
    "shorts=50&first-order=purchase&shock=5&bots=60&insurance=0.01",
    "venues=8&arbitrage=0.02&bots=60&targeters=10",
    "amm-share=60&bots=90&settlement-delay=120&close-fraction=20",
    "impact=square-root&bots=100&breaker-rule=bands",
    "loops=12&ltv=90&adl=on&shorts=40&bots=90&queue-latency=5",
];

#[test]
fn firefox() {
    visit(Browser::Firefox);
}

#[test]
fn webkit() {
    visit(Browser::WebKit);
}

fn visit(browser: Browser) {
    let scratch = Scratch::new();
    let server = server::watched(&scratch, &["index.html", "embed.html"]);
    let page = Page::start(server, Options { browser, ..Options::default() });
    the_article(&page);
    the_same_bits(&page);
    a_worker(&page);
    a_receipt(&page);
    the_element(&page);
    the_frame(&page, browser);
}

/// Asserts that the page has had no errors since it was opened.
fn assert_no_errors(page: &Page) {
    assert_eq!(page.get("errors"), json!([]));
}

fn the_article(page: &Page) {
    page.look_at(OPENING);
    page.visit("");
    assert_same(&in_browser(page), &native(""), "");
    by_keyboard(page, "bots=46", "market");
    assert_no_errors(page);
}

/// Moves the slider of bots by one with a key; the run has these parameters and is drawn.
fn by_keyboard(page: &Page, then: &str, view: &str) {
    let pixels = format!("(await frame(), pixels('{view}'))");
    let before = page.get(&pixels);
    page.focus("#slider-bots");
    page.press(Key::Right, 1);
    page.until(&format!("lab.query === '{then}'"));
    assert_same(&in_browser(page), &native(then), then);
    assert_ne!(page.get(&pixels), before);
}

fn the_same_bits(page: &Page) {
    page.go_to(LABORATORY);
    for query in QUERIES {
        assert_eq!(page.run_with("return lab.show(given)", &json!(query)), json!([]));
        assert_same(&in_browser(page), &native(query), query);
    }
    assert_golden(page);
    assert_no_errors(page);
}

/// Workers start under the policy, in browsers with and without trusted types; with them, other scripts cannot start as
/// workers.
fn a_worker(page: &Page) {
    page.run("$('.study').open = true");
    page.until("root.querySelectorAll('.study table').length === 3 && text('.study .working') === ''");
    assert_no_errors(page);
    let others = "try { new Worker('host.js'); return false } catch { return true }";
    assert!(page.holds(&format!("!globalThis.trustedTypes || (() => {{ {others} }})()")));
    // With trusted types, the attempt was recorded as an error.
    page.run("errors.length = 0");
}

fn a_receipt(page: &Page) {
    let query = "leverage=20&bots=50&seed=7";
    let digest = digest(query);
    page.visit(&format!("?{query}&model={MODEL_VERSION}&digest={digest}"));
    page.until("!!$('.receipt')");
    let words = page.text("text('.receipt')");
    assert!(words.starts_with("Reproduced: ") && words.contains(&digest), "{words}");
    assert_eq!(page.text("lab.summary.digest"), digest);

    page.visit(&format!("?{query}&shock=3&model={MODEL_VERSION}&digest={digest}"));
    page.until("!!$('.receipt')");
    let words = page.text("text('.receipt')");
    assert!(words.starts_with("Not reproduced: "), "{words}");
    assert_no_errors(page);
}

/// The element on a page of a different origin, whose server has only this page.
fn the_element(page: &Page) {
    let html = format!(
        "<!doctype html><title>Somebody's page</title><script>{}</script>
         <script type='module' src='{}lab.js'></script>
         <deleverage-lab id='figure' view='price' controls='bots' bots='20' lang='fr'>A picture</deleverage-lab>",
        server::WATCH,
        page.origin()
    );
    page.wait_for("open a third-party page", page.client().goto(&server::stranger(&html)));
    page.look_at(FIGURE);
    page.run("await customElements.whenDefined('deleverage-lab'); await lab.ready");
    assert_same(&in_browser(page), &native("bots=20"), "bots=20");
    assert_eq!(page.text("$('.lab').lang"), "fr");
    by_keyboard(page, "bots=21", "price");
    page.run("lab.setAttribute('leverage', '20')");
    page.until("lab.params.leverage === 20");
    assert_same(&in_browser(page), &native("bots=21&leverage=20"), "an attribute");
    page.click(".play");
    page.until("second() > 0 && $('.play').textContent !== 'Lire'");
    assert_no_errors(page);
}

fn the_frame(page: &Page, browser: Browser) {
    // WebKit 2.50 lets a page without an origin load nothing if its policy says 'self' (bugs.webkit.org 316847, fixed
    // in 2026). There a frame must keep its origin, which differs from its host's.
    let sandbox = match browser {
        Browser::WebKit => "sandbox='allow-scripts allow-same-origin'",
        _ => "sandbox='allow-scripts'",
    };
    page.host(&[("view=price&controls=bots&bots=20", ""), ("view=price&bots=30", sandbox)]);
    let origin = page.origin();
    page.inside(0);
    assert_same(&in_browser(page), &native("bots=20"), "bots=20");
    page.until("document.documentElement.scrollHeight <= innerHeight");
    let needs = page.number("Math.ceil(document.body.getBoundingClientRect().height)");
    page.outside();
    page.until(&format!("document.querySelector('iframe').clientHeight === {needs}"));
    assert_eq!(page.text("document.activeElement.id"), "field", "a frame takes no focus");
    assert!(
        page.messages("change").is_empty() && page.messages("ready").is_empty(),
        "no messages before a subscription"
    );

    let say = |message: &str| {
        page.run(&format!("frames[0].postMessage({{ deleverage: 1, {message} }}, '{origin}')"));
    };
    say("type: 'subscribe'");
    page.until("told.some(({ type, query }) => type === 'ready' && query === 'bots=20')");
    say("type: 'set', query: 'bots=60&venues=8&arbitrage=0.02&targeters=10'");
    page.until("told.some(({ type }) => type === 'change')");
    let answer = &page.messages("change")[0];
    assert_eq!(answer["origin"], origin.trim_end_matches('/'));
    assert_eq!(answer["summary"]["digest"], digest("bots=60&venues=8&arbitrage=0.02&targeters=10"));
    say("type: 'set', query: 'bots=many'");
    page.until("told.some(({ type }) => type === 'error')");
    assert_no_errors(page);
    page.inside(0);
    assert_no_errors(page);
    page.inside(1);
    assert_eq!(page.get("origin === 'null'"), json!(browser != Browser::WebKit));
    assert_same(&in_browser(page), &native("bots=30"), "in a sandbox");
    assert_no_errors(page);
}
