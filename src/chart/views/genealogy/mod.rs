//! Who set off whom: the forced sales as a tree that grows from the first sale. Generations are columns from left to
//! right, and each mark stands at the price of its limit, so that the tree grows downwards as the price falls.

mod highlight;
mod layout;
mod lines;
mod marks;
mod words;

use plotters::style::{Color, RGBColor};

use crate::chart::axes::{marked_fall, marks_between, value_marks};
use crate::chart::derived::Extras;
use crate::chart::derived::family_tree::{Cause, FamilyTree};
use crate::chart::labels::{fitting, sentence};
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::text_width::wrapped;
use crate::chart::time_axis::title;
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene, Spot};
use crate::describe::{change_words, headline};
use crate::language::tr;
use crate::model::counterfactual::extreme;
use crate::model::rules::SHOCK_AT;
use crate::units::{dollars, thousands};
use crate::{say, words};
use highlight::Highlight;
use layout::{Frame, fall_at};
use marks::{Role, Strokes};

/// Shown instead of a tree that would take too much memory.
const TOO_MANY: &str = words!(
    "There are too many accounts, with too many sales each, to trace every sale. With fewer accounts their tree is \
     shown here; everything else is computed with all of them."
);

/// The view `genealogy` of the table.
pub(super) struct FamilyTreeView;

impl Drawing for FamilyTreeView {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let names = [tr("Who set off whom, generation by generation"), tr("Who set off whom")].map(String::from);
        title(sheet, sheet.ems(0.2), &fitting(sheet, names.to_vec(), true, sheet.size().0 - sheet.ems(0.4)))?;
        if !Extras::can_follow(scene.simulator) {
            return sentence(sheet, tr(TOO_MANY));
        }
        let tree = scene.extras.family_tree(scene.simulator);
        let Some(frame) = Frame::new(sheet.em, sheet.size(), scene, tree) else { return Ok(()) };
        let highlight = Highlight::new(scene, tree);
        axes(sheet, scene, tree, &frame)?;
        roots(sheet, scene, tree, &frame)?;
        let strokes = Strokes::new(sheet, scene, tree, &frame, highlight.as_ref());
        match &highlight {
            None => strokes.draw(Role::Plain)?,
            Some(highlight) => {
                strokes.draw(Role::Other)?;
                highlight.ancestry(sheet, scene, tree, &frame)?;
                strokes.draw(Role::Descendant)?;
                highlight.chain(sheet, scene, tree, &frame)?;
                strokes.draw(Role::Ancestor)?;
                highlight.ring(sheet, &frame)?;
            }
        }
        now(sheet, scene, &frame)?;
        marked_fall(sheet, scene, frame.plot, frame.y)?;
        key(sheet, scene, tree, &frame)?;
        caption(sheet, scene, tree, &frame, highlight.as_ref())
    }

    fn finding(&self, scene: &Scene) -> String {
        if !Extras::can_follow(scene.simulator) {
            return headline(scene.simulator);
        }
        words::finding(scene)
    }

    fn describe(&self, scene: &Scene) -> String {
        if !Extras::can_follow(scene.simulator) {
            return tr(TOO_MANY).into();
        }
        words::describe(scene)
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, (x, y): Point) -> Option<Spot> {
        if !Extras::can_follow(scene.simulator) {
            return None;
        }
        let tree = scene.extras.family_tree(scene.simulator);
        let frame = Frame::new(em, size, scene, tree)?;
        let sales = &scene.extras.with_sales(scene.simulator).ledger.sales;
        let account = |nth: usize| sales[tree.marks[nth].sale as usize].account;
        // A mark that has later sales only does not lead back to itself.
        let leads = |nth: usize| tree.sale_of(account(nth)) == Some(tree.marks[nth].sale);
        let seen = |nth: &usize| tree.marks[*nth].second as usize <= scene.now && leads(*nth);
        let away = |nth: &usize| {
            let at = frame.places[*nth];
            i64::from(at.0 - x).pow(2) + i64::from(at.1 - y).pow(2)
        };
        let reach = 1.5 * em;
        let near = |nth: &usize| away(nth) as f64 <= reach * reach;
        if let Some(nearest) = (0..tree.marks.len()).filter(seen).min_by_key(away).filter(near) {
            return Some(Spot::Account(account(nearest)));
        }
        let inside = x <= frame.plot.right && (frame.plot.top..=frame.plot.bottom).contains(&y);
        inside.then(|| Spot::Fall(frame.y.value(y)))
    }
}

/// Why the highlighted account sells in this run, and what its sale sets off; empty without such an account.
#[must_use]
pub fn traced(scene: &Scene) -> String {
    if !Extras::can_follow(scene.simulator) {
        return String::new();
    }
    let tree = scene.extras.family_tree(scene.simulator);
    let scene = Scene { now: scene.simulator.rules().seconds, ..*scene };
    match Highlight::new(&scene, tree) {
        Some(highlight) => words::of_sale(&scene, tree, highlight.sale),
        None => words::of_nobody(&scene, tree).unwrap_or_default(),
    }
}

/// The price axis, and under each column its generation and the dollars decided so far.
fn axes(sheet: &Sheet, scene: &Scene, tree: &FamilyTree, frame: &Frame) -> Result<(), DrawError> {
    let (theme, plot) = (sheet.theme, frame.plot);
    value_marks(sheet, plot, &marks_between(frame.ends, frame.y))?;
    sheet.rule((plot.left, plot.bottom), (plot.right, plot.bottom), &theme.quiet.to_rgba(), 0.09)?;
    let amount = |column| {
        let sum = tree.sum(column, scene.now as u32);
        if sum > 0.0 { dollars(two_digits(sum)) } else { String::new() }
    };
    column_labels(sheet, tree, frame, 0, theme.ink, |column| tree.name(column))?;
    column_labels(sheet, tree, frame, 1, theme.quiet, amount)
}

/// A line of texts under the columns: under each or, where that is too narrow, under every second, third and so on.
fn column_labels(
    sheet: &Sheet,
    tree: &FamilyTree,
    frame: &Frame,
    line: usize,
    colour: RGBColor,
    text: impl Fn(u32) -> String,
) -> Result<(), DrawError> {
    let y = frame.plot.bottom + sheet.ems(0.4 + 1.25 * line as f64);
    let texts: Vec<_> = (1..=tree.columns).map(|column| ((frame.x(column), y), text(column))).collect();
    let overlap = |(one, next): (&(Point, String), &(Point, String))| {
        let [one, next] = [one, next].map(|(at, text)| sheet.bounds(text, false, *at, Anchor::Top));
        one.right + sheet.ems(0.3) > next.left
    };
    let spaced = |step: usize| texts.iter().step_by(step);
    let fits = |step: &usize| !spaced(*step).zip(spaced(*step).skip(1)).any(overlap);
    let step = (1..=texts.len()).find(fits).unwrap_or(texts.len().max(1));
    for (at, text) in spaced(step).filter(|(at, text)| at.0 + sheet.width(text, false) / 2 <= sheet.size().0) {
        sheet.words(text, *at, Anchor::Top, colour)?;
    }
    Ok(())
}

/// The roots: the first order as a bar along the prices at which it traded, and the noise and the funds as lines.
fn roots(sheet: &Sheet, scene: &Scene, tree: &FamilyTree, frame: &Frame) -> Result<(), DrawError> {
    let (theme, plot) = (sheet.theme, frame.plot);
    let rules = scene.simulator.rules();
    for (line, (cause, name)) in [(Cause::Noise, tr("noise")), (Cause::Funds, tr("funds"))].into_iter().enumerate() {
        if tree.marks.iter().any(|mark| mark.cause == cause && mark.second as usize <= scene.now) {
            let x = frame.root(cause);
            sheet.dashed(&[(x, plot.top), (x, plot.bottom)], &theme.quiet.to_rgba(), 0.12)?;
            let y = plot.bottom + sheet.ems(1.0 + 1.25 * line as f64);
            sheet.words(name, (frame.left() - sheet.ems(0.6), y), Anchor::Right, theme.quiet)?;
        }
    }
    let sold: u64 = scene.simulator.run().series.shock_sold[..=scene.now].iter().sum();
    if sold == 0 {
        return Ok(());
    }
    let x = frame.root(Cause::First);
    let half = sheet.ems(0.22);
    let (mut top, mut bottom) = (frame.at_second(scene, SHOCK_AT as u32), frame.at_second(scene, SHOCK_AT as u32));
    for second in (SHOCK_AT..=scene.now).filter(|second| scene.simulator.run().series.shock_sold[*second] > 0) {
        let y = frame.at_second(scene, second as u32);
        (top, bottom) = (top.min(y), bottom.max(y));
    }
    sheet.bar(Bounds { left: x - half, right: x + half, top, bottom }, &theme.ink.to_rgba())?;
    let name = if rules.purchase() { tr("first purchase") } else { tr("first sale") };
    let amount = dollars(sold as f64 * rules.lot);
    let y = if rules.purchase() { bottom + sheet.ems(0.8) } else { top - sheet.ems(0.8) };
    sheet.bold(name, (x - half, y), Anchor::Left, theme.ink)?;
    sheet.words(&amount, (x - half + sheet.width(name, true) + sheet.ems(0.4), y), Anchor::Left, theme.ink)
}

/// The current price, as a line across the tree.
fn now(sheet: &Sheet, scene: &Scene, frame: &Frame) -> Result<(), DrawError> {
    let (theme, plot) = (sheet.theme, frame.plot);
    let fall = fall_now(scene);
    let y = frame.y.px(fall);
    if !(plot.top..=plot.bottom).contains(&y) {
        return Ok(());
    }
    sheet.rule((plot.left, y), (plot.right, y), &theme.ink.mix(0.6), 0.1)?;
    let words = say!("price now {change}", change = change_words(-fall));
    let (below, left) = (sheet.ems(0.75), frame.left());
    // Away from the marks: on the side that the price has not reached yet, or at the last generations, which are farther
    // from the start.
    let (at, anchor) = match (
        fall >= 0.0,
        fall.abs() < 0.6 * frame.ends.0.max(frame.ends.1)
            && scene.now > extreme(scene.simulator.rules(), scene.simulator.run()).0,
    ) {
        (true, true) => ((plot.right - sheet.ems(0.2), y - below), Anchor::Right),
        (false, true) => ((plot.right - sheet.ems(0.2), y + below), Anchor::Right),
        (true, false) => ((left, y + below), Anchor::Left),
        (false, false) => ((left, y - below), Anchor::Left),
    };
    sheet.plate(&words, at, anchor, theme.ink, false)
}

/// The number of accounts that a mark stands for, and the marks of bots and of people.
fn key(sheet: &Sheet, scene: &Scene, tree: &FamilyTree, frame: &Frame) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let rules = scene.simulator.rules();
    let number = thousands(tree.per as f64);
    // A bot with a volatility limit sells in parts.
    let whole = rules.margin_sales.len() == 1 && (rules.vol_bots == 0.0 || rules.vol_sales.len() == 1);
    let scale = match (whole, sheet.narrow()) {
        (true, true) => say!("1 mark = {accounts}", accounts = number),
        (true, false) => say!("one mark for {accounts} accounts", accounts = number),
        (false, _) => say!("one mark for {sales} sales", sales = number),
    };
    let mut x = sheet.size().0 - sheet.ems(0.5);
    let y = sheet.ems(2.3);
    for (bots, name, colour) in [(false, tr("people"), theme.people_words), (true, tr("bots"), theme.bots_words)] {
        if tree.marks.iter().any(|mark| mark.bots == bots) {
            sheet.words(name, (x, y), Anchor::Right, colour)?;
            x -= sheet.width(name, false) + sheet.ems(0.5);
            marks::sample(sheet, (x, y), bots)?;
            x -= sheet.ems(0.9);
        }
    }
    if tree.per > 1 && x - sheet.width(&scale, false) > frame.plot.left - sheet.ems(3.0) {
        sheet.words(&scale, (x, y), Anchor::Right, theme.quiet)?;
    }
    Ok(())
}

/// One or two sentences under the tree: about the highlighted sale, or about all of them.
fn caption(
    sheet: &Sheet,
    scene: &Scene,
    tree: &FamilyTree,
    frame: &Frame,
    highlight: Option<&Highlight>,
) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let marked = match highlight {
        Some(highlight) => Some(words::of_sale(scene, tree, highlight.sale)),
        None => words::of_nobody(scene, tree),
    };
    let colour = if marked.is_some() { theme.people_words } else { theme.quiet };
    let text = marked.unwrap_or_else(|| words::so_far(scene, tree));
    let mut y = frame.caption;
    for line in wrapped(&text, false, f64::from(sheet.size().0) / sheet.em - 0.8) {
        sheet.words(&line, (sheet.ems(0.2), y), Anchor::Left, colour)?;
        y += sheet.ems(layout::LINE);
    }
    Ok(())
}

/// Rounds to two digits, for labels.
fn two_digits(value: f64) -> f64 {
    let mut step = 1e-9;
    while value >= 100.0 * step {
        step *= 10.0;
    }
    (value / step).round() * step
}

/// The fall now, between two seconds, percent.
fn fall_now(scene: &Scene) -> f64 {
    let next = (scene.now + 1).min(scene.simulator.rules().seconds);
    let (from, to) = (fall_at(scene, scene.now as u32), fall_at(scene, next as u32));
    from + (to - from) * scene.part
}

#[cfg(test)]
mod tests;
