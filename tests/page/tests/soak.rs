//! An hour of a class, compressed: runs, plays, a map that sharpens, ten figures in frames opened and closed, again and
//! again. Memory, nodes, listeners and workers are at the end as they were after the first third.
//!
//! In CI it is short; `cargo xtask soak soak` takes as long as it is told.

use std::fs;
use std::time::Instant;

use page_tests::held::{Held, patience};
use page_tests::server::Scratch;
use page_tests::{Options, Page, Value, json, place, server};
use xtask::server::Server;

/// Seconds in CI.
const SECONDS: u64 = 18;

/// The map of the laboratory.
const MAP: &str = ".map-place";

/// The site, with an article that may hold frames.
fn site(scratch: &Scratch) -> Server {
    let article = fs::read_to_string(place::dist().join("index.html")).expect("the article");
    let rule = "worker-src 'self'";
    assert!(article.contains(rule), "the policy of the article");
    let copy = scratch.file("index.html", article.replace(rule, &format!("{rule}; frame-src 'self'")).as_bytes());
    server::as_built().with_extra("/", copy.clone()).with_extra("/index.html", copy)
}

/// One round of a class. Gives how long the frames of the playing took: their mean and the longest, ms.
fn round(page: &Page, number: u64) -> [f64; 2] {
    // Thirty settings, as of sliders that are dragged, each with its run.
    page.run_with(
        "for (let step = 0; step < 30; step += 1) {
           lab.params = { bots: (7 * step + given) % 100, leverage: 5 + (step % 20), seed: step };
           await new Promise(requestAnimationFrame);
         }
         lab.show('bots=35&accounts=3000&span=2min&t=290')",
        &json!(number),
    );
    let frames = page.run(
        "lab.scrollIntoView({ behavior: 'instant' });
         lab.play();
         const times = [];
         let last = performance.now();
         while (times.length < 60) {
           await new Promise(requestAnimationFrame);
           const now = performance.now();
           times.push(now - last);
           last = now;
         }
         lab.pause();
         return [times.reduce((sum, time) => sum + time, 0) / times.length, Math.max(...times)]",
    );
    map(page);
    ten_frames(page);
    another_element(page);
    folds(page);
    [0, 1].map(|at| frames[at].as_f64().expect("milliseconds"))
}

/// The map comes into sight, sharpens for a moment and is left.
fn map(page: &Page) {
    page.run_with(
        "$(given).scrollIntoView({ behavior: 'instant' });
         await until(() => workers.size > 0);
         await new Promise((resolve) => setTimeout(resolve, 300));
         lab.params = { accounts: 3000 };
         lab.scrollIntoView({ behavior: 'instant' });
         await frame()",
        &json!(MAP),
    );
}

/// Ten figures in frames are opened, run and are closed.
fn ten_frames(page: &Page) {
    page.run(
        "const box = document.createElement('div');
         document.body.prepend(box);
         for (let number = 0; number < 10; number += 1) {
           const one = document.createElement('iframe');
           one.src = `embed.html?view=price&controls=bots&accounts=1000&bots=${number * 9}`;
           box.append(one);
         }
         const figures = () => [...box.children].map((one) => one.contentDocument?.querySelector('#figure'));
         scrollTo({ top: 0, behavior: 'instant' });
         const ready = await until(() => figures().filter((one) => one?.summary).length >= 3);
         box.remove();
         if (!ready) throw new Error('the frames do not get ready')",
    );
}

/// A figure is put into the page, runs, and is taken out.
fn another_element(page: &Page) {
    page.run(
        "const one = document.createElement('deleverage-lab');
         for (const [name, value] of [['view', 'price crowd'], ['controls', 'bots'], ['accounts', '1000']]) one.setAttribute(name, value);
         document.body.prepend(one);
         scrollTo({ top: 0, behavior: 'instant' });
         await one.ready;
         for (let bots = 0; bots < 10; bots += 1) one.params = { bots };
         one.play();
         await frame();
         one.remove()",
    );
}

/// What is folded is opened, worked out, and closed.
fn folds(page: &Page) {
    page.run(
        "const all = [...root.querySelectorAll('details')];
         for (const one of all) one.open = true;
         await until(() => root.querySelectorAll('.study input').length > 0);
         for (const one of all) one.open = false;
         lab.scrollIntoView({ behavior: 'instant' });
         await frame()",
    );
}

/// The page as a class would leave it: at rest.
fn at_rest(page: &Page) -> Held {
    page.run(
        "lab.pause(); lab.show('bots=35&accounts=3000'); await new Promise((resolve) => setTimeout(resolve, 700))",
    );
    page.held()
}

/// Flat, but for what counting itself cannot tell: `part` of it, or `more`.
fn flat(name: &str, then: f64, now: f64, part: f64, more: f64) {
    assert!(now <= then * (1.0 + part) + more, "{name} grew from {then} to {now}");
}

#[test]
fn an_hour_of_a_class_piles_nothing_up() {
    let scratch = Scratch::new();
    let page = Page::start(site(&scratch), Options::default());
    page.count();
    page.visit("?accounts=3000&hours=1");
    let (begun, length) = (Instant::now(), patience(SECONDS));
    let (mut rounds, mut third, mut times) = (0, None, Vec::new());
    // Three rounds at least: before, after a third, and the end.
    while begun.elapsed() < length || rounds < 3 {
        times.push(round(&page, rounds));
        rounds += 1;
        // A figure that has gone keeps its simulator until the browser tidies up, and the memory of simulators never
        // shrinks: without this it would tell how seldom that is, and not what is lost.
        page.collect();
        if third.is_none() && begun.elapsed() > length / 3 {
            third = Some((rounds, at_rest(&page)));
        }
    }
    let now = at_rest(&page);
    let (after, then) = third.expect("a third has passed");
    println!("{rounds} rounds in {:.0} s\n  after {after}: {then}\n  at the end: {now}", begun.elapsed().as_secs_f64());
    report(&times);
    assert!(rounds > after, "nothing was done after the first third");
    assert_eq!(now.documents, then.documents, "documents");
    assert_eq!(now.workers, then.workers, "workers");
    flat("listeners", then.listeners, now.listeners, 0.0, 4.0);
    flat("nodes", then.nodes, now.nodes, 0.0, 40.0);
    flat("memory of scripts", then.heap, now.heap, 0.05, 300_000.0);
    flat("memory of simulators", then.wasm, now.wasm, 0.03, 0.0);
    assert_eq!(page.complaints(), [""; 0]);
}

/// Frame times are told and not held to anything: they are the machine's, too.
fn report(times: &[[f64; 2]]) {
    let third = times.len().div_ceil(3);
    let mean = |part: &[[f64; 2]], at: usize| part.iter().map(|round| round[at]).sum::<f64>() / part.len() as f64;
    let (first, last) = (&times[..third], &times[times.len() - third..]);
    let value: Value = json!([mean(last, 0) / mean(first, 0), mean(last, 1) / mean(first, 1)]);
    println!(
        "  a frame of playing: {:.1} ms in the first third, {:.1} ms in the last; the longest {:.0} and {:.0} ms; as ratios {value}",
        mean(first, 0),
        mean(last, 0),
        mean(first, 1),
        mean(last, 1),
    );
}
