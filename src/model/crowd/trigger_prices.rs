//! The first margin limit of each account, computed for many accounts at once.

use crate::model::math::normal::Below;
use crate::model::math::simd::{BLOCK, logs, quantiles};
use crate::model::rules::NEAREST;

/// The parameters on which margin limits depend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub leverage: f64,
    pub greatest: f64,
    pub crowding: f64,
    pub maintenance: f64,
    pub leverage_spread: f64,
    /// Number of long accounts; the accounts after them are short.
    pub longs: usize,
    pub shorts: usize,
    pub venues: usize,
}

impl Key {
    /// The leverage of an account with this [factor](crate::model::crowd::leverage_factor).
    #[inline]
    pub fn leverage_of(&self, factor: f64) -> f64 {
        let leverage = 1.0 + (self.leverage - 1.0) * factor;
        // Compared and not `min`, which is a call into a library in wasm.
        if leverage < self.greatest { leverage } else { self.greatest }
    }
}

/// Entry price over the price at the margin limit of a long position; infinite for an account without debt.
#[inline]
pub(super) fn price_ratio(leverage: f64, maintenance: f64) -> f64 {
    (1.0 - maintenance) * leverage / (leverage - 1.0)
}

/// Price at the margin limit of a short position over its entry price.
#[inline]
pub(super) fn short_price_ratio(leverage: f64, maintenance: f64) -> f64 {
    (1.0 + 1.0 / leverage) / (1.0 + maintenance)
}

/// The distance of each account's first margin limit from the start price: a fall of the log price, or a rise for a
/// short account. Entry prices are log-normal, cut off (not drawn again) where the account would start nearer to its
/// limit than [`NEAREST`].
pub(super) fn first_limits(key: &Key, below: &Below, factors: &[f64], entries: &[f64], falls: &mut Vec<f64>) {
    falls.clear();
    for (block, (factors, entries)) in factors.chunks(BLOCK).zip(entries.chunks(BLOCK)).enumerate() {
        // The last block is padded with numbers that have a logarithm and a quantile.
        let mut distances = [1.0; BLOCK];
        let mut normals = [0.5; BLOCK];
        distances[..factors.len()].copy_from_slice(factors);
        for x in &mut distances {
            *x = price_ratio(key.leverage_of(*x), key.maintenance);
        }
        if key.shorts > 0 {
            for (place, (ratio, factor)) in distances.iter_mut().zip(factors).enumerate() {
                if block * BLOCK + place >= key.longs {
                    *ratio = short_price_ratio(key.leverage_of(*factor), key.maintenance);
                }
            }
        }
        logs(&mut distances);
        for ((p, entry), distance) in normals.iter_mut().zip(entries).zip(&distances) {
            *p = entry * below.at((distance - NEAREST) / key.crowding);
        }
        quantiles(&mut normals);
        let limits = distances.iter().zip(&normals).map(|(distance, normal)| distance - key.crowding * normal);
        falls.extend(limits.take(factors.len()));
    }
}
