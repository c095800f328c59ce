//! The axes of a phase map: a parameter and its values, and errors of a request.

use std::ops::RangeInclusive;

use crate::params::{ParamError, Params, Row, Scale, row};
use crate::text::decimal;
use crate::text::units::number;

/// Most values that an axis may have.
pub const MOST: usize = 256;

/// Error of a request for a map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// An unknown parameter, or an end of the axis that is not allowed.
    #[error(transparent)]
    Param(#[from] ParamError),
    /// The seed, whose values have no order.
    #[error("seed cannot be an axis: its values have no order")]
    Seed,
    /// The same parameter on both axes.
    #[error("both axes are {name}; a map needs two different ones")]
    Same {
        /// Its name.
        name: String,
    },
    /// The ends are in the wrong order.
    #[error("{name} goes from {from} to {to}, but the smaller one must come first")]
    Backwards {
        /// Name of the parameter.
        name: String,
        /// The first end.
        from: String,
        /// The other end.
        to: String,
    },
    /// Too many values, or none.
    #[error("{name} has {count} values, but must have 1 to {MOST}")]
    Size {
        /// Name of the parameter.
        name: String,
        /// The number requested.
        count: usize,
    },
}

/// One side of the map: a parameter and its values, least to greatest.
#[derive(Clone)]
pub struct Axis {
    pub(super) row: &'static Row,
    pub(super) values: Vec<f64>,
}

impl Axis {
    /// The whole range of the parameter of that name in `count` values, spaced evenly on its own scale. If zero
    /// switches a feature off, it is the first value.
    ///
    /// # Errors
    /// If there is no such parameter, if it is the seed, or if there are none or more than [`MOST`] values.
    pub fn new(name: &str, count: usize) -> Result<Self, Refused> {
        let row = row(name).ok_or_else(|| ParamError::unknown(name))?;
        let least = if row.scale == Scale::LogOrOff { 0.0 } else { row.min };
        Self::between(name, least, row.max, count)
    }

    /// The values between two ends.
    ///
    /// # Errors
    /// Also if an end is not allowed, or if they are in the wrong order.
    pub fn between(name: &str, from: f64, to: f64, count: usize) -> Result<Self, Refused> {
        let row = row(name).ok_or_else(|| ParamError::unknown(name))?;
        if row.scale == Scale::Seed {
            return Err(Refused::Seed);
        }
        if let Some(end) = [from, to].into_iter().find(|end| !row.allows(*end)) {
            return Err(ParamError::not_allowed(row, &number(end)).into());
        }
        if from > to {
            return Err(Refused::Backwards { name: row.name(), from: number(from), to: number(to) });
        }
        if !(1..=MOST).contains(&count) {
            return Err(Refused::Size { name: row.name(), count });
        }
        let mut written = Params::default();
        let mut values = Vec::with_capacity(count);
        for i in 0..count {
            // Rounded as in a query, so that a cell and its query agree.
            written.set(row, row.nearest(spaced(row, (from, to), i, count)))?;
            values.push(written.get(row));
        }
        Ok(Self { row, values })
    }

    /// The axis with values rounded to three significant digits, where that is allowed and keeps their order.
    #[must_use]
    pub fn rounded(mut self) -> Self {
        let exact = self.values.clone();
        for (i, value) in self.values.iter_mut().enumerate() {
            let round = three_digits(*value);
            let above = i == 0 || exact[i - 1] < round;
            let below = exact.get(i + 1).is_none_or(|next| round < *next);
            if self.row.allows(round) && above && below {
                *value = round;
            }
        }
        self
    }

    /// The row of the table.
    #[must_use]
    pub fn row(&self) -> &'static Row {
        self.row
    }

    /// The values. A whole number may repeat if the range has fewer of them than the axis.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The position of a value on the axis in cells from the first one, on the parameter's own scale: 2.5 is halfway
    /// between the third and the fourth. Values outside are clamped to the ends.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        let above = self.values.iter().position(|here| *here > value);
        let (low, high) = match above {
            Some(0) => return 0.0,
            Some(i) => (i - 1, i),
            None => return (self.values.len() - 1) as f64,
        };
        let (from, to) = (self.values[low], self.values[high]);
        let log = matches!(self.row.scale, Scale::Log | Scale::LogOrOff | Scale::WholeLog) && from > 0.0;
        let share = if log { libm::log(value / from) / libm::log(to / from) } else { (value - from) / (to - from) };
        low as f64 + share
    }

    /// All positions with the same value as this one.
    pub(super) fn alike(&self, i: usize) -> RangeInclusive<usize> {
        let same = |other: &usize| self.values[*other] == self.values[i];
        let first = (0..i).rev().take_while(same).last().unwrap_or(i);
        let last = (i + 1..self.values.len()).take_while(same).last().unwrap_or(i);
        first..=last
    }
}

/// The nearest number of three significant digits and at most nine decimal places, as a query would give it back.
fn three_digits(value: f64) -> f64 {
    let size = value.abs();
    let places = (0..decimal::PLACES).find(|places| size * decimal::tens(*places as i32) >= 100.0);
    let places = places.unwrap_or(decimal::PLACES);
    let over = (0..20).find(|power| size < 1000.0 * decimal::tens(*power)).unwrap_or(0);
    let scaled = if over > 0 { value / decimal::tens(over) } else { value * decimal::tens(places as i32) };
    let whole = scaled.round();
    if over > 0 { whole * decimal::tens(over) } else { whole / decimal::tens(places as i32) }
}

/// Value `i` of `count`, before rounding to an allowed one.
fn spaced(row: &Row, (from, to): (f64, f64), i: usize, count: usize) -> f64 {
    if i == 0 || from == to {
        return from;
    }
    if i + 1 == count {
        return to;
    }
    let share = i as f64 / (count - 1) as f64;
    match row.scale {
        // Off is the first value; the others are spaced from the smallest positive one.
        Scale::LogOrOff if from == 0.0 => row.min * libm::pow(to / row.min, (i - 1) as f64 / (count - 2) as f64),
        Scale::Log | Scale::LogOrOff | Scale::WholeLog => from * libm::pow(to / from, share),
        Scale::Linear(_) | Scale::Whole(_) | Scale::Choice(_) | Scale::Seed => from + (to - from) * share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_gives_exactly_the_positions_with_equal_values() {
        let hours = Axis::new("hours", 16).unwrap();
        for i in 0..16 {
            let alike: Vec<usize> = (0..16).filter(|other| hours.values[*other] == hours.values[i]).collect();
            assert!(alike.len() > 1);
            assert_eq!(hours.alike(i).collect::<Vec<_>>(), alike);
        }
        assert_eq!(Axis::new("bots", 16).unwrap().alike(7), 7..=7);
    }
    #[test]
    fn rounded_values_have_three_digits_keep_their_order_and_match_their_query() {
        for (name, count) in [("leverage", 64), ("bots", 64), ("accounts", 40), ("depth", MOST), ("throttle", 9)] {
            let exact = Axis::new(name, count).unwrap();
            let round = exact.clone().rounded();
            assert!(round.values.is_sorted_by(|a, b| a < b), "{name}");
            for (exact, round) in exact.values.iter().zip(&round.values) {
                assert!((exact - round).abs() <= 0.005 * exact.abs() + 1e-9, "{name}: {exact} {round}");
                let mut written = Params::default();
                written.set(exact_row(name), *round).unwrap();
                assert_eq!(written.get(exact_row(name)), *round);
            }
        }
        assert_eq!(Axis::new("bots", 64).unwrap().rounded().values[23], 36.5);
        // If there are fewer whole numbers than values, rounding changes nothing.
        let hours = Axis::new("hours", 16).unwrap();
        assert_eq!(hours.clone().rounded().values, hours.values);
    }

    #[test]
    fn a_position_is_interpolated_on_the_scale_of_the_parameter() {
        let leverage = Axis::between("leverage", 1.0, 16.0, 5).unwrap();
        for (i, value) in leverage.values.iter().enumerate() {
            assert!((leverage.place(*value) - i as f64).abs() < 1e-12);
        }
        assert!((leverage.place(libm::sqrt(8.0)) - 1.5).abs() < 1e-12);
        assert_eq!((leverage.place(50.0), leverage.place(0.5)), (4.0, 0.0));
        let throttle = Axis::new("throttle", 3).unwrap();
        assert_eq!((throttle.place(0.0), throttle.place(0.0005)), (0.0, 0.5));
        assert_eq!(Axis::new("hours", 16).unwrap().place(1.0), 1.0, "the last of several equal values");
    }

    fn exact_row(name: &str) -> &'static Row {
        row(name).unwrap()
    }
}
