//! The spread of the price over other crowds with the same settings, as two bands behind the price: the middle half of
//! the crowds, and nine of ten.

use plotters::style::Color;

use super::pen::DrawError;
use super::scale::Linear;
use super::scene::Scene;
use super::sheet::{Anchor, Bounds, Point, Sheet};
use crate::language::tr;
use crate::model::Ensemble;
use crate::model::ensemble::quantile;
use crate::model::results::summary::percent;

/// The shares of crowds below the edges of the bands, from outside to inside.
const EDGES: [(f64, f64); 2] = [(0.05, 0.95), (0.25, 0.75)];

/// Least number of crowds for a band.
const LEAST: usize = 10;

/// Distance of the corners of a band, em.
const STEP: f64 = 0.25;

/// Draws the bands from second `from` to `to`, clipped to the plot, if enough crowds have been run.
pub(super) fn bands(
    sheet: &Sheet,
    scene: &Scene,
    (x, y): (Linear, Linear),
    plot: Bounds,
    (from, to): (usize, usize),
) -> Result<(), DrawError> {
    let Some(crowds) = fitting(scene) else { return Ok(()) };
    let seconds = corners(sheet, x, from, to);
    let prices: Vec<(i32, Vec<f64>)> = seconds
        .into_iter()
        .map(|second| (x.px(second as f64).clamp(plot.left, plot.right), crowds.prices(second)))
        .collect();
    for (low, high) in EDGES {
        let edge = |share: f64| -> Vec<Point> {
            let at = |(px, prices): &(i32, Vec<f64>)| {
                let price = quantile(prices, share)?;
                Some((*px, y.px(percent(-price)).clamp(plot.top, plot.bottom)))
            };
            prices.iter().filter_map(at).collect()
        };
        let mut around = edge(high);
        around.extend(edge(low).into_iter().rev());
        if around.len() > 3 {
            sheet.fill(around, &sheet.theme.ink.mix(0.1))?;
        }
    }
    Ok(())
}

/// Names the bands, in a corner of the plot.
pub(super) fn name(sheet: &Sheet, scene: &Scene, at: Point, anchor: Anchor) -> Result<(), DrawError> {
    if fitting(scene).is_none() {
        return Ok(());
    }
    sheet.words(tr("shaded: nine of ten crowds"), at, anchor, sheet.theme.quiet)
}

/// The other crowds, if enough of them have been run, with the settings of this run.
fn fitting<'a>(scene: &Scene<'a>) -> Option<&'a Ensemble> {
    scene.crowds.filter(|crowds| crowds.done() >= LEAST && crowds.covers(&scene.simulator.summary().params))
}

/// The seconds at which a band has corners: fixed ones, so that it does not flicker while the picture moves.
fn corners(sheet: &Sheet, x: Linear, from: usize, to: usize) -> Vec<usize> {
    let per_second = f64::from((x.px(1000.0) - x.px(0.0)).max(1)) / 1000.0;
    let step = (f64::from(sheet.ems(STEP)) / per_second).ceil().max(1.0) as usize;
    let mut seconds: Vec<usize> = (from.next_multiple_of(step)..=to).step_by(step).collect();
    if seconds.first() != Some(&from) {
        seconds.insert(0, from);
    }
    if seconds.last() != Some(&to) {
        seconds.push(to);
    }
    seconds
}
