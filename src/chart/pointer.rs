//! The reader's pointer: a second, a fall of the price or an account. The other two are derived from it where possible,
//! so that all views highlight the same thing.

use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;

/// The target of a pointer in one of the views.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// A second of the run.
    Second(usize),
    /// A fall below the start price, percent; a rise is negative.
    Fall(f64),
    /// An account of the crowd.
    Account(u32),
    /// Another crowd, by its seed.
    Crowd(u64),
}

/// The highlight shown in all views.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mark {
    /// A second of the run.
    pub second: Option<usize>,
    /// A fall below the start price, percent; a rise is negative.
    pub fall: Option<f64>,
    /// An account of the crowd.
    pub account: Option<u32>,
}

impl Mark {
    /// The highlight for a spot. A second gives the price at that time. A fall gives the second in which the price
    /// first passes it after the first sale begins. An account gives the fall of its margin limit, and that second.
    #[must_use]
    pub fn of(simulator: &Simulator, spot: Spot) -> Self {
        let series = &simulator.run().series;
        let price = &series.price;
        let passed = |price: &[f64], fall: f64| {
            let beyond = |second: &usize| {
                let here = percent(-price[*second]);
                if fall >= 0.0 { here >= fall } else { here <= fall }
            };
            (SHOCK_AT..price.len()).find(beyond)
        };
        match spot {
            // Other crowds have other runs.
            Spot::Crowd(_) => Self::default(),
            Spot::Second(second) => {
                let second = second.min(price.len() - 1);
                Self { second: Some(second), fall: Some(percent(-price[second])), account: None }
            }
            Spot::Fall(fall) => Self { second: passed(price, fall), fall: Some(fall), account: None },
            Spot::Account(account) => {
                let crowd = simulator.crowd();
                let Some(limit) = crowd.falls.get(account as usize) else { return Self::default() };
                let fall = percent(if crowd.is_short(account as usize) { -limit } else { *limit });
                Self { second: passed(series.limits_price(), fall), fall: Some(fall), account: Some(account) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    #[test]
    fn an_account_marks_the_second_in_which_its_limit_is_passed() {
        let simulator = Simulator::new(&query::parse("mark=20&shock=8").unwrap());
        let series = &simulator.run().series;
        let first = |price: &[f64], limit: f64| price.iter().position(|price| -price >= limit);
        let account = (0..10_000).find(|i| (0.03..0.04).contains(&simulator.crowd().falls[*i as usize])).unwrap();
        let limit = simulator.crowd().falls[account as usize];
        let second = Mark::of(&simulator, Spot::Account(account)).second;
        assert_eq!(second, first(&series.mark, limit));
        assert!(second > first(&series.price, limit).map(|second| second + 5));
        // A fall under the pointer is a fall of the price.
        let fall = percent(limit);
        assert_eq!(Mark::of(&simulator, Spot::Fall(fall)).second, first(&series.price, -libm::log1p(-fall / 100.0)));
    }

    #[test]
    fn second_fall_and_account_are_derived_from_one_another() {
        let simulator = Simulator::default();
        let mark = Mark::of(&simulator, Spot::Second(312));
        let fall = mark.fall.unwrap();
        assert!(fall > 2.0);
        assert_eq!(Mark::of(&simulator, Spot::Fall(fall)).second.unwrap(), 312);
        let account = (0..10_000).find(|i| percent(simulator.crowd().falls[*i as usize]) < fall).unwrap();
        let of_account = Mark::of(&simulator, Spot::Account(account));
        assert!(of_account.second.unwrap() <= 312 && of_account.fall.unwrap() < fall);
        assert_eq!(Mark::of(&simulator, Spot::Fall(99.0)).second, None);
        assert_eq!(Mark::of(&simulator, Spot::Account(u32::MAX)), Mark::default());
    }
}
