//! The curve of a price before and after the current second, on any scale of time.

use crate::chart::FINE;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Bounds, Point};
use crate::model::results::summary::percent;

/// A scale of time: converts seconds to pixels and back.
pub(in crate::chart) trait Scale {
    /// The pixel of a second.
    fn px(&self, second: f64) -> i32;
    /// The second of a pixel; it may lie beyond the run.
    fn second(&self, px: i32) -> f64;
}

impl Scale for Linear {
    fn px(&self, second: f64) -> i32 {
        self.px(second)
    }

    fn second(&self, px: i32) -> f64 {
        self.value(px)
    }
}

/// A curve, divided at the current second.
pub(in crate::chart) struct Curve {
    /// The part up to the current second, and the part after it.
    pub(in crate::chart) parts: [Vec<Point>; 2],
}

impl Curve {
    /// The curve of `price` (log prices by second) from `first` to `last`, divided at `now`.
    pub(in crate::chart) fn new(
        price: &[f64],
        (first, now, last): (usize, usize, usize),
        x: &impl Scale,
        y: Linear,
        plot: Bounds,
    ) -> Self {
        // The price axis fits the run; a different price may leave it.
        let height = |price: f64| y.px(percent(-price)).clamp(plot.top, plot.bottom.max(plot.top));
        Self { parts: [(first, now), (now, last)].map(|(from, to)| part(price, from, to, x, height)) }
    }

    /// Both parts together.
    pub(in crate::chart) fn whole(&self) -> Vec<Point> {
        self.parts.concat()
    }
}

/// The first, lowest, highest and last price in each column of pixels, so that no spike is lost. Only these are
/// converted to pixels: a run has far more seconds than a sheet has columns.
fn part(price: &[f64], from: usize, to: usize, x: &impl Scale, height: impl Fn(f64) -> i32) -> Vec<Point> {
    let mut points = Vec::new();
    let mut second = from;
    while second <= to {
        let px = x.px(second as f64);
        let next = (px.div_euclid(FINE) + 1).saturating_mul(FINE);
        let end = (libm::ceil(x.second(next)) as usize).clamp(second + 1, to + 1);
        let column = &price[second..end];
        let ends = |(low, high): (f64, f64), price: &f64| (low.min(*price), high.max(*price));
        let (low, high) = column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), ends);
        points.extend([column[0], low, high, column[column.len() - 1]].map(|price| (px, height(price))));
        second = end;
    }
    points.dedup();
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOT: Bounds = Bounds { left: 0, right: 10 * FINE, top: 0, bottom: 1000 };

    #[test]
    fn a_spike_survives_in_few_points_and_the_curve_divides_at_now() {
        let mut price = vec![0.0; 10_001];
        price[5_003] = -0.5;
        let x = Linear::new((0.0, 10_000.0), (PLOT.left, PLOT.right));
        let y = Linear::new((0.0, 100.0), (PLOT.top, PLOT.bottom));
        for (now, spiked) in [(5_002, 1), (5_003, 0), (5_004, 0)] {
            let curve = Curve::new(&price, (0, now, 10_000), &x, y, PLOT);
            let lowest = curve.parts.each_ref().map(|part| part.iter().map(|(_, y)| *y).max().unwrap());
            assert_eq!(lowest[spiked], 393, "{now}");
            assert!(curve.whole().len() <= 48 && curve.whole().is_sorted_by_key(|(x, _)| *x));
        }
        // The spike itself ends one part and begins the other.
        let curve = Curve::new(&price, (0, 5_003, 10_000), &x, y, PLOT);
        assert_eq!(curve.parts[0].last().unwrap().1, 393);
        assert_eq!(curve.parts[1][0].1, 393);
    }

    #[test]
    fn a_curve_on_an_empty_sheet_or_off_the_axis_does_not_panic() {
        let price = vec![-9.0; 100];
        let y = Linear::new((0.0, 10.0), (PLOT.top, PLOT.bottom));
        for right in [0, -7] {
            let x = Linear::new((0.0, 99.0), (0, right));
            let curve = Curve::new(&price, (0, 50, 99), &x, y, PLOT);
            assert!(curve.whole().iter().all(|(_, y)| *y == PLOT.bottom));
        }
    }
}
