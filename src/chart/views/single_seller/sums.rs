//! The quantities that are compared: what the crowd and both institutions sell, and how far the price moves.

use crate::chart::Scene;
use crate::chart::extreme::{extreme, extreme_words};
use crate::describe::crowd_buys;
use crate::language::tr;
use crate::model::Simulator;
use crate::model::rules::SHOCK_AT;
use crate::say;

/// Prices whose logs differ by less than this are equal: no sheet would show a difference.
const SAME: f64 = 1e-5;

/// The quantities compared, up to now.
pub(super) struct Sums {
    /// The name of the crowd.
    pub(super) crowd: &'static str,
    /// $bn sold by force less those bought, in the whole run and up to now.
    pub(super) sold: [f64; 2],
    /// The amount of the whole run as a share of all positions, percent.
    pub(super) share: f64,
    /// Lowest price so far, or the highest if the crowd buys, as a change in percent.
    pub(super) extreme: f64,
    /// `None` if the run has no forced orders.
    pub(super) institutions: Option<Institutions>,
    /// Whether the crowd buys.
    pub(super) up: bool,
    /// Whether the first order has begun.
    pub(super) begun: bool,
}

/// The extremes of both institutions: in the same seconds, and slow.
pub(super) struct Institutions {
    pub(super) at_once: f64,
    pub(super) patient: f64,
    /// Whether the crowd and the first of them have the same price in every second of the run.
    pub(super) same: bool,
}

impl Sums {
    pub(super) fn of(scene: &Scene) -> Self {
        let Scene { simulator, now, .. } = *scene;
        let (rules, series) = (simulator.rules(), &simulator.run().series);
        let net = |to: usize| (0..=to).map(|second| series.net_forced(second)).sum::<i64>() as f64 * rules.lot;
        let sold = [net(rules.seconds), net(now)];
        let up = crowd_buys(simulator);
        let institutions = forced(simulator).then(|| {
            let [giant, patient] = scene.extras.sellers(simulator);
            let same = giant.iter().zip(&series.price).all(|(a, b)| (a - b).abs() < SAME);
            Institutions { at_once: extreme(&giant[..=now], up), patient: extreme(&patient[..=now], up), same }
        });
        Self {
            crowd: if rules.bots > 0.0 { tr("the crowd with its bots") } else { tr("the crowd") },
            sold,
            share: 100.0 * sold[0].abs() / rules.open_interest,
            extreme: extreme(&series.price[..=now], up),
            institutions,
            up,
            begun: now > SHOCK_AT,
        }
    }

    /// `lowest −18.1%`.
    pub(super) fn extreme(&self, change: f64) -> String {
        extreme_words(change, self.up)
    }

    /// A name with, from the first order on, the extreme of its curve.
    pub(super) fn named(&self, name: &str, change: f64) -> String {
        if self.begun { say!("{name}: {value}", name, value = self.extreme(change)) } else { name.into() }
    }
}

/// Whether the run has any forced orders.
fn forced(simulator: &Simulator) -> bool {
    let series = &simulator.run().series;
    (0..series.price.len()).any(|second| series.net_forced(second) != 0)
}
