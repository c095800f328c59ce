//! At its margin limit an account is left with the maintenance margin, and its leverage and entry price are its
//! draws.

use crate::common::params;
use deleverage::model::Crowd;
use deleverage::model::normal::below;

#[test]
fn equity_at_the_limit_is_the_maintenance_margin() {
    for query in ["", "leverage=2&maintenance=25", "leverage=40&maintenance=0.4&crowding=0.5", "leverage-cap=5"] {
        let p = params(query);
        let mut crowd = Crowd::default();
        crowd.arrange(&p);
        let (m, s) = (p.maintenance / 100.0, p.crowding / 100.0);
        for (i, fall) in crowd.falls.iter().enumerate() {
            assert!(*fall > 0.002 - 1e-12, "{query}: account {i} starts nearer than 0.2% to its limit");
            let leverage = crowd.position(i).0;
            let drawn = 1.0 + (p.leverage - 1.0) * libm::exp(0.4 * crowd.draws.leverage[i] - 0.08);
            let most = if p.leverage_cap > 0.0 { p.leverage_cap } else { 0.95 / m };
            assert!((leverage - drawn.min(most)).abs() < 1e-12 * drawn, "{query}: account {i}");

            // The entry price E that this limit implies: the debt is E (1 - 1/L).
            let price = libm::exp(-fall);
            let debt = price * (1.0 - m);
            let entry = debt / (1.0 - 1.0 / leverage);
            // Its log is a normal cut off above, so its distribution function gives the uniform draw back.
            let highest = (libm::log((1.0 - m) / (1.0 - 1.0 / leverage)) - 0.002) / s;
            let share = below(libm::log(entry) / s) / below(highest);
            assert!((share - crowd.draws.entry[i]).abs() < 1e-9, "{query}: account {i}");
        }
    }
}

#[test]
fn lower_leverage_or_a_cap_moves_no_limit_nearer() {
    let falls = |query: &str| {
        let mut crowd = Crowd::default();
        crowd.arrange(&params(query));
        crowd.falls
    };
    for (near, far) in [
        ("", "leverage=9.9"),
        ("leverage=50&crowding=10", "leverage=30&crowding=10"),
        ("leverage=20", "leverage=20&leverage-cap=20"),
        ("leverage=20&leverage-cap=20", "leverage=20&leverage-cap=5"),
        ("maintenance=5", "maintenance=1"),
    ] {
        let (near, far) = (falls(near), falls(far));
        assert!(near.iter().zip(&far).all(|(near, far)| far >= near));
        assert!(near.iter().zip(&far).any(|(near, far)| far > near));
    }
}
