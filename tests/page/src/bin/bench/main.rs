//! Benchmarks of a slider, a frame, a map and the files, in the browser and natively, as ratios within one run.
//! Started by `cargo xtask bench`.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

use deleverage::model::phase_map::{Axis, PhaseMap};
use deleverage::{Params, Simulator};
use page_tests::{Options, Page, Value, json, place, server};
use xtask::sizes;

/// Budget for the first picture, compressed bytes.
const BUDGET: f64 = 100_000.0;

/// Parts of the measuring script.
const SCRIPTS: [&str; 4] =
    [include_str!("measure.js"), include_str!("agents.js"), include_str!("reruns.js"), include_str!("frames.js")];

fn main() {
    let server = server::as_built().with_extra(&place::address("uplot.js"), place::uplot());
    let page = Page::start(server, Options::default());
    page.visit("");
    let mut rows: Vec<Value> = sizes_of_files();
    rows.extend(natively());
    rows.extend(in_the_page(&page));
    rows.push(phase_map(16));
    if std::env::args().any(|argument| argument == "--json") {
        println!("{}", Value::Array(rows));
        return;
    }
    println!("{:<46} {:>10} {:>8}  {:<36} target", "what", "ms", "ratio", "beside");
    for row in rows {
        let (number, words) =
            (|key| row[key].as_f64().unwrap_or(f64::NAN), |key| row[key].as_str().unwrap_or_default());
        println!(
            "{:<46} {:>10.2} {:>8.2}  {:<36} {}",
            words("what"),
            number("milliseconds"),
            number("ratio"),
            words("beside"),
            words("target")
        );
    }
}

fn row(what: &str, milliseconds: f64, reference: f64, beside: &str, target: &str) -> Value {
    json!({
        "what": what, "milliseconds": milliseconds, "ratio": milliseconds / reference, "beside": beside,
        "reference": reference, "target": target,
    })
}

/// Sizes of everything loaded before the first picture, in total and of the largest files, kB of brotli in the field
/// for milliseconds.
fn sizes_of_files() -> Vec<Value> {
    let sizes = sizes::measure(&place::dist()).expect("the site, built");
    let beside = "the budget of 100 kB";
    let line = |what: &str, bytes: usize, target| row(what, bytes as f64 / 1000.0, BUDGET / 1000.0, beside, target);
    let mut rows = vec![line("first picture, kB of brotli", sizes.first_picture().brotli, "at most 1")];
    let mut first = sizes.first_files();
    first.sort_by_key(|(_, bytes)| usize::MAX - bytes.brotli);
    rows.extend(first.into_iter().map(|(name, bytes)| line(&format!("... {name}"), bytes.brotli, "")));
    rows
}

/// Runs the scripts and polls for their result, because a single response of the driver may take at most a minute.
fn in_the_page(page: &Page) -> Vec<Value> {
    let script = SCRIPTS.concat();
    page.run_with(
        &format!(
            "globalThis.measured = undefined;
             (async () => {{ {script} }})().then((rows) => (measured = {{ rows }}), (error) => (measured = {{ error: error.stack }}))"
        ),
        &json!({ "native": native(100_000.0) }),
    );
    loop {
        thread::sleep(Duration::from_secs(1));
        let measured = page.get("measured ?? null");
        assert!(measured["error"].is_null(), "{}", measured["error"]);
        if let Some(rows) = measured["rows"].as_array() {
            return rows.clone();
        }
    }
}

/// Native measurements by criterion, if `DELEVERAGE_CRITERION` names its directory.
fn natively() -> Vec<Value> {
    let Some(directory) = std::env::var_os("DELEVERAGE_CRITERION") else { return Vec::new() };
    let median = |name: &str, accounts: u32| {
        let file =
            Path::new(&directory).join("natively").join(name).join(accounts.to_string()).join("new/estimates.json");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let estimates: Value = serde_json::from_str(&text).expect("the estimates of criterion");
        estimates["median"]["point_estimate"].as_f64().expect("a median") / 1e6
    };
    let mut rows = Vec::new();
    for accounts in [1_000, 10_000, 100_000, 1_000_000] {
        let sorted = median("sort", accounts);
        for name in ["leverage", "bots", "shock"] {
            let what = format!("{name} moves, {accounts} accounts, natively");
            let beside = format!("sorting {accounts} numbers natively");
            rows.push(row(&what, median(name, accounts), sorted, &beside, ""));
        }
    }
    rows
}

/// Median time of a leverage change, native, ms.
fn native(accounts: f64) -> f64 {
    let mut params = Params { accounts, ..Params::default() };
    let mut simulator = Simulator::new(&params);
    let mut times: Vec<f64> = (0..21)
        .map(|i| {
            params.leverage = 10.0 + f64::from(i % 10) / 10.0;
            let start = Instant::now();
            simulator.simulate(&params);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A phase map of the default parameters compared with a fresh run of each of its cells, alternating, so that other
/// load slows down both.
fn phase_map(side: usize) -> Value {
    let axis = |name| Axis::new(name, side).expect("the axis is in the table");
    let base = Params::default();
    let (mut map, mut single) = (Duration::ZERO, Duration::ZERO);
    let start = Instant::now();
    let mut cells = PhaseMap::new(&base, axis("leverage"), axis("bots")).expect("the axes differ");
    map += start.elapsed();
    for column in 0..side {
        let start = Instant::now();
        cells.advance(side);
        map += start.elapsed();
        let start = Instant::now();
        for row in 0..side {
            std::hint::black_box(Simulator::new(&cells.params(column, row)));
        }
        single += start.elapsed();
    }
    let (map, single) = (map.as_secs_f64() * 1000.0, single.as_secs_f64() * 1000.0);
    let what = format!("phase map {side} x {side}, {} accounts, natively", base.accounts);
    row(&what, map, single, &format!("{} single runs natively", side * side), "at most 0.25")
}
