//! Labels beside curves, each where it covers least.

use crate::chart::sheet::{Bounds, Point};
use crate::chart::text_width::text_width;

/// The obstacles of a label.
pub(super) struct Names<'a> {
    /// The area for labels.
    pub(super) within: Bounds,
    /// Text size.
    pub(super) em: f64,
    /// The curves.
    pub(super) curves: Vec<&'a [Point]>,
    /// Labels placed so far.
    pub(super) taken: Vec<Bounds>,
}

/// Half the height of a line of words, em.
const HALF: f64 = 0.62;

impl Names<'_> {
    /// A place for a label near one of these points, preferably the first ones: the middle of its left end.
    pub(super) fn place(&mut self, words: &str, near: &[Point]) -> Point {
        let ems = |ems: f64| (self.em * ems).round() as i32;
        let (width, half) = (ems(text_width(words, true)), ems(HALF));
        let Bounds { left, right, top, bottom } = self.within;
        let aside = ems(0.6);
        // Below and above the point, then beside it.
        let steps = [1.1, -1.1, 2.3, -2.3, 3.6, -3.6].map(ems);
        let around = steps.into_iter().flat_map(|down| [ems(0.3), -width / 2, -width].map(|across| (across, down)));
        let around: Vec<Point> = around.chain([(aside, 0), (-width - aside, 0)]).collect();
        let mut best: Option<(i64, Bounds)> = None;
        for (rank, (x, y)) in near.iter().enumerate() {
            for (across, down) in &around {
                let from = (x + across).min(right - width - ems(0.2)).max(left + ems(0.2));
                let middle = (y + down).min(bottom - half).max(top + half);
                let here = Bounds { left: from, right: from + width, top: middle - half, bottom: middle + half };
                // A name far from its point is hard to connect with it.
                let far = (middle - y).abs() / ems(1.0).max(1) + (from - x - across).abs() / ems(1.0).max(1);
                let cost = i64::from(far) + 4 * rank as i64 + self.covered(here);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, here));
                }
            }
        }
        let Some((_, here)) = best else { return (left, top) };
        self.taken.push(here);
        (here.left, i32::midpoint(here.top, here.bottom))
    }

    /// The part of the curves and of other labels that a label covers.
    fn covered(&self, words: Bounds) -> i64 {
        let overlaps = |other: &&Bounds| {
            words.left < other.right && other.left < words.right && words.top < other.bottom && other.top < words.bottom
        };
        let step = ((self.em * 0.4) as i32).max(1);
        let under = |curve: &&[Point]| curve.windows(2).map(|pair| crossed(pair[0], pair[1], step, words)).sum::<i64>();
        1000 * self.taken.iter().filter(overlaps).count() as i64 + 5 * self.curves.iter().map(under).sum::<i64>()
    }
}

/// Number of steps of a line that a label covers.
fn crossed(from: Point, to: Point, step: i32, words: Bounds) -> i64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let steps = (dx.abs().max(dy.abs()) / step).clamp(1, 1000);
    (0..steps)
        .map(|i| (from.0 + dx / steps * i, from.1 + dy / steps * i))
        .filter(|(x, y)| (words.left..=words.right).contains(x) && (words.top..=words.bottom).contains(y))
        .count() as i64
}
