//! Returns over years: how a limit on leverage changes the distribution of falls, after Thurner, Farmer and
//! Geanakoplos. This market has no closed form, so it is kept apart from the other figures and compared with normally
//! distributed returns.

use super::proof::{Axis, Curve, Label, Plot, Point, Side};
use crate::long_run::measure::{Measured, measure};
use crate::model::math::normal::below;

/// Number of steps of each run.
pub const STEPS: usize = 2_000_000;

/// Seed of the runs.
pub const SEED: u64 = 1;

/// Limits on leverage.
pub const LIMITS: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 7.0, 10.0];

/// The limits that are drawn: label of the dots or of the line, and the fall in percent at which the label stands.
const DRAWN: [(f64, &str, f64, Side); 2] =
    [(1.0, "leverage 1", 12.4, Side::AboveRight), (10.0, "normal", 7.8, Side::BelowLeft)];

/// Smallest share of all falls that is drawn, percent.
const LEAST: f64 = 0.001;

/// Shares of all falls at which a dot is drawn.
const SHARES: [f64; 15] = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5];

/// One run for each limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Years {
    /// The limit on leverage and its measurements.
    pub rows: [(f64, Measured); LIMITS.len()],
}

impl Years {
    /// Makes the runs.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: LIMITS.map(|most| (most, measure(most, SEED, STEPS))) }
    }

    /// The figure: share of falls that are larger than a given fall, among falls while funds hold the asset.
    #[must_use]
    pub fn plot(&self) -> Plot {
        let curves = DRAWN.iter().filter_map(|(most, text, x, side)| {
            let (_, measured) = self.rows.iter().find(|(limit, _)| limit == most)?;
            let label = Label { text: (*text).into(), x: *x, side: *side };
            Some(Curve { label, line: normal(measured), measured: dots(measured) })
        });
        Plot {
            x: Axis { label: "Fall of the price in one step", unit: "%", from: 0.0, to: 60.0, log: false },
            y: Axis { label: "Falls that are larger", unit: "%", from: LEAST, to: 100.0, log: true },
            curves: curves.collect(),
            path: vec![],
            measured: Label { text: "leverage up to 10".into(), x: 35.0, side: Side::AboveRight },
        }
    }
}

impl Default for Years {
    fn default() -> Self {
        Self::new()
    }
}

/// A fall of the log price as a percentage of the price.
fn percent(fall: f64) -> f64 {
    -100.0 * libm::expm1(-fall)
}

/// For some shares of all falls, the fall that this share exceeds.
fn dots(measured: &Measured) -> Vec<Point> {
    let count = measured.losses.len() as f64;
    SHARES.map(|share| (percent(measured.losses[(share * count) as usize]), 100.0 * share)).into()
}

/// The same for normal log returns with the same mean and standard deviation.
fn normal(measured: &Measured) -> Vec<Point> {
    let Measured { mean, deviation, .. } = *measured;
    let larger = |fall: f64| below((-fall - mean) / deviation);
    (0..=400)
        .map(|i| f64::from(i) / 400.0)
        .map(|fall| (percent(fall), 100.0 * larger(fall) / larger(0.0)))
        .take_while(|(_, share)| *share >= LEAST)
        .collect()
}
