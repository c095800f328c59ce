//! The phases of a run in sentences, read out by screen readers while it plays.

use serde::Serialize;

use super::headline::{set_off_by_noise, squeezed};
use super::phrases::{change_words, percent_words, rise_words, since_words};
use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::text::language::tr;

/// An event of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// Second of the run.
    pub at: usize,
    /// Description in one sentence.
    pub words: String,
}

/// The phases of a run in order, few enough to be read out while it plays.
#[must_use]
pub fn phases(simulator: &Simulator) -> Vec<Phase> {
    let summary = simulator.summary();
    let series = &simulator.run().series;
    let mut phases = vec![Phase { at: 0, words: tr("The market is calm.").into() }];
    let mut add = |at: Option<usize>, words: &dyn Fn(usize) -> String| {
        if let Some(at) = at {
            phases.push(Phase { at, words: words(at) });
        }
    };
    // Events before the first order are left out unless noise caused most of the crash.
    let (from, squeezed) = (if set_off_by_noise(simulator) { 1 } else { SHOCK_AT }, squeezed(simulator));
    let first_after = |matches: &dyn Fn(usize) -> bool| (from..series.price.len()).find(|t| matches(*t));
    let purchase = simulator.rules().purchase();
    if simulator.summary().params.shock > 0.0 {
        let words = if purchase { tr("The first purchase begins.") } else { tr("The first sale begins.") };
        add(Some(SHOCK_AT), &|_| words.into());
    }
    add(first_after(&|t| series.bots_sold[t] > 0), &|t| {
        say!("The first bots sell, {when}.", when = since_words(t, purchase))
    });
    let bought_back = |t: usize| series.bought_back.get(t).is_some_and(|(bots, people)| bots + people > 0);
    add(first_after(&bought_back), &|t| say!("The first shorts buy back, {when}.", when = since_words(t, purchase)));
    add(first_after(&|t| series.reproduction[t] >= 1.0), &|t| {
        let when = since_words(t, purchase);
        if squeezed {
            say!("R passes 1, {when}: the rise now feeds itself.", when)
        } else {
            say!("R passes 1, {when}: the fall now feeds itself.", when)
        }
    });
    add((1..series.price.len()).find(|t| series.halted[*t] == 1), &|t| {
        say!("Trading is halted, {when}.", when = since_words(t, purchase))
    });
    let peak = (0..series.price.len()).max_by(|a, b| series.price[*a].total_cmp(&series.price[*b]));
    add(peak.filter(|_| squeezed), &|t| {
        say!(
            "The price is at its highest, {rise} up, {when}.",
            rise = rise_words(summary.greatest_rise_percent),
            when = since_words(t, purchase)
        )
    });
    add(Some(summary.trough()).filter(|t| *t > from && !squeezed), &|t| {
        say!(
            "The price is at its lowest, {fall} down, {when}.",
            fall = percent_words(summary.greatest_fall_percent),
            when = since_words(t, purchase)
        )
    });
    let end = series.price.len() - 1;
    add(Some(end), &|t| {
        say!("The run ends with the price at {change}.", change = change_words(-percent(-series.price[t])))
    });
    phases.sort_by_key(|phase| phase.at);
    // Events of the same second become one sentence.
    phases.dedup_by(|later, earlier| {
        let same = later.at == earlier.at;
        if same {
            earlier.words = format!("{} {}", earlier.words, later.words);
        }
        same
    });
    phases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::headline::headline;

    /// The headline and phases of a run.
    fn headline_and_phases(query: &str) -> (String, String) {
        let simulator = Simulator::new(&crate::params::query::parse(query).unwrap());
        let phases = phases(&simulator);
        assert!(phases.is_sorted_by_key(|phase| phase.at), "{query}");
        (headline(&simulator), phases.into_iter().map(|phase| phase.words).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_crash_triggered_by_noise_before_the_first_sale_is_described_as_such() {
        for breaker in ["", "&breaker-fall=3", "&breaker-rule=levels", "&breaker-rule=bands"] {
            let (headline, phases) = headline_and_phases(&format!("scenario=release-1&leverage=50&bots=100{breaker}"));
            assert!(headline.starts_with("Market noise alone triggers the bots"), "{breaker}: {headline}");
            for (what, early) in [("The first bots sell,", true), ("at its lowest,", breaker != "&breaker-rule=bands")]
            {
                let (_, when) = phases.split_once(what).unwrap_or_else(|| panic!("{breaker}: {phases}"));
                let sentence = when.split(". ").next().unwrap();
                assert_eq!(sentence.contains("before the first sale"), early, "{breaker}: {sentence}");
            }
            if !breaker.is_empty() {
                assert!(phases.contains("Trading is halted, 2\u{a0}min"), "{breaker}: {phases}");
            }
        }
    }

    #[test]
    fn a_squeeze_after_a_first_sale_is_described_with_its_height() {
        let (headline, phases) = headline_and_phases(
            "scenario=release-1&leverage=50&bots=100&depth=0.05&shorts=100&shock=0.1&calm-volatility=30&seed=2",
        );
        assert!(headline.ends_with("Shorts who must buy back take the price up by over 99,999,900%."), "{headline}");
        assert!(phases.contains("the rise now feeds itself") && phases.contains("at its highest"), "{phases}");
        let (_, phases) = headline_and_phases("scenario=release-1&shorts=50&first-order=purchase&shock=5");
        assert!(phases.contains("at its highest, 19.8") && !phases.contains("lowest"), "{phases}");
        let (_, phases) = headline_and_phases("scenario=release-1&shorts=50");
        assert!(phases.contains("lowest") && !phases.contains("highest"), "{phases}");
    }
}
