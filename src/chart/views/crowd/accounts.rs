//! The accounts of a scene: their order, their states, and the one that each mark shows.

use super::field::Field;
use super::marks::Kind;
use crate::chart::Scene;
use crate::chart::derived::limit;
use crate::language::tr;
use crate::model::results::account_states::{Glance, State};

/// A scene with the order of its accounts.
pub(super) struct Crowd<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) glance: Glance<'a>,
    /// All accounts in the order of their limits.
    pub(super) order: &'a [u32],
    /// The marked account and its place in the order.
    pub(super) marked: Option<(u32, usize)>,
}

impl<'a> Crowd<'a> {
    pub(super) fn new(scene: &'a Scene) -> Self {
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

    pub(super) fn limit(&self, account: u32) -> f64 {
        limit(self.scene.simulator.crowd(), account)
    }

    /// Number of accounts that the price passes at a fall of the log price, starting from the highest limit of a short.
    pub(super) fn passed(&self, fall: f64) -> usize {
        self.order.partition_point(|account| self.limit(*account) <= fall)
    }

    /// The account shown by a mark: the middle one of those that it stands for, or the highlighted one.
    pub(super) fn shown(&self, field: &Field, mark: usize) -> u32 {
        match self.marked {
            Some((account, place)) if place / field.per == mark => account,
            _ => self.order[(mark * field.per + field.per / 2).min(self.order.len() - 1)],
        }
    }

    pub(super) fn kind(&self, account: u32) -> Kind {
        let simulator = self.scene.simulator;
        Kind::of(simulator.rules(), simulator.crowd().draws.habits[account as usize])
    }

    /// The name of a state: shorts buy back instead of selling.
    pub(super) fn name(&self, state: State) -> &'static str {
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
