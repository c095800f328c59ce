//! A study of one parameter set: counterfactuals, the genealogy of its sales, and doubts about the model. About twenty
//! runs, made on request.

mod doubts;
mod report;
// Excluded from wasm: only commands and tests run it, in many threads.
#[cfg(not(target_arch = "wasm32"))]
pub mod sensitivity;
mod words;

pub use doubts::{DOUBTS, Doubt};
pub use report::{Cell, DoubtRow, Family, Member, Study, Together, WhatIf};
pub use words::origins;

use crate::model::studies::counterfactual::{AloneOrTogether, Change, Counterfactuals, Loss, Outcome};
use crate::model::studies::genealogy::Genealogy;
use crate::params::Params;
use crate::params::query;
use crate::text::language::tr;

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
