//! Logarithms and normal quantiles of many numbers at once, with the bits that `libm::log` and [`quantile`] give one by
//! one.
//!
//! A crowd needs both for each account whenever limits move. The code is branch-free over blocks of a fixed size, so
//! that the compiler uses SIMD registers; without them the same operations run one by one. Nothing is summed across
//! lanes, so the bits do not depend on their number.

use crate::model::math::normal::{centre, is_central, is_middle, middle, quantile};

/// Numbers in a block.
pub const BLOCK: usize = 128;

/// A block of numbers.
pub type Block = [f64; BLOCK];

/// Replaces normal positive numbers, or infinity, with their natural logarithms.
pub fn logs(numbers: &mut Block) {
    for x in numbers {
        *x = log(*x);
    }
}

/// The algorithm of `libm::log` (from fdlibm, Sun Microsystems 1993), without its handling of zero, negative and
/// subnormal numbers: `x = 2^k (1+f)` with `1+f` between `sqrt(1/2)` and `sqrt(2)`, and `log(1+f)` as a polynomial of
/// `s = f/(2+f)`.
#[inline]
fn log(x: f64) -> f64 {
    // High words of 1 and of sqrt(1/2).
    const ONE: u64 = 0x3ff0_0000;
    const ROOT: u64 = 0x3fe6_a09e;
    // A number of this exponent is a whole one and has it in its lowest bits.
    const WHOLE: u64 = 0x4330_0000_0000_0000;
    const BIAS: f64 = (1_u64 << 52) as f64 + 1023.0;
    const LN2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];
    const EVEN: [f64; 3] = [0.399_999_999_994_094_2, 0.222_221_984_321_497_84, 0.153_138_376_992_093_73];
    const ODD: [f64; 4] =
        [0.666_666_666_666_673_5, 0.285_714_287_436_623_9, 0.181_835_721_616_180_5, 0.147_981_986_051_165_86];
    let shifted = x.to_bits().wrapping_add((ONE - ROOT) << 32);
    let k = f64::from_bits(WHOLE | (shifted >> 52)) - BIAS;
    let f = f64::from_bits((shifted & ((1 << 52) - 1)).wrapping_add(ROOT << 32)) - 1.0;
    let half = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (EVEN[0] + w * (EVEN[1] + w * EVEN[2]));
    let odd = z * (ODD[0] + w * (ODD[1] + w * (ODD[2] + w * ODD[3])));
    let log = s * (half + (odd + even)) + k * LN2[1] - half + f + k * LN2[0];
    if x < f64::INFINITY { log } else { x }
}

/// Replaces numbers strictly between 0 and 1 with their [`quantile`]s.
pub fn quantiles(numbers: &mut Block) {
    let block = *numbers;
    for p in numbers.iter_mut() {
        *p = centre(*p - 0.5);
    }
    // One in seven lies outside the centre. These are gathered.
    let (mut places, mut count) = ([0_u8; BLOCK], 0);
    for (place, p) in block.iter().enumerate() {
        // The remainder never matters; it removes the bounds check.
        places[count % BLOCK] = place as u8;
        count += usize::from(!is_central(p - 0.5));
    }
    let places = &places[..count];
    let mut tails = [0.5; BLOCK];
    for (tail, place) in tails.iter_mut().zip(places) {
        let p = block[usize::from(*place)];
        *tail = if p < 0.5 { p } else { 1.0 - p };
    }
    // In pairs, so that the compiler sees how many lanes there are.
    let (pairs, _) = tails.as_chunks_mut::<2>();
    for tail in pairs[..count.div_ceil(2)].as_flattened_mut() {
        let r = (-log(*tail)).sqrt();
        *tail = if is_middle(r) { middle(r) } else { f64::NAN };
    }
    for (tail, place) in tails.iter().zip(places) {
        let place = usize::from(*place);
        // Values further out are rare.
        let x = if tail.is_nan() { quantile(block[place]).abs() } else { *tail };
        numbers[place] = if block[place] < 0.5 { -x } else { x };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that are spread over the exponents from `2^-n` to `2^n`, both mantissa and exponent at random.
    fn numbers(n: u64, count: u64) -> impl Iterator<Item = f64> {
        (0..count).map(move |i| {
            let bits = i.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            f64::from_bits(((1023 - n + (bits >> 52) % (2 * n)) << 52) | (bits & ((1 << 52) - 1)))
        })
    }

    #[test]
    fn logarithms_have_the_bits_of_the_library() {
        let ends = [1.0, f64::INFINITY, f64::MAX, f64::MIN_POSITIVE, 0.5, 2.0, 1.0 - f64::EPSILON, 1.0 + f64::EPSILON];
        let groups =
            numbers(1000, 80_000).chain(numbers(1, 80_000)).chain(ends).chain([2.0; BLOCK]).collect::<Vec<_>>();
        for group in groups.as_chunks::<BLOCK>().0 {
            let mut logs_of = *group;
            logs(&mut logs_of);
            for (x, log) in group.iter().zip(logs_of) {
                assert_eq!(log.to_bits(), libm::log(*x).to_bits(), "{x}");
            }
        }
    }

    #[test]
    fn quantiles_have_the_bits_of_one_quantile() {
        let edge = [0.075, 0.925, 0.5, 1e-11, 1e-12, 1e-300, 1.0 - f64::EPSILON, libm::exp(-25.0)];
        let small = numbers(50, 20_000).filter(|p| *p < 1.0);
        let all = small.flat_map(|p| [p, 1.0 - p]).filter(|p| *p < 1.0).chain(edge).chain([0.01; BLOCK]);
        for block in all.collect::<Vec<_>>().as_chunks::<BLOCK>().0 {
            let mut x = *block;
            quantiles(&mut x);
            for (p, x) in block.iter().zip(x) {
                assert_eq!(x.to_bits(), quantile(*p).to_bits(), "{p}");
            }
        }
    }
}
