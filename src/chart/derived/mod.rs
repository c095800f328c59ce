//! Data that some views need beyond the run: computed when first drawn, kept until the run changes.

#[cfg(feature = "full")]
pub(super) mod ancestry;
#[cfg(feature = "full")]
pub(super) mod cobweb;
#[cfg(feature = "full")]
pub(super) mod family_tree;
mod limit_steps;
#[cfg(feature = "full")]
pub(super) mod loop_flows;
pub(super) mod orders;
pub(super) mod traded;

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

pub(super) use limit_steps::LimitSteps;
use orders::Orders;

use crate::model::{Limits, Simulator};

#[cfg(feature = "full")]
mod full {
    pub(super) use super::cobweb::Picture;
    pub(super) use super::family_tree::FamilyTree;
    pub(super) use super::loop_flows::History;
    pub(super) use crate::model::Crowd;
    pub(super) use crate::model::results::account_states::States;
    pub(super) use crate::model::run::{RecordOptions, Run};
    pub(super) use crate::model::studies::counterfactual::{AloneOrTogether, Change, Counterfactuals};
}
#[cfg(feature = "full")]
use full::{AloneOrTogether, Change, Counterfactuals, Crowd, FamilyTree, History, Picture, RecordOptions, Run, States};

/// Most sales recorded by account: they take half a gigabyte.
#[cfg(feature = "full")]
const MOST_SALES: f64 = 3e6;

/// The steps of a price axis, with the ends of that axis.
type StepsOf = ((f64, f64), Rc<LimitSteps>);

/// Cached data of one run, empty at first. Call [`forget`](Self::forget) whenever the run changes.
#[derive(Debug, Default)]
pub struct Extras {
    limits: OnceCell<Limits>,
    /// The buffer of limits that are not counted yet, reused because a slider changes them often.
    spare_limits: RefCell<Limits>,
    orders: OnceCell<Orders>,
    sales_top: OnceCell<f64>,
    /// The steps of the price axis, with the ends of that axis.
    limit_steps: RefCell<Option<StepsOf>>,
    #[cfg(feature = "full")]
    with_sales: OnceCell<Run>,
    #[cfg(feature = "full")]
    states: OnceCell<States>,
    #[cfg(feature = "full")]
    by_limit: OnceCell<Vec<u32>>,
    #[cfg(feature = "full")]
    sellers: OnceCell<[Vec<f64>; 2]>,
    #[cfg(feature = "full")]
    together: OnceCell<Option<AloneOrTogether>>,
    #[cfg(feature = "full")]
    staircase: OnceCell<Picture>,
    #[cfg(feature = "full")]
    feedback: OnceCell<History>,
    #[cfg(feature = "full")]
    family_tree: OnceCell<FamilyTree>,
}

impl Extras {
    /// Clears the cache because the run has changed.
    pub fn forget(&mut self) {
        let spare_limits = self.limits.take().unwrap_or_else(|| self.spare_limits.take());
        *self = Self { spare_limits: RefCell::new(spare_limits), ..Self::default() };
    }

    /// The margin limits of the crowd.
    pub fn limits(&self, simulator: &Simulator) -> &Limits {
        self.limits.get_or_init(|| {
            let mut limits = self.spare_limits.take();
            limits.count(simulator.rules(), simulator.crowd());
            limits
        })
    }

    /// The top of the axis of sales that suits the run, $bn a second.
    pub(super) fn sales_top(&self, simulator: &Simulator) -> f64 {
        *self.sales_top.get_or_init(|| traded::sales_top(simulator))
    }

    /// The margin limits by step of a price axis with these ends, percent above and below the start.
    pub(super) fn limit_steps(&self, simulator: &Simulator, ends: (f64, f64)) -> Rc<LimitSteps> {
        let mut kept = self.limit_steps.borrow_mut();
        if let Some((of, steps)) = &*kept
            && *of == ends
        {
            return Rc::clone(steps);
        }
        let steps = Rc::new(LimitSteps::new(self.limits(simulator), ends));
        *kept = Some((ends, Rc::clone(&steps)));
        steps
    }

    /// The orders of bots on their way from their limits to the market.
    pub(super) fn orders(&self, simulator: &Simulator) -> &Orders {
        self.orders.get_or_init(|| Orders::new(simulator))
    }
}

#[cfg(feature = "full")]
impl Extras {
    /// The same run, with every forced sale by account in its ledger.
    pub fn with_sales(&self, simulator: &Simulator) -> &Run {
        self.with_sales.get_or_init(|| {
            let mut crowd: Crowd = simulator.crowd().clone();
            let mut run = Run::default();
            run.simulate_with(simulator.rules(), &mut crowd, RecordOptions { sales: true, seller: None });
            run
        })
    }

    /// Whether every account can be followed through the run. That records each sale: a million accounts that sell
    /// twenty times take gigabytes.
    #[must_use]
    pub fn can_follow(simulator: &Simulator) -> bool {
        let rules = simulator.rules();
        let (bots, vol_bots) = (f64::from(rules.bots), f64::from(rules.vol_bots));
        let [margin, volatility] = [&rules.margin_sales, &rules.vol_sales].map(|sales| sales.len() as f64);
        let each = bots * (vol_bots * volatility + (1.0 - vol_bots) * margin) + (1.0 - bots) * margin;
        each * simulator.crowd().falls.len() as f64 <= MOST_SALES
    }

    /// The state of every account in every second.
    pub fn states(&self, simulator: &Simulator) -> &States {
        let work = || States::of(simulator.rules(), simulator.crowd(), self.with_sales(simulator));
        self.states.get_or_init(work)
    }

    /// All accounts in the order in which a falling price passes their margin limits: first shorts, from the highest
    /// limit down, then longs. The order is independent of bots and their rules.
    pub fn by_limit(&self, simulator: &Simulator) -> &[u32] {
        self.by_limit.get_or_init(|| {
            let crowd = simulator.crowd();
            let mut accounts: Vec<u32> = (0..crowd.falls.len() as u32).collect();
            accounts.sort_unstable_by(|a, b| limit(crowd, *a).total_cmp(&limit(crowd, *b)).then(a.cmp(b)));
            accounts
        })
    }

    /// The price if one institution sells what the crowd was forced to sell: in the same seconds, and slowly until the
    /// end of the run. Logs relative to the start, by second.
    pub fn sellers(&self, simulator: &Simulator) -> &[Vec<f64>; 2] {
        self.sellers.get_or_init(|| {
            let mut runs = Counterfactuals::new(&simulator.summary().params);
            [Change::OneSeller, Change::OnePatientSeller].map(|change| runs.run(change).1.series.price.clone())
        })
    }

    /// The loss of one account, alone and together with all others. `None` if no bot has a margin limit.
    pub fn together(&self, simulator: &Simulator) -> Option<&AloneOrTogether> {
        let work = || Counterfactuals::new(&simulator.summary().params).alone_or_together(None);
        self.together.get_or_init(work).as_ref()
    }

    /// The cascade of margin limits alone after the first order.
    pub(super) fn staircase(&self, simulator: &Simulator) -> &Picture {
        self.staircase.get_or_init(|| Picture::new(simulator))
    }

    /// The flows around the feedback loop.
    pub(super) fn feedback(&self, simulator: &Simulator) -> &History {
        self.feedback.get_or_init(|| History::new(simulator, self.limits(simulator)))
    }

    /// The forced sales as a tree.
    pub(super) fn family_tree(&self, simulator: &Simulator) -> &FamilyTree {
        self.family_tree.get_or_init(|| FamilyTree::new(simulator, self.with_sales(simulator)))
    }
}

#[cfg(feature = "full")]
/// Fall of the log price at the margin limit of an account. Negative for a short account, whose limit is a rise.
pub(super) fn limit(crowd: &Crowd, account: u32) -> f64 {
    let distance = crowd.falls[account as usize];
    if crowd.is_short(account as usize) { -distance } else { distance }
}
