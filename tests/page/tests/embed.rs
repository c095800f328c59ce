//! A figure in somebody else's page, in a frame: it shows what its address asks for, tells its height, obeys the page
//! that it is in and nobody else, and tells only who has asked.

use page_tests::{Page, Value, json, server};

const FIGURE: &str = "#figure";

/// Somebody's page with frames: the query of each, and more attributes. Its style is hostile, and it keeps what it is
/// told in `told`.
fn host(page: &Page, frames: &[(&str, &str)]) {
    let origin = page.origin();
    let frame = |(query, more): &(&str, &str)| {
        format!("<iframe src='{origin}embed.html?{query}' width='100%' height='420' {more}></iframe>")
    };
    let frames = frames.iter().map(frame).collect::<Vec<_>>().concat();
    let html = format!(
        "<!doctype html><title>Somebody's page</title>
         <style>* {{ all: revert; font-size: 40px; direction: rtl; color: red }} iframe {{ border: 7px solid }}</style>
         <script>var told = []; addEventListener('message', (event) => told.push({{ origin: event.origin, ...event.data }}));</script>
         <script src='{origin}host.js'></script>
         <p>Before <input id='field' autofocus></p>{frames}<p style='height: 3000px'>After</p>"
    );
    let url = server::stranger(&html);
    page.wait_for("open somebody's page", page.client().goto(&url));
    page.look_at(FIGURE);
}

/// What follows is run in that frame.
fn inside(page: &Page, frame: u16) {
    outside(page);
    page.wait_for("enter the frame", page.client().enter_frame(frame));
    page.run("await customElements.whenDefined('deleverage-lab'); await lab.ready");
}

/// What follows is run in the host again.
fn outside(page: &Page) {
    page.wait_for("leave the frame", page.client().enter_parent_frame());
}

fn told(page: &Page, kind: &str) -> Vec<Value> {
    let told = page.get(&format!("told.filter(({{ type }}) => type === '{kind}')"));
    told.as_array().expect("messages").clone()
}

fn page() -> Page {
    Page::open_at("#fig-opening", "")
}

#[test]
fn a_frame_shows_what_its_address_asks_for_and_gets_the_height_that_it_needs() {
    let page = page();
    host(&page, &[("view=price&controls=bots&bots=20&theme=dark", "")]);
    page.until("told.some(({ type, height }) => type === 'height' && height > 300)");
    inside(&page, 0);
    assert_eq!(page.get("[lab.params.bots, $('canvas.price') !== null, $('canvas.sales')]"), json!([20, true, null]));
    assert_eq!(page.text("getComputedStyle($('.lab')).backgroundColor"), "rgb(22, 24, 26)");
    // The host's style does not reach in.
    assert_eq!(page.text("getComputedStyle($('.headline')).direction"), "ltr");
    page.until("document.documentElement.scrollHeight <= innerHeight");
    let needs = page.number("Math.ceil(document.body.getBoundingClientRect().height)");
    outside(&page);
    page.until(&format!("document.querySelector('iframe').clientHeight === {needs}"));
    // Neither the focus nor the place of the page is taken.
    assert_eq!(page.get("[document.activeElement.id, scrollY]"), json!(["field", 0]));
    assert!(told(&page, "change").is_empty() && told(&page, "ready").is_empty(), "nobody has asked");
}

#[test]
fn the_host_subscribes_sets_and_plays_and_a_bad_value_is_answered() {
    let page = page();
    host(&page, &[("view=price&controls=bots", "")]);
    let origin = page.origin();
    let say = |message: &str| {
        page.run(&format!("frames[0].postMessage({{ deleverage: 1, {message} }}, '{origin}')"));
    };
    inside(&page, 0);
    outside(&page);
    say("type: 'set', query: 'bots=20'");
    page.run("await new Promise((resolve) => setTimeout(resolve, 300))");
    assert!(told(&page, "change").is_empty(), "nobody has asked");
    say("type: 'subscribe'");
    page.until("told.some(({ type }) => type === 'ready')");
    assert_eq!(told(&page, "ready")[0]["query"], "bots=20");
    assert_eq!(told(&page, "ready")[0]["origin"], json!(origin.trim_end_matches('/')));
    say("type: 'set', query: 'bots=25&t=312'");
    page.until("told.some(({ type, query }) => type === 'change' && query === 'bots=25')");
    assert_eq!(told(&page, "change")[0]["summary"]["digest"].as_str().map(str::len), Some(16));
    say("type: 'set', query: 'bots=many&nonsense=1'");
    page.until("told.some(({ type, message }) => type === 'error' && message.includes('nonsense'))");
    say("type: 'play'");
    inside(&page, 0);
    page.until("second() > 299 && second() < 400");
    outside(&page);
    say("type: 'pause'");
    inside(&page, 0);
    page.until("$('.play').textContent === 'Play'");
    // What is no message of ours does nothing.
    outside(&page);
    page.run("for (const bad of [null, 1, 'set', { type: 'play' }, { deleverage: 2, type: 'play' }, { deleverage: 1, type: 'constructor' }]) frames[0].postMessage(bad, '*')");
    say("type: 'set', query: 7");
    inside(&page, 0);
    assert_eq!(page.text("$('.play').textContent"), "Play");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_frame_obeys_nobody_but_its_host() {
    let page = page();
    host(&page, &[("view=price&bots=20", ""), ("view=price&bots=30", "")]);
    inside(&page, 0);
    inside(&page, 1);
    page.run("parent.frames[0].postMessage({ deleverage: 1, type: 'set', query: 'bots=90' }, '*')");
    page.run("parent.frames[0].postMessage({ deleverage: 1, type: 'subscribe' }, '*')");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    inside(&page, 0);
    assert_eq!(page.get("lab.params.bots"), json!(20));
}

#[test]
fn without_an_origin_and_without_storage_it_works() {
    let page = page();
    host(&page, &[("view=price&controls=bots&bots=20", "sandbox='allow-scripts'")]);
    page.until("told.some(({ type, height, origin }) => type === 'height' && height > 300 && origin === 'null')");
    inside(&page, 0);
    page.run("lab.params = { bots: 50 }; await frame()");
    assert_eq!(page.get("[lab.params.bots, origin]"), json!([50, "null"]));
    outside(&page);
    page.until("document.querySelector('iframe').clientHeight !== 420");
}

#[test]
fn ten_frames_work_at_once_and_a_wheel_over_one_scrolls_the_host() {
    let page = page();
    host(&page, &[("view=price", ""); 10]);
    for frame in [0, 1, 9] {
        page.run(&format!("document.querySelectorAll('iframe')[{frame}].scrollIntoView({{ behavior: 'instant' }})"));
        inside(&page, frame);
        outside(&page);
    }
    page.run("scrollTo({ top: 0, behavior: 'instant' })");
    let wheel = json!({ "type": "mouseWheel", "x": 300, "y": 300, "deltaX": 0, "deltaY": 400 });
    page.devtools("Input.dispatchMouseEvent", &wheel);
    page.until("scrollY > 100");
    assert_eq!(page.complaints(), [""; 0]);
}
