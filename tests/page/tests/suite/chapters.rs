//! The article, chapter by chapter: the reader's actions and their effects.

use page_tests::input::Pointer;
use page_tests::{LABORATORY, OPENING, Page, json};

/// The page with this figure in view and ready.
fn at(figure: &'static str) -> Page {
    let page = Page::open_at(figure, "");
    assert_eq!(page.text("text('.notice')"), "", "{figure}");
    page
}

/// Sets the slider of this figure to one of its ends by keyboard.
fn slide(page: &Page, slider: &str, end: &str) {
    page.focus(&format!("#slider-{slider}"));
    page.press(if end == "max" { page_tests::Key::End } else { page_tests::Key::Home }, 1);
    page.run("await frame(); await frame()");
}

/// The greatest fall of the figure's run, percent.
fn fall(page: &Page) -> f64 {
    page.number("lab.summary.greatest_fall_percent")
}

/// Follows a link of the chapter by a real click.
fn follow(page: &Page, words: &str) {
    page.run_with(
        "const links = [...lab.closest('.chapter').querySelectorAll('a.set')];
         const link = links.find((link) => link.textContent.replace(/\\s+/g, ' ').includes(given));
         if (!link) throw new Error(`no link ${given}`);
         document.querySelectorAll('#followed').forEach((other) => other.removeAttribute('id'));
         link.id = 'followed';
         // Scrolling may begin a step, which sets the figure; a reader clicks after that.
         link.scrollIntoView({ block: 'center', behavior: 'instant' });
         await frame();
         await frame()",
        &json!(words),
    );
    page.click("#followed");
    page.run("await frame(); await frame()");
}

#[test]
fn the_first_drag_of_bot_density_tells_the_story() {
    let page = at(OPENING);
    assert!((17.0..19.0).contains(&fall(&page)), "it opens beyond the tipping point");
    page.focus("#slider-bots");
    page.press(page_tests::Key::Left, 25);
    page.until("lab.params.bots === 20");
    assert!(fall(&page) < 6.0);
    assert!(page.text("text('.headline')").contains("4.8%"));
    follow(&page, "20%");
    assert_eq!(page.number("lab.params.bots"), 20.0);
    assert_eq!(page.text("location.search"), "", "a figure does not change the address");
    let light =
        "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('deleverage_bg.wasm')).length";
    assert_eq!(page.number(light), 1.0, "the first picture is drawn by the light simulator");
}

#[test]
fn more_leverage_moves_the_margin_limit_nearer() {
    let page = at("#fig-account");
    let words = |page: &Page| page.text("text('.headline')");
    assert!(words(&page).contains("9.1%"), "{}", words(&page));
    follow(&page, "leverage 20");
    assert!(words(&page).contains("4.0%"), "{}", words(&page));
    follow(&page, "leverage 2 and a margin of 25%");
    assert!(words(&page).contains("33.3%"), "{}", words(&page));
    // Pointing at a fall shows what is left there.
    let before = page.get("pixels('account')");
    page.focus(".point-fall");
    page.press(page_tests::Key::Right, 4);
    page.run("await frame(); await frame()");
    assert_ne!(page.get("pixels('account')"), before);
}

#[test]
fn the_crowd_follows_the_cursor_and_highlights_are_shared_by_views() {
    let page = at("#fig-crowd");
    follow(&page, "just before the first sale");
    assert_eq!(page.number("second()"), 299.0);
    let before = page.get("[pixels('crowd'), pixels('ladder')]");
    follow(&page, "the low");
    assert_eq!(page.number("second()"), 337.0);
    let after = page.get("[pixels('crowd'), pixels('ladder')]");
    assert!(before[0] != after[0] && before[1] != after[1]);
    // A pointer on the ladder highlights the same price in the crowd.
    page.hover("canvas.ladder", [0.3, 0.5]);
    page.run("await frame(); await frame()");
    let lit = page.get("[pixels('crowd'), pixels('ladder')]");
    assert!(lit[0] != after[0] && lit[1] != after[1], "highlighted in every view");
    assert!(page.text("$('.pointer').innerText").contains('%'));
    // So does a pointer on an account in the crowd.
    page.hover("canvas.crowd", [0.5, 0.5]);
    page.run("await frame(); await frame()");
    assert_ne!(page.get("pixels('ladder')"), lit[1]);
}

#[test]
fn thinning_deepens_the_fall_of_one_sale() {
    let page = at("#fig-impact");
    assert!((3.7..4.1).contains(&fall(&page)));
    follow(&page, "moderate thinning");
    assert!(fall(&page) > 5.5);
    follow(&page, "the first sale to 8%");
    assert!((7.7..8.1).contains(&fall(&page)), "a link sets the same state, whatever came before");
    slide(&page, "shock", "max");
    assert!(fall(&page) > 19.0);
}

#[test]
fn the_loop_stops_where_the_staircase_says() {
    let page = at("#fig-loop");
    let stops = "lab.summary.fixed_point_fall_percent";
    assert!((fall(&page) - page.number(stops)).abs() < 0.1, "the pure limit");
    assert!(fall(&page) < 4.0);
    follow(&page, "3%");
    assert!((17.0..18.5).contains(&fall(&page)) && (fall(&page) - page.number(stops)).abs() < 0.1);
    let end = page.get("[pixels('loop'), pixels('staircase')]");
    page.click(".sale");
    page.until(&format!("second() > 310 && pixels('loop') !== {} && pixels('staircase') !== {}", end[0], end[1]));
}

#[test]
fn the_tipping_point_is_found_by_dragging() {
    let page = at("#fig-r");
    // The step beside it may have set the figure already.
    let begin = page.get("['leverage', 'bots'].map((name) => lab.getAttribute(name))");
    assert_eq!(begin, json!(["8", "60"]), "it starts far from the tipping point");
    follow(&page, "75%");
    let below = fall(&page);
    assert!(page.number("lab.summary.r_peak") < 1.0);
    follow(&page, "90%");
    assert!(page.number("lab.summary.r_peak") > 1.0);
    assert!(fall(&page) > below + 10.0, "the links that show the cliff: {below} to {}", fall(&page));
    follow(&page, "leverage 10");
    assert_eq!(page.get("[lab.params.leverage, lab.params.bots]"), json!([10, 40]));
    follow(&page, "80%");
    // One percent more bots are enough.
    let at = |bots: u32| {
        page.run_with("lab.params = { bots: given }", &json!(bots));
        fall(&page)
    };
    let steps: Vec<f64> = (82..=88).map(at).collect();
    assert!(steps.windows(2).any(|pair| pair[1] > pair[0] + 5.0), "{steps:?}");
}

#[test]
fn rules_that_watch_volatility_make_it_worse() {
    let page = at("#fig-worse");
    page.run("await frame(); await frame(); lab.show('')");
    let without = fall(&page);
    follow(&page, "a fifth of the bots");
    assert!(fall(&page) > without + 1.0, "{without} to {}", fall(&page));
    follow(&page, "step back");
    assert_eq!(page.number("lab.params['vol_bots']"), 0.0, "each link shows its own change alone");
    assert!(fall(&page) > 2.0 * without, "{without} to {}", fall(&page));
}

#[test]
fn slow_arbitrage_spares_seven_of_eight_venues() {
    let page = at("#fig-venues");
    let fast = fall(&page);
    follow(&page, "slow arbitrage");
    assert!(fall(&page) < fast / 2.0 && page.number("lab.summary.worst_venue_fall_percent") > 1.5 * fast);
    follow(&page, "does not help");
    assert!((fall(&page) - fast).abs() < 2.0, "{fast} to {}", fall(&page));
}

#[test]
fn one_seller_causes_the_fall_of_the_crowd() {
    let page = at("#fig-giant");
    let words = "$('canvas.giant').getAttribute('aria-label')";
    let before = page.text(words);
    assert!(before.contains("−3.9"), "{before}");
    follow(&page, "50% bots");
    page.until(&format!("{words}.includes('19.9')"));
}

#[test]
fn a_rule_helps_one_account_and_harms_it_if_all_have_it() {
    let page = at("#fig-together");
    let words = page.text("text('.headline')");
    for part in ["36", "117"] {
        assert!(words.contains(part), "{words}");
    }
    follow(&page, "50%");
    page.until("text('.headline').includes('131')");
}

#[test]
fn slower_bots_fall_less_and_the_time_axis_shows_it() {
    let page = at("#fig-pace");
    page.run("lab.show(''); await frame(); await frame()");
    let before = page.get("pixels('pace')");
    follow(&page, "bots that take 30 seconds");
    assert!((4.5..6.0).contains(&fall(&page)));
    assert_ne!(page.get("pixels('pace')"), before);
}

#[test]
fn every_episode_can_be_chosen_and_names_its_assumptions() {
    let page = at("#fig-days");
    follow(&page, "19 October 1987");
    page.until("$('.scenario').value === 'oct-1987'");
    for day in ["may-2010", "feb-2018", "oct-2025"] {
        let before = page.text("lab.summary.digest");
        choose_day(&page, day);
        assert_ne!(page.text("lab.summary.digest"), before);
    }
    page.click(".episode summary");
    page.until("text('.episode').includes('Inputs assumed') && text('.episode').includes('Published')");
}

/// Chooses a day in the figure of the days.
fn choose_day(page: &Page, day: &str) {
    page.run_with(
        "$('.scenario').value = given; $('.scenario').dispatchEvent(new Event('change')); await frame()",
        &json!(day),
    );
}

#[test]
fn published_figures_of_a_day_are_drawn_and_described() {
    let page = at("#fig-days");
    follow(&page, "19 October 1987");
    page.until("$('.scenario').value === 'oct-1987'");
    let says = |view: &str, words: &str| {
        page.until(&format!("$('canvas.{view}').getAttribute('aria-label').includes({})", json!(words)));
    };
    says("price", "Filled diamond, published, and the run was fitted to it: −20.5% to −22.6%.");
    says("sales", "Funds sold $");
    choose_day(&page, "may-2010");
    says("price", "fitted to it: −5%.");
    says("price", "Open circle, published, and the run was not fitted to it: lowest within 5\u{a0}min.");
    choose_day(&page, "oct-2025");
    says("sales", "fitted to it: $3.21bn in 60\u{a0}s.");
    page.run("lab.params = { bots: 99 }; await frame()");
    page.until("!$('canvas.sales').getAttribute('aria-label').includes('published')");
}

#[test]
fn state_links_work_without_script_and_from_other_pages() {
    let page = Page::open("#leverage=20&t=312");
    assert_eq!(page.get("[lab.params.leverage, second()]"), json!([20, 312]));
    page.until("location.search.includes('leverage=20') && location.hash === ''");
    assert!(page.holds("lab.getBoundingClientRect().top < innerHeight"));
}

#[test]
fn the_chapters_are_short() {
    let page = Page::open("");
    let words = page
        .number("[...document.querySelectorAll('.chapter')].map((c) => c.innerText).join(' ').split(/\\s+/).length");
    assert!(words < 4500.0, "the chapters are too long: {words} words with their tables and captions");
}

#[test]
fn a_figure_off_screen_computes_nothing() {
    let page = Page::open_at(OPENING, "");
    assert!(!page.holds("document.querySelector('#laboratory').hasAttribute('ready')"));
    assert!(!page.holds("document.querySelector('#fig-days').hasAttribute('ready')"));
    page.go_to("#fig-days");
    assert!(page.holds("lab.hasAttribute('ready')"));
}

#[test]
fn a_rule_changed_in_mid_run_keeps_the_run_and_shades_the_difference() {
    let page = Page::open("?t=312");
    assert_eq!(page.text("text('.compare-words')"), "");
    page.focus("#slider-bots");
    page.press(page_tests::Key::Left, 10);
    page.until("lab.params.bots === 35 && text('.compare-words').includes('kept')");
    assert_eq!(page.number("second()"), 312.0, "the cursor stays");
    page.until("$('canvas.price').getAttribute('aria-label').includes('was kept falls by 17.6')");
    let shaded = page.get("(await frame(), pixels('price'))");
    // Side by side: two pictures with the same axes.
    page.click(".beside-button");
    page.run("await frame(); await frame()");
    assert!(page.holds("seen($('canvas.kept')) && $('.beside-button').getAttribute('aria-pressed') === 'true'"));
    page.until("$('canvas.kept').getAttribute('aria-label')?.includes('17.6')");
    assert!(
        page.holds(
            "$('canvas.kept').getBoundingClientRect().left >= $('canvas.price').getBoundingClientRect().right - 1"
        )
    );
    page.click(".beside-button");
    page.click(".keep");
    page.run("await frame(); await frame()");
    assert!(!page.holds("$('canvas.kept') !== null && seen($('canvas.kept'))"));
    assert_ne!(page.get("pixels('price')"), shaded, "nothing is shaded any more");
}

#[test]
fn undo_and_redo_step_through_settled_states() {
    let page = Page::open("");
    page.until("$('.undo').disabled && $('.redo').disabled && location.search === ''");
    page.run("lab.params = { bots: 50 }");
    page.until("!$('.undo').disabled");
    page.run("lab.params = { leverage: 5 }");
    page.until("location.search.includes('leverage=5')");
    page.click(".undo");
    let digest = page.text("lab.summary.digest");
    assert_eq!(page.get("[lab.params.bots, lab.params.leverage]"), json!([50, 10]));
    page.click(".undo");
    assert_eq!(page.get("[lab.params.bots, lab.params.leverage]"), json!([45, 10]));
    assert!(page.holds("$('.undo').disabled && focused().className === 'redo'"), "the focus is not lost");
    page.click(".redo");
    assert_eq!(page.text("lab.summary.digest"), digest);
}

#[test]
fn the_article_works_in_a_window_of_200_pixels() {
    let page = Page::open_at(OPENING, "");
    page.screen(200, 400, 1.0);
    page.run("await frame(); await frame()");
    assert!(page.number("document.documentElement.scrollWidth") <= 200.0);
    page.drag(Pointer::Touch, "#slider-bots", [0.35, 0.5], [0.1, 0.5]);
    page.until("lab.params.bots < 40");
    page.go_to(LABORATORY);
    assert!(page.number("document.documentElement.scrollWidth") <= 200.0);
    assert_eq!(page.complaints(), [""; 0]);
}
