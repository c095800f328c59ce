//! A study of one parameter set: what would have happened with one thing changed, who set off whom, and where the
//! model may be wrong. Some twenty runs in words and numbers, made only when somebody asks.

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

/// Generations that are told one by one.
const TOLD: usize = 12;

/// Everything, as the page shows it and `cargo xtask simulate --study` prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Study {
    /// Whose study: the query that gives the parameters back.
    pub query: String,
    /// What the moves below are: falls or, after a purchase, rises.
    pub move_name: &'static str,
    /// The same draws with one thing changed; the first is the run itself.
    pub what_if: Vec<WhatIf>,
    /// One account, alone and together with all others.
    pub alone_or_together: Option<Together>,
    /// Who set off whom.
    pub family: Family,
    /// Where the model may be wrong.
    pub doubts: Vec<DoubtRow>,
}

/// One thing changed, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// A stable name.
    pub id: &'static str,
    /// What is changed.
    pub label: &'static str,
    /// What that shows, in a sentence.
    pub words: &'static str,
    /// Greatest move in the direction of the first order, percent.
    pub move_percent: f64,
    /// When, in seconds after the first order began.
    pub at_s: i64,
    /// Greatest R, if any.
    pub r_peak: Option<f64>,
    /// The move in words.
    #[serde(rename = "move")]
    pub moved: String,
    /// R in words.
    pub r: String,
}

/// The loss of one account in four worlds, percent of its own money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Together {
    /// Which account.
    pub account: u32,
    /// What the four numbers say.
    pub words: String,
    /// With its rule while nobody else has one, without it; with it while all have one, without it.
    pub cells: [Cell; 4],
}

/// One of the four.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Loss at the end of the run, percent; a gain is negative.
    pub at_end_percent: f64,
    /// Loss at the worst moment, percent.
    pub at_worst_percent: f64,
    /// Both in words.
    pub words: String,
}

/// Generations of forced sales, and one chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Family {
    /// What the tree says, in two sentences.
    pub words: String,
    /// The first generations, one by one.
    pub generations: Vec<Member>,
    /// The chain of the last sale before the trough back to its root, a sentence each.
    pub chain: Vec<String>,
}

/// One generation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// 1 is what the first order and the noise set off.
    pub generation: usize,
    /// $bn sold.
    pub sold_bn: f64,
    /// The same in words.
    pub sold: String,
    /// When it was decided on average, in words.
    pub when: String,
    /// Its size as a share of the largest generation's.
    pub of_largest: f64,
}

/// One doubt and what it does to this run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoubtRow {
    /// A stable name.
    pub id: &'static str,
    /// What is switched.
    pub label: &'static str,
    /// Why somebody may say that the model is wrong here.
    pub words: &'static str,
    /// What it changes, as parameters and values.
    pub changes: Vec<(&'static str, f64)>,
    /// Whether the run already has it.
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
    /// Makes all runs.
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
