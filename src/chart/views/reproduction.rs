//! The reproduction number of the run: dollars of new bot sales per dollar sold. A bold line marks 1, above which a
//! fall feeds itself.

use plotters::style::Color;

use crate::chart::Spot;
use crate::chart::axes::value_marks;
use crate::chart::scale::{Linear, nice};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::second_at;
use crate::chart::time_axis::{cursor, marked_second, plot, time, time_marks, title};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene};
use crate::describe::NO_R;
use crate::language::tr;
use crate::model::rules::Law;
use crate::say;
use crate::text::units::digits;
use crate::units::figure;

/// The view `r` of the table.
pub(super) struct Reproduction;

impl Drawing for Reproduction {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let plot = plot(sheet, true);
        let x = time(scene, plot);
        let y = frame(sheet, scene, plot)?;
        for (curve, later) in curves(scene, x, y) {
            sheet.line(curve, &sheet.theme.bots.mix(if later { 0.35 } else { 1.0 }), 0.2)?;
        }
        marked_second(sheet, scene, plot)?;
        cursor(sheet, scene, plot)
    }

    fn axes(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        frame(sheet, scene, plot(sheet, true)).map(|_| true)
    }

    fn describe(&self, scene: &Scene) -> String {
        let simulator = scene.simulator;
        let chart =
            tr("Line chart of R, the dollars of new bot sales that each dollar sold sets off, with a line at 1.");
        let reaches = match simulator.summary().r_peak {
            Some(r) => say!("It reaches {r}.", r = digits(r, 2)),
            None if simulator.rules().law == Law::SquareRoot => say!("It is empty: {why}.", why = tr(NO_R)),
            None => tr("No sale stands out from the noise.").into(),
        };
        format!("{chart} {reaches}")
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: Point) -> Option<Spot> {
        second_at(em, size, scene, at).map(Spot::Second)
    }
}

/// Draws the title, the axes and the line at 1; returns the scale of R.
fn frame(sheet: &Sheet, scene: &Scene, plot: Bounds) -> Result<Linear, DrawError> {
    let theme = sheet.theme;
    let peak = scene.simulator.summary().r_peak.unwrap_or(0.0);
    let top = [1.5, 3.0, 5.0].into_iter().find(|top| peak <= top * 0.97).unwrap_or_else(|| nice(peak * 1.02));
    let y = Linear::new((0.0, top), (plot.bottom, plot.top));

    // Shorts buy back.
    let shorts = scene.simulator.rules().shorts > 0.0;
    let name = if shorts { tr("R: new bot orders per $") } else { tr("R: new bot sales per $ sold") };
    title(sheet, sheet.ems(0.2), name)?;
    // On a scale for a large R, the 0 would touch the 1.
    let least = if y.px(0.0) - y.px(1.0) > sheet.ems(1.1) { 0.0 } else { 1.0 };
    let marks: Vec<_> = [least, 1.0, top].map(|r| (y.px(r), figure(r))).into();
    value_marks(sheet, plot, &marks)?;
    time_marks(sheet, scene, plot, true)?;
    let one = y.px(1.0);
    sheet.bar(Bounds { bottom: one, ..plot }, &theme.bots.mix(0.08))?;
    sheet.rule((plot.left, one), (plot.right, one), &theme.ink.to_rgba(), 0.16)?;
    let words = if shorts { tr("above 1 the move feeds itself") } else { tr("above 1 the fall feeds itself") };
    if sheet.width(words, false) < plot.right - plot.left {
        sheet.words(words, (plot.right - sheet.ems(0.3), one - sheet.ems(0.75)), Anchor::Right, theme.quiet)?;
    }
    Ok(y)
}

/// The visible pieces of the curve, before and after the current second. It has gaps where nothing is traded.
fn curves(scene: &Scene, x: Linear, y: Linear) -> Vec<(Vec<Point>, bool)> {
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let series = &scene.simulator.run().series.reproduction;
    let mut curves: Vec<(Vec<Point>, bool)> = Vec::new();
    let mut open = false;
    for (second, r) in series.iter().enumerate().take(last + 1).skip(first) {
        if r.is_nan() {
            open = false;
            continue;
        }
        let point = (x.px(second as f64), y.px(*r));
        let later = second > scene.now;
        match curves.last_mut() {
            Some((curve, was_later)) if open && *was_later == later => {
                if curve.last() != Some(&point) {
                    curve.push(point);
                }
            }
            Some((curve, _)) if open => {
                let joint = curve.last().copied().unwrap_or(point);
                curves.push((vec![joint, point], later));
            }
            _ => curves.push((vec![point], later)),
        }
        open = true;
    }
    curves
}
