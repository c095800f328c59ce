//! The published page of figures under hard conditions: figures leave input to the page around them, and look and work
//! right whatever that page does. Tests of a single element or frame are in `author.rs`, `embed.rs` and `package.rs`;
//! this file tests many at once, and the page itself.

use std::thread;
use std::time::Duration;

use page_tests::input::Pointer;
use page_tests::server;
use page_tests::{FIGURE, Key, Options, Page, Value, json};

/// Ids of the page's frames, in order.
const FRAMES: [&str; 6] = ["playing-frame", "reverted-frame", "arabic", "small-frame", "strict", "sandboxed"];

/// The page, with scripts of the test looking at this element.
fn open(element: &'static str) -> Page {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at(element);
    page.load("embeds.html");
    page.run("await customElements.whenDefined('deleverage-lab')");
    page
}

/// Scrolls through the whole page and back to the top.
fn read_through(page: &Page) {
    page.run(
        "for (const one of document.querySelectorAll('deleverage-lab, iframe')) {
           one.scrollIntoView({ behavior: 'instant', block: 'center' });
           await (one.ready ?? frame());
         }
         scrollTo({ top: 0, behavior: 'instant' });",
    );
}

/// Enters this frame of the page; `lab` is its figure.
fn inside(page: &Page, name: &str) {
    let at = FRAMES.iter().position(|frame| *frame == name).expect("a frame of the page");
    page.run_with(
        "document.getElementById(given).scrollIntoView({ behavior: 'instant', block: 'center' })",
        &json!(name),
    );
    page.look_at(FIGURE);
    let at = u16::try_from(at).expect("few");
    if name == "strict" {
        page.wait_for("enter the strict page", page.client().enter_frame(at));
        page.wait_for("enter its frame", page.client().enter_frame(0));
        page.until("!!document.querySelector('#figure')");
        page.run("await lab.ready");
    } else {
        page.inside(at);
    }
}

fn outside(page: &Page, element: &'static str) {
    page.outside();
    page.look_at(element);
}

/// State of the figure that would change if it took input meant for the page.
const KEPT: &str = "[lab.params.bots, second(), $('#slider-bots').value]";

#[test]
fn an_inactive_figure_takes_no_focus_wheel_touch_or_keys() {
    let page = open("#plain");
    page.run("await lab.ready");
    read_through(&page);
    for frame in FRAMES {
        inside(&page, frame);
        if frame == "strict" {
            page.outside();
        }
        outside(&page, "#plain");
    }
    page.run("scrollTo({ top: 0, behavior: 'instant' })");
    assert_eq!(page.text("document.activeElement.tagName"), "BODY", "nothing has taken the focus");

    let before = page.get(KEPT);
    for selector in ["#slider-bots", ".cursor", "canvas.price"] {
        let middle = page.run_with(
            "$(given).scrollIntoView({ behavior: 'instant', block: 'center' });
             await frame();
             const { x, y, width, height } = $(given).getBoundingClientRect();
             return [x + width / 2, y + height / 2, scrollY]",
            &json!(selector),
        );
        let wheel = json!({ "type": "mouseWheel", "x": middle[0], "y": middle[1], "deltaX": 0, "deltaY": 150 });
        page.devtools("Input.dispatchMouseEvent", &wheel);
        page.until(&format!("scrollY > {} + 100", middle[2]));
        if selector == "canvas.price" {
            page.run_with("scrollTo({ top: given, behavior: 'instant' }); await frame()", &middle[2]);
            swipe(&page, [0, 1].map(|at| middle[at].as_f64().expect("a place")));
            page.until(&format!("scrollY > {} + 100", middle[2]));
        }
        assert_eq!(page.get(KEPT), before, "{selector} has taken nothing");
    }

    page.run("scrollTo({ top: 0, behavior: 'instant' }); await frame()");
    page.press(Key::Down, 3);
    page.until("scrollY > 60");
    assert_eq!(page.get(KEPT), before, "arrow keys are the page's");

    // Activated, and then left again.
    page.click("#slider-bots");
    page.run("await frame()");
    let (bots, place) = (page.number("lab.params.bots"), page.number("scrollY"));
    page.press(Key::Up, 2);
    page.until(&format!("lab.params.bots === {}", bots + 2.0));
    assert_eq!(page.number("scrollY"), place, "arrow keys are the slider's");
    let tabs = (1..10).find(|_| {
        page.press(Key::Tab, 1);
        !page.holds("root.contains(focused())")
    });
    assert!(tabs.is_some(), "Tab leaves the figure");
    assert_eq!(page.complaints(), [""; 0]);
}

/// Swipes upwards from this point.
fn swipe(page: &Page, [x, y]: [f64; 2]) {
    let touch = |kind: &str, points: Value| {
        page.devtools("Input.dispatchTouchEvent", &json!({ "type": kind, "touchPoints": points }));
    };
    touch("touchStart", json!([{ "x": x, "y": y }]));
    for step in 1..=10 {
        touch("touchMove", json!([{ "x": x, "y": y - 20.0 * f64::from(step) }]));
    }
    touch("touchEnd", json!([]));
}

#[test]
fn figures_look_and_work_right_in_every_environment() {
    let page = open("#plain");
    for width in [1280, 320] {
        page.screen(width, 900, 1.0);
        read_through(&page);
        assert!(page.holds("document.documentElement.scrollWidth <= innerWidth"), "{width}: nothing is wider");
        under_a_hostile_style_sheet(&page);
        in_tiny_boxes(&page);
        zoomed(&page);
        from_right_to_left(&page);
        in_frames(&page);
    }
    assert_eq!(page.complaints(), [""; 0]);
    the_strict_page_is_strict(&page);
}

fn under_a_hostile_style_sheet(page: &Page) {
    page.look_at("#reverted");
    let style = "(() => { const of = (what) => getComputedStyle(what); const { fontSize, letterSpacing, textTransform,
         textAlign, textIndent, wordSpacing, color } = of($('.headline')); return [fontSize, letterSpacing, textTransform,
         textAlign, textIndent, wordSpacing, color, of($('.name')).fontSize, of($('.main')).gridTemplateColumns.split(' ').length] })()";
    let reverted = page.get(style);
    page.look_at("#plain");
    assert_eq!(reverted, page.get(style));
    page.look_at("#reverted");
    assert_eq!(
        page.text("getComputedStyle(document.querySelector('.hostile p')).letterSpacing"),
        "8px",
        "it is hostile"
    );
    // As wide as the box, and stacked.
    let apart = page.get(
        "(() => {
           const box = (element) => element.getBoundingClientRect();
           const around = document.querySelector('.hostile');
           const { paddingLeft, paddingRight } = getComputedStyle(around);
           const room = around.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
           const parts = ['.main', '.headline', '.transport', '.views'].map((name) => box($(name))).sort((a, b) => a.top - b.top);
           const over = parts.slice(1).filter(({ top }, before) => top < parts[before].bottom - 0.5).length;
           const wide = [...root.querySelectorAll('.lab *:not(.unseen)')].filter((one) => box(one).right > box($('.lab')).right + 0.5);
           return [Math.round(box($('.lab')).width - room), over, wide.map(({ className }) => className)];
         })()",
    );
    assert_eq!(apart, json!([0, 0, []]));
    assert!(page.holds("$('canvas.price').height > 150 && $('canvas.price').height < 500"));
}

fn in_tiny_boxes(page: &Page) {
    page.look_at("#small");
    assert!(page.holds("[...document.querySelectorAll('.tiny')].every((box) => box.scrollWidth <= box.clientWidth)"));
    let whole = "[...root.querySelectorAll('button, input')].every((one) => {
        const { left, right, height } = one.getBoundingClientRect();
        const box = root.host.parentElement.getBoundingClientRect();
        return left >= box.left && right <= box.right && height >= 24;
    })";
    assert!(page.holds(whole));
}

/// The canvas has one pixel per screen pixel, and its time axis matches the slider below it.
fn zoomed(page: &Page) {
    for (element, zoom) in [("#larger", 1.5), ("#smaller", 0.75)] {
        page.look_at(element);
        page.run("lab.scrollIntoView({ behavior: 'instant' }); await frame()");
        assert!(page.holds("Math.abs($('canvas.price').width - $('canvas.price').getBoundingClientRect().width) < 1"));
        // The middle of the first quarter of the slider, whose ends are half a thumb of 16 px further in.
        let at = page.run_with(
            "const [plot, cursor] = [$('canvas.price'), $('.cursor')].map((one) => one.getBoundingClientRect());
             const thumb = 8 * given;
             const x = cursor.left + thumb + (cursor.width - 2 * thumb) / 8;
             return (x - plot.left) / plot.width",
            &json!(zoom),
        );
        let at = [at.as_f64().expect("a fraction"), 0.5];
        page.drag(Pointer::Mouse, "canvas.price", at, at);
        // Tolerance: a pixel and a half, and the rounding to a second.
        let off = page.run(
            "const { min, max, clientWidth } = $('.cursor');
             const [from, length] = [Number(min), max - min];
             return [second() - from - length / 8, 0.5 + (1.5 * length) / clientWidth]",
        );
        let [off, least] = [0, 1].map(|at| off[at].as_f64().expect("a number"));
        assert!(off.abs() <= least, "{element}: {off} s beside the pointer");
    }
}

fn from_right_to_left(page: &Page) {
    page.look_at("#turned");
    assert_eq!(page.get("[getComputedStyle(root.host.parentElement).direction, $('.lab').dir]"), json!(["rtl", "ltr"]));
    let names_first =
        "$('.name').firstElementChild.getBoundingClientRect().left < $('.value').getBoundingClientRect().left";
    assert!(page.holds(names_first));
    inside(page, "arabic");
    assert_eq!(page.get("[$('.lab').dir, $('.lab').lang, $('.cursor').dir]"), json!(["rtl", "ar", "ltr"]));
    assert!(!page.holds(names_first));
    outside(page, "#plain");
}

/// Every frame has a working figure, the height it needs if a script can set it, and no horizontal scroll bar.
fn in_frames(page: &Page) {
    for frame in FRAMES {
        inside(page, frame);
        let digest = page.text("lab.summary.digest");
        page.run("lab.params = { bots: 62 }");
        page.until("lab.query.includes('bots=62')");
        assert_ne!(page.text("lab.summary.digest"), digest, "{frame}");
        page.run("lab.params = { bots: 45 }; await frame()");
        assert_eq!(page.text("lab.summary.digest"), digest, "{frame}");
        assert!(page.holds("document.documentElement.scrollWidth <= innerWidth"), "{frame} is no wider");
        if frame == "sandboxed" {
            let storage = "(() => { try { return !!localStorage } catch ({ name }) { return name } })()";
            assert_eq!(page.get(&format!("[origin, {storage}]")), json!(["null", "SecurityError"]));
        }
        if frame == "strict" {
            page.outside();
        } else {
            page.until("document.documentElement.scrollHeight <= innerHeight");
            page.until("Math.ceil(document.body.getBoundingClientRect().height) === innerHeight");
        }
        outside(page, "#plain");
    }
    assert_eq!(page.text("document.getElementById('strict').height"), "640");
    assert!(page.holds("!document.getElementById('strict').style.height"));
}

/// The strict page loads nothing, not even a style sheet of the site, which its host may load.
fn the_strict_page_is_strict(page: &Page) {
    let at = FRAMES.iter().position(|frame| *frame == "strict").expect("a frame of the page");
    page.wait_for("enter the strict page", page.client().enter_frame(u16::try_from(at).expect("few")));
    let ran = page.run(
        "const style = document.createElement('link');
         style.rel = 'stylesheet';
         style.href = document.defaultView.parent.document.querySelector('link[rel=stylesheet]').href;
         const end = new Promise((resolve) => (style.onload = style.onerror = ({ type }) => resolve(type)));
         document.head.append(style);
         return end",
    );
    assert_eq!(ran, json!("error"));
    page.outside();
}

#[test]
fn figures_share_a_simulator_and_stay_independent() {
    let page = open("#plain");
    read_through(&page);
    let all = "[...document.querySelectorAll('deleverage-lab')]";
    assert!(page.number(&format!("{all}.length")) >= 15.0);
    assert!(page.holds(&format!("{all}.every((one) => one.exports && one.exports === lab.exports)")));
    let wasm = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length";
    assert_eq!(page.number(wasm), 1.0, "loaded once");
    let ten = "[...document.querySelectorAll('.ten deleverage-lab')].map(({ summary }) => summary.digest)";
    let before = page.get(ten);
    assert_eq!(page.number(&format!("new Set({ten}).size")), 10.0);
    page.run("document.querySelectorAll('.ten deleverage-lab')[4].params = { bots: 46 }; await frame()");
    let after = page.get(ten);
    let moved = |at: usize| before[at] != after[at];
    assert_eq!((0..10).filter(|at| moved(*at)).collect::<Vec<_>>(), [4]);
}

/// Time out of view.
const AWAY: Duration = Duration::from_millis(1500);

#[test]
fn playing_pauses_out_of_sight_and_in_a_hidden_tab() {
    let page = open("#playing");
    let plays = "second() > 299 && $('.play').textContent === 'Pause'";
    page.run("lab.scrollIntoView({ behavior: 'instant', block: 'center' }); await lab.ready");
    page.until(plays);
    // From the first sale again, so that most of the slow minute is left; it may advance by at most two frames at once.
    page.run(
        "globalThis.shown = [];
         document.addEventListener('visibilitychange', async () => {
           const now = [document.visibilityState, second()];
           if (now[0] === 'visible') for (const _ of '12') await new Promise(requestAnimationFrame);
           shown.push([...now, second()]);
         });
         $('.sale').click()",
    );
    let own = page.wait_for("name the tab", page.client().window());
    let other = page.wait_for("open a tab", page.client().new_window(true));
    page.wait_for("go there", page.client().switch_to_window(other.handle));
    thread::sleep(AWAY);
    page.wait_for("close it", page.client().close_window());
    page.wait_for("come back", page.client().switch_to_window(own));
    page.until("shown.length === 2");
    let seen = page.get("shown.flat()");
    assert_eq!((&seen[0], &seen[3]), (&json!("hidden"), &json!("visible")));
    // Without waiting, it would have advanced by seven seconds.
    let [hidden, shown, now] = [1, 4, 5].map(|at| seen[at].as_f64().expect("a second"));
    assert!(shown - hidden <= 1.0 && now - hidden <= 4.0, "{seen}");
    page.until(&format!("second() > {now}"));

    // The same in a frame, which does not know its position on the page.
    inside(&page, "playing-frame");
    page.until(plays);
    outside(&page, "#playing");
    page.run("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }); await frame()");
    thread::sleep(AWAY / 3);
    page.look_at(FIGURE);
    page.wait_for("enter the frame", page.client().enter_frame(0));
    let left = page.number("second()");
    thread::sleep(AWAY);
    assert_eq!(page.number("second()"), left, "playing pauses out of sight");
    outside(&page, "#playing");
    inside(&page, "playing-frame");
    page.until(&format!("second() > {left}"));
    outside(&page, "#playing");
    assert_eq!(page.complaints(), [""; 0]);
}
