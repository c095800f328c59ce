//! Mechanisms that are active in a run and missing from its closed form (R of margin limits, critical shock, fixed
//! point).

use crate::model::Simulator;
use crate::model::rules::{Halts, Law};
use crate::text::language::tr;

/// A first sale that lasts longer than this share of the refill time, or of the buyers' reaction time, is slow: the
/// closed form assumes that it is over before.
const SLOW: f64 = 0.1;

/// Active mechanisms that the closed form leaves out. It covers margin limits, refill, value buyers and the reaction
/// time of bots; noise and forced sales by people are never in it and are not listed.
#[must_use]
pub fn not_in_closed_form(simulator: &Simulator) -> Vec<&'static str> {
    let rules = simulator.rules();
    let watched = rules.bots > 0.0 && rules.vol_bots > 0.0;
    let arrive = if rules.leaning_buyers() > 0.0 && rules.human_latency < rules.refill {
        rules.human_latency
    } else {
        rules.refill
    };
    let slow = rules.shock > 0.0 && rules.first_seconds as f64 > SLOW * arrive;
    let delayed = rules.settlement > 0 && rules.margin_sales.len() > 1;
    [
        (rules.thinning > 0.0, tr("thinning")),
        (watched, tr("volatility limits")),
        (slow, tr("the slow first order")),
        (rules.mark > 0.0, tr("the mark price")),
        (rules.law == Law::SquareRoot, tr("square-root impact")),
        (matches!(rules.law, Law::Pool { .. }), tr("the AMM")),
        (rules.venues > 1, tr("several venues")),
        (rules.targeters > 0.0, tr("funds, except in R")),
        (rules.halts != Halts::Never, tr("the circuit breaker")),
        (rules.throttle < u64::MAX, tr("the liquidation throttle")),
        (rules.queue_latency > 0, tr("the liquidation queue")),
        (delayed, tr("the settlement delay")),
        (rules.adl, tr("auto-deleveraging")),
    ]
    .into_iter()
    .filter_map(|(on, words)| on.then_some(words))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn each_mechanism_is_listed_exactly_if_it_is_active() {
        let of = |text: &str| {
            let text = format!("accounts=100&hours=1&{text}");
            not_in_closed_form(&Simulator::new(&query::parse(text.trim_end_matches('&')).unwrap()))
        };
        assert!(of("").is_empty(), "the page as it opens is covered: {:?}", of(""));
        for (text, words) in [
            ("thinning=0.3", "thinning"),
            ("vol-bots=20", "volatility limits"),
            ("first-seconds=61", "the slow first order"),
            ("first-seconds=10&human-latency=60", "the slow first order"),
            ("mark=5", "the mark price"),
            ("impact=square-root", "square-root impact"),
            ("amm-share=10", "the AMM"),
            ("venues=2", "several venues"),
            ("targeters=5", "funds, except in R"),
            ("breaker-fall=3", "the circuit breaker"),
            ("breaker-rule=bands", "the circuit breaker"),
            ("throttle=0.1", "the liquidation throttle"),
            ("queue-latency=5", "the liquidation queue"),
            ("settlement-delay=60&close-fraction=50", "the settlement delay"),
            ("adl=on&shorts=50", "auto-deleveraging"),
        ] {
            assert_eq!(of(text), [words], "{text}");
        }
        for text in [
            "vol-bots=20&bots=0",
            "settlement-delay=60",
            "first-seconds=60",
            "venues=3&oracle=mean",
            "shock=0&first-seconds=900",
        ] {
            assert!(of(text).is_empty(), "{text}: {:?}", of(text));
        }
        assert_eq!(of("scenario=release-1"), ["thinning", "volatility limits"]);
    }
}
