//! A run in sentences: its key figures, events and moments.

#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
mod figures;
mod headline;
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
mod not_covered;
mod phases;
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
mod story;
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
mod table;

#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
pub use figures::{KeyFigure, figures};
pub use headline::{Automatons, automatons, crowd_buys, headline};
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
pub use not_covered::not_in_closed_form;
pub use phases::{Phase, phases};
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
pub use story::{Story, story};
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
pub use table::{Table, table};

use serde::Serialize;

#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
use crate::chart::View;
use crate::model::Simulator;
use crate::model::results::summary::{percent, rise_percent};
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
use crate::model::rules::Law;
use crate::model::rules::SHOCK_AT;
use crate::params::Params;
use crate::say;
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
use crate::text::language::tr;
use crate::text::units::{digits, dollars, percent_of, thousands, time};
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
use crate::words;

/// The feedback loop in one second of a run, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Time: `12 s after the first sale`.
    pub time: String,
    /// The price relative to the start.
    pub price: String,
    /// Sales newly ordered by bots, and people newly beyond their limit.
    pub triggered: String,
    /// Forced sales.
    pub sold: String,
    /// Move of the price in this second.
    pub moved: String,
    /// Whether trade is halted.
    pub halted: bool,
}

/// Reason for the missing R.
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
const NO_R: &str = words!("under the square-root law the first dollar has infinite effect, so there is no R");

/// A percentage with the digits that a reader needs: `16.9 %`, `0.04 %`.
#[must_use]
pub fn percent_words(percent: f64) -> String {
    if percent.abs() >= 99.95 {
        say!("over {percent}", percent = percent_of(&digits(99.9, 1)))
    } else if percent == 0.0 {
        percent_of("0")
    } else if percent.abs() < 0.005 {
        say!("under {percent}", percent = percent_of(&digits(0.01, 2)))
    } else {
        percent_of(&digits(percent, if percent.abs() >= 0.095 { 1 } else { 2 }))
    }
}

/// A rise: unlike a fall it may exceed 100 %.
#[must_use]
pub fn rise_words(percent: f64) -> String {
    match percent {
        _ if percent < 99.95 => percent_words(percent),
        _ if percent < greatest_rise_percent() => percent_of(&thousands(percent.round())),
        _ => say!("over {percent}", percent = percent_of(&thousands(greatest_rise_percent().round()))),
    }
}

/// Greatest rise that is stated, percent.
fn greatest_rise_percent() -> f64 {
    rise_percent(f64::INFINITY)
}

/// A change with its sign, using a real minus sign: `−4.1 %`, `+0.3 %`.
#[must_use]
pub fn change_words(percent: f64) -> String {
    match percent {
        _ if percent.abs() < 0.005 => percent_of("0"),
        _ if percent >= greatest_rise_percent() => {
            say!(
                "over {percent}",
                percent = say!("+{percent}", percent = percent_of(&thousands(greatest_rise_percent().round())))
            )
        }
        _ if percent > 0.0 => say!("+{percent}", percent = rise_words(percent)),
        _ => signed_fall_words(-percent),
    }
}

/// A fall with a real minus sign: `−4.1 %`.
#[must_use]
pub fn signed_fall_words(percent: f64) -> String {
    if percent < 99.95 {
        say!("−{percent}", percent = percent_words(percent))
    } else {
        say!("over {percent}", percent = say!("−{percent}", percent = percent_of(&digits(99.9, 1))))
    }
}

/// Time since the first order began: `after 31 s`.
#[must_use]
pub fn since_words(second: usize, purchase: bool) -> String {
    if second >= SHOCK_AT {
        say!("after {time}", time = time(second - SHOCK_AT))
    } else if purchase {
        say!("{time} before the first purchase", time = time(SHOCK_AT - second))
    } else {
        say!("{time} before the first sale", time = time(SHOCK_AT - second))
    }
}

fn params(simulator: &Simulator) -> &Params {
    &simulator.summary().params
}

/// The text of one view of the run.
#[cfg(any(not(target_arch = "wasm32"), feature = "full"))]
#[must_use]
pub fn view(simulator: &Simulator, view: View) -> String {
    let summary = simulator.summary();
    let trough = summary.trough();
    match view {
        View::Price => {
            let chart = tr("Line chart of the price over time.");
            let who = automatons(simulator);
            if simulator.rules().purchase() {
                let rise = rise_words(summary.greatest_rise_percent);
                let moves = match who {
                    None => say!("It rises by {rise} at most.", rise),
                    Some(Automatons::Bots) => say!("With bots it rises by {rise} at most.", rise),
                    Some(Automatons::Funds) => say!("With funds it rises by {rise} at most.", rise),
                    Some(Automatons::Both) => say!("With bots and funds it rises by {rise} at most.", rise),
                };
                return format!("{chart} {moves}");
            }
            let (fall, when) = (percent_words(summary.greatest_fall_percent), since_words(trough, false));
            let without = percent_words(summary.without_bots_fall_percent);
            let moves = match who {
                None => say!("It falls by {fall} at most, {when}.", fall, when),
                Some(Automatons::Bots) => say!(
                    "With bots it falls by {fall} at most, {when}. Without bots it falls by {without}.",
                    fall,
                    when,
                    without
                ),
                Some(Automatons::Funds) => say!(
                    "With funds it falls by {fall} at most, {when}. Without funds it falls by {without}.",
                    fall,
                    when,
                    without
                ),
                Some(Automatons::Both) => say!(
                    "With bots and funds it falls by {fall} at most, {when}. Without bots and funds it falls by \
                     {without}.",
                    fall,
                    when,
                    without
                ),
            };
            format!("{chart} {moves}")
        }
        View::Ladder => say!(
            "Bar chart of how much must be sold at each price, by bots and by people, beside the price. Bars pale \
             once the price has passed them. The long accounts hold {held}.",
            held = dollars(simulator.rules().open_interest)
        ),
        View::Sales => say!(
            "Bar chart of forced sales in each second. Bots sell {bots} of what the long accounts hold, people {people}.",
            bots = percent_words(summary.bot_forced_share_percent),
            people = percent_words(summary.human_forced_share_percent)
        ),
        View::Reproduction => format!(
            "{} {}",
            tr("Line chart of R, the dollars of new bot sales that each dollar sold sets off, with a line at 1."),
            match summary.r_peak {
                Some(r) => say!("It reaches {r}.", r = digits(r, 2)),
                None if simulator.rules().law == Law::SquareRoot => say!("It is empty: {why}.", why = tr(NO_R)),
                None => tr("Nothing is sold that stands out of the noise.").into(),
            }
        ),
        // All other views provide their own text.
        _ => String::new(),
    }
}

/// Time relative to the first order: `31 s after the first sale`.
#[must_use]
pub fn time_words(second: usize, purchase: bool) -> String {
    if second < SHOCK_AT {
        since_words(second, purchase)
    } else if purchase {
        say!("{time} after the first purchase", time = time(second - SHOCK_AT))
    } else {
        say!("{time} after the first sale", time = time(second - SHOCK_AT))
    }
}

/// The feedback loop in one second.
#[must_use]
pub fn moment(simulator: &Simulator, second: usize) -> Moment {
    let series = &simulator.run().series;
    let lot = simulator.rules().lot;
    let second = second.min(series.price.len() - 1);
    let before = series.price[second.saturating_sub(1)];
    let money = |lots: u64| dollars(lots as f64 * lot);
    let sold = money(series.bots_sold[second] + series.people_sold[second]);
    Moment {
        time: time_words(second, simulator.rules().purchase()),
        price: change_words(-percent(-series.price[second])),
        triggered: money(series.triggered[second]),
        sold: match series.bought_back.get(second).map_or(0, |(bots, people)| bots + people) {
            0 => sold,
            back => say!("{sold} and {bought} bought back", sold, bought = money(back)),
        },
        moved: change_words(-percent(before - series.price[second])),
        halted: series.halted[second] == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Simulator {
        Simulator::new(&crate::params::query::parse(query).expect("a query"))
    }

    #[test]
    fn what_shorts_buy_back_is_no_sale() {
        assert!(moment(&of("first-order=purchase&shorts=100&bots=100"), 312).sold.ends_with(" bought back"));
    }

    #[test]
    fn a_halt_is_told_when_it_begins() {
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
            "A sale that would lower the price of a calm market by 4\u{a0}% ends in a fall of {fall}."
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
    fn a_market_without_a_first_sale_or_bots_has_words_too() {
        let calm = Params { shock: 0.0, bots: 0.0, calm_volatility: 0.0, ..Params::default() };
        let simulator = Simulator::new(&calm);
        assert!(headline(&simulator).starts_with("Nothing happens"));
        assert_eq!(figures(&simulator)[3].value, "none");
        let nervous = of("scenario=release-1&vol-bots=100&vol-limit=2");
        assert!(headline(&nervous).contains("alone sets the bots off"), "{}", headline(&nervous));
    }

    #[test]
    fn changes_have_the_sign_of_print() {
        assert_eq!(change_words(-4.12), "−4.1\u{a0}%");
        assert_eq!(change_words(0.31), "+0.3\u{a0}%");
        assert_eq!(change_words(-0.004), "0\u{a0}%");
        assert_eq!(change_words(1234.0), "+1,234\u{a0}%");
        assert_eq!(change_words(-99.99), "over −99.9\u{a0}%");
        assert_eq!(change_words(1e12), "over +99,999,900\u{a0}%");
    }
}
