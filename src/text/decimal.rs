//! Decimal numbers from and to text.
//!
//! The standard library handles doubles of any size and carries 30 kB of code and tables for it, a tenth of what a
//! visitor loads. Parameters and numbers in sentences have at most [`PLACES`] decimal places, for which whole-number
//! arithmetic is enough.

/// Greatest number of decimal places.
pub const PLACES: u32 = 9;

/// Whole numbers up to this are exact doubles.
const EXACT: u64 = 1 << 53;

/// Powers of ten up to this exponent are exact doubles, so scaling by one rounds only once.
const POWER: i32 = 22;

/// Numbers from here on are not written in digits.
const LARGE: f64 = 1e18;

/// Reads a decimal number: digits, with optional sign, point and exponent. The result is the nearest double for
/// numbers of up to 15 significant digits with up to 22 decimal places (further ones are dropped), and for whole
/// numbers up to 2^53. Returns `None` for anything else.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, mut power) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, whole(exponent)?),
        None => (text, 0),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let mut value = 0;
    let mut room = true;
    for (i, byte) in before.bytes().chain(after.bytes()).enumerate() {
        let digit = char::from(byte).to_digit(10)?;
        let more = value * 10 + u64::from(digit);
        room &= more <= EXACT;
        if room {
            value = more;
        }
        power += i32::from(!room) - i32::from(i >= before.len());
    }
    Some(sign * scale(value, power)?)
}

/// The exponent; an absurd one is replaced by one that is certainly out of range.
fn whole(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = if digits.len() > 4 { 9999 } else { digits.parse::<i32>().ok()? };
    Some(if text.starts_with('-') { -size } else { size })
}

/// `value * 10^power` for a value up to 2^53, rounded once.
fn scale(mut value: u64, mut power: i32) -> Option<f64> {
    while power < -POWER && value > 0 {
        value /= 10;
        power += 1;
    }
    match power {
        _ if value == 0 => Some(0.0),
        ..0 => Some(value as f64 / tens(-power)),
        0..=POWER => Some(value as f64 * tens(power)),
        _ => None,
    }
}

/// 10^power, exact up to 10^22.
#[must_use]
pub fn tens(power: i32) -> f64 {
    (0..power).fold(1.0, |product, _| product * 10.0)
}

/// The number with the given number of decimal places, at most [`PLACES`], rounded like the standard library: to
/// nearest, ties to even. (Digits below 2^-64 are dropped before.)
#[must_use]
pub fn fixed(value: f64, places: u32) -> String {
    let (size, places) = (value.abs(), places.min(PLACES));
    if size.is_nan() {
        return "NaN".into();
    }
    let minus = if value < 0.0 { "-" } else { "" };
    if size >= LARGE {
        return format!("{minus}over 10^18");
    }
    // In units of 2^-64 times a power of ten: digits lie above the 64th bit, the remainder below.
    let unit = 10_u64.pow(places);
    let product = u128::from((size.fract() * 65536.0 * 65536.0 * 65536.0 * 65536.0) as u64) * u128::from(unit);
    let (mut whole, mut digits, rest) = (size as u64, (product >> 64) as u64, product as u64);
    let odd = if places == 0 { whole } else { digits } % 2;
    if rest > (1 << 63) - odd {
        digits += 1;
    }
    if digits == unit {
        (whole, digits) = (whole + 1, 0);
    }
    let minus = if whole == 0 && digits == 0 { "" } else { minus };
    if places == 0 {
        return format!("{minus}{whole}");
    }
    format!("{minus}{whole}.{digits:0width$}", width = places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn common_notations_are_read() {
        for text in ["0", "7", "0.3", ".5", "5.", "-2", "+2", "1e3", "1.5E-2", "0010", "0.00040", "1000000"] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        for text in ["9007199254740992", "1e22", "0e9999", "1e-400", "0.30000000000000000000000000004"] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn other_text_is_not_a_number() {
        for text in ["", "-", ".", "e5", "1e", "1e+", "x", "1x", "0x10", "inf", "NaN", "1e999", "1,5", "1 000", "é"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn ties_round_to_even_and_zero_has_no_sign() {
        let pairs = [(0.125, 2, "0.12"), (0.375, 2, "0.38"), (0.5, 0, "0"), (1.5, 0, "2"), (9.96, 1, "10.0")];
        for (value, places, text) in pairs {
            assert_eq!(fixed(value, places), text);
        }
        assert_eq!(fixed(-0.04, 1), "0.0");
        assert_eq!(fixed(-0.06, 1), "-0.1");
        assert_eq!([f64::NAN, f64::NEG_INFINITY, 1e300].map(|v| fixed(v, 2)), ["NaN", "-over 10^18", "over 10^18"]);
    }

    proptest! {
        #[test]
        fn digits_equal_those_of_the_standard_library(value in -1.0e6..1.0e6_f64, places in 0..=PLACES) {
            let places = places as usize;
            prop_assert_eq!(fixed(value, places as u32), format!("{value:.places$}"));
        }

        #[test]
        fn writing_and_reading_round_trip(value in 0.0..1.0e6_f64) {
            let text = fixed(value, PLACES);
            let read = parse(&text).unwrap();
            prop_assert!((read - value).abs() <= 0.5e-9 + value * f64::EPSILON);
            prop_assert_eq!(fixed(read, PLACES), text);
        }

        #[test]
        fn fifteen_digits_are_read_as_by_the_standard_library(
            digits in 0..1_000_000_000_000_000_u64,
            places in 0..15_usize,
        ) {
            let text = format!("{digits:015}");
            let (whole, fraction) = text.split_at(15 - places);
            let text = format!("{whole}.{fraction}");
            prop_assert_eq!(parse(&text), text.parse().ok());
        }

        #[test]
        fn arbitrary_text_does_not_panic(text in ".{0,40}") {
            let _ = parse(&text);
        }
    }
}
