//! The inputs of the loop's parts: the sheet, the run, and the current flows.

use super::layout::Layout;
use super::units::Units;
use crate::chart::Scene;
use crate::chart::derived::loop_flows::Now;
use crate::chart::sheet::Sheet;

/// The loop on its sheet.
pub(super) struct Figure<'a, 'b> {
    pub(super) sheet: &'a Sheet<'b>,
    pub(super) scene: &'a Scene<'a>,
    pub(super) layout: Layout,
    pub(super) units: Units,
    pub(super) now: Now,
    pub(super) halted: bool,
    /// The widest flow of the run, $bn.
    pub(super) widest: f64,
}

impl Figure<'_, '_> {
    /// Whether nothing flows around the loop.
    pub(super) fn still(&self) -> bool {
        self.now.flow.calm || self.halted
    }

    /// Width of the widest part of the ring now, em.
    pub(super) fn track(&self) -> f64 {
        self.width(self.now.flow.traded().max(self.now.flow.triggered))
    }

    /// Width of a flow of $bn, em.
    pub(super) fn width(&self, billions: f64) -> f64 {
        if self.still() || billions <= 0.0 || self.widest <= 0.0 {
            return 0.0;
        }
        self.layout.widest * billions / self.widest
    }
}
