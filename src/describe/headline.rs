//! The headline of a run, and the facts that it depends on: automatic traders, noise, and the direction of forced
//! orders.

use super::phrases::{percent_words, rise_words, since_words};
use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::text::language::tr;
use crate::text::units::{figure, percent_of};

/// The kinds of automatic traders in a market; the run drawn as a dashed line has none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatons {
    /// Bots.
    Bots,
    /// Leverage targeters.
    Funds,
    /// Both.
    Both,
}

impl Automatons {
    /// Chooses the text for bots, for funds, or for both.
    #[must_use]
    pub fn of<T>(self, bots: T, funds: T, both: T) -> T {
        match self {
            Self::Bots => bots,
            Self::Funds => funds,
            Self::Both => both,
        }
    }
}

/// The automatic traders of this market; `None` if there are none.
#[must_use]
pub fn automatons(simulator: &Simulator) -> Option<Automatons> {
    let params = simulator.summary().params;
    match (params.bots > 0.0, params.targeters > 0.0) {
        (true, false) => Some(Automatons::Bots),
        (false, true) => Some(Automatons::Funds),
        (true, true) => Some(Automatons::Both),
        (false, false) => None,
    }
}

/// Whether noise before the first order triggered most of the bots' sales, or led to the lowest price.
pub(super) fn set_off_by_noise(simulator: &Simulator) -> bool {
    let (summary, triggered) = (simulator.summary(), &simulator.run().series.triggered);
    let sum = |lots: &[u64]| lots.iter().sum::<u64>();
    let most = || 2 * sum(&triggered[..triggered.len().min(SHOCK_AT + 1)]) > sum(triggered);
    // The lowest price says nothing about a rise.
    let falls = !squeezed(simulator) && !simulator.rules().purchase();
    summary.bot_forced_share_percent > 1.0 && (summary.trough() < SHOCK_AT && falls || most())
}

/// Whether the squeeze of short accounts raises the price further than it falls.
pub(super) fn squeezed(simulator: &Simulator) -> bool {
    let summary = simulator.summary();
    summary.squeezed_share_percent > 0.0 && summary.greatest_rise_percent > summary.greatest_fall_percent
}

/// Whether the forced orders of the crowd are purchases on balance; without any, whether the first order is a
/// purchase.
#[must_use]
pub fn crowd_buys(simulator: &Simulator) -> bool {
    let series = &simulator.run().series;
    match (0..series.price.len()).map(|second| series.net_forced(second)).sum::<i64>() {
        0 => simulator.rules().purchase(),
        sold => sold < 0,
    }
}

/// The run in two sentences.
#[must_use]
pub fn headline(simulator: &Simulator) -> String {
    let summary = simulator.summary();
    let (fall, without) = (summary.greatest_fall_percent, summary.without_bots_fall_percent);
    let (fall_words, without_words) = (percent_words(fall), percent_words(without));
    let shock = simulator.summary().params.shock;
    if set_off_by_noise(simulator) && !squeezed(simulator) {
        let when = since_words(summary.trough(), simulator.rules().purchase());
        return say!(
            "Market noise alone triggers the bots: the price falls by {fall}, {when}. Without bots it falls by {without}.",
            fall = fall_words,
            when,
            without = without_words
        );
    }
    if simulator.rules().purchase() && shock > 0.0 {
        let rise = rise_words(summary.greatest_rise_percent);
        let order = percent_words(-percent(-simulator.rules().shock));
        let ends = say!(
            "A purchase that would lift the price of a calm market by {order} ends in a rise of {rise}.",
            order,
            rise
        );
        let by_whom = match automatons(simulator) {
            // Funds buy by rule, and no limit forces them.
            Some(Automatons::Funds) => tr("The funds buy all the way up.").into(),
            _ if simulator.rules().shorts <= 0.0 => return ends,
            _ => say!(
                "Short accounts are forced to buy back {share} of what they had sold short.",
                share = percent_words(summary.squeezed_share_percent)
            ),
        };
        return format!("{ends} {by_whom}");
    }
    if fall == 0.0 && !squeezed(simulator) {
        return tr("Nothing happens: there is no first sale and no noise.").into();
    }
    if shock == 0.0 {
        return say!(
            "There is no first sale. The price falls by {fall} at most; without bots, by {without}.",
            fall = fall_words,
            without = without_words
        );
    }
    let ghost = match automatons(simulator) {
        None => tr("This crowd has no bots.").into(),
        Some(Automatons::Bots) => say!("Without bots, the price falls by {without}.", without = without_words),
        Some(Automatons::Funds) => say!("Without funds, the price falls by {without}.", without = without_words),
        Some(Automatons::Both) => {
            say!("Without bots and funds, the price falls by {without}.", without = without_words)
        }
    };
    let ends = say!(
        "A sale that would lower the price of a calm market by {order} ends in a fall of {fall}.",
        order = percent_of(&figure(shock)),
        fall = fall_words
    );
    if squeezed(simulator) {
        let rise = rise_words(summary.greatest_rise_percent);
        return format!("{ends} {}", say!("Shorts who must buy back take the price up by {rise}.", rise));
    }
    format!("{ends} {ghost}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Simulator {
        Simulator::new(&crate::params::query::parse(query).expect("a query"))
    }

    #[test]
    fn the_headline_puts_the_effect_of_noise_before_that_of_a_purchase() {
        let noise = headline(&of("first-order=purchase&leverage=50&bots=100&seed=1"));
        assert!(noise.starts_with("Market noise alone triggers the bots"), "{noise}");
        assert!(noise.contains("before the first purchase"), "{noise}");
        let calm = headline(&of("first-order=purchase"));
        assert!(calm.contains("ends in a rise of") && !calm.contains("Short accounts"), "{calm}");
        let squeeze = headline(&of("first-order=purchase&shorts=60"));
        assert!(squeeze.contains("Short accounts are forced to buy back"), "{squeeze}");
    }

    #[test]
    fn a_rise_is_a_squeeze_only_if_shorts_bought_back() {
        let simulator = of("shorts=50&leverage=1&vol-bots=0&shock=0.1&calm-volatility=30&seed=2");
        let summary = simulator.summary();
        assert!(summary.greatest_rise_percent > summary.greatest_fall_percent, "{summary:?}");
        assert!(!headline(&simulator).contains("Shorts who must"), "{}", headline(&simulator));
    }

    #[test]
    fn forced_purchases_are_called_purchases_after_any_first_order() {
        assert!(crowd_buys(&of("shorts=100&leverage=50&bots=100&depth=0.05&shock=0.1&calm-volatility=30&seed=2")));
        assert!(!crowd_buys(&of("first-order=purchase&leverage=50&bots=100&seed=1")));
        let nobody = "leverage=1&vol-bots=0&calm-volatility=0&first-order=";
        assert!(crowd_buys(&of(&format!("{nobody}purchase"))) && !crowd_buys(&of(&format!("{nobody}sale"))));
    }
}
