//! The marks and the lines between them. Bots are squares, people are rings, as in the view of the crowd.

use plotters::style::{Color, RGBColor};

use super::highlight::Highlight;
use super::layout::Frame;
use super::lines::line;
use crate::chart::derived::family_tree::{Cause, FamilyTree, Mark};
use crate::chart::sheet::{Bounds, Point, Sheet, whole};
use crate::chart::{DrawError, FINE, Scene};

/// Width of the line to a single mark, em. The cross-section of a line is the sum of those of its branches.
const LINE: f64 = 0.06;

/// Relation of a mark to the highlighted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing is highlighted.
    Plain,
    /// Unrelated to it.
    Other,
    /// It is one of the chain that leads to the highlighted mark.
    Ancestor,
    /// The highlighted mark set it off.
    Descendant,
}

/// The strokes of a tree at one moment.
pub(super) struct Strokes<'a> {
    sheet: &'a Sheet<'a>,
    scene: &'a Scene<'a>,
    tree: &'a FamilyTree,
    frame: &'a Frame,
    highlight: Option<&'a Highlight>,
    /// Marks that have followed from each mark so far, itself included; a mark counts in part in the second before it
    /// appears.
    followed: Vec<f64>,
}

impl<'a> Strokes<'a> {
    pub(super) fn new(
        sheet: &'a Sheet<'a>,
        scene: &'a Scene<'a>,
        tree: &'a FamilyTree,
        frame: &'a Frame,
        highlight: Option<&'a Highlight>,
    ) -> Self {
        let mut strokes = Self { sheet, scene, tree, frame, highlight, followed: vec![0.0; tree.marks.len()] };
        for (nth, mark) in tree.marks.iter().enumerate().rev() {
            let part = mark.count as f64 / tree.per as f64;
            strokes.followed[nth] += part * (strokes.age(mark) + 1.0).clamp(0.0, 1.0);
            if let Cause::Mark(parent) = mark.cause {
                strokes.followed[parent] += strokes.followed[nth];
            }
        }
        strokes
    }

    fn role(&self, nth: usize) -> Role {
        match self.highlight {
            None => Role::Plain,
            Some(highlight) if highlight.chain.contains(&nth) => Role::Ancestor,
            Some(highlight) if highlight.family[nth] => Role::Descendant,
            Some(_) => Role::Other,
        }
    }

    /// Seconds since a mark appeared; negative before.
    fn age(&self, mark: &Mark) -> f64 {
        self.scene.now as f64 + self.scene.part - f64::from(mark.second)
    }

    /// The lines to all marks of that role, and the marks.
    pub(super) fn draw(&self, role: Role) -> Result<(), DrawError> {
        let marks = || self.tree.marks.iter().enumerate().filter(|(nth, _)| self.role(*nth) == role);
        let theme = self.sheet.theme;
        let line_colour = match role {
            Role::Plain => theme.tint(theme.quiet, 0.5),
            Role::Descendant => theme.tint(theme.bots_words, 0.8),
            Role::Other | Role::Ancestor => theme.tint(theme.quiet, 0.15),
        };
        for (nth, mark) in marks().filter(|_| role != Role::Ancestor) {
            // It reaches the mark in the second in which that appears.
            let share = (self.age(mark) + 1.0).min(1.0);
            if share > 0.0 {
                let from = self.frame.origin(self.scene, self.tree, nth);
                let width = LINE * self.followed[nth].sqrt().max(0.8);
                self.sheet.line(line(from, self.frame.places[nth], share), &line_colour.to_rgba(), width)?;
            }
        }
        for bots in [true, false] {
            let hue = if bots { theme.bots } else { theme.people };
            let colour = match role {
                Role::Plain => hue,
                Role::Other => theme.tint(hue, 0.3),
                Role::Descendant => theme.bots_words,
                Role::Ancestor => theme.people_words,
            };
            for (nth, mark) in marks().filter(|(_, mark)| mark.bots == bots) {
                let age = self.age(mark);
                if age >= 0.0 {
                    // A new one is large at first; one that stands for fewer accounts is small.
                    let fresh = 1.0 + 0.5 * (1.0 - age).max(0.0);
                    let part = (mark.count as f64 / self.tree.per as f64).sqrt().max(0.45);
                    let side = 0.8 * self.frame.cell * part * fresh;
                    shape(self.sheet, self.frame.places[nth], side, bots, colour)?;
                }
            }
        }
        Ok(())
    }
}

/// A mark of a bot or of a person; `side` in units of the drawing.
fn shape(sheet: &Sheet, (x, y): Point, side: f64, bots: bool, colour: RGBColor) -> Result<(), DrawError> {
    if !bots {
        let width = 0.3 * side / sheet.em;
        return sheet.ring((x, y), 0.42 * side / sheet.em, colour, width);
    }
    let side = whole(side as i32).max(FINE);
    let (left, top) = (whole(x - side / 2), whole(y - side / 2));
    sheet.bar(Bounds { left, right: left + side, top, bottom: top + side }, &colour.to_rgba())
}

/// A mark in the key.
pub(super) fn sample(sheet: &Sheet, at: Point, bots: bool) -> Result<(), DrawError> {
    let colour = if bots { sheet.theme.bots } else { sheet.theme.people };
    shape(sheet, at, 0.55 * sheet.em, bots, colour)
}
