//! Tests of the cobweb: its pointer and its description.

use super::*;
use crate::chart::Extras;
use crate::chart::Span;
use crate::describe::percent_words;
use crate::model::Simulator;
use crate::query;

const PURE: &str = "scenario=release-1&bots=100&vol-bots=0&permanent=100&buyers=0&thinning=0&calm-volatility=0";

fn with_scene<T>(text: &str, now: usize, look: impl FnOnce(&Scene) -> T) -> T {
    let simulator = Simulator::new(&query::parse(text).unwrap());
    let extras = Extras::default();
    look(&Scene::new(&simulator, &extras, Span::Whole, now))
}

#[test]
fn a_point_maps_to_the_fall_drawn_there() {
    for text in [PURE, "", "shorts=50&first-order=purchase&leverage=20&bots=80"] {
        with_scene(text, 312, |scene| {
            let picture = scene.extras.staircase(scene.simulator);
            let (em, size) = (52.0, (2400, 1360));
            let x = x_of(picture, place(em, size, scene));
            for fall in [0.0, picture.first, picture.stop, picture.deepest] {
                let Some(Spot::Fall(at)) = Cobweb.spot(em, size, scene, (x.px(fall), 700)) else {
                    panic!("{text}: {fall}")
                };
                let at = if picture.rises { -at } else { at };
                assert!((at - fall).abs() < picture.deepest / 2000.0, "{text}: {fall} {at}");
            }
            assert_eq!(Cobweb.spot(em, size, scene, (3, 700)), None);
            assert_eq!(Cobweb.spot(em, size, scene, (2399, 700)), None);
        });
    }
}

#[test]
fn the_description_says_where_the_cascade_stops_and_how_far_the_run_is() {
    let at = |text: &str, now| with_scene(text, now, |scene| Cobweb.describe(scene));
    let stop = with_scene(PURE, 0, |scene| percent_words(scene.simulator.summary().fixed_point_fall_percent));
    let (before, after) = (at(PURE, 299), at(PURE, 7200));
    assert!(before.contains(&format!("until the price stops at a fall of {stop}.")), "{before}");
    assert!(before.contains("passed 0 of 11 steps") && after.contains("passed 11 of 11 steps"), "{before} {after}");
    assert!(before.contains("A first sale above"), "{before}");
    let usual = at("scenario=release-1", 7200);
    assert!(usual.contains("if the book did not thin, refill or find buyers"), "{usual}");
    assert!(!usual.contains("A first sale above"), "{usual}");
    assert!(at("shock=0", 7200).contains("no first sale"));
    assert!(at("bots=0", 7200).contains("triggers no bot"));
    assert!(at("leverage=50&bots=100&depth=0.05&accounts=500", 7200).contains("every limit is passed"));
}
