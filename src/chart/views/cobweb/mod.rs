//! The cobweb of the cascade: the sales that a fall forces, the sales that it takes to fall so far, and between the two
//! curves the staircase that the run climbs until they meet.

mod condition;
mod figure;
mod names;

use plotters::style::Color;

use crate::chart::axes::value_marks;
use crate::chart::derived::cobweb::Picture;
use crate::chart::scale::{LEFT, Linear, RIGHT};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::{marks_below, title};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, FINE, Scene, Spot};
use crate::describe::change_words;
use crate::language::tr;
use crate::model::results::summary::rise_percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::{figure, percent_of};
use condition::{condition, lines};
use figure::Figure;

/// Opacity of the steps that the run has not taken.
const LATER: f64 = 0.35;

/// The view `staircase` of the table.
pub(super) struct Cobweb;

impl Drawing for Cobweb {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let picture = scene.extras.staircase(scene.simulator);
        let plot = place(sheet.em, sheet.size(), scene);
        let figure = Figure { sheet, scene, picture, plot, x: x_of(picture, plot), y: y_of(picture, plot) };
        figure.axes()?;
        let curve = figure.curve();
        let line = figure.line();
        let theme = sheet.theme;
        figure.self_feeding()?;
        sheet.line(line.to_vec(), &theme.ink.to_rgba(), 0.13)?;
        sheet.line(curve.clone(), &theme.bots.to_rgba(), 0.22)?;
        let reached = figure.staircase()?;
        figure.marked()?;
        figure.labels(&curve, &line, reached)
    }

    fn finding(&self, scene: &Scene) -> String {
        let picture = scene.extras.staircase(scene.simulator);
        let up = picture.rises;
        if picture.first == 0.0 {
            let words = if up {
                tr("There is no first purchase, so there is no staircase.")
            } else {
                tr("There is no first sale, so there is no staircase.")
            };
            return words.into();
        }
        let (first, stop) = (picture.words(picture.first), picture.words(picture.stop));
        let condition =
            condition(scene.simulator.rules()).map_or(String::new(), |words| say!(", {condition}", condition = words));
        if picture.staircase.falls.len() == 1 {
            return if up {
                say!("The first purchase of {first} triggers no bot and stops there{condition}.", first, condition)
            } else {
                say!("The first sale of {first} triggers no bot and stops there{condition}.", first, condition)
            };
        }
        // Not shown once the run is beyond it.
        let ahead = picture.staircase.tipping.filter(|tipping| picture.first < picture.percent(tipping.first_order));
        let tipping = ahead.map_or(String::new(), |tipping| {
            let order = picture.words(picture.percent(tipping.first_order));
            let until = picture.words(picture.percent(tipping.stops));
            let beyond = if up {
                say!("A first purchase above {order} does not stop before a rise of {until}.", order, until)
            } else {
                say!("A first sale above {order} does not stop before a fall of {until}.", order, until)
            };
            format!(" {beyond}")
        });
        let goes_on = match (up, picture.staircase.runs_to_the_end()) {
            (false, false) => say!(
                "The first sale of {first} triggers bots step by step, until the price stops at a fall of {stop}{condition}.",
                first,
                stop,
                condition
            ),
            (false, true) => say!(
                "The first sale of {first} triggers bots step by step, until every limit is passed at a fall of {stop}{condition}.",
                first,
                stop,
                condition
            ),
            (true, false) => say!(
                "The first purchase of {first} triggers bots step by step, until the price stops at a rise of {stop}{condition}.",
                first,
                stop,
                condition
            ),
            (true, true) => say!(
                "The first purchase of {first} triggers bots step by step, until every limit is passed at a rise of {stop}{condition}.",
                first,
                stop,
                condition
            ),
        };
        goes_on + &tipping
    }

    fn describe(&self, scene: &Scene) -> String {
        let picture = scene.extras.staircase(scene.simulator);
        let steps = picture.staircase.falls.get(1..).unwrap_or_default();
        let taken = steps.iter().filter(|log| picture.percent(**log) <= reached(scene, picture)).count();
        let so_far = match steps.len() {
            0 => String::new(),
            steps => format!(" {}", say!("The run has passed {taken} of {steps} steps.", taken, steps)),
        };
        format!("{} {}{so_far}", tr("Staircase of the cascade."), self.finding(scene))
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, (x, _): Point) -> Option<Spot> {
        let plot = place(em, size, scene);
        if !(plot.left..=plot.right).contains(&x) {
            return None;
        }
        let picture = scene.extras.staircase(scene.simulator);
        let fall = x_of(picture, plot).value(x).clamp(0.0, picture.deepest);
        Some(Spot::Fall(if picture.rises { -fall } else { fall }))
    }
}

/// The plot area. One or two lines above it state the conditions, two below label the axis.
fn place(em: f64, (width, height): (i32, i32), scene: &Scene) -> Bounds {
    let ems = |ems: f64| (em * ems).round() as i32;
    let above = lines(scene.simulator.rules(), f64::from(width) < 36.0 * em).len() as f64;
    Bounds { left: ems(LEFT), right: width - ems(RIGHT), top: ems(2.1 + 1.3 * above), bottom: height - ems(3.1) }
}

fn x_of(picture: &Picture, plot: Bounds) -> Linear {
    Linear::new((0.0, picture.deepest), (plot.left, plot.right))
}

fn y_of(picture: &Picture, plot: Bounds) -> Linear {
    Linear::new((0.0, picture.furthest), (plot.bottom, plot.top))
}

/// The greatest fall so far of the price that limits are compared with, percent; after a purchase the greatest rise.
fn reached(scene: &Scene, picture: &Picture) -> f64 {
    let so_far = scene.simulator.run().series.limits_price()[..=scene.now].iter();
    let sign = if picture.rises { 1.0 } else { -1.0 };
    let reached = picture.percent(so_far.map(|price| sign * price).fold(0.0, f64::max));
    // The run sells whole lots: in the pure limit it may fall short by a ten-millionth.
    if reached >= picture.stop * (1.0 - 1e-6) { reached.max(picture.stop) } else { reached }
}

/// Whether the run has reached its furthest point.
fn over(scene: &Scene, picture: &Picture) -> bool {
    let summary = scene.simulator.summary();
    let most = if picture.rises { summary.greatest_rise_percent } else { summary.greatest_fall_percent };
    reached(scene, picture) >= most
}

impl Figure<'_, '_> {
    fn axes(&self) -> Result<(), DrawError> {
        let Self { sheet, scene, picture, plot, .. } = self;
        let theme = sheet.theme;
        let name =
            if picture.rises { tr("Further rise from forced purchases") } else { tr("Further fall from forced sales") };
        title(sheet, sheet.ems(0.2), name)?;
        for (i, line) in lines(scene.simulator.rules(), sheet.narrow()).iter().enumerate() {
            sheet.words(line, (sheet.ems(0.2), sheet.ems(2.2 + 1.3 * i as f64)), Anchor::Left, theme.quiet)?;
        }
        let rows: Vec<_> = [0.0, 0.5, 1.0]
            .map(|part| part * picture.furthest)
            .map(|up| (self.y.px(up), if up == 0.0 { "0".into() } else { percent_of(&figure(up)) }))
            .into();
        value_marks(sheet, *plot, &rows)?;
        let marks = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].map(|part| {
            let fall = picture.deepest * part;
            let sign = if picture.rises { '+' } else { '−' };
            let words = if part == 0.0 { "0".into() } else { format!("{sign}{}", percent_of(&figure(fall))) };
            (self.x.px(fall), words)
        });
        for (x, _) in &marks {
            sheet.rule((*x, plot.bottom), (*x, plot.bottom + sheet.ems(0.35)), &theme.quiet.to_rgba(), 0.07)?;
        }
        marks_below(sheet, *plot, marks)?;
        let row = plot.bottom + sheet.ems(2.35);
        let name = if sheet.narrow() { tr("price") } else { tr("price, change since the start") };
        sheet.words(name, (plot.right, row), Anchor::Right, theme.quiet)?;
        let now = rise_percent(scene.simulator.run().series.price[scene.now]);
        sheet.dot((plot.left + sheet.ems(0.3), row), 0.26, theme.ink)?;
        let words = say!("the run now {change}", change = change_words(now));
        sheet.words(&words, (plot.left + sheet.ems(0.9), row), Anchor::Left, theme.ink)
    }

    /// The further fall forced at each fall.
    fn curve(&self) -> Vec<Point> {
        let Picture { curve, .. } = self.picture;
        let mut points: Vec<Point> = Vec::with_capacity(curve.len());
        for point in self.picture.falls().zip(curve).map(|(fall, y)| self.point((fall, *y))) {
            // Keeps only the ends of a straight stretch.
            match points[..] {
                [.., before, last] if before.1 == last.1 && last.1 == point.1 => points.pop(),
                _ => None,
            };
            if points.last() != Some(&point) {
                points.push(point);
            }
        }
        points
    }

    /// The diagonal: the further move needed beyond the first order, one percent for each.
    fn line(&self) -> [Point; 2] {
        let Picture { first, deepest, furthest, .. } = self.picture;
        let up = furthest.min(deepest - first);
        [self.point((*first, 0.0)), self.point((first + up, up))]
    }

    /// Shades the stretches in which a fall forces more than it takes.
    fn self_feeding(&self) -> Result<(), DrawError> {
        let Self { sheet, picture, .. } = self;
        for stretch in picture.self_feeding() {
            let back = stretch.iter().rev().map(|(fall, _)| (*fall, fall - picture.first));
            let around: Vec<Point> = stretch.iter().copied().chain(back).map(|at| self.point(at)).collect();
            sheet.fill(around, &sheet.theme.bots.mix(0.13))?;
        }
        Ok(())
    }

    /// The steps up to the point that the run has reached; after its end also those that it did not take. Returns the
    /// fall reached.
    fn staircase(&self) -> Result<f64, DrawError> {
        let Self { sheet, scene, picture, plot, .. } = self;
        if scene.now < SHOCK_AT || picture.first == 0.0 {
            return Ok(0.0);
        }
        let theme = sheet.theme;
        let reached = reached(scene, picture);
        let pixel = self.x.value(plot.left + FINE);
        let steps = |to: f64| -> Vec<Point> {
            picture.corners(to, pixel).into_iter().map(|corner| self.point(corner)).collect()
        };
        if over(scene, picture) && reached < picture.stop {
            sheet.line(steps(f64::INFINITY), &theme.ink.mix(LATER), 0.13)?;
        }
        sheet.line(steps(reached), &theme.ink.to_rgba(), 0.16)?;
        // The current price: on the axis, because the staircase is never descended.
        let now = scene.simulator.run().series.price[scene.now];
        let x = self.x.px(picture.percent(if picture.rises { now } else { -now }));
        if (plot.left..=plot.right).contains(&x) {
            sheet.dot((x, plot.bottom), 0.32, theme.ink)?;
        }
        if reached >= picture.stop && picture.stop <= picture.deepest {
            sheet.dot(self.point((picture.stop, picture.stop - picture.first)), 0.34, theme.ink)?;
        }
        Ok(reached)
    }

    /// The fall at which the reader points.
    fn marked(&self) -> Result<(), DrawError> {
        let Self { sheet, scene, picture, plot, .. } = self;
        let fall = scene.mark.fall.map(|fall| if picture.rises { -fall } else { fall });
        let at = fall.map(|fall| self.x.px(fall)).filter(|x| (plot.left..=plot.right).contains(x));
        at.map_or(Ok(()), |x| sheet.dashed(&[(x, plot.top), (x, plot.bottom)], &sheet.theme.people.to_rgba(), 0.1))
    }
}

#[cfg(test)]
mod tests;
