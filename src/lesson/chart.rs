//! The chart of a step on paper: axes to draw on, and the same axes with the run.

use serde::Serialize;

use super::contents::Step;
use crate::chart::backend::svg::About;
use crate::chart::figures::{axes, picture};
use crate::chart::views::Axis;
use crate::chart::{Extras, Scene, Span, Theme, View};
use crate::language::tr;
use crate::model::ensemble::CROWDS;
use crate::model::rules::SHOCK_AT;
use crate::model::{Ensemble, Simulator};
use crate::params::query;

/// Width of a chart in pixels, which a page scales to its own, and the size of its text.
const WIDTH: u32 = 660;
const EM: f64 = 14.0;

/// Least and greatest height, em; the greatest of a view with several plots on its own axis.
const LEAST: f64 = 14.0;
const MOST: f64 = 18.0;
const MOST_PLOTS: f64 = 22.0;

/// The ends of a price axis, percent. The axis ends no earlier than the predictions, so that it does not give the
/// result away.
const ENDS: [f64; 3] = [25.0, 50.0, 100.0];

/// Views without axes to draw on. Their steps use the axes of the price instead.
const PRICE_INSTEAD: [&str; 5] = ["market", "loop", "ladder", "staircase", "crowd"];

/// A chart to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// The picture, a complete SVG file.
    pub svg: String,
    /// Its description.
    pub words: String,
}

impl Chart {
    /// The chart of a step: its first view with axes. `answered`: with the run whose result is predicted.
    pub(super) fn of(step: &Step, answered: bool) -> Option<Self> {
        let shown = step.prediction.as_ref().and_then(|prediction| prediction.shows.as_ref()).unwrap_or(&step.query);
        let params = query::parse_lenient(shown).0;
        let (simulator, extras) = (Simulator::new(&params), Extras::default());
        let place = |name: &str| step.place.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let span = place("span").and_then(Span::named).unwrap_or(Span::Minutes2);
        let instead = step.views.iter().any(|name| PRICE_INSTEAD.contains(&name.as_str())).then_some("price");
        let names = step.views.iter().map(String::as_str).chain(instead);
        names.filter_map(View::named).find_map(|view| {
            // A whole run has no pale part.
            let last = simulator.rules().seconds;
            let second = place("t").and_then(|second| second.parse().ok()).unwrap_or(SHOCK_AT).min(last);
            let now = if view.moves { last } else { second };
            let crowds = (view.name == "crowds").then(|| Ensemble::run(&params, CROWDS));
            let mut scene = Scene { crowds: crowds.as_ref(), ..Scene::new(&simulator, &extras, span, now) };
            let mut ends = scene.suitable_axes();
            if let Some(prediction) = step.prediction.as_ref().filter(|prediction| prediction.unit == "%") {
                let wide = ENDS.into_iter().find(|end| prediction.to <= *end).unwrap_or(ENDS[ENDS.len() - 1]);
                if wide > ends.fall {
                    ends.rise *= wide / ends.fall;
                    ends.fall = wide;
                }
            }
            scene.axes = Some(ends);
            let most = if view.axis == Axis::None { MOST_PLOTS } else { MOST };
            let size = (WIDTH, (view.height.clamp(LEAST, most) * EM) as u32);
            let theme = Theme::light();
            // Left empty, because the address of the run would give it away. A view without axes has no chart.
            let blank = axes(view, size, EM, &theme, &scene, About { title: "", source: "" }).ok()??;
            if !answered {
                return Some(Self { svg: blank, words: tr("Empty chart to draw on").into() });
            }
            let svg = picture(view, size, EM, &theme, &scene, About { title: view.name, source: shown }).ok()?;
            Some(Self { svg, words: view.describe(&scene) })
        })
    }
}
