//! A study of one parameter set: counterfactuals, the genealogy of its sales, and doubts about the model. About twenty
//! runs, made on request.

mod doubts;
// Only commands and tests run it, in many threads.
#[cfg(not(target_arch = "wasm32"))]
pub mod sensitivity;
mod words;

pub use doubts::{DOUBTS, Doubt};

use serde::Serialize;

use crate::model::studies::counterfactual::{AloneOrTogether, Change, Counterfactuals, Loss, Outcome};
use crate::model::studies::genealogy::Genealogy;
use crate::params::Params;
use crate::params::query;
use crate::text::language::tr;

/// Number of generations that are listed.
const LISTED_GENERATIONS: usize = 12;

/// All results, as shown on the page and printed by `cargo xtask simulate --study`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Study {
    /// The parameters as a query.
    pub query: String,
    /// Name of the moves below: falls or, after a purchase, rises.
    pub move_name: &'static str,
    /// Runs with the same draws and one change; the first is unchanged.
    pub what_if: Vec<WhatIf>,
    /// The loss of one account, alone and together with the crowd.
    pub alone_or_together: Option<Together>,
    /// Genealogy of the forced sales.
    pub family: Family,
    /// Objections to the model, each as a change of parameters.
    pub doubts: Vec<DoubtRow>,
}

/// A counterfactual and its result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// Stable id.
    pub id: &'static str,
    /// Name of the change.
    pub label: &'static str,
    /// What it shows, in one sentence.
    pub words: &'static str,
    /// Greatest move in the direction of the first order, percent.
    pub move_percent: f64,
    /// Time of that move, in seconds after the first order began.
    pub at_s: i64,
    /// Greatest R.
    pub r_peak: Option<f64>,
    /// The move in words.
    #[serde(rename = "move")]
    pub moved: String,
    /// R in words.
    pub r: String,
}

/// The loss of one account in four cases, percent of its equity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Together {
    /// The account.
    pub account: u32,
    /// Summary of the four numbers.
    pub words: String,
    /// With and without its rule while nobody else has one; with and without it while everybody has.
    pub cells: [Cell; 4],
}

/// The loss in one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Loss at the end of the run, percent; a gain is negative.
    pub at_end_percent: f64,
    /// Loss at the worst moment, percent.
    pub at_worst_percent: f64,
    /// Both in words.
    pub words: String,
}

/// Generations of forced sales and one chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Family {
    /// Summary in two sentences.
    pub words: String,
    /// The first generations.
    pub generations: Vec<Member>,
    /// The chain from the last sale before the trough back to its cause, one sentence per link.
    pub chain: Vec<String>,
}

/// One generation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Number, from 1; generation 1 was triggered by the first order and the noise.
    pub generation: usize,
    /// $bn sold.
    pub sold_bn: f64,
    /// The same in words.
    pub sold: String,
    /// Mean time of the decisions, in words.
    pub when: String,
    /// Its size as a share of the largest generation's.
    pub of_largest: f64,
}

/// A doubt about the model and its effect on this run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoubtRow {
    /// Stable id.
    pub id: &'static str,
    /// Name of the change.
    pub label: &'static str,
    /// The objection to the model.
    pub words: &'static str,
    /// Changed parameters and their values.
    pub changes: Vec<(&'static str, f64)>,
    /// Whether the run already has the change.
    pub on: bool,
    /// Greatest move with it, percent.
    pub move_percent: f64,
    /// Greatest R with it.
    pub r_peak: Option<f64>,
    /// The move in words.
    #[serde(rename = "move")]
    pub moved: String,
    /// R in words.
    pub r: String,
}

impl Study {
    /// Runs the whole study.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let mut runs = Counterfactuals::new(params);
        let up = runs.actual().0.purchase();
        let what_if = Change::ALL.map(|change| what_if(change, &runs.run(change).0, up)).into();
        let (rules, crowd, run) = runs.actual();
        let family = words::family(&Genealogy::of(rules, crowd, run), rules, run);
        let alone_or_together = runs.alone_or_together(None).map(|found| together(&found));
        let doubts = DOUBTS.iter().map(|doubt| doubt_row(doubt, params, up)).collect();
        let move_name = if up { tr("Greatest rise") } else { tr("Greatest fall") };
        Self { query: query::write(params), move_name, what_if, alone_or_together, family, doubts }
    }
}

fn what_if(change: Change, outcome: &Outcome, up: bool) -> WhatIf {
    let (id, label, words) = words::change(change);
    WhatIf {
        id,
        label,
        words,
        move_percent: outcome.greatest_move_percent,
        at_s: outcome.at_s,
        r_peak: outcome.r_peak,
        moved: words::moved(outcome, up),
        r: words::r(outcome.r_peak),
    }
}

fn together(found: &AloneOrTogether) -> Together {
    let cell =
        |loss: &Loss| Cell { at_end_percent: loss.at_end, at_worst_percent: loss.at_worst, words: words::loss(loss) };
    Together {
        account: found.account,
        words: words::together(found),
        cells: [
            cell(&found.alone.with_rule),
            cell(&found.alone.without_rule),
            cell(&found.together.with_rule),
            cell(&found.together.without_rule),
        ],
    }
}

fn doubt_row(doubt: &Doubt, params: &Params, up: bool) -> DoubtRow {
    let with = doubt.applied(params);
    let outcome = Counterfactuals::new(&with).run(Change::None).0;
    DoubtRow {
        id: doubt.id,
        label: tr(doubt.label),
        words: tr(doubt.words),
        changes: doubt.changes(),
        on: with == *params,
        move_percent: outcome.greatest_move_percent,
        r_peak: outcome.r_peak,
        moved: words::moved(&outcome, up),
        r: words::r(outcome.r_peak),
    }
}
