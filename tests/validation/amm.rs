//! A constant-product pool moves by exactly -2 ln(1 + q/X), for split orders as well, and like a linear book only for
//! small orders.

use deleverage::validation::amm::{formula, measured, pool, proof};

#[test]
fn an_order_in_parts_ends_at_the_formula() {
    let rules = pool();
    for sales in [0.01, 1.0, 20.0, 200.0, 5000.0] {
        let (shown, form) = (measured(&rules, sales), formula(&rules, sales));
        assert!((shown / form - 1.0).abs() < 1e-11, "{sales}: {shown}, not {form}");
    }
    assert!(proof().plot.deviation() < 1e-3, "{}", proof().plot.deviation());
}

#[test]
fn the_pool_is_linear_only_for_small_orders() {
    let rules = pool();
    let ratio = |sales: f64| measured(&rules, sales) / (sales / rules.depth);
    assert!((ratio(0.02) - 1.0).abs() < 1e-4);
    // ln(1.25)/0.25: a fifth of the pool.
    assert!((ratio(100.0) - libm::log(1.25) / 0.25).abs() < 1e-9);
}
