//! Every account as a mark: safe, near its limit, selling, sold out, a person still thinking. They lie in the order of
//! their limits, so that a cascade sweeps through the field like a front.

mod field;
mod labels;
mod marks;

use field::Field;
use marks::{Kind, Marks};

use super::alone_or_together::sentence;
use crate::chart::derived::{Extras, limit};
use crate::chart::sheet::{Bounds, Point, Sheet};
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene, Spot};
use crate::describe::{moment, percent_words};
use crate::language::tr;
use crate::model::results::account_states::{Glance, Standing, State};
use crate::model::results::summary::percent;
use crate::units::thousands;
use crate::{say, words};

/// Margins of the field to the left, to the right and below, em.
const SIDE: f64 = 0.5;
const BELOW: f64 = 1.75;

/// The same scene, asked for its crowd.
struct Crowd<'a> {
    scene: &'a Scene<'a>,
    glance: Glance<'a>,
    /// All accounts in the order of their limits.
    order: &'a [u32],
    /// The marked account and its place in the order.
    marked: Option<(u32, usize)>,
}

impl<'a> Crowd<'a> {
    fn new(scene: &'a Scene) -> Self {
        let Scene { simulator, extras, now, .. } = *scene;
        let run = &simulator.run().series;
        let glance = extras.states(simulator).at(simulator.rules(), simulator.crowd(), run, now);
        let order = extras.by_limit(simulator);
        let place = |account: u32| {
            let key = limit(simulator.crowd(), account);
            let before =
                |other: &u32| limit(simulator.crowd(), *other).total_cmp(&key).then(other.cmp(&account)).is_lt();
            (account, order.partition_point(before))
        };
        let marked = scene.mark.account.filter(|account| (*account as usize) < order.len()).map(place);
        Self { scene, glance, order, marked }
    }

    fn limit(&self, account: u32) -> f64 {
        limit(self.scene.simulator.crowd(), account)
    }

    /// How many accounts a fall of the log price passes on its way from the highest limit of a short.
    fn passed(&self, fall: f64) -> usize {
        self.order.partition_point(|account| self.limit(*account) <= fall)
    }

    /// The account that a mark shows: one from the middle of those that it stands for, or the marked one.
    fn shown(&self, field: &Field, mark: usize) -> u32 {
        match self.marked {
            Some((account, place)) if place / field.per == mark => account,
            _ => self.order[(mark * field.per + field.per / 2).min(self.order.len() - 1)],
        }
    }

    fn kind(&self, account: u32) -> Kind {
        let simulator = self.scene.simulator;
        Kind::of(simulator.rules(), simulator.crowd().draws.habits[account as usize])
    }

    /// What the states are called: shorts do not sell but buy back.
    fn name(&self, state: State) -> &'static str {
        let shorts = self.scene.simulator.crowd().shorts();
        match state {
            State::Safe => tr("safe"),
            State::Near => tr("near limit"),
            State::Thinking => tr("thinking"),
            State::Selling if shorts => tr("closing"),
            State::Selling => tr("selling"),
            State::SoldOut if shorts => tr("closed"),
            State::SoldOut => tr("sold out"),
        }
    }
}

/// The field on a sheet of that size.
fn place(em: f64, (width, height): (i32, i32), accounts: usize) -> Option<Field> {
    let ems = |ems: f64| (em * ems).round() as i32;
    let (left, right) = (ems(SIDE), width - ems(SIDE));
    // Below the counts, and one more line for the price above the front.
    let top = ems(labels::foot(em, right - left, accounts) + 1.5);
    Field::new(accounts, Bounds { left, right, top, bottom: height - ems(BELOW) })
}

/// Said in the place of a field that would take too much memory.
const TOO_MANY: &str = words!(
    "These are too many accounts, with too many sales each, to follow every one of them. With fewer accounts they are \
     shown here; everything else is computed with all of them."
);

/// The view, see the table.
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
        // What looks alike is drawn together.
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
            // Who watches volatility has no limit at any price.
            let priced = |habit| Kind::of(rules, habit) != Kind::VolatilityBot;
            let limits = crowd.falls.iter().zip(&crowd.draws.habits).filter(|(_, habit)| priced(**habit));
            let count = limits.filter(|(limit, _)| percent(**limit) <= fall).count();
            percent_words(100.0 * count as f64 / crowd.falls.len() as f64)
        };
        say!(
            "Of {accounts} accounts {near} have their limit within 5\u{a0}% of the first price, and {far} within 10\u{a0}%.",
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
