//! What is visible only in use: explanations of controls, the slider that points at a price, buttons without a purpose;
//! and the moment at which the laboratory opens.

use page_tests::{Key, Page, json};

#[test]
fn the_explanation_of_a_slider_opens_on_demand_and_moves_nothing() {
    for width in [1280, 390] {
        let page = Page::open_at("#fig-crowd", "");
        page.screen(width, 900, 1.0);
        page.go_to("#fig-crowd");
        assert!(page.holds("![...root.querySelectorAll('small')].some(seen)"), "{width} px");
        let height = "lab.getBoundingClientRect().height";
        let before = page.number(height);
        page.click(".crowding .ask");
        page.until("text('.crowding small').length > 20");
        assert_eq!(page.number(height), before);
        let inside = page.get(
            "(({ left, right, top, bottom }) => left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight)($('.crowding small').getBoundingClientRect())",
        );
        assert_eq!(inside, json!(true), "{width} px");
        page.press(Key::Escape, 1);
        page.until("!seen($('.crowding small'))");
        // By key, and for screen readers without opening it.
        page.focus(".crowding .ask");
        page.press(Key::Enter, 1);
        page.until("seen($('.crowding small'))");
        assert!(page.holds("$('#' + $('.crowding input').getAttribute('aria-describedby')).textContent.length > 20"));
        assert!(page.text("$('.crowding .ask').getAttribute('aria-label')").contains("Spread of entry prices"));
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn pointing_at_a_price_shows_in_use_only_and_keeps_its_room() {
    for figure in ["#fig-account", page_tests::LABORATORY] {
        let page = Page::open_at(figure, "");
        page.run("document.activeElement.blur(); await frame()");
        let shown = "Number(getComputedStyle($('.pointer')).opacity)";
        let place = "(({ top, height }) => [Math.round(top - $('.pointer').previousElementSibling.getBoundingClientRect().bottom), Math.round(height)])($('.pointer').getBoundingClientRect())";
        page.until(&format!("{shown} === 0"));
        let before = page.get(place);
        page.focus(".point-fall");
        page.until(&format!("{shown} === 1"));
        assert_eq!(page.get(place), before, "{figure}");
        page.run("focused().blur()");
        page.until(&format!("{shown} === 0"));
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn the_laboratory_opens_at_the_low_and_its_views_agree() {
    let page = Page::open("");
    let low = page.number("300 + lab.summary.trough_s");
    assert_eq!(page.number("second()"), low);
    let fall = page.number("lab.summary.greatest_fall_percent");
    assert!(page.text("text('.now .price')").ends_with(&format!("{fall:.1}%")), "{}", page.text("text('.now')"));
    assert!(page.text("text('.headline')").contains(&format!("{fall:.1}%")));
    page.until("$('canvas.staircase').ariaLabel.includes('passed')");
    // The loop flows.
    assert!(!page.holds("$('canvas.loop').ariaLabel.includes('nothing flows')"));
    page.until("location.search === ''");
    // It follows the low of other settings, and the first step goes to the first sale.
    page.run("lab.params = { bot_latency: 5 }");
    page.until("second() === 300 + lab.summary.trough_s");
    assert!(page.number("second()") > low);
    page.click(".step");
    assert_eq!(page.number("second()"), 301.0);
    // The end is a second like any other, and has its place in the address.
    page.run("$('.cursor').value = 420; $('.cursor').dispatchEvent(new Event('input'))");
    page.until("location.search.includes('t=420')");
    // A link keeps its second.
    let page = Page::open("?bots=40&t=420");
    assert_eq!(page.number("second()"), 420.0);
    let page = Page::open("?bots=40&t=303");
    assert_eq!(page.number("second()"), 303.0);
}

#[test]
fn a_choice_stands_off_its_label() {
    for name in ["", "index.de.html", "index.ar.html"] {
        let page = Page::open_at(page_tests::LABORATORY, name);
        for width in [1280, 320] {
            page.screen(width, 900, 1.0);
            page.run("for (const fold of root.querySelectorAll('details')) fold.open = true; await frame()");
            let touching = page.get(
                "[...root.querySelectorAll('label:has(> select), .control:has(> select)')].filter((place) => {
                   const select = place.querySelector('select').getBoundingClientRect();
                   const range = document.createRange();
                   const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
                   for (let text = texts.nextNode(); text; text = texts.nextNode()) {
                     if (text.parentElement.closest('select, small') || !text.data.trim()) continue;
                     range.selectNodeContents(text);
                     for (const box of range.getClientRects()) {
                       const above = box.bottom <= select.top + 1 || box.top >= select.bottom - 1;
                       const gap = Math.max(select.left - box.right, box.left - select.right);
                       if (!above && gap < 6) return true;
                     }
                   }
                   return false;
                 }).map((place) => place.textContent.slice(0, 40))",
            );
            assert_eq!(touching, json!([]), "{name} {width} px");
        }
    }
}

#[test]
fn undo_appears_with_the_first_change() {
    let page = Page::open("");
    page.until("!seen($('.undo')) && !seen($('.redo')) && seen($('.keep'))");
    page.run("lab.params = { bots: 20 }");
    page.until("seen($('.undo')) && seen($('.redo'))");
}
