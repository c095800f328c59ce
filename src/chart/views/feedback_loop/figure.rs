//! What the parts of the loop are drawn from: the sheet, the run, and the flows of now.

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
    /// $bn of the widest flow of the run.
    pub(super) widest: f64,
}

impl Figure<'_, '_> {
    /// Whether nothing goes around.
    pub(super) fn still(&self) -> bool {
        self.now.flow.calm || self.halted
    }

    /// How wide a flow of so many $bn is, em.
    pub(super) fn width(&self, billions: f64) -> f64 {
        if self.still() || billions <= 0.0 || self.widest <= 0.0 {
            return 0.0;
        }
        self.layout.widest * billions / self.widest
    }
}
