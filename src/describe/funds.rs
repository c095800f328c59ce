//! The trades of funds that keep their leverage, in words.

use crate::model::Simulator;
use crate::say;
use crate::text::units::dollars;

/// $bn that the funds traded up to a second, in the direction of the first order.
#[must_use]
pub fn traded_by_funds(simulator: &Simulator, until: usize) -> f64 {
    let (rules, series) = (simulator.rules(), &simulator.run().series);
    (0..=until.min(rules.seconds)).map(|second| series.funds_along(rules, second)).sum()
}

/// The same as a sentence.
#[must_use]
pub fn by_funds(simulator: &Simulator, until: usize) -> String {
    let amount = dollars(traded_by_funds(simulator, until));
    if simulator.rules().purchase() {
        say!("Funds bought {amount} by rule.", amount)
    } else {
        say!("Funds sold {amount} by rule.", amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn funds_sell_as_the_price_falls_and_buy_as_it_rises() {
        let of = |text: &str| {
            let simulator = Simulator::new(&query::parse(text).unwrap());
            (traded_by_funds(&simulator, usize::MAX), by_funds(&simulator, usize::MAX))
        };
        let (sold, words) = of("scenario=oct-1987");
        assert!(sold > 5.0 && words.starts_with("Funds sold $"), "{words}");
        let (bought, words) = of("scenario=feb-2018");
        assert!((bought - 4.0).abs() < 0.4 && words.starts_with("Funds bought $"), "{words}");
        assert_eq!(of("").0, 0.0);
    }
}
