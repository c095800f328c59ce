//! Falls, rises and seconds of a run as phrases, for all other sentences.

use crate::model::results::summary::rise_percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::text::units::{digits, percent_of, thousands, time};
#[cfg(feature = "full")]
use crate::words;

/// A percentage with the digits that a reader needs: `16.9%`, `0.04%`.
#[must_use]
pub fn percent_words(percent: f64) -> String {
    if percent.abs() >= 99.95 {
        say!("over {percent}", percent = percent_of(&digits(99.9, 1)))
    } else if percent == 0.0 {
        percent_of("0")
    } else if percent.abs() < 0.005 {
        say!("under {percent}", percent = percent_of(&digits(0.01, 2)))
    } else {
        percent_of(&digits(percent, if percent.abs() >= 0.095 { 1 } else { 2 }))
    }
}

/// A rise: unlike a fall it may exceed 100%.
#[must_use]
pub fn rise_words(percent: f64) -> String {
    match percent {
        _ if percent < 99.95 => percent_words(percent),
        _ if percent < greatest_rise_percent() => percent_of(&thousands(percent.round())),
        _ => say!("over {percent}", percent = percent_of(&thousands(greatest_rise_percent().round()))),
    }
}

/// Greatest rise that is stated, percent.
fn greatest_rise_percent() -> f64 {
    rise_percent(f64::INFINITY)
}

/// A change with its sign, using a real minus sign: `−4.1%`, `+0.3%`.
#[must_use]
pub fn change_words(percent: f64) -> String {
    match percent {
        _ if percent.abs() < 0.005 => percent_of("0"),
        _ if percent >= greatest_rise_percent() => {
            say!(
                "over {percent}",
                percent = say!("+{percent}", percent = percent_of(&thousands(greatest_rise_percent().round())))
            )
        }
        _ if percent > 0.0 => say!("+{percent}", percent = rise_words(percent)),
        _ => signed_fall_words(-percent),
    }
}

/// A fall with a real minus sign: `−4.1%`.
#[must_use]
pub fn signed_fall_words(percent: f64) -> String {
    if percent < 99.95 {
        say!("−{percent}", percent = percent_words(percent))
    } else {
        say!("over {percent}", percent = say!("−{percent}", percent = percent_of(&digits(99.9, 1))))
    }
}

/// Time since the first order began: `after 31 s`.
#[must_use]
pub fn since_words(second: usize, purchase: bool) -> String {
    if second >= SHOCK_AT {
        say!("after {time}", time = time(second - SHOCK_AT))
    } else if purchase {
        say!("{time} before the first purchase", time = time(SHOCK_AT - second))
    } else {
        say!("{time} before the first sale", time = time(SHOCK_AT - second))
    }
}

/// Time relative to the first order: `31 s after the first sale`.
#[must_use]
pub fn time_words(second: usize, purchase: bool) -> String {
    if second < SHOCK_AT {
        since_words(second, purchase)
    } else if purchase {
        say!("{time} after the first purchase", time = time(second - SHOCK_AT))
    } else {
        say!("{time} after the first sale", time = time(second - SHOCK_AT))
    }
}

/// Why there is no R.
#[cfg(feature = "full")]
pub(crate) const NO_R: &str =
    words!("under the square-root law the first dollar has infinite impact, so there is no R");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_typographic_signs() {
        assert_eq!(change_words(-4.12), "−4.1%");
        assert_eq!(change_words(0.31), "+0.3%");
        assert_eq!(change_words(-0.004), "0%");
        assert_eq!(change_words(1234.0), "+1,234%");
        assert_eq!(change_words(-99.99), "over −99.9%");
        assert_eq!(change_words(1e12), "over +99,999,900%");
    }
}
