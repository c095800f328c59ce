//! Days that happened: the published figures, the inputs that stand for them, and what a run makes of them.
//!
//! An input is published, fitted or assumed, and there are never more fitted inputs than figures that they were
//! fitted to. Figures come from MODEL.md, section 5, and nowhere else. What the model cannot do is said and not
//! left out. Of all this only names and queries reach the page's wasm, through [`crate::params::presets`]: the page reads
//! the rest from a file that `cargo xtask build` writes.

mod borrowers;
mod episode;
mod funds;
mod futures;
mod measure;

pub use episode::{Episode, Figure, Input, Published, Row, Source, Status, TOLERANCE, rows};
pub use measure::Measure;

/// All episodes in the order of time.
pub const EPISODES: &[Episode] = &[
    funds::OCT_1987,
    funds::AUG_2007,
    futures::MAY_2010,
    funds::FEB_2018,
    borrowers::MAR_2020,
    borrowers::MAY_2021,
    funds::SEP_2022,
    futures::OCT_2025,
];

#[cfg(test)]
mod tests {
    use super::EPISODES;
    use crate::params::presets::SCENARIOS;

    #[test]
    fn all_episodes_are_offered_in_the_order_of_time() {
        let ids: Vec<_> = SCENARIOS.iter().map(|scenario| scenario.id).collect();
        let episodes: Vec<_> = EPISODES.iter().map(|episode| episode.scenario.id).collect();
        assert_eq!(ids[ids.len() - episodes.len()..], episodes);
        assert_eq!(
            episodes,
            ["oct-1987", "aug-2007", "may-2010", "feb-2018", "mar-2020", "may-2021", "sep-2022", "oct-2025"]
        );
    }
}
