//! How an account looks: bots are solid, squares if they watch their margin and diamonds if they watch volatility;
//! people are rings. What is large and dark acts, what is small and pale has acted; a mark shrinks with what its
//! account has sold.

use plotters::style::{Color, RGBColor};

use crate::chart::sheet::{Bounds, Point, Sheet, whole};
use crate::chart::{DrawError, FINE, Theme};
use crate::model::Rules;
use crate::model::crowd::draws::Habit;
use crate::model::results::account_states::{Standing, State};

/// Who runs an account, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    MarginBot,
    VolatilityBot,
    Person,
}

impl Kind {
    pub(super) fn of(rules: &Rules, habit: Habit) -> Self {
        match (habit.bot < rules.bots, habit.rule < rules.vol_bots) {
            (true, false) => Self::MarginBot,
            (true, true) => Self::VolatilityBot,
            (false, _) => Self::Person,
        }
    }
}

/// The strokes of marks of one size of cell.
pub(super) struct Marks<'a, 'b> {
    sheet: &'a Sheet<'b>,
    /// Width and height of a cell in units of the drawing.
    cell: f64,
}

impl<'a, 'b> Marks<'a, 'b> {
    pub(super) fn new(sheet: &'a Sheet<'b>, cell: i32) -> Self {
        Self { sheet, cell: f64::from(cell) }
    }

    /// The mark of one account.
    pub(super) fn draw(&self, at: Point, kind: Kind, standing: Standing) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        let left = standing.held.sqrt();
        if kind != Kind::Person {
            let (side, colour) = match standing.state {
                State::Safe | State::Thinking => (0.56 * left, tint(theme, theme.bots, 0.5)),
                State::Near => (0.68 * left, theme.bots),
                State::Selling => (0.95, theme.bots_words),
                State::SoldOut => (0.3, tint(theme, theme.bots, 0.4)),
            };
            return if kind == Kind::MarginBot {
                self.square(at, side, colour)
            } else {
                self.diamond(at, side, colour)
            };
        }
        match standing.state {
            State::Safe => self.ring(at, 0.27 * left, 0.09, tint(theme, theme.people, 0.6)),
            State::Near => self.ring(at, 0.31 * left, 0.15, theme.people),
            State::Thinking => {
                self.ring(at, 0.4, 0.11, theme.people)?;
                self.sheet.dot(at, 0.14 * self.cell / self.sheet.em, theme.people)
            }
            State::Selling => self.ring(at, 0.35, 0.27, theme.people_words),
            State::SoldOut => self.ring(at, 0.14, 0.09, tint(theme, theme.people, 0.5)),
        }
    }

    /// A square around a point, at least a pixel wide; `side` in cells.
    fn square(&self, (x, y): Point, side: f64, colour: RGBColor) -> Result<(), DrawError> {
        let side = whole((self.cell * side) as i32).max(FINE);
        let (left, top) = (whole(x - side / 2), whole(y - side / 2));
        self.sheet.bar(Bounds { left, right: left + side, top, bottom: top + side }, &colour.to_rgba())
    }

    /// A square on its tip around a point, somewhat smaller than [`Marks::square`] so that it stays in its cell: a line
    /// along one of its sides, as wide as it is long.
    fn diamond(&self, (x, y): Point, side: f64, colour: RGBColor) -> Result<(), DrawError> {
        let side = (0.8 * self.cell * side).max(f64::from(FINE));
        let half = (side * std::f64::consts::FRAC_1_SQRT_2 / 2.0).round() as i32;
        let line = vec![(x - half, y - half), (x + half, y + half)];
        self.sheet.line(line, &colour.to_rgba(), side / self.sheet.em)
    }

    /// A ring around a point; its radius and the width of its line in cells.
    fn ring(&self, at: Point, radius: f64, width: f64, colour: RGBColor) -> Result<(), DrawError> {
        let cell = self.cell / self.sheet.em;
        let width = (cell * width).max(0.75 * f64::from(FINE) / self.sheet.em);
        self.sheet.ring(at, cell * radius, colour, width)
    }

    /// Of the ring around what is lit up, in units of the drawing.
    pub(super) fn radius(&self) -> i32 {
        (0.8 * self.cell).max(0.55 * self.sheet.em) as i32
    }

    /// What lights one mark up: a wide ring around it, on a rim of paper.
    pub(super) fn highlight(&self, at: Point) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        let radius = f64::from(self.radius()) / self.cell;
        let line = 0.14 * self.sheet.em / self.cell;
        self.ring(at, radius, 2.4 * line, theme.paper)?;
        self.ring(at, radius, line, theme.people)
    }
}

/// A colour mixed with paper, and opaque: marks may be drawn in any order.
fn tint(theme: &Theme, colour: RGBColor, share: f64) -> RGBColor {
    let mix = |colour: u8, paper: u8| (share * f64::from(colour) + (1.0 - share) * f64::from(paper)).round() as u8;
    let paper = theme.paper;
    RGBColor(mix(colour.0, paper.0), mix(colour.1, paper.1), mix(colour.2, paper.2))
}
