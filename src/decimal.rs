//! Decimal numbers from text, to the nearest double.
//!
//! The standard library's parser carries 10 kB of tables, a tenth of what a visitor loads, to round numbers of
//! hundreds of digits correctly. Parameters have at most the 17 digits in which any double can be written, and
//! for those one division of whole numbers is enough.

/// Digits that are read; any double is told apart from all others by so many.
const DIGITS: u32 = 17;

/// Bits by which a number is shifted before it is divided: the quotient then has more of them than a double.
const SHIFT: u32 = 70;

/// Reads a decimal number: digits, perhaps a sign, a point, an exponent. The result is the nearest double for
/// up to 17 significant digits and a value of 0.0001 to 10^37 (further digits are dropped, and what is smaller
/// is rounded to 21 decimal places). Anything else is not a number: `None`.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (digits, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], whole(&text[at + 1..])?),
        None => (text, 0),
    };
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let mut value: u128 = 0;
    let mut power = exponent;
    for (i, byte) in before.bytes().chain(after.bytes()).enumerate() {
        let digit = char::from(byte).to_digit(10)?;
        let fraction = i32::from(i >= before.len());
        if value < 10_u128.pow(DIGITS - 1) {
            value = value * 10 + u128::from(digit);
            power -= fraction;
        } else {
            power += 1 - fraction;
        }
    }
    let nearest = scale(value, power)?;
    Some(if negative { -nearest } else { nearest })
}

/// The exponent; what no parameter could have becomes something that certainly is out of range.
fn whole(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = if digits.len() > 4 { 9999 } else { digits.parse::<i32>().ok()? };
    Some(if text.starts_with('-') { -size } else { size })
}

/// `value * 10^power` for a value below 10^17, rounded once.
fn scale(mut value: u128, mut power: i32) -> Option<f64> {
    if value == 0 {
        return Some(0.0);
    }
    if power >= 0 {
        return if power <= 20 { Some((value * 10_u128.pow(power as u32)) as f64) } else { None };
    }
    while power < -21 {
        value /= 10;
        power += 1;
    }
    // What the division leaves over only decides between up and down, as a last bit.
    let divisor = 10_u128.pow(power.unsigned_abs());
    let numerator = value << SHIFT;
    let quotient = (numerator / divisor) | u128::from(!numerator.is_multiple_of(divisor));
    Some(quotient as f64 / (1_u128 << SHIFT) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_write_is_read() {
        for text in ["0", "7", "0.3", ".5", "5.", "-2", "+2", "1e3", "1.5E-2", "0010", "0.00040", "1000000"] {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not() {
        for text in ["", "-", ".", "e5", "1e", "1e+", "x", "1x", "0x10", "inf", "NaN", "1e999", "1,5", "1 000", "é"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_double_of_a_parameters_size_is_read_back_exactly(value in 0.0001..1.0e6_f64) {
            prop_assert_eq!(parse(&format!("{value}")), Some(value));
        }

        #[test]
        fn up_to_seventeen_digits_are_read_as_the_standard_library_does(
            digits in 0..100_000_000_000_000_000_u64,
            places in 0..17_usize,
        ) {
            let text = format!("{digits:017}");
            let (whole, fraction) = text.split_at(17 - places);
            let text = format!("{whole}.{fraction}");
            prop_assert_eq!(parse(&text), text.parse().ok());
        }

        #[test]
        fn no_text_makes_it_fail(text in ".{0,40}") {
            let _ = parse(&text);
        }
    }
}
