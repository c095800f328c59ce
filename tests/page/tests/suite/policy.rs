//! Content security policies: each page has one, which holds on any host and is never violated by the page itself.
//! Nothing inline, no script from a string, and no request to other hosts.

use std::fs;
use std::path::Path;

use page_tests::server::{self, Scratch};
use page_tests::{FIGURE, LABORATORY, Options, Page, Value, json, place};

/// Every page of the site, in every language, and the single file, by name.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(place::dist()).expect("the built page");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    let pages: Vec<_> = names.filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "html")).collect();
    assert!(pages.len() >= 18 && pages.contains(&"deleverage.html".into()), "{pages:?}");
    let text = |name: String| (name.clone(), fs::read_to_string(place::dist().join(name)).expect("a page"));
    pages.into_iter().map(text).collect()
}

#[test]
fn each_page_begins_with_its_policy_and_has_nothing_inline() {
    for (name, page) in pages() {
        let at = page.find("http-equiv=\"Content-Security-Policy\"").unwrap_or_else(|| panic!("{name}: no policy"));
        for first in ["<title", "<link", "<script", "<style", "<body"] {
            assert!(page.find(first).is_none_or(|other| at < other), "{name}: {first} comes before the policy");
        }
        let (_, policy) = page[at..].split_once("content=\"").expect("a content");
        let policy: Vec<_> = policy.split('"').next().expect("its end").split("; ").collect();
        for directive in
            ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'"]
        {
            assert!(policy.contains(&directive), "{name} lacks {directive}: {policy:?}");
        }
        let starts = ["index.", "lesson.", "embed.html", "deleverage.html"].iter().any(|kind| name.starts_with(kind));
        let types = if starts { "trusted-types default" } else { "trusted-types 'none'" };
        assert!(policy.contains(&types), "{name} lacks {types}: {policy:?}");
        for source in policy.iter().flat_map(|directive| directive.split(' ').skip(1)) {
            let known = ["'none'", "'self'", "'wasm-unsafe-eval'", "'script'", "default", "data:", "blob:"];
            let hash = name == "deleverage.html" && source.starts_with("'sha256-");
            assert!(known.contains(&source) || hash, "{name} allows {source}");
        }
        // Text embedded in the single file is not markup.
        let carried = |part: &&str| !part.starts_with(" type=\"text/plain\"");
        for script in page.split("<script").skip(1).filter(carried) {
            let tag = script.split('>').next().expect("its end");
            assert!(tag.contains(" src=\"") || name == "deleverage.html", "{name}: a script in the page, {tag}");
        }
        if name != "deleverage.html" {
            for inline in [" style=\"", " onload=", " onclick=", " onerror=", "javascript:", "<style"] {
                assert!(!page.contains(inline), "{name}: {inline}");
            }
        }
    }
}

/// Records policy violations in `broken`, on every page and in every frame from its beginning.
const KEEP: &str = "globalThis.broken = [];
    addEventListener('securitypolicyviolation', (event) =>
      broken.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample} ${event.sourceFile}`));";

/// Scrolls to every figure and shows the results of predictions.
const READ: &str = "
    for (const one of document.querySelectorAll('deleverage-lab, #predict-tipping, #predict-path, #challenge, #fig-map, figure, iframe')) {
      one.scrollIntoView({ behavior: 'instant', block: 'center' });
      await (one.ready ?? frame());
      await frame();
    }
    for (const guess of document.querySelectorAll('#predict-tipping, #predict-path')) {
      (await until(() => guess.querySelector('.show'))).click();
    }
    if (lab?.hasAttribute('linked') || lab?.id === 'figure') {
      lab.scrollIntoView({ behavior: 'instant' });
      await frame();
    }";

/// Uses parts of the whole laboratory: a study and a map, which use workers, and sound.
fn use_the_laboratory(page: &Page) {
    page.unfold();
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map progress')?.value > 0");
    page.click("input.sound");
    page.click(".sale");
    page.until("second() > 300");
    page.run("$('.play').click()");
}

/// All requests, by any part of the page.
fn requests(page: &Page) -> Vec<String> {
    let log = page.log("performance");
    let messages = log.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
    let sent = messages.filter(|message| message["message"]["method"] == "Network.requestWillBeSent");
    let own = |event: &Value| !event["documentURL"].as_str().is_some_and(|url| url.starts_with("chrome:"));
    sent.map(|message| message["message"]["params"].clone())
        .filter(own)
        .filter_map(|event| event["request"]["url"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn no_page_violates_its_policy_or_makes_foreign_requests() {
    let page = Page::start(server::as_built(), Options { network: true, ..Options::default() });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": KEEP }));
    for (address, figure, ready) in [
        ("", LABORATORY, "lab?.summary"),
        ("index.ar.html?bots=20", LABORATORY, "lab?.summary"),
        ("embed.html?view=laboratory&bots=20", FIGURE, "lab?.summary"),
        ("embed.html?view=price&controls=bots&theme=dark&lang=de", FIGURE, "lab?.summary"),
        ("embeds.html", "#plain", "document.querySelector('#plain').summary"),
        ("authors.html", "#example", "lab?.summary"),
        ("model.html", FIGURE, "document.querySelector('figure')"),
        ("teach.html", FIGURE, "document.querySelector('#lessons')"),
        ("glossary.fr.html", FIGURE, "document.querySelector('dt')"),
        ("lesson.html", FIGURE, "document.querySelectorAll('#lesson section').length === 3"),
        ("lesson.fr.html?file=lessons/fifteen.toml", "deleverage-lab", "document.querySelector('#lesson h1')"),
        (
            "lesson.html?file=lessons/fifteen.toml&as=presenter#2",
            "deleverage-lab",
            "document.querySelector('.stage h1')",
        ),
        ("lesson.html?file=lessons/fifteen.toml&as=worksheet", FIGURE, "document.querySelector('.gap')"),
        ("lesson.html?file=lessons/fifteen.toml&as=key", FIGURE, "document.querySelector('.truth')"),
    ] {
        page.wait_for("leave", page.client().goto("about:blank"));
        drop(requests(&page));
        page.look_at(figure);
        page.load(address);
        page.run(READ);
        page.until(ready);
        if figure == LABORATORY || address == "embed.html?view=laboratory&bots=20" {
            use_the_laboratory(&page);
        }
        if figure == LABORATORY {
            page.until("!!(await navigator.serviceWorker.getRegistration())");
        }
        page.run("await frame()");
        assert_eq!(page.get("broken"), json!([]), "{address}");
        assert_eq!(page.complaints(), [""; 0], "{address}");
        let asked = requests(&page);
        assert!(asked.iter().any(|url| url.starts_with(&page.origin())), "{address}: the log shows nothing");
        for url in asked {
            let ours =
                url.starts_with(&page.origin()) || ["data:", "blob:", "about:"].iter().any(|own| url.starts_with(own));
            assert!(ours, "{address} asks for {url}");
        }
    }
}

/// Ways to make a script of a string, or to start a foreign one. Each must throw.
const WAYS: &str = "
    const ways = {
      worker: () => new Worker('host.js'),
      worker_of_others: () => new Worker('https://example.org/run-worker.js'),
      worker_below: () => new Worker(new URL('lessons/run-worker.js', document.baseURI)),
      worker_of_text: () => new Worker('data:text/javascript,0'),
      worker_of_a_blob: () => new Worker(URL.createObjectURL(new Blob(['0']))),
      shared_worker: () => new SharedWorker('host.js'),
      script: () => (document.createElement('script').src = 'host.js'),
      script_of_text: () => (document.createElement('script').text = '0'),
      markup: () => (document.createElement('p').innerHTML = '<b>'),
      markup_around: () => document.querySelector('title').insertAdjacentHTML('afterend', '<b>'),
      page: () => (document.createElement('iframe').srcdoc = '<b>'),
      parser: () => new DOMParser().parseFromString('<b>', 'text/html'),
      fragment: () => document.createRange().createContextualFragment('<b>'),
      handler: () => document.createElement('p').setAttribute('onclick', '0'),
      write: () => document.write('<b>'),
      timer: () => setTimeout('0'),
      evaluated: () => eval('0'),
      made: () => new Function('0'),
      another_policy: () => trustedTypes.createPolicy('another', { createHTML: (text) => text }),
      the_policy_again: () => trustedTypes.createPolicy('default', { createHTML: (text) => text }),
    };
    const through = [];
    // In a separate task, because the driver's own script may do more than the page.
    await new Promise((resolve) => setTimeout(resolve));
    for (const [name, way] of Object.entries(ways)) try { way(); through.push(name) } catch {}
    // Registration rejects instead of throwing.
    for (const address of ['host.js', 'https://example.org/sw.js']) {
      await navigator.serviceWorker.register(address).then(() => through.push(address), () => {});
    }
    return through;";

#[test]
fn only_our_own_scripts_can_be_started() {
    let page = Page::start(server::as_built(), Options::default());
    for address in [
        "",
        "lesson.html",
        "embed.html?view=price",
        "authors.html",
        "embeds.html",
        "model.html",
        "teach.html",
        "glossary.html",
    ] {
        page.load(address);
        page.until("document.readyState === 'complete' && (await frame(), true)");
        assert_eq!(page.run(WAYS), json!([]), "{address}");
    }
    // The policy in the page, if the host sends none.
    let page = Page::start(server::as_built(), Options::default());
    let html = fs::read_to_string(place::dist().join("embed.html")).expect("a page");
    let html = html
        .replace("src=\"", &format!("src=\"{}", page.origin()))
        .replace("'self'", page.origin().trim_end_matches('/'));
    page.wait_for("open a copy", page.client().goto(&server::stranger(&html)));
    page.until("!!document.querySelector('#figure')");
    assert_eq!(page.run(&WAYS.replace("navigator.serviceWorker.register(address)", "Promise.reject()")), json!([]));
}

#[test]
fn a_figure_works_on_a_page_with_trusted_types() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at(FIGURE);
    let origin = page.origin();
    let own = |policy: &str, script: &str| {
        server::stranger(&format!(
            "<!doctype html><meta http-equiv='Content-Security-Policy' content=\"require-trusted-types-for 'script'; \
             trusted-types {policy}\"><title>Somebody's page</title><script>{}; {script}</script>\
             <script type='module' src='{origin}lab.js'></script>\
             <deleverage-lab id='figure' view='price' controls='bots' bots='20'>A picture</deleverage-lab>",
            server::WATCH
        ))
    };
    page.wait_for("open a third-party page", page.client().goto(&own("'none'", "")));
    page.run(
        "await customElements.whenDefined('deleverage-lab'); await lab.ready; lab.params = { bots: 50 }; await frame()",
    );
    assert_eq!(page.get("[lab.params.bots, errors]"), json!([50, []]));
    assert!(!page.holds("!!globalThis.trustedTypes?.defaultPolicy"), "a figure makes no policy for the page around it");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn the_policy_allows_exactly_the_existing_workers() {
    let script = fs::read_to_string(xtask::project::root().join("www/core/trust.js")).expect("the policy");
    let workers = fs::read_dir(xtask::project::root().join("www/workers")).expect("the scripts");
    let workers = workers.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    let mut workers: Vec<_> = workers.filter_map(|name| Some(name.strip_suffix("-worker.js")?.to_owned())).collect();
    workers.sort();
    assert!(script.contains(&format!("{workers:?}.map")), "{workers:?} are not those of trust.js");
}

#[test]
fn the_single_file_does_not_violate_its_policy() {
    let scratch = Scratch::new();
    let bytes = fs::read(place::dist().join("deleverage.html")).expect("the single file, made with npm");
    let file = scratch.file("deleverage.html", &bytes);
    let page = Page::start(server::as_built(), Options::default());
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": KEEP }));
    page.wait_for("open the file", page.client().goto(&format!("file://{}", file.display())));
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.run(READ);
    use_the_laboratory(&page);
    page.until("document.querySelector('#predict-tipping .verdict').innerText !== ''");
    assert_eq!(page.get("broken"), json!([]));
    assert_eq!(page.complaints(), [""; 0]);
    assert_eq!(page.run(&WAYS.replace("navigator.serviceWorker.register(address)", "Promise.reject()")), json!([]));
}
