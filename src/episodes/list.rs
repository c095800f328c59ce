//! The list of episodes.

use super::episode::Episode;
use super::{borrowers, funds, futures};

/// All episodes in chronological order.
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
    fn every_episode_has_a_preset_in_chronological_order() {
        let ids: Vec<_> = SCENARIOS.iter().map(|scenario| scenario.id).collect();
        let episodes: Vec<_> = EPISODES.iter().map(|episode| episode.scenario.id).collect();
        assert_eq!(ids[ids.len() - episodes.len()..], episodes);
        assert_eq!(
            episodes,
            ["oct-1987", "aug-2007", "may-2010", "feb-2018", "mar-2020", "may-2021", "sep-2022", "oct-2025"]
        );
    }
}
