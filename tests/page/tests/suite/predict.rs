//! Predictions: a reader places the tipping point, draws a path, and tries to save the market. All of it works by
//! mouse, touch and keyboard, and can be skipped.

use std::fs;
use std::sync::LazyLock;

use deleverage::challenge::{Answer, Challenge};
use deleverage::chart::figures::sketch::{self, Sketch};
use deleverage::chart::figures::tipping;
use deleverage::model::TippingCrowds;
use deleverage::{Params, query};
use page_tests::input::Pointer;
use page_tests::{Key, Page, json, place};

const TIPPING: &str = "#predict-tipping";
const PATH: &str = "#predict-path";
const CHALLENGE: &str = "#challenge";

/// A hundred crowds with the settings of the figure.
static CROWDS: LazyLock<TippingCrowds> =
    LazyLock::new(|| TippingCrowds::run(&Params { leverage: 8.0, ..Params::default() }, 100));

/// The page with this place in view and its content `ready`.
fn at(place: &str, ready: &str) -> Page {
    let page = Page::open("");
    page.run(&format!("document.querySelector('{place}').scrollIntoView({{ behavior: 'instant' }})"));
    page.until(&format!("document.querySelector('{place} {ready}') && (await frame(), true)"));
    page
}

fn tipping_page() -> Page {
    let page = at(TIPPING, "button.show");
    page.until("document.querySelector('#predict-tipping canvas').getAttribute('aria-label').includes('without bots')");
    page
}

/// The visible text of an element.
fn text(page: &Page, selector: &str) -> String {
    page.text(&format!(
        "(seen(document.querySelector('{selector}')) ? document.querySelector('{selector}').innerText : '').trim()"
    ))
}

fn picture(page: &Page, name: &str) -> f64 {
    page.number(&format!("(await frame(), pixels('{name}', document))"))
}

fn description(page: &Page, canvas: &str) -> String {
    page.text(&format!("document.querySelector('canvas.{canvas}').getAttribute('aria-label')"))
}

#[test]
fn a_tipping_point_is_placed_by_keyboard_and_compared_with_the_result() {
    let page = tipping_page();
    assert_eq!(text(&page, "#predict-tipping output"), "not placed yet");
    // The first crowds move the ends of the curve while they come in.
    page.until("document.querySelector('canvas.tipping').getAttribute('aria-label').includes('20 crowds')");
    let before = picture(&page, "tipping");
    page.focus("#tipping-guess");
    page.press(Key::Right, 10);
    assert_eq!(text(&page, "#predict-tipping output"), "60%");
    assert_eq!(page.text("$('#tipping-guess').getAttribute('aria-valuetext')"), "60%");
    let placed = picture(&page, "tipping");
    assert_ne!(placed, before, "the picture shows where it was placed");
    assert!(
        !description(&page, "tipping").contains("grows most"),
        "the result is hidden: {}",
        description(&page, "tipping")
    );
    assert_eq!(text(&page, "#predict-tipping .verdict"), "");

    page.focus("#predict-tipping .show");
    page.press(Key::Enter, 1);
    page.until("document.querySelector('#predict-tipping .verdict').innerText.includes('of 100 crowds ')");
    let verdict = text(&page, "#predict-tipping .verdict");
    assert_eq!(verdict, tipping::verdict(&CROWDS, Some(60.0)));
    assert!(
        verdict.starts_with(
            "You said 60%. In the median of 100 crowds the fall grows most between 84 and 85%, and R passes 1 at 85%."
        ),
        "{verdict}"
    );
    assert_ne!(picture(&page, "tipping"), placed);
    assert!(description(&page, "tipping").contains("grows most"));
    assert!(page.holds("focused() === $('#predict-tipping .show') && $('#tipping-guess').disabled"), "the focus stays");
    page.press(Key::Enter, 1);
    page.until("document.querySelector('#predict-tipping .verdict').innerText === ''");
    assert!(!description(&page, "tipping").contains("grows most"), "guess again");
    assert_ne!(picture(&page, "tipping"), before, "the ends are those of a hundred crowds now");
    assert_eq!(page.text("$('#predict-tipping [role=status]').className"), "verdict", "the result is announced");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn skipping_the_guess_shows_the_tipping_point() {
    let page = tipping_page();
    page.focus("#tipping-guess");
    page.press(Key::Left, 3);
    page.click("#predict-tipping .quiet");
    page.until("document.querySelector('#predict-tipping .verdict').innerText.includes('of 100 crowds ')");
    assert_eq!(text(&page, "#predict-tipping .verdict"), tipping::verdict(&CROWDS, None));
    assert!(page.holds("focused() === $('#predict-tipping .show')"), "the focus moves on when its button goes");
    assert!(page.holds("!seen($('#predict-tipping .quiet'))"));
}

#[test]
fn a_tipping_point_is_placed_by_mouse_and_touch() {
    let page = tipping_page();
    for (pointer, part) in [(Pointer::Mouse, 0.25), (Pointer::Touch, 0.75)] {
        let x = page.run_with(
            "const canvas = $('#predict-tipping canvas');
             const em = parseFloat(getComputedStyle(canvas).fontSize);
             const { width } = canvas.getBoundingClientRect();
             return (3.9 * em + given * (width - 4.7 * em)) / width;",
            &json!(part),
        );
        let x = x.as_f64().expect("a place");
        page.drag(pointer, "#predict-tipping canvas", [x - 0.1, 0.6], [x, 0.6]);
        let placed = "parseFloat($('#predict-tipping output').textContent)";
        page.until(&format!("Math.abs({placed} - {}) <= 1", 100.0 * part));
        let placed = page.number(placed);
        assert_eq!(page.number("$('#tipping-guess').valueAsNumber"), placed, "the slider shows the same value");
    }
}

#[test]
fn a_path_is_drawn_undone_and_compared_with_the_run() {
    let page = at(PATH, "canvas.open");
    // The figure above starts too, with a height different from its still picture's.
    page.run("$('#predict-path canvas').scrollIntoView({ block: 'center', behavior: 'instant' })");
    page.until(
        "(async () => { const before = scrollY; await new Promise((resolve) => setTimeout(resolve, 500)); \
         return scrollY === before && [...document.querySelectorAll('deleverage-lab')].every((one) => {
           const { top, bottom } = one.getBoundingClientRect();
           return one.exports || bottom < -innerHeight || top > 2 * innerHeight;
         }) })()",
    );
    let blank = picture(&page, "sketch");
    for pointer in [Pointer::Mouse, Pointer::Touch] {
        let scrolled =
            page.get("($('#predict-path canvas').scrollIntoView({ block: 'center', behavior: 'instant' }), scrollY)");
        page.drag(pointer, "#predict-path canvas", [0.3, 0.2], [0.8, 0.7]);
        page.until("document.querySelector('canvas.sketch').getAttribute('aria-label').includes('Your line')");
        assert_ne!(picture(&page, "sketch"), blank, "{pointer:?}");
        assert_eq!(page.get("scrollY"), scrolled, "a finger that draws does not scroll");
        page.click("#predict-path .undo");
        assert_eq!(picture(&page, "sketch"), blank, "{pointer:?}: taken back");
    }
    page.drag(Pointer::Mouse, "#predict-path canvas", [0.3, 0.2], [0.9, 0.8]);
    page.click("#predict-path .clear");
    assert_eq!(picture(&page, "sketch"), blank);
    page.click("#predict-path .undo");
    assert_ne!(picture(&page, "sketch"), blank, "even that can be undone");
    page.click("#predict-path .show");
    page.until("document.querySelector('#predict-path .verdict').innerText.includes('You drew the low')");
    page.until("document.getElementById('fig-pace').params.bot_latency === 30");
    // Once the result is shown, drawing is disabled.
    let shown = picture(&page, "sketch");
    page.drag(Pointer::Mouse, "#predict-path canvas", [0.3, 0.8], [0.9, 0.2]);
    assert_eq!(picture(&page, "sketch"), shown);
    page.click("#predict-path .show");
    assert_eq!(picture(&page, "sketch"), blank, "draw again");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_path_is_drawn_by_keyboard() {
    let page = at(PATH, "canvas.open");
    page.focus("#predict-path summary");
    page.press(Key::Enter, 1);
    page.until("seen($('#path-10'))");
    let mut own = Sketch::new(&Params::default(), 30.0);
    for (index, second, steps) in [(0, 10, 4), (1, 20, 16), (6, 120, 9)] {
        page.focus(&format!("#path-{second}"));
        page.press(Key::Left, steps);
        own.set_anchor(index, -0.5 * steps as f64);
        let change = format!("−{:.1}%", 0.5 * steps as f64);
        assert_eq!(page.text(&format!("$('#path-{second}').getAttribute('aria-valuetext')")), change);
    }
    assert_eq!(description(&page, "sketch"), sketch::words(&own, false));
    page.focus("#predict-path .show");
    page.press(Key::Enter, 1);
    page.until("document.querySelector('#predict-path .verdict').innerText !== ''");
    assert_eq!(text(&page, "#predict-path .verdict"), sketch::verdict(&own));
    assert_eq!(description(&page, "sketch"), sketch::words(&own, true));
}

#[test]
fn skipping_the_drawing_shows_the_path() {
    for button in [".quiet", ".show"] {
        let page = at(PATH, "canvas.open");
        page.click(&format!("#predict-path {button}"));
        page.until("document.querySelector('#predict-path .verdict').innerText !== ''");
        let nothing = Sketch::new(&Params::default(), 30.0);
        assert_eq!(text(&page, "#predict-path .verdict"), sketch::verdict(&nothing));
        page.until("document.getElementById('fig-pace').params.bot_latency === 30");
    }
}

/// The visible table of costs: before, now and points of each line, then the score.
fn table(page: &Page) -> Vec<Vec<String>> {
    let rows = page.run(
        "return [...document.querySelectorAll('#challenge .costs tbody tr')]
           .map((row) => [...row.cells].slice(1).map((cell) => cell.firstChild.textContent))",
    );
    serde_json::from_value(rows).expect("rows of texts")
}

fn assert_costs(page: &Page, text: &str) -> Answer {
    let answer = Challenge::default().answer(&query::parse(text).expect("a valid query"));
    page.run_with(
        "return until(() => document.querySelector('#challenge .total').textContent === String(given[0])
           && document.querySelector('#challenge .lost .now').textContent === given[1])",
        &json!([answer.score, answer.lines[4].now]),
    );
    let lines: Vec<_> =
        answer.lines.iter().map(|line| vec![line.before.clone(), line.now.clone(), line.points.clone()]).collect();
    assert_eq!(table(page), lines, "{text}");
    answer
}

#[test]
fn the_costs_follow_the_tools_and_the_crowd() {
    let page = at(CHALLENGE, ".costs tbody tr");
    let figure = "document.getElementById('fig-challenge')";
    assert_eq!(assert_costs(&page, "").score, 0);
    let mix = "leverage-cap=9.5";
    page.run(&format!("{figure}.show('{mix}')"));
    let good = assert_costs(&page, mix);
    assert!(good.score > 90 && text(&page, "#challenge .fall .now").ends_with("\nbelow 5%"));
    page.until(&format!("document.querySelector('#challenge [role=status]').textContent === '{}'", good.words));

    // The tools stay set for a different crowd, and do not save it.
    page.run("$('#challenge-task').value = 'bots'; $('#challenge-task').dispatchEvent(new Event('change'))");
    let other = assert_costs(&page, &format!("bots=70&{mix}"));
    assert!(other.score < good.score && !other.reached, "{other:?}");
    assert!(text(&page, "#challenge .best").contains(&format!("{} points", other.score)));
    page.click("#challenge .over");
    assert_costs(&page, "bots=70");
    assert!(text(&page, "#challenge .best").contains(&format!("{} points", other.score)), "the best score stays");
    page.click("#challenge .back");
    assert_costs(&page, &format!("bots=70&{mix}"));
    assert!(page.holds("!seen($('#challenge .back'))"));
    // A crowd that belongs to no task, as a link in the text may set it.
    page.run(&format!("{figure}.show('bots=50&throttle=0.1')"));
    assert_costs(&page, "bots=50&throttle=0.1");
    assert_eq!(page.text("$('#challenge-task').value"), "");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_slider_of_the_figure_moves_the_score() {
    let page = at(CHALLENGE, ".costs tbody tr");
    assert_costs(&page, "");
    page.run(
        "const slider = document.getElementById('fig-challenge').shadowRoot.querySelector('#slider-bot-latency');
         slider.focus()",
    );
    page.press(Key::Right, 10);
    page.until("document.getElementById('fig-challenge').params.bot_latency > 2.5 && (await frame(), true)");
    let latency = page.number("document.getElementById('fig-challenge').params.bot_latency");
    assert_costs(&page, &format!("bot-latency={latency}"));
}

#[test]
fn axe_finds_nothing_before_and_after_the_results() {
    let page = tipping_page();
    for place in [PATH, CHALLENGE] {
        page.run(&format!("document.querySelector('{place}').scrollIntoView({{ behavior: 'instant' }})"));
        page.until(&format!("document.querySelector('{place} :is(.open, .costs tbody tr)')"));
    }
    let axe = fs::read_to_string(place::axe()).unwrap_or_else(|error| panic!("cannot read axe: {error}"));
    page.wait_for("load axe", page.client().execute(&axe, vec![]));
    for state in ["before", "after"] {
        if state == "after" {
            page.run("$('#predict-tipping .show').click(); $('#predict-path .show').click()");
            page.until("document.querySelector('#predict-tipping .verdict').innerText !== ''");
        }
        page.run("document.querySelectorAll('.predict details, .challenge details').forEach((d) => (d.open = true))");
        for width in [1280, 320] {
            page.screen(width, 900, 1.0);
            page.run("await frame()");
            let wide = page.get(
                "[...document.querySelectorAll('.predict, .predict *, .challenge, .challenge *')]
                   .filter((element) => seen(element) && !element.matches('.unseen') && element.getBoundingClientRect().right > innerWidth + 0.5)
                   .map((element) => element.outerHTML.slice(0, 80))",
            );
            assert_eq!(wide, json!([]), "{state}, {width} px");
            for theme in [&[("prefers-color-scheme", "light")], &[("prefers-color-scheme", "dark")]] {
                page.prefer(theme);
                let found = page.run(
                    "const include = [['#predict-tipping'], ['#predict-path'], ['#challenge']];
                     const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                     const { violations } = await axe.run({ include }, { runOnly, resultTypes: ['violations'] });
                     return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));",
                );
                assert_eq!(found, json!([]), "{state}, {width} px, {theme:?}");
            }
        }
    }
}

#[test]
fn a_stopped_simulator_is_reported_and_restarts() {
    let page = tipping_page();
    page.run("panic(await import(beside('pkg/full.js')))");
    page.until("document.getElementById('fig-r').shadowRoot.querySelector('.again')");
    page.click("#predict-tipping .show");
    assert!(
        text(&page, "#predict-tipping .verdict").contains("stopped"),
        "{}",
        text(&page, "#predict-tipping .verdict")
    );
    page.run("document.getElementById('fig-r').shadowRoot.querySelector('.again').click()");
    page.until("document.querySelector('#predict-tipping .verdict').innerText === ''");
    page.click("#predict-tipping .show");
    page.until("document.querySelector('#predict-tipping .verdict').innerText.includes('grows most')");
}
