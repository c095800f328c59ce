//! Presets: named parameter sets (`scenario=may-2010` in a URL), for typical situations and historical episodes.

use serde::Serialize;

/// A preset.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Scenario {
    /// Name in URLs and attributes.
    pub id: &'static str,
    /// Name in words.
    pub name: &'static str,
    /// The parameters that differ from the default, as a query.
    pub query: &'static str,
    /// The span of time shown.
    pub span: &'static str,
    /// A hint what to look at, in a sentence or two.
    pub words: &'static str,
    /// Whether it is a historical episode.
    pub episode: bool,
}

/// Words that the light build leaves out.
const fn shown(words: &'static str) -> &'static str {
    if cfg!(feature = "full") { words } else { "" }
}

/// The opening of release 1, which had the model up to version 6, with its crowd.
pub const RELEASE_1: &str = "bots=35&shock=2&vol-bots=20&depth=2&thinning=0.3&vol-interval=1&seed=1";

/// Portfolio insurance.
pub const OCT_1987: Scenario = Scenario {
    id: "oct-1987",
    name: shown("19 October 1987"),
    query: "leverage=1&bots=0&shock=10&margin-capital=0.1&bot-latency=600&depth=1.3&buyers=0&permanent=100&\
            calm-volatility=1&targeters=70&target-leverage=2&hours=6&seed=1",
    span: "all",
    words: shown(
        "Portfolio insurance: funds had promised to sell as prices fell, all by the same rule, and did. The gap between the two lines is what they added to the fall.",
    ),
    episode: true,
};

/// Long-short funds that held the same stocks.
pub const AUG_2007: Scenario = Scenario {
    id: "aug-2007",
    name: shown("6-10 August 2007"),
    query: "leverage=1&bots=0&shock=1.93&margin-capital=0.1&bot-latency=300&depth=5&buyers=0&permanent=23&refill=3600&\
            calm-volatility=0.2&targeters=50&target-leverage=8&hours=6&seed=1",
    span: "all",
    words: shown(
        "Hedge funds held the same stocks at 8:1. When one sold out, the others sold the same to keep their leverage. The price is that of their common portfolio: such a fund loses eight times its fall.",
    ),
    episode: true,
};

/// The flash crash.
pub const MAY_2010: Scenario = Scenario {
    id: "may-2010",
    name: shown("6 May 2010"),
    query: "bots=60&shock=0.89&margin-capital=1.09&vol-bots=100&bot-latency=10&human-latency=300&depth=2.13&buyers=220&\
            permanent=5&refill=1200&thinning=0.5&depth-floor=1&calm-volatility=2&usual-volatility=2&vol-interval=1&breaker-fall=1.5&breaker-window=5&\
            breaker-halt=5&seed=1",
    span: "15min",
    words: shown(
        "The flash crash of US stock index futures: programs that obey a volatility limit, five-second pauses, and \
            a price that comes back.",
    ),
    episode: true,
};

/// Funds that are short volatility, and funds that are long it twice.
pub const FEB_2018: Scenario = Scenario {
    id: "feb-2018",
    name: shown("5 February 2018"),
    query: "leverage=1&bots=0&shock=20&margin-capital=0.1&bot-latency=60&depth=0.0908&buyers=0&permanent=100&\
            calm-volatility=0.5&first-order=purchase&targeters=5.1&target-leverage=2&hours=1&seed=1",
    span: "15min",
    words: shown(
        "A short squeeze: the price is that of VIX futures. Funds that were short had to buy more the more it rose, all at the close. A short position loses nearly everything when a price nearly doubles.",
    ),
    episode: true,
};

/// Maker's auctions without bids.
pub const MAR_2020: Scenario = Scenario {
    id: "mar-2020",
    name: shown("12 March 2020"),
    query: "bots=100&shock=18.9&margin-capital=0.34&crowding=10&maintenance=9&depth=2&buyers=0&permanent=100&\
            calm-volatility=1&loops=10&ltv=72&queue-latency=600&insurance=0.001&seed=1",
    span: "15min",
    words: shown(
        "Loans on Maker, a lending protocol: collateral came to auction so late that part of it no longer covered the debt. The fall in the picture is given; that part is in the table.",
    ),
    episode: true,
};

/// Liquidations on exchanges.
pub const MAY_2021: Scenario = Scenario {
    id: "may-2021",
    name: shown("19 May 2021"),
    query: "bots=100&shock=7.42&margin-capital=0.746&bot-latency=60&buyers=0&permanent=70&\
            thinning=0.3&depth-floor=5&calm-volatility=5&usual-volatility=5&vol-interval=1&hours=6&seed=1",
    span: "15min",
    words: shown(
        "Bitcoin fell by 30% in a day while exchanges closed the positions of clients who had borrowed to buy.",
    ),
    episode: true,
};

/// Pension hedgers.
pub const SEP_2022: Scenario = Scenario {
    id: "sep-2022",
    name: shown("23-28 September 2022"),
    query: "leverage=1&bots=0&shock=9.82&margin-capital=0.1&bot-latency=60&depth=3.55&buyers=0&permanent=100&\
            calm-volatility=0.5&targeters=100&hours=6&seed=1",
    span: "all",
    words: shown(
        "UK government bonds: pension funds that had hedged with borrowed money sold to keep their leverage. Half of the fall, the gap between the two lines, is their own selling.",
    ),
    episode: true,
};

/// The largest liquidation of crypto derivatives.
pub const OCT_2025: Scenario = Scenario {
    id: "oct-2025",
    name: shown("10 October 2025"),
    query: "bots=100&shock=2&margin-capital=1.025&shorts=100&maintenance=5&bot-latency=58&buyers=100&\
            permanent=50&thinning=0.2&depth-floor=2&calm-volatility=1&usual-volatility=1&vol-interval=1&insurance=0.0057&adl=on&seed=1",
    span: "15min",
    words: shown(
        "The largest liquidation of crypto derivatives on record: longs were closed automatically, and when the insurance fund was empty, so were winning shorts.",
    ),
    episode: true,
};

/// All presets in their order on the page: situations, then episodes.
pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        id: "cliff",
        name: shown("Past the edge"),
        query: "",
        span: "2min",
        words: shown(
            "Almost half of the accounts are bots. Drag bot density down to 30%: most of the crash disappears.",
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
            "At 15x the limits lie a third closer to the price. With bots in a fifth of the accounts there is a crash now; at 10x there is none.",
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
            "Half of the accounts are bots. Trading stops for a minute whenever the price is 3% below its high of the last minute.",
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
    OCT_1987,
    AUG_2007,
    MAY_2010,
    FEB_2018,
    MAR_2020,
    MAY_2021,
    SEP_2022,
    OCT_2025,
];

/// The preset of that name.
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
    fn every_scenario_is_a_valid_query_in_its_shortest_form() {
        for scenario in SCENARIOS {
            let params = query::parse(scenario.query).unwrap_or_else(|problem| panic!("{}: {problem}", scenario.id));
            let written = query::write(&params);
            for part in written.split('&') {
                assert!(scenario.query.contains(part), "{}: {part}", scenario.id);
            }
        }
    }

    #[test]
    fn claims_in_scenario_descriptions_hold() {
        for seed in (1..=7).chain([Params::default().seed]) {
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
}
