//! The normal distribution: its density, its distribution function and the inverse of that.

use std::f64::consts::{PI, SQRT_2};

/// Density of the standard normal distribution at `x`.
#[must_use]
pub fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// Probability that a standard normal variable is below `x`.
#[must_use]
pub fn below(x: f64) -> f64 {
    0.5 * libm::erfc(-x / SQRT_2)
}

/// [`below`] from a table, for use with all accounts on each move of a slider: cubic interpolation between points with
/// exact value and slope. The error is below 1e-10.
#[derive(Clone, Debug)]
pub struct Below {
    /// Value and slope times the spacing, at each point.
    points: Vec<(f64, f64)>,
}

impl Below {
    /// Points of the table in one unit of `x`.
    const PER_UNIT: f64 = 64.0;

    /// The table ends this many standard deviations to either side.
    const END: f64 = 7.0;

    /// Probability that a standard normal variable is below `x`.
    #[must_use]
    pub fn at(&self, x: f64) -> f64 {
        // Values beyond either end count as one point beyond it.
        let position = (x.clamp(-2.0 * Self::END, 2.0 * Self::END) + Self::END) * Self::PER_UNIT;
        let left = position as u32 as usize;
        match self.points.get(left..left + 2) {
            Some(&[(from, rise), (to, rise_to)]) if position >= 0.0 => {
                let t = position - left as f64;
                let step = to - from;
                let (a, b) = (rise - step, step - rise_to);
                from + t * (step + (1.0 - t) * (a * (1.0 - t) + b * t))
            }
            _ if x > 0.0 => 1.0,
            _ => 0.0,
        }
    }
}

impl Default for Below {
    fn default() -> Self {
        let count = (2.0 * Self::END * Self::PER_UNIT) as u32;
        let point = |i: u32| {
            let x = f64::from(i) / Self::PER_UNIT - Self::END;
            (below(x), density(x) / Self::PER_UNIT)
        };
        Self { points: (0..=count).map(point).collect() }
    }
}

/// The `x` with [`below`]`(x) == p`, for p strictly between 0 and 1. Relative error about 1e-16:
/// algorithm AS 241 (PPND16) of Wichura 1988, *Applied Statistics* 37.
#[must_use]
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if is_central(q) {
        return centre(q);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-libm::log(tail)).sqrt();
    let x = if is_middle(r) { middle(r) } else { ratio(r - 5.0, &FAR) };
    if q < 0.0 { -x } else { x }
}

/// Whether [`centre`] applies to `0.5 + q`.
#[inline]
pub(super) fn is_central(q: f64) -> bool {
    q.abs() <= 0.425
}

/// The quantile of `0.5 + q` near the centre.
#[inline]
pub(super) fn centre(q: f64) -> f64 {
    q * ratio(0.180_625 - q * q, &CENTRE)
}

/// Whether [`middle`] applies.
#[inline]
pub(super) fn is_middle(r: f64) -> bool {
    r <= 5.0
}

/// The distance from 0 of the quantile of a tail of `exp(-r^2)`, in the ring around the centre.
#[inline]
pub(super) fn middle(r: f64) -> f64 {
    ratio(r - 1.6, &MIDDLE)
}

type Ratio = ([f64; 8], [f64; 8]);

#[inline]
fn ratio(r: f64, (above, below): &Ratio) -> f64 {
    let horner =
        |c: &[f64; 8]| ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0];
    horner(above) / horner(below)
}

const CENTRE: Ratio = (
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);

const MIDDLE: Ratio = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR: Ratio = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_is_the_inverse_of_the_distribution_function() {
        let mut p = 1e-18;
        while p < 0.5 {
            let relative = (below(quantile(p)) - p).abs() / p;
            assert!(relative < 1e-13, "p = {p}: relative error {relative}");
            if p > 1e-12 {
                assert!((quantile(1.0 - p) + quantile(p)).abs() < 1e-4 * quantile(p).abs());
            }
            p *= 1.07;
        }
    }

    #[test]
    fn the_table_is_exact_to_1e_10() {
        let table = Below::default();
        for i in -9000..9000 {
            let x = f64::from(i) / 1000.0;
            assert!((table.at(x) - below(x)).abs() < 1e-10, "{x}: {}", table.at(x) - below(x));
        }
        assert_eq!((table.at(f64::INFINITY), table.at(f64::NEG_INFINITY)), (1.0, 0.0));
    }

    #[test]
    fn known_values_of_the_normal_distribution() {
        assert_eq!(quantile(0.5), 0.0);
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((below(1.0) - 0.841_344_746_068_542_9).abs() < 1e-15);
        assert!((density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-15);
    }
}
