//! The price since the start, with the same crowd without bots, the first order, halts and the trough.

use plotters::style::Color;

use crate::chart::Spot;
use crate::chart::axes::{marked_fall, price_curve, price_marks, value_marks};
use crate::chart::compare;
use crate::chart::crowds;
use crate::chart::labels::{Labels, Over, Words};
use crate::chart::published::{self, of_the_price};
use crate::chart::sheet::Point;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::text_width::text_width;
use crate::chart::time_axis::second_at;
use crate::chart::time_axis::{cursor, fall, first_order, marked_second, plot, time, time_marks, title_within};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Role, Scene};
use crate::describe::{Automatons, automatons, signed_fall_words, since_words};
use crate::describe::{percent_words, rise_words};
use crate::language::tr;
use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;

/// Opacity of the part of a curve after the current second.
const LATER: f64 = 0.3;

/// The numbers of the curves for the labels: the price and that without bots, and the price of the worst venue.
const PRICE: usize = 0;
const WORST: usize = 1;

/// The view `price` of the table.
pub(super) struct Price;

impl Drawing for Price {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let plot = plot(sheet, true);
        let theme = sheet.theme;
        let (x, y) = (time(scene, plot), fall(scene, plot));
        let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
        let series = &scene.simulator.run().series;
        let ghost = scene.simulator.without_bots();

        // Left of the name of shaded crowds, which is a little lower.
        let end = plot.right - if scene.crowds.is_some() { sheet.ems(14.0) } else { 0 };
        let free = published::key(sheet, of_the_price(scene.simulator), end, name(scene))?;
        frame(sheet, scene, plot, free)?;
        halts(sheet, scene, plot)?;
        let first_name = order(sheet, scene, plot)?;

        crowds::bands(sheet, scene, (x, y), plot, (first, last))?;
        let corner = (plot.right - sheet.ems(0.3), plot.top - sheet.ems(0.6));
        crowds::name(sheet, scene, corner, Anchor::Right)?;
        compare::shade(sheet, scene, (x, y), plot)?;
        sheet.dashed(&price_curve(ghost, first, last, x, y), &theme.without_bots.to_rgba(), 0.12)?;
        let now = scene.now.clamp(first, last);
        sheet.line(price_curve(&series.price, now, last, x, y), &theme.ink.mix(LATER), 0.16)?;
        sheet.line(price_curve(&series.price, first, now, x, y), &theme.ink.to_rgba(), 0.18)?;
        let taken = labels(sheet, scene, plot)?;
        let curves = [&series.price, ghost, &series.lowest[..]].map(|price| price_curve(price, first, last, x, y));
        let mut labels = Labels::new(plot, sheet.ems(1.0));
        labels.avoid(PRICE, curves[..2].iter().map(Vec::as_slice));
        labels.avoid(WORST, [&curves[2][..]]);
        for bounds in taken.into_iter().chain(first_name) {
            labels.take(bounds);
        }
        if !series.lowest.is_empty() {
            sheet.line(curves[2].clone(), &theme.ink.to_rgba(), 0.08)?;
            name_worst(sheet, &mut labels, &curves)?;
        }
        published::draw(sheet, scene, of_the_price(scene.simulator), (x, y, plot), &mut labels)?;
        if of_the_price(scene.simulator).next().is_some() {
            // Again, because a line of a published figure may have crossed the name.
            order(sheet, scene, plot)?;
        }
        marked_second(sheet, scene, plot)?;
        marked_fall(sheet, scene, plot, y)?;
        cursor(sheet, scene, plot)?;
        if (first..last).contains(&scene.now) {
            let point = (x.px(now as f64), y.px(percent(-series.price[now])));
            sheet.dot(point, 0.32, theme.ink)?;
        }
        Ok(())
    }

    fn axes(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        let plot = plot(sheet, true);
        frame(sheet, scene, plot, plot.right)?;
        order(sheet, scene, plot)?;
        Ok(true)
    }

    fn describe(&self, scene: &Scene) -> String {
        let mut words = moves(scene.simulator);
        if let Some(worst) = scene.simulator.summary().worst_venue_fall_percent {
            words.push(' ');
            words.push_str(&say!("The worst venue falls by {fall} at most.", fall = percent_words(worst)));
        }
        words.push_str(&published::words(of_the_price(scene.simulator)));
        let Some(kept) = scene.kept else { return words };
        format!("{words} {}", compare::words(kept))
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: Point) -> Option<Spot> {
        second_at(em, size, scene, at).map(Spot::Second)
    }
}

/// Names the price of the worst venue: at its low if that is far below the low of the mean, else anywhere along it.
fn name_worst(sheet: &Sheet, labels: &mut Labels, curves: &[Vec<Point>; 3]) -> Result<(), DrawError> {
    let lowest = |curve: &[Point]| curve.iter().copied().max_by_key(|(_, y)| *y);
    let words = [tr("worst venue").to_owned()];
    let style = (sheet.theme.ink, false);
    let [Some(mean), Some((x, y))] = [0, 2].map(|curve| lowest(&curves[curve])) else { return Ok(()) };
    if y - mean.1 > sheet.ems(2.0) {
        let (aside, below) = (sheet.ems(0.4), y + sheet.ems(1.0));
        let around = [((x, below), Anchor::Left), ((x - aside, y), Anchor::Right), ((x + aside, y), Anchor::Left)];
        let words = Words { text: &words[0], colour: style.0, bold: style.1, plate: false, over: Over::Nothing };
        if labels.write(sheet, None, &words, &around)?.is_some() {
            return Ok(());
        }
    }
    labels.name(sheet, WORST, &words, style)
}

/// The title.
fn name(scene: &Scene) -> &'static str {
    match scene.kept.map(|kept| kept.role) {
        Some(Role::Itself) => tr("The run that was kept"),
        Some(Role::Beside) => tr("This run"),
        _ => tr("Price, change since the start"),
    }
}

/// Draws the title, which ends before `free`, and the marks of both axes.
fn frame(sheet: &Sheet, scene: &Scene, plot: Bounds, free: i32) -> Result<(), DrawError> {
    title_within(sheet, (sheet.ems(0.2), free), name(scene))?;
    value_marks(sheet, plot, &price_marks(scene, fall(scene, plot)))?;
    time_marks(sheet, scene, plot, true)
}

/// Draws the start of the first order, if there is one. Returns the place of its name.
fn order(sheet: &Sheet, scene: &Scene, plot: Bounds) -> Result<Option<Bounds>, DrawError> {
    if scene.simulator.rules().shock <= 0.0 {
        return Ok(None);
    }
    let name = if scene.simulator.rules().purchase() { tr("purchase") } else { tr("first sale") };
    first_order(sheet, plot, time(scene, plot).px(SHOCK_AT as f64), name).map(Some)
}

/// The moves of the price, with bots and without, as a sentence.
fn moves(simulator: &Simulator) -> String {
    let summary = simulator.summary();
    let trough = summary.trough();
    let chart = tr("Line chart of the price over time.");
    let who = automatons(simulator);
    if simulator.rules().purchase() {
        let rise = rise_words(summary.greatest_rise_percent);
        let moves = match who {
            None => say!("It rises by {rise} at most.", rise),
            Some(Automatons::Bots) => say!("With bots it rises by {rise} at most.", rise),
            Some(Automatons::Funds) => say!("With funds it rises by {rise} at most.", rise),
            Some(Automatons::Both) => say!("With bots and funds it rises by {rise} at most.", rise),
        };
        return format!("{chart} {moves}");
    }
    let (fall, when) = (percent_words(summary.greatest_fall_percent), since_words(trough, false));
    let without = percent_words(summary.without_bots_fall_percent);
    let moves = match who {
        None => say!("It falls by {fall} at most, {when}.", fall, when),
        Some(Automatons::Bots) => say!(
            "With bots it falls by {fall} at most, {when}. Without bots it falls by {without}.",
            fall,
            when,
            without
        ),
        Some(Automatons::Funds) => say!(
            "With funds it falls by {fall} at most, {when}. Without funds it falls by {without}.",
            fall,
            when,
            without
        ),
        Some(Automatons::Both) => say!(
            "With bots and funds it falls by {fall} at most, {when}. Without bots and funds it falls by \
                     {without}.",
            fall,
            when,
            without
        ),
    };
    format!("{chart} {moves}")
}

/// Labels the curves and the trough. Returns the bounds of the labels.
fn labels(sheet: &Sheet, scene: &Scene, plot: Bounds) -> Result<Vec<Bounds>, DrawError> {
    let mut taken = Vec::new();
    let mut bold = |words: &str, at: Point, anchor: Anchor, colour| {
        taken.push(sheet.bounds(words, true, at, anchor));
        sheet.bold(words, at, anchor, colour)
    };
    let right = plot.right - sheet.ems(0.3);
    let with = ends(sheet, scene, plot, &scene.simulator.run().series.price, 5.0);
    let automatons = automatons(scene.simulator);
    let who = automatons.unwrap_or(Automatons::Bots);
    let words = who.of(tr("without bots"), tr("without funds"), tr("without bots and funds"));
    let width = text_width(words, false);
    let without = ends(sheet, scene, plot, scene.simulator.without_bots(), width);
    // The lower curve is named below, the upper one above, clear of both; near the bottom of the plot both are named
    // above.
    let gap = sheet.ems(0.9);
    let foot = plot.bottom - sheet.ems(0.6);
    let below = |(highest, lowest): (i32, i32)| if lowest + gap > foot { highest - gap } else { lowest + gap };
    let (with_y, mut without_y) =
        if with.1 >= without.1 { (below(with), without.0 - gap) } else { (with.0 - gap, below(without)) };
    if (with_y - without_y).abs() < sheet.ems(1.2) {
        without_y = with_y.min(without.0 - gap) - sheet.ems(1.3);
    }
    if automatons.is_some() {
        let name = who.of(tr("with bots"), tr("with funds"), tr("with bots and funds"));
        bold(name, (right, with_y), Anchor::Right, sheet.theme.ink)?;
    }
    sheet.words(words, (right, without_y), Anchor::Right, sheet.theme.quiet)?;
    let ghost = sheet.bounds(words, false, (right, without_y), Anchor::Right);

    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let summary = scene.simulator.summary();
    let trough = summary.trough();
    let (depth, when) =
        (signed_fall_words(summary.greatest_fall_percent), since_words(trough, scene.simulator.rules().purchase()));
    // Omits the time if there is no room for it.
    let with_time = |low: String, room: i32| {
        let words = say!("{depth}, {when}", depth = low, when);
        if sheet.width(&words, true) <= room { words } else { low }
    };
    let room = right - plot.left;
    if !(first..=last).contains(&trough) && summary.greatest_fall_percent > 0.0 {
        // The trough lies outside the visible span: it is named at the edge nearest to it.
        let words = with_time(say!("lowest {change}", change = depth), room - sheet.ems(1.4));
        if trough > last {
            bold(&(words + " →"), (right, foot), Anchor::Right, sheet.theme.ink)?;
        } else {
            // Above the name of a halt.
            let at = (plot.left + sheet.ems(0.3), foot - sheet.ems(1.3));
            bold(&("← ".to_owned() + &words), at, Anchor::Left, sheet.theme.ink)?;
        }
        taken.push(ghost);
        return Ok(taken);
    }
    if trough <= SHOCK_AT || trough > scene.now {
        taken.push(ghost);
        return Ok(taken);
    }
    let point = (time(scene, plot).px(trough as f64), fall(scene, plot).px(summary.greatest_fall_percent));
    sheet.dot(point, 0.25, sheet.theme.ink)?;
    let on_the_left = point.0 < i32::midpoint(plot.left, plot.right);
    let text = with_time(depth, if on_the_left { room } else { point.0 - plot.left });
    let (at, anchor) = if on_the_left {
        let farthest = right - sheet.width(&text, true);
        (((point.0 - sheet.ems(0.2)).min(farthest), (point.1 + gap).min(foot)), Anchor::Left)
    } else {
        ((point.0, (point.1 + gap).min(foot)), Anchor::Right)
    };
    // On a narrow sheet the two may meet; then the name of the curve moves.
    let meets = (at.1 - with_y).abs() < sheet.ems(1.2) && (sheet.narrow() || anchor == Anchor::Right);
    let at = if meets { (at.0, (at.1 + sheet.ems(1.3)).min(foot)) } else { at };
    bold(&text, at, anchor, sheet.theme.ink)?;
    taken.push(ghost);
    Ok(taken)
}

/// Highest and lowest pixel of a price curve over its last `width` em.
fn ends(sheet: &Sheet, scene: &Scene, plot: Bounds, price: &[f64], width: f64) -> (i32, i32) {
    let y = fall(scene, plot);
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let part = f64::from(sheet.ems(width)) / f64::from(plot.right - plot.left).max(1.0);
    let from = last - ((last - first) as f64 * part.min(1.0)) as usize;
    price[from..=last]
        .iter()
        .map(|price| y.px(percent(-price)))
        .fold((i32::MAX, i32::MIN), |(high, low), px| (high.min(px), low.max(px)))
}

/// Hatches the trading halts.
fn halts(sheet: &Sheet, scene: &Scene, plot: Bounds) -> Result<(), DrawError> {
    let halted = &scene.simulator.run().series.halted;
    let x = time(scene, plot);
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let mut second = first;
    let mut named = false;
    while second <= last {
        if halted[second] == 0 {
            second += 1;
            continue;
        }
        let from = second;
        while second <= last && halted[second] == 1 {
            second += 1;
        }
        let left = x.px(from as f64 - 1.0).max(plot.left);
        let band = Bounds { left, right: x.px(second as f64 - 1.0).max(left + 1), ..plot };
        sheet.hatch(band, &sheet.theme.quiet.mix(0.5))?;
        if !named {
            let below = (band.left + sheet.ems(0.3), plot.bottom - sheet.ems(0.7));
            sheet.bold(tr("trading halted"), below, Anchor::Left, sheet.theme.ink)?;
            named = true;
        }
    }
    Ok(())
}
