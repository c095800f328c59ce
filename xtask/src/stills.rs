//! The pictures that stand where no script runs: before wasm has arrived, in print and in feeds.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use deleverage::Simulator;
use deleverage::chart::more::Extras;
use deleverage::chart::{FINE, Mark, Scene, Span, Theme, still};
use deleverage::model::Limits;
use plotters::prelude::IntoDrawingArea;

use crate::svg::Svg;

/// Width and height in CSS pixels, as `www/index.html` gives them to the picture.
const SIZE: (u32, u32) = (1100, 760);

/// Size of the text in CSS pixels.
const EM: f64 = 14.0;

/// Writes `still-light.svg` and `still-dark.svg` into the directory: the run that the page opens with, drawn
/// natively by the chart code that the page runs.
///
/// # Errors
/// A picture cannot be drawn or written.
pub fn write(directory: &Path) -> Result<()> {
    let simulator = Simulator::default();
    let mut limits = Limits::default();
    limits.count(simulator.rules(), simulator.crowd());
    // As the page opens: the cursor at the end of what is in sight.
    let span = Span::Minutes2;
    let (_, now) = span.seconds(simulator.rules().seconds);
    let extras = Extras::default();
    let scene =
        Scene { simulator: &simulator, limits: &limits, span, now, mark: Mark::default(), kept: None, extras: &extras };
    for (name, theme) in [("still-light.svg", Theme::light()), ("still-dark.svg", Theme::dark())] {
        let path = directory.join(name);
        fs::write(&path, draw(&theme, &scene)?).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn draw(theme: &Theme, scene: &Scene) -> Result<String> {
    let mut svg = String::new();
    let area = Svg::new(&mut svg, (SIZE.0 * FINE as u32, SIZE.1 * FINE as u32)).into_drawing_area();
    let drawn = still(&area, EM, theme, scene).and_then(|()| area.present());
    drawn.map_err(|error| anyhow!("the still picture cannot be drawn: {error}"))?;
    drop(area);
    Ok(svg)
}
