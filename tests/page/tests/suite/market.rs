//! The opening figure: the market in one picture, which plays once by itself and does not reveal the outcome before.

use page_tests::{Key, OPENING, Options, Page, json, server};

/// The opening figure as a visitor first sees it.
fn opening() -> Page {
    Page::open_at(OPENING, "")
}

/// The second of the lowest price.
const LOW: &str = "300 + lab.summary.trough_s";

/// Waits until it has played to the low.
fn see_it_out(page: &Page) {
    page.until(&format!("second() >= {LOW} && text('.play') === 'Play'"));
}

#[test]
fn the_opening_plays_once_to_the_low_and_stops() {
    let page = opening();
    let began = page.number("performance.now()");
    page.until("text('.play') === 'Pause' && second() > 300");
    see_it_out(&page);
    let took = page.number("performance.now()") - began;
    assert!(took < 14_000.0, "to the low within about ten seconds: {took} ms");
    let end = page.number("second()");
    assert!(end - page.number(LOW) <= 3.0, "it stops at the low: {end}");
    assert_eq!(page.number("(await frame(), await frame(), second())"), end);
    // Scrolling away and back does not start it again.
    page.go_to("#fig-days");
    page.look_at(OPENING);
    page.run("document.querySelector('#fig-opening').scrollIntoView({ behavior: 'instant' }); await frame()");
    assert!(page.holds("text('.play') === 'Play'"));
}

#[test]
fn the_outcome_is_not_revealed_before_it_is_seen() {
    let page = opening();
    let before = page.text("text('.headline')");
    assert!(!before.contains('%'), "{before}");
    assert!(page.number("second()") < 330.0);
    assert!(!page.text("$('canvas.market').getAttribute('aria-label') ?? ''").contains("peak"));
    see_it_out(&page);
    page.until("text('.headline').includes('17.6%')");
}

#[test]
fn a_drag_shows_the_outcome_and_the_previous_run_on_fixed_scales() {
    let page = opening();
    see_it_out(&page);
    page.run("await lab.ready; await frame()");
    // At the end of the span, with the outcome.
    page.focus("#slider-bots");
    page.run("$('#slider-bots').dispatchEvent(new Event('input')); await frame(); await frame()");
    assert!(page.holds("second() === Number($('.cursor').max)"), "the whole outcome");
    let held = page.get("pixels('market')");
    // While the slider is held, the scales stay fixed, however deep the fall.
    let with = |bots: u32| {
        page.run_with(
            "const slider = $('#slider-bots'); slider.value = given; slider.dispatchEvent(new Event('input')); await frame(); await frame()",
            &json!(bots),
        );
    };
    with(100);
    assert!(page.number("lab.summary.greatest_fall_percent") > 25.0);
    let deep = page.get("pixels('market')");
    with(45);
    assert_eq!(page.get("pixels('market')"), held, "back at the same value it is the same picture");
    with(100);
    assert_eq!(page.get("pixels('market')"), deep);
    // On release, they adapt to the run.
    page.run("$('#slider-bots').dispatchEvent(new Event('change'))");
    page.until(&format!("pixels('market') !== {deep}"));
    page.run("for (let i = 0; i < 20; i++) await frame()");
    let settled = page.get("pixels('market')");
    assert_eq!(page.get("(await frame(), await frame(), pixels('market'))"), settled, "the scales settle");
}

#[test]
fn a_key_on_a_slider_shows_the_outcome_too() {
    let page = opening();
    page.focus("#slider-bots");
    page.press(Key::Left, 10);
    page.until("lab.params.bots === 35 && text('.play') === 'Play' && second() === Number($('.cursor').max)");
    page.until("text('.headline').includes('%')");
}

#[test]
fn the_opening_can_be_replayed_slowed_down_and_played_to_the_end() {
    let page = opening();
    see_it_out(&page);
    page.click(".slow");
    assert!(page.holds("$('.slow').ariaPressed === 'true'"));
    page.click(".sale");
    page.until("second() >= 299 && second() < 330");
    let rate = page.number("await (async () => { const [from, at] = [second(), performance.now()]; await new Promise((then) => setTimeout(then, 3000)); return ((second() - from) / (performance.now() - at)) * 1000; })()");
    assert!(rate < 2.5, "{rate} seconds of the run in a second");
    page.click(".slow");
    page.click(".whole");
    page.until("second() > 1000");
    page.until("text('.play') === 'Play'");
    assert_eq!(page.number("second()"), 7200.0);
}

#[test]
fn reduced_motion_gives_a_still_picture_and_steps() {
    let page = Page::start(server::as_built(), Options::default());
    page.prefer(&[("prefers-reduced-motion", "reduce")]);
    page.look_at(OPENING);
    page.visit("");
    page.run("for (let i = 0; i < 10; i++) await frame()");
    let at = page.number("second()");
    assert!(at > 305.0 && at < page.number(LOW), "in the middle of the fall: {at}");
    assert!(page.holds("text('.play') === 'Play'"));
    page.click(".step");
    page.until(&format!("second() === {}", at + 1.0));
    // Only a step changes the picture, and at once.
    let still = page.get("(await frame(), await frame(), pixels('market'))");
    assert_eq!(page.get("(await frame(), await frame(), pixels('market'))"), still);
}

#[test]
fn sliders_picture_and_result_fit_a_small_screen() {
    for (width, height) in [(1280, 720), (390, 844)] {
        let page = Page::start(server::as_built(), Options::default());
        page.screen(width, height, 1.0);
        page.look_at(OPENING);
        page.visit("");
        see_it_out(&page);
        page.run("scrollTo({ top: 0, behavior: 'instant' }); await frame(); await frame()");
        for part in ["#slider-bots", "#slider-leverage", "canvas.market", ".headline", ".sale", ".cursor"] {
            let foot = page.number(&format!("$('{part}').getBoundingClientRect().bottom"));
            assert!(foot > 0.0 && foot <= f64::from(height), "{part} ends at {foot} of {width} x {height}");
        }
    }
}

#[test]
fn a_run_beyond_the_light_simulator_loads_the_full_one() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at("#figure");
    page.visit("embed.html");
    let wasm = |name: &str| {
        page.number(&format!(
            "performance.getEntriesByType('resource').filter(({{ name }}) => name.endsWith('{name}')).length"
        ))
    };
    assert_eq!(wasm("full_bg.wasm"), 0.0);
    page.run("lab.params = { breaker_fall: 3 }");
    page.until("lab.params.breaker_fall === 3 && lab.summary.halts > 0");
    assert_eq!(wasm("full_bg.wasm"), 1.0);
    page.run("lab.params = { breaker_fall: 0, insurance: 1 }");
    page.until("lab.summary.fund_paid_bn !== null && lab.params.breaker_fall === 0");
    assert_eq!(page.text("text('.notice')"), "");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_frame_that_names_no_view_shows_the_market_and_waits() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at("#figure");
    page.visit("embed.html?bots=50");
    assert!(page.holds("seen($('canvas.market')) && seen($('#slider-bots')) && seen($('#slider-leverage'))"));
    assert_eq!(page.number("lab.params.bots"), 50.0);
    page.run("for (let i = 0; i < 10; i++) await frame()");
    assert!(page.holds("text('.play') === 'Play' && text('.headline').includes('%')"), "it shows the outcome");
}
