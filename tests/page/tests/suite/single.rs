//! The single file, `deleverage.html`: opened from disk without a network, it is the whole site.

use std::fs;

use deleverage::{Simulator, query};
use page_tests::server::Scratch;
use page_tests::{Key, Options, Page, json, place, server};

/// The single file alone in a directory, in a browser without a network.
fn open(scratch: &Scratch, address: &str) -> Page {
    let path = place::dist().join("deleverage.html");
    let file = scratch.file("deleverage.html", &fs::read(path).expect("the single file, made with npm"));
    let page = Page::start(server::as_built(), Options { network: true, ..Options::default() });
    let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
    page.devtools("Network.enable", &json!({}));
    page.devtools("Network.emulateNetworkConditions", &offline);
    drop(page.log("performance"));
    page.wait_for("open the file", page.client().goto(&format!("file://{}{address}", file.display())));
    page
}

/// Requests for anything outside the file.
fn requests(page: &Page) -> Vec<String> {
    let log = page.log("performance");
    let messages =
        log.iter().filter_map(|entry| serde_json::from_str::<page_tests::Value>(entry["message"].as_str()?).ok());
    let asked = messages.filter(|message| message["message"]["method"] == "Network.requestWillBeSent");
    let urls = asked.filter_map(|message| Some(message["message"]["params"]["request"]["url"].as_str()?.to_owned()));
    urls.filter(|url| !["data:", "blob:", "chrome:"].iter().any(|own| url.starts_with(own))).collect()
}

fn digest(text: &str) -> String {
    format!("{:016x}", Simulator::new(&query::parse(text).expect("a valid query")).summary().digest)
}

#[test]
fn back_returns_to_the_article_and_links_keep_the_language() {
    let scratch = Scratch::new();
    let page = open(&scratch, "");
    page.run("location.hash = '#model.html'");
    page.until("document.title.includes('odel') && document.getElementById('lab') === null");
    page.run("history.back()");
    page.until("document.getElementById('lab') && document.documentElement.lang === 'en'");
    page.run("location.hash = '#index.ar.html'");
    page.until("document.documentElement.lang === 'ar'");
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.go_to(page_tests::LABORATORY);
    page.unfold();
    page.until("$('#along-link')?.value.endsWith('#index.ar.html#lab')");
}

#[test]
fn from_disk_the_code_of_a_figure_says_what_it_needs() {
    let scratch = Scratch::new();
    let page = open(&scratch, "?bots=20#lab");
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.go_to(page_tests::LABORATORY);
    page.click(".along > summary");
    page.until("!!$('.along-body')");
    page.click(".copy-code");
    page.until("text('.along-status').includes('It needs the site on a server')");
    let code = page.text("$('.along-body textarea').value");
    assert!(code.contains("src=\"https://example.org/deleverage/embed.html?view=price&amp;bots=20&amp;"), "{code}");
    // Nothing but the measure of the figure depends on a server.
    let height: f64 =
        code.split("height=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).expect("a height");
    assert!(height > 400.0 && height < 900.0, "{height}");
}

#[test]
fn the_single_file_runs_from_disk_without_requests() {
    let scratch = Scratch::new();
    let page = open(&scratch, "?bots=20#lab");
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.go_to(page_tests::LABORATORY);
    assert_eq!(page.text("lab.summary.digest"), digest("bots=20"));
    page.run("const bots = $('.bots input'); bots.value = 50; bots.dispatchEvent(new Event('input', { bubbles: true })); await frame()");
    page.until("lab.params.bots !== 20");
    let bots = page.number("lab.params.bots");
    page.until("(await frame(), true)");
    assert_eq!(page.text("lab.summary.digest"), digest(&format!("bots={bots}")));

    page.run("$('.study').open = true");
    page.until("root.querySelectorAll('.study table').length === 3 && text('.study .working') === ''");

    // A small crowd, because the test waits for the whole map.
    page.run("lab.params = { accounts: 300, hours: 1 }");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("!!$('.map button')");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map-progress').classList.contains('finished')");
    assert!(page.holds("performance.getEntriesByType('resource').every(({ name }) => /^(blob|data):/.test(name))"));

    page.run("document.querySelector('#predict-tipping').scrollIntoView({ behavior: 'instant' })");
    page.until("document.querySelector('#predict-tipping button.show') && (await frame(), true)");
    page.run("document.querySelector('#predict-tipping button.show').click()");
    page.until("document.querySelector('#predict-tipping .verdict').innerText !== ''");

    page.run("document.querySelector('#challenge').scrollIntoView({ behavior: 'instant' })");
    page.until("document.querySelectorAll('#challenge button').length > 0");

    assert_eq!(page.complaints(), [""; 0]);
    let asked = requests(&page);
    assert!(asked.iter().all(|url| url.starts_with("file://") && url.contains("/deleverage.html")), "{asked:?}");
    assert_eq!(asked.len(), 1, "{asked:?}");
}

#[test]
fn the_single_file_has_every_language_and_the_model_page() {
    let scratch = Scratch::new();
    let page = open(&scratch, "#index.fr.html");
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.go_to(page_tests::LABORATORY);
    assert_eq!(page.text("document.documentElement.lang"), "fr");
    let before = page.text("$('.headline').innerText");
    assert!(!before.contains("price"), "{before}");
    page.run("$('.study').open = true");
    page.until("root.querySelectorAll('.study table').length === 3 && text('.study .working') === ''");
    assert!(!page.holds("text('.study').includes('as it is')"), "the workers speak French, too");
    page.run("document.querySelector('.languages [lang=ar]').click()");
    page.until("document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar'");
    page.run("document.querySelector('a[href=\"#model.ar.html\"], a[href=\"#model.html\"]').click()");
    page.until("!!document.querySelector('#proofs')");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_single_file_has_lessons() {
    let scratch = Scratch::new();
    let page = open(&scratch, "#teach.html");
    assert!(!page.holds("[...document.querySelectorAll('a')].some(({ href }) => href.includes('/lessons/'))"));
    page.run("document.querySelector('a[href*=\"fifteen.toml&as=presenter\"]').click()");
    page.until("document.querySelector('.stage h1')");
    page.run("location.href = location.pathname + '#lesson.html'");
    page.until("document.querySelectorAll('#lesson section').length === 3");
    page.run("document.querySelector('#lesson a[href*=\"as=key\"]').click()");
    page.until("document.querySelectorAll('#lesson section').length === 3 && document.querySelector('.truth')");
    page.run("document.querySelector('#lesson a[href*=\"as=presenter\"]').click()");
    page.until("document.querySelector('.stage h1')");
    for press in ["the figure", "the question", "an answer", "", "what comes out"] {
        page.press(Key::PageDown, 1);
        page.until(&format!("document.querySelectorAll('.bar button')[1].innerText.endsWith('{press}')"));
    }
    page.press(Key::PageDown, 1);
    page.until("document.querySelector('.truth') && document.querySelector('deleverage-lab')?.summary");
    assert_eq!(page.text("location.hash"), "#lesson.html#2");
    assert_eq!(page.text("document.querySelector('deleverage-lab').summary.digest"), digest(""));
    // The guide for teachers links to lessons and has their files.
    page.run("location.hash = '#teach.html'");
    page.until("document.getElementById('lessons')");
    let file = page.get("decodeURIComponent($('a[download=\"fifteen.toml\"]').href.split(',')[1])");
    assert_eq!(file, include_str!("../../../../www/lessons/fifteen.toml"));
    page.run("document.querySelector('a[href*=\"thirty.toml#\"]').click()");
    page.until("document.querySelector('#lesson h1')?.innerText === 'A loop and its edge'");
    assert_eq!(page.complaints(), [""; 0]);
    let asked = requests(&page);
    assert!(asked.iter().all(|url| url.starts_with("file://") && url.contains("/deleverage.html")), "{asked:?}");
}
