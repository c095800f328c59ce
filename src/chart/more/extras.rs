//! What some views need beyond the run: worked out when first drawn, kept until there is another run.

use std::cell::OnceCell;

use super::feedback::History;
use super::staircase::Picture;
use crate::model::counterfactual::{AloneOrTogether, Change, Counterfactuals};
use crate::model::run::{Ask, Run};
use crate::model::{Crowd, Limits, Simulator};

/// Empty at first; whoever changes the run takes a new one.
#[derive(Debug, Default)]
pub struct Extras {
    with_sales: OnceCell<Run>,
    sellers: OnceCell<[Vec<f64>; 2]>,
    together: OnceCell<Option<AloneOrTogether>>,
    staircase: OnceCell<Picture>,
    feedback: OnceCell<History>,
}

impl Extras {
    /// The same run, with every forced sale by name in its ledger.
    pub fn with_sales(&self, simulator: &Simulator) -> &Run {
        self.with_sales.get_or_init(|| {
            let mut crowd: Crowd = simulator.crowd().clone();
            let mut run = Run::default();
            run.answer(simulator.rules(), &mut crowd, Ask { sales: true, seller: None });
            run
        })
    }

    /// The price, by second, where one institution sells what the crowd was forced to sell: in the same seconds, and
    /// patiently to the end of the run. Logs of the price relative to the start.
    pub fn sellers(&self, simulator: &Simulator) -> &[Vec<f64>; 2] {
        self.sellers.get_or_init(|| {
            let mut runs = Counterfactuals::new(&simulator.summary().params);
            [Change::OneSeller, Change::OnePatientSeller].map(|change| runs.run(change).1.series.price.clone())
        })
    }

    /// The loss of one account, alone and together with all others. Nothing if no bot has a margin limit.
    pub fn together(&self, simulator: &Simulator) -> Option<&AloneOrTogether> {
        let work = || Counterfactuals::new(&simulator.summary().params).alone_or_together(None);
        self.together.get_or_init(work).as_ref()
    }

    /// What margin limits alone would make of the first order.
    pub(super) fn staircase(&self, simulator: &Simulator) -> &Picture {
        self.staircase.get_or_init(|| Picture::new(simulator))
    }

    /// What flows around the feedback loop.
    pub(super) fn feedback(&self, simulator: &Simulator, limits: &Limits) -> &History {
        self.feedback.get_or_init(|| History::new(simulator, limits))
    }
}
