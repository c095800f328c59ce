//! Venues and arbitrage: the closed form of one sale, and the two limits of a whole run.

use crate::common::params;
use deleverage::Simulator;
use deleverage::validation::arbitrage::{formula, market, measured, proof};

#[test]
fn venues_follow_the_closed_form() {
    for (venues, arbitrage) in [(2.0, 0.001), (4.0, 0.1), (8.0, 1.0), (3.0, 10.0)] {
        let rules = market(venues, arbitrage);
        for seconds in [0, 1, 7, 60] {
            let (own, other) = measured(&rules, 3.0, seconds);
            let form = formula(&rules, arbitrage, 3.0, f64::from(seconds));
            assert!((own - form.0).abs() < 1e-14 && (other - form.1).abs() < 1e-14, "{own} {other}, not {form:?}");
            // The mean over all venues does not depend on them.
            let mean = (own + (venues - 1.0) * other) / venues;
            assert!((mean - 3.0 / rules.depth).abs() < 1e-15);
        }
    }
    assert!(proof().plot.deviation() < 0.01, "{}", proof().plot.deviation());
}

#[test]
fn with_fast_arbitrage_many_venues_act_as_one_market() {
    let fall = |query: &str| Simulator::new(&params(query)).summary().greatest_fall_percent;
    for base in ["", "bots=20", "leverage=20&bots=20", "bots=60&thinning=0"] {
        let one = fall(base);
        let at = |arbitrage: &str| (fall(&format!("{base}&venues=8&arbitrage={arbitrage}")) - one).abs() / one;
        assert!(at("10") < 0.05, "{base}: {} away from one market", at("10"));
        // With one price for all limits, venues act as one market.
        assert_eq!(fall(&format!("{base}&venues=8&oracle=mean&arbitrage=0.001")), one);
    }
}

#[test]
fn without_arbitrage_a_sale_moves_its_venue_by_the_number_of_venues_times_the_mean() {
    let summary =
        *Simulator::new(&params("venues=8&arbitrage=0.001&bots=0&calm-volatility=0&thinning=0&shock=1")).summary();
    let worst = summary.worst_venue_fall_percent.unwrap();
    // 1% of the log price eight times, less what fades and flows to other venues in ten seconds.
    let alone = 100.0 * -libm::expm1(8.0 * libm::log(0.99));
    assert!(worst > 0.95 * alone && worst <= alone, "{worst}, at most {alone}");
}
