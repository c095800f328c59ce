//! Trading halts, on any scale of time.

use plotters::style::Color;

use crate::chart::curve::Scale;
use crate::chart::labels::Labels;
use crate::chart::sheet::{Bounds, Sheet};
use crate::chart::{DrawError, Scene};
use crate::language::tr;

/// The first halt in a plot; its name is placed after the curves are known.
pub(in crate::chart) struct Halted {
    band: Bounds,
}

/// Hatches the halts between two seconds.
pub(in crate::chart) fn halts(
    sheet: &Sheet,
    scene: &Scene,
    plot: Bounds,
    (first, last): (usize, usize),
    x: &impl Scale,
) -> Result<Option<Halted>, DrawError> {
    let halted = &scene.simulator.run().series.halted;
    let mut named = None;
    let mut from = first;
    for stretch in halted[first..=last].chunk_by(|a, b| a == b) {
        if stretch[0] == 1 {
            let left = x.px(from as f64 - 1.0).max(plot.left);
            let right = x.px((from + stretch.len()) as f64 - 1.0).max(left + 1);
            let band = Bounds { left, right, ..plot };
            sheet.hatch(band, &sheet.theme.quiet.mix(0.5))?;
            named = named.or(Some(Halted { band }));
        }
        from += stretch.len();
    }
    Ok(named)
}

impl Halted {
    /// Writes the name of the hatching, if there is a free place.
    pub(in crate::chart) fn name(self, sheet: &Sheet, labels: &mut Labels) -> Result<(), DrawError> {
        let (left, bottom) = (self.band.left + sheet.ems(0.3), self.band.bottom);
        labels.note(sheet, tr("trading halted"), &[0.7, 2.0, 3.3].map(|up| (left, bottom - sheet.ems(up))))
    }
}
