//! The figures of the article stay in sight beside or above their text, which sets them as it is read; the table of
//! contents, the progress in it, and the end.

use page_tests::{Key, Options, Page, json, server};

/// A page with a window of this size, and this figure started.
fn with_window(width: u32, height: u32, figure: &str) -> Page {
    let page = Page::start(server::as_built(), Options::default());
    page.screen(width, height, 1.0);
    page.visit("");
    page.run_with(
        "const figure = document.querySelector(given);
         figure.scrollIntoView({ block: 'start', behavior: 'instant' });
         globalThis.figure = figure;
         await figure.ready; await frame(); await frame()",
        &json!(figure),
    );
    page
}

/// Scrolls so that the upper edge of the element with this text is at this part of the window.
fn read(page: &Page, text: &str, part: f64) {
    page.run_with(
        "const [words, part] = given;
         const scene = figure.closest('.scene');
         const read = [...scene.querySelectorAll('h2, p, li')].find((one) => one.innerText.replace(/\\s+/g, ' ').includes(words));
         const go = () => scrollBy({ top: read.getBoundingClientRect().top - part * innerHeight, behavior: 'instant' });
         go(); await frame(); go(); await frame(); await frame()",
        &json!([text, part]),
    );
}

/// The part of the window's height that pictures of the figure cover.
const COVERED: &str = "[...figure.shadowRoot.querySelectorAll('.views > canvas')].reduce((sum, canvas) => {
    const { top, bottom } = canvas.getBoundingClientRect();
    return sum + Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
 }, 0) / innerHeight";

#[test]
fn a_figure_beside_its_text_stays_in_sight_and_its_links_do_not_move_the_page() {
    let page = with_window(1280, 720, "#fig-impact");
    for (words, part) in [("Why does one trader", 0.3), ("Some markets replace the book", 0.4), ("Try it", 0.6)] {
        read(&page, words, part);
        assert!(page.number(COVERED) > 0.3, "{words}: {}", page.number(COVERED));
        assert!(page.holds("figure.getBoundingClientRect().left > figure.closest('.scene').querySelector('p').getBoundingClientRect().right"));
    }
    page.run(
        "const eight = [...figure.closest('.scene').querySelectorAll('.set')].find((link) => link.innerText.includes('8'));
         eight.id = 'eight';
         eight.scrollIntoView({ block: 'center', behavior: 'instant' })",
    );
    let scrolled = page.get("scrollY");
    page.click("#eight");
    page.until("figure.params.shock === 8");
    assert_eq!(page.get("scrollY"), scrolled);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn on_a_phone_the_lowest_pictures_stay_above_the_text() {
    for (width, height) in [(390, 844), (320, 800)] {
        let page = with_window(width, height, "#fig-impact");
        read(&page, "Some markets replace the book", 0.7);
        let covered = page.number(COVERED);
        assert!(covered > 0.2 && covered < 0.6, "{width} px: {covered}");
        page.run("[...figure.closest('.scene').querySelectorAll('.set')].find((link) => link.innerText.includes('8')).id = 'eight'");
        read(&page, "Try it", 0.62);
        page.run("document.getElementById('eight').focus({ preventScroll: true })");
        page.press(Key::Enter, 1);
        page.until("figure.params.shock === 8");
        assert!(page.number(COVERED) > 0.2, "{width} px, after the link");
        assert!(page.holds("document.documentElement.scrollWidth <= innerWidth"), "{width} px");
    }
}

#[test]
fn text_sets_its_figure_once_when_it_is_read_and_leaves_a_readers_settings_alone() {
    let page = with_window(1280, 720, "#fig-impact");
    read(&page, "Why does one trader", 0.4);
    assert_eq!(page.number("figure.params.thinning"), 0.0);
    read(&page, "Real books can be worse", 0.4);
    page.until("figure.params.thinning === 0.3");
    page.run("figure.params = { shock: 5 }");
    read(&page, "Real books can be worse", 0.38);
    read(&page, "Some markets replace the book", 0.4);
    assert_eq!(page.get("[figure.params.thinning, figure.params.shock]"), json!([0.3, 5]), "no further step");
    read(&page, "The first sale,", 0.4);
    page.until("figure.params.thinning === 0 && figure.params.shock === 4");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_contents_list_every_part_and_dots_show_the_one_being_read() {
    let page = with_window(1280, 720, "#fig-opening");
    page.run("document.querySelector('.contents').scrollIntoView({ behavior: 'instant' })");
    page.until("/\\d+ minutes to read/.test(document.querySelector('.contents h2').innerText)");
    let missing =
        "[...document.querySelectorAll('.contents li a')].filter(({ hash }) => !document.querySelector(hash)).length";
    assert_eq!(page.number(missing), 0.0);
    let parts = page.number("document.querySelectorAll('main > section > h2, main > section > .scene > h2').length");
    assert!(parts > 12.0);
    assert_eq!(page.number("document.querySelectorAll('.contents li').length"), parts);
    assert_eq!(page.number("document.querySelectorAll('.dots a').length"), parts);
    page.click(".contents a[href='#ch-6']");
    page.until("document.querySelector('.dots [data-here]')?.hash === '#ch-6'");
    assert!(page.holds("document.querySelector('#ch-6').getBoundingClientRect().top < 5"));
    // Keyboards and screen readers have the list.
    assert!(page.holds("[...document.querySelectorAll('.dots a')].every((dot) => dot.tabIndex === -1)"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_article_ends_with_the_readers_own_run() {
    let page = with_window(1280, 900, "#fig-opening");
    page.run("figure.params = { bots: 60 }; document.querySelector('#ending').scrollIntoView({ behavior: 'instant' })");
    page.until("document.querySelector('#send img')?.naturalWidth === 1200");
    let fall = page.number("figure.summary.greatest_fall_percent");
    assert!(page.text("document.querySelector('#send').innerText").contains(&format!("{fall:.1}")));
    page.until("document.querySelector('#send-link').value.includes('bots=60')");
    let link = page.text("document.querySelector('#send-link').value");
    let digest = page.text("figure.summary.digest");
    page.run("Object.defineProperty(navigator, 'share', { value: undefined, configurable: true })");
    page.click("#send .show");
    page.until("document.querySelector('#send .verdict').innerText.includes('link is')");
    page.wait_for("open the link", page.client().goto(&link));
    page.until("document.querySelector('deleverage-lab[linked]').summary");
    assert_eq!(page.text("document.querySelector('deleverage-lab[linked]').summary.digest"), digest);
    assert_eq!(page.complaints(), [""; 0]);
}
