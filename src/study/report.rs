//! The results of a study, as the page shows them and `cargo xtask simulate --study` prints them.

use serde::Serialize;

/// Number of generations that are listed.
pub(super) const LISTED_GENERATIONS: usize = 12;

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
    /// The meaning of the change, in one sentence.
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
