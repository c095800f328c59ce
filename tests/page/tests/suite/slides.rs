//! Lessons on a projector and on paper: question and figure fit the screen in every step of every lesson, a code leads to
//! the page for students, and worksheets have axes to draw on.

use std::fs;

use deleverage::lesson::Lesson;
use deleverage::qr::QrCode;
use page_tests::{Key, Options, Page, json, server};

/// Every lesson: the name of its file, and the number of its steps.
fn lessons() -> Vec<(String, usize)> {
    let directory = xtask::project::root().join("www/lessons");
    let files = fs::read_dir(directory).expect("a directory").map(|file| file.expect("a file").path());
    let lessons = files.filter(|path| path.extension().is_some_and(|kind| kind == "toml")).map(|path| {
        let lesson = Lesson::read(&fs::read_to_string(&path).expect("a text")).expect("a lesson");
        (path.file_name().expect("a name").to_string_lossy().into_owned(), lesson.steps.len())
    });
    lessons.collect()
}

fn start() -> Page {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at("deleverage-lab");
    page
}

fn visit(page: &Page, query: &str, ready: &str) {
    page.load("embed.html");
    page.load(&format!("lesson.html?file=lessons/{query}"));
    page.until(&format!("!!document.querySelector('#lesson {ready}') && (await frame(), true)"));
}

/// Everything that must fit, and what is wrong with it: words, figure or codes, and the bar, in a list of sentences.
const FAULTS: &str = "
    const labs = [...document.querySelectorAll('.stage deleverage-lab')];
    await Promise.all(labs.map(({ ready }) => ready));
    await until(() => labs.every(({ shadowRoot }) => shadowRoot.adoptedStyleSheets.length > 1));
    await frame();
    await frame();
    const faults = [];
    const box = (element) => element.getBoundingClientRect();
    const bar = document.querySelector('.bar');
    const words = [...document.querySelectorAll('.words > *, .words li, .slide > .text')];
    const inside = [...labs, ...labs.flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('canvas, input, button')])];
    const codes = [...document.querySelectorAll('.class[open] :is(textarea, canvas, button)')];
    const summary = [...document.querySelectorAll('.class > summary')];
    const all = [...words, ...inside, ...codes, ...summary].filter((element) => seen(element));
    for (const element of all) {
      const { left, top, right, bottom } = box(element);
      const name = `${element.localName}.${element.className}`;
      if (left < -1 || top < -1 || right > innerWidth + 1) faults.push(`${name} is outside the window`);
      if (bottom > box(bar).top + 1) faults.push(`${name} is below the bar: ${bottom}`);
    }
    if (box(bar).bottom > innerHeight + 1 || box(bar).height > innerHeight / 4) faults.push('the bar does not fit');
    const over = (a, b) => a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1;
    const [column, ...more] = [...document.querySelectorAll('.slide > .text, .slide > .place:not(:empty), .class[open]')];
    for (const other of more.filter((element) => seen(element)))
      if (over(box(column), box(other))) faults.push(`${other.className} covers the words`);
    if (document.documentElement.scrollHeight > innerHeight) faults.push('the page scrolls');
    if (bar.scrollWidth > bar.clientWidth + 1) faults.push('the bar scrolls');
    for (const panel of document.querySelectorAll('.class[open]'))
      if (panel.scrollHeight > panel.clientHeight + 1) faults.push('the codes scroll');
    const letters = column ? parseFloat(getComputedStyle(column).fontSize) : 99;
    // Of a screen that is higher than wide screens are, their part.
    if (letters < Math.min(innerHeight, (innerWidth * 9) / 16) / 40) faults.push(`letters of ${letters} px`);
    for (const lab of labs.filter((element) => seen(element))) {
      const size = parseFloat(getComputedStyle(lab.shadowRoot.querySelector('.views')).fontSize);
      if (size < innerHeight / 50) faults.push(`letters of ${size} px in the figure`);
      for (const canvas of lab.shadowRoot.querySelectorAll('canvas'))
        if (box(canvas).height < 6 * size) faults.push(`${canvas.className} is ${box(canvas).height} px high`);
    }
    return faults;";

/// Asserts that everything fits in every state of every step.
fn assert_fits(page: &Page, names: &[(String, usize)]) {
    let check = |what: &str| assert_eq!(page.run(FAULTS), json!([]), "{what}");
    let next = "document.querySelectorAll('.bar button')[1]";
    for (name, steps) in names {
        for step in 1..=*steps {
            visit(page, &format!("{name}&as=presenter#{step}"), ".slide .number");
            check(&format!("{name}, step {step}"));
            if page.holds("document.querySelector('.class') !== null") {
                page.click(".class > summary");
                page.until("document.querySelector('.class textarea')");
                check(&format!("{name}, step {step}, codes"));
                page.click(".class > summary");
            }
            while page.holds(&format!("{next}.disabled === false && !/^Next$/.test({next}.innerText)")) {
                let words = page.text(&format!("{next}.innerText"));
                page.run(&format!("{next}.click()"));
                page.until(&format!("{next}.innerText !== '{words}'"));
                check(&format!("{name}, step {step}, {words}"));
            }
        }
    }
}

#[test]
fn question_figure_and_bar_fit_the_screen_in_every_step() {
    let page = start();
    page.screen(1280, 720, 1.0);
    assert_fits(&page, &lessons());
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn other_screens_fit_too() {
    let page = start();
    for (width, height) in [(1024, 768), (1920, 1080)] {
        page.screen(width, height, 1.0);
        assert_fits(&page, &[("thirty.toml".to_owned(), 2), ("forty-five.toml".to_owned(), 5)]);
    }
}

#[test]
fn a_small_or_zoomed_screen_scrolls_with_a_low_bar() {
    let page = start();
    for (width, height) in [(640, 360), (320, 180), (390, 844)] {
        page.screen(width, height, 1.0);
        visit(&page, "thirty.toml&as=presenter#2", ".slide .number");
        let bar = page.number("document.querySelector('.bar').offsetHeight");
        assert!(bar <= f64::from(height) / 4.0, "{width}: {bar} px");
        assert!(!page.holds("document.documentElement.scrollWidth > innerWidth"), "{width}");
        for _ in 0..3 {
            page.press(Key::PageDown, 1);
        }
        page.until("document.querySelector('.answer')");
        let (above, below) = ("document.querySelector('.told').getBoundingClientRect().top", "innerHeight - 20");
        assert!(page.holds(&format!("{above} > -20 && {above} < {below}")), "{width}: the answer is in sight");
    }
}

const CODE: &str = "document.querySelector('dialog.code')";

/// The path of the code of an address.
fn path(address: &str) -> String {
    QrCode::new(address).expect("a code").path
}

#[test]
fn a_presentation_shows_the_code_of_the_page_for_students_at_this_step() {
    let page = start();
    visit(&page, "fifteen.toml&as=presenter#2", ".slide .number");
    page.run("[...document.querySelectorAll('.bar button')].find((b) => b.innerText === 'Show the QR code').click()");
    page.until(&format!("{CODE}.open && !!{CODE}.querySelector('path')"));
    let address = format!("{}lesson.html?file=lessons/fifteen.toml#2", page.text("new URL('/', location).href"));
    assert_eq!(page.text(&format!("{CODE}.querySelector('path').getAttribute('d')")), path(&address));
    assert_eq!(page.text(&format!("{CODE}.querySelector('a').href")), address);
    let size = page.number(&format!("Math.min(...['width', 'height'].map((side) => {CODE}.querySelector('svg').getBoundingClientRect()[side])) / innerHeight"));
    assert!(size > 0.6, "{size} of the height");
    for dark in ["light", "dark"] {
        page.prefer(&[("prefers-color-scheme", dark)]);
        let colours =
            format!("[...{CODE}.querySelectorAll('rect, path')].map((shape) => getComputedStyle(shape).fill)");
        assert_eq!(page.get(&colours), json!(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]));
    }
    // A clicker brings the slide back and does nothing else.
    page.press(Key::PageDown, 1);
    page.until(&format!("!{CODE}.open"));
    assert!(page.holds("document.querySelector('.truth') === null"));
    page.press(Key::PageDown, 1);
    page.until("document.querySelector('.truth')");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_list_of_keys_does_not_cover_the_slide_and_returns_the_focus() {
    let page = start();
    visit(&page, "fifteen.toml&as=presenter#2", ".slide .number");
    page.run("[...document.querySelectorAll('.bar button')].find((b) => b.innerText === 'Keys').focus()");
    page.press(Key::Enter, 1);
    page.until("seen(document.getElementById('letter-keys'))");
    page.write("\u{e00c}");
    page.until("!seen(document.getElementById('letter-keys')) && focused().innerText === 'Keys'");
    // A key for the slides works from the bar, too.
    page.press(Key::Right, 1);
    page.until("document.querySelector('.truth')");
}

#[test]
fn a_worksheet_has_axes_and_a_code_and_the_key_has_the_same_axes_with_the_run() {
    let page = start();
    let charts = "[...document.querySelectorAll('.chart img')]";
    for (name, steps) in lessons() {
        let all = format!(
            "document.querySelectorAll('.sheet').length === {steps} && {charts}.every((img) => img.complete && img.naturalWidth > 0)"
        );
        visit(&page, &format!("{name}&as=worksheet"), ".sheet");
        page.until(&all);
        let address = format!("{}lesson.html?file=lessons/{name}", page.text("new URL('/', location).href"));
        assert_eq!(page.text("document.querySelector('.scan path').getAttribute('d')"), path(&address));
        assert_eq!(page.text("document.querySelector('.scan a').href"), address);
        let count = page.number(&format!("{charts}.length"));
        assert!(count >= 3.0, "{name}: {count}");
        assert!(page.holds(&format!("{charts}.every(({{ alt }}) => alt === 'Empty chart to draw on')")));
        page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
        assert!(page.holds(
            "[...document.querySelectorAll('.chart, .scan, .lines')].every((part) => getComputedStyle(part).breakInside === 'avoid')"
        ));
        page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "" }));
        visit(&page, &format!("{name}&as=key"), ".sheet");
        page.until(&format!("{all} && !document.querySelector('#lesson > [role=status]')"));
        assert_eq!(page.number(&format!("{charts}.length")), count, "{name}");
        assert!(page.holds(&format!("{charts}.every(({{ alt }}) => alt.length > 30)")), "{name}: the run is described");
        assert_eq!(page.complaints(), [""; 0]);
    }
}
