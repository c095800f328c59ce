//! The feedback loop in one second of a run, in words.

use serde::Serialize;

use super::phrases::{change_words, time_words};
use crate::FULL;
use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::say;
use crate::text::units::dollars;

/// The feedback loop in one second of a run, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Time: `12 s after the first sale`.
    pub time: String,
    /// The price relative to the start.
    pub price: String,
    /// Sales newly ordered by bots, and people newly beyond their limit.
    pub triggered: String,
    /// Forced sales.
    pub sold: String,
    /// Move of the price in this second.
    pub moved: String,
    /// Whether trade is halted.
    pub halted: bool,
}

/// The feedback loop in one second.
#[must_use]
pub fn moment(simulator: &Simulator, second: usize) -> Moment {
    let series = &simulator.run().series;
    let lot = simulator.rules().lot;
    let second = second.min(series.price.len() - 1);
    let before = series.price[second.saturating_sub(1)];
    let money = |lots: u64| dollars(lots as f64 * lot);
    let rules = simulator.rules();
    let lots = series.bots_sold[second] + series.people_sold[second];
    // Funds sell by rule, too.
    let sold = if FULL && !rules.purchase() {
        dollars(lots as f64 * lot + series.funds_along(rules, second))
    } else {
        money(lots)
    };
    Moment {
        time: time_words(second, simulator.rules().purchase()),
        price: change_words(-percent(-series.price[second])),
        triggered: money(series.triggered[second]),
        sold: match series.bought_back.get(second).map_or(0, |(bots, people)| bots + people) {
            0 => sold,
            back => say!("{sold} and {bought} bought back", sold, bought = money(back)),
        },
        moved: change_words(-percent(before - series.price[second])),
        halted: series.halted[second] == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn sales_of_funds_are_sales() {
        let sold = |second| moment(&Simulator::new(&query::parse("scenario=oct-1987").unwrap()), second).sold;
        assert_eq!(sold(0), "$0");
        assert_ne!(sold(600), "$0");
    }

    #[test]
    fn purchases_of_shorts_are_not_called_sales() {
        assert!(
            moment(&Simulator::new(&query::parse("first-order=purchase&shorts=100&bots=100").unwrap()), 312)
                .sold
                .ends_with(" bought back")
        );
    }
}
