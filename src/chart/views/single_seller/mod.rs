//! The crowd, compared with one institution that sells the same amount: in the same seconds, and slowly until the end
//! of the run.

mod sums;

use plotters::style::Color;

use crate::chart::axes::{marked_fall, price_marks, value_marks};
use crate::chart::curve::Curve;
use crate::chart::halts::halts;
use crate::chart::labels::{LINE, Labels, Over, fitting};
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::time_axis::{cursor, fall, marked_second, plot, time, time_marks, title};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene};
use crate::describe::{headline, percent_words, since_words};
use crate::language::tr;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::dollars;
use sums::Sums;

/// Opacity of the part of a curve after the current second.
const LATER: f64 = 0.3;

/// Height of the text under the time axis, em.
const FOOT: f64 = 1.5;

/// The view `giant` of the table.
pub(super) struct SingleSeller;

impl Drawing for SingleSeller {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let plot = plot_above(sheet);
        let (x, y) = (time(scene, plot), fall(scene, plot));
        let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
        let now = scene.now.clamp(first, last);
        let crowd = &scene.simulator.run().series.price;
        let sums = Sums::of(scene);

        frame(sheet, scene, plot, sums.up)?;
        let halted = halts(sheet, scene, plot, (first, last), &x)?;

        let curve = |price: &[f64]| Curve::new(price, (first, now, last), &x, y, plot);
        let whole = curve(crowd);
        let mut curves = vec![whole.whole()];
        if sums.institutions.is_some() {
            let [giant, patient] = scene.extras.sellers(scene.simulator);
            let patient = curve(patient);
            curves.push(patient.whole());
            for (part, strength) in curve(giant).parts.into_iter().zip([1.0, LATER]) {
                sheet.line(part, &theme.ink.mix(0.2 * strength), 0.75)?;
            }
            for (part, strength) in patient.parts.iter().zip([1.0, LATER]) {
                sheet.dashed(part, &theme.ink.mix(strength), 0.14)?;
            }
        }
        let [before, after] = whole.parts;
        sheet.line(after, &theme.ink.mix(LATER), 0.16)?;
        sheet.line(before, &theme.ink.to_rgba(), 0.18)?;
        let mut labels = Labels::new(plot, sheet.ems(1.0));
        for (name, curve) in curves.iter().enumerate() {
            labels.avoid(name, [curve.as_slice()]);
        }
        first_order(sheet, scene, plot, x.px(SHOCK_AT as f64), &mut labels)?;
        halted.map_or(Ok(()), |halted| halted.name(sheet, &mut labels))?;
        names(sheet, &sums, &mut labels)?;
        total(sheet, &sums, plot)?;
        marked_second(sheet, scene, plot)?;
        marked_fall(sheet, scene, plot, y)?;
        cursor(sheet, scene, plot)?;
        if (first..last).contains(&scene.now) {
            sheet.dot((x.px(now as f64), y.px(percent(-crowd[now]))), 0.32, theme.ink)?;
        }
        Ok(())
    }

    fn axes(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        let plot = plot_above(sheet);
        frame(sheet, scene, plot, scene.simulator.rules().purchase())?;
        let start = time(scene, plot).px(SHOCK_AT as f64);
        first_order(sheet, scene, plot, start, &mut Labels::new(plot, sheet.ems(1.0)))?;
        Ok(true)
    }

    fn finding(&self, scene: &Scene) -> String {
        let sums = Sums::of(&Scene { now: scene.simulator.rules().seconds, ..*scene });
        let Some(institutions) = &sums.institutions else { return headline(scene.simulator) };
        let by = |change: f64| percent_words(change.abs());
        let (sum, crowd) = (dollars(sums.sold[0].abs()), by(sums.extreme));
        let (at_once, patient) = (by(institutions.at_once), by(institutions.patient));
        match (sums.up, institutions.same) {
            (false, true) => say!(
                "If the crowd is forced to sell {sum}, the price falls by {crowd}. If one giant sells the same in the same seconds, it falls just as far; if the giant is patient, by {patient}.",
                sum,
                crowd,
                patient
            ),
            (false, false) => say!(
                "If the crowd is forced to sell {sum}, the price falls by {crowd}. If one giant sells the same in the same seconds, it falls by {at_once}; if the giant is patient, by {patient}.",
                sum,
                crowd,
                at_once,
                patient
            ),
            (true, true) => say!(
                "If the crowd is forced to buy {sum}, the price rises by {crowd}. If one giant buys the same in the same seconds, it rises just as far; if the giant is patient, by {patient}.",
                sum,
                crowd,
                patient
            ),
            (true, false) => say!(
                "If the crowd is forced to buy {sum}, the price rises by {crowd}. If one giant buys the same in the same seconds, it rises by {at_once}; if the giant is patient, by {patient}.",
                sum,
                crowd,
                at_once,
                patient
            ),
        }
    }

    fn describe(&self, scene: &Scene) -> String {
        let sums = Sums::of(scene);
        let Some(institutions) = &sums.institutions else {
            return tr(
            "Line chart of the price. Nobody is forced to sell in this run, so one giant has nothing to sell in their place.",
        )
        .into();
        };
        let buys = sums.sold[0] < 0.0;
        let [all, so_far] = sums.sold.map(|sold| dollars(sold.abs()));
        if !sums.begun {
            return if buys {
                say!(
                    "Line chart of the price, before the first order. In this run the crowd's forced purchases will total {all}; one giant buys the same in the same seconds, and a patient one buys it evenly.",
                    all
                )
            } else {
                say!(
                    "Line chart of the price, before the first order. In this run the crowd's forced sales will total {all}; one giant sells the same in the same seconds, and a patient one sells it evenly.",
                    all
                )
            };
        }
        let giant = if institutions.same {
            tr("the very same path").into()
        } else {
            say!("a different path, {extreme}", extreme = sums.extreme(institutions.at_once))
        };
        let (when, crowd, patient) = (
            since_words(scene.now, scene.simulator.rules().purchase()),
            sums.extreme(sums.extreme),
            sums.extreme(institutions.patient),
        );
        if buys {
            say!(
                "Line chart of the price. Up to now, {when}, the crowd's forced purchases come to {so_far}, its price {crowd}; \
             one giant that buys the same in the same seconds takes {giant}. One that buys the {all} of the whole run \
             evenly to its end: {patient}.",
                when,
                so_far,
                crowd,
                giant,
                all,
                patient
            )
        } else {
            say!(
                "Line chart of the price. Up to now, {when}, the crowd's forced sales come to {so_far}, its price {crowd}; one \
             giant that sells the same in the same seconds takes {giant}. One that sells the {all} of the whole run evenly \
             to its end: {patient}.",
                when,
                so_far,
                crowd,
                giant,
                all,
                patient
            )
        }
    }
}

/// The plot, above the text at the foot.
fn plot_above(sheet: &Sheet) -> Bounds {
    let plot = plot(sheet, true);
    Bounds { bottom: plot.bottom - sheet.ems(FOOT), ..plot }
}

/// Draws the title and the marks of both axes. `up`: whether the price rises.
fn frame(sheet: &Sheet, scene: &Scene, plot: Bounds, up: bool) -> Result<(), DrawError> {
    let name = match (sheet.narrow(), up) {
        (true, false) => tr("Crowd and giant seller"),
        (true, true) => tr("Crowd and giant buyer"),
        (false, false) => tr("The crowd, and one giant that sells the same"),
        (false, true) => tr("The crowd, and one giant that buys the same"),
    };
    title(sheet, sheet.ems(0.2), name)?;
    value_marks(sheet, plot, &price_marks(scene, fall(scene, plot)))?;
    time_marks(sheet, scene, plot, true)
}

/// The start of the first order: a line, and its name where there is room.
fn first_order(sheet: &Sheet, scene: &Scene, plot: Bounds, start: i32, labels: &mut Labels) -> Result<(), DrawError> {
    let rules = scene.simulator.rules();
    if rules.shock == 0.0 {
        return Ok(());
    }
    sheet.rule((start, plot.top), (start, plot.bottom), &sheet.theme.quiet.to_rgba(), 0.09)?;
    let name = if rules.purchase() { tr("purchase") } else { tr("first sale") };
    let (left, half) = (start + sheet.ems(0.3), sheet.ems(0.6));
    labels.note(sheet, name, &[(left, plot.bottom - half), (left, plot.top + half)])
}

/// Names the curves, with the greatest fall of each so far.
fn names(sheet: &Sheet, sums: &Sums, labels: &mut Labels) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let line = sheet.ems(LINE);
    // From the longest texts to the shortest.
    let blocks = [
        (sums.crowd, tr("one giant, same seconds (pale band)")),
        (tr("the crowd"), tr("giant, same seconds")),
        (tr("crowd"), tr("giant, same seconds")),
        (tr("crowd"), tr("one giant")),
    ]
    .map(|(crowd, giant)| {
        let mut lines = vec![sums.named(crowd, sums.extreme)];
        if let Some(institutions) = &sums.institutions {
            lines.push(if institutions.same {
                say!("{name}: the same", name = giant)
            } else {
                sums.named(giant, institutions.at_once)
            });
        }
        lines
    });
    let places = blocks.each_ref().map(|lines| {
        let wide = lines.iter().enumerate().map(|(i, words)| sheet.width(words, i == 0)).max().unwrap_or(0);
        labels.beside(0, (wide, line * lines.len() as i32))
    });
    if let Some((block, place)) = labels.first(Some(0), Over::Lines, places) {
        for (i, words) in blocks[block].iter().enumerate() {
            let at = (place.right, place.top + line / 2 + line * i as i32);
            sheet.text(words, at, Anchor::Right, theme.ink, i == 0)?;
        }
    }
    if let Some(institutions) = &sums.institutions {
        let names =
            [tr("one giant, patient (dashed)"), tr("giant, patient (dashed)"), tr("patient giant"), tr("patient")]
                .map(|name| sums.named(name, institutions.patient));
        labels.name(sheet, 1, &names, (theme.ink, false))?;
    }
    Ok(())
}

/// The total that each of them sold, under the time axis.
fn total(sheet: &Sheet, sums: &Sums, plot: Bounds) -> Result<(), DrawError> {
    let buy = sums.sold[0] < 0.0;
    let (sum, share) = (dollars(sums.sold[0].abs()), percent_words(sums.share));
    let words = if sums.institutions.is_none() {
        let nobody = [
            tr("Nobody is forced to sell in this run, so a giant has nothing to sell in their place."),
            tr("Nobody is forced to sell in this run."),
            tr("Nobody is forced to sell."),
        ];
        nobody.map(String::from).into()
    } else if buy {
        vec![
            say!("The crowd is forced to buy {sum}, {share} of all holdings. Each giant buys the same.", sum, share),
            say!("Forced purchases: {sum}, {share} of all. Each giant buys as much.", sum, share),
            say!("forced purchases: {sum}, {share}", sum, share),
        ]
    } else {
        vec![
            say!("The crowd is forced to sell {sum}, {share} of all holdings. Each giant sells the same.", sum, share),
            say!("Forced sales: {sum}, {share} of all. Each giant sells as much.", sum, share),
            say!("forced sales: {sum}, {share}", sum, share),
        ]
    };
    let words = fitting(sheet, words, false, plot.right - sheet.ems(0.2));
    let y = sheet.size().1 - sheet.ems(0.8);
    sheet.words(&words, (plot.right, y), Anchor::Right, sheet.theme.quiet)
}

#[cfg(test)]
mod tests;
