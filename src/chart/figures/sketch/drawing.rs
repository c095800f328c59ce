//! A reader's line on its sheet, beside the known run and, at the end, the hidden one.

use plotters::style::Color;

use super::score::{seconds, verdict};
use super::{ANCHORS, LAST, Path, Sketch};
use crate::chart::axes::{marks_between, price_curve, value_marks};
use crate::chart::labels::{Labels, Over, Words};
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::{first_order, marks_below, plot, title};
use crate::chart::{DrawError, Pen, Span, Theme};
use crate::describe::change_words;
use crate::language::tr;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::duration;

/// Opacity of the known run.
const PALE: f64 = 0.45;

/// Draws the sketch over the whole area, which is [`FINE`](crate::chart::FINE) times larger than its pixels. `em` is
/// the text size in pixels.
///
/// # Errors
/// The error of the backend.
pub fn draw(area: &dyn Pen, em: f64, theme: &Theme, sketch: &Sketch, revealed: bool) -> Result<(), DrawError> {
    let sheet = Sheet::new(area, em, theme);
    sheet.clear()?;
    let plot = plot(&sheet, true);
    let (x, y) = sketch.scales(plot);
    let (first, last) = Span::Minutes2.seconds(sketch.known.price.len() - 1);
    let start = x.px(SHOCK_AT as f64);

    let short = sheet.size().0 < sheet.ems(18.0);
    title(&sheet, sheet.ems(0.2), if short { tr("Price") } else { tr("Price, change since the start") })?;
    value_marks(&sheet, plot, &marks_between(sketch.ends, y))?;
    time_marks(&sheet, sketch, plot, x)?;
    let plate = first_order(&sheet, plot, start, tr("first sale"))?;
    if !revealed {
        sheet.bar(Bounds { left: start, ..plot }, &theme.quiet.mix(0.07))?;
    }

    let curve = |path: &Path, from, to| price_curve(&path.price, from, to, x, y);
    let known = curve(&sketch.known, SHOCK_AT, last);
    let hidden = curve(&sketch.hidden, SHOCK_AT, last);
    let fall = |second: usize, fall: f64| (x.px((SHOCK_AT + second) as f64), y.px(fall));
    let line: Vec<Point> = sketch.line().into_iter().enumerate().map(|(second, at)| fall(second, at)).collect();
    sheet.line(known.clone(), &theme.ink.mix(PALE), 0.13)?;
    if revealed {
        if line.len() > 1 {
            let back = (0..line.len()).rev().map(|second| fall(second, sketch.hidden.fall(second)));
            sheet.fill(line.iter().copied().chain(back).collect(), &theme.buyers.mix(0.16))?;
        }
        sheet.line(hidden.clone(), &theme.ink.to_rgba(), 0.18)?;
    }
    sheet.line(curve(&sketch.known, first, SHOCK_AT), &theme.ink.to_rgba(), 0.18)?;
    let end = line.last().copied().unwrap_or((start, y.px(0.0)));
    if line.len() > 1 {
        sheet.dashed(&line, &theme.buyers.to_rgba(), 0.24)?;
    }
    if !revealed {
        // The pen: the point at which the line continues.
        sheet.dot(end, 0.42, theme.buyers)?;
        sheet.dot(end, 0.2, theme.paper)?;
    }
    let frame = Bounds { left: start + sheet.ems(0.2), right: plot.right - sheet.ems(0.2), ..plot };
    let mut labels = Labels::new(frame, sheet.ems(1.0));
    labels.take(plate);
    labels.avoid(0, [known.as_slice(), line.as_slice()]);
    if revealed {
        labels.avoid(0, [hidden.as_slice()]);
    }
    label(&sheet, sketch, revealed, (&known, &hidden, &line), (frame, labels))
}

/// Labels the curves, each with its lowest price.
fn label(
    sheet: &Sheet,
    sketch: &Sketch,
    revealed: bool,
    (known, hidden, line): (&[Point], &[Point], &[Point]),
    (frame, mut labels): (Bounds, Labels),
) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let named = |name: &str, fall: f64| say!("{name}: {value}", name, value = change_words(-fall));
    // A very narrow sheet has room for a number only.
    let short = frame.right - frame.left < sheet.ems(15.0);
    let of = |path: &Path| {
        let latency = duration(path.latency);
        if short { latency } else { say!("bots of {time}", time = latency) }
    };
    let bots = |path: &Path| named(&of(path), path.low().1);
    // Beside the lowest point, or at the end.
    let places = |curve: &[Point]| -> Vec<Point> {
        let low = curve.iter().copied().reduce(|low, here| if here.1 > low.1 { here } else { low });
        low.into_iter().chain(curve.last().copied()).collect()
    };
    let mut name = |text: &str, near: &[Point], colour, bold| {
        let words = Words { text, colour, bold, plate: false, over: Over::Anything };
        labels.write(sheet, None, &words, &around(sheet, frame, near, sheet.width(text, bold))).map(drop)
    };
    name(&bots(&sketch.known), &places(known), theme.quiet, false)?;
    if revealed {
        name(&bots(&sketch.hidden), &places(hidden), theme.ink, true)?;
    }
    if line.len() > 1 {
        let low = sketch.line().into_iter().fold(f64::NEG_INFINITY, f64::max);
        let words = named(
            if short {
                tr("you")
            } else if revealed {
                tr("you drew")
            } else {
                tr("your line")
            },
            low,
        );
        name(&words, &places(line), theme.buyers_words, true)?;
    } else if !revealed {
        let words = say!("draw here: {what}", what = of(&sketch.hidden));
        let quarter = (frame.left + (frame.right - frame.left) / 4, frame.top + (frame.bottom - frame.top) / 4);
        name(&words, &[quarter], theme.buyers_words, true)?;
    }
    Ok(())
}

/// Places for a label of this width around points, the best first: below and above a point, then beside it.
fn around(sheet: &Sheet, frame: Bounds, points: &[Point], width: i32) -> Vec<(Point, Anchor)> {
    let (near, aside) = (sheet.ems(0.3), sheet.ems(0.6));
    let steps = [1.1, -1.1, 2.3, -2.3, 3.6, -3.6].map(|ems| sheet.ems(ems));
    let around = steps.into_iter().flat_map(|down| [near, -width / 2, -width].map(|across| (across, down)));
    let around: Vec<Point> = around.chain([(aside, 0), (-width - aside, 0)]).collect();
    let within = |x: i32| x.min(frame.right - width).max(frame.left);
    let places = points.iter().flat_map(|(x, y)| around.iter().map(move |(across, down)| (x + across, y + down)));
    places.map(|(x, y)| ((within(x), y), Anchor::Left)).collect()
}

fn time_marks(sheet: &Sheet, sketch: &Sketch, plot: Bounds, x: Linear) -> Result<(), DrawError> {
    let marks = Span::Minutes2.marks(sketch.known.price.len() - 1);
    let marks: Vec<_> = marks.into_iter().map(|(second, words)| (x.px(second as f64), words)).collect();
    for (at, _) in &marks {
        sheet.rule((*at, plot.top), (*at, plot.bottom), &sheet.theme.grid.to_rgba(), 0.07)?;
    }
    marks_below(sheet, plot, marks)
}

/// Describes the picture for readers who cannot see it.
#[must_use]
pub fn words(sketch: &Sketch, revealed: bool) -> String {
    let bots = |path: &Path| duration(path.latency);
    let (at, fall) = sketch.known.low();
    let known = say!(
        "Line chart of the price in the {last} seconds after the first sale begins. With bots of {bots} it falls to \
         {change}, after {time}.",
        last = LAST,
        bots = bots(&sketch.known),
        change = change_words(-fall),
        time = seconds(at)
    );
    if revealed {
        return format!("{known} {}", verdict(sketch));
    }
    let hidden = say!("What it does with bots of {bots} is hidden until you decide.", bots = bots(&sketch.hidden));
    let points = (0..ANCHORS.len()).filter_map(|i| Some((ANCHORS[i], sketch.anchor(i)?)));
    let points: Vec<_> = points
        .map(|(second, change)| say!("{change} after {time}", change = change_words(change), time = seconds(second)))
        .collect();
    if points.is_empty() {
        format!("{known} {hidden}")
    } else {
        format!("{known} {hidden} {}", say!("Your line: {points}.", points = points.join(", ")))
    }
}
