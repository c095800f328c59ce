//! Parameter sets with a name: situations worth seeing, and the names and queries of days that happened.

use serde::Serialize;

use crate::episodes::{EPISODES, Episode};

/// A named parameter set.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Scenario {
    /// Name in URLs and attributes.
    pub id: &'static str,
    /// Name in words.
    pub name: &'static str,
    /// What is different, as a query; everything else has its default.
    pub query: &'static str,
    /// The span of time that shows it best.
    pub span: &'static str,
    /// What to look at, in a sentence or two.
    pub words: &'static str,
    /// Whether it is a day that happened.
    pub episode: bool,
}

/// What the page's wasm knows of an episode. Made while compiling, so that the rest of it does not get there.
const fn of(episode: &Episode) -> Scenario {
    let Episode { id, name, query, span, words, .. } = *episode;
    Scenario { id, name: shown(name), query, span, words: shown(words), episode: true }
}

/// Words that the wasm of the first picture has no place for.
const fn shown(words: &'static str) -> &'static str {
    if cfg!(any(not(target_arch = "wasm32"), feature = "full")) { words } else { "" }
}

/// The page as it opened in release 1, in which models up to version 6 ran.
pub const RELEASE_1: &str = "bots=35&shock=2&vol-bots=20&depth=2&thinning=0.3&vol-interval=1";

/// The opening of release 1, whose numbers many tests know.
#[cfg(test)]
pub(crate) fn release_1() -> crate::params::Params {
    crate::params::query::parse_lenient(RELEASE_1).0
}

/// All scenarios, in the order in which they are offered: situations, then episodes.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        id: "cliff",
        name: shown("At the edge"),
        query: "",
        span: "2min",
        words: shown(
            "Almost half of the accounts are bots. Drag bot density down to 30 %: most of the crash disappears.",
        ),
        episode: false,
    },
    Scenario {
        id: "few-bots",
        name: shown("Fewer bots"),
        query: "bots=15",
        span: "2min",
        words: shown("The same crowd and the same first sale, but most of the accounts are run by people."),
        episode: false,
    },
    Scenario {
        id: "leverage",
        name: shown("Too much leverage"),
        query: "leverage=15&bots=20",
        span: "2min",
        words: shown(
            "At 15x the limits lie a third closer to the price. A fifth of bots is enough for a crash now; at 10x it is not.",
        ),
        episode: false,
    },
    Scenario {
        id: "slow-bots",
        name: shown("Slower bots"),
        query: "bot-latency=30",
        span: "2min",
        words: shown(
            "Only the reaction time of the bots changes, from 2 s to 30 s. The sales no longer come all at once: between them the book refills and buyers arrive.",
        ),
        episode: false,
    },
    Scenario {
        id: "breaker",
        name: shown("Circuit breaker"),
        query: "bots=50&breaker-fall=3&breaker-halt=60",
        span: "15min",
        words: shown(
            "Half of the accounts are bots. Trade stops for a minute whenever the price is 3 % below its high of the last minute.",
        ),
        episode: false,
    },
    Scenario {
        id: "release-1",
        name: shown("Market makers step back"),
        query: RELEASE_1,
        span: "2min",
        words: shown(
            "The opening of release 1. The book is twice as deep and the first sale half as large, but market makers step back as volatility rises, and a fifth of the bots sell on volatility. Without either of the two, most of the crash is gone.",
        ),
        episode: false,
    },
    of(&EPISODES[0]),
    of(&EPISODES[1]),
    of(&EPISODES[2]),
    of(&EPISODES[3]),
    of(&EPISODES[4]),
    of(&EPISODES[5]),
    of(&EPISODES[6]),
    of(&EPISODES[7]),
];

/// The scenario of that name.
#[must_use]
pub fn scenario(id: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Simulator;
    use crate::params::Params;
    use crate::params::query;

    /// The greatest fall of a scenario with changes.
    fn fall(id: &str, changes: &str, seed: u64) -> f64 {
        let params = query::parse(&format!("scenario={id}&{changes}")).unwrap();
        Simulator::new(&Params { seed, ..params }).summary().greatest_fall_percent
    }

    #[test]
    fn every_scenario_reads_and_is_written_as_short_as_can_be() {
        for scenario in SCENARIOS {
            let params = query::parse(scenario.query).unwrap_or_else(|problem| panic!("{}: {problem}", scenario.id));
            let written = query::write(&params);
            for part in written.split('&') {
                assert!(scenario.query.contains(part), "{}: {part}", scenario.id);
            }
        }
    }

    #[test]
    fn the_words_of_the_scenarios_are_true() {
        for seed in 1..=7 {
            let cliff = fall("cliff", "", seed);
            // Of the fall beyond what the first sale causes alone.
            let crash = |fall: f64| (fall - 4.0) / (cliff - 4.0);
            assert!(cliff > 15.0 && crash(fall("cliff", "bots=30", seed)) < 0.25, "{seed}");
            assert!(crash(fall("few-bots", "", seed)) < 0.1, "{seed}");
            assert!(crash(fall("slow-bots", "", seed)) < 0.25, "{seed}");
            assert!(fall("leverage", "", seed) > 10.0 && fall("leverage", "leverage=10", seed) < 6.0, "{seed}");
            let halted = query::parse("scenario=breaker").unwrap();
            assert!(Simulator::new(&Params { seed, ..halted }).summary().halts > 0, "{seed}");
            assert!(fall("breaker", "", seed) < fall("breaker", "breaker-fall=0", seed), "{seed}");
            let release_1 = fall("release-1", "", seed);
            for without in ["vol-bots=0", "thinning=0"] {
                assert!(fall("release-1", without, seed) < 0.45 * release_1, "{seed}: {without}");
            }
        }
        // A third closer: the distance of a position at the average leverage.
        let distance = |leverage| crate::model::crowd::distance(leverage, 0.01);
        assert!((distance(15.0) / distance(10.0) - 2.0 / 3.0).abs() < 0.05);
    }

    #[test]
    fn all_episodes_are_offered_in_the_order_of_time() {
        let ids: Vec<_> = SCENARIOS.iter().map(|scenario| scenario.id).collect();
        let episodes: Vec<_> = EPISODES.iter().map(|episode| episode.id).collect();
        assert_eq!(ids[ids.len() - episodes.len()..], episodes);
        assert_eq!(
            episodes,
            ["oct-1987", "aug-2007", "may-2010", "feb-2018", "mar-2020", "may-2021", "sep-2022", "oct-2025"]
        );
    }
}
