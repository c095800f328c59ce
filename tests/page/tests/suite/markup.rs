//! Text from outside (an address, an attribute, a message, a lesson, pasted codes) stays text: markup in it is shown as
//! written, and never becomes an element or runs.

use page_tests::server::{self, Scratch};
use page_tests::{FIGURE, Key, Options, Page, json};

/// Markup that would be visible, would request a file, and would run a script.
const MARKUP: &str = "<img src=x onerror=hit=1><u class=smuggled>u</u>";

/// The same markup, encoded for an address.
const ENCODED: &str = "%3Cimg%20src%3Dx%20onerror%3Dhit%3D1%3E%3Cu%20class%3Dsmuggled%3Eu%3C/u%3E";

/// The number of elements made of it, in all shadow trees, and whether it has run.
const FOUND: &str = "(() => {
    const count = (within) => [...within.querySelectorAll('*')].reduce(
      (sum, one) => sum + one.matches('.smuggled, [src=x], [onerror], u') + (one.shadowRoot ? count(one.shadowRoot) : 0), 0);
    return [count(document), globalThis.hit ?? 'not run'];
  })()";

fn assert_text(page: &Page, what: &str) {
    page.run("await frame()");
    assert_eq!(page.get(FOUND), json!([0, "not run"]), "{what}");
}

/// Asserts that the markup is shown as text.
fn assert_shown(page: &Page, expression: &str) {
    let words = page.text(expression);
    assert!(words.contains("<img src=x onerror=hit=1>"), "{expression}: {words}");
}

#[test]
fn markup_in_an_address_stays_text() {
    let page = Page::start(server::as_built(), Options::default());
    for query in ["?M=1", "?leverage=M", "?scenario=M", "?t=M&span=M", "?bots=20&model=M&digest=M", "?model=1&digest=M"]
    {
        page.visit(&query.replace('M', ENCODED));
        page.until("!!text('.notice') || !!$('.receipt')");
        assert_text(&page, query);
    }
    page.visit(&format!("?leverage={ENCODED}"));
    assert_shown(&page, "text('.notice')");
    page.visit(&format!("#leverage={ENCODED}&t=312"));
    page.run(&format!(
        "const link = document.querySelector('a[href^=\"#\"][href*=\"=\"]'); link.href = '#bots={ENCODED}'; link.click();
         location.hash = '#{ENCODED}'"
    ));
    assert_text(&page, "a link of the article");
    for query in ["file=M", "file=M.toml", "file=lessons/M.toml", "file=lessons/fifteen.toml&as=M#M", "as=M"] {
        page.wait_for("leave", page.client().goto("about:blank"));
        page.load(&format!("lesson.html?{}", query.replace('M', ENCODED)));
        page.until("!!document.querySelector('#lesson h1, #lesson [role=alert]')");
        assert_text(&page, query);
    }
    page.load(&format!("lesson.html?file={ENCODED}"));
    page.until("!!document.querySelector('[role=alert]')");
    assert_shown(&page, "document.querySelector('[role=alert]').innerText");
    page.look_at(FIGURE);
    for name in ["view", "controls", "theme", "lang", "bots", "t", "span", "scenario", ENCODED] {
        page.load(&format!("embed.html?{name}={ENCODED}"));
        page.until("!!document.querySelector('#figure') && await lab.ready.then(() => true, () => true)");
        assert_text(&page, name);
    }
}

#[test]
fn markup_in_an_attribute_or_parameter_stays_text() {
    let page = Page::open("");
    for name in ["view", "controls", "theme", "lang", "scenario", "span", "t", "bots", "seed", "breaker-rule"] {
        page.run_with(
            "const one = document.createElement('deleverage-lab');
             one.setAttribute(given[0], given[1]);
             one.append(given[1]);
             lab.after(one);
             one.scrollIntoView({ behavior: 'instant' });
             await one.ready.catch(() => {});
             one.setAttribute(given[0], given[1] + given[1]);
             await frame();",
            &json!([name, MARKUP]),
        );
        assert_text(&page, name);
        page.run("lab.nextElementSibling.remove()");
    }
    page.run("lab.scrollIntoView({ behavior: 'instant' })");
    page.run_with("lab.show(`bots=${given}`); await frame()", &json!(MARKUP));
    assert_shown(&page, "text('.notice')");
    page.run_with("try { lab.params = { bots: given, [given]: 1 } } catch {}", &json!(MARKUP));
    assert_text(&page, "a setting");
}

#[test]
fn markup_in_a_message_to_a_frame_stays_text_on_both_sides() {
    let page = Page::start(server::as_built(), Options::default());
    page.host(&[("view=price&controls=bots", "")]);
    page.inside(0);
    page.outside();
    let origin = page.origin();
    page.run_with(
        &format!(
            "frames[0].postMessage({{ deleverage: 1, type: 'subscribe' }}, '{origin}');
             frames[0].postMessage({{ deleverage: 1, type: 'set', query: `bots=${{given}}` }}, '{origin}')"
        ),
        &json!(MARKUP),
    );
    page.until("told.some(({ type }) => type === 'error')");
    let told = page.messages("error");
    assert!(told[0]["message"].as_str().is_some_and(|words| words.contains("<img src=x")), "{told:?}");
    page.inside(0);
    assert_shown(&page, "text('.notice')");
    assert_text(&page, "a message");
}

/// A lesson with markup in every visible field.
fn lesson() -> String {
    let text = format!("title = \"{MARKUP}\"\nminutes = 5\ngoals = [\"{MARKUP}\"]\nneeds = [\"{MARKUP}\"]\n");
    let step = format!(
        "[[step]]\ntitle = \"{MARKUP}\"\nminutes = 5\ntext = \"{MARKUP}\"\nviews = [\"price\"]\nnotes = \"{MARKUP}\"\n\
         [step.prediction]\nask = \"{MARKUP}\"\nof = \"fall\"\nfrom = 0\nto = 40\nstep = 1\n\
         [step.question]\nask = \"{MARKUP}\"\nchoices = [\"{MARKUP}\", \"no\"]\nanswer = \"{MARKUP}\"\n"
    );
    text + &step
}

#[test]
fn markup_in_a_lesson_stays_text_in_every_form() {
    let scratch = Scratch::new();
    let file = scratch.file("markup.toml", lesson().as_bytes());
    let page = Page::start(server::as_built().with_extra("/lessons/markup.toml", file), Options::default());
    let title = "document.querySelector('h1').innerText";
    for (face, ready) in [
        ("student", "document.querySelector('#lesson h1')"),
        ("presenter", "document.querySelector('.stage h1')"),
        ("worksheet", "document.querySelector('.gap')"),
        ("key", "document.querySelector('.truth')"),
    ] {
        page.load(&format!("lesson.html?file=lessons/markup.toml&as={face}"));
        page.until(&format!("!!{ready}"));
        if face == "presenter" {
            for _ in 0..6 {
                page.press(Key::PageDown, 1);
                page.run("await frame()");
                assert_text(&page, face);
            }
        }
        assert_text(&page, face);
        assert!(page.text("document.querySelector('#lesson').innerText").contains("<u class=smuggled>u</u>"), "{face}");
        assert_shown(&page, "document.title");
    }
    page.load("lesson.html?file=lessons/markup.toml&as=student");
    page.until(&format!("document.querySelector('h1') && {title}.includes('<img')"));
    // A faulty file of the reader, with markup in its name.
    page.load("lesson.html");
    page.until("!!document.querySelector('input[type=file]')");
    for text in [lesson(), lesson().replace("views = [\"price\"]", &format!("views = [\"{MARKUP}\"]"))] {
        page.run_with(
            "const data = new DataTransfer();
             data.items.add(new File([given[1]], `${given[0]}.toml`));
             const field = document.querySelector('input[type=file]');
             field.files = data.files;
             field.dispatchEvent(new Event('change'));
             await until(() => document.querySelector('#lesson').innerText.includes('<img'))",
            &json!([MARKUP, text]),
        );
        assert_shown(&page, "document.querySelector('#lesson').innerText");
        assert_text(&page, "a file");
        page.load("lesson.html");
        page.until("!!document.querySelector('input[type=file]')");
    }
}

#[test]
fn markup_among_codes_of_a_class_stays_text() {
    let page = Page::start(server::as_built(), Options::default());
    page.load("lesson.html?file=lessons/fifteen.toml&as=presenter#2");
    page.until("!!document.querySelector('.stage details')");
    page.run("document.querySelector('.stage details').open = true");
    page.until("!!document.querySelector('.stage details textarea')");
    page.run_with(
        "const field = document.querySelector('.stage details textarea');
         field.focus();
         document.execCommand('insertText', false, given);",
        &json!(format!("{MARKUP}: 7K2M-99\n{MARKUP} 1234 {MARKUP}\n")),
    );
    page.until("document.querySelector('.stage').innerText.includes('<img src=x')");
    assert_text(&page, "codes");
}
