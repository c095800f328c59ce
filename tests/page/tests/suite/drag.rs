//! Dragging a slider: the picture, the numbers, the texts and the address follow at once.

use deleverage::params::{Row, Scale, TABLE};
use page_tests::{Key, Page, Value, json};

const BOTS: &str = "#slider-bots";

/// Starts counting the events of the laboratory.
fn listen(page: &Page) {
    page.run(
        "globalThis.heard = { change: 0, error: 0 };
         const listen = (type, hear) =>
           document.addEventListener(type, ({ target, detail }) => target === lab && hear(detail));
         listen('deleverage:change', (detail) => { heard.change += 1; heard.detail = detail });
         listen('deleverage:error', ({ message }) => { heard.error += 1; heard.message = message });",
    );
}

/// Asserts that everything that must differ between two runs does.
fn assert_moved(before: &Value, after: &Value) {
    for key in ["digest", "headline", "figures"] {
        assert_ne!(before[key], after[key], "{key} has not followed");
    }
    for (i, view) in ["price", "ladder", "sales", "r"].iter().enumerate() {
        assert_ne!(before["pixels"][i], after["pixels"][i], "the {view} view has not followed");
    }
}

#[test]
fn reducing_bots_by_arrow_keys_removes_the_crash() {
    let page = Page::open("");
    listen(&page);
    let (before, pages) = (page.get("drawnState()"), page.number("history.length"));
    let fall = page.number("lab.summary.greatest_fall_percent");

    page.focus(BOTS);
    page.press(Key::Left, 25);
    page.until("lab.params.bots === 20 && (await frame(), true)");

    assert_moved(&before, &page.get("drawnState()"));
    assert!(
        page.number("lab.summary.greatest_fall_percent") < fall / 2.0,
        "the fall is far smaller below the tipping point"
    );
    assert!(page.number("heard.change") >= 1.0);
    assert_eq!(page.get("heard.detail.summary.digest === lab.summary.digest && heard.detail.params.bots"), 20);
    page.until("location.search === '?bots=20'");
    assert_eq!(page.number("history.length"), pages, "sliders add nothing to the history");
    assert_eq!(page.text("text('.control.bots .value')"), "20%");
    assert_eq!(
        page.get("$('#slider-bots').getAttribute('aria-valuetext') === $('.control.bots .value').textContent"),
        true
    );
}

#[test]
fn reducing_bots_by_dragging_the_thumb() {
    let page = Page::open("");
    listen(&page);
    let (before, pages) = (page.get("drawnState()"), page.number("history.length"));
    page.run("$('#slider-bots').scrollIntoView({ behavior: 'instant', block: 'center' }); await frame()");
    let mouse = |kind: &str, percent: f64| {
        // The thumb is 16 px wide and stays within the slider.
        let place = page.run_with(
            "const { left, top, width, height } = $('#slider-bots').getBoundingClientRect();
             return [left + 8 + (given / 100) * (width - 16), top + height / 2]",
            &json!(percent),
        );
        let event = json!({
            "type": kind, "x": place[0], "y": place[1], "button": "left", "buttons": 1, "clickCount": 1,
        });
        page.devtools("Input.dispatchMouseEvent", &event);
    };
    mouse("mousePressed", 35.0);
    mouse("mouseMoved", 28.0);
    // The run follows during the drag, and not only at its end.
    page.until("Math.abs(lab.params.bots - 28) <= 1");
    mouse("mouseMoved", 20.0);
    mouse("mouseReleased", 20.0);
    page.until("Math.abs(lab.params.bots - 20) <= 1 && (await frame(), true)");
    assert_moved(&before, &page.get("drawnState()"));
    page.until("location.search === `?bots=${lab.params.bots}`");
    assert_eq!(page.number("history.length"), pages);
}

#[test]
fn every_slider_changes_only_its_parameter_and_label() {
    let page = Page::open("");
    page.run("root.querySelectorAll('details').forEach((details) => (details.open = true))");
    let sliders = page.get("[...root.querySelectorAll('input[type=range][id^=slider]')].map((slider) => slider.id)");
    let sliders: Vec<_> = sliders.as_array().expect("ids").iter().filter_map(Value::as_str).collect();
    let numbers = |row: &&Row| !matches!(row.scale, Scale::Seed | Scale::Choice(_));
    assert_eq!(sliders.len(), TABLE.iter().filter(numbers).count(), "one for each row but the seed and choices");
    for slider in sliders {
        let id = slider.trim_start_matches("slider-").replace('-', "_");
        let (before, words) = (page.get("lab.params"), page.get(&format!("text('.value[for={slider}]')")));
        page.focus(&format!("#{slider}"));
        let up = page.holds("focused().valueAsNumber < Number(focused().max)");
        page.press(if up { Key::Right } else { Key::Left }, 1);
        page.until(&format!("lab.params.{id} !== {}", before[&id]));
        let mut after = page.get("lab.params");
        assert_ne!(page.get(&format!("text('.value[for={slider}]')")), words, "{slider}: the words beside it");
        after[&id] = before[&id].clone();
        assert_eq!(after, before, "{slider} moves nothing else");
    }
}

#[test]
fn a_script_sets_parameters_and_the_sliders_follow() {
    let page = Page::open("");
    listen(&page);
    page.run("lab.params = { leverage: 20 }; await frame()");
    assert_eq!(page.get("lab.params.leverage"), 20);
    assert_eq!(page.get("lab.params.bots"), 45);
    assert_eq!(page.text("text('.control.leverage .value')"), "20x");
    assert_eq!(page.get("heard.change"), 1);
    let thumb = page.number("$('#slider-leverage').valueAsNumber");
    page.focus("#slider-leverage");
    page.press(Key::Right, 1);
    page.until("lab.params.leverage === 21");
    assert_eq!(page.number("$('#slider-leverage').valueAsNumber"), thumb + 1.0);
    page.until("location.search === '?leverage=21'");
    // Returned objects are copies.
    page.run("lab.params.bots = 1; lab.summary.digest = 'forged'; await frame()");
    assert_eq!(page.get("lab.params.bots"), 45);
    assert_ne!(page.text("lab.summary.digest"), "forged");
}

#[test]
fn an_attribute_changed_by_a_script_applies() {
    let page = Page::open("");
    page.run("lab.setAttribute('bot-latency', '30')");
    page.until("lab.params.bot_latency === 30");
    page.until("location.search === '?bot-latency=30'");
}

#[test]
fn invalid_parameters_are_reported_and_change_nothing() {
    let page = Page::open("?bots=20");
    let wrong = [
        (json!({ "leverage": 500 }), "leverage"),
        (json!({ "bots": "many" }), "bots"),
        (json!({ "nonsense": 1 }), "nonsense"),
        (json!({ "leverage": 5, "bots": -1 }), "bots"),
        (json!({ "hours": 2.5 }), "hours"),
        (json!({ "seed": -1 }), "seed"),
        (json!({ "leverage": null }), "leverage"),
        (json!({ "leverage": { "of": "course" } }), "leverage"),
    ];
    listen(&page);
    // The map, which has its own sliders, may load meanwhile.
    let all = "({ ...state(), params: lab.params, inputs: [...root.querySelectorAll('input:not(.map input)')].map((i) => i.value) })";
    // Canvases below the view are drawn some frames later.
    page.until(&format!(
        "JSON.stringify({all}) === (await frame(), await frame(), await frame(), JSON.stringify({all}))"
    ));
    for (params, name) in wrong {
        let before = page.get(all);
        page.run_with("lab.params = given; await frame()", &params);
        let said = page.text("text('.notice')");
        assert!(said.to_lowercase().contains(name), "{params}: {said:?}");
        assert_eq!(page.run("const { error } = heard; heard.error = 0; return error"), 1, "{params}");
        let told = page.text("heard.message");
        assert!(told.contains(name), "{params}: {told}");
        assert_eq!(page.get(all), before, "{params}");
        // The next allowed change removes the message.
        page.run("lab.params = {}; await frame()");
        assert_eq!(page.text("text('.notice')"), "");
    }
}

#[test]
fn parameters_that_are_no_object_are_reported() {
    let page = Page::open("");
    for nothing in ["undefined", "null", "7", "'leverage=20'"] {
        let before = page.get("state()");
        // Setting may throw instead: either way the script gets an error, and the laboratory still works.
        page.run(&format!("try {{ lab.params = {nothing} }} catch {{}} await frame()"));
        assert_eq!(page.get("state()"), before, "{nothing}");
    }
    page.run("lab.params = { bots: 20 }; await frame()");
    assert_eq!(page.get("lab.params.bots"), 20);
}
