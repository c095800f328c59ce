//! Tests of the costs and the score.

use super::*;
use crate::Simulator;
use crate::challenge::formula;

fn score(text: &str) -> Score {
    Challenge::default().score(&query::parse(text).unwrap())
}

#[test]
fn without_tools_the_costs_are_those_in_the_article_and_the_score_is_zero() {
    let found = score("");
    let Costs { fall, halts, halted, delay, open_interest, lost } = found.before;
    assert!((fall - 17.65).abs() < 0.01 && (lost - 0.291).abs() < 0.001, "{found:?}");
    assert_eq!((halts, halted, open_interest, found.target), (0, 0, 40.0, 5.0));
    assert!((delay.unwrap() - 2.5).abs() < 0.1);
    assert_eq!((found.before, found.points, found.total()), (found.now, [0, 0, 0, 0, -20], 0));
}

#[test]
fn scoring_does_not_change_the_run() {
    for text in ["", "bots=70&breaker-fall=3", "shock=10&permanent=100&throttle=0.1", "shorts=40&first-order=purchase"]
    {
        let params = query::parse(text).unwrap();
        let mut challenge = Challenge::default();
        let costs = challenge.costs(&params);
        let simulator = Simulator::new(&params);
        assert_eq!(costs.fall, simulator.summary().greatest_fall_percent, "{text}");
        assert_eq!(challenge.run.series.price, simulator.run().series.price, "{text}");
        assert_eq!(costs.halts, simulator.summary().halts);
    }
}

#[test]
fn stopping_trade_or_ending_leverage_scores_low_and_small_doses_score_highest() {
    let total = |text: &str| score(text).total();
    assert!(total("breaker-fall=3&breaker-halt=7200") == 0, "an endless halt");
    assert!(total("leverage-cap=1") <= 10);
    assert_eq!(total("throttle=0.001"), 0);
    assert!(total("breaker-fall=0.5&breaker-halt=1") < 20, "a halt every other second");
    let together = total("close-fraction=50&leverage-cap=9.8&bot-latency=7");
    let singly =
        ["leverage-cap=8", "bot-latency=60", "close-fraction=20", "throttle=0.02", "breaker-fall=1.5&breaker-halt=20"];
    for tool in singly {
        assert!(total(tool) < together - 10, "{tool}: {}, together {together}", total(tool));
    }
    assert!((90..100).contains(&together), "{together}");
}

#[test]
fn every_task_can_be_solved_at_some_cost() {
    for (task, tools) in [
        ("edge", "close-fraction=50&leverage-cap=9.8&bot-latency=7"),
        ("bots", "close-fraction=40&leverage-cap=9.5&bot-latency=7"),
        ("lasting", "leverage-cap=7"),
    ] {
        let text = query_of(&query::parse(tools).unwrap(), task, true);
        let found = score(&text);
        assert!(found.reached() && (50..95).contains(&found.total()), "{task}: {found:?}");
    }
    assert_eq!(score("shock=6&permanent=100").target, 9.0);
}

#[test]
fn points_follow_the_formula_and_add_up() {
    let before = Costs { fall: 25.0, halts: 0, halted: 0, delay: Some(2.0), open_interest: 40.0, lost: 1.0 };
    let now = Costs { fall: 15.0, halts: 2, halted: 120, delay: Some(12.0), open_interest: 36.0, lost: 0.5 };
    let found = Score::new(before, now, 5.0);
    assert_eq!((found.points, found.total()), ([25, -8, -10, -10, -10], 0));
    let enough = Score::new(before, Costs { fall: 4.94, ..now }, 5.0);
    assert_eq!((enough.points[0], enough.total(), enough.reached()), (100, 62, true));
    let shown_as_the_target = Score::new(before, Costs { fall: 4.96, ..now }, 5.0);
    assert_eq!((shown_as_the_target.points[0], shown_as_the_target.reached()), (50, false));
    // No forced sales, no losses and no delay: neither cost nor gain.
    let quiet = Score::new(Costs { lost: 0.0, ..before }, Costs { delay: None, ..before }, 5.0);
    assert_eq!(quiet.points, [0; 5]);
    let fast = Score::new(before, Costs { delay: Some(1.0), open_interest: 44.0, ..before }, 5.0);
    assert_eq!(fast.points, [0, 0, 0, 0, -20]);
}

#[test]
fn tools_can_be_kept_or_dropped_between_tasks() {
    let params = query::parse("bots=70&throttle=0.1&bot-latency=5").unwrap();
    assert_eq!(query_of(&params, "lasting", true), "shock=6&bot-latency=5&permanent=100&throttle=0.1");
    assert_eq!(query_of(&params, "lasting", false), "shock=6&permanent=100");
    assert_eq!(query_of(&params, "", false), "bots=70");
    for task in TASKS {
        let params = query::parse(task.query).unwrap();
        assert_eq!(Challenge::default().answer(&params).task, Some(task.id));
    }
}

#[test]
fn a_score_has_one_line_per_cost() {
    let answer = Challenge::default().answer(&query::parse("breaker-fall=3&leverage-cap=9").unwrap());
    let line = |id: &str| answer.lines.iter().find(|line| line.id == id).unwrap();
    assert_eq!((line("fall").note.as_str(), line("fall").before.as_str()), ("target: below 5%", "17.6%"));
    assert_eq!((line("halts").before.as_str(), line("given-up").before.as_str()), ("none", "none"));
    assert!(line("halts").now.contains("halt") && line("halts").points.starts_with('−'));
    assert_eq!((line("given-up").now.as_str(), line("given-up").points.as_str()), ("$4bn", "−10"));
    assert_eq!((line("lost").before.as_str(), line("delay").before.as_str()), ("$291m", "2.52\u{a0}s"));
    assert_eq!((answer.before, answer.task, answer.crowd.as_str()), (0, Some("edge"), ""));
    assert!(formula().iter().any(|sentence| sentence.contains("assumed")));
    let calm = Challenge::default().answer(&query::parse("shock=0&bots=0&calm-volatility=0&accounts=100").unwrap());
    assert_eq!(calm.lines[2].now, "no sales");
    assert_eq!(calm.target, "1%");
}
