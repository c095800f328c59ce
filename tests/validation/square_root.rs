//! The square-root law: with uniformly distributed limits the fall stops at `X = x0 + a/2 + sqrt(a x0 + a^2/4)`, and
//! there is no closed R.

use crate::common::params;
use deleverage::Simulator;
use deleverage::validation::square_root::{Uniform, formula, proof};

#[test]
fn runs_stop_at_the_closed_form() {
    let accounts = 100_000.0;
    for interest in [5.0, 40.0, 100.0] {
        let mut crowd = Uniform::new(interest, accounts);
        let a = crowd.a();
        for shock in [0.005, 0.02, 0.1] {
            let (stops, form) = (crowd.stops(shock), formula(a, shock));
            // Sales at the end deviate by the standard deviation of a count, and the root halves it.
            let sold = accounts * form / 0.5;
            let slack = 4.0 * 0.5 / sold.sqrt() * (form - shock) * 2.0;
            assert!((stops - form).abs() < slack, "{interest}, {shock}: {stops}, not {form} +- {slack}");
        }
    }
    assert!(proof().plot.deviation() < 0.2, "{}", proof().plot.deviation());
}

#[test]
fn twice_the_fall_needs_four_times_the_order_and_r_has_no_closed_form() {
    // At leverage 1 there are no limits.
    let quiet = "leverage=1&bots=0&calm-volatility=0&impact=square-root&thinning=0&permanent=100&buyers=0";
    let run = |shock: &str| Simulator::new(&params(&format!("{quiet}&shock={shock}")));
    let order = |simulator: &Simulator| simulator.run().series.shock_sold.iter().sum::<u64>() as f64;
    let (small, large) = (run("1"), run("1.99"));
    for (simulator, shock) in [(&small, 1.0), (&large, 1.99)] {
        assert!((simulator.summary().greatest_fall_percent - shock).abs() < 1e-6);
    }
    assert!((order(&large) / order(&small) - 4.0).abs() < 1e-6);
    let summary = small.summary();
    assert_eq!((summary.r_margin_max, summary.r_fast, summary.critical_shock_percent), (None, None, None));
}
