//! Depth of the book as a power of volatility: market makers step back as volatility rises.
//!
//! Every second waits for this power, and most of its time would go into a logarithm and an exponential. A table is
//! faster: it holds the power for each exponent of the number and for each of 64 parts of an octave; the remaining
//! factor is so near 1 that a short series suffices. The result is right to thirteen digits and has the same bits
//! everywhere, because it uses only sums and products.

use std::f64::consts::LN_2;

/// Number of parts of an octave, and number of octaves of variance. Variance beyond the last octave counts as that.
const PARTS: usize = 64;

/// Bits of the fraction of a float.
const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;

/// Depth of the book as a function of volatility.
#[derive(Clone, Debug)]
pub struct DepthCurve {
    /// The powers of 1, 2, 4 ...
    octaves: [f64; PARTS],
    /// The power of the middle of each part, and one over that middle.
    parts: [(f64, f64); PARTS],
    /// The power of `1 + t` is `1 + series[0] t + series[1] t^2 + ...`.
    series: [f64; 5],
    floor: f64,
}

impl DepthCurve {
    /// Depth falls as volatility to the power of `-exponent`, but not below `floor`, a share of calm depth.
    #[must_use]
    pub fn new(exponent: f64, floor: f64) -> Self {
        // The measured quantity is variance, the square of volatility.
        let power = -0.5 * exponent;
        let (mut octaves, mut parts, mut series) = ([0.0; PARTS], [(0.0, 0.0); PARTS], [power; 5]);
        for (nth, (octave, part)) in octaves.iter_mut().zip(&mut parts).enumerate() {
            let middle = 1.0 + (nth as f64 + 0.5) / PARTS as f64;
            *octave = libm::exp(power * LN_2 * nth as f64);
            *part = (libm::exp(power * libm::log(middle)), 1.0 / middle);
        }
        for nth in 1..series.len() {
            series[nth] = series[nth - 1] * (power - nth as f64) / (nth as f64 + 1.0);
        }
        Self { octaves, parts, series, floor }
    }

    /// Depth as a share of calm depth, at this variance of returns in multiples of the usual one. Up to a variance of 1
    /// the book has calm depth.
    #[must_use]
    #[inline]
    pub fn depth(&self, variance: f64) -> f64 {
        if variance <= 1.0 {
            return 1.0;
        }
        let bits = variance.to_bits();
        let octave = ((bits - 1.0_f64.to_bits()) >> FRACTION) as usize;
        let (part, over) = self.parts[(bits >> (FRACTION - PARTS.ilog2())) as usize % PARTS];
        let fraction = f64::from_bits((bits % (1 << FRACTION)) | 1.0_f64.to_bits());
        let t = fraction * over - 1.0;
        let (s, t2) = (&self.series, t * t);
        let rest = (1.0 + s[0] * t) + t2 * ((s[1] + s[2] * t) + t2 * (s[3] + s[4] * t));
        let share = self.octaves[octave.min(PARTS - 1)] * part * rest;
        if share < self.floor { self.floor } else { share.min(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_the_power_of_volatility_to_thirteen_digits() {
        for exponent in [0.01, 0.3, 0.8] {
            let curve = DepthCurve::new(exponent, 0.0);
            let mut variance = 1.0;
            while variance < 1.8e19 {
                let expected = libm::pow(variance, -0.5 * exponent);
                let off = (curve.depth(variance) / expected - 1.0).abs();
                assert!(off < 1e-13, "{exponent}, {variance}: {off}");
                variance *= 1.0007;
            }
        }
    }

    #[test]
    fn depth_is_never_more_than_calm_nor_less_than_its_floor() {
        let curve = DepthCurve::new(0.5, 0.1);
        let just_above = 1.0 + f64::EPSILON;
        for variance in [0.0, 0.5, 1.0, just_above] {
            assert!((curve.depth(variance) - 1.0).abs() < 1e-13 && curve.depth(variance) <= 1.0, "{variance}");
        }
        assert_eq!([1.1e4, 1e5, 1e80, f64::MAX].map(|variance| curve.depth(variance)), [0.1; 4]);
        assert!((curve.depth(9999.0) - 0.1).abs() < 1e-5);
        // Without thinning, depth is constant.
        assert_eq!([2.0, 1e30].map(|variance| DepthCurve::new(0.0, 0.1).depth(variance)), [1.0; 2]);
    }
}
