//! A run in sentences: its key figures, events and moments.

#[cfg(feature = "full")]
pub mod crowds;
#[cfg(feature = "full")]
mod figures;
#[cfg(feature = "full")]
mod funds;
mod headline;
mod moment;
#[cfg(feature = "full")]
mod not_covered;
mod phases;
mod phrases;
#[cfg(feature = "full")]
mod story;
#[cfg(feature = "full")]
mod table;

#[cfg(feature = "full")]
pub use figures::{KeyFigure, figures};
#[cfg(feature = "full")]
pub use funds::{by_funds, traded_by_funds};
pub use headline::{Automatons, automatons, crowd_buys, headline};
#[cfg(feature = "full")]
pub use not_covered::not_in_closed_form;
pub use phases::{Phase, phases};
#[cfg(feature = "full")]
pub use story::{Story, story};
#[cfg(feature = "full")]
pub use table::{Table, table};

pub use moment::{Moment, moment};
#[cfg(feature = "full")]
pub(crate) use phrases::NO_R;
pub use phrases::{change_words, percent_words, rise_words, signed_fall_words, since_words, time_words};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Simulator;
    use crate::model::rules::SHOCK_AT;
    use crate::params::Params;

    fn of(query: &str) -> Simulator {
        Simulator::new(&crate::params::query::parse(query).expect("a query"))
    }

    #[test]
    fn a_halt_is_described_when_it_begins() {
        let simulator = of("bots=0&calm-volatility=30&breaker-fall=0.5&breaker-halt=900");
        let began = simulator.run().series.halted.iter().position(|halted| *halted == 1).expect("a halt");
        assert!(began < SHOCK_AT, "{began}");
        assert!(phases(&simulator).iter().any(|phase| phase.at == began && phase.words.contains("halted")));
    }

    #[test]
    fn the_default_run_in_words() {
        let simulator = Simulator::default();
        let fall = percent_words(simulator.summary().greatest_fall_percent);
        assert!(headline(&simulator).starts_with(&format!(
            "A sale that would lower the price of a calm market by 4% ends in a fall of {fall}."
        )));
        let phases = phases(&simulator);
        assert!(phases.is_sorted_by_key(|phase| phase.at));
        assert!(phases.iter().any(|phase| phase.words.contains(&fall)));
        assert_eq!(moment(&simulator, 300).time, "0\u{a0}s after the first sale");
        assert_eq!(moment(&simulator, 299).time, "1\u{a0}s before the first sale");
        let purchase = simulator.rules().purchase();
        assert!(!purchase && time_words(300, !purchase).ends_with("after the first purchase"));
        assert!(since_words(299, !purchase).ends_with("before the first purchase"));
        assert_eq!(moment(&simulator, usize::MAX).time, moment(&simulator, 7200).time);
    }

    #[test]
    fn a_market_without_a_first_sale_or_bots_has_a_description() {
        let calm = Params { shock: 0.0, bots: 0.0, calm_volatility: 0.0, ..Params::default() };
        let simulator = Simulator::new(&calm);
        assert!(headline(&simulator).starts_with("Nothing happens"));
        assert_eq!(figures(&simulator)[3].value, "none");
        let nervous = of("scenario=release-1&vol-bots=100&vol-limit=2");
        assert!(headline(&nervous).contains("alone triggers the bots"), "{}", headline(&nervous));
    }
}
