//! Parameter sets for tests: from a query, or any that the table allows; and the pure limit with its crowd and closed
//! forms.

#![allow(dead_code)] // Every test program is a separate crate and uses a part of this.

pub mod holds;

use std::fmt;

use deleverage::model::closed_form::LimitDensity;
use deleverage::model::{ClosedForm, Crowd, Rules};
use deleverage::params::{Group, Params, Row, Scale, TABLE};
use deleverage::query;
use proptest::prelude::*;

/// The opening of release 1, which many tests use.
pub fn release_1() -> Params {
    params(deleverage::params::presets::RELEASE_1)
}

/// The parameters of a valid query.
pub fn params(query: &str) -> Params {
    query::parse(query).unwrap_or_else(|problem| panic!("{query}: {problem}"))
}

/// Parameters that print as a query.
#[derive(Clone, Copy)]
pub struct Case(pub Params);

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:?}", query::write(&self.0))
    }
}

/// Any parameters that the table allows together, with at most this many accounts and hours. Each row takes its
/// default, an end of its range, the value next to it, off, or a value between, evenly on its own scale. In a third of
/// the cases every [`is_extra`] row keeps its default, in another third most of them do. Failing cases shrink towards
/// the defaults.
pub fn any_params(accounts: f64, hours: f64) -> impl Strategy<Value = Case> {
    let pick = prop_oneof![4 => Just(0u8), 10 => Just(1), 2 => Just(2), 2 => Just(3), 1 => Just(4)];
    let rows = prop::collection::vec((pick, 0.0..=1.0, 0.0..1.0), TABLE.len());
    let extras = prop_oneof![Just(0.0), Just(0.25), Just(0.7)];
    (rows, extras, any::<u64>()).prop_map(move |(picks, extras, seed)| {
        let mut params = Params { seed, ..Params::default() };
        for (row, (pick, share, extra)) in TABLE.iter().zip(picks).filter(|(row, _)| row.scale != Scale::Seed) {
            if is_extra(row) && extra >= extras {
                continue;
            }
            let max = match row.id {
                "accounts" => accounts,
                "hours" => hours,
                _ => row.max,
            };
            let value = match pick {
                0 => row.default.min(max),
                1 => between(row, max, share),
                2 => row.min,
                3 => max,
                // Off, or the tiniest positive number where zero is an end of the range.
                _ if row.allows(0.0) => 1e-9,
                _ => between(row, max, share),
            };
            params.set(row, row.nearest(value)).expect("the nearest value is allowed");
        }
        if params.impact > 0.0 && seed % 2 == 0 {
            // Square-root impact and a pool exclude each other; the pool has more values and would otherwise always
            // win.
            params.amm_share = 0.0;
        }
        params.settle();
        assert_eq!(params.check(), Ok(()), "{}", query::write(&params));
        Case(params)
    })
}

/// Whether a row belongs to a mechanism that is off by default. With all of them on, hardly any run would take the
/// plain path through the model.
fn is_extra(row: &Row) -> bool {
    let older = ["breaker_fall", "breaker_window", "breaker_halt", "throttle", "leverage_cap"];
    row.id == "shorts" || matches!(row.group, Group::Structure | Group::Dampeners) && !older.contains(&row.id)
}

fn between(row: &Row, max: f64, share: f64) -> f64 {
    match row.scale {
        Scale::Log | Scale::LogOrOff | Scale::WholeLog => row.min * libm::pow(max / row.min, share),
        // All choices are equally likely; rounding would halve the share of the first and the last.
        Scale::Choice(names) => (share * names.len() as f64).floor().min(max),
        _ => row.min + (max - row.min) * share,
    }
}

/// The pure limit: permanent impact, no noise, no buyers. All accounts are margin bots unless the query says
/// otherwise.
pub fn pure(query: &str) -> Params {
    let bots = if query.contains("bots=") { "" } else { "bots=100&vol-bots=0&" };
    params(&format!("scenario=release-1&{bots}permanent=100&buyers=0&thinning=0&calm-volatility=0&{query}"))
}

/// The same parameters without mechanisms that the closed forms leave out: one venue, longs only, linear impact, no
/// funds, no breaker, and no delay except the reaction time of bots.
pub fn plain(p: &Params) -> Params {
    let usual = Params::default();
    let Params { shorts, first_order, venues, amm_share, impact, loops, targeters, breaker_rule, .. } = usual;
    let Params { settlement_delay, queue_latency, adl, breaker_fall, throttle, mark, .. } = usual;
    let mut plain = Params {
        shorts,
        first_order,
        venues,
        amm_share,
        impact,
        loops,
        targeters,
        breaker_rule,
        settlement_delay,
        queue_latency,
        adl,
        breaker_fall,
        throttle,
        mark,
        ..*p
    };
    plain.settle();
    plain
}

/// The crowd of these parameters.
pub fn crowd(p: &Params) -> Crowd {
    let mut crowd = Crowd::default();
    crowd.arrange(p);
    crowd
}

/// The density of limits and the closed forms of these parameters.
pub fn closed_form(p: &Params, crowd: &mut Crowd) -> (LimitDensity, ClosedForm) {
    let rules = Rules::from(p);
    let mut density = LimitDensity::default();
    density.compute(p, &rules);
    let form = ClosedForm::compute(&rules, &density, crowd);
    (density, form)
}

/// All limits of the margin bots, including later ones, nearest first, with the lots sold at each.
pub fn limits(rules: &Rules, crowd: &Crowd) -> Vec<(f64, u64)> {
    let mut limits = Vec::new();
    for (habit, fall) in crowd.draws.habits.iter().zip(&crowd.falls) {
        if habit.bot < rules.bots && habit.rule >= rules.vol_bots {
            let mut at = *fall;
            for lots in &rules.margin_sales {
                limits.push((at, *lots));
                at += rules.margin_step;
            }
        }
    }
    limits.sort_by(|a, b| a.0.total_cmp(&b.0));
    limits
}

/// Total position of the margin bots, lots.
pub fn margin_bot_lots(rules: &Rules, crowd: &Crowd) -> u64 {
    limits(rules, crowd).iter().map(|(_, lots)| lots).sum()
}
