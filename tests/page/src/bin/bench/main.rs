//! What a slider costs, in the browser and natively, as ratios within one run. `cargo xtask bench` starts it.

use std::time::{Duration, Instant};

use deleverage::model::phase_map::{Axis, PhaseMap};
use deleverage::{Params, Simulator};
use page_tests::{Page, Value, json};

/// Sliders that move limits: they may cost as much as sorting as many numbers.
const MOVE_LIMITS: [&str; 2] = ["leverage", "crowding"];

/// Sliders that do not: a fifth of that.
const OTHERS: [&str; 4] = ["bots", "shock", "depth", "breaker_fall"];

/// A line of the table.
struct Line {
    what: String,
    milliseconds: f64,
    ratio: f64,
    beside: String,
    target: String,
}

fn main() {
    let page = Page::open("");
    let measured = page.run(include_str!("bench.js"));
    let native = native(100_000.0);
    let mut lines = lines(&measured, native);
    lines.push(phase_map(16));
    if std::env::args().any(|argument| argument == "--json") {
        let rows: Vec<Value> = lines
            .iter()
            .map(|line| {
                json!({
                    "what": line.what, "milliseconds": line.milliseconds, "ratio": line.ratio,
                    "beside": line.beside, "target": line.target,
                })
            })
            .collect();
        println!("{}", Value::Array(rows));
        return;
    }
    println!("{:<44} {:>9} {:>8}  {:<34} target", "what", "ms", "ratio", "beside");
    for line in lines {
        println!(
            "{:<44} {:>9.2} {:>8.2}  {:<34} {}",
            line.what, line.milliseconds, line.ratio, line.beside, line.target
        );
    }
}

fn lines(measured: &Value, native: f64) -> Vec<Line> {
    let mut lines = Vec::new();
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    let rows = measured["rows"].as_array().cloned().unwrap_or_default();
    for row in &rows {
        for (sliders, target) in [(&MOVE_LIMITS[..], "1"), (&OTHERS[..], "0.2")] {
            for slider in sliders {
                lines.push(Line {
                    what: format!("{slider} moves, {} accounts", row["accounts"]),
                    milliseconds: number(&row[slider]),
                    ratio: number(&row[slider]) / number(&row["sort"]),
                    beside: format!("sorting {} numbers", row["accounts"]),
                    target: if row["accounts"] == 100_000 { format!("at most {target}") } else { String::new() },
                });
            }
        }
    }
    if let [.., hundred_thousand, million] = &rows[..] {
        for slider in ["leverage", "bots"] {
            let (small, large) = (number(&hundred_thousand[slider]), number(&million[slider]));
            lines.push(Line {
                what: format!("{slider} moves, ten times the accounts"),
                milliseconds: large,
                ratio: large / small,
                beside: "100000 accounts".into(),
                target: "at most 10 (linear)".into(),
            });
        }
        lines.push(Line {
            what: "leverage moves, 100000 accounts, wasm".into(),
            milliseconds: number(&hundred_thousand["leverage"]),
            ratio: number(&hundred_thousand["leverage"]) / native,
            beside: format!("native, {native:.2} ms"),
            target: String::new(),
        });
    }
    let frame = number(&measured["frame"]);
    for (name, milliseconds) in measured["frames"].as_object().into_iter().flatten() {
        lines.push(Line {
            what: format!("all four views drawn, {name}"),
            milliseconds: number(milliseconds),
            ratio: number(milliseconds) / frame,
            beside: "a frame of 16.7 ms".into(),
            target: "at most 1".into(),
        });
    }
    lines.push(Line {
        what: format!("longest task of a reader ({} over 50 ms)", measured["long"]),
        milliseconds: number(&measured["longest"]),
        ratio: number(&measured["longest"]) / 50.0,
        beside: "50 ms; 0 if all were shorter".into(),
        target: "at most 1".into(),
    });
    lines.push(Line {
        what: "two frames after a slider event, 100000".into(),
        milliseconds: number(&measured["event"]),
        ratio: number(&measured["event"]) / (2.0 * frame),
        beside: "two frames".into(),
        target: "about 1".into(),
    });
    lines
}

/// Median of a leverage change natively, ms.
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

/// A phase map of the page's first parameters against a fresh run of each of its cells. Both go on by turns, so that
/// another load on the machine slows down both.
fn phase_map(side: usize) -> Line {
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
    Line {
        what: format!("phase map {side} x {side}, {} accounts", base.accounts),
        milliseconds: map,
        ratio: map / single,
        beside: format!("{} single runs natively", side * side),
        target: "at most 0.25".into(),
    }
}
