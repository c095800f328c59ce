//! A closed clockwise path around a rectangle with round corners: the path of the flows.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::chart::sheet::{Bounds, Point};

/// Straight pieces in a quarter of a circle.
const PARTS: u32 = 7;

/// The path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ring {
    bounds: Bounds,
    radius: f64,
}

/// A place on the path, and the outward direction there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    at: (f64, f64),
    out: (f64, f64),
}

/// A side of the rectangle without its corners.
#[derive(Clone, Copy, Debug)]
struct Side {
    length: f64,
    start: (f64, f64),
    towards: (f64, f64),
}

impl Place {
    /// The point at this distance outside the path; inside if negative.
    pub(super) fn off(&self, distance: f64) -> Point {
        ((self.at.0 + distance * self.out.0).round() as i32, (self.at.1 + distance * self.out.1).round() as i32)
    }
}

impl Ring {
    /// The path around these bounds.
    pub(super) fn new(bounds: Bounds, radius: f64) -> Self {
        let most = (bounds.right - bounds.left).min(bounds.bottom - bounds.top);
        Self { bounds, radius: radius.min(f64::from(most) / 2.0).max(1.0) }
    }

    /// The sides in the order of the path, from the left end of the upper one; a corner follows each.
    fn sides(&self) -> [Side; 4] {
        let Bounds { left, right, top, bottom } = self.bounds;
        let [left, right, top, bottom] = [left, right, top, bottom].map(f64::from);
        let r = self.radius;
        let (across, down) = ((right - left - 2.0 * r).max(0.0), (bottom - top - 2.0 * r).max(0.0));
        [
            Side { length: across, start: (left + r, top), towards: (1.0, 0.0) },
            Side { length: down, start: (right, top + r), towards: (0.0, 1.0) },
            Side { length: across, start: (right - r, bottom), towards: (-1.0, 0.0) },
            Side { length: down, start: (left, bottom - r), towards: (0.0, -1.0) },
        ]
    }

    /// Distance along the path at a part of a side. Sides are numbered from the upper one.
    pub(super) fn on_side(&self, side: usize, part: f64) -> f64 {
        let sides = self.sides();
        sides[..side].iter().map(|side| side.length + self.corner()).sum::<f64>() + part * sides[side].length
    }

    fn corner(&self) -> f64 {
        FRAC_PI_2 * self.radius
    }

    /// Length of the path.
    pub(super) fn length(&self) -> f64 {
        self.sides().iter().map(|side| side.length + self.corner()).sum()
    }

    /// The place at this distance along the path.
    pub(super) fn at(&self, along: f64) -> Place {
        let mut rest = along.rem_euclid(self.length());
        for Side { length, start: (x, y), towards: (dx, dy) } in self.sides() {
            // On a clockwise path, outside is to the left on a screen.
            let out = (dy, -dx);
            if rest <= length {
                return Place { at: (x + rest * dx, y + rest * dy), out };
            }
            rest -= length;
            if rest <= self.corner() {
                let (sin, cos) = (libm::sin(rest / self.radius), libm::cos(rest / self.radius));
                let middle = (x + length * dx - self.radius * out.0, y + length * dy - self.radius * out.1);
                let out = (out.0 * cos + dx * sin, out.1 * cos + dy * sin);
                return Place { at: (middle.0 + self.radius * out.0, middle.1 + self.radius * out.1), out };
            }
            rest -= self.corner();
        }
        let Side { start: (x, y), towards: (dx, dy), .. } = self.sides()[0];
        Place { at: (x, y), out: (dy, -dx) }
    }

    /// The path from one place to a later one, at this distance outside.
    pub(super) fn piece(&self, from: f64, to: f64, off: f64) -> Vec<Point> {
        let mut stops = vec![from];
        let (sides, corner) = (self.sides(), self.corner());
        // Two rounds, because a piece may extend past the end of the path.
        let mut along = 0.0;
        for side in sides.iter().chain(&sides) {
            along += side.length;
            stops.extend((0..=PARTS).map(|i| along + corner * f64::from(i) / f64::from(PARTS)));
            along += corner;
        }
        stops.retain(|stop| (from..=to).contains(stop));
        stops.push(to);
        stops.into_iter().map(|stop| self.at(stop).off(off)).collect()
    }
}

/// An arc of a circle, clockwise from its top.
pub(super) fn arc((x, y): Point, radius: f64, part: f64) -> Vec<Point> {
    let steps = (48.0 * part).ceil().max(1.0) as u32;
    let point = |i: u32| {
        let angle = 2.0 * PI * part * f64::from(i) / f64::from(steps);
        (x + (radius * libm::sin(angle)).round() as i32, y - (radius * libm::cos(angle)).round() as i32)
    };
    (0..=steps).map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_is_clockwise_and_closed() {
        let ring = Ring::new(Bounds { left: 100, right: 500, top: 50, bottom: 250 }, 40.0);
        let middle = |side| ring.at(ring.on_side(side, 0.5)).off(0.0);
        assert_eq!([0, 1, 2, 3].map(middle), [(300, 50), (500, 150), (300, 250), (100, 150)]);
        assert_eq!(ring.at(0.0).off(0.0), ring.at(ring.length()).off(0.0));
        assert_eq!(ring.at(ring.on_side(1, 0.5)).off(10.0), (510, 150));
        assert_eq!(ring.at(ring.on_side(3, 0.5)).off(-10.0), (110, 150));
        // The middle of the first corner.
        let corner = ring.at(ring.on_side(0, 1.0) + FRAC_PI_2 * 20.0).off(0.0);
        assert_eq!(corner, (488, 62));
    }

    #[test]
    fn a_piece_across_the_start_is_continuous() {
        let ring = Ring::new(Bounds { left: 0, right: 400, top: 0, bottom: 200 }, 30.0);
        let (from, to) = (ring.on_side(3, 0.5), ring.length() + ring.on_side(0, 0.5));
        let piece = ring.piece(from, to, 5.0);
        assert_eq!((piece[0], *piece.last().unwrap()), ((-5, 100), (200, -5)));
        let far = piece.windows(2).map(|pair| (pair[1].0 - pair[0].0).abs().max((pair[1].1 - pair[0].1).abs()));
        assert!(far.max().unwrap() <= 180, "{piece:?}");
        assert_eq!(arc((0, 0), 10.0, 0.25).last(), Some(&(10, 0)));
    }

    #[test]
    fn a_ring_of_zero_size_does_not_panic() {
        let ring = Ring::new(Bounds { left: 5, right: 4, top: 9, bottom: 2 }, 40.0);
        assert!(ring.length() > 0.0 && !ring.piece(0.0, ring.length(), 3.0).is_empty());
    }
}
