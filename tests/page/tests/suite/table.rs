//! The run as a table and as text: both match the native simulator, and link to each second.

use deleverage::chart::Span;
use deleverage::{Simulator, describe, query};
use page_tests::{Key, Page, json};

fn simulator(text: &str) -> Simulator {
    Simulator::new(&query::parse(text).expect("a valid query"))
}

fn open(page: &Page, fold: &str, content: &str) {
    assert!(!page.holds(&format!("!!$('{content}')")), "nothing is made before it is requested");
    page.click(&format!("{fold} > summary"));
    page.until(&format!("!!$('{content}')"));
}

/// The texts of all cells but the first, row by row.
fn cells(page: &Page) -> Vec<Vec<String>> {
    let rows = page.get("[...$('.rows tbody').rows].map((row) => [...row.cells].map((cell) => cell.textContent))");
    serde_json::from_value(rows).expect("rows of texts")
}

fn assert_table(page: &Page, text: &str, span: Span) {
    let expected = describe::table(&simulator(text), span);
    let shown = cells(page);
    assert_eq!(shown.len(), expected.rows.len(), "{text}");
    for (shown, expected) in shown.iter().zip(&expected.rows) {
        assert_eq!(shown[0], expected.time);
        assert_eq!(shown[1..], expected.cells, "{text}, {}", expected.time);
    }
}

#[test]
fn the_table_matches_the_run_and_links_to_its_seconds() {
    // When the figure first settles, the disclosure and the address follow; the default span leaves the address.
    let page = Page::open("?bots=40&span=2min");
    page.until("location.search === '?bots=40'");
    open(&page, ".run-table", ".rows tr");
    assert_table(&page, "bots=40", Span::Minutes2);
    // One button by pointer, a different one by key.
    let current = "[...$('.rows tbody').rows].filter((row) => row.matches('[aria-current]')).map((row) => row.cells[0].textContent.replaceAll('\\u00a0', ' '))";
    let last = page.get(current);
    page.run("[...root.querySelectorAll('.rows button')].find((button) => button.textContent === '12\\u00a0s').id = 'twelve'");
    page.click("#twelve");
    page.until("second() === 312 && text('.now .time') === '12 s after the first sale'");
    assert_eq!(page.get(current), json!(["12 s"]));
    assert_ne!(page.get(current), last);
    page.press(Key::Tab, 1);
    page.press(Key::Enter, 1);
    page.until("second() === 313");
    assert_eq!(page.get(current), json!(["13 s"]));
    // While the run plays, the current row follows.
    page.run(
        "$('.views').scrollIntoView({ behavior: 'instant' });
         $('.sale').click();
         while (second() <= 305) await new Promise(requestAnimationFrame);
         $('.play').click();
         await frame()",
    );
    assert_ne!(page.get(current), json!(["14 s"]));
    let [row, at]: [f64; 2] = serde_json::from_value(
        page.get("[Number($('.rows [aria-current]').cells[0].textContent.match(/\\d+/)[0]) + 300, second()]"),
    )
    .expect("two numbers");
    assert!(row <= at && at - row < 10.0, "{row}, {at}");

    page.run("lab.params = { bots: 0, shock: 5 }");
    page.until("!$('.rows tbody').innerText.includes('first bots sell')");
    assert_table(&page, "bots=0&shock=5", Span::Minutes2);
    page.run("$('.span').value = 'all'; $('.span').dispatchEvent(new Event('change'))");
    page.until("$('.rows tbody').innerText.includes('The run ends')");
    assert_table(&page, "bots=0&shock=5", Span::Whole);
}

#[test]
fn a_narrow_screen_scrolls_the_table_and_not_the_page() {
    let page = Page::open("?t=312");
    page.screen(320, 640, 1.0);
    open(&page, ".run-table", ".rows tr");
    assert!(page.number("document.documentElement.scrollWidth") <= 320.0);
    assert!(page.holds("$('.rows').scrollWidth > $('.rows').clientWidth && $('.rows').clientWidth <= 320"));
    page.focus(".rows");
    page.press(Key::Right, 3);
    page.until("$('.rows').scrollLeft > 0");
}

#[test]
fn the_run_in_words_is_shown_and_not_announced() {
    let page = Page::open("?bots=40");
    open(&page, ".run-words", ".story li");
    let sentences = "[...$('.story').querySelectorAll('p, li')].map((one) => one.textContent)";
    let expected = |text: &str| {
        let story = describe::story(&simulator(text));
        json!([vec![story.headline], story.phases, story.figures].concat())
    };
    assert_eq!(page.get(sentences), expected("bots=40"));
    assert!(page.holds("!$('.run-words').querySelector('[role=status], [role=alert], [aria-live]')"));
    page.run("lab.params = { bots: 15 }");
    page.until("$('.story p').textContent === lab.shadowRoot.querySelector('.headline').textContent");
    assert_eq!(page.get(sentences), expected("bots=15"));
    // Closed, it is not updated until it is opened again.
    page.click(".run-words > summary");
    page.run("lab.params = { bots: 40 }; await new Promise((resolve) => setTimeout(resolve, 600))");
    page.click(".run-words > summary");
    page.until("$('.story p').textContent === lab.shadowRoot.querySelector('.headline').textContent");
    assert_eq!(page.get(sentences), expected("bots=40"));
}
