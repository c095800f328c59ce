//! Accessibility: no finding of axe in any state, theme or width; no horizontal scrolling; sharp drawings on any
//! screen; and names for all drawings and controls.

use std::fs;

use deleverage::params::{Row, Scale, TABLE};
use page_tests::{Key, OPENING, Page, Value, json, place};

const WIDTHS: [u32; 2] = [1280, 320];

/// Sliders that are not parameters.
const POINTING: [&str; 4] =
    ["Point at a fall of the price", "Leverage, on the map", "Bot density, on the map", "Volume"];

const THEMES: [&[(&str, &str)]; 3] = [
    &[("prefers-color-scheme", "light")],
    &[("prefers-color-scheme", "dark")],
    &[("prefers-color-scheme", "dark"), ("forced-colors", "active")],
];

/// Asserts that axe finds nothing in any theme at any width, and that nothing is wider than the screen.
fn assert_no_barrier(page: &Page, what: &str) {
    if !page.holds("'axe' in globalThis") {
        let axe = fs::read_to_string(place::axe()).unwrap_or_else(|error| panic!("cannot read axe: {error}"));
        // The page's policy does not apply to scripts of the driver.
        let run = page.client().execute(&axe, vec![]);
        page.wait_for("load axe", run);
    }
    for width in WIDTHS {
        page.screen(width, 900, 1.0);
        let wide = page.number("document.documentElement.scrollWidth");
        assert!(wide <= f64::from(width), "{what}: {wide} px of page on {width} px of screen");
        for theme in THEMES {
            page.prefer(theme);
            let found = page.run(
                "const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                 // Forced colours are the visitor's. Chromium reports the author's to axe as the fill of text, but does
                 // not paint them; the painted colours are checked below.
                 const forced = matchMedia('(forced-colors: active)').matches;
                 const rules = { 'color-contrast': { enabled: !forced } };
                 const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ['violations'] });
                 return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));",
            );
            assert_eq!(found, json!([]), "{what}, {width} px, {theme:?}");
        }
    }
}

#[test]
fn axe_finds_nothing_on_the_initial_page() {
    assert_no_barrier(&Page::open(""), "fresh");
}

#[test]
fn axe_finds_nothing_with_all_disclosures_open() {
    let page = Page::open("?scenario=may-2010");
    page.unfold();
    assert_no_barrier(&page, "unfolded");
}

#[test]
fn axe_finds_nothing_while_and_after_playing() {
    let page = Page::open("");
    page.click(".sale");
    page.until("second() > 303");
    page.click(".play");
    assert_no_barrier(&page, "paused in mid-cascade");
    page.click(".same-seed");
    // The first minute is slow at any speed; the rest takes some frames.
    page.run("$('.cursor').value = 400; $('.cursor').dispatchEvent(new Event('input')); $('.speed').value = '500'");
    page.click(".play");
    page.until("second() === Number($('.cursor').max) && text('.play') === 'Play'");
    assert_no_barrier(&page, "played to the end");
}

#[test]
fn axe_finds_nothing_after_a_bad_address() {
    let page = Page::open("?leverage=500&bots=many&nonsense=1&t=x");
    assert!(page.holds("seen($('.notice'))"));
    assert_no_barrier(&page, "bad address");
}

#[test]
fn axe_finds_nothing_after_a_panic() {
    let page = Page::open("");
    page.run("panic(await import(beside('pkg/full.js')))");
    page.until("seen($('.notice .again'))");
    assert_no_barrier(&page, "after a panic");
}

#[test]
fn every_canvas_is_as_sharp_as_the_screen() {
    let page = Page::open("");
    let sharp = |what: &str| {
        // Canvases out of view are not drawn.
        let off = page.run(
            "for (const canvas of root.querySelectorAll('canvas[class]')) {
               canvas.scrollIntoView({ block: 'center', behavior: 'instant' });
               await frame();
               await frame();
             }
             const off = () => [...root.querySelectorAll('canvas[class]')]
               .map((canvas) => [canvas.className, canvas.getBoundingClientRect(), canvas])
               .map(([name, box, { width, height }]) => [name, width - box.width * devicePixelRatio, height - box.height * devicePixelRatio])
               .filter(([, x, y]) => Math.abs(x) > 0.51 || Math.abs(y) > 0.51);
             await until(async () => (await frame(), off().length === 0));
             return off();",
        );
        assert_eq!(off, json!([]), "{what}: sizes in pixels that differ");
        assert_eq!(page.number("root.querySelectorAll('canvas[class]').length"), 9.0);
    };
    for width in [1280, 700, 320] {
        for ratio in [1.0, 1.5, 2.0, 3.0] {
            // A pixel wider each time: an emulated change of the ratio alone fires no event, unlike a real change of
            // zoom or screen.
            let width = width + (ratio * 2.0) as u32;
            page.screen(width, 900, ratio);
            sharp(&format!("{width} px at {ratio}"));
        }
    }
    page.devtools("Emulation.clearDeviceMetricsOverride", &json!({}));
    for (width, height) in [(900, 700), (1400, 1000)] {
        page.wait_for("resize the window", page.client().set_window_size(width, height));
        page.until(&format!("outerWidth === {width}"));
        sharp("a window that was resized");
    }
}

#[test]
fn larger_type_enlarges_the_drawings_without_overflow() {
    let page = Page::open("");
    page.screen(1280, 900, 1.0);
    let size = "[parseFloat(getComputedStyle($('.views')).fontSize), $('canvas.price').height]";
    let before: [f64; 2] = serde_json::from_value(page.get(size)).expect("two numbers");
    // Content above has grown too, and canvases out of view are not drawn.
    page.run(
        "document.documentElement.style.fontSize = '32px'; await frame(); lab.scrollIntoView({ behavior: 'instant' })",
    );
    page.until(&format!("$('canvas.price').height > {}", before[1]));
    let after: [f64; 2] = serde_json::from_value(page.get(size)).expect("two numbers");
    assert!(after[0] >= before[0] * 1.5 && after[1] > before[1], "the drawings do not follow type at 200%: {after:?}");
    assert!(page.number("document.documentElement.scrollWidth") <= 1280.0);
}

#[test]
fn every_drawing_and_control_has_a_name() {
    let page = Page::open("");
    page.run("root.querySelectorAll('details').forEach((details) => (details.open = true)); await frame()");
    let tree = page.devtools("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().expect("nodes");
    let of =
        |role: &str| nodes.iter().filter(|n| n["role"]["value"] == role && n["ignored"] == false).collect::<Vec<_>>();
    let name = |node: &Value| node["name"]["value"].as_str().unwrap_or_default().to_owned();

    let canvases =
        page.get("[...root.querySelectorAll('canvas[class]')].map((canvas) => canvas.getAttribute('aria-label'))");
    let canvases: Vec<String> = serde_json::from_value(canvases).expect("a label each");
    assert_eq!(canvases.len(), 9, "{canvases:?}");
    assert!(canvases.iter().all(|name| name.len() > 40), "a picture without a description: {canvases:?}");

    let sliders: Vec<_> =
        of("slider").into_iter().filter(|slider| !POINTING.contains(&name(slider).as_str())).collect();
    let numbers = |row: &&Row| !matches!(row.scale, Scale::Seed | Scale::Choice(_));
    let rows = TABLE.iter().filter(numbers).count();
    // Figures nearby also have some of them.
    assert!(sliders.len() > rows, "a slider per row but the seed and choices, and the time");
    for slider in sliders {
        let label = name(slider);
        assert!(!label.is_empty(), "{slider}");
        let row = TABLE.iter().find(|row| row.label == label);
        assert!(
            row.is_some() || label == "Time" || label.starts_with("Crowd, from"),
            "{label} is no label of the table"
        );
        if let Some(row) = row {
            assert_eq!(slider["description"]["value"], row.help, "{label} is explained");
        }
    }
    for button in of("button").into_iter().chain(of("combobox")) {
        assert!(!name(button).is_empty(), "{button}");
    }
    // The text alternative of a picture follows the run.
    let before = page.text("$('canvas.price').getAttribute('aria-label')");
    page.run("lab.params = { bots: 10 }; await frame()");
    page.until(&format!("$('canvas.price').getAttribute('aria-label') !== {before:?}"));
}

#[test]
fn a_figure_is_announced_when_it_changes_but_not_when_it_appears() {
    let page = Page::open("");
    let said = "$('.lab > [role=status]').textContent";
    page.run("await new Promise((resolve) => setTimeout(resolve, 1000))");
    assert_eq!(page.text(said), "");
    page.run("lab.params = { bots: 20 }");
    page.until(&format!("{said} !== '' && {said} === $('.headline').textContent"));
}

#[test]
fn forced_colours_apply_to_all_text() {
    let page = Page::open("?leverage=500");
    page.prefer(THEMES[2]);
    page.click(".play");
    page.click(".play");
    let foreign = page.run(
        "const system = ['CanvasText', 'LinkText', 'VisitedText', 'ButtonText', 'FieldText', 'GrayText'].map((name) => {
           const probe = document.body.appendChild(document.createElement('i'));
           probe.style.color = name;
           const { color } = getComputedStyle(probe);
           probe.remove();
           return color;
         });
         const all = [...root.querySelectorAll('*'), ...document.body.querySelectorAll('*')].filter((element) => element.innerText);
         return all.filter((element) => seen(element) && !system.includes(getComputedStyle(element).color)).map((element) => element.outerHTML);",
    );
    assert_eq!(foreign, json!([]));
    assert_eq!(page.text("getComputedStyle($('.sale')).backgroundColor"), "rgb(0, 0, 0)", "as Chromium's buttons are");
}

#[test]
fn drawings_follow_a_change_of_theme_at_once() {
    let page = Page::open("");
    let mut seen: Vec<Value> = Vec::new();
    for theme in THEMES {
        page.prefer(theme);
        let picture = page.get("(await frame(), pixels('price'))");
        seen.push(picture);
    }
    assert_ne!(seen[0], seen[1], "dark is drawn dark");
    page.prefer(THEMES[0]);
    assert_eq!(page.get("(await frame(), pixels('price'))"), seen[0], "and light again");
}

#[test]
fn axe_finds_nothing_in_the_guide_for_authors() {
    let page = Page::start(page_tests::server::as_built(), page_tests::Options::default());
    page.look_at("#example");
    page.visit("authors.html");
    assert_no_barrier(&page, "the guide for authors");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn axe_finds_nothing_in_figures_under_hard_conditions() {
    let page = Page::start(page_tests::server::as_built(), page_tests::Options::default());
    page.look_at("#plain");
    page.visit("embeds.html");
    assert_no_barrier(&page, "figures under hard conditions");
}

#[test]
fn axe_finds_nothing_in_any_form_of_a_lesson() {
    let page = Page::start(page_tests::server::as_built(), page_tests::Options::default());
    page.look_at("deleverage-lab");
    let lesson = "lesson.html?file=lessons/fifteen.toml";
    for (query, ready) in [
        ("lesson.html".to_owned(), "section:nth-of-type(3)"),
        ("lesson.html?file=lessons/none.toml".to_owned(), "[role=alert]"),
        (lesson.to_owned(), "section:nth-of-type(3)"),
        (format!("{lesson}&as=presenter#2"), ".stage .number"),
        (format!("{lesson}&as=worksheet"), "section:nth-of-type(3)"),
        (format!("{lesson}&as=key"), "section:nth-of-type(3)"),
    ] {
        page.load("embed.html");
        page.load(&query);
        page.until(&format!("document.querySelector('#lesson {ready}')"));
        assert_no_barrier(&page, &query);
        // After all results are shown, and with every disclosure open.
        page.run(
            "document.querySelectorAll('.prediction .quiet').forEach((button) => button.click());
             document.querySelectorAll('#lesson details').forEach((details) => (details.open = true));
             if (document.querySelector('.bar')) document.querySelectorAll('.bar > button')[1].click();
             await new Promise((resolve) => setTimeout(resolve, 1500));
             document.querySelectorAll('#lesson details').forEach((details) => (details.open = true));
             await new Promise((resolve) => setTimeout(resolve, 500));",
        );
        assert_no_barrier(&page, &format!("{query}, come out"));
    }
}

#[test]
fn axe_finds_nothing_in_the_guide_for_teachers() {
    let page = Page::start(page_tests::server::as_built(), page_tests::Options::default());
    page.load("index.html");
    // Readers of a guide come from the foot of the article and go on to the other guide.
    for guide in ["teach.html", "authors.html"] {
        page.run_with("document.querySelector(`footer a[href='${given}']`).click()", &json!(guide));
        page.until(&format!("location.pathname.endsWith({guide:?}) && document.readyState === 'complete'"));
        if guide == "teach.html" {
            assert_no_barrier(&page, "the guide for teachers");
        }
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn axe_finds_nothing_in_the_glossary_or_a_definition() {
    let page = Page::open_at(OPENING, "");
    page.focus("a[href$='#g-leverage']");
    page.press(Key::Enter, 1);
    page.until("document.querySelector('.definition')?.matches(':popover-open')");
    assert_no_barrier(&page, "a definition");
    page.run("document.querySelector('.definition a').click()");
    page.until("location.pathname.endsWith('/glossary.html') && document.readyState === 'complete'");
    assert_no_barrier(&page, "the glossary");
    assert_eq!(page.complaints(), [""; 0]);
}
