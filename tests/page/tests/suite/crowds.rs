//! A hundred crowds: they run in workers once their panel is in sight, and each can be opened by pointer and by key.

use std::fs;

use deleverage::describe::crowds;
use deleverage::model::Ensemble;
use deleverage::{Simulator, query};
use page_tests::input::Pointer;
use page_tests::server::{self, Scratch};
use page_tests::{Key, Options, Page, json, place};

/// A quick run at its tipping point.
const QUICK: &str = "accounts=1000&hours=1&bots=37&seed=7";

/// Opens the laboratory and brings the crowds into sight.
fn open(query: &str) -> Page {
    let page = Page::open(&format!("?{query}"));
    see(&page);
    page
}

fn see(page: &Page) {
    page.run("$('.crowds-panel').scrollIntoView({ block: 'center', behavior: 'instant' }); await frame()");
}

/// Waits until all crowds have been run.
fn finished(page: &Page) {
    page.until("$('.crowds-progress').hidden && text('.crowds-words') !== ''");
}

fn native(text: &str) -> Ensemble {
    Ensemble::run(&query::parse(text).expect("a query"), 100)
}

fn plain(words: &str) -> String {
    words.replace('\u{a0}', " ")
}

#[test]
fn a_hundred_crowds_have_the_results_of_their_single_runs() {
    let page = open(QUICK);
    finished(&page);
    let ensemble = native(QUICK);
    assert_eq!(page.text("text('.crowds-words')"), plain(&crowds::spread(&ensemble)));
    assert_eq!(
        page.get("lab.summary.crowds.median_seed"),
        json!(ensemble.median().map(|median| median.seed.to_string()))
    );
    let ranked = ensemble.ranked();
    let place = 1 + ranked.iter().position(|member| member.seed == 7).expect("the seed of the address");
    assert_eq!(page.number("$('#crowds-place').valueAsNumber"), place as f64);
    assert!(page.text("$('canvas.crowds').getAttribute('aria-label')").contains(" of 100"));

    // The deepest fall by key, and the next one.
    page.focus("#crowds-place");
    page.press(Key::Home, 1);
    page.until(&format!("lab.params.seed === {}", ranked[0].seed));
    page.press(Key::Right, 1);
    page.until(&format!("lab.params.seed === {}", ranked[1].seed));
    let text = QUICK.replace("seed=7", &format!("seed={}", ranked[1].seed));
    let alone = Simulator::new(&query::parse(&text).expect("a query"));
    assert_eq!(page.text("lab.summary.digest"), format!("{:016x}", alone.summary().digest));
    assert_eq!(page.text("lab.summary.digest"), format!("{:016x}", ranked[1].digest));
    assert!(page.holds("$('.crowds-progress').hidden"), "no crowd is run again");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_click_on_a_dot_opens_its_crowd_and_the_button_another_one_of_the_same_hundred() {
    let page = open(QUICK);
    finished(&page);
    let ranked = native(QUICK).ranked();
    // The lowest dot above the smallest fall, on an axis that ends at 25%.
    let least = ranked[99].greatest_fall_percent;
    let at = page.run(&format!(
        "const {{ width, height }} = $('canvas.crowds').getBoundingClientRect();
         const em = parseFloat(getComputedStyle($('.views')).fontSize);
         const [left, right] = lab.exports.margins();
         return [(left * em + (width - (left + right) * em) * {least} / 25) / width, 1 - 2.1 * em / height]"
    ));
    let [x, y] = [0, 1].map(|nth| at[nth].as_f64().expect("a place"));
    page.drag(Pointer::Mouse, "canvas.crowds", [x, y], [x, y]);
    page.until("lab.params.seed !== 7");
    let seed = page.number("lab.params.seed") as u64;
    assert!(ranked[80..].iter().any(|member| member.seed == seed), "{seed}");

    page.click(".new-seed");
    page.until(&format!("lab.params.seed !== {seed}"));
    assert!(page.number("lab.params.seed") < 100.0);
    see(&page);
    assert!(page.holds("$('.crowds-progress').hidden"), "the hundred stays");
}

#[test]
fn a_slider_that_moves_a_hundred_times_leaves_the_crowds_of_its_last_place() {
    let page = open(QUICK);
    page.run(
        "for (let i = 0; i < 100; i++) {
           lab.params = { bots: i % 2 ? 20 + (i % 30) : 60 };
           await new Promise((resolve) => setTimeout(resolve, 10));
         }
         lab.params = { bots: 36 }",
    );
    page.until("text('.crowds-words').startsWith('In ') && $('.crowds-progress').hidden");
    let ensemble = native(&QUICK.replace("37", "36"));
    assert_eq!(page.text("text('.crowds-words')"), plain(&crowds::spread(&ensemble)));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn when_a_worker_dies_the_page_keeps_the_crowds_it_has_and_names_the_rest() {
    let scratch = Scratch::new();
    let script = fs::read(place::hashed("run-worker.js")).expect("the script of the workers");
    // It dies at its third question.
    let words = "let asked = 0; addEventListener('message', ({ data }) => {
        data.places = data.places?.slice(0, 4);
        if (++asked === 3) postMessage({ error: 'gone fishing' });
      });\n";
    let broken = scratch.file("run-worker.js", &[words.as_bytes(), &script].concat());
    let page =
        Page::start(server::as_built().with_extra(&place::address("run-worker.js"), &broken), Options::default());
    page.visit(&format!("?{QUICK}"));
    page.run("$('.crowds-panel').scrollIntoView({ block: 'center', behavior: 'instant' })");
    page.until("text('.crowds-message').includes('gone fishing')");
    assert!(page.text("text('.crowds-message')").starts_with("8 of 100 crowds have been run"));
    assert!(page.holds("$('.crowds-message').getAttribute('role') === 'alert' && $('.crowds-progress').hidden"));
    page.run("lab.params = { bots: 50 }; await frame()");
    assert_eq!(page.number("lab.params.bots"), 50.0);
    fs::write(&broken, script).expect("the script is restored");
    page.click(".crowds-message button");
    finished(&page);
    let ensemble = native(&QUICK.replace("37", "50"));
    assert_eq!(page.text("text('.crowds-words')"), plain(&crowds::spread(&ensemble)));
    assert_eq!(page.text("text('.crowds-message')"), "");
}

#[test]
fn crowds_that_are_too_large_are_fewer_and_the_page_gives_the_reason() {
    let page = open(QUICK);
    finished(&page);
    page.run("lab.params = { accounts: 200000 }");
    page.until("text('.crowds-message') === '100 crowds of this size would take too long here; 50 are run.'");
    page.until("text('.crowds-count').endsWith(' of 50 crowds')");
    page.run("lab.params = { accounts: 1000 }");
    finished(&page);
    assert_eq!(page.text("text('.crowds-message')"), "");
    // No number of JavaScript holds this seed.
    page.run("lab.params = { seed: '1532919352286236800' }; await frame()");
    finished(&page);
    page.until("lab.summary.crowds?.first_seed === '1532919352286236800'");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_figure_has_as_many_crowds_as_its_attribute_says() {
    let page = Page::open_at("#fig-opening", "");
    page.run(&format!(
        "const figure = document.createElement('deleverage-lab');
         for (const [name, value] of Object.entries({{ view: 'market', controls: 'bots', crowds: '20' }})) figure.setAttribute(name, value);
         for (const [name, value] of new URLSearchParams('{QUICK}')) figure.setAttribute(name, value);
         globalThis.heard = [];
         figure.addEventListener('deleverage:crowds', ({{ detail }}) => heard.push(detail.summary.crowds));
         document.querySelector('#fig-opening').after(figure);
         figure.scrollIntoView({{ block: 'end', behavior: 'instant' }});
         globalThis.figure = figure;
         await figure.ready"
    ));
    page.run("figure.shadowRoot.querySelector('.crowds-panel').scrollIntoView({ block: 'end', behavior: 'instant' })");
    page.until("heard.length > 0");
    let ensemble = Ensemble::run(&query::parse(QUICK).unwrap(), 20);
    assert_eq!(
        page.get("[heard.length, heard[0].crowds, heard[0].median_seed]"),
        json!([1, 20, ensemble.median().map(|median| median.seed.to_string())])
    );

    // A wrong number is reported, and the usual one used.
    page.run(
        "figure.remove();
         figure = document.createElement('deleverage-lab');
         for (const [name, value] of Object.entries({ view: 'market', controls: 'bots', crowds: 'lots' })) figure.setAttribute(name, value);
         document.querySelector('#fig-opening').after(figure);
         figure.scrollIntoView({ block: 'end', behavior: 'instant' });
         await figure.ready",
    );
    let said = page.text("figure.shadowRoot.querySelector('.notice').innerText");
    assert!(said.starts_with("crowds is \"lots\", but must be a whole number from 0 to 1000."), "{said}");
    assert!(page.holds("figure.shadowRoot.querySelector('.crowds-panel') === null"));
}

#[test]
fn a_laboratory_without_other_crowds_works_and_draws_only_what_is_in_sight() {
    let page = Page::open("");
    page.run(
        "lab.remove();
         const other = document.createElement('deleverage-lab');
         for (const [name, value] of Object.entries({ crowds: '0', accounts: '1000', hours: '1' })) other.setAttribute(name, value);
         document.querySelector('#lab').append(other);
         globalThis.other = other;
         other.scrollIntoView({ behavior: 'instant' });
         await other.ready; await frame()",
    );
    assert!(page.holds("!other.shadowRoot.querySelector('.crowds-panel')"));
    assert!(
        page.holds("other.shadowRoot.querySelector('canvas.crowd').getBoundingClientRect().top > innerHeight + 200")
    );
    let drawn = |name: &str| page.number(&format!("pixels('{name}', other.shadowRoot)"));
    let before = ["price", "crowd"].map(drawn);
    page.run("other.params = { bots: 80 }; await frame(); await frame()");
    let after = ["price", "crowd"].map(drawn);
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1], after[1], "it is out of sight");
    page.run("other.shadowRoot.querySelector('canvas.crowd').scrollIntoView({ behavior: 'instant' })");
    page.until(&format!("pixels('crowd', other.shadowRoot) !== {}", before[1]));
    assert_eq!(page.complaints(), [""; 0]);
}
