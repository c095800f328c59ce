//! A translated page: scripts show nothing in English, numbers and direction are those of the language; if its
//! catalogue does not load, everything is English and marked as such.

use std::path::PathBuf;

use page_tests::server::{self, Scratch};
use page_tests::{LABORATORY, Options, Page, Value, json, place};
use xtask::words::collect;

/// Every message that a running page uses.
fn messages() -> Vec<String> {
    let all = collect::messages().expect("the messages of the sources");
    all.into_iter().filter(|m| m.said).map(|m| m.english).collect()
}

/// A catalogue that translates every message to itself in brackets.
fn catalogue(messages: &[String], scratch: &Scratch) -> PathBuf {
    let mut lines: Vec<_> = messages.iter().map(|english| format!("{english}\t⟦{english}⟧")).collect();
    lines.sort_unstable();
    scratch.file("words.txt", lines.join("\n").as_bytes())
}

/// The page in a language whose translations are the messages in brackets, with the laboratory ready.
fn open(code: &str, messages: &[String], scratch: &Scratch) -> Page {
    let words = catalogue(messages, scratch);
    let page = Page::start(
        server::as_built().with_extra(&place::address(&format!("words/{code}.txt")), &words),
        Options::default(),
    );
    page.load(&format!("index.{code}.html"));
    page.go_to(LABORATORY);
    page
}

/// All texts, visible or for screen readers, of the laboratory and of the parts of the article that scripts make,
/// without bracketed text, also nested.
const REST: &str = "
    const unbracketed = (text) => {
      const less = text.replace(/⟦[^⟦⟧]*⟧/g, '');
      return less === text ? text.trim() : unbracketed(less);
    };
    const said = [];
    const within = (place) => {
      const nodes = document.createTreeWalker(place, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        const names = ['aria-label', 'aria-valuetext', 'title', 'placeholder'];
        const texts = node.nodeType === Node.TEXT_NODE ? [node.data] : names.map((name) => node.getAttribute(name));
        // Other values are numbers or names of choices.
        if (node.matches?.('textarea, [readonly]')) texts.push(node.value);
        said.push(...texts.filter((text) => typeof text === 'string' && text.trim()));
        if (node.shadowRoot) within(node.shadowRoot);
      }
    };
    within(root);
    document.querySelectorAll('.predict, .challenge, .map').forEach(within);
    return { rest: said.map(unbracketed).filter(Boolean), bracketed: said.filter((text) => text.includes('⟦')).length };
";

/// Whether a text is this message, with any values for its names.
fn is(message: &str, text: &str) -> bool {
    let mut pieces = message.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, piece)| piece));
    let Some(mut rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else { return false };
    if !message.contains('{') {
        return rest.is_empty();
    }
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    // A message of little more than names would match everything.
    rest.is_empty() && message.split(['{', '}']).step_by(2).map(str::trim).map(str::len).sum::<usize>() >= 8
}

fn assert_nothing_in_english(page: &Page, messages: &[String], least: u64) {
    let Value::Object(said) = page.run(REST) else { panic!("no texts") };
    let rest: Vec<String> = serde_json::from_value(said["rest"].clone()).expect("texts");
    let english: Vec<_> = rest.iter().filter(|text| messages.iter().any(|m| is(m, text))).collect();
    assert!(english.is_empty(), "in English: {english:#?}");
    assert!(said["bracketed"].as_u64() >= Some(least), "{} texts in the language", said["bracketed"]);
}

#[test]
fn all_texts_of_scripts_are_translated() {
    let (scratch, messages) = (Scratch::new(), messages());
    let page = open("fr", &messages, &scratch);
    page.run("lab.show('span=week&t=soon&model=x&digest=y'); await frame()");
    assert_nothing_in_english(&page, &messages, 50);
    assert!(page.text("text('.notice')").contains("⟦span is \"week\""), "{}", page.text("text('.notice')"));
    page.unfold();
    page.until("root.querySelectorAll('.story li, .rows tr, .along-body').length > 20");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map progress')?.value > 0");
    for button in
        [".keep", ".beside-button", ".new-seed", ".same-seed", ".copy-link", ".copy-citation", ".undo", ".sound"]
    {
        page.run_with("$(given).click(); await frame()", &button.into());
        assert_nothing_in_english(&page, &messages, 90);
    }
    assert!(page.text("$('#along-citation').value").starts_with('⟦'));
    assert_eq!(page.get("[$('.lab').lang, $('.lab').dir]"), json!(["fr", "ltr"]));
}

#[test]
fn the_parts_of_the_article_are_translated() {
    let (scratch, messages) = (Scratch::new(), messages());
    let page = open("fr", &messages, &scratch);
    for (part, there) in [("#predict-tipping", ".ask"), ("#predict-path", ".ask"), ("#challenge", ".costs td")] {
        page.run_with("document.querySelector(given).scrollIntoView({ behavior: 'instant' })", &part.into());
        page.until(&format!("!!document.querySelector('{part} {there}')"));
    }
    assert_nothing_in_english(&page, &messages, 80);
    page.run("document.querySelectorAll('.predict .show').forEach((button) => button.click()); await frame()");
    assert_nothing_in_english(&page, &messages, 80);
}

#[test]
fn in_right_to_left_pages_the_time_cursor_follows_the_drawings() {
    let (scratch, messages) = (Scratch::new(), messages());
    let place = "(() => { const [cursor, sales] = ['.cursor', '.views > .sales'].map((name) => $(name).getBoundingClientRect()); \
                 return [cursor.left - sales.left, cursor.right - sales.right].map(Math.round); })()";
    let english = Page::open("");
    assert_eq!(english.get("[$('.lab').lang, $('.lab').dir]"), json!(["en", "ltr"]));
    let arabic = open("ar", &messages, &scratch);
    assert_eq!(arabic.get("[$('.lab').lang, $('.lab').dir]"), json!(["ar", "rtl"]));
    let direction = "getComputedStyle($(given)).direction";
    for (part, expected) in [(".headline", "rtl"), (".main input", "rtl"), (".cursor", "ltr")] {
        assert_eq!(arabic.run_with(&format!("return {direction}"), &part.into()), expected, "{part}");
    }
    assert_eq!(arabic.get(place), english.get(place));
    assert!(arabic.holds("document.documentElement.scrollWidth <= innerWidth"));
}

#[test]
fn numbers_have_the_format_of_the_language() {
    let (scratch, messages) = (Scratch::new(), messages());
    let page = open("de", &messages, &scratch);
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("/of 4\\.096/.test($('.map-count')?.textContent)");
    page.run("const fall = $('.point-fall'); fall.value = 4.5; fall.dispatchEvent(new Event('input', { bubbles: true })); await frame()");
    assert_eq!(page.text("$('.pointer output').textContent"), "⟦−4,5%⟧");
}

#[test]
fn without_its_catalogue_the_page_is_in_english_and_marked_so() {
    let scratch = Scratch::new();
    let nothing = scratch.path().join("nothing");
    let page =
        Page::start(server::as_built().with_extra(&place::address("words/fr.txt"), &nothing), Options::default());
    page.visit("index.fr.html");
    assert_eq!(page.get("[$('.lab').lang, $('.lab').dir]"), json!(["en", "ltr"]));
    assert_eq!(page.text("text('.sale')"), "Start the first sale");
}

#[test]
fn a_figure_in_a_frame_has_the_language_of_its_address() {
    let (scratch, messages) = (Scratch::new(), messages());
    let words = catalogue(&messages, &scratch);
    let page = Page::start(server::as_built().with_extra(&place::address("words/ar.txt"), &words), Options::default());
    page.look_at("#figure");
    page.visit("embed.html?view=price&controls=bots&lang=ar");
    assert_eq!(page.get("[document.documentElement.lang, document.documentElement.dir]"), json!(["ar", "rtl"]));
    assert_eq!(page.text("lab.query"), "", "the language is no parameter");
}
