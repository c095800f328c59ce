//! A lesson from one file: students predict before they see, a presentation is controlled by keys, only the answer key
//! has answers on paper, and faults of a file are reported with their lines.

use std::fs;

use deleverage::lesson::{Answers, Lesson};
use deleverage::prediction::Prediction;
use deleverage::{Simulator, query};
use page_tests::server::{self, Scratch};
use page_tests::{Key, Options, Page, json};

fn lesson(name: &str) -> Lesson {
    let path = xtask::project::root().join("www/lessons").join(name);
    Lesson::read(&fs::read_to_string(path).expect("a file")).expect("a lesson")
}

fn answers(name: &str, step: usize) -> Answers {
    lesson(name).answers(step).expect("a step")
}

/// The page of lessons with this query, once the element `ready` exists.
fn open(query: &str, ready: &str) -> Page {
    let page = Page::start(server::as_built(), Options::default());
    visit(&page, query, ready);
    page
}

fn visit(page: &Page, query: &str, ready: &str) {
    page.look_at("deleverage-lab");
    // If only the fragment changed, the browser would not load the page again.
    page.load("embed.html");
    page.load(&format!("lesson.html{query}"));
    page.until(&format!("document.querySelector('#lesson {ready}') && (await frame(), true)"));
}

/// Everything that a person or a screen reader could read or copy.
fn all(page: &Page) -> String {
    page.text("document.documentElement.outerHTML + document.body.innerText").replace("&nbsp;", "\u{a0}")
}

/// Asserts that nothing on the page reveals the results.
fn assert_nothing_revealed(page: &Page, answers: &Answers) {
    let all = all(page);
    for secret in answers.answer.iter().chain(&answers.notes).chain(answers.truth.iter().map(|truth| &truth.words)) {
        assert!(!all.contains(secret), "{secret} is revealed");
    }
}

const FIFTEEN: &str = "?file=lessons/fifteen.toml";
const THIRTY: &str = "?file=lessons/thirty.toml";

#[test]
fn a_student_predicts_by_keyboard_before_the_run_is_shown() {
    let page = open(FIFTEEN, "section:nth-of-type(3)");
    let expected = answers("fifteen.toml", 1);
    let step = "document.getElementById('2')";
    assert!(
        page.holds(&format!("{step}.querySelector('deleverage-lab') === null")),
        "the figure would reveal the result"
    );
    assert!(page.holds(&format!("{step}.querySelector('.question') === null")));
    assert_nothing_revealed(&page, &expected);
    // There is no default answer before the slider is moved.
    page.run(&format!("{step}.querySelector('.show').focus()"));
    page.press(Key::Enter, 1);
    page.until(&format!("{step}.querySelector('.verdict').innerText.startsWith('Move the slider')"));
    assert_nothing_revealed(&page, &expected);
    page.run(&format!("{step}.querySelector('input[type=range]').focus()"));
    page.press(Key::Right, 3);
    assert_eq!(page.text(&format!("{step}.querySelector('output').innerText")), "23%");
    page.run(&format!("{step}.querySelector('.show').focus()"));
    page.press(Key::Enter, 1);
    page.until(&format!("{step}.querySelector('.verdict').innerText.startsWith('Your code')"));
    // The class may discuss it before the result is shown.
    assert_nothing_revealed(&page, &expected);
    assert!(page.holds(&format!("focused() === {step}.querySelector('.verdict')")), "the focus is not lost");
    page.run(&format!("{step}.querySelector('.show').focus()"));
    page.press(Key::Enter, 1);
    page.until(&format!("{step}.querySelector('deleverage-lab')?.summary"));
    let truth = expected.truth.expect("a truth");
    let code = Prediction::new(lesson("fifteen.toml").tag, 1, 23).expect("a prediction").code();
    assert_eq!(
        page.text(&format!("{step}.querySelector('.verdict').innerText")),
        format!("You said 23%. It comes out at {}.\nYour code for the class: {code}", truth.words)
    );
    assert!(page.holds(&format!("focused() === {step}.querySelector('.verdict')")), "the focus is not lost");
    assert!(page.holds(&format!("{step}.querySelector('input[type=range]').disabled")));
    let digest = format!("{:016x}", Simulator::new(&query::parse("").unwrap()).summary().digest);
    assert_eq!(page.text(&format!("{step}.querySelector('deleverage-lab').summary.digest")), digest);
    // The answer is shown on request, with the numbers of native runs.
    assert!(!all(&page).contains(&expected.answer[0]));
    page.run(&format!("{step}.querySelector('summary').focus()"));
    page.press(Key::Enter, 1);
    page.until(&format!("{step}.querySelector('details p')"));
    let told = page.get(&format!("[...{step}.querySelectorAll('details p')].map((p) => p.textContent)"));
    assert_eq!(told, json!(expected.answer));
    assert!(!all(&page).contains(&expected.notes[0]), "notes are the teacher's");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn skipping_a_prediction_shows_the_result_without_a_code() {
    let page = open(FIFTEEN, "section:nth-of-type(3)");
    page.run("document.getElementById('2').querySelector('.quiet[type=button]').click()");
    page.until("document.getElementById('2').querySelector('deleverage-lab')?.summary");
    let truth = answers("fifteen.toml", 1).truth.expect("a truth");
    let verdict = page.text("document.getElementById('2').querySelector('.verdict').innerText");
    assert_eq!(verdict, format!("It comes out at {}.", truth.words));
}

#[test]
fn a_prediction_of_another_run_shows_the_first_run_without_sliders() {
    let page = open(&format!("{THIRTY}#4"), "section:nth-of-type(5)");
    let step = "document.getElementById('4')";
    page.until(&format!("{step}.getBoundingClientRect().top < innerHeight / 2"));
    page.until(&format!("{step}.querySelector('deleverage-lab')?.summary"));
    assert_eq!(page.number(&format!("{step}.querySelector('deleverage-lab').params.bot_latency")), 2.0);
    let sliders = format!("{step}.querySelector('deleverage-lab').shadowRoot.querySelectorAll('.main input').length");
    assert_eq!(page.number(&sliders), 0.0, "no sliders before the prediction");
    assert_nothing_revealed(&page, &answers("thirty.toml", 3));
    page.run(&format!("{step}.querySelector('.quiet[type=button]').click()"));
    page.until(&format!("{step}.querySelector('deleverage-lab').params?.bot_latency === 30"));
    assert_eq!(page.number(&sliders), 2.0);
}

#[test]
fn later_steps_do_not_reveal_earlier_results() {
    let page = open("?file=lessons/forty-five.toml", "section:nth-of-type(7)");
    let figures =
        || page.get("[...document.querySelectorAll('deleverage-lab')].map((lab) => Number(lab.closest('section').id))");
    let skip = |step: usize| {
        page.run(&format!("document.getElementById('{step}').querySelector('.quiet[type=button]').click()"));
        page.until(&format!("document.getElementById('{step}').querySelector('.question') && (await frame(), true)"));
    };
    // The fourth, fifth and seventh steps begin with the result of the second.
    assert_eq!(figures(), json!([1]));
    skip(1);
    assert_eq!(figures(), json!([1]));
    skip(2);
    assert_eq!(figures(), json!([1, 2]));
    skip(3);
    assert_eq!(figures(), json!([1, 2, 3, 4]));
    for step in 4..7 {
        skip(step);
    }
    assert_eq!(figures(), json!([1, 2, 3, 4, 5, 6, 7]));
    // The link of a step shows it at once.
    visit(&page, "?file=lessons/forty-five.toml#5", "section:nth-of-type(7)");
    page.until("document.getElementById('5').querySelector('deleverage-lab')");
    assert_eq!(figures(), json!([1, 4, 5]));
}

const STEP: &str = "document.querySelector('.stage h1 .number')?.innerText";

#[test]
fn a_presentation_is_controlled_by_keys_and_reveals_nothing_early() {
    let page = open(&format!("{FIFTEEN}&as=presenter"), ".stage h1");
    let expected = answers("fifteen.toml", 1);
    page.press(Key::PageDown, 1);
    page.until(&format!("{STEP} === '1'"));
    let next = |words| format!("document.querySelectorAll('.bar button')[1].innerText === '{words}'");
    for words in ["Show the figure", "Show the question", "Show an answer"] {
        page.until(&next(words));
        assert!(page.holds("document.querySelector('.answer') === null"));
        page.press(Key::Right, 1);
    }
    page.until("document.querySelector('.answer')");
    page.press(Key::Right, 1);
    page.until(&format!("{STEP} === '2'"));
    assert_eq!(page.text("location.hash"), "#2");
    assert!(page.holds("document.querySelector('deleverage-lab') === null"));
    assert_nothing_revealed(&page, &expected);

    page.press(Key::Down, 1);
    assert!(page.holds("document.querySelector('.truth') === null"), "that scrolls");
    page.press(Key::Right, 1);
    page.until("document.querySelector('.truth') && document.querySelector('deleverage-lab')?.summary");
    let truth = expected.truth.as_ref().expect("a truth");
    assert_eq!(page.text("document.querySelector('.truth').innerText"), format!("It comes out at {}.", truth.words));
    page.run("await document.querySelector('deleverage-lab').ready; await frame()");
    let below = page.number("document.querySelector('deleverage-lab').getBoundingClientRect().bottom");
    let bar = page.number("document.querySelector('.bar').getBoundingClientRect().top + 1");
    assert!(below <= bar, "{below} px, the bar is at {bar}");
    let truth_at = page.number("document.querySelector('.truth').getBoundingClientRect().top");
    assert!(truth_at > -1.0, "{truth_at}");
    let held = "dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', repeat: true, bubbles: true }))";
    page.run(&format!("for (let i = 0; i < 5; i += 1) document.querySelector('.stage').{held}; await frame()"));
    assert!(page.holds(&next("Show the question")), "a key that is held does nothing");
    page.press(Key::PageDown, 1);
    page.until(&next("Show an answer"));
    assert!(!all(&page).contains(&expected.answer[0]), "the question comes without the answer");
    page.press(Key::PageDown, 1);
    page.until("document.querySelector('.answer')");
    // Page Up undoes one press.
    page.press(Key::PageUp, 1);
    page.until(&next("Show an answer"));
    assert!(!all(&page).contains(&expected.answer[0]));
    page.press(Key::PageDown, 1);
    page.until("document.querySelector('.answer')");
    assert!(page.text("document.querySelector('.answer').innerText").starts_with(&expected.answer[0]));
    assert!(!all(&page).contains(&expected.notes[0]), "notes are never shown");

    // Reloading keeps the position and reveals nothing.
    page.wait_for("load the page again", page.client().refresh());
    page.until(&format!("{STEP} === '2'"));
    assert_nothing_revealed(&page, &expected);
    page.press(Key::PageUp, 1);
    page.until(&format!("{STEP} === '1' && location.hash === '#1'"));

    // A slider has its arrow keys, and a clicker still turns pages.
    page.until("document.querySelector('deleverage-lab')?.summary");
    page.run("document.querySelector('deleverage-lab').shadowRoot.querySelector('.main input').focus()");
    page.press(Key::Right, 2);
    page.until("document.querySelector('deleverage-lab').params.leverage > 10");
    assert_eq!(page.get(STEP), "1");
    page.press(Key::PageDown, 1);
    page.until(&next("Show the question"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_screen_can_be_blanked_and_restored() {
    let page = open(&format!("{FIFTEEN}&as=presenter#2"), ".stage .number");
    for (dark, light) in [("b", "b"), (".", "."), ("b", "\u{e014}")] {
        page.write(dark);
        page.until("seen(document.querySelector('.dark')) && focused() === document.querySelector('.dark')");
        let front = "document.elementsFromPoint(innerWidth / 2, innerHeight / 2)[0].className";
        assert_eq!(page.text(front), "dark");
        page.write(light);
        page.until("!seen(document.querySelector('.dark')) && focused() === document.querySelector('.stage')");
        assert_eq!(page.get(STEP), "2");
        assert!(page.holds("document.querySelector('.truth') === null"), "nothing else has changed");
    }
    // Letter keys can be switched off, for speech input and accidental presses.
    page.run("document.getElementById('letter-keys').click()");
    page.write("b");
    assert!(page.holds("!seen(document.querySelector('.dark'))"));
}

#[test]
fn a_presenter_sees_the_class() {
    let page = open(&format!("{FIFTEEN}&as=presenter#2"), ".stage .number");
    page.run("document.querySelector('.stage details').open = true");
    page.until("document.querySelector('.stage details textarea')");
    let tag = lesson("fifteen.toml").tag;
    let code = |index| Prediction::new(tag, 1, index).expect("a prediction").code();
    page.run_with(
        "const field = document.querySelector('.stage details textarea');
         field.focus();
         document.execCommand('insertText', false, given);",
        &json!(format!("Ann: {}\nBen: {}\n", code(4), code(23))),
    );
    page.until("document.querySelector('.stage .counted').innerText.startsWith('Counted: 2')");
    assert_nothing_revealed(&page, &answers("fifteen.toml", 1));
    page.press(Key::PageDown, 1);
    page.until("document.querySelector('.truth')");
    assert!(page.holds("document.querySelector('.stage .counted').textContent.startsWith('Counted: 2')"), "it stays");
    page.press(Key::PageUp, 1);
    page.until("document.querySelector('.truth') === null");
    page.press(Key::PageUp, 1);
    page.until(&format!("{STEP} === '1'"));
    page.run("location.hash = '#2'");
    page.until(&format!("{STEP} === '2'"));
    assert!(
        page.holds("document.querySelector('.stage .counted').textContent.startsWith('Counted: 2')"),
        "after a detour, too"
    );
}

#[test]
fn a_class_view_that_failed_to_load_loads_when_reopened() {
    let page = open(&format!("{FIFTEEN}&as=presenter#2"), ".stage .number");
    let reachable = |blocked: &[&str]| page.devtools("Network.setBlockedURLs", &json!({ "urls": blocked }));
    page.devtools("Network.enable", &json!({}));
    reachable(&["*class-view*"]);
    page.click(".stage details summary");
    page.until("document.querySelector('.stage details [role=status]')?.innerText");
    reachable(&[]);
    for _ in 0..2 {
        page.click(".stage details summary");
    }
    page.until("document.querySelector('.stage details textarea')");
    let view = "[document.querySelectorAll('.stage details textarea').length, \
                document.querySelector('.stage details > [role=status]').innerText]";
    assert_eq!(page.get(view), json!([1, ""]));
}

#[test]
fn another_language_has_the_same_lesson_at_the_same_step() {
    let page = open(&format!("{FIFTEEN}&as=presenter"), ".stage h1");
    page.press(Key::PageDown, 1);
    page.until(&format!("{STEP} === '1'"));
    page.run("document.querySelector('.languages a[lang=fr]').click()");
    page.until(&format!("document.documentElement.lang === 'fr' && {STEP} === '1'"));
    let address = "location.pathname + location.search + location.hash";
    assert_eq!(page.text(address), format!("/lesson.fr.html{FIFTEEN}&as=presenter#1"));
}

#[test]
fn a_worksheet_has_questions_and_space_but_no_answers() {
    let page = open(&format!("{FIFTEEN}&as=worksheet"), "section:nth-of-type(3)");
    let fifteen = lesson("fifteen.toml");
    let shown = page.text("document.body.innerText").replace('\n', " ");
    for (index, step) in fifteen.steps.iter().enumerate() {
        assert_nothing_revealed(&page, &answers("fifteen.toml", index));
        let asked = step.prediction.iter().map(|prediction| &prediction.ask);
        for ask in asked.chain(step.question.iter().map(|question| &question.ask)) {
            assert!(shown.contains(ask.as_str()), "{ask}");
        }
    }
    assert_eq!(shown.matches("lesson.html?file=lessons/fifteen.toml").count(), 1, "one address to type");
    for goal in &fifteen.goals {
        assert!(shown.contains(goal.as_str()));
    }
    assert_eq!(page.number("document.querySelectorAll('.lines').length"), 3.0);
    // On paper the navigation is omitted.
    page.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    page.until("!seen(document.querySelector('.way')) && !seen(document.querySelector('.faces'))");
}

#[test]
fn a_key_has_the_numbers_and_digests_of_native_runs() {
    for name in ["fifteen.toml", "thirty.toml", "forty-five.toml"] {
        let page = open(&format!("?file=lessons/{name}&as=key"), "section");
        let steps = lesson(name).steps.len();
        page.until(&format!("document.querySelectorAll('section').length === {steps} && !document.querySelector('#lesson > [role=status]')"));
        for index in 0..steps {
            let expected = answers(name, index);
            let at = format!("document.querySelectorAll('section')[{index}]");
            let told = page.get(&format!("[...{at}.querySelectorAll('p')].map((p) => p.textContent)"));
            let told: Vec<String> = serde_json::from_value(told).expect("texts");
            let truth = expected.truth.iter().map(|truth| format!("It comes out at {}.", truth.words));
            for text in expected.answer.iter().chain(&expected.notes).cloned().chain(truth) {
                assert!(told.contains(&text), "{name}, step {}: {text} is not in {told:#?}", index + 1);
            }
            let digests = page.get(&format!("[...{at}.querySelectorAll('.runs a')].map((a) => a.textContent)"));
            let native = |run: &deleverage::lesson::Played| {
                format!("{:016x}", Simulator::new(&query::parse(&run.query).unwrap()).summary().digest)
            };
            assert_eq!(digests, json!(expected.runs.iter().map(native).collect::<Vec<_>>()), "{name}, {}", index + 1);
        }
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn an_address_outside_the_lessons_is_refused_with_a_message() {
    let page = Page::start(server::as_built(), Options { network: true, ..Options::default() });
    for file in [
        "https://example.org/a.toml",
        "//example.org/a.toml",
        "../a.toml",
        "/a.toml",
        "a%5C..%5Cb.toml",
        "lessons/.x.toml",
        "x.txt",
    ] {
        visit(&page, &format!("?file={file}"), "[role=alert]");
        let said = page.text("document.querySelector('[role=alert]').innerText");
        assert!(
            said.contains("is no lesson of this site: the address must be a path such as lessons/fifteen.toml."),
            "{file}: {said}"
        );
    }
    let asked = page
        .log("performance")
        .iter()
        .any(|entry| entry["message"].as_str().unwrap_or_default().contains("example.org/a.toml\",\"urlFragment"));
    assert!(!asked, "no request to another host");
    visit(&page, "?file=lessons/none.toml", "[role=alert]");
    assert!(
        page.text("document.querySelector('[role=alert]').innerText")
            .contains("There is no lesson “lessons/none.toml” on this site.")
    );
    assert!(page.holds("seen(document.querySelector('input[type=file]'))"), "the reader can choose a file");
}

#[test]
fn faults_of_a_lesson_are_reported_with_their_lines() {
    let scratch = Scratch::new();
    let faulty = scratch.file("faulty.toml", b"title = \"<b>x</b>\"\nminutes = 5\ngoals = []\n[[step]]\ntitle = \"a\"\nminutes = 5\ntext = \"b\"\nviews = [\"<i>prize\"]\n");
    let page = Page::start(server::as_built().with_extra("/lessons/faulty.toml", faulty), Options::default());
    visit(&page, "?file=lessons/faulty.toml", "[role=alert] li");
    let said = page.text("document.querySelector('[role=alert] li').innerText");
    assert!(
        said.starts_with("line 8: there is no view \"<i>prize\"; there are market, price, ladder, sales, r,"),
        "{said}"
    );
}

#[test]
fn a_local_file_replaces_the_lesson_and_must_be_text() {
    let page = open("?file=lessons/none.toml&as=key", "[role=alert]");
    let choose = |bytes: &[u8]| {
        page.run_with(
            "const data = new DataTransfer();
             data.items.add(new File([new Uint8Array(given)], 'mine.toml'));
             const field = document.querySelector('input[type=file]');
             field.files = data.files;
             field.dispatchEvent(new Event('change'));",
            &json!(bytes),
        );
    };
    choose(b"title = \"L\xe9gende\"");
    page.until("document.querySelector('[role=alert]').innerText.includes('Save it as UTF-8')");
    choose("title = \"Légende\"".as_bytes());
    page.until("document.querySelector('[role=alert]').innerText.includes('the lesson has no \"minutes\"')");
    assert_eq!(page.get("[location.search, location.hash]"), json!(["", ""]));
}

/// Opens a lesson from the disk.
fn choose_mine(page: &Page) {
    let text = "title = \"Mine <b>\"\nlang = \"fr\"\nminutes = 5\ngoals = [\"x\"]\n[[step]]\ntitle = \"a\"\nminutes = 5\ntext = \"b\"\nviews = [\"price\"]\nprediction = { ask = \"How far?\", of = \"fall\", from = 0, to = 40, step = 1 }\n";
    page.run_with(
        "const data = new DataTransfer();
         data.items.add(new File([given], 'mine.toml'));
         const field = document.querySelector('input[type=file]');
         field.files = data.files;
         field.dispatchEvent(new Event('change'));",
        &json!(text),
    );
    page.until("document.querySelector('#lesson h1')?.innerText === 'Mine <b>'");
}

#[test]
fn a_form_that_fails_to_load_is_reported_unless_it_was_left() {
    let page = open("", "section:nth-of-type(3)");
    choose_mine(&page);
    page.devtools("Network.enable", &json!({}));
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*lesson-key*", "*lesson-presenter*"] }));
    let turn = |faces: &[&str]| {
        page.run_with(
            "const buttons = [...document.querySelectorAll('.faces button')];
             for (const name of given) buttons.find((b) => b.innerText === name).click();",
            &json!(faces),
        );
    };
    turn(&["Answer key", "Worksheet"]);
    page.until("document.querySelector('.gap')");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    assert!(page.holds("document.querySelector('.gap') !== null && document.querySelector('[role=alert]') === null"));
    assert!(page.complaints().iter().all(|words| !words.contains("Uncaught")), "the error is caught");
    turn(&["Presentation"]);
    page.until("document.querySelector('#lesson [role=alert] h1')?.innerText === 'This lesson cannot be shown'");
}

#[test]
fn an_answer_that_failed_to_load_loads_when_reopened() {
    let page = open(FIFTEEN, "section:nth-of-type(3)");
    page.run("document.getElementById('2').querySelector('.quiet[type=button]').click()");
    let fold = "document.getElementById('2').querySelector('.question details')";
    page.until(&format!("!!{fold}"));
    page.run(
        "const modules = performance.getEntriesByType('resource').map(({ name }) => name);
         panic(await import(modules.findLast((name) => name.includes('/pkg/full.js'))));",
    );
    page.devtools("Network.enable", &json!({}));
    page.devtools("Network.setBlockedURLs", &json!({ "urls": ["*pkg/*"] }));
    page.run(&format!("{fold}.open = true"));
    page.until(&format!("{fold}.innerText.includes('could not be loaded')"));
    page.devtools("Network.setBlockedURLs", &json!({ "urls": [] }));
    page.run(&format!("{fold}.open = false; await frame(); {fold}.open = true"));
    let told = format!("[...{fold}.querySelectorAll('p')].map((p) => p.textContent).join()");
    let expected = answers("fifteen.toml", 1).answer.join(",");
    page.run_with(&format!("return until(() => {told} === given)"), &json!(expected));
    assert_eq!(page.text(&told), expected);
}

#[test]
fn a_local_file_is_a_lesson_in_all_forms() {
    let page = open("", "section:nth-of-type(3)");
    assert_eq!(page.number("document.querySelectorAll('#lesson section li a').length"), 12.0);
    choose_mine(&page);
    assert!(page.holds("document.querySelector('#lesson b') === null"), "text is text");
    assert_eq!(page.text("document.querySelector('#lesson h1').lang"), "fr", "the language is declared");
    page.run("[...document.querySelectorAll('.faces button')].find((b) => b.innerText === 'Answer key').click()");
    let fall = Simulator::new(&query::parse("").unwrap()).summary().greatest_fall_percent;
    let words = format!("It comes out at {}.", deleverage::describe::percent_words(fall));
    page.until(&format!("document.querySelector('.truth')?.innerText === '{words}'"));
    page.run("[...document.querySelectorAll('.faces button')].find((b) => b.innerText === 'Worksheet').click()");
    page.until("document.querySelector('.gap')");
    assert!(!all(&page).contains(&words));
}
