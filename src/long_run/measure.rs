//! Statistics of a long run: skew, tails and volatility clustering.

use super::market::{LongRun, Step};

/// Steps that are dropped at the start, until the identical initial state of the funds no longer matters.
const BEFORE: usize = 20_000;

/// Share of the losses that the tail exponent is estimated from.
pub const TAIL: f64 = 0.01;

/// Lags of the autocorrelations, in steps.
pub const LAGS: [usize; 3] = [1, 10, 100];

/// Statistics of a long run.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Third standardized moment of log returns; negative if falls are sharper than rises.
    pub skew: f64,
    /// Fourth standardized moment minus 3.
    pub excess_kurtosis: f64,
    /// Hill exponent of the worst falls from a price below the value; a smaller one is a heavier tail.
    pub tail_exponent: f64,
    /// Autocorrelation of absolute log returns at [`LAGS`].
    pub memory: [f64; 3],
    /// Mean of the log returns from a price below the value, where funds hold the asset.
    pub mean: f64,
    /// Standard deviation of the same returns.
    pub deviation: f64,
    /// The falls among them, single steps of the log price, worst first.
    pub losses: Vec<f64>,
}

/// Runs `steps` steps with leverage limited to `most`, after a start that is dropped.
///
/// # Panics
/// There are too few steps for the longest of the [`LAGS`] or for a tail; a few thousand are enough.
#[must_use]
pub fn measure(most: f64, seed: u64, steps: usize) -> Measured {
    let mut market = LongRun::new(most, seed);
    for _ in 0..BEFORE {
        market.step();
    }
    let (mut returns, mut held) = (Vec::with_capacity(steps), Vec::new());
    for _ in 0..steps {
        let Step { log_return, was_cheap } = market.step();
        returns.push(log_return);
        if was_cheap {
            held.push(log_return);
        }
    }
    let mut losses: Vec<f64> = held.iter().filter(|change| **change < 0.0).map(|change| -change).collect();
    losses.sort_unstable_by(|a, b| b.total_cmp(a));
    let absolute: Vec<f64> = returns.iter().map(|change| change.abs()).collect();
    Measured {
        skew: moment(&returns, 3),
        excess_kurtosis: moment(&returns, 4) - 3.0,
        tail_exponent: hill(&losses),
        mean: mean(held.iter().copied()),
        deviation: variance(&held).sqrt(),
        memory: LAGS.map(|lag| autocorrelation(&absolute, lag)),
        losses,
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values.iter().copied());
    mean(values.iter().map(|value| (value - centre) * (value - centre)))
}

/// A standardized moment.
fn moment(values: &[f64], order: i32) -> f64 {
    let centre = mean(values.iter().copied());
    let power = |value: f64| (0..order).fold(1.0, |product, _| product * (value - centre));
    mean(values.iter().map(|value| power(*value))) / libm::pow(variance(values), 0.5 * f64::from(order))
}

fn autocorrelation(values: &[f64], lag: usize) -> f64 {
    let centre = mean(values.iter().copied());
    let pairs = values.iter().zip(&values[lag..]);
    mean(pairs.map(|(a, b)| (a - centre) * (b - centre))) / variance(values)
}

/// Hill's estimator of the exponent of a power law, from the largest [`TAIL`] of `values` in descending order.
fn hill(values: &[f64]) -> f64 {
    let most = (TAIL * values.len() as f64) as usize;
    let least = libm::log(values[most]);
    1.0 / mean(values[..most].iter().map(|value| libm::log(*value) - least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_autocorrelation_of_small_examples() {
        let values = [1.0, 1.0, 1.0, 5.0];
        // About the mean of 2: -1, -1, -1, 3. The variance is 3, the third moment 6, the fourth 21.
        assert!((moment(&values, 3) - 6.0 / 27_f64.sqrt()).abs() < 1e-12);
        assert!((moment(&values, 4) - 21.0 / 9.0).abs() < 1e-12);
        let waves: Vec<f64> = (0..1000).map(|i| f64::from(i % 2)).collect();
        assert!((autocorrelation(&waves, 1) + 1.0).abs() < 1e-9 && (autocorrelation(&waves, 10) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_hill_estimator_finds_the_exponent_of_a_power_law() {
        for exponent in [2.0, 5.0] {
            let values: Vec<f64> = (1..100_000).map(|i| libm::pow(f64::from(i) / 1e5, -1.0 / exponent)).collect();
            assert!((hill(&values) / exponent - 1.0).abs() < 0.02, "{exponent}: {}", hill(&values));
        }
    }
}
