//! With equal sales and uniformly distributed limits, sizes of cascades on the ladder follow the Borel distribution.

use deleverage::validation::borel::{probability, proof, sizes};

/// Least expected number of cascades in a bin.
const EXPECTED: f64 = 30.0;

#[test]
fn probabilities_add_up_to_1_and_to_the_mean() {
    for r in [0.1, 0.5, 0.9] {
        let sums = (1..20_000).fold((0.0, 0.0), |(all, mean), s| {
            let p = probability(r, s);
            (all + p, mean + p * s as f64)
        });
        assert!((sums.0 - 1.0).abs() < 1e-9, "R {r}: {}", sums.0);
        assert!((sums.1 * (1.0 - r) - 1.0).abs() < 1e-6, "R {r}: {}", sums.1);
    }
    // The first two by hand: no sale follows; one follows the first sale and none the second.
    assert!((probability(0.5, 1) - libm::exp(-0.5)).abs() < 1e-15);
    assert!((probability(0.5, 2) - 0.5 * libm::exp(-1.0)).abs() < 1e-15);
}

#[test]
fn sizes_follow_the_borel_distribution_with_mean_1_over_1_minus_r() {
    for (r, seeds) in [(0.2, 4), (0.5, 8), (0.9, 24)] {
        let sizes = sizes(r, seeds);
        let all: u64 = sizes.iter().sum();
        let n = all as f64;

        // The variance of the Borel distribution is R/(1-R)^3.
        let mean = sizes.iter().enumerate().map(|(size, count)| size as f64 * *count as f64).sum::<f64>() / n;
        let error = (r / ((1.0 - r) * (1.0 - r) * (1.0 - r)) / n).sqrt();
        let expected = 1.0 / (1.0 - r);
        assert!((mean - expected).abs() < 4.0 * error, "R {r}: mean {mean}, not {expected} +- {error}");

        let (chi_square, bins) = chi_square(r, &sizes, n);
        assert!(bins > 5);
        // Its mean is one less than the bins, its variance twice that.
        let freedom = bins as f64 - 1.0;
        assert!(
            chi_square < freedom + 4.0 * (2.0 * freedom).sqrt(),
            "R {r}: chi-square {chi_square} with {freedom} degrees of freedom"
        );
    }
}

/// Chi-square of the counted sizes, and the number of bins. A bin has one size, or as many as make the expected count
/// large enough; the last one has the whole tail.
fn chi_square(r: f64, sizes: &[u64], n: f64) -> (f64, usize) {
    let (mut sum, mut bins) = (0.0, 0);
    let (mut counted, mut expected) = (0.0, 0.0);
    let (mut counted_before, mut expected_before) = (0.0, 0.0);
    let mut size = 1;
    while n - expected_before > 2.0 * EXPECTED {
        while expected < EXPECTED {
            counted += sizes.get(size).map_or(0.0, |count| *count as f64);
            expected += n * probability(r, size);
            size += 1;
        }
        sum += (counted - expected) * (counted - expected) / expected;
        bins += 1;
        (counted_before, expected_before) = (counted_before + counted, expected_before + expected);
        (counted, expected) = (0.0, 0.0);
    }
    let (counted, expected) = (n - counted_before, n - expected_before);
    (sum + (counted - expected) * (counted - expected) / expected, bins + 1)
}

#[test]
fn the_points_of_the_figure_lie_on_the_curves() {
    let proof = proof();
    // At least 400 cascades in each: five standard errors.
    assert!(proof.plot.deviation() < 5.0 / 20.0, "{}", proof.plot.deviation());
    assert!(proof.plot.curves.iter().all(|curve| curve.measured.len() > 10));
}
