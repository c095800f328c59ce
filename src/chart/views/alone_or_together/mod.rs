//! One account's loss with and without its rule, alone and together with all others. The worst moment comes first,
//! because the rule exists for it. By the end of the run an account without a rule may have recovered, but only if its
//! lender waited while it could not pay.

use plotters::style::Color;

use crate::chart::labels::{fitting, sentence};
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::time_axis::title;
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene};
use crate::language::tr;
use crate::model::studies::counterfactual::{AloneOrTogether, Loss};
use crate::say;
use crate::units::{digits, figure, percent_of, thousands};

/// Losses this close, in percentage points, count as equal: the text rounds to whole percents.
const SAME: f64 = 0.5;

/// Heights in a group, em: the heading, the verdict, and a row.
const HEADING: f64 = 1.5;
const VERDICT: f64 = 1.3;
const ROW: f64 = 2.2;

/// The view `together` of the table.
pub(super) struct Together;

impl Drawing for Together {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let size = sheet.size();
        let plot = Bounds {
            left: sheet.ems(if sheet.narrow() { 5.2 } else { 8.0 }),
            right: size.0 - sheet.ems(2.4),
            top: sheet.ems(1.9),
            bottom: size.1 - sheet.ems(3.2),
        };
        let Some(found) = scene.extras.together(scene.simulator) else {
            title(sheet, sheet.ems(0.2), tr("One account's loss"))?;
            return sentence(sheet, &why_no_account(scene));
        };
        let names = vec![
            say!(
                "What one account with {leverage}x leverage loses, % of its equity",
                leverage = digits(found.leverage, 1)
            ),
            tr("What one account loses, % of its equity").into(),
            tr("One account's loss, % of equity").into(),
            tr("One account's loss, %").into(),
        ];
        title(sheet, sheet.ems(0.2), &fitting(sheet, names, true, size.0 - sheet.ems(0.4)))?;
        let x = Scale::of(found, plot);
        marks(sheet, plot, x)?;

        // All heights in em, compressed if the sheet is too low. The verdict stands beside the heading, below it, or
        // not at all.
        let height = f64::from((plot.bottom - plot.top).max(0)) / sheet.em / 2.0;
        let below = sheet.narrow() && height >= HEADING + VERDICT + 2.0 * 0.9 * ROW;
        let head = HEADING + if below { VERDICT } else { 0.0 };
        let em = (height / (head + 2.0 * ROW)).min(1.5);
        let top = |group: f64| f64::from(plot.top) / sheet.em + group * (height + 0.3 * (1.5 - em).max(0.0));
        let heads = [tr("If nobody else has a rule"), tr("If all have one")].into_iter().zip(verdicts(found));
        for (group, ((heading, verdict), pair)) in heads.zip([&found.alone, &found.together]).enumerate() {
            let top = top(group as f64);
            let line = |ems: f64| sheet.ems(top + em * ems);
            let left = sheet.ems(0.2);
            sheet.plate(heading, (left, line(0.5 * HEADING)), Anchor::Left, sheet.theme.ink, true)?;
            if below {
                sheet.plate(verdict, (left, line(HEADING + 0.4 * VERDICT)), Anchor::Left, sheet.theme.quiet, false)?;
            } else if !sheet.narrow() {
                let left = left + sheet.width(heading, true) + sheet.ems(0.6);
                sheet.plate(verdict, (left, line(0.5 * HEADING)), Anchor::Left, sheet.theme.quiet, false)?;
            }
            for (row, (loss, with)) in [(&pair.with_rule, true), (&pair.without_rule, false)].into_iter().enumerate() {
                let top = head + ROW * row as f64;
                losses(sheet, plot, x, [line(top + 0.25 * ROW), line(top + 0.72 * ROW)], loss, with)?;
            }
        }
        Ok(())
    }

    fn finding(&self, scene: &Scene) -> String {
        let Some(found) = scene.extras.together(scene.simulator) else { return why_no_account(scene) };
        let [alone, together] = [&found.alone, &found.together].map(|pair| {
            let [with, without] = [&pair.with_rule, &pair.without_rule].map(|loss| whole(loss.at_worst));
            if with == without {
                say!("{with} with its rule or without", with)
            } else {
                say!("{with} with its rule and {without} without", with, without)
            }
        });
        say!(
            "If nobody else has a rule, this account is down {alone} at its worst moment. If all have one, it is down \
         {together}.",
            alone,
            together
        )
    }

    fn describe(&self, scene: &Scene) -> String {
        let Some(found) = scene.extras.together(scene.simulator) else { return why_no_account(scene) };
        let loss = |loss: &Loss| {
            let (worst, end) = (whole(loss.at_worst), whole(loss.at_end));
            if loss.at_end < -SAME {
                say!("{worst} (a gain of {end} at the end)", worst, end)
            } else {
                say!("{worst} ({end} at the end)", worst, end)
            }
        };
        say!(
            "Dot chart of what one account with {leverage}x leverage loses of its equity in the whole run, at its worst \
         moment. If nobody else has a rule: {alone} with its rule, {alone_without} without; if all have one: \
         {together} with it, {together_without} without.",
            leverage = digits(found.leverage, 1),
            alone = loss(&found.alone.with_rule),
            alone_without = loss(&found.alone.without_rule),
            together = loss(&found.together.with_rule),
            together_without = loss(&found.together.without_rule)
        )
    }
}

/// The verdict while only this account has a rule, and while all accounts have one.
fn verdicts(found: &AloneOrTogether) -> [&'static str; 2] {
    let (with, without) = (found.alone.with_rule, found.alone.without_rule);
    let alone = if with == without {
        tr("its limit is never reached")
    } else if with.at_worst < without.at_worst - SAME {
        tr("its rule caps the loss")
    } else {
        tr("its rule sells at the worst moment")
    };
    let together = match found.together.with_rule.at_worst {
        worst if (worst - with.at_worst).abs() <= SAME => tr("the same rule, the same loss"),
        worst if worst < with.at_worst => tr("the rules of others help it"),
        worst if worst >= 100.0 - SAME && with.at_worst < 100.0 - SAME => tr("the same rule costs everything"),
        _ => tr("the same rule costs more"),
    };
    [alone, together]
}

/// A percent scale with a limited range, so that its marks stay apart. Losses beyond it are drawn at its end, with an
/// arrow.
#[derive(Clone, Copy)]
struct Scale {
    pixels: Linear,
    ends: (f64, f64),
}

impl Scale {
    fn of(found: &AloneOrTogether, plot: Bounds) -> Self {
        let pairs = [found.alone, found.together];
        let all = pairs.iter().flat_map(|pair| [pair.with_rule, pair.without_rule]);
        let (least, most) = all.fold((0.0_f64, 0.0_f64), |(least, most), loss| {
            (least.min(loss.at_end), most.max(loss.at_worst).max(loss.at_end))
        });
        let last = [125.0, 150.0, 200.0, 300.0].into_iter().find(|end| most <= *end).unwrap_or(300.0);
        let first = [0.0, -25.0, -50.0, -100.0].into_iter().find(|end| least >= *end).unwrap_or(-100.0);
        Self { pixels: Linear::new((first, last), (plot.left, plot.right)), ends: (first, last) }
    }

    /// The pixel of a loss, at most the end of the scale.
    fn px(&self, percent: f64) -> i32 {
        self.pixels.px(percent.clamp(self.ends.0, self.ends.1))
    }
}

/// Vertical lines at round percents; the one at a loss of all equity is bold and labelled.
fn marks(sheet: &Sheet, plot: Bounds, x: Scale) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let (first, last) = x.ends;
    let step = if x.px(50.0) - x.px(0.0) < sheet.ems(3.6) { 100.0 } else { 50.0 };
    let words = |percent: f64| match percent {
        0.0 => "0".into(),
        _ if percent < 0.0 => say!("gain {percent}", percent = percent_of(&figure(-percent))),
        _ => percent_of(&figure(percent)),
    };
    for i in (first / step).ceil() as i32..=(last / step).floor() as i32 {
        let percent = f64::from(i) * step;
        let at = x.px(percent);
        let (colour, width) = if percent == 100.0 { (theme.ink, 0.16) } else { (theme.grid, 0.07) };
        sheet.rule((at, plot.top), (at, plot.bottom), &colour.to_rgba(), width)?;
        sheet.words(&words(percent), (at, plot.bottom + sheet.ems(0.35)), Anchor::Top, theme.quiet)?;
    }
    let name = tr("all its equity");
    let half = sheet.width(name, false) / 2;
    let at = x.px(100.0).min(sheet.size().0 - half);
    sheet.words(name, (at, plot.bottom + sheet.ems(1.55)), Anchor::Top, theme.ink)
}

/// One row: a dot at the worst moment, a tick at the end of the run, and both numbers above.
fn losses(
    sheet: &Sheet,
    plot: Bounds,
    x: Scale,
    [above, y]: [i32; 2],
    loss: &Loss,
    with: bool,
) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let name = match (with, sheet.narrow()) {
        (true, true) => tr("with rule"),
        (true, false) => tr("with its rule"),
        (false, true) => tr("without"),
        (false, false) => tr("without it"),
    };
    let colour = if with { theme.bots_words } else { theme.ink };
    sheet.words(name, (plot.left - sheet.ems(0.7), y), Anchor::Right, colour)?;
    let [worst, end] = [loss.at_worst, loss.at_end].map(|percent| x.px(percent));
    for (text, left, bold) in numbers(sheet, x, loss) {
        sheet.plate(&text, (left, above), Anchor::Left, colour, bold)?;
    }
    sheet.line(vec![(end, y), (worst, y)], &theme.bots.to_rgba(), if with { 0.22 } else { 0.1 })?;
    let half = sheet.ems(0.4);
    sheet.rule((end, y - half), (end, y + half), &theme.bots.to_rgba(), 0.18)?;
    sheet.dot((worst, y), 0.42, theme.bots)?;
    if with { Ok(()) } else { sheet.dot((worst, y), 0.27, theme.paper) }
}

/// The texts of a row, their left ends, and whether they are bold. Each stands as near to its mark as the other allows,
/// in the longest form that fits.
fn numbers(sheet: &Sheet, x: Scale, loss: &Loss) -> Vec<(String, i32, bool)> {
    let [worst, end] = [loss.at_worst, loss.at_end].map(|percent| x.px(percent));
    let [at_worst, at_end] = [loss.at_worst, loss.at_end].map(|percent| {
        let size = whole(percent);
        if percent < -SAME { say!("gain {percent}", percent = size) } else { size }
    });
    let [beyond, end_beyond] = [loss.at_worst, loss.at_end].map(|loss| if loss > x.ends.1 { " →" } else { "" });
    let (near, apart, edge) = (sheet.ems(1.1), sheet.ems(0.9), sheet.size().0);
    let mut alone = vec![
        say!("{worst} at worst, {end} at the end{arrow}", worst = at_worst, end = at_end, arrow = beyond),
        say!("{worst}, end {end}{arrow}", worst = at_worst, end = at_end, arrow = beyond),
        format!("{at_worst}{beyond}"),
    ];
    if (loss.at_worst - loss.at_end).abs() < SAME {
        alone = vec![
            say!("{worst} at worst and at the end{arrow}", worst = at_worst, arrow = beyond),
            say!("{worst}, to the end{arrow}", worst = at_worst, arrow = beyond),
            format!("{at_worst}{beyond}"),
        ];
    } else {
        for (more, end_more) in [(true, true), (false, true), (true, false), (false, false)] {
            let texts = [
                if more {
                    say!("{percent} at worst{arrow}", percent = at_worst, arrow = beyond)
                } else {
                    format!("{at_worst}{beyond}")
                },
                if end_more {
                    say!("{percent} at the end{arrow}", percent = at_end, arrow = end_beyond)
                } else {
                    format!("{at_end}{end_beyond}")
                },
            ];
            let wide = [sheet.width(&texts[0], true), sheet.width(&texts[1], false)];
            let from = (worst - near).max(i32::midpoint(worst, end) + apart / 2).min(edge - wide[0]);
            let end_from = (end - near).min(from - apart - wide[1]);
            if end_from >= apart / 2 && end_from + wide[1] >= end - apart {
                let [text, end_text] = texts;
                return vec![(text, from, true), (end_text, end_from, false)];
            }
        }
    }
    let text = fitting(sheet, alone, true, edge - sheet.ems(5.2));
    let from = (worst - near).min(edge - sheet.width(&text, true));
    vec![(text, from, true)]
}

/// The reason why there is no account to compare.
fn why_no_account(scene: &Scene) -> String {
    let rules = scene.simulator.rules();
    let why = if rules.bots <= 0.0 {
        tr("there are no bots in this crowd")
    } else if rules.vol_bots >= 1.0 {
        tr("all bots of this crowd watch volatility")
    } else if scene.simulator.summary().params.mean_leverage() <= 1.0 {
        tr("nobody in this crowd has debt")
    } else {
        tr("no bot has a margin limit")
    };
    say!("Nothing to compare: {why}. This figure needs an account that sells at a margin limit.", why)
}

fn whole(percent: f64) -> String {
    percent_of(&thousands(percent.abs().round()))
}

#[cfg(test)]
mod tests;
