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

/// All scenarios, in the order in which they are offered: situations, then episodes.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        id: "cliff",
        name: shown("At the edge"),
        query: "",
        span: "2min",
        words: shown("A third of the accounts are bots. Drag bot density down to 20 %: most of the crash disappears."),
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
        query: "leverage=20",
        span: "2min",
        words: shown("At 20x the limits lie twice as close. Far fewer bots are needed now: try bot density 10 %."),
        episode: false,
    },
    Scenario {
        id: "slow-bots",
        name: shown("Slower bots"),
        query: "bot-latency=30",
        span: "2min",
        words: shown(
            "Only the reaction time of the bots changes, from 2 s to 30 s. The sales no longer come all at once, volatility stays lower, and half of the depth remains.",
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
    use crate::query;

    fn run(id: &str) -> Simulator {
        Simulator::new(&query::parse(scenario(id).unwrap().query).unwrap())
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
        let fall = |id| run(id).summary().greatest_fall_percent;
        let cliff = fall("cliff");
        let at_20 = Simulator::new(&Params { bots: 20.0, ..Params::default() });
        assert!(at_20.summary().greatest_fall_percent < cliff / 2.5);
        assert!(fall("slow-bots") < cliff / 2.5);
        assert!(run("breaker").summary().halts > 0);
        let at_20x_10 = Simulator::new(&Params { leverage: 20.0, bots: 10.0, ..Params::default() });
        assert!(at_20x_10.summary().greatest_fall_percent > 10.0);
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
