//! The average account: its limit, its equity after a fall, and its current state.

use crate::chart::Scene;
use crate::model::crowd::{distance, greatest_leverage};
use crate::model::results::summary::percent;
use crate::params::Params;

/// The average account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    pub(super) leverage: f64,
    /// The fall at its margin limit, percent; `None` without debt.
    pub(super) limit: Option<f64>,
}

impl Account {
    pub(super) fn of(params: &Params) -> Self {
        let leverage = params.asked_leverage().min(greatest_leverage(params));
        let limit = (leverage > 1.0).then(|| percent(distance(leverage, params.maintenance / 100.0)));
        Self { leverage, limit }
    }

    /// Equity left of $100 after a fall, percent, if nothing was sold.
    pub(super) fn left(&self, fall: f64) -> f64 {
        100.0 - self.leverage * fall
    }

    /// The fall, percent, after which this equity is left.
    pub(super) fn fall(&self, left: f64) -> f64 {
        (100.0 - left) / self.leverage
    }
}

/// The current state of the account.
pub(super) enum Now {
    /// The account still holds its position, after this fall, percent.
    Holds(f64),
    /// The price has reached its limit.
    Sold,
}

/// The state of the account at the scene's second.
pub(super) fn now(account: &Account, scene: &Scene) -> Now {
    let series = &scene.simulator.run().series;
    let (price, held_against) = (&series.price, series.limits_price());
    let deepest =
        held_against[..=scene.now].iter().fold(0.0, |deepest, price| if -price > deepest { -price } else { deepest });
    match account.limit {
        Some(limit) if percent(deepest) >= limit => Now::Sold,
        _ => Now::Holds(percent(-price[scene.now])),
    }
}
