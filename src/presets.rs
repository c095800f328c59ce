//! Parameter sets with a name: situations worth seeing, and two days that happened.

use serde::Serialize;

/// A named parameter set.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Preset {
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
    /// For a day that happened: what is known of it, and what is not.
    pub episode: Option<Episode>,
}

/// Where the numbers of an episode come from.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Episode {
    /// Published figures.
    pub published: &'static str,
    /// Who published them.
    pub source: &'static str,
    /// Inputs chosen so that the run meets published figures, no more inputs than figures.
    pub fitted: &'static str,
    /// Inputs that no source gives.
    pub assumed: &'static str,
    /// What the model cannot do here.
    pub limits: &'static str,
}

/// All presets, in the order in which they are offered.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "cliff",
        name: "At the edge",
        query: "",
        span: "2min",
        words: "A third of the accounts are bots. Drag bot density down to 20 %: most of the crash disappears.",
        episode: None,
    },
    Preset {
        id: "few-bots",
        name: "Fewer bots",
        query: "bots=15",
        span: "2min",
        words: "The same crowd and the same first sale, but most of the accounts are run by people.",
        episode: None,
    },
    Preset {
        id: "leverage",
        name: "Too much leverage",
        query: "leverage=20",
        span: "2min",
        words: "At 20x the limits lie twice as close. Far fewer bots are needed now: try bot density 10 %.",
        episode: None,
    },
    Preset {
        id: "slow-bots",
        name: "Slower bots",
        query: "bot-latency=30",
        span: "2min",
        words: "Only the reaction time of the bots changes, from 2 s to 30 s. The sales no longer come all at once, volatility stays lower, and market makers stay.",
        episode: None,
    },
    Preset {
        id: "breaker",
        name: "Circuit breaker",
        query: "bots=50&breaker-fall=3&breaker-halt=60",
        span: "15min",
        words: "Half of the accounts are bots. Trade stops for a minute whenever the price is 3 % below its high of the last minute.",
        episode: None,
    },
    Preset {
        id: "may-2010",
        name: "6 May 2010",
        query: "leverage=10&bots=60&shock=0.9&margin-capital=3&vol-bots=100&bot-latency=10&human-latency=300&\
                depth=5.8&buyers=600&permanent=5&refill=1200&thinning=0.5&depth-floor=1&calm-volatility=2&\
                breaker-fall=1.5&breaker-window=5&breaker-halt=5",
        span: "15min",
        words: "The flash crash of US stock index futures: programs that obey a volatility limit, five-second \
                pauses, and a price that comes back.",
        episode: Some(Episode {
            published: "One program sold 75,000 E-mini contracts ($4.1 bn) in about 20 minutes, without regard to \
                        price or time. The E-mini fell about 5 % in under 5 minutes and regained most of it in the \
                        next 20. Buy-side depth fell to 1,050 contracts ($58 m), under 1 % of the morning's. Trade \
                        paused at 2:45:28 pm for 5 seconds.",
            source: "CFTC and SEC, Findings regarding the market events of May 6, 2010; the size of the fall and of \
                     the rebound are textbook figures.",
            fitted: "First shock and refill time, to a fall of 5 % and a rebound of most of it.",
            assumed: "Leverage, number and limits of the programs, their reaction time, calm depth and volatility, \
                      buyers. Published and used: the pause of 5 s, the least depth of 1 %.",
            limits: "The first sale of the model is over in 10 seconds, that of the day lasted 20 minutes; the slow \
                     fall before the pause is not in it. In the model the fall takes half a minute and trade pauses \
                     twice; on the day it paused once, and the price turned.",
        }),
    },
    Preset {
        id: "oct-2025",
        name: "10 October 2025",
        query: "bots=35&shock=4.5&margin-capital=1.05&vol-bots=0&bot-latency=5&human-latency=900&depth=1&buyers=100&\
                permanent=50&depth-floor=2&calm-volatility=4&hours=6",
        span: "15min",
        words: "The largest liquidation of crypto derivatives on record: automatic liquidations, while market makers \
                took their orders away.",
        episode: Some(Episode {
            published: "About $19 bn of positions were reported liquidated, $6.93 bn of them in 40 minutes from 20:50 \
                        UTC and $3.21 bn in the single minute 21:15; 84 % were longs. Market depth fell by 98 % at \
                        the worst.",
            source: "arXiv 2512.01112 and the liquidation reports it discusses; the fall in depth is second-hand.",
            fitted: "First shock and margin capital, to $3.21 bn in the greatest minute and $6.93 bn in 40 minutes.",
            assumed: "Leverage, share of bots, reaction times, calm depth and volatility, permanent impact, buyers. \
                      Published and used: a least depth of 2 %.",
            limits: "Only longs are in the model, all on one venue, and nothing is closed by auto-deleveraging off \
                     the book. More than half of the forced sales are by slow accounts, which stand for those that were \
                     liquidated later in the 40 minutes. The greatest minute comes first here, on the day after 25 \
                     minutes. The size of the fall is not fitted. The other $12 bn, over the rest of the day, are not \
                     in it.",
        }),
    },
];

/// The preset of that name.
#[must_use]
pub fn preset(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Simulator;
    use crate::params::Params;
    use crate::query;

    fn run(id: &str) -> Simulator {
        Simulator::new(&query::parse(preset(id).unwrap().query).unwrap())
    }

    #[test]
    fn every_preset_reads_and_is_written_as_short_as_can_be() {
        for preset in PRESETS {
            let params = query::parse(preset.query).unwrap_or_else(|problem| panic!("{}: {problem}", preset.id));
            let written = query::write(&params);
            for part in written.split('&') {
                assert!(preset.query.contains(part), "{}: {part}", preset.id);
            }
        }
    }

    #[test]
    fn the_words_of_the_presets_are_true() {
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
    fn may_2010_meets_the_figures_that_it_is_fitted_to() {
        let run = run("may-2010");
        let summary = run.summary();
        assert!((summary.greatest_fall_percent - 5.0).abs() < 0.5, "{summary:?}");
        assert!(summary.trough_s < 300);
        let later = (300 + summary.trough_s + 20 * 60) as usize;
        let still = crate::model::summary::percent(-run.run().series.price[later]);
        assert!(still < summary.greatest_fall_percent * 0.4, "regained too little: still {still} % down");
        assert!(summary.halts >= 1);
    }

    #[test]
    fn october_2025_meets_the_figures_that_it_is_fitted_to() {
        let run = run("oct-2025");
        let series = &run.run().series;
        let sold: Vec<f64> = (series.bots_sold.iter().zip(&series.people_sold))
            .map(|(bots, people)| (bots + people) as f64 * run.rules().lot)
            .collect();
        let greatest = |seconds: usize| sold.windows(seconds).map(|part| part.iter().sum::<f64>()).fold(0.0, f64::max);
        assert!((greatest(60) / 3.21 - 1.0).abs() < 0.1, "{}", greatest(60));
        assert!((greatest(2400) / 6.93 - 1.0).abs() < 0.1, "{}", greatest(2400));
    }
}
