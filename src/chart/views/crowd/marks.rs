//! The marks of accounts. Bots are solid: squares watch their margin, diamonds watch volatility. People are rings.
//! Accounts that act are large and dark, those that have acted small and pale; a mark shrinks as its account sells.

use plotters::style::{Color, RGBColor};

use crate::chart::sheet::{Bounds, Point, Sheet, whole};
use crate::chart::{DrawError, FINE};
use crate::model::Rules;
use crate::model::crowd::draws::Habit;
use crate::model::results::account_states::{Standing, State};

/// The kind of an account: its owner and its rule.
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

/// The strokes of marks, for one cell size.
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
                State::Safe | State::Thinking => (0.56 * left, theme.tint(theme.bots, 0.5)),
                State::Near => (0.68 * left, theme.bots),
                State::Selling => (0.95, theme.bots_words),
                State::SoldOut => (0.3, theme.tint(theme.bots, 0.4)),
            };
            return if kind == Kind::MarginBot {
                self.square(at, side, colour)
            } else {
                self.diamond(at, side, colour)
            };
        }
        match standing.state {
            State::Safe => self.ring(at, 0.27 * left, 0.09, theme.tint(theme.people, 0.6)),
            State::Near => self.ring(at, 0.31 * left, 0.15, theme.people),
            State::Thinking => {
                self.ring(at, 0.4, 0.11, theme.people)?;
                self.sheet.dot(at, 0.14 * self.cell / self.sheet.em, theme.people)
            }
            State::Selling => self.ring(at, 0.35, 0.27, theme.people_words),
            State::SoldOut => self.ring(at, 0.14, 0.09, theme.tint(theme.people, 0.5)),
        }
    }

    /// A square around a point, at least a pixel wide; `side` in cells.
    fn square(&self, (x, y): Point, side: f64, colour: RGBColor) -> Result<(), DrawError> {
        let side = whole((self.cell * side) as i32).max(FINE);
        let (left, top) = (whole(x - side / 2), whole(y - side / 2));
        self.sheet.bar(Bounds { left, right: left + side, top, bottom: top + side }, &colour.to_rgba())
    }

    /// A square on its tip around a point, slightly smaller than [`Marks::square`] so that it stays in its cell. It is
    /// drawn as a line along one side, as wide as it is long.
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

    /// Radius of the highlight, in units of the drawing.
    pub(super) fn radius(&self) -> i32 {
        (0.8 * self.cell).max(0.55 * self.sheet.em) as i32
    }

    /// Highlights a mark with a wide ring on a rim of the background colour.
    pub(super) fn highlight(&self, at: Point) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        let radius = f64::from(self.radius()) / self.cell;
        let line = 0.14 * self.sheet.em / self.cell;
        self.ring(at, radius, 2.4 * line, theme.paper)?;
        self.ring(at, radius, line, theme.people)
    }
}
