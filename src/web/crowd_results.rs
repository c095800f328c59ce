//! The results of other crowds that a laboratory shows.

use crate::model::Ensemble;
use crate::model::ensemble::{Member, offered};
use crate::params::Params;

/// Crowds after which new results replace the old ones on the page.
const SOME: usize = 10;

/// The results of other crowds: those of the current settings and, until there are some, those of earlier settings.
#[derive(Default)]
pub(super) struct CrowdResults {
    /// The results of the current settings, as far as they have been run.
    pub(super) new: Option<Ensemble>,
    old: Option<Ensemble>,
}

impl CrowdResults {
    /// Begins an ensemble with these settings, unless there is one. Returns the number of crowds: `wanted`, or fewer if
    /// they are large.
    pub(super) fn begin(&mut self, params: &Params, wanted: usize) -> usize {
        let crowds = offered(params, wanted.max(1));
        if self.new.as_ref().is_none_or(|new| new.total() != crowds || !new.covers(params)) {
            // One that was not shown is dropped; the one before it stays.
            if let Some(former) = self.new.replace(Ensemble::new(params, crowds)).filter(enough) {
                self.old = Some(former);
            }
        }
        crowds
    }

    /// Adds the results of a crowd, given its seed. Returns how many there are.
    pub(super) fn keep(&mut self, place: usize, member: impl Fn(u64) -> Member, price: Vec<f32>) -> usize {
        let Some(new) = &mut self.new else { return 0 };
        new.keep(place, member(new.params().seed.wrapping_add(place as u64)), price);
        if enough(new) {
            self.old = None;
        }
        new.done()
    }

    /// The results to be shown.
    pub(super) fn shown(&self) -> Option<&Ensemble> {
        self.new.as_ref().filter(|new| enough(new)).or(self.old.as_ref()).or(self.new.as_ref())
    }
}

/// Whether enough crowds have been run to replace earlier ones.
fn enough(crowds: &Ensemble) -> bool {
    crowds.done() >= SOME.min(crowds.total())
}
