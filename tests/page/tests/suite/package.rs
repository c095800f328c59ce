//! The packed element: installed in a React project bundled by Vite; as a plain script; several times on a page; and
//! removed without leaks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use page_tests::server::{Scratch, serve};
use page_tests::{Options, Page, Value, json, place};
use xtask::{npm, package, project};

/// The figure on the author's pages.
const FIGURE: &str = "#figure";

/// Counts listeners, observers and workers of a page from here on, in `count()`.
const COUNTING: &str = "
    const held = new Map();
    globalThis.count = () => [...held].filter(([, n]) => n !== 0).map(([what, n]) => `${n} ${what}`).sort();
    const more = (what, n) => held.set(what, (held.get(what) ?? 0) + n);
    const name = (target) => (target === window ? 'window' : target === document ? 'document' : target instanceof MediaQueryList ? 'media' : undefined);
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const known = new Set();
    const ids = new WeakMap();
    const id = (thing) => ids.get(thing) ?? (ids.set(thing, `${Math.random()}`), ids.get(thing));
    EventTarget.prototype.addEventListener = function (type, listener, ...rest) {
      const target = this ?? window;
      const key = `${id(target)} ${type} ${id(listener)}`;
      if (name(target) && !known.has(key)) { known.add(key); more(`${name(target)} ${type}`, 1); }
      return add.call(target, type, listener, ...rest);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, ...rest) {
      const target = this ?? window;
      const key = `${id(target)} ${type} ${id(listener)}`;
      if (known.delete(key)) more(`${name(target)} ${type}`, -1);
      return remove.call(target, type, listener, ...rest);
    };
    globalThis.Worker = class extends Worker {
      constructor(...given) { super(...given); more('worker', 1); }
      terminate() { super.terminate(); more('worker', -1); }
    };
    for (const kind of ['ResizeObserver', 'IntersectionObserver']) {
      globalThis[kind] = class extends globalThis[kind] {
        #seen = new Set();
        observe(element, ...rest) { super.observe(element, ...rest); if (!this.#seen.has(element)) { this.#seen.add(element); more(kind, 1); } }
        disconnect() { super.disconnect(); more(kind, -this.#seen.size); this.#seen.clear(); }
      };
    }";

/// Packs the built element and unpacks it into a plain site, twice.
fn site(scratch: &Scratch) {
    let tarball = pack(scratch);
    for copy in ["deleverage", "again"] {
        let to = scratch.path().join(copy);
        fs::create_dir_all(&to).expect("a directory");
        run(Command::new("tar").arg("xzf").arg(&tarball).args(["--strip-components=1", "-C"]).arg(&to));
    }
    fs::copy(author().join("site.html"), scratch.path().join("index.html")).expect("copied");
}

fn pack(scratch: &Scratch) -> PathBuf {
    package::write(&place::dist(), &scratch.path().join("packed")).unwrap_or_else(|error| panic!("{error:#}"))
}

fn author() -> PathBuf {
    project::root().join(npm::AUTHOR)
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let words = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command:?} failed:\n{words}");
    assert!(!words.to_lowercase().contains("warn"), "{command:?} warns:\n{words}");
}

/// Installs the tarball in the author's project and bundles it; returns the path of the result.
fn bundled(scratch: &Scratch) -> PathBuf {
    let tarball = pack(scratch);
    let modules = npm::project_of_an_author().unwrap_or_else(|error| panic!("{error:#}"));
    let project = scratch.path().join("project");
    fs::create_dir_all(&project).expect("a directory");
    for entry in fs::read_dir(author()).expect("the project of an author").flatten() {
        fs::copy(entry.path(), project.join(entry.file_name())).expect("copied");
    }
    run(Command::new("cp").arg("-a").arg(modules).arg(&project));
    let arguments =
        ["install", "--offline", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
    run(Command::new("npm").args(arguments).arg(&tarball).current_dir(&project));
    run(Command::new("npx").args(["--no-install", "vite", "build"]).current_dir(&project));
    project.join("dist")
}

/// The server requires trusted types, so a page with the whole laboratory must allow its workers.
const TRUSTING: &str = "trustedTypes.createPolicy('default', { createScriptURL: (address) => \
    /\\/(assets\\/)?(run|study)-worker[\\w-]*\\.js$/.test(address) ? address : null })";

fn open(directory: &Path) -> Page {
    let page = Page::start(serve(directory), Options::default());
    page.look_at(FIGURE);
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": TRUSTING }));
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": COUNTING }));
    page.load("");
    page.until("document.querySelector('#figure')?.ready");
    page.run("await lab.ready");
    page
}

/// Makes the current simulator trap at the next picture, as when memory has run out. `script` is the beginning of the
/// name of its script.
fn provoke_trap(page: &Page, script: &str) {
    page.run_with(
        "const names = performance.getEntriesByType('resource').map(({ name }) => name);
         const last = names.filter((name) => name.includes(given) && /\\.js(\\?again=\\d+)?$/.test(name)).at(-1);
         const { Lab } = await import(last);
         const { draw } = Lab.prototype;
         Lab.prototype.draw = () => {
           Lab.prototype.draw = draw;
           const error = new WebAssembly.RuntimeError('memory access out of bounds');
           error.stack = `RuntimeError\\n  at ${last.split('?')[0]}:1:1`;
           throw error;
         };
         lab.params = { bots: 50 };",
        &json!(script),
    );
}

fn comes_back(page: &Page, script: &str) {
    let digest = page.text("lab.summary.digest");
    for _ in 0..2 {
        provoke_trap(page, script);
        page.until("text('.notice').includes('ran out of memory')");
        page.click(".notice .again");
        page.until("text('.notice') === ''");
        page.run("lab.params = { bots: 77 }; await frame()");
        assert_ne!(page.text("lab.summary.digest"), digest);
        page.run("lab.params = { bots: 20 }; await frame()");
        assert_eq!(page.text("lab.summary.digest"), digest);
    }
}

#[test]
fn the_element_works_in_react_bundled_by_vite() {
    let scratch = Scratch::new();
    let page = open(&bundled(&scratch));
    assert_eq!(page.get("[lab.params.bots, seen($('canvas.market'))]"), json!([20, true]));
    let before = page.get("(await frame(), pixels('market'))");
    page.run("mount(60)");
    page.until("lab.params.bots === 60 && told.at(-1) === 60");
    assert_ne!(page.get("(await frame(), pixels('market'))"), before);
    page.run("mount(20)");
    page.until("lab.params.bots === 20");
    assert_eq!(page.get("(await frame(), pixels('market'))"), before);
    comes_back(&page, "/deleverage-");

    page.run("unmount(); await frame()");
    assert!(page.holds("document.querySelector('deleverage-lab') === null"));
    page.run("mount(30)");
    page.until("document.querySelector('#figure')?.params?.bots === 30");
    // The whole laboratory, which loads everything else: style sheets, scripts, workers.
    page.run(
        "const whole = document.createElement('deleverage-lab');
         whole.id = 'whole';
         document.body.append(whole);
         whole.scrollIntoView({ behavior: 'instant' });
         await whole.ready",
    );
    page.look_at("#whole");
    page.run("$('.study').open = true; $('.study').scrollIntoView({ behavior: 'instant' })");
    page.until("root.querySelectorAll('.study input').length > 0");
    page.run("$('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("$('.map-frame progress, .map progress')?.value > 0");
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_plain_script_loaded_twice_registers_once_and_shares_a_simulator() {
    let scratch = Scratch::new();
    site(&scratch);
    let page = open(scratch.path());
    comes_back(&page, "/pkg/deleverage.js");
    page.run(
        "const host = document.createElement('div');
         host.id = 'host';
         document.body.append(host);
         const within = host.attachShadow({ mode: 'open' });
         for (const bots of [30, 40]) {
           const figure = document.createElement('deleverage-lab');
           for (const [name, value] of [['view', 'market'], ['controls', 'bots'], ['bots', bots]]) figure.setAttribute(name, value);
           within.append(figure);
           await figure.ready;
         }",
    );
    let all = "[lab, ...document.querySelector('#host').shadowRoot.children]";
    assert_eq!(page.get(&format!("{all}.map((one) => one.params.bots)")), json!([20, 30, 40]));
    assert!(page.holds(&format!("{all}.every((one, at, all) => one.exports === all[0].exports)")));
    page.run("document.querySelector('#host').scrollIntoView({ behavior: 'instant', block: 'end' }); await frame()");
    let pixels = page.get(&format!("(await frame(), {all}.map((one) => pixels('market', one.shadowRoot)))"));
    page.run("document.querySelector('#host').shadowRoot.lastChild.setAttribute('bots', '77'); await frame()");
    page.until(&format!("{all}[2].params.bots === 77"));
    let now = page.get(&format!("(await frame(), {all}.map((one) => pixels('market', one.shadowRoot)))"));
    assert_eq!((&now[0], &now[1]), (&pixels[0], &pixels[1]));
    assert_ne!(now[2], pixels[2]);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn authors_can_style_colours_and_parts() {
    let scratch = Scratch::new();
    site(&scratch);
    let page = open(scratch.path());
    page.run(
        "const style = new CSSStyleSheet();
         style.replaceSync('deleverage-lab { --paper: rgb(1, 2, 3); --ink: rgb(250, 240, 230) } ' +
           ['controls', 'headline', 'views', 'transport'].map((part) => `deleverage-lab::part(${part}) { outline-color: rgb(9, 8, 7) }`).join(' '));
         document.adoptedStyleSheets = [style]",
    );
    assert_eq!(page.text("getComputedStyle($('.lab')).backgroundColor"), "rgb(1, 2, 3)");
    assert_eq!(page.text("getComputedStyle($('.lab')).color"), "rgb(250, 240, 230)");
    let parts = "['.main', '.headline', '.views', '.transport'].map((name) => getComputedStyle($(name)).outlineColor)";
    assert_eq!(page.get(parts), json!(vec!["rgb(9, 8, 7)"; 4]));
}

#[test]
fn a_removed_element_leaves_no_listeners_observers_or_workers() {
    let scratch = Scratch::new();
    site(&scratch);
    let page = open(scratch.path());
    page.run("lab.remove(); await frame()");
    page.run(
        "globalThis.whole = document.createElement('deleverage-lab');
         whole.id = 'whole';
         whole.setAttribute('autoplay', '');
         document.body.append(whole);
         await whole.ready",
    );
    page.look_at("#whole");
    page.run("$('.study').open = true; $('.map-place').scrollIntoView({ behavior: 'instant' })");
    page.until("count().some((what) => Number(what.split(' ')[0]) >= 2 && what.endsWith('worker'))");
    page.until("$('.study .working') && $('.map progress')?.value > 0");
    page.run("whole.remove(); await frame()");
    // Only the global listeners of the scripts remain, one each for the life of the page.
    let empty = page.get("count()");
    let only = ["window error", "window unhandledrejection", "document visibilitychange"];
    let own = |what: &Value| only.iter().any(|own| what.as_str().is_some_and(|what| what.ends_with(own)));
    assert!(empty.as_array().is_some_and(|all| all.len() == 3 && all.iter().all(own)), "{empty}");
    // Inserted again, it works, and leaves nothing when removed again.
    page.run("document.body.append(whole); whole.params = { bots: 44 }; await frame()");
    assert_eq!(page.get("lab.params.bots"), json!(44));
    assert_ne!(page.get("count()"), empty, "the counts notice what was added");
    page.run("whole.remove(); await frame()");
    assert_eq!(page.get("count()"), empty);
    // Removed while an opened part is still loading.
    page.run(
        "const late = document.createElement('deleverage-lab');
         document.body.append(late);
         await late.ready;
         const rest = () => new Promise((resolve) => setTimeout(resolve, 1000));
         await rest();
         late.shadowRoot.querySelector('.study').open = true;
         late.remove();
         await rest()",
    );
    assert_eq!(page.get("count()"), empty);
    // Removed before it is ready.
    page.run(
        "const early = document.createElement('deleverage-lab');
         document.body.append(early);
         const gone = new Promise((resolve) => setTimeout(() => (early.remove(), resolve()), 1));
         await gone;
         await new Promise((resolve) => setTimeout(resolve, 1000))",
    );
    assert_eq!(page.get("count()"), empty);
}
