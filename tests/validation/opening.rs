//! The page opens on the median crowd of a hundred.

use deleverage::Params;
use deleverage::model::ensemble::{CROWDS, Ensemble};

#[test]
fn the_default_seed_is_the_median_of_its_hundred_crowds() {
    let default = Params::default();
    let median = Ensemble::run(&default, CROWDS).median().unwrap();
    assert_eq!(default.seed, median.seed, "the default seed in src/params/table.rs must be {}", median.seed);
}
