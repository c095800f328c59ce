//! The account: where its limit lies, what a fall leaves of it, and where it is now.

use crate::chart::Scene;
use crate::model::crowd::{distance, greatest_leverage};
use crate::model::results::summary::percent;
use crate::params::Params;

/// What the average account looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    pub(super) leverage: f64,
    /// The fall at its margin limit, percent; nothing if it has no debt.
    pub(super) limit: Option<f64>,
}

impl Account {
    pub(super) fn of(params: &Params) -> Self {
        let leverage = params.asked_leverage().min(greatest_leverage(params));
        let limit = (leverage > 1.0).then(|| percent(distance(leverage, params.maintenance / 100.0)));
        Self { leverage, limit }
    }

    /// What is left of 100 $ of own money after a fall, percent, if nothing was sold.
    pub(super) fn left(&self, fall: f64) -> f64 {
        100.0 - self.leverage * fall
    }

    /// The fall, percent, after which so much is left.
    pub(super) fn fall(&self, left: f64) -> f64 {
        (100.0 - left) / self.leverage
    }
}

/// Where the account is now.
pub(super) enum Now {
    /// It holds what it bought, after this fall, percent.
    Holds(f64),
    /// The price was at its limit.
    Sold,
}

/// Where the account is at the scene's second.
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
