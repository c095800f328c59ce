//! The terms of the article: their definitions open beside the word, and the page stays where it is. Without the script
//! their links lead to the glossary.

use std::fs;

use page_tests::input::Pointer;
use page_tests::server::{self, Scratch};
use page_tests::{Browser, Key, OPENING, Options, Page, Value, json, place};

const TERM: &str = "a[href$='#g-maintenance-margin']";

/// Whether a definition is shown.
const SHOWN: &str = "!!document.querySelector('.definition:popover-open')";

/// The term and the definition that are shown.
const WORDS: &str =
    "[...document.querySelectorAll('#definition-term, #definition-words')].map((part) => part.innerText.trim())";

/// The position in the page, its address, and the length of the history.
const STANDS: &str = "[scrollX, scrollY, location.href, history.length]";

/// The article with the first figure running.
fn article() -> Page {
    Page::open_at(OPENING, "")
}

/// Makes the term visible and waits until the page has settled.
fn look_at(page: &Page, term: &str) {
    page.run_with(
        "document.querySelector(given).scrollIntoView({ block: 'center', behavior: 'instant' });
         let before;
         await until(async () => {
           const now = JSON.stringify([scrollY, document.body.scrollHeight]);
           const same = now === before;
           before = now;
           await new Promise((resolve) => setTimeout(resolve, 300));
           return same;
         });",
        &json!(term),
    );
}

/// Whether the definition touches neither its word nor the edges of the window.
fn assert_beside(page: &Page, term: &str) {
    let boxes = page.run_with(
        "return [document.querySelector('.definition'), document.querySelector(given)].map((element) => {
           const { left, right, top, bottom } = element.getBoundingClientRect();
           return { left, right, top, bottom, width: innerWidth, height: innerHeight };
         })",
        &json!(term),
    );
    let [definition, word] = [&boxes[0], &boxes[1]];
    let side = |of: &Value, name: &str| of[name].as_f64().expect("a number");
    let [left, right, top, bottom] = ["left", "right", "top", "bottom"].map(|name| side(definition, name));
    assert!(left >= 0.0 && right <= side(word, "width"), "{boxes:#}");
    assert!(top >= 0.0 && bottom <= side(word, "height"), "{boxes:#}");
    let gap = (top - side(word, "bottom")).max(side(word, "top") - bottom);
    assert!((0.0..20.0).contains(&gap), "{gap} px away: {boxes:#}");
}

#[test]
fn a_click_shows_the_definition_and_the_page_does_not_move() {
    let page = article();
    let loaded =
        "performance.getEntriesByType('resource').filter(({ name }) => /glossary\\.[\\w.]+$/.test(name)).length";
    look_at(&page, TERM);
    let before = page.get(STANDS);
    page.hover(TERM, [0.5, 0.5]);
    page.run("await frame()");
    assert_eq!(page.number(loaded), 0.0, "nothing is loaded before it is asked for");
    page.click(TERM);
    page.until(SHOWN);
    assert_eq!(
        page.get(WORDS),
        json!([
            "Maintenance margin",
            "The least share of a position that must be equity. Below it, the position is liquidated."
        ])
    );
    assert_beside(&page, TERM);
    assert_eq!(page.get(STANDS), before);
    // A second click closes it; so does a click elsewhere.
    for outside in [TERM, "#ch-1 h2"] {
        page.click(outside);
        page.until(&format!("!({SHOWN}) && !document.querySelector('.definition')"));
        page.click(TERM);
        page.until(SHOWN);
    }
    page.drag(Pointer::Touch, ".definition button", [0.5, 0.5], [0.5, 0.5]);
    page.until(&format!("!({SHOWN})"));
    // One definition at a time.
    page.click(TERM);
    page.until(SHOWN);
    page.click("a[href$='#g-bankruptcy-price']");
    page.until(&format!("{WORDS}[0] === 'Bankruptcy price'"));
    page.until("document.querySelectorAll('.definition').length === 1");
    assert_eq!(page.number(loaded), 3.0, "script, style sheet and glossary are loaded once");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_term_is_read_and_left_by_keyboard() {
    let page = article();
    let state = format!("[document.querySelector(\"{TERM}\").ariaExpanded, document.activeElement.className]");
    look_at(&page, TERM);
    page.focus(TERM);
    let before = page.get(STANDS);
    assert_eq!(page.get(&state), json!(["false", ""]));
    page.press(Key::Enter, 1);
    page.until(SHOWN);
    assert_eq!(page.get(&state), json!(["true", "definition"]));
    let tree = page.devtools("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().expect("nodes");
    let dialog = nodes.iter().find(|node| node["role"]["value"] == "dialog").expect("a dialog");
    assert_eq!(dialog["name"]["value"], "Maintenance margin");
    assert_eq!(
        dialog["description"]["value"],
        "The least share of a position that must be equity. Below it, the position is liquidated."
    );
    // The text goes on behind the definition.
    for focused in ["Whole glossary", "Close", "liquidation"] {
        page.press(Key::Tab, 1);
        assert_eq!(page.text("document.activeElement.textContent"), focused);
    }
    page.press_with_shift(Key::Tab);
    page.press(Key::Enter, 1);
    page.until(&format!("!({SHOWN})"));
    assert!(page.holds(&format!("document.activeElement === document.querySelector(\"{TERM}\")")));
    page.press(Key::Enter, 1);
    page.until(SHOWN);
    page.press(Key::Escape, 1);
    page.until(&format!("!({SHOWN}) && document.activeElement === document.querySelector(\"{TERM}\")"));
    assert_eq!(page.get(&state), json!(["false", ""]));
    assert_eq!(page.get(STANDS), before);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_modified_click_and_the_whole_glossary_follow_links() {
    let page = article();
    look_at(&page, TERM);
    for modifier in ["ctrlKey", "metaKey", "shiftKey", "altKey"] {
        let followed = page.run_with(
            &format!(
                "let followed;
                 addEventListener('click', (event) => {{ followed = !event.defaultPrevented; event.preventDefault() }}, {{ once: true }});
                 document.querySelector(\"{TERM}\").dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true, [given]: true }}));
                 return followed;"
            ),
            &json!(modifier),
        );
        assert_eq!(followed, json!(true), "{modifier}");
    }
    assert!(!page.holds(SHOWN));
    page.click(TERM);
    page.until(SHOWN);
    page.click(".definition a");
    page.until("location.pathname.endsWith('/glossary.html') && location.hash === ''");
    page.until("document.querySelectorAll('dt').length > 20");
    page.run("history.back()");
    page.until("!!document.querySelector('#article')");
}

#[test]
fn a_definition_fits_a_narrow_window_and_large_type() {
    let page = article();
    page.screen(320, 640, 1.0);
    look_at(&page, TERM);
    page.click(TERM);
    page.until(SHOWN);
    let place = "(({ left, right, bottom }) => [left, document.documentElement.clientWidth - right, bottom])\
         (document.querySelector('.definition').getBoundingClientRect())";
    assert_eq!(page.get(place), json!([0, 0, 640]), "at the bottom of the window");
    assert!(page.number("document.documentElement.scrollWidth") <= 320.0);
    // Wide again, with type of twice the size.
    page.screen(1280, 900, 1.0);
    page.run("document.documentElement.style.fontSize = '32px'");
    page.press(Key::Escape, 1);
    look_at(&page, TERM);
    page.click(TERM);
    page.until(SHOWN);
    assert_beside(&page, TERM);
    // It stays beside its word when the text above grows.
    page.run("document.querySelector('header').style.paddingBottom = '50px'; await frame(); await frame()");
    assert_beside(&page, TERM);
    page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    assert_eq!(page.text("getComputedStyle(document.querySelector('.definition')).display"), "none");
}

#[test]
fn definitions_are_in_the_language_of_the_page() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at(OPENING);
    for (language, term, whole) in
        [("fr", "Marge de maintien", "Tout le glossaire"), ("ar", "هامش الصيانة", "المسرد كاملًا")]
    {
        page.visit(&format!("index.{language}.html"));
        look_at(&page, TERM);
        page.click(TERM);
        page.until(SHOWN);
        assert_eq!(page.text(&format!("{WORDS}[0]")), term);
        assert_eq!(page.text("document.querySelector('.definition a').innerText"), whole);
        assert_beside(&page, TERM);
        page.click(".definition a");
        page.until(&format!("location.pathname.endsWith('/glossary.{language}.html')"));
        page.until("document.querySelector('#g-maintenance-margin')");
        assert_eq!(page.text("document.querySelector('#g-maintenance-margin').innerText.trim()"), term);
        assert!(page.holds(&format!("!!document.querySelector('a[href=\"index.{language}.html\"]')")));
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn without_the_definition_the_link_is_followed() {
    let scratch = Scratch::new();
    let broken = scratch.file("broken.js", b"throw new Error('broken')");
    let other = scratch.file("other.html", b"<!doctype html><title>Welcome to this network</title>");
    let never = scratch.slow_file("never.css");
    for (file, instead) in [
        (place::address("glossary.js"), broken),
        ("/glossary.html".to_owned(), other),
        (place::address("glossary.css"), never),
    ] {
        let page = Page::start(server::as_built().with_extra(&file, &instead), Options::default());
        page.look_at(OPENING);
        page.visit("");
        page.click(TERM);
        page.until("location.pathname.endsWith('/glossary.html') && location.hash === '#g-maintenance-margin'");
    }
}

#[test]
fn without_popovers_terms_are_plain_links() {
    let page = Page::start(server::as_built(), Options::default());
    page.before_each_document("delete HTMLElement.prototype.popover");
    page.look_at(OPENING);
    page.visit("");
    assert!(!page.holds("document.querySelector('[aria-expanded]') !== null"), "nothing is said to open");
    page.click(TERM);
    page.until("location.pathname.endsWith('/glossary.html') && location.hash === '#g-maintenance-margin'");
    assert!(page.holds("document.querySelector(':target').getBoundingClientRect().top < innerHeight"));
}

#[test]
fn without_scripts_terms_are_plain_links() {
    let page = Page::start(server::as_built(), Options { javascript: false, ..Options::default() });
    page.load("");
    // Scripts of tests do not run either, so the driver clicks.
    let link = page.wait_for("find the term", page.client().find(fantoccini::Locator::Css(TERM)));
    page.wait_for("click on it", link.click());
    let address = page.wait_for("read the address", page.client().current_url());
    assert!(address.as_str().ends_with("/glossary.html#g-maintenance-margin"), "{address}");
}

#[test]
fn definitions_open_in_firefox_and_webkit() {
    for browser in [Browser::Firefox, Browser::WebKit] {
        let page = Page::start(server::as_built(), Options { browser, ..Options::default() });
        page.look_at(OPENING);
        page.visit("");
        look_at(&page, TERM);
        let before = page.get(STANDS);
        page.run(&format!("document.querySelector(\"{TERM}\").click()"));
        page.until(SHOWN);
        assert_eq!(page.text(&format!("{WORDS}[0]")), "Maintenance margin", "{browser:?}");
        assert_beside(&page, TERM);
        page.run("document.querySelector('.definition button').click()");
        page.until(&format!("document.activeElement === document.querySelector(\"{TERM}\")"));
        assert_eq!(page.get(STANDS), before, "{browser:?}");
    }
}

#[test]
fn definitions_open_in_the_single_file() {
    let scratch = Scratch::new();
    let bytes = fs::read(place::dist().join("deleverage.html")).expect("the single file, made with npm");
    let file = scratch.file("deleverage.html", &bytes);
    let page = Page::start(server::as_built(), Options::default());
    for (address, term) in [("", "Maintenance margin"), ("#index.fr.html", "Marge de maintien")] {
        page.wait_for("open the file", page.client().goto("about:blank"));
        page.wait_for("open the file", page.client().goto(&format!("file://{}{address}", file.display())));
        page.run("await customElements.whenDefined('deleverage-lab')");
        page.go_to(OPENING);
        look_at(&page, TERM);
        let before = page.get(STANDS);
        page.click(TERM);
        page.until(SHOWN);
        assert_eq!(page.text(&format!("{WORDS}[0]")), term);
        assert_beside(&page, TERM);
        assert_eq!(page.get(STANDS), before);
    }
    page.click(".definition a");
    page.until("location.hash === '#glossary.fr.html' && document.querySelectorAll('dt').length > 20");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn every_term_is_linked_once_and_defined() {
    let page = Page::start(server::as_built(), Options::default());
    page.load("");
    let linked = page
        .get("[...document.querySelectorAll('a[href^=\"glossary.html#\"]')].map(({ hash }) => hash.slice(1)).sort()");
    page.load("glossary.html");
    let terms = page.get("[...document.querySelectorAll('dt')].map(({ id }) => id).sort()");
    assert_eq!(linked, terms);
    let terms: Vec<String> = serde_json::from_value(terms).expect("ids");
    assert!(terms.len() >= 20);
    for needed in [
        "cascading-liquidation",
        "flash-crash",
        "volatility-dampener",
        "liquidation-queue-latency",
        "recursive-leverage",
        "position-sizing",
        "latency-arbitrage",
        "amm-liquidity-risk",
    ] {
        assert!(terms.contains(&format!("g-{needed}")), "{needed}");
    }
}
