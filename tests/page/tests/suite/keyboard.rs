//! Keyboard use: every control can be reached in reading order and operated, and the focus is always visible.

use page_tests::{Key, Page, Value};

/// The name of a control and its figure.
const NAMED: &str = "
    const named = (element) => {
      const own = element.id || element.className || `${element.localName} ${element.innerText.trim()}`;
      return `${element.getRootNode().host?.id ?? 'page'}: ${own}`;
    };";

/// The focused element: its name, whether its focus ring is visible, and its box.
const WHERE: &str = "
    const element = focused();
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const trees = [document, element.getRootNode()];
    const front = trees.map((tree) => tree.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
    // A figure that stays in sight moves with the text: its controls are measured from its scene.
    const host = element.getRootNode().host;
    const pinned = host?.closest('.scene');
    const up = scrollY + (pinned ? pinned.getBoundingClientRect().top - host.getBoundingClientRect().top : 0);
    const place = ({ top, bottom, left }) => ({ top: top + up, bottom: bottom + up, left });
    // A slider and its explanation are one block.
    const block = element.closest('.control');
    return {
      name: named(element),
      ring: element.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      seen: seen(element) && box.top >= -1 && box.bottom <= innerHeight + 1 && front.some((e) => e && (element.contains(e) || e.contains(element))),
      own: place(box), block: place(block?.getBoundingClientRect() ?? box), control: block && named(element).split(':')[0] + block.className,
    };";

/// Everything in the page that the Tab key must reach, in document order. The dots of the progress repeat the contents for
/// pointers.
// The slider that points at a fall is visible while its figure has the focus.
const CONTROLS: &str = "
    const found = [];
    const walk = (node) => {
      for (const element of node.children) {
        if (!element.disabled && element.matches('a[href], button, input, select, textarea, summary, [tabindex=\"0\"]') && (seen(element) || element.closest('.pointer')) && !element.closest('[aria-hidden=true]')) {
          found.push(named(element));
        }
        walk(element.shadowRoot ?? element);
      }
    };
    walk(document.body);
    return found;";

fn open_all(page: &Page) {
    // Loads every figure, as for a reader at the end of the page. One script for each, because the limit of a script is
    // a minute, which a busy machine may need for the map alone.
    let figures = page.get("document.querySelectorAll('deleverage-lab').length").as_u64().expect("a number");
    for figure in 0..figures {
        page.run_with(
            "const figure = document.querySelectorAll('deleverage-lab')[given];
             figure.scrollIntoView({ behavior: 'instant' });
             await figure.ready;",
            &figure.into(),
        );
    }
    page.run(
        "for (const place of document.querySelectorAll('.predict, .map, .challenge')) {
           place.scrollIntoView({ behavior: 'instant' });
           await until(() => place.querySelector('button') !== null);
         }",
    );
    // The dot of a map can be moved once there is a map, and the map must be finished, so that its Stop button is gone.
    for place in ["document", "root"] {
        page.run(&format!(
            "{place}.querySelector('.map-place, #fig-map').scrollIntoView({{ behavior: 'instant' }});
             const up = await until(() => {place}.querySelector('.map-up'));
             up.scrollIntoView({{ behavior: 'instant' }});
             await until(() => !up.disabled);
             up.closest('.map').querySelector('.map-progress button').click();"
        ));
    }
    // Other crowds run once their panel has been seen; its slider can be moved once there are results.
    page.run(
        "const place = await until(() => root.querySelector('#crowds-place'));
         place.closest('.crowds-panel').scrollIntoView({ behavior: 'instant' });
         await until(() => !place.disabled);",
    );
    page.run("scrollTo({ top: 0, behavior: 'instant' });");
    page.unfold();
}

#[test]
fn tab_reaches_every_control_in_reading_order_and_leaves() {
    let page = Page::open("?scenario=may-2010");
    open_all(&page);
    assert_tab_goes_everywhere(&page);
}

#[test]
fn tab_reaches_every_control_on_a_narrow_screen() {
    let page = Page::open("?scenario=may-2010");
    page.screen(320, 640, 1.0);
    open_all(&page);
    assert_tab_goes_everywhere(&page);
}

fn assert_tab_goes_everywhere(page: &Page) {
    let controls = page.run(&format!("{NAMED}{CONTROLS}"));
    let controls: Vec<_> = controls.as_array().expect("names").iter().map(Value::to_string).collect();
    assert!(controls.len() > 30, "sliders, buttons, selects and summaries: {controls:?}");

    let mut reached: Vec<Value> = Vec::new();
    loop {
        page.press(Key::Tab, 1);
        let place = page.run(&format!("{NAMED}{WHERE}"));
        // After the last control the focus leaves the page or starts again, so it is not trapped.
        if place.is_null() || (reached.len() > 1 && place["name"] == reached[0]["name"]) {
            break;
        }
        assert_eq!(place["ring"], true, "no ring around {}", place["name"]);
        // A scrolling region may be higher than the view.
        let region = place["name"].as_str().is_some_and(|name| name.ends_with(": rows"));
        assert!(region || place["seen"] == true, "{} has the focus and is not visible", place["name"]);
        reached.push(place);
        // A trapped focus would go on for ever.
        if reached.len() > 2 * controls.len() {
            break;
        }
    }
    let names: Vec<_> = reached.iter().map(|place| place["name"].to_string()).collect();
    let missed: Vec<_> = controls.iter().filter(|control| !names.contains(control)).collect();
    let unknown: Vec<_> = names.iter().filter(|name| !controls.contains(name)).collect();
    assert_eq!((missed, unknown), (vec![], vec![]));
    assert_eq!(names, controls);
    assert_eq!(names[0], "\"page: skip\"");
    // A link in a text may wrap, so its box has no meaning. The rows of the table scroll below each other.
    let of_text = |place: &Value| {
        place["name"].as_str().is_some_and(|name| name.starts_with("page: ") || name.contains(": button "))
    };
    for pair in reached.windows(2).filter(|pair| !pair.iter().any(of_text)) {
        let one_block = !pair[0]["control"].is_null() && pair[0]["control"] == pair[1]["control"];
        let at =
            |i: usize, side: &str| pair[i][if one_block { "own" } else { "block" }][side].as_f64().expect("a number");
        let below = at(1, "bottom") > at(0, "top");
        let beside_or_below = at(1, "top") >= at(0, "bottom") - 1.0 || at(1, "left") >= at(0, "left") - 1.0;
        // The cursor belongs to the pictures, which are read before the next row of buttons.
        assert!(below && beside_or_below, "{} comes before {} on the screen", pair[1]["name"], pair[0]["name"]);
    }

    // And back.
    page.focus(".scenario");
    page.press_with_shift(Key::Tab);
    assert!(page.holds("focused().closest('.crowds-panel') !== null"));
}

#[test]
fn the_skip_link_leads_to_the_laboratory() {
    let page = Page::open("");
    page.press(Key::Tab, 1);
    assert!(page.holds("focused().matches('.skip') && focused().getBoundingClientRect().top >= 0"));
    page.press(Key::Enter, 1);
    page.until("document.activeElement.id === 'lab'");
    page.press(Key::Tab, 1);
    assert_eq!(page.text("focused().ariaLabel"), "Leverage?");
    page.press(Key::Tab, 1);
    assert_eq!(page.text("focused().id"), "slider-leverage");
    assert!(page.holds("lab.summary.digest.length === 16"), "the skip link does not reload the page");
}

#[test]
fn arrows_home_end_and_page_keys_move_every_slider() {
    let page = Page::open("");
    page.focus("#slider-bots");
    for (key, bots) in
        [(Key::Right, 46), (Key::Up, 47), (Key::Left, 46), (Key::Down, 45), (Key::Home, 0), (Key::End, 100)]
    {
        page.press(key, 1);
        page.until(&format!("lab.params.bots === {bots}"));
        page.until(&format!("text('.control.bots .value') === '{bots}%'"));
    }
    page.press(Key::PageDown, 1);
    let less = page.until("lab.params.bots < 100 && lab.params.bots").as_f64().expect("a number");
    assert!(less < 99.0, "a page is more than a step: {less}");
    page.press(Key::PageUp, 1);
    page.until("lab.params.bots === 100");
    assert!(page.holds("focused().id === 'slider-bots'"), "a run does not take the focus away");
}

#[test]
fn arrows_home_end_and_page_keys_move_the_time() {
    let page = Page::open("");
    page.focus(".cursor");
    page.press(Key::Home, 1);
    page.until("second() === Number($('.cursor').min)");
    let start = page.number("second()");
    let (time, pixels) = (page.text("text('.now .time')"), page.get("(await frame(), pixels('price'))"));
    page.press(Key::Right, 3);
    page.until(&format!("second() === {start} + 3"));
    assert_ne!(page.text("text('.now .time')"), time);
    assert_ne!(page.get("(await frame(), pixels('price'))"), pixels, "the picture follows the cursor");
    page.press(Key::Left, 1);
    page.until(&format!("second() === {start} + 2"));
    page.press(Key::PageUp, 1);
    page.until(&format!("second() > {start} + 3"));
    page.press(Key::End, 1);
    page.until("second() === Number($('.cursor').max)");
    let spoken = page.text("$('.cursor').getAttribute('aria-valuetext')");
    assert!(spoken.contains("after the first sale"), "a second is said in words: {spoken}");
}

#[test]
fn space_and_enter_activate_every_button() {
    let page = Page::open("");
    for key in [Key::Space, Key::Enter] {
        let key = || key;
        page.focus(".restart");
        page.press(key(), 1);
        page.until("second() === Number($('.cursor').min)");
        page.focus(".step");
        page.press(key(), 1);
        page.until("second() === Number($('.cursor').min) + 1");
        page.focus(".sale");
        page.press(key(), 1);
        page.until("second() >= 300 && text('.play') === 'Pause'");
        page.focus(".play");
        page.press(key(), 1);
        page.until("text('.play') === 'Play'");
        let digest = page.text("lab.summary.digest");
        page.focus(".same-seed");
        page.press(key(), 1);
        page.until("text('.seed-words').includes('same to the last bit')");
        assert_eq!(page.text("lab.summary.digest"), digest);
        page.focus(".new-seed");
        page.press(key(), 1);
        page.until(&format!("lab.summary.digest !== '{digest}'"));
        assert!(page.holds("focused().className === 'new-seed'"), "the focus stays on the button");
    }
}

#[test]
fn disclosures_and_choices_work_by_key() {
    let page = Page::open("");
    let groups = page.number("root.querySelectorAll('details.group').length");
    assert!(groups >= 4.0);
    page.focus("details.group summary");
    page.press(Key::Enter, 1);
    page.until("$('details.group').open");
    page.press(Key::Tab, 1);
    assert!(page.holds("focused().matches('details.group .ask')"), "its content comes next");
    page.press(Key::Tab, 1);
    assert!(page.holds("focused().matches('details.group input')"), "and the slider after its explanation");
    page.focus("details.group summary");
    page.press(Key::Space, 1);
    page.until("!$('details.group').open");

    page.focus(".span");
    page.press(Key::Down, 1);
    page.until("$('.span').value === '15min' && Number($('.cursor').max) - Number($('.cursor').min) > 600");
    page.focus(".speed");
    page.press(Key::Up, 1);
    page.until("$('.speed').value === '20'");
    page.focus(".scenario");
    page.press(Key::Down, 1);
    page.until("lab.params.bots === 15");
}

#[test]
fn the_seed_can_be_typed() {
    let page = Page::open("");
    open_all(&page);
    page.focus("#field-seed");
    page.run("focused().select()");
    page.write("42");
    page.press(Key::Enter, 1);
    page.until("lab.params.seed === 42 && $('#field-seed').value === '42'");
    page.run("focused().select()");
    page.write("many");
    page.press(Key::Tab, 1);
    page.until("text('.notice').includes('many')");
    assert_eq!(page.get("lab.params.seed"), 42);
    assert_eq!(page.text("$('#field-seed').value"), "42", "the field shows the current seed");
}

#[test]
fn playing_does_not_hold_the_focus_and_the_cursor_moves_by_key() {
    let page = Page::open("");
    page.focus(".sale");
    page.press(Key::Enter, 1);
    page.until("second() >= 303");
    page.press(Key::Tab, 1);
    assert_eq!(page.text("focused().className"), "play", "playing does not hold the focus");
    page.press(Key::Space, 1);
    page.until("text('.play') === 'Play'");
    let stopped = page.number("second()");
    assert!(stopped >= 303.0);
    page.focus(".cursor");
    page.press(Key::Right, 2);
    page.until(&format!("second() === {stopped} + 2"));
}
