//! The axes of a phase map: which parameter, which values, and what is wrong with those that were asked for.

use std::ops::RangeInclusive;

use crate::params::{Params, Row, Scale, row};
use crate::query::Problem;
use crate::units::number;

/// Most values that an axis may have.
pub const MOST: usize = 256;

/// Why there is no such map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such parameter, or an end of the axis that is not allowed.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// A seed has no more and no less.
    #[error("seed cannot be an axis: a greater seed is not more of anything")]
    Seed,
    /// The same parameter twice.
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
        /// How many were asked for.
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
    /// The whole range of the parameter of that name in so many values, spaced evenly on its own scale: where zero
    /// switches something off, that is the first one.
    ///
    /// # Errors
    /// If there is no such parameter, if it is the seed, or if there are none or more than [`MOST`] values.
    pub fn new(name: &str, count: usize) -> Result<Self, Refused> {
        let row = row(name).ok_or_else(|| Problem::unknown(name))?;
        let least = if row.scale == Scale::LogOrOff { 0.0 } else { row.min };
        Self::between(name, least, row.max, count)
    }

    /// The same between two ends.
    ///
    /// # Errors
    /// Also if an end is not allowed, or if they are in the wrong order.
    pub fn between(name: &str, from: f64, to: f64, count: usize) -> Result<Self, Refused> {
        let row = row(name).ok_or_else(|| Problem::unknown(name))?;
        if row.scale == Scale::Seed {
            return Err(Refused::Seed);
        }
        if let Some(end) = [from, to].into_iter().find(|end| !row.allows(*end)) {
            return Err(Problem::not_allowed(row, &number(end)).into());
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
            // As it is kept once it is set, so that a cell and its query are the same.
            written.set(row, row.nearest(spaced(row, (from, to), i, count)))?;
            values.push(written.get(row));
        }
        Ok(Self { row, values })
    }

    /// The row of the table.
    #[must_use]
    pub fn row(&self) -> &'static Row {
        self.row
    }

    /// The values. Whole numbers may come several times, where there are fewer of them than values.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// All places with the value of this one.
    pub(super) fn alike(&self, i: usize) -> RangeInclusive<usize> {
        let same = |other: &usize| self.values[*other] == self.values[i];
        let first = (0..i).rev().take_while(same).last().unwrap_or(i);
        let last = (i + 1..self.values.len()).take_while(same).last().unwrap_or(i);
        first..=last
    }
}

/// The value `i` of `count`, before it is brought to an allowed one.
fn spaced(row: &Row, (from, to): (f64, f64), i: usize, count: usize) -> f64 {
    if i == 0 || from == to {
        return from;
    }
    if i + 1 == count {
        return to;
    }
    let share = i as f64 / (count - 1) as f64;
    match row.scale {
        // Off is the first value, and the others are spaced from the least that is not.
        Scale::LogOrOff if from == 0.0 => row.min * libm::pow(to / row.min, (i - 1) as f64 / (count - 2) as f64),
        Scale::Log | Scale::LogOrOff | Scale::WholeLog => from * libm::pow(to / from, share),
        Scale::Linear(_) | Scale::Whole(_) | Scale::Choice(_) | Scale::Seed => from + (to - from) * share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_are_all_places_with_the_same_value_and_no_others() {
        let hours = Axis::new("hours", 16).unwrap();
        for i in 0..16 {
            let alike: Vec<usize> = (0..16).filter(|other| hours.values[*other] == hours.values[i]).collect();
            assert!(alike.len() > 1);
            assert_eq!(hours.alike(i).collect::<Vec<_>>(), alike);
        }
        assert_eq!(Axis::new("bots", 16).unwrap().alike(7), 7..=7);
    }
}
