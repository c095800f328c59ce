//! The labels of the crowd: the number of accounts in each state, the falls at the limits, and the price at the front.

use plotters::style::Color;

use super::accounts::Crowd;
use super::field::{Field, SIDE};
use super::marks::{Kind, Marks};
use crate::chart::DrawError;
use crate::chart::labels::beside_mark;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::time_axis::title;
use crate::describe::change_words;
use crate::language::tr;
use crate::model::results::account_states::{Standing, State};
use crate::model::results::summary::percent;
use crate::units::thousands;
use crate::{say, words};

/// Position of the first line of counts, and distance between lines, em.
const FIRST: f64 = 2.4;
const LINE: f64 = 1.45;

/// Labels of the kinds of accounts, listed after the states.
const KINDS: [(Kind, &str); 3] = [
    (Kind::MarginBot, words!("margin bots")),
    (Kind::VolatilityBot, words!("volatility bots")),
    (Kind::Person, words!("people")),
];

/// Number of labels: states and kinds of accounts.
const LABELS: usize = State::ALL.len() + KINDS.len();

/// From the left end of a label to its second mark and to its digits, em.
const SECOND: f64 = 1.25;
const DIGITS: f64 = 1.65;

/// Widths of a bold digit and of the longest word, em.
const DIGIT: f64 = 0.53;
const WORD: f64 = 3.9;

/// Labels in a line of this width. The number depends on the size of the crowd only, so that nothing jumps during a
/// run.
fn per_line(em: f64, width: i32, accounts: usize) -> usize {
    let most = f64::from(width) / em / (DIGITS + DIGIT * digits(accounts) + WORD);
    // One line, or lines of equal length.
    [LABELS, LABELS / 2, 2].into_iter().find(|count| *count as f64 <= most).unwrap_or(1)
}

/// Characters of the largest count.
fn digits(accounts: usize) -> f64 {
    thousands(accounts as f64).len() as f64
}

/// The bottom of the last line of counts, em.
pub(super) fn foot(em: f64, width: i32, accounts: usize) -> f64 {
    FIRST + LINE * (LABELS.div_ceil(per_line(em, width, accounts)) as f64 - 0.5)
}

pub(super) fn heading(sheet: &Sheet, per: usize) -> Result<(), DrawError> {
    let number = thousands(per as f64);
    let (name, scale) = if sheet.narrow() {
        (tr("Accounts by limit"), say!("1 mark = {accounts}", accounts = number))
    } else {
        (tr("Accounts in the order of their limits"), say!("one mark for {accounts} accounts", accounts = number))
    };
    title(sheet, sheet.ems(0.2), name)?;
    if per == 1 {
        return Ok(());
    }
    sheet.words(&scale, (sheet.size().0 - sheet.ems(SIDE), sheet.ems(0.95)), Anchor::Right, sheet.theme.quiet)
}

/// The number of accounts in each state, beside the mark of that state; and the marks of each kind.
pub(super) fn counts(sheet: &Sheet, crowd: &Crowd) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let width = sheet.size().0 - 2 * sheet.ems(SIDE);
    let accounts = crowd.order.len();
    let per_line = per_line(sheet.em, width, accounts);
    let slot = width / per_line as i32;
    let digits = DIGITS + DIGIT * digits(accounts);
    let tight = slot < sheet.ems(digits + WORD + 0.6);
    let at = |i: usize| {
        let x = sheet.ems(SIDE) + slot * (i % per_line) as i32;
        (x, sheet.ems(FIRST + LINE * (i / per_line) as f64))
    };
    let marks = Marks::new(sheet, sheet.ems(0.8));
    for (i, (state, count)) in State::ALL.into_iter().zip(crowd.glance.counts()).enumerate() {
        let (x, y) = at(i);
        let standing = Standing { state, held: 1.0 };
        if state != State::Thinking {
            marks.draw((x + sheet.ems(0.4), y), Kind::MarginBot, standing)?;
        }
        marks.draw((x + sheet.ems(SECOND), y), Kind::Person, standing)?;
        let end = x + sheet.ems(digits);
        sheet.bold(&thousands(count as f64), (end, y), Anchor::Right, theme.ink)?;
        let name = if tight && state == State::Near { tr("near") } else { crowd.name(state) };
        sheet.words(name, (end + sheet.ems(0.3), y), Anchor::Left, theme.ink)?;
    }
    for (i, (kind, name)) in KINDS.into_iter().enumerate() {
        let (x, y) = at(State::ALL.len() + i);
        marks.draw((x + sheet.ems(0.4), y), kind, Standing { state: State::Near, held: 1.0 })?;
        let colour = if kind == Kind::Person { theme.people_words } else { theme.bots_words };
        sheet.bold(tr(name), (x + sheet.ems(1.1), y), Anchor::Left, colour)?;
    }
    Ok(())
}

/// The falls at the limits, below the field. The marks stand still and their labels change.
pub(super) fn axis(sheet: &Sheet, crowd: &Crowd, field: &Field) -> Result<(), DrawError> {
    let Bounds { left, right, bottom, .. } = field.bounds;
    let parts = if sheet.narrow() { 4 } else { 8 };
    for part in 1..parts {
        let account = crowd.order[crowd.order.len() * part / parts];
        let x = left + (right - left) / parts as i32 * part as i32;
        sheet.rule((x, bottom), (x, bottom + sheet.ems(0.35)), &sheet.theme.quiet.to_rgba(), 0.07)?;
        let limit = crowd.limit(account);
        let words = if limit.is_finite() { change_words(-percent(limit)) } else { tr("no limit").into() };
        if part == 1 && limit.is_finite() && !sheet.narrow() {
            sheet.words(tr("limit"), (x - sheet.ems(3.2), bottom + sheet.ems(0.5)), Anchor::Top, sheet.theme.quiet)?;
        }
        sheet.words(&words, (x, bottom + sheet.ems(0.5)), Anchor::Top, sheet.theme.quiet)?;
    }
    Ok(())
}

/// The front of the price in the field, and the reader's pointer.
pub(super) fn front(sheet: &Sheet, crowd: &Crowd, field: &Field) -> Result<(), DrawError> {
    let theme = sheet.theme;
    let line = |fall: f64, beyond: f64| {
        let marks = (crowd.passed(fall) + field.per / 2) / field.per;
        field.front(marks.min(field.marks), sheet.ems(beyond))
    };
    let series = &crowd.scene.simulator.run().series;
    let price = series.limits_price()[crowd.scene.now];
    let front = line(-price, 0.25);
    let (x, y) = front[0];
    sheet.line(front, &theme.ink.to_rgba(), 0.14)?;
    let change = change_words(-percent(-price));
    let words = match (series.halted[crowd.scene.now] == 1, series.mark.is_empty()) {
        (true, true) => say!("price now {change}, trading halted", change),
        (false, true) => say!("price now {change}", change),
        (true, false) => say!("mark price now {change}, trading halted", change),
        (false, false) => say!("mark price now {change}", change),
    };
    let middle = i32::midpoint(field.bounds.left, field.bounds.right);
    let anchor = if x < middle { Anchor::Left } else { Anchor::Right };
    let aside = if x < middle { -sheet.ems(0.1) } else { sheet.ems(0.1) };
    sheet.bold(&words, (x + aside, y - sheet.ems(0.6)), anchor, theme.ink)?;
    match crowd.scene.mark.fall {
        Some(fall) => sheet.dashed(&line(-libm::log1p(-fall / 100.0), 0.25), &theme.people.to_rgba(), 0.12),
        None => Ok(()),
    }
}

/// The account at which the reader points: highlighted and labelled.
pub(super) fn marked(sheet: &Sheet, crowd: &Crowd, field: &Field, marks: &Marks) -> Result<(), DrawError> {
    let Some((account, place)) = crowd.marked else { return Ok(()) };
    let at = field.middle(place / field.per);
    marks.highlight(at)?;
    let words = account_words(crowd, account);
    beside_mark(sheet, &words, at, marks.radius() + sheet.ems(0.4), sheet.theme.people_words)
}

/// The kind of an account, its limit and its state: `bot, −8.2%, sold out`.
pub(super) fn account_words(crowd: &Crowd, account: u32) -> String {
    let state = crowd.name(crowd.glance.of(account).state);
    let limit = || change_words(-percent(crowd.limit(account)));
    match crowd.kind(account) {
        Kind::MarginBot => say!("bot, limit {limit}, {state}", limit = limit(), state),
        Kind::VolatilityBot => say!("volatility bot, {state}", state),
        Kind::Person => say!("person, limit {limit}, {state}", limit = limit(), state),
    }
}
