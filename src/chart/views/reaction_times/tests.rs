//! Tests of the reaction times: areas, quantiles and texts.

use super::strip::{bars, reacted};
use super::*;
use crate::chart::Extras;
use crate::chart::{FINE, Span};
use crate::model::{Rules, Simulator};
use crate::query;

fn simulator(text: &str) -> Simulator {
    Simulator::new(&query::parse(text).unwrap())
}

#[test]
fn the_area_of_the_bars_is_the_forced_total_after_the_first_order() {
    for text in ["accounts=1000", "shorts=100&first-order=purchase&accounts=1000&hours=1"] {
        let simulator = simulator(text);
        let (series, lot) = (&simulator.run().series, simulator.rules().lot);
        for (bots, sold) in [(true, &series.bots_sold), (false, &series.people_sold)] {
            let bars = bars(&simulator, bots);
            assert!(bars.windows(2).all(|two| two[0].to == two[1].from && two[0].from < two[0].to));
            assert_eq!((bars[0].from, bars[bars.len() - 1].to), (1, simulator.rules().seconds - SHOCK_AT + 1));
            let area = |bar: &strip::Bar| bar.density * libm::log((bar.to as f64 - 0.5) / (bar.from as f64 - 0.5));
            let all: f64 = bars.iter().map(area).sum();
            let back = series.bought_back.iter().map(|by| if bots { by.0 } else { by.1 });
            let bought: u64 = back.skip(SHOCK_AT + 1).sum();
            let lots = sold[SHOCK_AT + 1..].iter().sum::<u64>() + bought;
            assert!(lots > 0 && (all - lots as f64 * lot).abs() < 1e-9, "{text}: {all}");
        }
    }
}

#[test]
fn reaction_time_quantiles_match_the_run() {
    let simulator = simulator("accounts=20000");
    let (habits, rules) = (&simulator.crowd().draws.habits, simulator.rules());
    for (mean, share) in [(rules.human_latency, 0.1), (rules.human_latency, 0.5), (rules.bot_latency, 0.9)] {
        // The run counts in whole seconds.
        let by = reacted(mean, share);
        assert!(by == by.round() && by >= 1.0, "{by}");
        let expected = 1.0 - libm::exp(-by / mean);
        let so_far = habits.iter().filter(|habit| Rules::wait(mean, habit.delay) as f64 <= by).count();
        assert!((so_far as f64 / 20_000.0 - expected).abs() < 0.01, "{mean} {share}");
        assert!(expected >= share);
    }
    assert_eq!(
        [1.386, 1247.7, 4.605, 189.6, 4990.0, 9000.0].map(about).map(|words| words.replace('\u{a0}', " ")),
        ["1.4 s", "21 min", "4.6 s", "3.2 min", "83 min", "2.5 h"]
    );
}

#[test]
fn a_point_maps_to_the_second_drawn_there() {
    let simulator = simulator("accounts=100");
    let extras = Extras::default();
    let scene = Scene::new(&simulator, &extras, Span::Minutes2, 0);
    let (em, size) = (14.0 * f64::from(FINE), (900 * FINE, 400 * FINE));
    let plot = place(em, size, true);
    let x = LogTime::new(&simulator, plot);
    for second in [301, 302, 305, 312, 340, 400, 1000, 4000, 7200] {
        let at = x.px(second as f64);
        let Some(Spot::Second(found)) = ReactionTimes.spot(em, size, &scene, (at, 50)) else {
            panic!("{second} is not found")
        };
        // Equal to within a pixel, and at first to the second.
        assert!((x.px(found as f64) - at).abs() <= FINE && (second > 400 || found == second), "{second}: {found}");
    }
    assert_eq!(ReactionTimes.spot(em, size, &scene, (plot.left - 1, 50)), None);
    assert_eq!(ReactionTimes.spot(em, size, &scene, (plot.right + 1, 50)), None);
    for size in [(1, 1), (40, 30)] {
        assert!((0..size.0).all(|x| ReactionTimes.spot(em, size, &scene, (x, 0)).is_none()));
    }
}

#[test]
fn the_description_has_the_sales_of_each_kind_up_to_now() {
    let told = |text: &str, now| {
        let simulator = simulator(text);
        let extras = Extras::default();
        ReactionTimes.describe(&Scene::new(&simulator, &extras, Span::Whole, now))
    };
    assert!(told("accounts=1000", 250).contains("bots nothing, people nothing"));
    let early = told("leverage=50&bots=100&depth=0.05&accounts=1000&seed=1", 7200);
    assert!(early.contains("sold before"), "{early}");
    let late = told("accounts=1000", 7200);
    // The same numbers as on the sliders.
    assert!(late.contains("bots react after 2\u{a0}s") && late.contains("after 30\u{a0}min"), "{late}");
    assert!(!late.contains("nothing"), "{late}");
    assert!(told("bots=0&accounts=100", 7200).contains("there are no bots"));
}
