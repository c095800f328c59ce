//! The phase map: it sharpens in workers while it is in view, its dot moves the laboratory by pointer, touch and key, a
//! cell opens its exact run, and faults have a message and a way to recover. The map is on a test page, `map/map.html`.

use std::fs;
use std::path::Path;

use deleverage::model::phase_map::{Axis, PhaseMap};
use deleverage::query;
use page_tests::input::Pointer;
use page_tests::server::Scratch;
use page_tests::{Key, Options, Page, Value, json, place, server};
use xtask::server::Server;

/// Few accounts and cells, because speed is not tested.
const QUICK: &str = "accounts=300&hours=1&size=12";

fn page() -> Page {
    Page::start(site(), Options::default())
}

/// The built site, with a page for the map only.
fn site() -> Server {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/map");
    let server = server::as_built().with_extra(&place::address("map.html"), own.join("map.html"));
    server.with_extra(&place::address("map-test.js"), own.join("map-test.js"))
}

/// Opens the map and waits for the first picture.
fn open(page: &Page, query: &str) {
    page.load(&format!("{}?{query}", &place::address("map.html")[1..]));
    page.until("globalThis.bench && $('.map link').sheet && !$('.map-up').disabled && (await frame(), true)");
}

fn finished(page: &Page) {
    page.until("$('.map-progress').classList.contains('finished') && (await frame(), true)");
}

/// The text with plain spaces instead of non-breaking ones.
fn plain_text(page: &Page, expression: &str) -> String {
    page.text(expression).replace('\u{a0}', " ")
}

/// The middle of a cell as fractions of the canvas.
fn middle(page: &Page, column: usize, row: usize) -> [f64; 2] {
    let at = page.run_with(
        "const { width, height } = $('.map canvas').getBoundingClientRect();
         const em = parseFloat(getComputedStyle($('.map-frame')).fontSize);
         const [left, right, top, bottom] = [...bench.full.mapMargins()].map((margin) => margin * em);
         const x = left + ((given[0] + 0.5) / given[2]) * (width - left - right);
         const y = height - bottom - ((given[1] + 0.5) / given[2]) * (height - top - bottom);
         return [x / width, y / height];",
        &json!([column, row, 12]),
    );
    pair(&at)
}

/// Two numbers.
fn pair(value: &Value) -> [f64; 2] {
    [0, 1].map(|i| value[i].as_f64().expect("a number"))
}

#[test]
fn every_cell_of_every_worker_equals_the_run_it_opens() {
    let page = page();
    for workers in [1, 3] {
        open(&page, &format!("{QUICK}&workers={workers}"));
        finished(&page);
        let base = query::parse("accounts=300&hours=1").expect("a valid query");
        let axis = |name| Axis::new(name, 12).expect("an axis").rounded();
        let mut map = PhaseMap::new(&base, axis("leverage"), axis("bots")).expect("two axes");
        map.advance(usize::MAX);
        for (column, row) in [(0, 0), (7, 4), (11, 11), (8, 2)] {
            page.drag(Pointer::Mouse, ".map canvas", middle(&page, column, row), middle(&page, column, row));
            let params = map.params(column, row);
            assert_eq!(page.text("bench.lab.query()"), query::write(&params));
            let fall = map.cell(column, row).expect("a run").greatest_fall_percent;
            assert_eq!(page.number("bench.lab.summary().greatest_fall_percent"), fall);
            let words = plain_text(&page, "$('.map-up').getAttribute('aria-valuetext')");
            let said = format!("leverage {}x, bot density", deleverage::units::number(params.leverage));
            assert!(words.starts_with(&said) && words.contains(": falls "), "{words}");
        }
    }
}

#[test]
fn arrow_keys_move_the_dot_and_announce_its_position() {
    let page = page();
    open(&page, QUICK);
    finished(&page);
    let before = page.text("$('.map canvas').toDataURL()");
    page.focus(".map-across");
    page.press(Key::Right, 2);
    page.until("bench.moves.length >= 4");
    // After 10x, the next cell but one is at 17.1x (8.4x, 12x, 17.1x). Bot density stays the same.
    let leverage = page.number("bench.lab.params().leverage");
    assert!(leverage > 12.0 && leverage < 20.0, "{leverage}");
    assert_eq!(page.number("bench.lab.params().bots"), 45.0);
    page.focus(".map-up");
    page.press(Key::Up, 1);
    assert!(page.number("bench.lab.params().bots") > 36.0);
    page.press(Key::Home, 1);
    assert_eq!(page.number("bench.lab.params().bots"), 0.0);
    let words = plain_text(&page, "$('.map-across').getAttribute('aria-valuetext')");
    assert!(words.contains("bot density 0%: falls ") && words.contains("R at its peak 0.00"), "{words}");
    assert!(
        page.holds(
            "bench.moves.some((move) => move.done) && bench.moves.every((move) => Object.keys(move).length === 2)"
        )
    );
    page.run("await frame()");
    assert_ne!(page.text("$('.map canvas').toDataURL()"), before);
    let all = plain_text(&page, "$('.map canvas').getAttribute('aria-label')");
    assert!(
        all.starts_with("Map of 12 by 12 runs: leverage from left to right") && all.contains("R stays below 1"),
        "{all}"
    );
}

#[test]
fn mouse_and_touch_drag_the_dot_and_touch_beside_it_scrolls() {
    let page = page();
    for pointer in [Pointer::Mouse, Pointer::Touch] {
        open(&page, QUICK);
        finished(&page);
        let from = [0.5, 0.5];
        // Far enough for several cells, as fractions of the dot's box.
        page.drag(pointer, ".map-dot", from, [3.0, -2.0]);
        page.until("bench.moves.at(-1)?.done");
        assert!(page.holds("bench.moves.some(({ done }) => !done)"), "it follows under the {pointer:?}");
        let (leverage, bots) = (page.number("bench.lab.params().leverage"), page.number("bench.lab.params().bots"));
        assert!(leverage > 11.0 && bots > 40.0, "{leverage} {bots}");
    }
    let count = page.number("bench.moves.length");
    page.drag(Pointer::Touch, ".map canvas", middle(&page, 1, 9), middle(&page, 1, 4));
    assert_eq!(page.number("bench.moves.length"), count, "a finger beside the dot is for scrolling");
    page.drag(Pointer::Touch, ".map canvas", middle(&page, 1, 9), middle(&page, 1, 9));
    page.until("bench.moves.at(-1)?.leverage < 2");
    // A browser in which every click looks like that of a mouse.
    page.run(
        "const canvas = $('.map canvas'), { left, top, width, height } = canvas.getBoundingClientRect();
         const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
         canvas.dispatchEvent(new PointerEvent('pointerdown', { ...at, pointerType: 'touch' }));
         canvas.dispatchEvent(new MouseEvent('click', at));",
    );
    page.until("bench.moves.at(-1).leverage > 4");
}

#[test]
fn the_map_runs_only_in_sight_and_until_stopped() {
    let page = page();
    page.load(&format!("{}?{QUICK}&away=1", &place::address("map.html")[1..]));
    page.until("globalThis.bench");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    assert!(page.holds("$('.map-up').disabled"));
    page.run("$('.map').scrollIntoView({ behavior: 'instant' })");
    finished(&page);

    page.before_each_document(
        "globalThis.busy = 0;
         globalThis.Worker = class extends Worker {
           constructor(...all) { super(...all); this.addEventListener('message', () => (busy -= 1)) }
           postMessage(...all) { busy += 1; super.postMessage(...all) }
         };",
    );
    // The result of the worker's current slice arrives and is shown a little later.
    let settle = || {
        page.run("await frame()");
        page.until("busy === 0");
        page.run("await new Promise((resolve) => setTimeout(resolve, 300))");
    };
    open(&page, "accounts=10000&size=64&workers=1");
    page.until("$('.map progress').value > 0");
    page.click(".map-progress button");
    settle();
    let done = page.number("$('.map progress').value");
    assert_eq!(page.text("$('.map-progress button').textContent"), "Go on");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    assert_eq!(page.number("$('.map progress').value"), done);
    page.click(".map-progress button");
    page.until(&format!("$('.map progress').value > {done}"));
    page.run("document.querySelector('.place').style.marginTop = '300vh'");
    settle();
    let away = page.number("$('.map progress').value");
    page.run("await new Promise((resolve) => setTimeout(resolve, 600))");
    assert_eq!(page.number("$('.map progress').value"), away, "the map pauses out of sight");
}

#[test]
fn the_focus_survives_the_removal_of_the_stop_button() {
    let page = page();
    open(&page, "accounts=100000&size=24&workers=1");
    page.focus(".map-progress button");
    assert!(page.holds("!$('.map-progress').classList.contains('finished')"), "the map is still running");
    page.run("bench.set({ accounts: 300, hours: 1 })");
    finished(&page);
    assert_eq!(page.text("focused().className"), "map-across");
    // The same with the retry button, if there was nothing left to stop.
    page.run(
        "const { prototype } = bench.full.MapPicture, { draw } = prototype;
         prototype.draw = () => {
           prototype.draw = draw;
           throw new Error('gone fishing');
         };
         bench.set({ bots: 50 });",
    );
    page.until("text('.map-message').includes('gone fishing')");
    page.focus(".map-message button");
    // The events may be over before the test reads them.
    page.run(
        "$('.map-progress button').addEventListener('focus', ({ target }) => (globalThis.got = target.textContent))",
    );
    page.press(Key::Enter, 1);
    page.until("globalThis.got === 'Stop'");
    finished(&page);
}

#[test]
fn only_changed_settings_start_a_new_map() {
    let page = page();
    open(&page, QUICK);
    finished(&page);
    page.run("bench.set({ leverage: 20, bots: 80 }); await new Promise((resolve) => setTimeout(resolve, 500))");
    assert!(page.holds("$('.map-progress').classList.contains('finished')"), "only the dot has moved");
    let shock = plain_text(&page, "$('.map canvas').getAttribute('aria-label')");
    let at_once = "(bench.set({ shock: 8 }), $('.map-progress').classList.contains('finished'))";
    assert!(page.holds(at_once), "not before the settings settle");
    page.until(&format!("$('.map canvas').getAttribute('aria-label').replaceAll('\\u00a0', ' ') !== {shock:?}"));
    finished(&page);
}

#[test]
fn a_dead_worker_is_reported_and_can_be_restarted() {
    let scratch = Scratch::new();
    let script = fs::read(place::hashed("run-worker.js")).expect("the script of the workers");
    let broken = scratch.file("run-worker.js", b"throw new Error('gone fishing')");
    let page = Page::start(site().with_extra(&place::address("run-worker.js"), &broken), Options::default());
    open(&page, QUICK);
    page.until("text('.map-message').includes('gone fishing')");
    assert!(page.holds("$('.map-message').getAttribute('role') === 'alert'"));
    page.run("bench.set({ bots: 50 }); await frame()");
    assert!(
        plain_text(&page, "$('.map-up').getAttribute('aria-valuetext')").contains("bot density 50%"),
        "the dot goes on"
    );
    // A worker that dies halfway.
    let words = "addEventListener('message', () => setTimeout(() => postMessage({ error: 'out of bait' }), 300));\n";
    fs::write(&broken, [words.as_bytes(), &script].concat()).expect("another script");
    page.click(".map-message button");
    page.until("text('.map-message').includes('out of bait')");
    fs::write(&broken, script).expect("the script is restored");
    page.click(".map-message button");
    finished(&page);
    assert_eq!(page.text("text('.map-message')"), "");
}

#[test]
fn contradictory_cells_are_hatched_and_cannot_be_opened() {
    let page = page();
    open(&page, &format!("{QUICK}&maintenance=4"));
    finished(&page);
    let before = page.text("bench.lab.query()");
    page.drag(Pointer::Mouse, ".map canvas", middle(&page, 11, 5), middle(&page, 11, 5));
    assert_eq!(page.text("bench.lab.query()"), before);
    assert!(plain_text(&page, "text('.map-words')").contains("contradict each other"));
    // Screen readers get it until the dot has moved.
    let heard = "$('.map-status').textContent";
    page.run(&format!("{heard} = ''"));
    page.focus(".map-across");
    page.press(Key::End, 1);
    page.until(&format!("{heard}.includes('contradict each other')"));
    assert!(plain_text(&page, "text('.map-words')").contains("contradict each other"), "and it stays to be read");
    assert_eq!(page.text("bench.lab.query()"), before);
    page.press(Key::Left, 1);
    page.until(&format!("{heard} === ''"));
}

#[test]
fn the_map_is_accessible_and_fits_a_narrow_page() {
    let page = page();
    for (width, dark) in [(320, false), (320, true), (1280, false)] {
        page.screen(width, 800, 1.0);
        page.prefer(&[("prefers-color-scheme", if dark { "dark" } else { "light" })]);
        open(&page, QUICK);
        finished(&page);
        assert!(!page.holds("document.documentElement.scrollWidth > innerWidth"));
        assert!(page.holds(
            "[...document.querySelectorAll('.map input, .map-dot')].every((one) => {
               const { width, height } = one.getBoundingClientRect();
               return Math.min(width, height) >= 24;
             })"
        ));
        let axe = fs::read_to_string(place::axe()).expect("the script of axe");
        page.wait_for("load axe", page.client().execute(&axe, vec![]));
        let found = page.run("const { violations } = await axe.run('.map'); return violations.map(({ id, nodes }) => id + nodes[0].html)");
        assert_eq!(found, json!([]), "{width} {dark}");
    }
}
