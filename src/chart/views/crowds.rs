//! Other crowds with the same settings, as dots: one for each crowd, at the greatest fall of its price.

use plotters::style::Color;

use crate::chart::axes::percent_mark;
use crate::chart::scale::{LEFT, Linear, RIGHT, nice};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::title;
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, FINE, Scene, Spot};
use crate::describe::crowds::{CRASH, chart, place, spread};
use crate::language::tr;
use crate::model::Ensemble;
use crate::model::ensemble::Member;
use crate::say;
use crate::text::units::{figure, percent_of};

/// Diameters of a dot with its gap, em. The largest with which all dots fit in columns of one dot is used.
const SIZES: [f64; 4] = [0.62, 0.52, 0.44, 0.37];

/// The view `crowds` of the table.
pub(super) struct Crowds;

impl Drawing for Crowds {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let plot = plot(sheet.em, sheet.size());
        let Some(crowds) = scene.crowds else {
            return title(sheet, sheet.ems(0.2), tr("Other crowds with the same settings"));
        };
        let x = scale(scene, crowds, plot);
        // The settings may have moved on while new crowds run.
        let old = !crowds.covers(&scene.simulator.summary().params);
        let heading = if old { tr("Other crowds with the same settings").into() } else { heading(crowds) };
        title(sheet, sheet.ems(0.2), &heading)?;
        axis(sheet, plot, x, top(scene, crowds))?;
        let key = if crowds.purchase() {
            tr("each dot is a crowd, at its greatest rise")
        } else {
            tr("each dot is a crowd, at its greatest fall")
        };
        if sheet.width(&heading, true) + sheet.width(key, false) + sheet.ems(2.0) < sheet.size().0 {
            sheet.words(key, (plot.right, sheet.ems(0.95)), Anchor::Right, theme.quiet)?;
        }
        crash_line(sheet, plot, x)?;
        let seed = scene.simulator.summary().params.seed;
        let (size, dots) = dots(sheet.em, plot, x, crowds);
        for dot in dots {
            let crash = crowds.move_of(&dot.member) > CRASH;
            let colour = match (old, crash) {
                (true, _) => theme.grid,
                (false, true) => theme.ink,
                (false, false) => theme.without_bots,
            };
            if dot.member.seed == seed && !old {
                sheet.dot(dot.at, 0.8 * size, theme.paper)?;
                sheet.dot(dot.at, 0.5 * size, colour)?;
                sheet.ring(dot.at, 0.8 * size, theme.ink, 0.12)?;
            } else {
                sheet.dot(dot.at, 0.42 * size, colour)?;
            }
        }
        Ok(())
    }

    fn axes(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        let Some(crowds) = scene.crowds else { return Ok(false) };
        let plot = plot(sheet.em, sheet.size());
        let x = scale(scene, crowds, plot);
        title(sheet, sheet.ems(0.2), tr("Other crowds with the same settings"))?;
        axis(sheet, plot, x, top(scene, crowds))?;
        crash_line(sheet, plot, x)?;
        Ok(true)
    }

    fn describe(&self, scene: &Scene) -> String {
        let Some(crowds) = scene.crowds else {
            return format!("{} {}", chart(scene.simulator.rules().purchase()), tr("No other crowds have been run."));
        };
        let seed = scene.simulator.summary().params.seed;
        let parts = [chart(crowds.purchase()).to_owned(), spread(crowds), place(crowds, seed)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: Point) -> Option<Spot> {
        let crowds = scene.crowds?;
        let plot = plot(em, size);
        let away = |dot: &Dot| (i64::from(dot.at.0 - at.0)).pow(2) + (i64::from(dot.at.1 - at.1)).pow(2);
        let (_, dots) = dots(em, plot, scale(scene, crowds, plot), crowds);
        let nearest = dots.iter().min_by_key(|dot| away(dot))?;
        let reach = 1.5 * em;
        (away(nearest) as f64 <= reach * reach).then_some(Spot::Crowd(nearest.member.seed))
    }
}

/// A dot and its crowd.
struct Dot {
    at: Point,
    member: Member,
}

fn plot(em: f64, (width, height): (i32, i32)) -> Bounds {
    let ems = |ems: f64| (em * ems).round() as i32;
    Bounds { left: ems(LEFT), right: width - ems(RIGHT), top: ems(2.1), bottom: height - ems(1.9) }
}

/// The line beyond which a fall counts as a crash.
fn crash_line(sheet: &Sheet, plot: Bounds, x: Linear) -> Result<(), DrawError> {
    let at = x.px(CRASH);
    sheet.rule((at, plot.top), (at, plot.bottom), &sheet.theme.ink.to_rgba(), 0.12)
}

/// The main number as a heading.
fn heading(crowds: &Ensemble) -> String {
    let (some, all, much) = (crowds.beyond(CRASH), crowds.done(), percent_of(&figure(CRASH)));
    if crowds.purchase() {
        say!("Rises above {much}: {some} of {all} crowds, all with the same settings", some, all, much)
    } else {
        say!("Falls above {much}: {some} of {all} crowds, all with the same settings", some, all, much)
    }
}

/// The end of the axis, percent: that of the price axis, if all crowds fit.
fn top(scene: &Scene, crowds: &Ensemble) -> f64 {
    let (rise, fall) = scene.price_ends();
    let most = crowds.members().map(|member| crowds.move_of(member)).fold(2.0 * CRASH, f64::max);
    let end = if crowds.purchase() { rise } else { fall };
    [end, 25.0, 50.0, 100.0, 300.0, 1000.0].into_iter().find(|end| most <= 0.97 * end).unwrap_or_else(|| nice(most))
}

fn scale(scene: &Scene, crowds: &Ensemble, plot: Bounds) -> Linear {
    Linear::new((0.0, top(scene, crowds)), (plot.left, plot.right))
}

fn axis(sheet: &Sheet, plot: Bounds, x: Linear, top: f64) -> Result<(), DrawError> {
    let theme = sheet.theme;
    for nth in 0..=5 {
        let percent = top * f64::from(nth) / 5.0;
        let at = x.px(percent);
        sheet.rule((at, plot.top), (at, plot.bottom), &theme.grid.to_rgba(), 0.07)?;
        let words = percent_mark(percent);
        // The last label would be cut.
        let middle = at.min(sheet.size().0 - sheet.width(&words, false) / 2 - sheet.ems(0.1));
        sheet.words(&words, (middle, plot.bottom + sheet.ems(0.45)), Anchor::Top, theme.quiet)?;
    }
    sheet.rule((plot.left, plot.bottom), (plot.right, plot.bottom), &theme.quiet.to_rgba(), 0.09)
}

/// The size and the place of each dot: in columns above its move.
fn dots(em: f64, plot: Bounds, x: Linear, crowds: &Ensemble) -> (f64, Vec<Dot>) {
    let line = x.px(CRASH);
    let mut ranked = crowds.ranked();
    ranked.reverse();
    // No column is on both sides of the line.
    let members: Vec<(i32, Member)> =
        ranked.into_iter().map(|member| (x.px(crowds.move_of(&member)) - line, member)).collect();
    let step = |size: f64| ((em * size).round() as i32).max(FINE);
    let stacks = |width: i32| members.chunk_by(move |a, b| a.0.div_euclid(width) == b.0.div_euclid(width));
    let fits = |size: f64, columns: i32| {
        let room = (plot.bottom - plot.top) / step(size) * columns;
        stacks(step(size) * columns).all(|stack| stack.len() <= room.max(columns) as usize)
    };
    // If even the smallest dots do not fit, neighbouring columns share their dots.
    let smallest = SIZES[SIZES.len() - 1];
    let single = SIZES.into_iter().find(|size| fits(*size, 1)).map(|size| (size, 1));
    let shared = || (2..=members.len() as i32).find(|columns| fits(smallest, *columns)).unwrap_or(1);
    let (size, columns) = single.unwrap_or_else(|| (smallest, shared()));
    let (step, width) = (step(size), step(size) * columns);
    let mut dots = Vec::with_capacity(members.len());
    for stack in stacks(width) {
        let left = line + stack[0].0.div_euclid(width) * width;
        // Filled column by column, so that the order from left to right stays that of the moves.
        let height = stack.len().div_ceil(columns as usize);
        for (nth, (_, member)) in stack.iter().enumerate() {
            let (column, row) = ((nth / height) as i32, (nth % height) as i32);
            let at = (left + column * step + step / 2, plot.bottom - row * step - step / 2 - FINE);
            dots.push(Dot { at, member: *member });
        }
    }
    (size, dots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Extras, Span};
    use crate::model::Simulator;
    use crate::model::ensemble::Runner;
    use crate::params::Params;

    const SIZE: (i32, i32) = (3200, 704);
    const EM: f64 = 64.0;

    fn ensemble(params: &Params, fall: impl Fn(u64) -> f64) -> Ensemble {
        let (sample, _) = Runner::default().run(params, 0, 100);
        let mut ensemble = Ensemble::new(params, 100);
        for seed in 0..100 {
            let member = Member { seed, greatest_fall_percent: fall(seed), ..sample };
            ensemble.keep(seed as usize, member, Vec::new());
        }
        ensemble
    }

    #[test]
    fn every_crowd_has_its_own_dot_even_if_all_fall_alike() {
        let params = Params { accounts: 100.0, hours: 1.0, seed: 0, ..Params::default() };
        let (simulator, extras) = (Simulator::new(&params), Extras::default());
        let cases: [fn(u64) -> f64; 3] = [|_| 5.0, |seed| seed as f64, |seed| if seed < 37 { 30.0 } else { 4.5 }];
        for fall in cases {
            let crowds = ensemble(&params, fall);
            let scene = Scene { crowds: Some(&crowds), ..Scene::new(&simulator, &extras, Span::Minutes2, 300) };
            let plot = plot(EM, SIZE);
            let (_, dots) = dots(EM, plot, scale(&scene, &crowds, plot), &crowds);
            assert_eq!(dots.len(), 100);
            for (nth, dot) in dots.iter().enumerate() {
                assert!(dot.at.1 > plot.top && dot.at.1 < plot.bottom, "{:?}", dot.at);
                assert!(dots[..nth].iter().all(|other| other.at != dot.at));
                assert_eq!(Crowds.spot(EM, SIZE, &scene, dot.at), Some(Spot::Crowd(dot.member.seed)));
            }
            assert_eq!(Crowds.spot(EM, SIZE, &scene, (plot.left, plot.top)), None);
        }
    }
}
