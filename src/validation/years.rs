//! Returns over years: what the bank's limit on leverage does to how often the price falls how far, as Thurner, Farmer and
//! Geanakoplos found it. Of this market no closed form is known, so it stands apart from the other figures: its dots are held
//! against what would be if falls were those of a normal distribution.

use super::proof::{Axis, Curve, Label, Plot, Point, Side};
use crate::long_run::measure::{Measured, measure};
use crate::model::math::normal::below;

/// Steps of each run.
pub const STEPS: usize = 2_000_000;

/// Their seed.
pub const SEED: u64 = 1;

/// The limits on leverage that are measured.
pub const LIMITS: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 7.0, 10.0];

/// Those that are drawn, with what stands at the dots of the one and at the line of the other, and at which fall in percent.
const DRAWN: [(f64, &str, f64, Side); 2] =
    [(1.0, "leverage 1", 12.4, Side::AboveRight), (10.0, "normal", 7.8, Side::BelowLeft)];

/// The least share of all falls that is drawn, %.
const LEAST: f64 = 0.001;

/// Shares of all falls, for each of which there is a dot.
const SHARES: [f64; 15] = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5];

/// One run for each limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Years {
    /// What was measured, limit by limit.
    pub rows: [(f64, Measured); LIMITS.len()],
}

impl Years {
    /// Runs them.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: LIMITS.map(|most| (most, measure(most, SEED, STEPS))) }
    }

    /// How often a fall is larger, of all falls while funds hold the asset.
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

/// At some shares of all falls, the fall than which so many are larger.
fn dots(measured: &Measured) -> Vec<Point> {
    let count = measured.losses.len() as f64;
    SHARES.map(|share| (percent(measured.losses[(share * count) as usize]), 100.0 * share)).into()
}

/// The same if log returns were normal, with their own mean and standard deviation.
fn normal(measured: &Measured) -> Vec<Point> {
    let Measured { mean, deviation, .. } = *measured;
    let larger = |fall: f64| below((-fall - mean) / deviation);
    (0..=400)
        .map(|i| f64::from(i) / 400.0)
        .map(|fall| (percent(fall), 100.0 * larger(fall) / larger(0.0)))
        .take_while(|(_, share)| *share >= LEAST)
        .collect()
}
