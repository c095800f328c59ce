//! The logarithmic time axis.

use crate::chart::curve::Scale;
use crate::chart::scale::Linear;
use crate::chart::sheet::Bounds;
use crate::model::Simulator;
use crate::model::rules::SHOCK_AT;

/// A logarithmic axis that begins a second after the first order.
pub(super) struct LogTime(Linear);

impl LogTime {
    pub(super) fn new(simulator: &Simulator, plot: Bounds) -> Self {
        let since = (simulator.rules().seconds - SHOCK_AT) as f64;
        Self(Linear::new((0.0, libm::log(since)), (plot.left, plot.right)))
    }

    /// The pixel of a time since the first order, s.
    pub(super) fn since(&self, seconds: f64) -> i32 {
        self.0.px(libm::log(seconds.max(1.0)))
    }
}

impl Scale for LogTime {
    fn px(&self, second: f64) -> i32 {
        self.since(second - SHOCK_AT as f64)
    }

    fn second(&self, px: i32) -> f64 {
        SHOCK_AT as f64 + libm::exp(self.0.value(px))
    }
}
