//! The frame shared by views with a plot, so that their time axes and price axes line up.

use plotters::style::Color;

use super::pen::DrawError;
use super::scale::{LEFT, Linear, RIGHT};
use super::scene::Scene;
use super::sheet::{Anchor, Bounds, Point, Sheet};

/// The plot area of a sheet, with the same margins in all views. The page lays out the cursor slider by the same
/// numbers.
pub(super) fn plot(sheet: &Sheet, time_words: bool) -> Bounds {
    place(sheet.em, sheet.size(), time_words)
}

/// The plot area of a sheet of that size. `em` in units of the drawing.
pub(super) fn place(em: f64, (width, height): (i32, i32), time_words: bool) -> Bounds {
    let ems = |ems: f64| (em * ems).round() as i32;
    Bounds {
        left: ems(LEFT),
        right: width - ems(RIGHT),
        top: ems(2.1),
        bottom: height - ems(if time_words { 1.9 } else { 0.5 }),
    }
}

/// The time scale of a plot.
pub(super) fn time(scene: &Scene, plot: Bounds) -> Linear {
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    Linear::new((first as f64, last as f64), (plot.left, plot.right))
}

/// The second at a point of a sheet with a time axis; `None` outside the plot.
pub(super) fn second_at(em: f64, size: (i32, i32), scene: &Scene, (x, _): Point) -> Option<usize> {
    let plot = place(em, size, true);
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    let second = time(scene, plot).value(x).round();
    (plot.left..=plot.right).contains(&x).then_some((second as usize).clamp(first, last))
}

/// The price scale of a plot, in percent below the start price.
pub(super) fn fall(scene: &Scene, plot: Bounds) -> Linear {
    let (highest, deepest) = scene.price_ends();
    Linear::new((-highest, deepest), (plot.top, plot.bottom))
}

/// Draws vertical grid lines at the time marks, with labels below if there is room.
pub(super) fn time_marks(sheet: &Sheet, scene: &Scene, plot: Bounds, words: bool) -> Result<(), DrawError> {
    let time = time(scene, plot);
    let marks = scene.span.marks(scene.simulator.rules().seconds);
    for (second, _) in &marks {
        let x = time.px(*second as f64);
        sheet.rule((x, plot.top), (x, plot.bottom), &sheet.theme.grid.to_rgba(), 0.07)?;
    }
    if !words {
        return Ok(());
    }
    marks_below(sheet, plot, marks.into_iter().map(|(second, text)| (time.px(second as f64), text)))
}

/// Writes labels below a plot, from left to right, as many as fit beside each other within the sheet.
pub(super) fn marks_below(
    sheet: &Sheet,
    plot: Bounds,
    marks: impl IntoIterator<Item = (i32, String)>,
) -> Result<(), DrawError> {
    let mut free = i32::MIN;
    for (x, text) in marks {
        let Bounds { left, right, .. } = sheet.bounds(&text, false, (x, 0), Anchor::Top);
        if left > free && right <= sheet.size().0 {
            sheet.words(&text, (x, plot.bottom + sheet.ems(0.45)), Anchor::Top, sheet.theme.quiet)?;
            free = right + sheet.ems(0.4);
        }
    }
    Ok(())
}

/// Marks the second at which the reader points: a thin vertical line.
pub(super) fn marked_second(sheet: &Sheet, scene: &Scene, plot: Bounds) -> Result<(), DrawError> {
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    if let Some(second) = scene.mark.second.filter(|second| (first..=last).contains(second)) {
        let x = time(scene, plot).px(second as f64);
        sheet.dashed(&[(x, plot.top), (x, plot.bottom)], &sheet.theme.people.to_rgba(), 0.1)?;
    }
    Ok(())
}

/// The cursor: a vertical line at the current second.
pub(super) fn cursor(sheet: &Sheet, scene: &Scene, plot: Bounds) -> Result<(), DrawError> {
    let (first, last) = scene.span.seconds(scene.simulator.rules().seconds);
    if (first..last).contains(&scene.now) {
        let x = time(scene, plot).px(scene.now as f64);
        sheet.rule((x, plot.top), (x, plot.bottom), &sheet.theme.ink.mix(0.6), 0.1)?;
    }
    Ok(())
}

/// A title up to its last comma.
pub(super) fn shorter(text: &str) -> &str {
    let comma = text.char_indices().rfind(|(_, c)| matches!(c, ',' | '،' | '，'));
    comma.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// The title of a view, above the plot. If it does not fit, it ends at its last comma.
pub(super) fn title(sheet: &Sheet, left: i32, text: &str) -> Result<(), DrawError> {
    title_within(sheet, (left, sheet.size().0), text)
}

/// The same with something to its right.
pub(super) fn title_within(sheet: &Sheet, (left, right): (i32, i32), text: &str) -> Result<(), DrawError> {
    let fits = left + sheet.width(text, true) <= right;
    let said = if fits { text } else { shorter(text) };
    sheet.bold(said, (left, sheet.ems(0.95)), Anchor::Left, sheet.theme.ink)
}

/// Draws the start of the first order: a vertical line, and its name on the background colour so that no grid line
/// crosses it. Returns the place of the name.
pub(super) fn first_order(sheet: &Sheet, plot: Bounds, start: i32, name: &str) -> Result<Bounds, DrawError> {
    let theme = sheet.theme;
    sheet.rule((start, plot.top), (start, plot.bottom), &theme.quiet.to_rgba(), 0.09)?;
    let (left, right, bottom) = (start + sheet.ems(0.1), start + sheet.ems(4.7), plot.top + sheet.ems(1.1));
    let plate = Bounds { left, right, bottom, ..plot };
    sheet.bar(plate, &theme.paper.to_rgba())?;
    sheet.words(name, (start + sheet.ems(0.3), plot.top + sheet.ems(0.5)), Anchor::Left, theme.quiet)?;
    Ok(plate)
}
