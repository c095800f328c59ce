//! Offline use: a visitor can come back without a network, and a new build replaces the old one.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use page_tests::server::{self, Scratch, serve};
use page_tests::{LABORATORY, OPENING, Options, Page, json, place};
use xtask::server::Server;

/// A copy of the site that a test may change.
fn site(scratch: &Scratch) {
    copy(&place::dist(), scratch.path());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("the built page") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(|_| ()).expect("a copy") }
    }
}

const KEPT: &str = "(async () => { const registration = await navigator.serviceWorker?.getRegistration(); \
    return registration?.active?.state === 'activated' && !registration.installing && !registration.waiting })()";

/// A browser, and a separate site that can be shut down.
fn browser(scratch: &Scratch) -> (Page, Server) {
    site(scratch);
    (Page::start(server::as_built(), Options::default()), serve(scratch.path()))
}

/// Opens a page of that site, online or offline, and waits for the current figure.
fn visit(page: &Page, address: &str) {
    page.wait_for("open the page", page.client().goto(address));
    page.run("await customElements.whenDefined('deleverage-lab')");
    page.run("lab.scrollIntoView({ behavior: 'instant' }); await lab.ready; await frame()");
}

/// A browser that has cached the site in this directory, its server, and the address.
fn kept(scratch: &Scratch) -> (Page, Server, String) {
    let (page, server) = browser(scratch);
    let url = server.url();
    page.look_at(OPENING);
    visit(&page, &url);
    page.until(KEPT);
    (page, server, url)
}

#[test]
fn after_one_visit_the_site_works_offline() {
    let scratch = Scratch::new();
    let (page, server, url) = kept(&scratch);
    // A lesson added by a teacher. The worker serves only pages opened after it has started.
    visit(&page, &url);
    fs::write(scratch.path().join("lessons/mine.toml"), "title = \"Mine\"").expect("a custom lesson");
    page.run("await fetch('lessons/mine.toml')");
    page.until("!!(await caches.match('lessons/mine.toml'))");
    assert_eq!(page.complaints(), [""; 0]);
    drop(server);

    page.look_at(LABORATORY);
    visit(&page, &format!("{url}?bots=20"));
    assert_eq!(page.number("lab.params.bots"), 20.0);
    page.run("$('.study').open = true");
    page.until("root.querySelectorAll('.study table').length === 3 && text('.study .working') === ''");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("!!$('.map button')");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map progress')?.value > 0");
    page.run("root.querySelectorAll('details').forEach((details) => (details.open = true))");
    page.until("root.querySelectorAll('.run-table table tr').length > 3");
    assert_eq!(page.complaints(), [""; 0]);

    page.look_at(OPENING);
    visit(&page, &format!("{url}index.fr.html"));
    assert_eq!(page.text("document.documentElement.lang"), "fr");
    page.until("text('.control.leverage label').includes('evier')");
    let lesson = format!("{url}lesson.html?file=lessons/fifteen.toml&as=key");
    page.wait_for("open a lesson", page.client().goto(&lesson));
    page.until("document.querySelectorAll('#lesson section').length === 3");
    page.wait_for("open the page of the model", page.client().goto(&format!("{url}model.html")));
    page.run(
        "for (const img of document.querySelectorAll('figure img')) { img.loading = 'eager'; await img.decode() }",
    );
    assert!(page.number("document.querySelectorAll('figure img').length") > 3.0);
    for file in ["host.js", "lessons/mine.toml"] {
        assert!(page.holds(&format!("(await fetch('{url}{file}')).ok")), "{file}");
    }
}

#[test]
fn a_new_build_replaces_the_old_one() {
    let scratch = Scratch::new();
    let (page, server, url) = kept(&scratch);
    let names = "(await caches.keys()).join(' ')";
    let old = page.text(names);
    assert!(old.starts_with("deleverage-") && !old.contains(' '), "{old}");

    // A new build: one more word in a page, and so a different hash.
    let index = scratch.path().join("index.html");
    let text = fs::read_to_string(&index).expect("the page");
    fs::write(&index, text.replacen("<h1>", "<h1>New: ", 1)).expect("a new page");
    xtask::offline::write(scratch.path()).expect("a new worker");
    visit(&page, &url);
    assert!(page.text("document.querySelector('h1').innerText").starts_with("New: "), "a page comes from the network");
    page.until("!!(await navigator.serviceWorker.getRegistration()).waiting");
    // The new worker waits until the pages of the old one are closed.
    assert!(page.text(names).contains(&old));
    for _ in 0..60 {
        page.wait_for("leave", page.client().goto("about:blank"));
        // The browser takes a moment to notice that a page is gone.
        thread::sleep(Duration::from_secs(1));
        visit(&page, &url);
        if page.text(names) != old && !page.text(names).contains(' ') {
            break;
        }
    }
    page.until(&format!("(await caches.keys()).length === 1 && {names} !== '{old}'"));
    drop(server);
    visit(&page, &format!("{url}?bots=20"));
    assert!(page.text("document.querySelector('h1').innerText").starts_with("New: "), "the new one is kept");
}

#[test]
fn a_failed_update_keeps_the_cached_build() {
    let scratch = Scratch::new();
    let (page, server, url) = kept(&scratch);
    let kept = "[await caches.keys(), (await (await caches.open((await caches.keys())[0])).keys()).length]";
    let before = page.get(kept);

    let worker = scratch.path().join("sw.js");
    let another = fs::read_to_string(&worker).expect("the worker") + "// Another worker of the same build.";
    let index = scratch.path().join("index.html");
    let text = fs::read_to_string(&index).expect("the page");
    fs::write(&index, text.replacen("<h1>", "<h1>New: ", 1)).expect("a new page");
    xtask::offline::write(scratch.path()).expect("a new worker");
    let newer = fs::read_to_string(&worker).expect("the worker");
    // A page of both builds is missing, as while a site is copied to its host.
    fs::remove_file(scratch.path().join("authors.html")).expect("a page");
    for script in [another, newer] {
        fs::write(&worker, script).expect("a worker");
        let state = page.text(
            "await new Promise(async (resolve, reject) => {
               const registration = await navigator.serviceWorker.getRegistration();
               const watch = () => {
                 const { installing } = registration;
                 installing?.addEventListener('statechange', () => resolve(installing.state));
               };
               watch();
               registration.addEventListener('updatefound', watch);
               registration.update().catch(reject);
             })",
        );
        assert_eq!(state, "redundant");
        assert_eq!(page.get(kept), before);
    }
    drop(server);
    visit(&page, &format!("{url}?bots=20"));
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn nothing_is_cached_in_foreign_pages_or_frames() {
    let scratch = Scratch::new();
    let (page, server) = browser(&scratch);
    let url = server.url();
    let author = server::stranger(&format!(
        "<!doctype html><script type=module src={url}lab.js></script><deleverage-lab view=price></deleverage-lab>\
         <iframe src={url}index.html width=900 height=700></iframe>"
    ));
    let nothing = "[(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]";
    page.look_at("deleverage-lab");
    visit(&page, &author);
    assert_eq!(page.get(nothing), json!([0, 0]));
    // A frame out of view would not start.
    page.run("document.querySelector('iframe').scrollIntoView({ behavior: 'instant' }); await frame()");
    page.wait_for("enter the frame", page.client().enter_frame(0));
    page.run("await customElements.whenDefined('deleverage-lab'); await lab.ready");
    page.until("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/offline.js'))");
    page.run("await new Promise((resolve) => setTimeout(resolve, 500))");
    assert_eq!(page.get(nothing), json!([0, 0]));
}

#[test]
fn damaged_files_are_not_cached() {
    let scratch = Scratch::new();
    let (page, server) = browser(&scratch);
    let worker = scratch.path().join(&place::address("run-worker.js")[1..]);
    fs::write(&worker, "throw new Error('gone fishing')").expect("the file is damaged");
    page.look_at(OPENING);
    page.before_each_document(
        "const { register } = ServiceWorkerContainer.prototype;
         ServiceWorkerContainer.prototype.register = async function (...all) {
           const registration = await register.apply(this, all);
           globalThis.begun = registration.installing ?? { state: 'redundant' };
           return registration;
         };",
    );
    visit(&page, &server.url());
    page.until("globalThis.begun?.state === 'redundant'");
    page.until("(await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0");
}
