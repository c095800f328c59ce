//! Faults: each has a message and a way to recover, and never leaves a dead picture.

use page_tests::{Page, json};

/// A fault in the simulator: a panic of the current instance.
const PANIC: &str = "
    const modules = performance.getEntriesByType('resource').map((entry) => entry.name);
    const last = () => import(modules.filter((name) => name.includes('/pkg/full.js')).at(-1));
    const thrown = panic(lab?.exports ?? (await last()));
    await frame();
    return thrown;";

fn provoke_panic(page: &Page) {
    assert_eq!(page.run(PANIC), true, "a panic throws");
}

/// Asserts that there are the message with its button and the last picture, and that no control reaches the broken
/// simulator.
fn assert_stopped(page: &Page) {
    let words = page.text("text('.notice')");
    assert!(words.contains("stopped") && words.contains("index out of bounds"), "{words}");
    assert!(page.holds("$('.notice').getAttribute('role') === 'alert'"));
    assert!(page.holds("seen($('.notice .again'))"));
}

/// Brings other crowds into sight, from when on they run and appear behind the price.
fn see_crowds(page: &Page) {
    page.run(
        "const panel = $('.crowds-panel');
         panel?.scrollIntoView({ behavior: 'instant' });
         if (panel) await until(() => $('.crowds-words').textContent !== '');
         await frame();",
    );
}

/// Asserts that everything works: a change moves the picture, and undoing it gives the first run again.
fn assert_alive(page: &Page) {
    see_crowds(page);
    // Canvases out of view are not drawn.
    page.run("$('.views').scrollIntoView({ behavior: 'instant' }); await frame(); await frame()");
    let (before, bots) = (page.get("(await frame(), state())"), page.number("lab.params.bots"));
    page.run("lab.params = { bots: 77 }; await frame()");
    let moved = page.get("state()");
    assert!(moved["digest"] != before["digest"] && moved["pixels"][0] != before["pixels"][0]);
    // The address follows when the settings no longer change.
    page.until("location.search.includes('bots=77')");
    page.run_with("lab.params = { bots: given }; await frame()", &bots.into());
    let back = page.get("state()");
    assert_eq!((&back["digest"], &back["pixels"]), (&before["digest"], &before["pixels"]));
    page.until("!location.search.includes('bots=77')");
}

#[test]
fn a_bad_address_gets_one_message_and_the_nearest_values() {
    let page = Page::open("?leverage=500&bots=many&nonsense=1&t=x&span=week&hours=2.4");
    let said = page.text("text('.notice')");
    for problem in [
        "leverage is \"500\"",
        "bots is \"many\"",
        "\"nonsense\"",
        "t is \"x\"",
        "span is \"week\"",
        "hours is \"2.4\"",
    ] {
        assert!(said.to_lowercase().contains(problem), "{problem} is not in: {said}");
    }
    assert_eq!(page.number("root.querySelectorAll('[role=alert]:not([hidden])').length"), 1.0);
    assert_eq!(page.get("[lab.params.leverage, lab.params.bots, lab.params.hours]"), json!([50, 45, 2]));
    assert_eq!(page.text("text('.control.leverage .value')"), "50x");
    assert!(page.holds("$('.notice').getBoundingClientRect().top < innerHeight + 400"));
    assert_alive(&page);
}

#[test]
fn an_address_cannot_inject_markup_or_long_text() {
    let page =
        Page::open("?%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1&leverage=%3Cb%3E5%3C/b%3E&seed=1e99&bots=Infinity");
    let said = page.text("text('.notice')");
    assert!(said.contains("<img") && said.contains("<b>5</b>"), "shown as written: {said}");
    assert_eq!(page.number("root.querySelectorAll('.notice img, .notice b').length"), 0.0);
    let long = "x".repeat(1_500);
    page.visit(&format!("?{long}=1&leverage={long}&t={long}&span={long}"));
    assert!(page.text("text('.notice')").len() < 3000, "long text is shortened");
    assert!(!page.holds("document.documentElement.scrollWidth > innerWidth"));
    for strange in [
        "?%",
        "?%00",
        "?=&=&&",
        "?leverage",
        "?seed=18446744073709551616",
        "?t=999999",
        "?t=-1",
        "?scenario=none",
        "?leverage=5&leverage=6",
        "?%F0%28%8C%28",
    ] {
        page.visit(strange);
        assert!(page.holds("lab.summary.digest.length === 16 && seen($('canvas.price'))"), "{strange}");
        assert!(!page.holds("document.documentElement.scrollWidth > innerWidth"), "{strange}");
    }
}

#[test]
fn a_panic_shows_a_message_and_the_restart_button_works_twice() {
    let page = Page::open("?leverage=12&bots=20&seed=5&t=320");
    page.run(
        "globalThis.told = []; lab.addEventListener('deleverage:error', (event) => told.push(event.detail.message))",
    );
    see_crowds(&page);
    let before = page.get("({ ...(await drawnState()), second: second(), params: lab.params })");
    for time in 1..=2 {
        provoke_panic(&page);
        assert_stopped(&page);
        assert_eq!(page.number("told.length"), f64::from(time));
        assert_eq!(
            page.get("({ ...(await drawnState()), second: second(), params: lab.params })"),
            before,
            "the last picture stays"
        );
        page.click(".notice .again");
        page.until("text('.notice') === ''");
        page.run("await frame()");
        assert_eq!(
            page.get("({ ...(await drawnState()), second: second(), params: lab.params })"),
            before,
            "the same settings"
        );
        assert_alive(&page);
    }
}

#[test]
fn controls_do_nothing_after_a_panic() {
    let page = Page::open("?bots=20");
    page.click(".sale");
    page.until("second() > 300");
    provoke_panic(&page);
    assert_stopped(&page);
    drop(page.complaints());
    let all = "({ ...state(), second: second(), play: text('.play'), seed: text('.seed-words') })";
    let before = page.get(all);
    for button in [".play", ".step", ".restart", ".sale", ".new-seed", ".same-seed", "#slider-bots"] {
        page.poke(button);
        page.run("await frame()");
        assert_eq!(page.get(all), before, "{button} has changed something");
    }
    page.run("lab.params = { bots: 50 }; await frame()");
    assert_eq!(page.get(all), before, "the last picture and its words stay");
    assert_stopped(&page);
    assert_eq!(page.complaints(), [""; 0], "nothing throws");
    page.click(".notice .again");
    page.until("text('.notice') === ''");
    // Settings made in the meantime now apply, and the address follows.
    page.until("state().search.startsWith('?bots=50')");
    assert_alive(&page);
}

#[test]
fn a_failed_restart_is_reported_and_can_be_retried() {
    let page = Page::open("");
    provoke_panic(&page);
    page.devtools("Network.enable", &json!({}));
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*pkg/*"] }));
    page.click(".notice .again");
    page.until("text('.notice').includes('could not be loaded')");
    let words = page.text("text('.notice p')");
    assert!(words.ends_with(").") && !words.contains("fault"), "{words}");
    assert!(page.holds("seen($('.notice .again')) && focused() === $('.notice .again')"));
    page.devtools("Network.setBlockedURLs", &json!({ "urls": [] }));
    page.click(".notice .again");
    page.until("text('.notice') === ''");
    assert_alive(&page);
}

#[test]
fn a_figure_without_sliders_keeps_the_focus_after_a_restart() {
    let page = Page::open("");
    page.run(
        "globalThis.bare = document.createElement('deleverage-lab');
         for (const name of ['view', 'controls']) bare.setAttribute(name, name === 'view' ? 'price' : '');
         lab.after(bare);
         bare.scrollIntoView({ behavior: 'instant' });
         await bare.ready;",
    );
    provoke_panic(&page);
    page.run("const again = bare.shadowRoot.querySelector('.again'); again.focus(); again.click()");
    page.until("bare.shadowRoot.querySelector('.notice').hidden");
    assert_eq!(page.text("bare.shadowRoot.activeElement?.className ?? 'nowhere'"), "sale");
}

#[test]
fn an_element_works_after_removal_and_reinsertion() {
    let page = Page::open("?bots=20");
    let before = page.get("({ digest: lab.summary.digest, headline: text('.headline') })");
    page.click(".sale");
    page.run("const home = lab.parentNode; lab.remove(); await frame(); home.append(lab); await frame()");
    assert_eq!(page.get("({ digest: lab.summary.digest, headline: text('.headline') })"), before);
    assert_eq!(page.text("text('.play')"), "Play", "it does not play while it is detached");
    // The element may have reached a new second before it was removed; the address follows.
    page.run("await new Promise((later) => setTimeout(later, 600))");
    page.run("globalThis.changes = 0; lab.addEventListener('deleverage:change', () => (changes += 1))");
    assert_alive(&page);
    assert_eq!(page.get("changes"), 2, "each change fires one event");
    page.click(".sale");
    page.until("second() > 300");
    provoke_panic(&page);
    assert_stopped(&page);
    page.click(".notice .again");
    page.until("text('.notice') === ''");
    assert_alive(&page);
}

#[test]
fn a_change_just_before_moving_an_element_takes_effect() {
    let page = Page::open("");
    page.run(
        "const working = new Promise((resolve) => {
           const watch = new MutationObserver(() => text('.study .working') !== '' && resolve(watch.disconnect()));
           watch.observe($('.study'), { subtree: true, childList: true, characterData: true });
         });
         $('.study').open = true;
         await working;
         lab.params = { bots: 20 };
         const home = lab.parentNode;
         lab.remove();
         home.append(lab);",
    );
    page.until("location.search === '?bots=20'");
    page.until("root.querySelectorAll('.study table').length === 3 && text('.study .working') === ''");
    // As for a figure that was not moved.
    page.until("$('.lab > [role=status]').textContent === $('.headline').textContent");
}

#[test]
fn an_element_detached_during_a_panic_reports_it_on_return() {
    let page = Page::open("?bots=20");
    page.run("globalThis.home = lab.parentNode; globalThis.away = lab; lab.remove()");
    provoke_panic(&page);
    page.run("home.append(away); await frame()");
    // Either it offers to restart, or it has restarted by itself: nothing may run in the memory of a simulator that has
    // panicked.
    let instances =
        "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/pkg/full.js')).length";
    page.until(&format!("seen($('.notice .again')) || {instances} > 1"));
    if page.holds("seen($('.notice .again'))") {
        page.click(".notice .again");
        page.until("text('.notice') === ''");
    }
    assert_alive(&page);
}

#[test]
fn two_elements_on_one_page_are_independent() {
    let page = Page::open("?bots=20");
    page.run(
        "globalThis.other = document.createElement('deleverage-lab');
         other.setAttribute('bots', '50');
         lab.after(other);
         other.scrollIntoView({ behavior: 'instant' });
         await other.ready;",
    );
    assert_eq!(page.get("[lab.params.bots, other.params.bots]"), json!([20, 50]));
    let digests = page.get("[lab.summary.digest, other.summary.digest]");
    assert_alive(&page);
    assert_eq!(page.get("[lab.summary.digest, other.summary.digest]"), digests);
    page.run("other.params = { bots: 5 }; await frame()");
    assert_eq!(page.get("[lab.params.bots, other.params.bots]"), json!([20, 5]));
    page.until("location.search === '?bots=20'");

    // A fault stops both, and restarting one also restarts the other.
    provoke_panic(&page);
    assert_stopped(&page);
    assert!(page.holds("seen(other.shadowRoot.querySelector('.again'))"));
    page.click(".notice .again");
    page.until("text('.notice') === ''");
    assert_alive(&page);
    page.until("other.shadowRoot.querySelector('.notice').hidden");
    page.run("other.params = { bots: 50 }; await frame()");
    assert_eq!(page.get("[lab.summary.digest, other.summary.digest]"), digests);
}
