//! Every account as a mark: safe, near its limit, selling, sold out, or a person still thinking. Marks are in the order
//! of their limits, so that a cascade sweeps through the field as a front.

mod accounts;
mod field;
mod labels;
mod marks;

use accounts::Crowd;
use field::{Field, SIDE};
use marks::{Kind, Marks};

use crate::chart::derived::Extras;
use crate::chart::labels::sentence;
use crate::chart::sheet::{Bounds, Point, Sheet};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene, Spot};
use crate::describe::{moment, percent_words};
use crate::language::tr;
use crate::model::results::account_states::Standing;
use crate::model::results::summary::percent;
use crate::units::thousands;
use crate::{say, words};

/// Space below the field, em.
const BELOW: f64 = 1.75;

/// The field on a sheet of that size.
fn place(em: f64, (width, height): (i32, i32), accounts: usize) -> Option<Field> {
    let ems = |ems: f64| (em * ems).round() as i32;
    let (left, right) = (ems(SIDE), width - ems(SIDE));
    // Below the counts, and one line for the price above the front.
    let top = ems(labels::foot(em, right - left, accounts) + 1.5);
    Field::new(accounts, Bounds { left, right, top, bottom: height - ems(BELOW) })
}

/// Shown instead of a field that would take too much memory.
const TOO_MANY: &str = words!(
    "This run has too many accounts, with too many sales each, to show every one. With fewer accounts they appear here; everything else is computed with all of them."
);

/// The view `crowd` of the table.
pub(super) struct CrowdDots;

impl Drawing for CrowdDots {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        if !Extras::can_follow(scene.simulator) {
            labels::heading(sheet, 1)?;
            return sentence(sheet, tr(TOO_MANY));
        }
        let crowd = Crowd::new(scene);
        let accounts = crowd.order.len();
        labels::heading(sheet, field::accounts_per_mark(accounts))?;
        labels::counts(sheet, &crowd)?;
        let Some(field) = place(sheet.em, sheet.size(), accounts) else { return Ok(()) };
        let marks = Marks::new(sheet, field.cell());
        let mut shown: Vec<(Point, Kind, Standing)> = (0..field.marks)
            .map(|mark| {
                let account = crowd.shown(&field, mark);
                (field.middle(mark), crowd.kind(account), crowd.glance.of(account))
            })
            .collect();
        // Marks that look alike are drawn together.
        shown.sort_by_key(|(_, kind, standing)| (*kind, standing.state as u8));
        for (at, kind, standing) in shown {
            marks.draw(at, kind, standing)?;
        }
        labels::axis(sheet, &crowd, &field)?;
        labels::front(sheet, &crowd, &field)?;
        labels::marked(sheet, &crowd, &field, &marks)
    }

    fn finding(&self, scene: &Scene) -> String {
        let (rules, crowd) = (scene.simulator.rules(), scene.simulator.crowd());
        let within = |fall: f64| {
            // Volatility bots have no price limit.
            let priced = |habit| Kind::of(rules, habit) != Kind::VolatilityBot;
            let limits = crowd.falls.iter().zip(&crowd.draws.habits).filter(|(_, habit)| priced(**habit));
            let count = limits.filter(|(limit, _)| percent(**limit) <= fall).count();
            percent_words(100.0 * count as f64 / crowd.falls.len() as f64)
        };
        say!(
            "Of {accounts} accounts {near} have their limit within 5% of the first price, and {far} within 10%.",
            accounts = thousands(crowd.falls.len() as f64),
            near = within(5.0),
            far = within(10.0)
        )
    }

    fn describe(&self, scene: &Scene) -> String {
        if !Extras::can_follow(scene.simulator) {
            return tr(TOO_MANY).into();
        }
        let crowd = Crowd::new(scene);
        let accounts = crowd.order.len();
        let moment = moment(scene.simulator, scene.now);
        let [safe, near, thinking, selling, sold] = crowd.glance.counts().map(|count| thousands(count as f64));
        let number = thousands(accounts as f64);
        let field = match field::accounts_per_mark(accounts) {
            1 => say!("Field of {accounts} accounts as marks, in the order of their limits.", accounts = number),
            per => say!(
                "Field of {accounts} accounts as marks, one for {per}, in the order of their limits.",
                accounts = number,
                per = thousands(per as f64)
            ),
        };
        let states = if scene.simulator.crowd().shorts() {
            say!(
                "Now, {time}, with the price at {price}, {safe} are safe, {near} near their limit, {thinking} are people still \
             thinking, {selling} are closing and {sold} are closed.",
                time = moment.time,
                price = moment.price,
                safe,
                near,
                thinking,
                selling,
                sold
            )
        } else {
            say!(
                "Now, {time}, with the price at {price}, {safe} are safe, {near} near their limit, {thinking} are people still \
             thinking, {selling} are selling and {sold} are sold out.",
                time = moment.time,
                price = moment.price,
                safe,
                near,
                thinking,
                selling,
                sold
            )
        };
        let marked = crowd.marked.map(|(account, _)| {
            say!("The marked account is {account}.", account = labels::account_words(&crowd, account))
        });
        [field, states].into_iter().chain(marked).collect::<Vec<_>>().join(" ")
    }

    fn spot(&self, em: f64, size: (i32, i32), scene: &Scene, at: Point) -> Option<Spot> {
        if !Extras::can_follow(scene.simulator) {
            return None;
        }
        let crowd = Crowd::new(scene);
        let field = place(em, size, crowd.order.len())?;
        field.mark_at(at).map(|mark| Spot::Account(crowd.shown(&field, mark)))
    }
}

#[cfg(test)]
mod tests;
