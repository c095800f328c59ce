//! Random input: mouse, wheel, touch and keys, through the browser, and changes of the window.

use std::thread;
use std::time::Duration;

use page_tests::held::Draws;
use page_tests::{Page, Value, json};

/// Keys and their codes in the browser.
const KEYS: &[(&str, u32)] = &[
    ("Tab", 9),
    ("Tab", 9),
    ("Enter", 13),
    (" ", 32),
    ("Escape", 27),
    ("ArrowLeft", 37),
    ("ArrowUp", 38),
    ("ArrowRight", 39),
    ("ArrowDown", 40),
    ("Home", 36),
    ("End", 35),
    ("PageUp", 33),
    ("PageDown", 34),
    ("Delete", 46),
];

/// Does one random action.
pub fn act(page: &Page, draws: &mut Draws) {
    match draws.below(12) {
        0..=2 => mouse(page, draws),
        3 => wheel(page, draws),
        4 | 5 => fingers(page, draws),
        6..=8 => keys(page, draws),
        9 => window(page, draws),
        10 => preferences(page, draws),
        _ => away(page),
    }
}

fn place(page: &Page, draws: &mut Draws) -> [f64; 2] {
    // Often on an interactive element.
    let at = page.run_with(
        "const all = [...(root ?? document).querySelectorAll('button, input, summary, canvas, select, a, textarea')].filter(seen);
         const element = all[Math.floor(given[0] * all.length)];
         if (!element || given[1] < 0.3) return [given[2] * innerWidth, given[3] * innerHeight];
         element.scrollIntoView({ behavior: 'instant', block: 'nearest' });
         const { left, top, width, height } = element.getBoundingClientRect();
         return [left + given[2] * width, top + given[3] * height]",
        &json!([draws.share() * 0.999, draws.share(), draws.share(), draws.share()]),
    );
    [0, 1].map(|i| at[i].as_f64().unwrap_or(0.0).round().max(0.0))
}

fn mouse(page: &Page, draws: &mut Draws) {
    let [x, y] = place(page, draws);
    let event = |kind: &str, [x, y]: [f64; 2]| {
        let buttons = u32::from(kind != "mouseReleased");
        let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
        page.devtools("Input.dispatchMouseEvent", &event);
    };
    event("mousePressed", [x, y]);
    if draws.below(2) == 0 {
        let [dx, dy] = [0, 1].map(|_| 300.0 * draws.share() - 150.0);
        for step in 1..=4 {
            event("mouseMoved", [x + dx * f64::from(step) / 4.0, y + dy * f64::from(step) / 4.0].map(|at| at.max(0.0)));
        }
        event("mouseReleased", [x + dx, y + dy].map(|at| at.max(0.0)));
    } else {
        event("mouseReleased", [x, y]);
    }
}

fn wheel(page: &Page, draws: &mut Draws) {
    let [x, y] = place(page, draws);
    let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": 1600.0 * draws.share() - 800.0 });
    page.devtools("Input.dispatchMouseEvent", &event);
}

fn fingers(page: &Page, draws: &mut Draws) {
    let [x, y] = place(page, draws);
    let more = draws.below(4) == 0;
    let touch = |kind: &str, at: &[[f64; 2]]| {
        let points: Vec<Value> =
            at.iter().enumerate().map(|(id, [x, y])| json!({ "x": x, "y": y, "id": id })).collect();
        page.devtools("Input.dispatchTouchEvent", &json!({ "type": kind, "touchPoints": points }));
    };
    let [dx, dy] = [0, 1].map(|_| 40.0 * draws.share() - 20.0);
    let at = |step: f64| {
        let first = [x + dx * step, y + dy * step].map(|at| at.max(0.0));
        if more { vec![first, [first[0] + 30.0, first[1] + 5.0]] } else { vec![first] }
    };
    touch("touchStart", &at(0.0));
    for step in 0..draws.below(6) {
        touch("touchMove", &at(step as f64));
    }
    touch(if draws.below(5) == 0 { "touchCancel" } else { "touchEnd" }, &[]);
}

fn keys(page: &Page, draws: &mut Draws) {
    for _ in 0..=draws.below(6) {
        let (key, code) = if draws.below(5) == 0 {
            let digit = *draws.of(&['0', '7', 'e', '-', '.']);
            (digit.to_string(), u32::from(digit.to_ascii_uppercase()))
        } else {
            let (key, code) = draws.of(KEYS);
            ((*key).to_owned(), *code)
        };
        let shift = if draws.below(6) == 0 { 8 } else { 0 };
        let event = |kind: &str| {
            let mut event = json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code, "modifiers": shift });
            if kind == "keyDown" && (key.len() == 1 || key == "Enter") {
                event["text"] = if key == "Enter" { "\r".into() } else { key.clone().into() };
            }
            page.devtools("Input.dispatchKeyEvent", &event);
        };
        event("keyDown");
        event("keyUp");
    }
}

fn window(page: &Page, draws: &mut Draws) {
    let (width, height) = (200 + draws.below(1500), 150 + draws.below(1000));
    let ratio = draws.of(&[1.0, 1.0, 1.5, 2.0, 0.75]);
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false });
    page.devtools("Emulation.setDeviceMetricsOverride", &metrics);
}

fn preferences(page: &Page, draws: &mut Draws) {
    page.prefer(&[
        ("prefers-color-scheme", *draws.of(&["light", "dark"])),
        ("prefers-reduced-motion", *draws.of(&["no-preference", "no-preference", "reduce"])),
        ("forced-colors", *draws.of(&["none", "none", "active"])),
    ]);
}

/// Switches to a new tab for a moment, and back.
fn away(page: &Page) {
    let own = page.wait_for("name the tab", page.client().window());
    let other = page.wait_for("open a tab", page.client().new_window(true));
    page.wait_for("go there", page.client().switch_to_window(other.handle));
    thread::sleep(Duration::from_millis(60));
    page.wait_for("close it", page.client().close_window());
    page.wait_for("come back", page.client().switch_to_window(own));
}
