//! The article in each language: it declares its language, its figures use it with the numbers of the run, and words
//! that are longer than English, run right to left or look like markup change nothing else.

use deleverage::language::{self, Language};
use deleverage::{Simulator, describe};
use page_tests::server::{self, Scratch};
use page_tests::{LABORATORY, OPENING, Options, Page, json, place};
use xtask::words::catalogue::{Catalogue, LOCALES};
use xtask::words::collect;

/// Touches a slider, which ends autoplay and shows the outcome.
const OUTCOME: &str = "$('#slider-bots').dispatchEvent(new Event('input')); await frame(); await frame()";

#[test]
fn each_language_declares_itself_and_describes_the_run() {
    let messages = collect::messages().expect("the messages of the sources");
    let page = Page::start(server::as_built(), Options::default());
    page.look_at(OPENING);
    for locale in LOCALES {
        let words = Catalogue::read(locale).expect("a catalogue");
        language::speak(Some(words.language(&messages)));
        let headline = describe::headline(&Simulator::default()).replace('\u{a0}', " ");
        language::speak(None);
        page.load(&format!("index.{}.html", locale.code));
        page.go_to(OPENING);
        page.run(OUTCOME);
        let direction = if locale.leftward { "rtl" } else { "ltr" };
        assert_eq!(
            page.get("[document.documentElement.lang, getComputedStyle(document.body).direction, $('.lab').lang]"),
            json!([locale.code, direction, locale.code])
        );
        assert_eq!(page.text("text('.headline')"), headline.trim(), "{}", locale.code);
        assert_eq!(page.get("document.querySelectorAll('[lang=en]:not(a)').length"), json!(0), "{}", locale.code);
        assert_eq!(page.text("document.querySelector('[aria-current=page]').textContent"), locale.name);
        for width in [1280, 320] {
            page.screen(width, 900, 1.0);
            let wide = page.number("document.documentElement.scrollWidth");
            assert!(wide <= f64::from(width), "{}: {wide} px of page on {width} px of screen", locale.code);
        }
        assert_eq!(page.complaints(), [""; 0], "{}", locale.code);
    }
}

/// The words of the table of a day that are broken across lines, without those of its first column, and the table if it
/// is wider than its place.
const BROKEN: &str = "(() => {
  const range = document.createRange();
  const lines = (node, { index, 0: word }) => {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  };
  const texts = (cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const all = [];
    while (walker.nextNode()) all.push(walker.currentNode);
    return all;
  };
  const words = (node) => [...node.data.matchAll(/[\\p{Script=Latin}\\p{Script=Arabic}\\d.,]+/gu)];
  const cells = [...root.querySelectorAll('.episode thead th, .episode td')];
  const broken = cells.flatMap(texts).flatMap((node) => words(node).filter((word) => lines(node, word) > 1));
  const table = root.querySelector('.episode table');
  const wide = table.getBoundingClientRect().width > table.parentElement.getBoundingClientRect().width + 1;
  return [...broken.map(([word]) => word), ...(wide ? ['a table wider than its place'] : [])];
})()";

#[test]
fn no_word_of_the_table_of_a_day_is_broken() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at("#fig-days");
    let pages =
        ["index.html".into()].into_iter().chain(LOCALES.iter().map(|locale| format!("index.{}.html", locale.code)));
    for name in pages {
        page.screen(1280, 900, 1.0);
        page.load(&name);
        page.go_to("#fig-days");
        page.click(".episode summary");
        for day in ["mar-2020", "oct-2025"] {
            page.run_with(
                "$('.scenario').value = given; $('.scenario').dispatchEvent(new Event('change')); await frame()",
                &day.into(),
            );
            let rows = if day == "mar-2020" { 3 } else { 11 };
            page.until(&format!("root.querySelectorAll('.episode tbody tr').length === {rows}"));
            for width in [1280, 768, 390, 320] {
                page.screen(width, 900, 1.0);
                page.run("await frame()");
                assert_eq!(page.get(BROKEN), json!([]), "{name}, {day}, {width} px");
            }
        }
    }
}

#[test]
fn native_number_formats_equal_those_of_the_browser() {
    let page = Page::start(server::as_built(), Options::default());
    page.load("");
    for locale in LOCALES {
        let marks = page.run_with(
            "const parts = new Intl.NumberFormat(`${given}-u-nu-latn`).formatToParts(1234567.5);
             return ['group', 'decimal'].map((type) => parts.find((part) => part.type === type).value);",
            &locale.code.into(),
        );
        assert_eq!(marks, json!([locale.marks.0, locale.marks.1]), "{}", locale.code);
    }
}

#[test]
fn the_browser_has_the_plural_forms_of_the_catalogues() {
    let page = Page::start(server::as_built(), Options::default());
    page.load("");
    for locale in LOCALES {
        let forms = page.run_with(
            "const { catalogue } = await import(beside('catalogue.js'));
             return (await catalogue(given, 'ltr')).words.get('');",
            &locale.code.into(),
        );
        assert_eq!(forms, json!(Catalogue::read(locale).expect("a catalogue").rule.listed), "{}", locale.code);
    }
}

/// The laboratory in French, with each translation changed by `make`.
fn pretend(make: &dyn Fn(&str) -> String) -> (Page, Scratch) {
    let messages = collect::messages().expect("the messages of the sources");
    let mut lines: Vec<_> =
        messages.iter().filter(|m| m.said).map(|m| format!("{}\t{}", m.english, make(&m.english))).collect();
    lines.sort_unstable();
    let scratch = Scratch::new();
    let words = scratch.file("words.txt", lines.join("\n").as_bytes());
    let page = Page::start(server::as_built().with_extra(&place::address("words/fr.txt"), &words), Options::default());
    page.load("index.fr.html");
    page.go_to(LABORATORY);
    page.unfold();
    (page, scratch)
}

fn assert_whole((page, _): &(Page, Scratch), what: &str) {
    for width in [1280, 320] {
        page.screen(width, 900, 1.0);
        page.run("await frame()");
        let wide = page.number("document.documentElement.scrollWidth");
        let out = page.get(
            "[document, root].flatMap((place) => [...place.querySelectorAll('*')]).filter((element) => element.getBoundingClientRect().right > innerWidth).map((element) => element.outerHTML.slice(0, 100)).slice(0, 9)",
        );
        assert!(wide <= f64::from(width), "{what}: {wide} px of page on {width} px of screen: {out:#}");
        // No control cuts off its text.
        let cut = page.get(
            "[...root.querySelectorAll('button, label, summary, output, .headline')].filter((element) => seen(element) && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline').map((element) => element.outerHTML.slice(0, 200))",
        );
        assert_eq!(cut, json!([]), "{what}, {width} px: words that are cut");
    }
    assert_eq!(page.complaints(), [""; 0], "{what}");
}

#[test]
fn texts_of_double_length_fit() {
    assert_whole(&pretend(&|english| format!("{english} {english}")), "twice");
}

#[test]
fn very_long_words_fit() {
    let long = |english: &str| format!("Donaudampfschifffahrtsgesellschaftskapitänsmütze {english}");
    assert_whole(&pretend(&long), "very long");
}

#[test]
fn right_to_left_texts_in_a_left_to_right_page_fit() {
    assert_whole(&pretend(&|english| format!("שלום {english} עולם")), "right to left");
}

#[test]
fn markup_in_translations_stays_text() {
    let (page, _scratch) = pretend(&|english| format!("<img src=x onerror=alert(1)><b>{english}</b>&amp;"));
    assert_eq!(page.number("root.querySelectorAll('b:not([class]):not(.figures b):not(.now b) img, img').length"), 0.0);
    assert!(page.text("text('.headline')").contains("<img src=x onerror=alert(1)><b>"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_language_is_that_of_the_first_figure_on_the_page() {
    let page = Page::start(server::as_built(), Options::default());
    let html = format!(
        "<!doctype html><html lang=en><script type=module src={}lab.js></script>
         <div style='position: absolute; top: 9000px'><deleverage-lab view=price lang=fr></deleverage-lab></div>
         <deleverage-lab view=price lang=ar></deleverage-lab>",
        page.origin()
    );
    page.wait_for("open a third-party page", page.client().goto(&server::stranger(&html)));
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.go_to("deleverage-lab[lang=ar]");
    assert_eq!(page.text("$('.lab').lang"), "fr");
}

#[test]
fn a_missing_or_broken_catalogue_leaves_english() {
    let scratch = Scratch::new();
    let never = scratch.slow_file("never.txt");
    let other = scratch.file("other.txt", b"<!doctype html><title>Welcome to this network</title>");
    for words in [never, other] {
        let page =
            Page::start(server::as_built().with_extra(&place::address("words/ar.txt"), &words), Options::default());
        page.load("embed.html?view=price&lang=ar");
        page.go_to("#figure");
        assert_eq!(
            page.get("[text('.play'), $('.lab').lang, document.documentElement.lang, document.documentElement.dir]"),
            json!(["Play", "en", "en", "ltr"]),
            "{}",
            words.display()
        );
    }
}

#[test]
fn a_missing_translation_is_shown_in_english() {
    let scratch = Scratch::new();
    let words = scratch.file("words.txt", "Play\tJouer\n".as_bytes());
    let page = Page::start(server::as_built().with_extra(&place::address("words/fr.txt"), &words), Options::default());
    page.load("index.fr.html");
    page.go_to(OPENING);
    page.run(OUTCOME);
    assert_eq!(page.get("[text('.play'), text('.step')]"), json!(["Jouer", "Step 1 s"]));
    let french = Language::new("Play\tJouer\n", "\u{202f}", ",", false);
    language::speak(Some(french));
    let headline = describe::headline(&Simulator::default()).replace('\u{a0}', " ");
    language::speak(None);
    assert_eq!(page.text("text('.headline')"), headline);
    assert!(headline.contains("17,6%") && headline.contains("calm market"), "{headline}");
}
