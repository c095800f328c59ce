//! R in the middle of the loop: a ring that closes at 1, and what R means.

use plotters::style::Color;

use super::figure::Figure;
use super::layout::LINE;
use super::ring::arc;
use crate::chart::sheet::{Anchor, Bounds, Sheet};
use crate::chart::{DrawError, Scene};
use crate::language::tr;
use crate::say;
use crate::units::digits;

/// The current R, if there is one.
fn now(scene: &Scene) -> Option<f64> {
    Some(scene.simulator.run().series.reproduction[scene.now]).filter(|r| !r.is_nan())
}

fn number(r: Option<f64>) -> String {
    r.map_or("–".into(), |r| digits(r, 2))
}

/// R alone, on a sheet too small for a loop.
pub(super) fn alone(sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
    let (width, height) = sheet.size();
    if width < sheet.ems(5.0) || height < sheet.ems(3.6) {
        return Ok(());
    }
    let words = format!("R {}", number(now(scene)));
    sheet.bold(&words, (sheet.ems(0.2), sheet.ems(2.6)), Anchor::Left, sheet.theme.ink)
}

impl Figure<'_, '_> {
    /// The gauge and its sentence.
    pub(super) fn gauge(&self) -> Result<(), DrawError> {
        let sheet = self.sheet;
        let theme = sheet.theme;
        let ((x, y), radius) = self.layout.gauge;
        let r = now(self.scene);
        let wide = radius > 1.6 * sheet.em;
        if self.halted {
            let (half, high) = (radius as i32, radius as i32 / 2);
            let band = Bounds { left: x - half, right: x + half, top: y - high, bottom: y + high };
            sheet.hatch(band, &theme.quiet.mix(0.5))?;
        } else if wide {
            sheet.dashed(&arc((x, y), radius, 1.0), &theme.without_bots.mix(0.8), 0.08)?;
            if let Some(r) = r.filter(|r| *r > 0.0) {
                let (part, width) = if r < 1.0 { (r, 0.3) } else { (1.0, 0.5) };
                sheet.line(arc((x, y), radius, part), &theme.bots.to_rgba(), width)?;
            }
            sheet.words(tr("R"), (x, y - sheet.ems(1.45)), Anchor::Top, theme.quiet)?;
            sheet.bold(&number(r), (x, y - sheet.ems(0.15)), Anchor::Top, theme.ink)?;
        } else {
            sheet.bold(&format!("R {}", number(r)), (x, y - sheet.ems(0.45)), Anchor::Top, theme.ink)?;
        }
        let Some(((x, y), in_lines)) = self.layout.sentence else { return Ok(()) };
        let lines = self.meaning(r);
        let lines = if in_lines == 1 { vec![lines.join(" ")] } else { lines };
        for (i, line) in lines.iter().enumerate() {
            let at = (x, y + sheet.ems(LINE * i as f64));
            if self.still() {
                sheet.bold(line, at, Anchor::Left, theme.ink)?;
            } else {
                sheet.words(line, at, Anchor::Left, theme.ink)?;
            }
        }
        Ok(())
    }

    /// The current state of the loop, in a line or two.
    fn meaning(&self, r: Option<f64>) -> Vec<String> {
        match r {
            _ if self.halted => vec![tr("trading is halted,").into(), tr("orders wait").into()],
            _ if self.now.flow.calm => vec![tr("nothing flows").into()],
            None => vec![tr("no R under the").into(), tr("square-root law").into()],
            Some(r) if self.units.buys => {
                vec![tr("each $ bought makes").into(), say!("bots buy ${amount} more", amount = digits(r, 2))]
            }
            Some(r) => vec![tr("each $ sold makes").into(), say!("bots sell ${amount} more", amount = digits(r, 2))],
        }
    }
}
