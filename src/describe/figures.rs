//! The key figures beside the drawing, each with its meaning in this run.

use serde::Serialize;

use super::funds::traded_by_funds;
use super::headline::{Automatons, automatons};
use super::not_covered::not_in_closed_form;
use super::phrases::{NO_R, percent_words, rise_words, since_words};
use crate::model::Simulator;
use crate::model::rules::Law;
use crate::say;
use crate::text::language::{joined, tr};
use crate::text::units::{digits, dollars};

/// A key figure: name, value and meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyFigure {
    /// A stable id, for styles and tests.
    pub id: &'static str,
    /// Display name.
    pub label: &'static str,
    /// Value with unit.
    pub value: String,
    /// Meaning in this run.
    pub meaning: String,
}

/// The key figures of a run.
#[must_use]
pub fn figures(simulator: &Simulator) -> Vec<KeyFigure> {
    let summary = simulator.summary();
    let rules = simulator.rules();
    let series = &simulator.run().series;
    let held = dollars(rules.open_interest);
    let most = series.bots_sold.iter().max().copied().unwrap_or(0) as f64 * rules.lot;
    let share = |percent: f64| dollars(rules.open_interest * percent / 100.0);
    let trough = summary.trough();
    let r = summary.r_peak;
    let mut figures = vec![
        KeyFigure {
            id: "fall",
            label: tr("Greatest fall"),
            value: percent_words(summary.greatest_fall_percent),
            meaning: {
                let (when, without) = (since_words(trough, false), percent_words(summary.without_bots_fall_percent));
                match automatons(simulator) {
                    Some(Automatons::Funds) => say!("{when}; {without} without funds", when, without),
                    Some(Automatons::Both) => say!("{when}; {without} without bots and funds", when, without),
                    _ => say!("{when}; {without} without bots", when, without),
                }
            },
        },
        KeyFigure {
            id: "bots",
            label: tr("Force-sold by bots"),
            value: percent_words(summary.bot_forced_share_percent),
            meaning: {
                let (sold, most) = (share(summary.bot_forced_share_percent), dollars(most));
                if rules.shorts > 0.0 {
                    say!("{sold} of {held} that longs hold; at most {most} in one second", sold, held, most)
                } else {
                    say!("{sold} of {held} held; at most {most} in one second", sold, held, most)
                }
            },
        },
        KeyFigure {
            id: "people",
            label: tr("Force-sold by people"),
            value: percent_words(summary.human_forced_share_percent),
            meaning: say!("{sold}, over the rest of the run", sold = share(summary.human_forced_share_percent)),
        },
        KeyFigure {
            id: "r",
            label: tr("R at its peak"),
            value: r.map_or_else(|| tr("none").into(), |r| digits(r, 2)),
            meaning: match r {
                _ if rules.law == Law::SquareRoot => tr(NO_R).into(),
                _ if rules.bots <= 0.0 && rules.targeters <= 0.0 => tr("there are no bots to be set off").into(),
                Some(r) if rules.bots <= 0.0 => say!(
                    "each $1 traded made funds trade ${number} more; above 1 the move feeds itself",
                    number = digits(r, 2)
                ),
                Some(r) if rules.shorts > 0.0 => say!(
                    "each $1 traded made bots order ${number} more; above 1 the move feeds itself",
                    number = digits(r, 2)
                ),
                Some(r) if r < 0.995 => {
                    say!(
                        "each $1 sold made bots sell {number} cents more; above 1 a fall feeds itself",
                        number = digits(r * 100.0, 0)
                    )
                }
                Some(r) => say!(
                    "each $1 sold made bots sell ${number} more; above 1 a fall feeds itself",
                    number = digits(r, 2)
                ),
                None => tr("no sale stood out from the noise").into(),
            },
        },
        KeyFigure {
            id: "critical",
            label: tr("Tipping point of margin limits alone"),
            value: summary.critical_shock_percent.map_or_else(|| tr("none").into(), percent_words),
            meaning: match summary.critical_shock_percent {
                _ if rules.law == Law::SquareRoot => tr(NO_R).into(),
                Some(_) if rules.purchase() => tr("on margin limits alone, a larger first purchase runs away").into(),
                Some(_) => tr("on margin limits alone, a larger first sale runs away").into(),
                None if rules.purchase() => tr("on margin limits alone, no first purchase runs away").into(),
                None => tr("on margin limits alone, no first sale runs away").into(),
            },
        },
    ];
    figures.extend(formula(simulator));
    if rules.purchase() {
        // After a purchase the rise comes first.
        figures[0] = KeyFigure {
            id: "fall",
            label: tr("Greatest rise"),
            value: rise_words(summary.greatest_rise_percent),
            meaning: say!("the greatest fall is {fall}", fall = percent_words(summary.greatest_fall_percent)),
        };
    }
    figures.extend(safety_nets(simulator));
    figures
}

/// The closed form beside the run, with the active mechanisms that it leaves out.
fn formula(simulator: &Simulator) -> Option<KeyFigure> {
    let summary = simulator.summary();
    let r = digits(summary.r_margin_max?, 2);
    let left_out = joined(not_in_closed_form(simulator), " · ");
    let along = if simulator.rules().purchase() { rise_words } else { percent_words };
    Some(KeyFigure {
        id: "formula",
        label: tr("The same by formula"),
        value: along(summary.fixed_point_fall_percent),
        meaning: if left_out.is_empty() {
            say!("margin limits alone, R up to {r}; without noise, refill and buyers", r)
        } else {
            say!("margin limits alone, R up to {r}; the formula leaves out: {mechanisms}", r, mechanisms = left_out)
        },
    })
}

/// Key figures of some settings only: funds, squeezed shorts, the worst venue, losses and their payers.
fn safety_nets(simulator: &Simulator) -> Vec<KeyFigure> {
    let (summary, rules) = (simulator.summary(), simulator.rules());
    let mut figures = Vec::new();
    if rules.targeters > 0.0 {
        figures.push(KeyFigure {
            id: "funds",
            label: if rules.purchase() { tr("Bought by funds") } else { tr("Sold by funds") },
            value: dollars(traded_by_funds(simulator, usize::MAX)),
            meaning: say!("by rule, of {held} held at the start", held = dollars(rules.targeters)),
        });
    }
    if rules.shorts > 0.0 {
        figures.push(KeyFigure {
            id: "squeezed",
            label: tr("Bought back by shorts"),
            value: percent_words(summary.squeezed_share_percent),
            meaning: say!(
                "by force, of {shorted} sold short; the price rises by {rise} at most",
                shorted = dollars(rules.short_interest()),
                rise = rise_words(summary.greatest_rise_percent)
            ),
        });
    }
    if let Some(worst) = summary.worst_venue_fall_percent {
        figures.push(KeyFigure {
            id: "venue",
            label: tr("Greatest fall on one venue"),
            value: percent_words(worst),
            meaning: say!("of {venues}; the fall above is of their mean", venues = rules.venues),
        });
    }
    if let Some(losses) = summary.losses {
        figures.push(KeyFigure {
            id: "debt",
            label: tr("Bad debt"),
            value: dollars(losses.bad_debt),
            meaning: say!(
                "unpaid losses beyond the accounts' equity; the fund paid {paid}",
                paid = dollars(losses.paid)
            ),
        });
        if rules.adl {
            figures.push(KeyFigure {
                id: "adl",
                label: tr("Closed off the book"),
                value: percent_words(summary.off_book_share_percent),
                meaning: say!("against winners, who forgo {taken}", taken = dollars(losses.taken)),
            });
        }
    }
    figures
}
