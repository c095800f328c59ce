//! The market as text: R as a sentence under the picture, and a description of the picture.

use crate::chart::Scene;
use crate::describe::{change_words, time_words};
use crate::language::tr;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::{digits, dollars};

/// The sentence about R, at this second or, once sales have stopped, at its peak; and R itself.
pub(super) fn of_reproduction(scene: &Scene) -> Option<(String, f64)> {
    let series = &scene.simulator.run().series;
    let (now, buys) = (series.reproduction[scene.now], scene.simulator.rules().purchase());
    if scene.now <= SHOCK_AT {
        return None;
    }
    let price = &series.price[..=scene.now];
    let farthest = |best: usize, second: usize| {
        let beyond = if buys { price[second] > price[best] } else { price[second] < price[best] };
        if beyond { second } else { best }
    };
    let extreme = (SHOCK_AT..=scene.now).fold(SHOCK_AT, farthest);
    if now.is_nan() || scene.now > extreme + 1 {
        let peak = series.reproduction[..=scene.now].iter().copied().filter(|r| !r.is_nan()).reduce(f64::max)?;
        let amount = digits(peak, 2);
        #[cfg(feature = "full")]
        if let Some(text) = funds::at_the_peak(scene, &amount) {
            return Some((text, peak));
        }
        let text = if buys {
            say!("At the peak, each $1 traded made bots trade another ${amount}.", amount)
        } else {
            say!("At the peak, each $1 sold made bots sell another ${amount}.", amount)
        };
        return Some((text, peak));
    }
    let amount = digits(now, 2);
    #[cfg(feature = "full")]
    if let Some(text) = funds::now(scene, &amount) {
        return Some((text, now));
    }
    let text = if buys {
        say!("Each $1 traded makes bots trade another ${amount}.", amount)
    } else {
        say!("Each $1 sold makes bots sell another ${amount}.", amount)
    };
    Some((text, now))
}

/// The same sentences where funds trade by rule: in the place of bots, or besides them.
#[cfg(feature = "full")]
mod funds {
    use crate::chart::Scene;
    use crate::describe::{Automatons, automatons, by_funds};
    use crate::say;

    /// How R at its peak is said.
    pub(super) fn at_the_peak(scene: &Scene, amount: &str) -> Option<String> {
        Some(match automatons(scene.simulator)? {
            Automatons::Bots => return None,
            Automatons::Funds => say!("At the peak, each $1 traded made funds trade another ${amount}.", amount),
            Automatons::Both => {
                say!("At the peak, each $1 traded made bots and funds trade another ${amount}.", amount)
            }
        })
    }

    /// How R at the current second is said.
    pub(super) fn now(scene: &Scene, amount: &str) -> Option<String> {
        Some(match automatons(scene.simulator)? {
            Automatons::Bots => return None,
            Automatons::Funds => say!("Each $1 traded makes funds trade another ${amount}.", amount),
            Automatons::Both => say!("Each $1 traded makes bots and funds trade another ${amount}.", amount),
        })
    }

    /// The state with what funds have traded so far.
    pub(super) fn added(scene: &Scene, state: String) -> String {
        match automatons(scene.simulator) {
            Some(Automatons::Funds | Automatons::Both) => format!("{state} {}", by_funds(scene.simulator, scene.now)),
            _ => state,
        }
    }
}

/// Describes the picture at this second.
pub(super) fn describe(scene: &Scene) -> String {
    let (simulator, now) = (scene.simulator, scene.now);
    let (series, rules) = (&simulator.run().series, simulator.rules());
    let sum = |lots: &[u64]| dollars(lots[..=now].iter().sum::<u64>() as f64 * rules.lot);
    let shows = tr(
        "The price up to now on the left. On the right, on the same axis, what must be sold at each price, by bots and by \
         people; orders move from there to the price.",
    );
    let (when, change) = (time_words(now, rules.purchase()), change_words(-percent(-series.price[now])));
    let first = sum(&series.shock_sold);
    let state = if rules.purchase() {
        let back = series.bought_back.iter().take(now + 1).fold((0, 0), |all, lots| (all.0 + lots.0, all.1 + lots.1));
        let [bots, people] = [back.0, back.1].map(|lots| dollars(lots as f64 * rules.lot));
        say!(
            "{when}: the price is at {change}. Bought so far: {first} by the first purchase, {bots} by the bots of shorts, \
             {people} by people who are short.",
            when,
            change,
            first,
            bots,
            people
        )
    } else {
        let (bots, people) = (sum(&series.bots_sold), sum(&series.people_sold));
        say!(
            "{when}: the price is at {change}. Sold so far: {first} by the first sale, {bots} by bots, {people} by people.",
            when,
            change,
            first,
            bots,
            people
        )
    };
    #[cfg(feature = "full")]
    let state = funds::added(scene, state);
    match of_reproduction(scene) {
        Some((r, _)) => format!("{shows} {state} {r}"),
        None => format!("{shows} {state}"),
    }
}
