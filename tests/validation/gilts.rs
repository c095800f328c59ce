//! UK gilts 2022 (Bank of England, working paper 1089): half of the fall forced means R = 0.5 and an amplification of
//! 2.

use deleverage::validation::gilts::{PUBLISHED, proof};
use deleverage::validation::targeters::measured;

#[test]
fn a_forced_half_means_an_amplification_of_two() {
    let (amplification, forced) = measured(PUBLISHED, 0.005);
    assert!((forced - PUBLISHED).abs() < 0.002, "{forced}");
    assert!((amplification - 2.0).abs() < 0.005, "{amplification}");
}

#[test]
fn the_forced_share_of_the_fall_is_r() {
    // Percentage points: the funds shrink with the fall, most at R = 0.9.
    assert!(proof().plot.deviation() < 0.05, "{}", proof().plot.deviation());
}
