//! What a view shows of a run, for readers who do not see the drawing.

use super::headline::{Automatons, automatons};
use super::phrases::{NO_R, percent_words, rise_words, since_words};
use crate::chart::View;
use crate::model::Simulator;
use crate::model::rules::Law;
use crate::say;
use crate::text::language::tr;
use crate::text::units::{digits, dollars};

/// What one view shows of the run.
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
        // The others say it themselves, with their drawings.
        _ => String::new(),
    }
}
