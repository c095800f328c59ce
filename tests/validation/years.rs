//! Funds over years: more credit means a heavier tail of falls, more skewed returns, and longer volatile periods.

use deleverage::long_run::measure::Measured;
use deleverage::validation::Curve;
use deleverage::validation::years::Years;

#[test]
fn credit_causes_heavy_tails_skew_and_volatility_clustering() {
    let years = Years::new();
    let [without, .., with] = &years.rows;
    assert_eq!((without.0, with.0), (1.0, 10.0));
    // These hold for any seed.
    assert!(without.1.tail_exponent > 5.0 && (2.0..4.0).contains(&with.1.tail_exponent));
    let falls = |of: fn(&Measured) -> f64| years.rows.windows(2).all(|pair| of(&pair[1].1) < of(&pair[0].1));
    assert!(falls(|measured| measured.skew), "skew falls steadily");
    assert!(falls(|measured| measured.tail_exponent), "and so does the exponent of the tail");
    assert!(falls(|measured| -measured.memory[0]), "and memory grows");
    // The prototype's values (src/model/README.md, section 9); the tolerance is wider than other seeds need.
    let close = |measured: &Measured, skew: f64, kurtosis: f64, tail: f64, memory: [f64; 3]| {
        assert!((measured.skew - skew).abs() < 0.1, "{}", measured.skew);
        assert!((measured.excess_kurtosis - kurtosis).abs() < 0.2 + 0.15 * kurtosis, "{}", measured.excess_kurtosis);
        assert!((measured.tail_exponent / tail - 1.0).abs() < 0.1, "{}", measured.tail_exponent);
        for (memory, expected) in measured.memory.iter().zip(memory) {
            assert!((memory - expected).abs() < 0.02, "{:?}", measured.memory);
        }
    };
    close(&without.1, 0.0, 0.2, 8.1, [0.04, 0.02, 0.01]);
    close(&with.1, -0.7, 13.0, 2.2, [0.23, 0.17, 0.06]);
}

#[test]
fn the_figure_agrees_with_its_caption() {
    let plot = Years::new().plot();
    let [without, with] = &plot.curves[..] else { panic!("two curves") };
    let normal = |curve: &Curve, least_share: f64| {
        let dots = curve.measured.iter().filter(move |(_, share)| *share >= least_share);
        dots.map(|(fall, share)| share / plot.at(curve, *fall).unwrap()).collect::<Vec<_>>()
    };
    assert!(normal(without, 0.5).iter().all(|ratio| (0.9..2.5).contains(ratio)), "close to normal");
    // With credit, falls are below the line at first and far above it later.
    let ratios = normal(with, 0.5);
    assert!(ratios[0] < 0.9 && ratios[ratios.len() - 1] > 100.0, "{ratios:?}");
    for ((small, share), (large, _)) in with.measured.iter().zip(&without.measured) {
        assert!(if *share >= 1.0 { small < large } else { *share > 0.2 || small > large }, "{share}: {small}, {large}");
    }
    assert!(with.measured.iter().any(|(fall, _)| *fall > 40.0), "enormous");
}
