//! The numbers beside the picture, each with what it means in this run.

use serde::Serialize;

use super::{NO_R, percent_words, rise_words, since_words};
use crate::decimal::fixed;
use crate::model::Simulator;
use crate::model::rules::Law;
use crate::units::dollars;

/// A number beside the picture: its name, its value, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// A stable name, for styling and for tests.
    pub id: &'static str,
    /// Its name in words.
    pub label: &'static str,
    /// Its value with its unit.
    pub value: String,
    /// What it means, here.
    pub meaning: String,
}

/// The numbers beside the picture.
#[must_use]
pub fn figures(simulator: &Simulator) -> Vec<Figure> {
    let summary = simulator.summary();
    let rules = simulator.rules();
    let series = &simulator.run().series;
    let held = dollars(rules.open_interest);
    let most = series.bots_sold.iter().max().copied().unwrap_or(0) as f64 * rules.lot;
    let share = |percent: f64| dollars(rules.open_interest * percent / 100.0);
    let trough = summary.trough();
    let r = summary.r_peak;
    let mut figures = vec![
        Figure {
            id: "fall",
            label: "Greatest fall",
            value: percent_words(summary.greatest_fall_percent),
            meaning: format!(
                "{}; {} without bots",
                since_words(trough),
                percent_words(summary.without_bots_fall_percent)
            ),
        },
        Figure {
            id: "bots",
            label: "Force-sold by bots",
            value: percent_words(summary.bot_forced_share_percent),
            meaning: format!(
                "{} of {held} held; at most {} in one second",
                share(summary.bot_forced_share_percent),
                dollars(most)
            ),
        },
        Figure {
            id: "people",
            label: "Force-sold by people",
            value: percent_words(summary.human_forced_share_percent),
            meaning: format!("{}, over the rest of the run", share(summary.human_forced_share_percent)),
        },
        Figure {
            id: "r",
            label: "R at its peak",
            value: r.map_or("none".into(), |r| fixed(r, 2)),
            meaning: match r {
                _ if rules.law == Law::SquareRoot => NO_R.into(),
                _ if rules.bots <= 0.0 => "there are no bots to be set off".into(),
                Some(r) if r < 0.995 => {
                    format!(
                        "each $1 sold made bots sell {} cents more; above 1 a fall feeds itself",
                        fixed(r * 100.0, 0)
                    )
                }
                Some(r) => format!("each $1 sold made bots sell ${} more; above 1 a fall feeds itself", fixed(r, 2)),
                None => "nothing was sold that stands out of the noise".into(),
            },
        },
        Figure {
            id: "critical",
            label: "Tipping point of margin limits alone",
            value: summary.critical_shock_percent.map_or("none".into(), percent_words),
            meaning: match summary.critical_shock_percent {
                _ if rules.law == Law::SquareRoot => NO_R.into(),
                Some(_) => "a first sale beyond it runs away even if market makers stay".into(),
                None => "if market makers stayed, and without volatility limits, no first sale would run away".into(),
            },
        },
    ];
    if rules.first_sign < 0.0 {
        // What a purchase is about.
        figures[0] = Figure {
            id: "fall",
            label: "Greatest rise",
            value: rise_words(summary.greatest_rise_percent),
            meaning: format!("the greatest fall is {}", percent_words(summary.greatest_fall_percent)),
        };
    }
    figures.extend(safety_nets(simulator));
    figures
}

/// Numbers that only some settings have: squeezed shorts, the worst venue, who paid for what was lost.
fn safety_nets(simulator: &Simulator) -> Vec<Figure> {
    let (summary, rules) = (simulator.summary(), simulator.rules());
    let mut figures = Vec::new();
    if rules.shorts > 0.0 {
        figures.push(Figure {
            id: "squeezed",
            label: "Bought back by shorts",
            value: percent_words(summary.squeezed_share_percent),
            meaning: format!("by force; the price rises by {} at most", rise_words(summary.greatest_rise_percent)),
        });
    }
    if let Some(worst) = summary.worst_venue_fall_percent {
        figures.push(Figure {
            id: "venue",
            label: "Greatest fall on one venue",
            value: percent_words(worst),
            meaning: format!("of {}; the fall above is of their mean", rules.venues),
        });
    }
    if let Some(losses) = summary.losses {
        figures.push(Figure {
            id: "debt",
            label: "Bad debt",
            value: dollars(losses.bad_debt),
            meaning: format!(
                "lost beyond the accounts' own money and paid by nobody; the fund paid {}",
                dollars(losses.paid)
            ),
        });
        if rules.adl {
            figures.push(Figure {
                id: "adl",
                label: "Closed off the book",
                value: percent_words(summary.off_book_share_percent),
                meaning: format!("against winners, who miss {} for it", dollars(losses.taken)),
            });
        }
    }
    figures
}
