//! One row of the table: its allowed values, the stops of its slider, and its values in words.

use super::error::ParamError;
use super::scale::{GREATEST_EXACT, Scale};
use super::table::{Params, Row};
use crate::say;
use crate::text::decimal::{self, tens};
use crate::text::language::{joined, tr};
use crate::text::units::{dollars, duration, figure, number, percent_of, thousands};

impl Row {
    /// The name as written in URLs and attributes: hyphens instead of underscores.
    #[must_use]
    pub fn name(&self) -> String {
        self.id.replace('_', "-")
    }

    /// Whether the value is allowed.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        let inside = value >= self.min && value <= self.max;
        match self.scale {
            Scale::Linear(_) | Scale::Log => inside,
            Scale::LogOrOff => inside || value == 0.0,
            Scale::Whole(_) | Scale::WholeLog | Scale::Choice(_) => inside && value.fract() == 0.0,
            Scale::Seed => inside && value.fract() == 0.0 && value <= GREATEST_EXACT as f64,
        }
    }

    /// The nearest allowed value; the default for NaN.
    #[must_use]
    pub fn nearest(&self, value: f64) -> f64 {
        if value.is_nan() {
            return self.default;
        }
        // Not `clamp`, here and in the model: its panic message would add the standard library's formatting of doubles
        // to the light build.
        let inside = value.max(self.min).min(self.max);
        match self.scale {
            Scale::LogOrOff if value < self.min / 2.0 => 0.0,
            Scale::Whole(_) | Scale::WholeLog | Scale::Choice(_) => inside.round(),
            _ => inside,
        }
    }

    /// The allowed values in words: `1 to 50`, `0 (off) or 0.001 to 10`.
    #[must_use]
    pub fn allowed(&self) -> String {
        let range = say!("{least} to {most}", least = figure(self.min), most = figure(self.max));
        match self.scale {
            Scale::Linear(_) | Scale::Log => range,
            Scale::LogOrOff => say!("0 (off) or {range}", range),
            Scale::Whole(_) | Scale::WholeLog => say!("a whole number from {range}", range),
            Scale::Choice(names) => joined(names, tr(" or ")),
            Scale::Seed => {
                say!("a whole number from {range}", range = say!("{least} to {most}", least = 0, most = u64::MAX))
            }
        }
    }

    /// The positions of the slider, least to greatest. A seed has none.
    #[must_use]
    pub fn stops(&self) -> Vec<f64> {
        let mut stops = Vec::new();
        match self.scale {
            Scale::Linear(step) | Scale::Whole(step) => {
                // In whole hundredths, so that 0.1 + 0.2 is 0.3.
                let hundredths = (step * 100.0).round();
                let count = ((self.max - self.min) / step).floor() as u32;
                stops.extend((0..=count).map(|i| ((self.min * 100.0).round() + hundredths * f64::from(i)) / 100.0));
                if stops.last().is_some_and(|last| *last < self.max) {
                    stops.push(self.max);
                }
            }
            Scale::Log | Scale::LogOrOff | Scale::WholeLog => {
                if self.scale == Scale::LogOrOff {
                    stops.push(0.0);
                }
                for exponent in -4..7 {
                    for digits in 10..100 {
                        let value = shifted(digits, exponent - 1);
                        let whole = self.scale != Scale::WholeLog || value.fract() == 0.0;
                        if whole && value >= self.min && value <= self.max {
                            stops.push(value);
                        }
                    }
                }
            }
            Scale::Choice(names) => stops.extend((0..names.len()).map(|i| i as f64)),
            Scale::Seed => {}
        }
        stops
    }

    /// The value in digits, as it is written in a URL.
    #[must_use]
    pub fn write(&self, params: &Params) -> String {
        match self.scale {
            Scale::Seed => params.seed.to_string(),
            Scale::Choice(names) => names[params.get(self) as usize].into(),
            _ => number(params.get(self)),
        }
    }

    /// The value with its unit, for readers.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        if value == 0.0 && (self.scale == Scale::LogOrOff || self.id == "breaker_fall") {
            return tr("off").into();
        }
        if let Scale::Choice(names) = self.scale {
            return names.get(value as usize).copied().map_or("", tr).into();
        }
        match self.unit {
            "x" => say!("{number}x", number = figure(value)),
            "%" => percent_of(&figure(value)),
            "$bn" => dollars(value),
            "$bn/s" => say!("{amount} a second", amount = dollars(value)),
            "1/s" => say!("{amount} a second", amount = figure(value)),
            "s" => duration(value),
            "h" => say!("{number}\u{a0}h", number = figure(value)),
            _ => thousands(value),
        }
    }
}

impl Params {
    /// Sets one parameter.
    ///
    /// # Errors
    /// The value is not allowed; nothing is changed.
    pub fn set(&mut self, row: &Row, value: f64) -> Result<(), ParamError> {
        if row.allows(value) {
            // Rounded as in a URL: nine decimal places, no negative zero.
            (row.set)(self, decimal::parse(&number(value)).unwrap_or(value) + 0.0);
            Ok(())
        } else {
            Err(ParamError::not_allowed(row, &number(value)))
        }
    }
}

/// `digits * 10^exponent`, as the nearest number to its decimal notation.
fn shifted(digits: u32, exponent: i32) -> f64 {
    let power = tens(exponent.abs());
    if exponent < 0 { f64::from(digits) / power } else { f64::from(digits) * power }
}
