//! Lines from a cause to its effect: level at both ends, so that lines from one cause part gently.

use crate::chart::sheet::Point;

/// Straight pieces of a whole line.
const PIECES: u32 = 10;

/// The first part of the line between two points, `share` 0 to 1.
pub(super) fn line(from: Point, to: Point, share: f64) -> Vec<Point> {
    let between = |a: i32, b: i32, part: f64| (f64::from(a) + f64::from(b - a) * part).round() as i32;
    let pieces = (f64::from(PIECES) * share).ceil().max(1.0) as u32;
    (0..=pieces)
        .map(|nth| {
            let part = (f64::from(nth) / f64::from(PIECES)).min(share);
            let smooth = part * part * (3.0 - 2.0 * part);
            (between(from.0, to.0, part), between(from.1, to.1, smooth))
        })
        .collect()
}
