//! What a study holds, as the page shows it and `cargo xtask simulate --study` prints it.

use serde::Serialize;

/// Generations that are told one by one.
pub(super) const TOLD: usize = 12;

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
