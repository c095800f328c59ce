//! Tests of the losses of one account: texts, verdict and layout.

use plotters::prelude::IntoDrawingArea;
use plotters_svg::SVGBackend;

use super::*;
use crate::chart::Extras;
use crate::chart::{FINE, Span, Theme};
use crate::decimal::fixed;
use crate::model::Simulator;
use crate::model::studies::counterfactual::{Counterfactuals, Pair};
use crate::query;

fn found(alone: [f64; 2], together: [f64; 2]) -> AloneOrTogether {
    let loss = |at_worst: f64| Loss { at_end: 0.3 * at_worst, at_worst };
    let pair = |[with, without]: [f64; 2]| Pair { with_rule: loss(with), without_rule: loss(without) };
    AloneOrTogether { account: 7, leverage: 10.0, alone: pair(alone), together: pair(together) }
}

fn words_of(text: &str) -> String {
    let simulator = Simulator::new(&query::parse(text).unwrap());
    let extras = Extras::default();
    Together.describe(&Scene::new(&simulator, &extras, Span::Whole, 0))
}

#[test]
fn the_description_has_the_four_losses_in_order() {
    let text = "shock=8&buyers=100&permanent=50&accounts=1000";
    let found = Counterfactuals::new(&query::parse(text).unwrap()).alone_or_together(None).unwrap();
    let told = words_of(text);
    let mut rest = told.as_str();
    for pair in [found.alone, found.together] {
        for loss in [pair.with_rule, pair.without_rule] {
            let number = format!(" {}% (", fixed(loss.at_worst, 0));
            let (_, after) = rest.split_once(&number).unwrap_or_else(|| panic!("no {number} in {told}"));
            rest = after;
        }
    }
}

#[test]
fn the_verdict_follows_from_the_losses() {
    for (alone, together, said) in [
        ([33.0, 33.0], [101.0, 167.0], ["its limit is never reached", "the same rule costs everything"]),
        ([80.0, 90.0], [95.0, 120.0], ["its rule caps the loss", "the same rule costs more"]),
        ([121.0, 183.0], [204.0, 371.0], ["its rule caps the loss", "the same rule costs more"]),
        ([80.0, 80.3], [60.0, 60.0], ["its rule sells at the worst moment", "the rules of others help it"]),
        ([80.0, 90.0], [80.2, 90.0], ["its rule caps the loss", "the same rule, the same loss"]),
    ] {
        assert_eq!(verdicts(&found(alone, together)), said);
    }
}

#[test]
fn without_an_account_to_compare_the_view_says_why() {
    for (text, why) in [
        ("bots=0&accounts=100", "no bots"),
        ("vol-bots=100&accounts=100", "watch volatility"),
        ("leverage=1&bots=100&accounts=100", "has debt"),
    ] {
        assert!(words_of(text).contains(why), "{}", words_of(text));
    }
}

#[test]
fn numbers_are_near_their_marks_do_not_overlap_and_stay_on_the_sheet() {
    let theme = Theme::light();
    for (width_px, em) in [(280, 12.0), (280, 14.0), (600, 14.0), (1200, 14.0)] {
        let mut svg = String::new();
        let area = SVGBackend::with_string(&mut svg, (width_px * FINE as u32, 300 * FINE as u32)).into_drawing_area();
        let sheet = Sheet::new(&area, em, &theme);
        let plot = Bounds { left: sheet.ems(5.2), right: sheet.size().0 - sheet.ems(2.4), top: 0, bottom: 1000 };
        for most in [110.0, 167.0, 280.0, 2326.0] {
            let x = Scale::of(&found([20.0, 30.0], [90.0, most]), plot);
            assert_eq!((x.px(0.0), x.px(x.ends.1 + 1.0)), (plot.left, plot.right));
            for at_worst in [0.0, 3.0, 33.0, 100.0, most] {
                for part in [-0.3, 0.0, 0.2, 0.8, 0.99, 1.0] {
                    let loss = Loss { at_end: part * at_worst, at_worst };
                    let texts = numbers(&sheet, x, &loss);
                    let spans: Vec<_> =
                        texts.iter().map(|(text, from, bold)| (*from, from + sheet.width(text, *bold))).collect();
                    let told = format!("{width_px} px: {loss:?} {texts:?} {spans:?}");
                    assert!(spans.iter().all(|(from, to)| *from >= 0 && *to <= sheet.size().0), "{told}");
                    assert!(spans.len() < 2 || spans[1].1 < spans[0].0, "{told}");
                    assert!(texts[0].0.starts_with(&fixed(at_worst, 0)) || at_worst > 999.0, "{told}");
                }
            }
        }
    }
}
