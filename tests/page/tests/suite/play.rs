//! Playing a run: play, pause, step, restart, drag the time, zoom, and draw a new crowd or the same one.

use deleverage::Params;
use page_tests::input::Pointer;
use page_tests::{Page, Value};

/// Records the second and the pictures of every frame with a new second, until there are `given` of them.
const FRAMES: &str = "
    const shown = new Map();
    await until(async () => {
      await new Promise(requestAnimationFrame);
      // This runs before the frame draws, so the pictures of the last frame are complete.
      const at = second();
      if (!shown.has(at)) {
        await frame();
        if (second() === at) shown.set(at, pixels('price'));
      }
      return shown.size >= given;
    });
    return [...shown.entries()];";

/// The horizontal place on a canvas, as a fraction, of a fraction of the time axis.
fn on_canvas(page: &Page, canvas: &str, time: f64) -> f64 {
    page.number(&format!(
        "(() => {{
           const lab = getComputedStyle($('.lab'));
           const em = parseFloat(getComputedStyle($('.views')).fontSize);
           const margin = (side) => parseFloat(lab.getPropertyValue(`--plot-${{side}}`)) * em;
           const width = $('canvas.{canvas}').getBoundingClientRect().width;
           return (margin('left') + {time} * (width - margin('left') - margin('right'))) / width;
         }})()"
    ))
}

#[test]
fn the_first_sale_plays_frame_by_frame_to_the_end_of_the_span() {
    let page = Page::open("");
    let rest = page.number("second()");
    // Every second is shown for some frames, however long a frame takes.
    page.run("$('.speed').value = '1'");
    page.click(".sale");
    page.until("text('.play') === 'Pause'");
    let start = page.number("second()");
    assert!(start < rest && start >= 295.0, "it starts shortly before the first sale: {start}");
    let frames = page.run_with(FRAMES, &6.into());
    let frames: Vec<(f64, f64)> = serde_json::from_value(frames).expect("pairs");
    assert_eq!(frames.len(), 6, "time advances: {frames:?}");
    assert!(frames.is_sorted_by(|a, b| a.0 < b.0), "and only forward: {frames:?}");
    for pair in frames.windows(2) {
        assert_ne!(pair[0].1, pair[1].1, "another second, another picture: {frames:?}");
    }
    // After a pause, it plays at the selected speed.
    page.run("$('.speed').value = '500'; $('.play').click(); $('.play').click()");
    page.until("text('.play') === 'Play'");
    assert!(page.holds("second() === Number($('.cursor').max)"), "it stops at the end of what is in sight");
    let still = page.get("(await frame(), [second(), pixels('price')])");
    assert_eq!(page.get("(await frame(), await frame(), [second(), pixels('price')])"), still);
}

/// Counts paths and strokes on each canvas while the next second is drawn, and paths without a stroke.
const STROKES: &str = "
    const kinds = CanvasRenderingContext2D.prototype;
    const counts = new Map();
    const count = (context) => {
      const name = context.canvas.className;
      if (!counts.has(name)) counts.set(name, { lines: 0, strokes: 0, lost: 0, open: 0 });
      return counts.get(name);
    };
    const watch = (name, then) => {
      const own = kinds[name];
      kinds[name] = function (...all) {
        then(count(this));
        return own.apply(this, all);
      };
    };
    watch('moveTo', (of) => (of.lines++, of.open++));
    watch('beginPath', (of) => ((of.lost += of.open), (of.open = 0)));
    watch('fill', (of) => (of.open = 0));
    watch('stroke', (of) => (of.strokes++, (of.open = 0)));
    $('.step').click();
    await frame();
    await frame();
    return Object.fromEntries(counts);";

#[test]
fn every_line_is_stroked_and_dashes_share_a_stroke() {
    let page = Page::open("?t=330&span=2min");
    let counts = page.run(STROKES);
    let of = |canvas: &str, what: &str| counts[canvas][what].as_u64().unwrap_or_else(|| panic!("{canvas}: {counts}"));
    for canvas in ["price", "sales", "r", "ladder"] {
        assert_eq!(of(canvas, "lost") + of(canvas, "open"), 0, "{canvas}: {counts}");
        assert!(of(canvas, "strokes") > 0, "{canvas}: {counts}");
    }
    assert!(4 * of("price", "strokes") < of("price", "lines"), "{counts}");
}

#[test]
fn the_loop_shows_the_second_of_the_cursor() {
    let page = Page::open("?t=316");
    assert_eq!(page.number("second()"), 316.0);
    assert_eq!(page.text("text('.now .time')"), "16 s after the first sale");
    let loop_at = |page: &Page| page.text("text('.loop')");
    let first = loop_at(&page);
    page.click(".step");
    page.until("text('.now .time') === '17 s after the first sale'");
    assert_ne!(loop_at(&page), first);
    page.until("location.search === '?t=317'");
}

#[test]
fn pause_stops_and_play_continues() {
    let page = Page::open("");
    page.click(".sale");
    page.until("second() >= 305");
    page.run("$('.speed').value = '1'");
    page.click(".play");
    page.until("text('.play') === 'Play'");
    let paused = page.number("second()");
    assert!((305.0..420.0).contains(&paused));
    page.run("for (let i = 0; i < 20; i += 1) await frame()");
    assert_eq!(page.number("second()"), paused, "paused is paused");
    page.click(".play");
    page.until(&format!("second() > {paused}"));
}

#[test]
fn step_moves_one_second_and_restart_goes_to_the_start() {
    let page = Page::open("?t=310");
    let before = page.get("pixels('price')");
    page.click(".step");
    page.until("second() === 311");
    assert_ne!(page.get("(await frame(), pixels('price'))"), before);
    page.click(".sale");
    page.click(".step");
    page.until("text('.play') === 'Play'");
    page.click(".restart");
    page.until("second() === Number($('.cursor').min)");
    assert_eq!(page.text("text('.play')"), "Play");
    // From the end, where the page opens, a step leads into the first sale, and Play starts again.
    let end = "$('.cursor').value = $('.cursor').max; $('.cursor').dispatchEvent(new Event('input'))";
    page.run(end);
    page.click(".step");
    page.until("second() === 301");
    page.run(end);
    page.click(".play");
    page.until("text('.play') === 'Pause' && second() < Number($('.cursor').max)");
}

#[test]
fn dragging_on_a_picture_moves_the_time_by_mouse_and_touch() {
    let page = Page::open("");
    let (first, last) = (page.number("Number($('.cursor').min)"), page.number("Number($('.cursor').max)"));
    for (pointer, canvas) in
        [(Pointer::Mouse, "price"), (Pointer::Touch, "price"), (Pointer::Mouse, "sales"), (Pointer::Mouse, "r")]
    {
        let [from, to] = [0.25, 0.75].map(|time| [on_canvas(&page, canvas, time), 0.5]);
        let selector = format!("canvas.{canvas}");
        page.drag(pointer, &selector, from, from);
        let expected = first + 0.25 * (last - first);
        page.until(&format!("Math.abs(second() - {expected}) <= 1"));
        let picture = page.get(&format!("(await frame(), pixels('{canvas}'))"));
        page.drag(pointer, &selector, from, to);
        let expected = first + 0.75 * (last - first);
        page.until(&format!("Math.abs(second() - {expected}) <= 1"));
        assert_ne!(page.get(&format!("(await frame(), pixels('{canvas}'))")), picture, "{pointer:?} on {canvas}");
    }
    // A drag beyond the axis goes to its end.
    page.drag(Pointer::Mouse, "canvas.price", [on_canvas(&page, "price", 0.5), 0.5], [0.001, 0.5]);
    page.until("second() === Number($('.cursor').min)");
}

#[test]
fn dragging_the_cursor_stops_playing() {
    let page = Page::open("");
    page.run("$('.speed').value = '1'");
    page.click(".sale");
    page.until("text('.play') === 'Pause'");
    page.drag(Pointer::Mouse, ".cursor", [0.9, 0.5], [0.5, 0.5]);
    page.until("text('.play') === 'Play'");
    let middle = page.number("(Number($('.cursor').min) + Number($('.cursor').max)) / 2");
    assert!((page.number("second()") - middle).abs() <= 2.0);
}

#[test]
fn the_span_changes_the_pictures_and_the_address() {
    let page = Page::open("");
    let mut seen: Vec<(Value, Value)> = Vec::new();
    for (span, at_least, at_most) in [("2min", 100.0, 200.0), ("15min", 700.0, 1200.0), ("all", 7000.0, 7300.0)] {
        page.run_with("$('.span').value = given; $('.span').dispatchEvent(new Event('change'))", &span.into());
        let axis = page.number("Number($('.cursor').max) - Number($('.cursor').min)");
        assert!((at_least..=at_most).contains(&axis), "{span}: {axis} s");
        let pictures = page.get("(await frame(), ['price', 'sales', 'r'].map((name) => pixels(name)))");
        assert!(seen.iter().all(|(other, _)| *other != pictures), "{span} looks like another span");
        let wanted = if span == "2min" { String::new() } else { format!("?span={span}") };
        page.until(&format!("location.search === '{wanted}'"));
        seen.push((pictures, page.get("[second(), Number($('.cursor').max)]")));
    }
    page.visit("?span=15min&t=400");
    assert_eq!(page.get("[$('.span').value, second()]"), serde_json::json!(["15min", 400]));
}

#[test]
fn fragment_links_change_nothing_and_a_new_state_in_the_address_is_shown() {
    let page = Page::open("?bots=20");
    page.run("$('.speed').value = '1'");
    page.click(".sale");
    page.until("second() > 297");
    page.run(
        "lab.params = { bots: 25 };
         location.hash = '#nowhere';
         await new Promise((resolve) => setTimeout(resolve, 100));",
    );
    let now = page.get("[lab.params.bots, $('.speed').value, text('.play'), second() < 400]");
    assert_eq!(now, serde_json::json!([25, "1", "Pause", true]));
    page.run("history.pushState(null, '', '?bots=30&t=x'); dispatchEvent(new PopStateEvent('popstate'))");
    page.until("lab.params.bots === 30");
    assert!(page.text("text('.notice')").contains("t is \"x\""), "the problem is reported");
}

#[test]
fn a_seed_determines_the_run_to_the_last_bit() {
    let page = Page::open("");
    let digest = page.text("lab.summary.digest");
    page.run("$('.speed').value = '1'");
    page.click(".same-seed");
    page.until("text('.seed-words').includes('same to the last bit')");
    assert_eq!(page.text("lab.summary.digest"), digest);
    assert!(page.text("text('.seed-words')").contains(&digest), "the digest is shown");
    assert_eq!(page.text("text('.play')"), "Pause", "and it plays");

    page.click(".new-seed");
    page.until(&format!("lab.params.seed !== {}", Params::default().seed));
    let (seed, other) = (page.number("lab.params.seed"), page.text("lab.summary.digest"));
    assert_ne!(other, digest);
    assert!(page.text("text('.seed-words')").contains(&seed.to_string()));
    assert_eq!(page.text("$('#field-seed').value"), seed.to_string());
    page.click(".play");
    page.until(&format!("new URLSearchParams(location.search).get('seed') === '{seed}'"));
    let address = page.text("location.search");
    page.visit(&address);
    assert_eq!(page.text("lab.summary.digest"), other, "the address holds the crowd");
}

#[test]
fn a_scenario_sets_the_sliders_plays_and_names_its_sources() {
    let page = Page::open("");
    let plays = page.run(
        "$('.scenario').value = 'may-2010'; $('.scenario').dispatchEvent(new Event('change')); return text('.play')",
    );
    assert_eq!(plays, "Pause");
    page.until("lab.params.bots === 60 && text('.control.bots .value') === '60%'");
    // Paused for reading: the text of each second varies in length and would move what is below.
    page.run("lab.pause(); await frame()");
    page.click(".episode summary");
    page.until("text('.facts').includes('CFTC') && text('.episode table').includes('fitted')");
    page.run("lab.params = { bots: 59 }; await frame()");
    assert_eq!(page.text("$('.scenario').value"), "", "these are the visitor's own settings now");
    assert!(page.holds("!seen($('.episode'))"));
}

#[test]
fn the_button_names_the_first_order() {
    let page = Page::open("?shorts=50");
    assert_eq!(page.text("text('.sale')"), "Start the first sale");
    page.run("lab.params = { first_order: 'purchase' }");
    assert_eq!(page.text("text('.sale')"), "Start the first purchase");
    assert_eq!(page.text("text('.control.shock label')"), "First purchase");
    page.run("lab.params = { first_order: 'sale' }");
    assert_eq!(page.text("text('.sale')"), "Start the first sale");
    assert_eq!(page.text("text('.control.shock label')"), "First sale");
}
