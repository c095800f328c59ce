//! A figure in a frame on a third-party page: it shows the state of its address, reports its height, obeys messages of
//! its host only, and sends messages only to subscribers.

use std::fs;

use page_tests::server::{self, Scratch, WASM};
use page_tests::{Options, Page, json, place};

fn page() -> Page {
    Page::open_at("#fig-opening", "")
}

#[test]
fn a_frame_shows_the_state_of_its_address_at_the_height_it_needs() {
    let page = page();
    page.host(&[("view=price&controls=bots&bots=20&theme=dark", "")]);
    page.until("told.some(({ type }) => type === 'height')");
    assert!(page.messages("height").iter().all(|told| told["height"].as_f64() > Some(300.0)), "none before the figure");
    page.inside(0);
    assert_eq!(page.get("[lab.params.bots, $('canvas.price') !== null, $('canvas.sales')]"), json!([20, true, null]));
    assert_eq!(page.text("getComputedStyle($('.lab')).backgroundColor"), "rgb(22, 24, 26)");
    // The host's style does not apply inside.
    assert_eq!(page.text("getComputedStyle($('.headline')).direction"), "ltr");
    page.until("document.documentElement.scrollHeight <= innerHeight");
    let needs = page.number("Math.ceil(document.body.getBoundingClientRect().height)");
    page.outside();
    page.until(&format!("document.querySelector('iframe').clientHeight === {needs}"));
    // The frame changes neither the focus nor the scroll position of the page.
    assert_eq!(page.get("[document.activeElement.id, scrollY]"), json!(["field", 0]));
    assert!(
        page.messages("change").is_empty() && page.messages("ready").is_empty(),
        "no messages before a subscription"
    );
}

#[test]
fn a_frame_pushed_out_of_sight_while_it_loads_still_gets_its_height() {
    let scratch = Scratch::new();
    let slow = scratch.slow_file("slow.wasm");
    let page = Page::start(server::as_built().with_extra(&place::address(WASM), &slow), Options::default());
    page.host(&[("view=market", "")]);
    page.wait_for("enter the frame", page.client().enter_frame(0));
    page.until("!!document.querySelector('#figure')");
    // The figure starts because it is in sight.
    page.run("await customElements.whenDefined('deleverage-lab'); await frame()");
    page.outside();
    page.run("document.querySelector('iframe').style.cssText = 'display: block; margin-top: 3000px'; await frame()");
    assert!(page.messages("height").is_empty(), "there is no figure yet");
    fs::write(&slow, server::wasm()).expect("the frame reads the pipe");
    page.until("document.querySelector('iframe').clientHeight > 300");
    assert_eq!(page.get("scrollY"), json!(0));
}

#[test]
fn the_host_can_subscribe_set_and_play_and_bad_values_get_an_answer() {
    let page = page();
    page.host(&[("view=price&controls=bots", "")]);
    let origin = page.origin();
    let say = |message: &str| {
        page.run(&format!("frames[0].postMessage({{ deleverage: 1, {message} }}, '{origin}')"));
    };
    page.inside(0);
    page.outside();
    say("type: 'set', query: 'bots=20'");
    page.inside(0);
    page.until("lab.query === 'bots=20'");
    page.outside();
    assert!(page.messages("change").is_empty(), "no messages before a subscription");
    say("type: 'subscribe'");
    page.until("told.some(({ type }) => type === 'ready')");
    assert_eq!(page.messages("ready")[0]["query"], "bots=20");
    assert_eq!(page.messages("ready")[0]["origin"], json!(origin.trim_end_matches('/')));
    say("type: 'set', query: 'bots=25&t=312'");
    page.until("told.some(({ type, query }) => type === 'change' && query === 'bots=25')");
    assert_eq!(page.messages("change")[0]["summary"]["digest"].as_str().map(str::len), Some(16));
    say("type: 'set', query: 'bots=many&nonsense=1'");
    page.until("told.some(({ type, message }) => type === 'error' && message.includes('nonsense'))");
    // Without its texts, so that the picture is in view.
    say("type: 'set', query: 'bots=25'");
    say("type: 'play'");
    page.inside(0);
    page.until("second() > 299 && second() < 400");
    page.outside();
    say("type: 'pause'");
    page.inside(0);
    page.until("$('.play').textContent === 'Play'");
    // Unknown messages have no effect.
    page.outside();
    page.run("for (const bad of [null, 1, 'set', { type: 'play' }, { deleverage: 2, type: 'play' }, { deleverage: 1, type: 'constructor' }]) frames[0].postMessage(bad, '*')");
    say("type: 'set', query: 7");
    page.inside(0);
    assert_eq!(page.text("$('.play').textContent"), "Play");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_second_outside_the_span_is_shown_and_one_beyond_the_end_is_reported() {
    let page = page();
    page.host(&[("view=price&t=3000", "")]);
    page.until("told.some(({ type }) => type === 'height')");
    page.inside(0);
    assert_eq!(page.number("second()"), 3000.0);
    page.outside();
    let origin = page.origin();
    let set = |query: &str| {
        page.run(&format!("frames[0].postMessage({{ deleverage: 1, type: 'set', query: '{query}' }}, '{origin}')"));
    };
    page.run(&format!("frames[0].postMessage({{ deleverage: 1, type: 'subscribe' }}, '{origin}')"));
    set("t=310");
    page.inside(0);
    page.until("second() === 310");
    page.outside();
    set("t=999999");
    page.until(
        "told.some(({ type, message }) => type === 'error' && message.includes('t is 999999, but the run ends at '))",
    );
    page.inside(0);
    page.run("lab.setAttribute('t', '2000')");
    page.until("second() === 2000");
    page.run("lab.setAttribute('t', 'abc')");
    page.until("text('.notice').includes('t is \"abc\", but must be a whole number')");
    page.run("lab.setAttribute('t', '900000')");
    page.until("text('.notice').includes('t is 900000, but the run ends at ')");
}

#[test]
fn problems_of_an_address_are_reported_once() {
    let page = page();
    page.host(&[]);
    let origin = page.origin();
    // A host may send messages before the figure is ready.
    page.run(&format!(
        "const made = Object.assign(document.createElement('iframe'), {{ src: '{origin}embed.html?view=price&bots=many&theme=blue&t=900000' }});
         made.width = '100%';
         document.body.prepend(made);
         setInterval(() => made.contentWindow.postMessage({{ deleverage: 1, type: 'subscribe' }}, '*'), 5);"
    ));
    page.until("told.some(({ type }) => type === 'ready')");
    let told = page.messages("error");
    assert_eq!(told.len(), 1, "{told:?}");
    let words = told[0]["message"].as_str().expect("words");
    for problem in ["many", "theme is \"blue\"", "t is 900000, but the run ends at "] {
        assert!(words.contains(problem), "{words}");
    }
    page.inside(0);
    page.until(
        "text('.notice').endsWith('The page uses the nearest value that is allowed, or the default if there is none.')",
    );
}

#[test]
fn a_failed_figure_is_reported_once_to_early_and_late_subscribers() {
    let scratch = Scratch::new();
    let nowhere = scratch.path().join("nowhere.wasm");
    let page = Page::start(server::as_built().with_extra(&place::address(WASM), nowhere), Options::default());
    let subscribe = "frames[0].postMessage({ deleverage: 1, type: 'subscribe' }, '*')";
    for late in [true, false] {
        page.host(&[("view=market", "")]);
        if late {
            page.wait_for("enter the frame", page.client().enter_frame(0));
            page.until("!!document.querySelector('.still-note')");
            page.outside();
            page.run(subscribe);
        } else {
            page.run(&format!("setInterval(() => {subscribe}, 5)"));
        }
        page.until("told.some(({ type }) => type === 'error')");
        page.run(&format!("{subscribe}; await new Promise((resolve) => setTimeout(resolve, 300))"));
        let told = page.messages("error");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0]["message"].as_str().is_some_and(|words| words.contains("could not be loaded")), "{told:?}");
        page.until("told.some(({ type }) => type === 'height')");
    }
    assert!(page.complaints().iter().all(|words| !words.contains("Uncaught")), "the error is reported, and not thrown");
}

#[test]
fn of_many_messages_the_last_applies() {
    let page = page();
    page.host(&[("view=price&controls=bots", "")]);
    let origin = page.origin();
    page.run(&format!("frames[0].postMessage({{ deleverage: 1, type: 'subscribe' }}, '{origin}')"));
    page.until("told.some(({ type }) => type === 'ready')");
    page.run(&format!(
        "for (let i = 0; i < 3000; i += 1) frames[0].postMessage({{ deleverage: 1, type: 'set', query: `bots=${{10 + (i % 7)}}&seed=${{i}}` }}, '{origin}')"
    ));
    page.until("told.some(({ type, query }) => type === 'change' && query === 'bots=13&seed=2999')");
    let runs = page.messages("change").len();
    assert!(runs < 300, "{runs} runs for 3000 messages");
}

#[test]
fn the_script_of_the_host_may_load_after_the_frame() {
    let page = page();
    let origin = page.origin();
    let html = format!(
        "<!doctype html><iframe src='{origin}embed.html?view=price&controls=bots' width=320 height=200></iframe>"
    );
    page.wait_for("open a third-party page", page.client().goto(&server::stranger(&html)));
    page.look_at("#figure");
    page.inside(0);
    page.outside();
    assert_eq!(page.number("document.querySelector('iframe').clientHeight"), 200.0);
    page.run(&format!(
        "document.head.append(Object.assign(document.createElement('script'), {{ src: '{origin}host.js' }}))"
    ));
    // A frame that is high enough has no scroll bar, is therefore wider, and may need less height.
    page.until("document.querySelector('iframe').clientHeight > 200");
    page.inside(0);
    page.until(
        "document.documentElement.scrollHeight <= innerHeight
         && Math.ceil(document.body.getBoundingClientRect().height) === innerHeight",
    );
}

#[test]
fn a_frame_obeys_only_its_host() {
    let page = page();
    page.host(&[("view=price&bots=20", ""), ("view=price&bots=30", "")]);
    page.inside(0);
    page.inside(1);
    page.run("parent.frames[0].postMessage({ deleverage: 1, type: 'set', query: 'bots=90' }, '*')");
    page.run("parent.frames[0].postMessage({ deleverage: 1, type: 'subscribe' }, '*')");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    page.inside(0);
    assert_eq!(page.get("lab.params.bots"), json!(20));
}

#[test]
fn a_frame_works_without_origin_and_storage() {
    let page = page();
    page.host(&[("view=price&controls=bots&bots=20", "sandbox='allow-scripts'")]);
    page.until("told.some(({ type, height, origin }) => type === 'height' && height > 300 && origin === 'null')");
    page.inside(0);
    page.run("lab.params = { bots: 50 }; await frame()");
    assert_eq!(page.get("[lab.params.bots, origin]"), json!([50, "null"]));
    page.outside();
    page.until("document.querySelector('iframe').clientHeight !== 420");
}

#[test]
fn ten_frames_work_and_the_wheel_over_one_scrolls_the_host() {
    let page = page();
    page.host(&[("view=price", ""); 10]);
    for frame in [0, 1, 9] {
        page.run(&format!("document.querySelectorAll('iframe')[{frame}].scrollIntoView({{ behavior: 'instant' }})"));
        page.inside(frame);
        page.outside();
    }
    page.run("scrollTo({ top: 0, behavior: 'instant' })");
    let wheel = json!({ "type": "mouseWheel", "x": 300, "y": 300, "deltaX": 0, "deltaY": 400 });
    page.devtools("Input.dispatchMouseEvent", &wheel);
    page.until("scrollY > 100");
    assert_eq!(page.complaints(), [""; 0]);
}
