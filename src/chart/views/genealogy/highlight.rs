//! The highlighted sale, all its ancestors with their shares, one chain of them, and the sales that it set off.

use plotters::style::Color;

use super::layout::Frame;
use super::lines::line;
use crate::chart::derived::ancestry::node;
use crate::chart::derived::family_tree::{Cause, FamilyTree};
use crate::chart::sheet::{Point, Sheet};
use crate::chart::{DrawError, Scene};

/// Width of all lines of a generation together, em.
const WHOLE: f64 = 1.6;

/// Lines with less than this share are not drawn.
const LEAST: f64 = 0.002;

/// The highlighted sale and its relatives.
pub(super) struct Highlight {
    /// The sale: index into the sales of the ledger.
    pub(super) sale: u32,
    /// Its mark, the one that set it off, and so on to the root.
    pub(super) chain: Vec<usize>,
    /// Whether its mark set off each mark, directly or through others.
    pub(super) family: Vec<bool>,
}

impl Highlight {
    /// The sale at which the reader points, by its account or its limit, if it has been decided by now.
    pub(super) fn new(scene: &Scene, tree: &FamilyTree) -> Option<Self> {
        let mark = scene.mark;
        let sale = match (mark.account, mark.fall) {
            (Some(account), _) => tree.sale_of(account),
            (None, Some(fall)) => tree.sale_at(fall),
            (None, None) => None,
        }?;
        let nth = tree.mark_of[sale as usize] as usize;
        if tree.marks[nth].second as usize > scene.now {
            return None;
        }
        let mut chain = vec![nth];
        while let Cause::Mark(parent) = tree.marks[chain[chain.len() - 1]].cause {
            chain.push(parent);
        }
        Some(Self { sale, chain, family: tree.family(nth) })
    }

    /// All ancestors: lines as wide as the share of the push that came along them.
    pub(super) fn ancestry(
        &self,
        sheet: &Sheet,
        scene: &Scene,
        tree: &FamilyTree,
        frame: &Frame,
    ) -> Result<(), DrawError> {
        let ledger = &scene.extras.with_sales(scene.simulator).ledger;
        let node = node(&tree.genealogy, ledger, self.sale);
        let generation = tree.tree.generations[self.sale as usize];
        let own = frame.places[self.chain[0]];
        let root = self.root(tree);
        let place = |(generation, second): (u32, u32)| -> Point {
            match generation {
                0 => (frame.root(root), frame.at_second(scene, second.saturating_sub(1))),
                _ => (frame.x(generation.min(tree.columns)), frame.at_second(scene, second)),
            }
        };
        for link in tree.ancestry.links(node, generation).into_iter().filter(|link| link.share > LEAST) {
            let to = if link.to == (generation, node.0) { own } else { place(link.to) };
            let width = (WHOLE * link.share).max(0.05);
            sheet.line(line(place(link.from), to, 1.0), &sheet.theme.people.mix(0.4), width)?;
        }
        Ok(())
    }

    /// The root of the chain.
    pub(super) fn root(&self, tree: &FamilyTree) -> Cause {
        self.chain.last().map_or(Cause::Noise, |last| tree.marks[*last].cause)
    }

    /// The chain.
    pub(super) fn chain(
        &self,
        sheet: &Sheet,
        scene: &Scene,
        tree: &FamilyTree,
        frame: &Frame,
    ) -> Result<(), DrawError> {
        let theme = sheet.theme;
        for nth in &self.chain {
            let from = frame.origin(scene, tree, *nth);
            sheet.line(line(from, frame.places[*nth], 1.0), &theme.people_words.to_rgba(), 0.2)?;
        }
        Ok(())
    }

    /// A ring around the mark.
    pub(super) fn ring(&self, sheet: &Sheet, frame: &Frame) -> Result<(), DrawError> {
        let theme = sheet.theme;
        let radius = (0.8 * frame.cell).max(0.5 * sheet.em) / sheet.em;
        let at = frame.places[self.chain[0]];
        sheet.ring(at, radius, theme.paper, 0.34)?;
        sheet.ring(at, radius, theme.people_words, 0.16)
    }
}
