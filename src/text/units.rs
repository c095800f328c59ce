//! Numbers with units, formatted for readers.

use crate::say;
use crate::text::decimal;
use crate::text::language::{numeral, tr};

/// No-break space between a number and its unit.
pub const SPACE: char = '\u{a0}';

/// A number in digits without trailing zeros, with at most the nine decimal places of parameters.
#[must_use]
pub fn number(value: f64) -> String {
    trimmed(decimal::fixed(value, decimal::PLACES))
}

/// Removes trailing zeros after the decimal point.
fn trimmed(mut digits: String) -> String {
    if digits.contains('.') {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    digits
}

/// A dollar amount: `$2bn`, `$50m`.
#[must_use]
pub fn dollars(billions: f64) -> String {
    if billions == 0.0 {
        tr("$0").into()
    } else if billions.abs() < 0.9995 {
        say!("${number}m", number = short(billions * 1000.0))
    } else {
        say!("${number}bn", number = short(billions))
    }
}

/// A duration: `2 s`, `30 min`, `1.5 h`.
#[must_use]
pub fn duration(seconds: f64) -> String {
    if seconds < 120.0 {
        say!("{number}\u{a0}s", number = short(seconds))
    } else if seconds < 7200.0 {
        say!("{number}\u{a0}min", number = short(seconds / 60.0))
    } else {
        say!("{number}\u{a0}h", number = short(seconds / 3600.0))
    }
}

/// A duration, to the second below two hours: `31 s`, `3 min 17 s`, `5 h 55 min`.
#[must_use]
pub fn time(seconds: usize) -> String {
    match (seconds, seconds / 60 % 60, seconds % 60) {
        (0..120, ..) => say!("{number}\u{a0}s", number = seconds),
        (120..7200, minutes, 0) => say!("{number}\u{a0}min", number = minutes + 60 * (seconds / 3600)),
        (120..7200, minutes, rest) => {
            say!("{minutes}\u{a0}min {seconds}\u{a0}s", minutes = minutes + 60 * (seconds / 3600), seconds = rest)
        }
        (_, 0, _) => say!("{number}\u{a0}h", number = seconds / 3600),
        (_, minutes, _) => say!("{hours}\u{a0}h {minutes}\u{a0}min", hours = seconds / 3600, minutes),
    }
}

/// A number with a fixed number of decimal places, in the format of the language.
#[must_use]
pub fn digits(value: f64, places: u32) -> String {
    numeral(decimal::fixed(value, places))
}

/// A number in the format of the language, where [`number`] has that of addresses.
#[must_use]
pub fn figure(value: f64) -> String {
    numeral(number(value))
}

/// A percentage.
#[must_use]
pub fn percent_of(number: &str) -> String {
    say!("{number}%", number)
}

/// Three significant digits.
fn short(value: f64) -> String {
    numeral(significant(value))
}

fn significant(value: f64) -> String {
    let size = value.abs();
    if size >= 1000.0 {
        let power = (1..16).find(|power| size < 1000.0 * decimal::tens(*power)).unwrap_or(0);
        return number((value / decimal::tens(power)).round_ties_even() * decimal::tens(power));
    }
    let places = (0..decimal::PLACES).find(|places| size * decimal::tens(*places as i32) >= 100.0);
    trimmed(decimal::fixed(value, places.unwrap_or(decimal::PLACES)))
}

/// A count with thousands separators.
#[must_use]
pub fn thousands(value: f64) -> String {
    numeral(apart(value))
}

fn apart(value: f64) -> String {
    let text = number(value);
    // In words, if it is too large for digits.
    if value.abs() >= 1e18 {
        return text;
    }
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |f| format!("{out}.{f}"))
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_separated_and_words_unchanged() {
        assert_eq!([999.0, 6872.0, 1_234_567.0].map(thousands), ["999", "6,872", "1,234,567"]);
        assert_eq!(thousands(1e300), "over 10^18");
    }
}
