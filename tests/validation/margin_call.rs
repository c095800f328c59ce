//! A margin call comes where the textbook, the exchange and the lending contract define it.

use deleverage::validation::margin_call::{formula, looped, measured, proof};

/// Equity over the value of the position after this fall of the price, for a purchase of 1 with borrowed money.
fn margin(leverage: f64, fall: f64) -> f64 {
    let held = 1.0 - fall;
    let debt = 1.0 - 1.0 / leverage;
    (held - debt) / held
}

#[test]
fn at_the_formula_equity_is_the_maintenance_margin() {
    for maintenance in [0.4, 1.0, 20.0, 25.0] {
        for leverage in [1.1, 1.5, 2.0, 3.0, 3.9] {
            let fall = formula(leverage, maintenance) / 100.0;
            assert!((margin(leverage, fall) - maintenance / 100.0).abs() < 1e-12, "{leverage}, {maintenance}%");
        }
    }
    // Half borrowed, 25%: the textbook's third.
    assert!((formula(2.0, 25.0) - 100.0 / 3.0).abs() < 1e-12);
}

#[test]
fn a_loop_has_geometric_leverage_and_is_called_at_its_threshold() {
    for loops in 0..12 {
        let ltv: f64 = 0.7;
        let closed = (1.0 - libm::pow(ltv, f64::from(loops) + 1.0)) / (1.0 - ltv);
        assert!((looped(ltv, loops) - closed).abs() < 1e-12);

        // The contract: collateral, debt, and a threshold of 80% between them.
        let (mut collateral, mut debt) = (1.0, 0.0);
        let mut deposit = 1.0;
        for _ in 0..loops {
            let loan = ltv * deposit;
            debt += loan;
            collateral += loan;
            deposit = loan;
        }
        assert!((collateral - looped(ltv, loops)).abs() < 1e-12, "with equity of 1, leverage is the collateral");
        if loops > 0 {
            let called = 1.0 - debt / (0.8 * collateral);
            assert!((formula(looped(ltv, loops), 20.0) - 100.0 * called).abs() < 1e-9, "{loops} loops");
        }
    }
}

#[test]
fn the_median_account_is_called_at_the_formula() {
    let proof = proof();
    for (curve, maintenance) in proof.plot.curves.iter().zip([1.0, 20.0, 25.0]) {
        assert!(curve.measured.len() >= 4);
        for (leverage, fall) in &curve.measured {
            let form = formula(*leverage, maintenance);
            // Standard error of a median of 20,001 normal entry prices with a standard deviation of 0.5%.
            let error = 1.2533 * 0.5 / 20_001.0_f64.sqrt();
            assert!((fall - form).abs() < 4.0 * error, "{}, {leverage}x: {fall}, not {form}", curve.label.text);
        }
    }
    assert!((measured(2.0, 25.0) - 100.0 / 3.0).abs() < 0.02);
}
