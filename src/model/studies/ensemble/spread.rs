//! The distribution of a number over crowds.

use serde::Serialize;

/// The shares of crowds at or below each quantile.
pub const SHARES: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

/// The value of rank `share` among sorted ones, that of an actual crowd; `None` if there are none.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

/// Quantiles of a number over all crowds. Each is the value of an actual crowd.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The least.
    pub min: f64,
    /// The 5% quantile.
    pub p5: f64,
    /// The 25% quantile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The 75% quantile.
    pub p75: f64,
    /// The 95% quantile.
    pub p95: f64,
    /// The greatest.
    pub max: f64,
}

impl Spread {
    /// The quantiles of these values; `None` without any.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_unstable_by(f64::total_cmp);
        let [min, p5, p25, p50, p75, p95, max] = SHARES.map(|share| quantile(&values, share));
        Some(Self { min: min?, p5: p5?, p25: p25?, p50: p50?, p75: p75?, p95: p95?, max: max? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_of_actual_crowds() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let spread = Spread::of(values).unwrap();
        assert_eq!((spread.min, spread.p5, spread.p25, spread.p50), (1.0, 5.0, 25.0, 50.0));
        assert_eq!((spread.p75, spread.p95, spread.max), (75.0, 95.0, 100.0));
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
