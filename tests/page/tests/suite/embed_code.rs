//! The code of a figure that the laboratory and the end of the article copy for the pages of others.

use page_tests::{FIGURE, Page, json, server};

/// Lets the page use the clipboard, and opens the panel of exports.
fn with_clipboard(query: &str) -> Page {
    let page = Page::open(query);
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.devtools("Browser.grantPermissions", &permissions);
    page.click(".along > summary");
    page.until("!!$('.along-body')");
    page
}

/// A page with this code and without scripts, so that a frame keeps the height in its code.
fn paste(page: &Page, code: &str, width: u32) {
    let frame = code.lines().next().expect("a frame");
    assert!(frame.starts_with("<iframe ") && frame.ends_with("</iframe>"), "{code}");
    let html = format!("<!doctype html><title>Somebody's page</title><div style='width: {width}px'>{frame}</div>");
    page.wait_for("open a page", page.client().goto(&server::stranger(&html)));
    page.look_at(FIGURE);
    page.inside(0);
}

/// How much of its height a frame does not need. Nothing scrolls in it.
fn spare(page: &Page) -> f64 {
    page.run("await frame()");
    assert!(page.holds("document.documentElement.scrollHeight <= innerHeight"), "it scrolls");
    assert!(page.holds("document.documentElement.scrollWidth <= innerWidth"), "it is too wide");
    page.number("innerHeight - document.body.getBoundingClientRect().height")
}

#[test]
fn the_copied_code_shows_the_same_state_and_nothing_scrolls() {
    let page = with_clipboard("?bots=25&seed=7&span=15min&t=316");
    let digest = page.text("lab.summary.digest");
    let mut codes = Vec::new();
    for view in ["price", "ladder", "crowd", "loop", "market"] {
        page.run_with("$('#along-view').value = given", &view.into());
        page.run("$('.along-status').textContent = ''");
        page.click(".copy-code");
        page.until("text('.along-status').startsWith('The code is copied')");
        let code = page.text("await navigator.clipboard.readText()");
        assert_eq!(page.text("$('.along-body textarea').value"), code);
        assert!(code.ends_with(&format!("<script src=\"{}host.js\"></script>", page.origin())), "{code}");
        codes.push((view, code));
    }
    // The figure that was measured is gone.
    assert_eq!(page.number("document.querySelectorAll('body > div > deleverage-lab').length"), 0.0);
    assert_eq!(page.complaints(), [""; 0]);
    for (view, code) in codes {
        for width in [640, 720] {
            paste(&page, &code, width);
            let state = page.get("[lab.summary.digest, second(), lab.getAttribute('view'), lab.params.seed]");
            assert_eq!(state, json!([digest, 316, view, 7]), "{view}");
            assert!(page.holds(&format!("!!$('canvas.{view}')")));
            let spare = spare(&page);
            assert!(spare < 90.0, "{view} at {width} px: {spare} px too high");
            page.outside();
        }
    }
}

#[test]
fn the_end_of_the_article_copies_the_code_of_the_readers_run() {
    let page = Page::open_at("#fig-opening", "");
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.devtools("Browser.grantPermissions", &permissions);
    page.run("lab.params = { bots: 60 }; document.querySelector('#ending').scrollIntoView({ behavior: 'instant' })");
    page.until("document.querySelector('#send-link')?.value.includes('bots=60')");
    let digest = page.text("lab.summary.digest");
    assert!(!page.holds("document.querySelector('#send textarea').checkVisibility()"), "no empty box before the code");
    page.click("#send .code");
    page.until("document.querySelector('#send .verdict').innerText.startsWith('The code is copied')");
    assert!(page.holds("document.querySelector('#send textarea').checkVisibility()"));
    let code = page.text("await navigator.clipboard.readText()");
    paste(&page, &code, 640);
    assert_eq!(page.get("[lab.summary.digest, lab.getAttribute('view')]"), json!([digest, "market"]));
    spare(&page);
}
