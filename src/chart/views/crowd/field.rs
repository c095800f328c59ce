//! The grid of marks. Marks fill it column by column in the order of their accounts' limits, so that a falling price
//! passes them from left to right.

use crate::chart::FINE;
use crate::chart::sheet::{Bounds, Point, whole};

/// Margins of the field to the left and to the right, em.
pub(super) const SIDE: f64 = 0.5;

/// Greatest number of marks.
const MOST: usize = 1500;

/// A grid of marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// Accounts that one mark stands for: 1, 2 or 5 times a power of ten.
    pub(super) per: usize,
    /// Number of marks.
    pub(super) marks: usize,
    columns: usize,
    rows: usize,
    /// The area of the grid.
    pub(super) bounds: Bounds,
}

/// Accounts per mark: the least of 1, 2, 5 times a power of ten that needs no more than [`MOST`] marks.
pub(super) fn accounts_per_mark(accounts: usize) -> usize {
    let mut power = 1;
    loop {
        if let Some(per) = [1, 2, 5].map(|step| step * power).into_iter().find(|per| accounts.div_ceil(*per) <= MOST) {
            return per;
        }
        power *= 10;
    }
}

impl Field {
    /// A grid for `accounts` within these bounds; `None` if there is no room.
    pub(super) fn new(accounts: usize, bounds: Bounds) -> Option<Self> {
        let (width, height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
        if width < FINE || height < FINE || accounts == 0 {
            return None;
        }
        let per = accounts_per_mark(accounts);
        let marks = accounts.div_ceil(per);
        let (width, height) = (f64::from(width), f64::from(height));
        let rows = (height / (width * height / marks as f64).sqrt()).round().max(1.0).min(marks as f64) as usize;
        let columns = marks.div_ceil(rows);
        // Drops rows without a mark.
        let rows = marks.div_ceil(columns);
        Some(Self { per, marks, columns, rows, bounds })
    }

    /// The smaller of the width and height of a cell in whole pixels, at least one.
    pub(super) fn cell(&self) -> i32 {
        let Bounds { left, right, top, bottom } = self.bounds;
        ((right - left) / self.columns as i32).min((bottom - top) / self.rows as i32).div_euclid(FINE).max(1) * FINE
    }

    /// The left edge of a column, or the right edge of the one before it.
    fn x(&self, column: usize) -> i32 {
        let Bounds { left, right, .. } = self.bounds;
        left + ((right - left) as usize * column / self.columns) as i32
    }

    /// The upper edge of a row.
    fn y(&self, row: usize) -> i32 {
        let Bounds { top, bottom, .. } = self.bounds;
        top + ((bottom - top) as usize * row / self.rows) as i32
    }

    /// The middle of a mark, on a whole pixel so that marks of one size look alike.
    pub(super) fn middle(&self, mark: usize) -> Point {
        let (column, row) = (mark / self.rows, mark % self.rows);
        let middle = |from: i32, to: i32| whole(i32::midpoint(from, to));
        (middle(self.x(column), self.x(column + 1)), middle(self.y(row), self.y(row + 1)))
    }

    /// The mark whose cell contains a point.
    pub(super) fn mark_at(&self, (x, y): Point) -> Option<usize> {
        let column = (0..self.columns).find(|column| (self.x(*column)..self.x(column + 1)).contains(&x))?;
        let row = (0..self.rows).find(|row| (self.y(*row)..self.y(row + 1)).contains(&y))?;
        Some(column * self.rows + row).filter(|mark| *mark < self.marks)
    }

    /// The line between the first `marks` marks and the others, from above the field to below it.
    pub(super) fn front(&self, marks: usize, beyond: i32) -> Vec<Point> {
        let Bounds { top, bottom, .. } = self.bounds;
        let (column, row) = (marks / self.rows, marks % self.rows);
        let (left, right, y) = (self.x(column), self.x(column + usize::from(row > 0)), self.y(row));
        let mut line = vec![(right, top - beyond), (right, y), (left, y), (left, bottom + beyond)];
        line.dedup();
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_its_own_cell_and_is_found_there() {
        for accounts in [1, 7, 100, 1499, 1501, 10_000, 1_000_000] {
            for (right, bottom) in [(4, 4), (300, 2000), (2000, 300), (4 * 1200, 4 * 400)] {
                let bounds = Bounds { left: 3, right: 3 + right, top: 9, bottom: 9 + bottom };
                let field = Field::new(accounts, bounds).unwrap();
                assert!(field.marks <= MOST && field.marks * field.per >= accounts);
                assert!((field.marks - 1) * field.per < accounts);
                assert!(field.columns * field.rows >= field.marks);
                for mark in 0..field.marks {
                    let (column, row) = (mark / field.rows, mark % field.rows);
                    let (left, right) = (field.x(column), field.x(column + 1));
                    if right > left && field.y(row + 1) > field.y(row) {
                        let point = (i32::midpoint(left, right), i32::midpoint(field.y(row), field.y(row + 1)));
                        assert_eq!(field.mark_at(point), Some(mark));
                    }
                }
                // The grid fills the bounds exactly.
                assert_eq!((field.x(0), field.x(field.columns)), (bounds.left, bounds.right));
                assert_eq!((field.y(0), field.y(field.rows)), (bounds.top, bounds.bottom));
                assert_eq!(field.mark_at((bounds.right, bounds.top)), None);
            }
        }
        let nothing = Bounds { left: 5, right: 4, top: 0, bottom: 100 };
        assert!(Field::new(100, nothing).is_none());
    }

    #[test]
    fn the_front_separates_passed_marks_from_the_others() {
        let field = Field::new(100, Bounds { left: 0, right: 400, top: 0, bottom: 400 }).unwrap();
        assert_eq!((field.columns, field.rows), (10, 10));
        assert_eq!(field.front(34, 5), [(160, -5), (160, 160), (120, 160), (120, 405)]);
        assert_eq!(field.front(30, 0), [(120, 0), (120, 400)]);
        assert_eq!(field.front(100, 0), [(400, 0), (400, 400)]);
    }

    #[test]
    fn a_mark_stands_for_a_round_number_of_accounts() {
        let per = |accounts| accounts_per_mark(accounts);
        assert_eq!([100, 1500, 2000, 10_000, 100_000, 1_000_000].map(per), [1, 1, 2, 10, 100, 1000]);
    }
}
