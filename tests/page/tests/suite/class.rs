//! A teacher pastes the codes of a class, sees the predictions, and then the result. The view is on a test page,
//! `class/class.html`: a question with the values 0 to 100%, lesson 700, step 5, and the truth 37%.

use std::fs;
use std::path::Path;

use deleverage::chart::figures::class::{self, ClassScene, Grid};
use deleverage::prediction::Prediction;
use page_tests::{Key, Options, Page, json, place, server};

const CODES: &str = "main textarea";

fn page() -> Page {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/class");
    let server = server::as_built().with_extra(&place::address("class.html"), own.join("class.html"));
    let server = server.with_extra(&place::address("class-test.js"), own.join("class-test.js"));
    let page = Page::start(server, Options { network: true, ..Options::default() });
    page.load(&place::address("class.html")[1..]);
    page.until("globalThis.exported && (await frame(), true)");
    page
}

fn code(index: u16) -> String {
    Prediction::new(700, 5, index).expect("a prediction").code()
}

/// Thirty pupils, each with a name.
fn class() -> (Vec<u16>, String) {
    let values: Vec<u16> = (0..30).map(|pupil| pupil * 7 % 83 + 5).collect();
    let lines = values.iter().enumerate().map(|(pupil, value)| format!("Pupil {pupil}: {}\n", code(*value)));
    let text = lines.collect();
    (values, text)
}

/// Pastes a text.
fn paste(page: &Page, text: &str) {
    page.run_with(
        "const field = $('main textarea');
         field.focus();
         field.select();
         document.execCommand('insertText', false, given);",
        &json!(text),
    );
}

fn scene<'a>(grid: &'a Grid, guesses: &'a [u16], revealed: bool) -> ClassScene<'a> {
    ClassScene { grid, guesses, truth: Some(37.0), revealed }
}

fn picture(page: &Page) -> f64 {
    page.number("(await frame(), pixels('class-view', document))")
}

const LABEL: &str = "$('canvas.class-view').getAttribute('aria-label')";

#[test]
fn text_without_codes_reports_only_its_first_lines() {
    let page = page();
    let text = "line 7x, nothing\n".repeat(20_000);
    page.run_with(
        "const field = $('main textarea'); field.value = given; field.dispatchEvent(new Event('input'));",
        &json!(text),
    );
    page.until("text('.counted') === 'Counted: 0. Not counted: 20000.'");
    assert_eq!(
        page.get("[$('.faults').childElementCount, $('.faults').lastChild.innerText]"),
        json!([51, "And 19950 more."])
    );
}

#[test]
fn thirty_codes_become_a_distribution_and_the_truth_is_shown_on_request() {
    let page = page();
    let grid = Grid::new(0.0, 100.0, 1.0, "%").expect("a grid");
    assert_eq!(page.text(LABEL), class::words(&scene(&grid, &[], false)));
    let empty = picture(&page);
    let (values, text) = class();
    paste(&page, &text);
    page.until("text('.counted') === 'Counted: 30.'");
    assert_eq!(page.text(LABEL), class::words(&scene(&grid, &values, false)));
    assert_eq!(page.get("[text('.faults'), text('main .verdict')]"), json!(["", ""]));
    let hidden = picture(&page);
    assert_ne!(hidden, empty);
    assert!(!page.text("document.body.innerText").contains("37"), "the result is hidden");

    page.focus("main .show");
    page.press(Key::Enter, 1);
    page.until("text('main .verdict') !== ''");
    assert_eq!(page.text("$('main .verdict').textContent"), class::verdict(&scene(&grid, &values, true)));
    assert_eq!(page.text(LABEL), class::words(&scene(&grid, &values, true)));
    assert_ne!(picture(&page), hidden);
    assert!(page.holds("seen($('main textarea'))"), "typing keeps the text field open");
    page.run("$('main textarea').dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste' }))");
    page.until("!seen($('main textarea')) && focused().matches('.codes summary')");
    page.focus("main .show");
    assert!(page.holds("focused() === $('main .show') && $('main .verdict').getAttribute('role') === 'status'"));
    page.press(Key::Enter, 1);
    page.until("text('main .verdict') === ''");
    assert_eq!(picture(&page), hidden, "the result is hidden again");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn unreadable_codes_are_reported_as_text_with_their_line() {
    let page = page();
    let other = Prediction::new(701, 5, 3).expect("a prediction").code();
    let right = code(30);
    let wrong = format!("{}{}", &right[..8], if right.ends_with('X') { 'Y' } else { 'X' });
    paste(&page, &format!("Ann: {}\n<b>Bob</b>: {other}\n{wrong}", code(20)));
    page.until("text('.counted') === 'Counted: 1. Not counted: 2.'");
    let faults = page.get("[...document.querySelectorAll('.faults li')].map((item) => item.textContent)");
    let expected = [
        format!("Line 2, “<b>Bob</b>: {other}”: from another lesson."),
        format!("Line 3, “{wrong}”: mistyped: a character is wrong, missing or in the wrong place."),
    ];
    assert_eq!(faults, json!(expected));
    // Corrected by hand.
    page.run("const field = $('main textarea'); field.focus(); field.setSelectionRange(field.value.length - 1, field.value.length)");
    page.run_with("document.execCommand('insertText', false, given)", &json!(right[8..].to_lowercase()));
    page.until("text('.counted') === 'Counted: 2. Not counted: 1.'");
    paste(&page, " ");
    page.until("text('.counted') === ''");
    assert!(page.holds("$('.faults').children.length === 0 && !seen($('main details:not(.codes)'))"));
}

#[test]
fn after_a_panic_the_button_is_explained() {
    let page = page();
    paste(&page, &code(8));
    page.until("text('.counted') === 'Counted: 1.'");
    page.run("panic(exported)");
    page.click("main .show");
    page.until("text('.counted') === 'The simulator has stopped. Load this page again.'");
    assert_eq!(page.text("text('main .show')"), "Show what happened");
}

#[test]
fn the_table_has_every_value_with_its_number() {
    let page = page();
    paste(&page, &[50, 8, 50].map(code).join(" "));
    page.until("text('.counted') === 'Counted: 3.'");
    page.click("main details:not(.codes) summary");
    let rows = page.get("[...document.querySelectorAll('main tbody tr')].map((row) => row.innerText.split(/\\t/))");
    assert_eq!(rows, json!([["8%", "1"], ["50%", "2"]]));
}

#[test]
fn the_page_writes_the_codes_it_reads_without_network_requests() {
    let page = page();
    assert_eq!(page.text("exported.predictionCode(700, 5, 42)"), code(42));
    let refused = page
        .text("(() => { try { return exported.predictionCode(1, 32, 0) } catch (error) { return error.message } })()");
    assert!(refused.contains("32 steps"), "{refused}");
    drop(page.log("performance"));
    let (_, text) = class();
    paste(&page, &text);
    page.until("text('.counted') === 'Counted: 30.'");
    page.click("main .show");
    page.until("text('main .verdict') !== ''");
    let asked: Vec<_> = page
        .log("performance")
        .into_iter()
        .filter(|entry| entry["message"].as_str().is_some_and(|message| message.contains("Network.requestWillBeSent")))
        .collect();
    assert!(asked.is_empty(), "{asked:?}");
    assert_eq!(
        page.get("[localStorage.length, sessionStorage.length, location.hash, location.search]"),
        json!([0, 0, "", ""])
    );
}

#[test]
fn the_class_view_is_accessible_and_fits_a_narrow_page() {
    let page = page();
    let axe = fs::read_to_string(place::axe()).expect("the script of axe");
    page.wait_for("load axe", page.client().execute(&axe, vec![]));
    let (_, text) = class();
    for (state, text) in [("empty", ""), ("full", &*format!("{text}and a fault"))] {
        paste(&page, text);
        if !text.is_empty() {
            page.until("text('.counted').startsWith('Counted: 30')");
            page.click("main .show");
            page.click("main details:not(.codes) summary");
        }
        for (width, dark) in [(320, false), (320, true), (1280, false), (1280, true)] {
            page.screen(width, 800, 1.0);
            page.prefer(&[("prefers-color-scheme", if dark { "dark" } else { "light" })]);
            assert!(!page.holds("document.documentElement.scrollWidth > innerWidth"), "{state} {width}");
            let found = page.run("const { violations } = await axe.run(document); return violations.map(({ id, nodes }) => id + nodes[0].html)");
            assert_eq!(found, json!([]), "{state} {width} {dark}");
        }
    }
    assert!(
        page.holds("$('canvas.class-view').getBoundingClientRect().width > 1")
            && page.holds(&format!("$('{CODES}').ariaLabel === 'Codes of the class'"))
    );
}
