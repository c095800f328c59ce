//! The use of the page by a class, compressed: rounds of runs, playing, a sharpening map, ten figures in frames opened
//! and closed, and one that stays. At the end, memory, nodes, listeners, workers and the work per frame are as after
//! the first third.
//!
//! Frames are sandboxed, so their origin is not the page's. By default they would have separate processes, which cannot
//! be measured here; therefore the browser uses one process ([`Options::together`]).
//!
//! In CI it is short; `cargo xtask soak soak` runs for any time.

use std::fs;
use std::time::Instant;

use page_tests::held::{Held, duration};
use page_tests::process::memory_of_page;
use page_tests::server::Scratch;
use page_tests::{FIGURE, LABORATORY, Options, Page, json, place, server};
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

/// Frame times while playing.
#[derive(Debug, Clone, Copy)]
struct Playing {
    /// Mean time between frames, ms.
    mean: f64,
    /// The longest time between frames, ms.
    longest: f64,
    /// Processor time per frame, ms.
    work: f64,
}

/// One round of a class.
fn round(page: &Page, number: u64) -> Playing {
    // Thirty settings, as from dragged sliders, each with its run.
    page.run_with(
        "for (let step = 0; step < 30; step += 1) {
           lab.params = { bots: (7 * step + given) % 100, leverage: 5 + (step % 20), seed: step };
           await new Promise(requestAnimationFrame);
         }
         lab.show('bots=35&accounts=3000&span=2min&t=290');
         lab.scrollIntoView({ behavior: 'instant' });
         await frame()",
        &json!(number),
    );
    let playing = play(page);
    map(page, number);
    ten_frames(page);
    lasting_frame(page);
    another_element(page);
    folds(page);
    playing
}

/// Sixty frames of playing.
fn play(page: &Page) -> Playing {
    let before = page.worked();
    let frames = page.run(
        "lab.play();
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
    let work = 1000.0 * (page.worked() - before) / 60.0;
    let [mean, longest] = [0, 1].map(|at| frames[at].as_f64().expect("milliseconds"));
    Playing { mean, longest, work }
}

/// Scrolls to the map, starts it again by a change of settings, lets it sharpen for a moment, and leaves it.
fn map(page: &Page, number: u64) {
    page.run_with(
        "const [place, seed] = given;
         $(place).scrollIntoView({ behavior: 'instant' });
         await until(() => $(`${place} canvas`) && workers.size > 0);
         lab.params = { seed };
         if (!(await until(() => $(`${place} progress`).value === 0))) throw new Error('no new map begins');
         if (!(await until(() => $(`${place} progress`).value > 0))) throw new Error('the map does not sharpen');
         lab.params = { accounts: 3000 };
         lab.scrollIntoView({ behavior: 'instant' });
         await frame()",
        &json!([MAP, number + 1]),
    );
}

/// Opens the frame that stays, the first of the page.
fn open_lasting_frame(page: &Page) {
    page.run(
        "const one = document.createElement('iframe');
         one.sandbox = 'allow-scripts';
         one.src = 'embed.html?view=price&controls=bots&accounts=1000';
         document.body.prepend(one);
         scrollTo({ top: 0, behavior: 'instant' })",
    );
    page.look_at(FIGURE);
    page.inside(0);
    page.outside();
    page.look_at(LABORATORY);
}

/// Sends thirty settings from the host to the figure in the frame that stays, and plays it.
fn lasting_frame(page: &Page) {
    page.run(
        "scrollTo({ top: 0, behavior: 'instant' });
         const tell = (more) => frames[0].postMessage({ deleverage: 1, ...more }, '*');
         tell({ type: 'subscribe' });
         for (let bots = 0; bots < 30; bots += 1) {
           tell({ type: 'set', query: `accounts=1000&bots=${3 * bots}` });
           await new Promise(requestAnimationFrame);
         }
         tell({ type: 'play' });
         for (let count = 0; count < 10; count += 1) await new Promise(requestAnimationFrame);
         tell({ type: 'pause' });
         await frame()",
    );
}

/// Opens ten figures in frames, runs them, and closes them.
fn ten_frames(page: &Page) {
    page.run(
        "const ready = new Set();
         const hear = ({ source, data }) => data?.type === 'ready' && ready.add(source);
         addEventListener('message', hear);
         const box = document.createElement('div');
         document.body.append(box);
         for (let number = 0; number < 10; number += 1) {
           // All of them are in view, because a figure out of view does not start.
           const one = Object.assign(document.createElement('iframe'), { width: 240, height: 160 });
           one.sandbox = 'allow-scripts';
           one.src = `embed.html?view=price&controls=bots&accounts=1000&bots=${number * 9}`;
           one.onload = () => one.contentWindow.postMessage({ deleverage: 1, type: 'subscribe' }, '*');
           box.append(one);
         }
         box.scrollIntoView({ behavior: 'instant' });
         await until(() => ready.size === 10);
         removeEventListener('message', hear);
         box.remove();
         if (ready.size < 10) throw new Error(`of ten frames ${ready.size} get ready`)",
    );
}

/// Adds a figure to the page, runs it, and removes it.
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

/// Opens all disclosures, waits for their results, and closes them.
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

/// The resources of the page at rest.
fn at_rest(page: &Page) -> Held {
    page.run(
        "lab.pause(); lab.show('bots=35&accounts=3000'); await new Promise((resolve) => setTimeout(resolve, 700))",
    );
    page.look_at(FIGURE);
    page.inside(0);
    assert_eq!(page.number("lab.params.bots"), 87.0, "the frame that stays has obeyed its host");
    page.outside();
    let held = page.held_with_frames(1);
    page.look_at(LABORATORY);
    held
}

/// A quantity that must not grow: name, earlier value, present value, and tolerances of counting, relative and
/// absolute.
struct Flat(&'static str, f64, f64, f64, f64);

impl Flat {
    /// The error, if it grew.
    fn grown(&self) -> Option<String> {
        let Self(name, then, now, part, more) = self;
        (*now > then * (1.0 + part) + more).then(|| format!("{name} grew from {then} to {now}"))
    }
}

#[test]
fn a_class_leaks_no_resources() {
    let scratch = Scratch::new();
    let page = Page::start(site(&scratch), Options { together: true, ..Options::default() });
    page.count();
    page.visit("?accounts=3000&hours=1");
    open_lasting_frame(&page);
    let (begun, length) = (Instant::now(), duration(SECONDS));
    let (mut rounds, mut third, mut playing): (_, Option<(u64, Held, f64)>, _) = (0, None, Vec::new());
    // On a slow machine, the memory of simulators takes up to five rounds to reach its greatest simultaneous need.
    while begun.elapsed() < length || third.is_none_or(|(after, ..)| rounds < after + 3) {
        playing.push(round(&page, rounds));
        rounds += 1;
        // A removed figure keeps its simulator until garbage is collected, and the memory of simulators never shrinks.
        // Without this call, rare collections would look like leaks.
        page.collect();
        if third.is_none() && rounds >= 5 && begun.elapsed() > length / 3 {
            third = Some((rounds, at_rest(&page), memory_of_page()));
        }
    }
    let (now, whole_now) = (at_rest(&page), memory_of_page());
    let (_, then, whole_then) = third.expect("a third has passed");
    println!("{rounds} rounds in {:.0} s", begun.elapsed().as_secs_f64());
    for (when, held, whole) in [("after the first third", then, whole_then), ("at the end", now, whole_now)] {
        println!("  {when}: {held}; {:.0} MB of the process", whole / 1e6);
    }
    let [work_then, work_now] = report(&playing);
    let all = [
        Flat("the documents", then.documents, now.documents, 0.0, 0.0),
        Flat("the workers", then.workers, now.workers, 0.0, 0.0),
        Flat("the listeners", then.listeners, now.listeners, 0.0, 4.0),
        Flat("the nodes", then.nodes, now.nodes, 0.0, 40.0),
        Flat("the memory of scripts", then.heap, now.heap, 0.03, 150e3),
        Flat("the memory of arrays", then.arrays, now.arrays, 0.05, 50e3),
        Flat("the memory of documents", then.dom, now.dom, 0.05, 300e3),
        // This memory grows in steps of some 700 kB if the greatest simultaneous need comes late.
        Flat("the memory of simulators", then.wasm, now.wasm, 0.0, 1.2e6),
        Flat("the memory of the process", whole_then, whole_now, 0.1, 10e6),
        Flat("the work for a frame of playing, ms,", work_then, work_now, 0.2, 0.3),
    ];
    let grown: Vec<String> = all.iter().filter_map(Flat::grown).collect();
    assert!(grown.is_empty(), "{}", grown.join("; "));
    assert_eq!(page.complaints(), [""; 0]);
}

/// Prints frame times while playing; returns the median work per frame in the first third of the rounds and in the
/// last. The time between frames depends on the machine, so it is printed only.
fn report(playing: &[Playing]) -> [f64; 2] {
    let third = playing.len().div_ceil(3);
    let [first, last] = [&playing[..third], &playing[playing.len() - third..]];
    let middle = |part: &[Playing], of: fn(&Playing) -> f64| {
        let mut all: Vec<f64> = part.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[(all.len() - 1) / 2]
    };
    let both = |of: fn(&Playing) -> f64| [first, last].map(|part| middle(part, of));
    let [mean, longest, work] = [both(|one| one.mean), both(|one| one.longest), both(|one| one.work)];
    println!(
        "  frames of playing in the first third and the last, ms: {:.1} and {:.1}, {:.2} and {:.2} of work, the longest {:.0} and {:.0}",
        mean[0], mean[1], work[0], work[1], longest[0], longest[1],
    );
    work
}
