//! Exports: a view as PNG and SVG, the run as CSV, a link and a citation. Each matches the native simulator.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use deleverage::chart::backend::svg::About;
use deleverage::chart::figures::picture;
use deleverage::chart::{Extras, Scene, Span, Theme, View};
use deleverage::model::MODEL_VERSION;
use deleverage::qr::QrCode;
use deleverage::{Simulator, csv, query};
use page_tests::server::{self, Scratch};
use page_tests::{Key, Page, Value, json, place};

/// The disclosures with renderings of the run, and selectors of their content.
const FOLDS: [(&str, &str); 3] = [(".run-words", ".story li"), (".run-table", ".rows tr"), (".along", ".along-body")];

fn open(page: &Page, fold: &str) {
    let (fold, content) = FOLDS.into_iter().find(|(name, _)| *name == fold).expect("a fold");
    assert!(!page.holds(&format!("!!$('{content}')")), "nothing is made before it is requested");
    page.click(&format!("{fold} > summary"));
    page.until(&format!("!!$('{content}')"));
}

fn simulator(text: &str) -> Simulator {
    Simulator::new(&query::parse(text).expect("a valid query"))
}

/// A directory into which the browser saves what it downloads.
fn downloads(page: &Page) -> Scratch {
    let scratch = Scratch::new();
    let behaviour = json!({ "behavior": "allow", "downloadPath": scratch.path().display().to_string() });
    page.devtools("Browser.setDownloadBehavior", &behaviour);
    scratch
}

/// Waits for the complete file in the directory, reads and removes it.
fn downloaded(directory: &Path) -> (String, Vec<u8>) {
    let start = Instant::now();
    while start.elapsed() < Duration::from_mins(1) {
        let files: Vec<PathBuf> =
            fs::read_dir(directory).expect("a directory").map(|e| e.expect("a file").path()).collect();
        if let [file] = &files[..]
            && file.extension().is_some_and(|kind| kind != "crdownload" && kind != "tmp")
            && !file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
        {
            let bytes = fs::read(file).expect("a file that can be read");
            fs::remove_file(file).expect("a file that can be removed");
            return (file.file_name().expect("a name").to_string_lossy().into_owned(), bytes);
        }
        sleep(Duration::from_millis(50));
    }
    panic!("nothing is downloaded");
}

#[test]
fn a_view_is_exported_as_svg_and_png_and_the_run_as_csv() {
    let page = Page::open("?bots=40&t=316");
    let directory = downloads(&page);
    open(&page, ".along");
    let simulator = simulator("bots=40");
    let digest = format!("{:016x}", simulator.summary().digest);

    page.run("$('#along-view').value = 'sales'");
    page.click(".svg");
    let (name, bytes) = downloaded(directory.path());
    assert_eq!(name, format!("deleverage-{digest}-sales-316s.svg"));
    let file = String::from_utf8(bytes).expect("text");
    let [width, height, em]: [f64; 3] = serde_json::from_value(page.get(
        "[...(({ width, height }) => [width, height])($('canvas.sales').getBoundingClientRect()), parseFloat(getComputedStyle($('.views')).fontSize)]",
    ))
    .expect("three numbers");
    // Identical to the native drawing.
    let extras = Extras::default();
    let scene = Scene::new(&simulator, &extras, Span::Minutes2, 316);
    let source =
        format!("Address: ?bots=40&span=2min&t=316, digest of the run {digest}. Model version {MODEL_VERSION}.");
    let sales = View::named("sales").expect("a view");
    let about = About { title: &sales.describe(&scene), source: &source };
    let size = (width.round() as u32, height.round() as u32);
    assert_eq!(file, picture(sales, size, em, &Theme::light(), &scene, about).expect("a picture"));
    // A browser can show it.
    let read = page.run_with(
        "const image = new Image();
         image.src = URL.createObjectURL(new Blob([given], { type: 'image/svg+xml' }));
         await image.decode();
         return image.naturalWidth;",
        &file.clone().into(),
    );
    assert_eq!(read, json!(size.0));

    page.click(".png");
    let (name, bytes) = downloaded(directory.path());
    assert_eq!(name, format!("deleverage-{digest}-sales-316s.png"));
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    assert_eq!([number(16), number(20)], [2.0 * width, 2.0 * height].map(|pixels| pixels.round() as u32));
    assert!(bytes.len() > 5000, "the picture is empty: {} bytes", bytes.len());

    page.click(".csv");
    let (name, bytes) = downloaded(directory.path());
    assert_eq!(name, format!("deleverage-{digest}.csv"));
    assert!(bytes == csv::file(&simulator).into_bytes(), "not what `simulate --series` prints");
    assert_eq!(page.text("text('.along-status')"), format!("{name} goes to your downloads."));
    assert_eq!(page.complaints(), [""; 0]);
    let read = elsewhere(
        &page,
        "return [svg.localName, svg.querySelector('desc').textContent, svg.querySelectorAll('text').length > 4]",
        &file,
    );
    assert_eq!(read, json!(["svg", source, true]));
}

/// Opens a picture on a third-party page, because the site never turns text into markup.
fn elsewhere(page: &Page, look: &str, file: &str) -> Value {
    page.wait_for("leave", page.client().goto(&server::stranger("<!doctype html><title>Somebody's page</title>")));
    let parse = "const svg = new DOMParser().parseFromString(given, 'image/svg+xml').documentElement";
    page.run_with(&format!("{parse}; {look}"), &file.into())
}

#[test]
fn every_view_can_be_exported_in_the_dark_theme() {
    let page = Page::open("?t=316");
    let directory = downloads(&page);
    page.prefer(&[("prefers-color-scheme", "dark")]);
    open(&page, ".along");
    let views = page.get("[...$('#along-view').options].map(({ value }) => value)");
    let views: Vec<String> = serde_json::from_value(views).expect("names");
    assert!(views.len() >= 4);
    let mut files = Vec::new();
    for view in views {
        page.run_with("$('#along-view').value = given", &view.clone().into());
        page.click(".svg");
        let (name, bytes) = downloaded(directory.path());
        assert!(name.contains(&format!("-{view}-")), "{name}");
        let file = String::from_utf8(bytes).expect("text");
        assert!(file.contains("fill=\"#16181a\""), "{view} stands on dark paper");
        files.push((view, file));
    }
    for (view, file) in files {
        assert_eq!(elsewhere(&page, "return svg.localName", &file), json!("svg"), "{view}");
    }
}

#[test]
fn the_link_opens_the_same_run_and_the_citation_names_it() {
    let page = Page::open("?bots=25&seed=7&utm_source=x");
    page.run("$('.span').value = '15min'; $('.span').dispatchEvent(new Event('change'))");
    open(&page, ".along");
    page.run(
        "$('.run-words').scrollIntoView(); $('.cursor').value = 420; $('.cursor').dispatchEvent(new Event('input'))",
    );
    let digest = page.text("lab.summary.digest");
    page.until("$('#along-link').value.includes('t=420')");
    let link = page.text("$('#along-link').value");
    let state = format!("bots=25&seed=7&span=15min&t=420&model={MODEL_VERSION}&digest={digest}");
    assert_eq!(link, format!("{}?{state}#lab", page.origin()));

    page.devtools(
        "Browser.grantPermissions",
        &json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    page.click(".copy-link");
    page.until("text('.along-status') === 'The link is copied.'");
    assert_eq!(page.run("return navigator.clipboard.readText()"), json!(link));
    page.click(".copy-citation");
    page.until("text('.along-status') === 'The citation is copied.'");
    let citation = page.text("await navigator.clipboard.readText()");
    let today = page.text("new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })");
    let title = page.text("document.title");
    for part in [&title, &link, &digest, "seed 7", &format!("model version {MODEL_VERSION}"), &today] {
        assert!(citation.contains(part), "{citation}: nothing of {part}");
    }

    page.load(link.strip_prefix(&page.origin()).expect("an address of this site"));
    page.run("await customElements.whenDefined('deleverage-lab'); await lab.ready");
    assert_eq!(page.get("[lab.summary.digest, $('.span').value, second()]"), json!([digest, "15min", 420]));
    page.until("text('.receipt').startsWith('Reproduced: ')");
}

#[test]
fn the_code_has_the_link_and_a_link_that_is_too_long_has_none() {
    let page = Page::open("?bots=25&t=316");
    open(&page, ".along");
    page.focus(".qr-code");
    page.press(Key::Enter, 1);
    page.until("$('.code').matches(':popover-open') && focused() === $('.code')");
    let link = page.text("$('#along-link').value");
    assert!(link.contains("bots=25") && link.contains("t=316"), "{link}");
    let path = QrCode::new(&link).expect("a code").path;
    assert_eq!(page.text("$('.code path').getAttribute('d')"), path);
    assert_eq!(page.text("$('.code a').href"), link);
    for (width, height, dark) in [(1280, 800, "light"), (320, 600, "dark")] {
        page.screen(width, height, 1.0);
        page.prefer(&[("prefers-color-scheme", dark)]);
        page.run("await frame()");
        assert_eq!(
            page.get(
                "[...root.querySelectorAll('.code rect, .code path')].map((shape) => getComputedStyle(shape).fill)"
            ),
            json!(["rgb(255, 255, 255)", "rgb(0, 0, 0)"])
        );
        let inside =
            "(({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight)";
        assert!(page.holds(&format!("{inside}($('.code').getBoundingClientRect())")), "{width}");
    }
    page.write("\u{e00c}");
    page.until("!$('.code').matches(':popover-open') && focused() === $('.qr-code')");

    page.run("const { pathname } = location; history.replaceState(null, '', `${pathname}${'x'.repeat(2400)}`);");
    page.click(".qr-code");
    page.until("text('.along-status').includes('this address is too long for a QR code, so copy it instead')");
    assert!(!page.holds("$('.code').matches(':popover-open')"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn without_clipboard_access_the_text_to_copy_is_selected() {
    let page = Page::open("?t=316");
    open(&page, ".along");
    for closed in ["undefined", "{ writeText: () => Promise.reject(new Error('no')) }"] {
        page.run(&format!("Object.defineProperty(navigator, 'clipboard', {{ value: {closed}, configurable: true }})"));
        for (button, field) in [(".copy-link", "#along-link"), (".copy-citation", "#along-citation")] {
            page.click(button);
            page.until("text('.along-status').includes('is selected')");
            let selected = page.get(
                "[focused().id, focused().value.slice(focused().selectionStart, focused().selectionEnd) === focused().value]",
            );
            assert_eq!(selected, json!([&field[1..], true]));
            // The field is read-only.
            page.write("x");
            assert!(!page.text(&format!("$('{field}').value")).ends_with('x'));
        }
    }
}

#[test]
fn a_kept_run_is_exported_with_its_name() {
    let page = Page::open("?bots=40&t=316");
    let directory = downloads(&page);
    page.click(".keep");
    page.run("lab.params = { bots: 20 }");
    open(&page, ".along");
    page.until("$('#along-link').value.includes('bots=20')");
    let [before, now] = ["bots=40", "bots=20"].map(|text| {
        let simulator = simulator(text);
        format!("?{text}&span=2min&t=316, digest of the run {:016x}", simulator.summary().digest).replace('&', "&amp;")
    });
    let saved = || {
        page.click(".svg");
        String::from_utf8(downloaded(directory.path()).1).expect("text")
    };
    let desc =
        |of: &str, with: &str| format!("Address: {of}. Model version {MODEL_VERSION}. Compared with: {with}.</desc>");
    let shaded = saved();
    assert!(shaded.contains(&desc(&now, &before)), "{}", &shaded[..900]);
    // Side by side it is a separate view.
    page.click(".beside-button");
    page.focus("#along-view");
    page.run("$('#along-view').value = 'kept'");
    let kept = saved();
    assert!(kept.contains(&desc(&before, &now)), "{}", &kept[..900]);
    page.click(".png");
    assert!(downloaded(directory.path()).0.contains("-kept-"));
    page.click(".beside-button");
    page.focus(".sound");
    page.focus("#along-view");
    assert!(!page.holds("[...$('#along-view').options].some(({ value }) => value === 'kept')"));
}

#[test]
fn axe_finds_nothing_in_any_export() {
    let page = Page::open("?scenario=breaker");
    for (fold, _) in FOLDS {
        open(&page, fold);
    }
    page.run("$('.sound').click()");
    let axe = fs::read_to_string(place::axe()).expect("axe");
    page.wait_for("load axe", page.client().execute(&axe, vec![]));
    for width in [1280, 320] {
        page.screen(width, 900, 1.0);
        assert!(page.number("document.documentElement.scrollWidth") <= f64::from(width));
        for theme in ["light", "dark"] {
            page.prefer(&[("prefers-color-scheme", theme)]);
            let found: Value = page.run(
                "const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                 const include = ['.run-words', '.run-table', '.along', '.transport'].map($);
                 const { violations } = await axe.run({ include }, { runOnly, resultTypes: ['violations'] });
                 return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));",
            );
            assert_eq!(found, json!([]), "{width} px, {theme}");
        }
    }
}
