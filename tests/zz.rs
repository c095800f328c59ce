use deleverage::chart::more::{Extras, words};
use deleverage::chart::{Mark, Scene, Span, View};
use deleverage::model::Limits;
use deleverage::{Simulator, query};
fn rss() -> u64 {
    let s = std::fs::read_to_string("/proc/self/status").unwrap();
    let get = |k: &str| s.lines().find(|l| l.starts_with(k)).unwrap().split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024;
    get("VmHWM:")
}
#[test]
fn zz() {
    let q = std::env::var("Q").unwrap();
    let s = Simulator::new(&query::parse(&q).unwrap());
    println!("run {} MB", rss());
    let (limits, extras) = (Limits::default(), Extras::default());
    println!("limits {} MB", rss());
    let scene = Scene { simulator: &s, limits: &limits, span: Span::Minutes2, now: 400, mark: Mark::default(), kept: None, extras: &extras };
    for (name, v) in View::FIRST.into_iter().chain(View::MORE) {
        let w = words(v, &scene);
        println!("{name} {} MB {}", rss(), w.len());
    }
}
