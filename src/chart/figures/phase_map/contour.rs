//! Contour lines of a field on a grid: marching squares, joined to lines.

use std::collections::BTreeMap;

/// A point on the grid, in cells from the middle of the first one.
pub(super) type At = (f64, f64);

/// An edge between two neighbouring cells: the first of them, and whether the other lies above it or to its right.
type Edge = (usize, usize, bool);

/// The lines along which `value(column, row)` is at `level`, on a grid of that many columns and rows. They end at the
/// edge of the grid and at cells without a value.
pub(super) fn contours(size: (usize, usize), level: f64, value: impl Fn(usize, usize) -> Option<f64>) -> Vec<Vec<At>> {
    let mut joints: BTreeMap<Edge, (At, Vec<Edge>)> = BTreeMap::new();
    for row in 1..size.1 {
        for column in 1..size.0 {
            let (left, low) = (column - 1, row - 1);
            // Around the square, from the lower left corner.
            let corners = [(left, low), (column, low), (column, row), (left, row)];
            let values = corners.map(|(c, r)| value(c, r).map(|value| value - level));
            let [Some(a), Some(b), Some(c), Some(d)] = values else { continue };
            let values = [a, b, c, d];
            let edges: [Edge; 4] = [(left, low, false), (column, low, true), (left, row, false), (left, low, true)];
            let crossed: Vec<usize> =
                (0..4).filter(|side| (values[*side] < 0.0) != (values[(side + 1) % 4] < 0.0)).collect();
            let pairs: &[(usize, usize)] = match crossed[..] {
                [from, to] => &[(from, to)],
                // A saddle: the middle says which corners belong together.
                [0, 1, 2, 3] if (values.iter().sum::<f64>() < 0.0) == (a < 0.0) => &[(0, 1), (2, 3)],
                [0, 1, 2, 3] => &[(3, 0), (1, 2)],
                _ => &[],
            };
            for (from, to) in pairs {
                for (this, other) in [(*from, *to), (*to, *from)] {
                    let (i, j) = (this, (this + 1) % 4);
                    let share = values[i] / (values[i] - values[j]);
                    let along = |from: usize, to: usize| from as f64 + (to as f64 - from as f64) * share;
                    let at = (along(corners[i].0, corners[j].0), along(corners[i].1, corners[j].1));
                    joints.entry(edges[this]).or_insert((at, Vec::new())).1.push(edges[other]);
                }
            }
        }
    }
    let mut lines = Vec::new();
    // First lines that have ends; the remaining ones are closed.
    for ends_only in [true, false] {
        let starts: Vec<Edge> =
            joints.iter().filter(|(_, (_, next))| next.len() == 1 || !ends_only).map(|j| *j.0).collect();
        for start in starts {
            let mut line = Vec::new();
            let mut edge = start;
            while let Some((at, next)) = joints.remove(&edge) {
                line.push(at);
                match next.iter().find(|next| joints.contains_key(next)) {
                    Some(next) => edge = *next,
                    None if line.len() > 2 && next.contains(&start) => {
                        line.push(line[0]);
                        break;
                    }
                    None => break,
                }
            }
            if line.len() > 1 {
                lines.push(line);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_gives_one_straight_line_from_edge_to_edge() {
        let lines = contours((9, 5), 3.25, |column, row| Some(column as f64 + 0.5 * row as f64));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|(x, y)| (x + 0.5 * y - 3.25).abs() < 1e-12));
        let mut ends = [lines[0][0].1, lines[0][lines[0].len() - 1].1];
        ends.sort_by(f64::total_cmp);
        assert_eq!(ends, [0.0, 4.0]);
    }

    #[test]
    fn a_hill_gives_a_closed_line_and_missing_values_give_none() {
        let off = |i: usize| (i as f64 - 4.0) * (i as f64 - 4.0);
        let hill = |column: usize, row: usize| Some(9.0 - off(column) - off(row));
        let lines = contours((9, 9), 2.0, hill);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0][0], lines[0][lines[0].len() - 1]);
        let open = contours((9, 9), 2.0, |column, row| hill(column, row).filter(|_| column < 5));
        assert!(open.len() == 1 && open[0][0] != open[0][open[0].len() - 1]);
        assert!(contours((9, 9), 2.0, |_, _| None).is_empty());
        assert!(contours((1, 1), 2.0, hill).is_empty() && contours((0, 0), 2.0, hill).is_empty());
    }

    #[test]
    fn a_saddle_is_two_lines() {
        let saddle = |column: usize, row: usize| Some(if column == row { 1.0 } else { -1.0 });
        assert_eq!(contours((2, 2), 0.1, saddle).len(), 2);
        assert_eq!(contours((2, 2), -0.1, saddle).len(), 2);
    }
}
