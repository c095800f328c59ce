//! The greatest fall at every bot density, as the median and the range over many crowds, with the reader's guess of the
//! tipping point and the actual one.

use plotters::style::{Color, RGBColor};

use crate::chart::axes::{marks_between, percent_mark, value_marks};
use crate::chart::labels::beside_mark;
use crate::chart::scale::{LEFT, Linear, RIGHT};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::title;
use crate::chart::{DrawError, FINE, Pen, Theme};
use crate::describe::{change_words, percent_words};
use crate::language::tr;
use crate::model::{Tipping, TippingCrowds};
use crate::units::percent_of;
use crate::{plural, say};

/// The tipping curve, and the reader's guess.
#[derive(Clone, Copy, Debug)]
pub struct TippingScene<'a> {
    /// The runs of all crowds at all densities.
    pub crowds: &'a TippingCrowds,
    /// The bot density at which the reader expects the crash to begin, percent.
    pub guess: Option<f64>,
    /// Whether the whole curve is shown, or only its two ends.
    pub revealed: bool,
}

/// Rows of text above the plot, em from the upper edge; the reader's is next to the plot.
const ROWS: [f64; 3] = [2.3, 3.6, 4.9];

/// The quantiles between which the falls of nine crowds of ten lie.
const RANGE: (f64, f64) = (0.05, 0.95);

/// Upper edge of the plot, em.
const TOP: f64 = 5.8;

/// Draws the curve over the whole area, which is [`FINE`] times larger than its pixels. `em` is the text size in
/// pixels.
///
/// # Errors
/// The error of the backend.
pub fn draw(area: &dyn Pen, em: f64, theme: &Theme, scene: &TippingScene) -> Result<(), DrawError> {
    let sheet = Sheet::new(area, em, theme);
    sheet.clear()?;
    let (width, height) = sheet.size();
    let plot = Bounds {
        left: sheet.ems(LEFT),
        right: width - sheet.ems(RIGHT),
        top: sheet.ems(TOP),
        bottom: height - sheet.ems(1.9),
    };
    let Some(median) = scene.crowds.median() else { return Ok(()) };
    let range = [scene.crowds.falls(RANGE.0), scene.crowds.falls(RANGE.1)];
    let falls = &median.falls;
    let most = range[1].iter().copied().fold(0.0, f64::max);
    let deepest = [5.0, 10.0, 25.0, 50.0, 75.0, 100.0].into_iter().find(|end| most <= end * 0.97).unwrap_or(100.0);
    let x = Linear::new((0.0, 100.0), (plot.left, plot.right));
    let y = Linear::new((0.0, deepest), (plot.top, plot.bottom));
    let figure = Figure { sheet: &sheet, plot, x };

    let crowds = scene.crowds.done();
    let said = if sheet.narrow() {
        say!("Fall, median of {crowds} crowds", crowds)
    } else {
        say!("Greatest fall at each bot density, median of {crowds} crowds", crowds)
    };
    title(&sheet, sheet.ems(0.2), &said)?;
    let mut marks = marks_between((0.0, deepest), y);
    if (plot.bottom - plot.top) / 5 < sheet.ems(1.1) {
        marks.drain(1..5);
    }
    value_marks(&sheet, plot, &marks)?;
    figure.density_marks()?;
    let at = |percent: usize| (x.px(percent as f64), y.px(falls[percent]));
    if scene.revealed {
        let edge = |falls: &[f64]| -> Vec<Point> {
            falls.iter().enumerate().map(|(percent, fall)| (x.px(percent as f64), y.px(*fall))).collect()
        };
        let mut around = edge(&range[1]);
        around.extend(edge(&range[0]).into_iter().rev());
        sheet.fill(around, &theme.ink.mix(0.2))?;
        figure.truths(&median, &at)?;
        let corner = (plot.left + sheet.ems(0.6), plot.bottom - sheet.ems(0.9));
        sheet.words(tr("shaded: nine of ten crowds"), corner, Anchor::Left, theme.quiet)?;
    } else {
        sheet.bar(plot, &theme.quiet.mix(0.07))?;
    }
    let truths: Vec<i32> = figure.lines_of(&median).into_iter().flatten().filter(|_| scene.revealed).collect();
    figure.ends(falls, scene.guess.map(|guess| x.px(guess)), &truths, &at)?;
    if let Some(guess) = scene.guess {
        let share = percent_of(&whole(guess).to_string());
        let words = if sheet.narrow() {
            say!("you: {percent}", percent = share)
        } else {
            say!("your guess: {percent}", percent = share)
        };
        figure.line(x.px(guess), ROWS[2], &words, (theme.buyers, theme.buyers_words), true)?;
    } else if !scene.revealed {
        let middle = (x.px(50.0), i32::midpoint(plot.top, plot.bottom) - sheet.ems(0.5));
        sheet.bold(tr("where does it begin?"), middle, Anchor::Top, theme.buyers_words)?;
    }
    Ok(())
}

/// A sheet, the plot on it and the scale of densities.
struct Figure<'a, 'b> {
    sheet: &'a Sheet<'b>,
    plot: Bounds,
    x: Linear,
}

impl Figure<'_, '_> {
    fn density_marks(&self) -> Result<(), DrawError> {
        let Self { sheet, plot, x } = self;
        let (half, mut free) = (sheet.ems(1.4), i32::MIN);
        for percent in [0, 20, 40, 60, 80, 100] {
            let at = x.px(f64::from(percent));
            sheet.rule((at, plot.top), (at, plot.bottom), &sheet.theme.grid.to_rgba(), 0.07)?;
            // Keeps the last label within the sheet.
            let middle = at.min(sheet.size().0 - half);
            if middle - half > free {
                let words = (middle, plot.bottom + sheet.ems(0.45));
                sheet.words(&percent_mark(f64::from(percent)), words, Anchor::Top, sheet.theme.quiet)?;
                free = middle + half;
            }
        }
        Ok(())
    }

    /// Draws the curve, its steepest stretch, and the point where R passes 1.
    fn truths(&self, median: &Tipping, at: &impl Fn(usize) -> Point) -> Result<(), DrawError> {
        let Self { sheet, plot, .. } = self;
        let theme = sheet.theme;
        let (steepest, r_at) = (median.steepest(), median.r_at());
        let [steepest_line, r_line] = self.lines_of(median);
        if let Some(left) = r_line {
            let beyond = Bounds { left, ..*plot };
            sheet.bar(beyond, &theme.bots.mix(0.08))?;
        }
        sheet.line((0..median.falls.len()).map(at).collect(), &theme.ink.to_rgba(), 0.18)?;
        // The one farther to the left has the upper row, so that no line crosses the text of the other.
        let r_first = steepest.is_some_and(|from| r_at.is_some_and(|r_at| r_at <= from));
        let (r_row, other_row) = if r_first { (ROWS[0], ROWS[1]) } else { (ROWS[1], ROWS[0]) };
        if let (Some(r_at), Some(line)) = (r_at, r_line) {
            let share = percent_of(&r_at.to_string());
            let words = if sheet.narrow() {
                say!("R passes 1: {percent}", percent = share)
            } else {
                say!("R passes 1 at {percent}", percent = share)
            };
            self.line(line, r_row, &words, (theme.bots, theme.bots_words), false)?;
        }
        if let (Some(from), Some(line)) = (steepest, steepest_line) {
            let to = percent_of(&(from + 1).to_string());
            let words = if sheet.narrow() {
                say!("grows most: {from}–{to}", from, to)
            } else {
                say!("the fall grows most from {from} to {to}", from, to)
            };
            self.line(line, other_row, &words, (theme.ink, theme.ink), false)?;
            sheet.line(vec![at(from), at(from + 1)], &theme.ink.to_rgba(), 0.42)?;
        }
        Ok(())
    }

    /// Where the lines of the result cross the plot: in the middle of the steepest percent, and where R passes 1.
    fn lines_of(&self, median: &Tipping) -> [Option<i32>; 2] {
        let steepest = median.steepest().map(|from| from as f64 + 0.5);
        let r_at = median.r_at().map(|r_at| r_at as f64);
        [steepest, r_at].map(|percent| percent.map(|percent| self.x.px(percent)))
    }

    /// Draws the two ends that are known in advance: the market without bots, and the one with bots only. A label that a
    /// line of the result crosses is shortened.
    fn ends(
        &self,
        falls: &[f64],
        guess: Option<i32>,
        truths: &[i32],
        at: &impl Fn(usize) -> Point,
    ) -> Result<(), DrawError> {
        let Self { sheet, plot, .. } = self;
        for (percent, anchor) in [(0, Anchor::Left), (falls.len() - 1, Anchor::Right)] {
            let (x, y) = at(percent);
            let change = change_words(-falls[percent]);
            let aside = sheet.ems(0.6);
            let span = |words: &str| {
                let width = sheet.width(words, false);
                if anchor == Anchor::Left { x..=x + aside + width } else { x - aside - width..=x }
            };
            let words = match percent {
                _ if sheet.narrow() => change.clone(),
                0 => say!("no bots: {change}", change),
                _ => say!("bots only: {change}", change),
            };
            let short = truths.iter().any(|line| span(&words).contains(line));
            let words = if short { change } else { words };
            let from = if anchor == Anchor::Left { x + aside } else { x - aside };
            // The reader's line has priority, and a very narrow sheet has room for one label. The text below the
            // picture has both.
            let crossed = guess.iter().chain(truths).any(|line| span(&words).contains(line));
            if !crossed && (percent == 0 || plot.right - plot.left > 3 * sheet.width(&words, false)) {
                let below = (y + sheet.ems(1.0)).min(plot.bottom - sheet.ems(0.7));
                sheet.words(&words, (from, below), anchor, sheet.theme.ink)?;
            }
            sheet.dot((x, y), 0.28, sheet.theme.ink)?;
        }
        Ok(())
    }

    /// A vertical line down from its text, which stands on the side with more room.
    fn line(
        &self,
        x: i32,
        row: f64,
        words: &str,
        (colour, ink): (RGBColor, RGBColor),
        dashed: bool,
    ) -> Result<(), DrawError> {
        let Self { sheet, plot, .. } = self;
        let row = sheet.ems(row);
        if dashed {
            sheet.dashed(&[(x, row - sheet.ems(0.5)), (x, plot.bottom)], &colour.to_rgba(), 0.2)?;
        } else {
            sheet.rule((x, row - sheet.ems(0.5)), (x, plot.bottom), &colour.to_rgba(), 0.12)?;
        }
        beside_mark(sheet, words, (x, row), sheet.ems(0.35), ink)
    }
}

/// A percentage as an integer.
fn whole(percent: f64) -> i64 {
    percent.round() as i64
}

/// Describes the picture for readers who cannot see it. Empty before a crowd has been run.
#[must_use]
pub fn words(scene: &TippingScene) -> String {
    let Some(median) = scene.crowds.median() else { return String::new() };
    let falls = &median.falls;
    let ends = say!(
        "Line chart of the greatest fall at each bot density, the median of {crowds} crowds: from {without} without bots to {with} with nothing but bots.",
        crowds = scene.crowds.done(),
        without = percent_words(falls[0]),
        with = percent_words(falls[falls.len() - 1])
    );
    if scene.revealed {
        let between: Vec<_> = [10, 20, 30, 40, 50, 70]
            .map(|density: usize| {
                let share = percent_of(&density.to_string());
                say!("{fall} at {density}", fall = percent_words(falls[density]), density = share)
            })
            .into();
        let between = say!("Between them: {falls}.", falls = between.join(", "));
        format!("{ends} {between} {} {}", truth(scene.crowds, &median), range_words(scene.crowds, &median))
            .trim_end()
            .into()
    } else {
        let guess = scene.guess.map_or(String::new(), |guess| {
            format!(" {}", say!("Your guess is {percent}.", percent = percent_of(&whole(guess).to_string())))
        });
        format!("{ends} {}{guess}", tr("What lies between them is hidden until you decide."))
    }
}

/// The tipping point, in a sentence.
fn truth(crowds: &TippingCrowds, median: &Tipping) -> String {
    let share = |percent: usize| percent_of(&percent.to_string());
    let crowds = crowds.done();
    match (median.steepest(), median.r_at()) {
        (Some(from), Some(r)) => say!(
            "In the median of {crowds} crowds the fall grows most between {from} and {to}, and R passes 1 at {r}.",
            crowds,
            from,
            to = share(from + 1),
            r = share(r)
        ),
        (Some(from), None) => say!(
            "In the median of {crowds} crowds the fall grows most between {from} and {to}; R never reaches 1.",
            crowds,
            from,
            to = share(from + 1)
        ),
        (None, Some(r)) => say!(
            "In the median of {crowds} crowds more bots hardly change the fall; R passes 1 at {r}.",
            crowds,
            r = share(r)
        ),
        (None, None) => {
            say!("In the median of {crowds} crowds more bots hardly change the fall, and R never reaches 1.", crowds)
        }
    }
}

/// How far crowds differ where the median fall grows most, in a sentence; empty if it grows nowhere.
fn range_words(crowds: &TippingCrowds, median: &Tipping) -> String {
    let Some(from) = median.steepest() else { return String::new() };
    let fall = |share: f64| percent_words(crowds.falls(share)[from + 1]);
    say!(
        "At {density}, nine crowds of ten fall by {least} to {most}.",
        density = percent_of(&(from + 1).to_string()),
        least = fall(RANGE.0),
        most = fall(RANGE.1)
    )
}

/// The guess, the result, and the distance between them. Empty before a crowd has been run.
#[must_use]
pub fn verdict(crowds: &TippingCrowds, guess: Option<f64>) -> String {
    let Some(median) = crowds.median() else { return String::new() };
    let (truth, range) = (truth(crowds, &median), range_words(crowds, &median));
    let Some(guess) = guess.map(whole) else { return format!("{truth} {range}").trim_end().into() };
    let steepest = median.steepest().map(|from| (from as i64, from as i64 + 1));
    let r_at = median.r_at().map(|r| r as i64);
    let first = steepest.map(|(from, _)| from).into_iter().chain(r_at).min();
    let last = steepest.map(|(_, to)| to).into_iter().chain(r_at).max();
    let points =
        |points: i64| plural!("1 percentage point", "{number} percentage points", points as usize, number = points);
    let both = steepest.is_some() && r_at.is_some();
    let distance = match (first, last) {
        (Some(first), _) if guess < first && both => {
            say!("Your guess is at least {points} below both.", points = points(first - guess))
        }
        (Some(first), _) if guess < first => {
            say!("Your guess is {points} below that.", points = points(first - guess))
        }
        (_, Some(last)) if guess > last && both => {
            say!("Your guess is at least {points} above both.", points = points(guess - last))
        }
        (_, Some(last)) if guess > last => {
            say!("Your guess is {points} above that.", points = points(guess - last))
        }
        _ if steepest.is_some_and(|(from, to)| (from..=to).contains(&guess)) => {
            tr("Your guess is in that range.").into()
        }
        _ if r_at == Some(guess) => tr("Your guess is where R passes 1.").into(),
        (Some(_), Some(_)) => tr("Your guess lies between the two.").into(),
        _ => String::new(),
    };
    let said = say!("You said {percent}.", percent = percent_of(&guess.to_string()));
    [said, truth, distance, range].join(" ").replace("  ", " ").trim_end().into()
}

/// The bot density at a point of the sheet, percent; `None` outside the plot. Sizes, point and `em` in units of the
/// drawing, [`FINE`] to a pixel.
#[must_use]
pub fn spot(em: f64, (width, _): (i32, i32), (x, _): Point) -> Option<f64> {
    let (left, right) = ((em * LEFT).round() as i32, width - (em * RIGHT).round() as i32);
    let reach = (em.round() as i32).max(FINE);
    let inside = left < right && (left - reach..=right + reach).contains(&x);
    inside.then(|| Linear::new((0.0, 100.0), (left, right)).value(x).round().clamp(0.0, 100.0))
}

#[cfg(test)]
mod tests;
