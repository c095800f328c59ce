//! One tree among all that the shares allow: each sale has a single parent, one of the orders that pushed the price
//! past its limit. The sales of a second are dealt to these orders in proportion to their push, so that an order has as
//! many children as its share, and a generation as many dollars as in the whole genealogy, but for rounding.

use super::Genealogy;
use crate::model::run::ledger::Ledger;

/// The parent of a sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// The first order.
    First,
    /// The noise of the market.
    Noise,
    /// Leverage targeters.
    Funds,
    /// A forced sale: index into [`Ledger::sales`].
    Sale(u32),
}

/// A tree of single parents.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The parent of each sale.
    pub parents: Vec<Parent>,
    /// The generation of each sale, from 1.
    pub generations: Vec<u32>,
}

/// The golden ratio: its multiples spread evenly between whole numbers, so that rounding favours no order.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// Spreads whole numbers evenly between 0 and 1.
#[must_use]
pub fn spread(number: f64) -> f64 {
    let multiple = number * GOLDEN;
    multiple - libm::floor(multiple)
}

impl Genealogy {
    /// A tree of single parents.
    #[must_use]
    pub fn tree(&self, ledger: &Ledger) -> Tree {
        let sales = &ledger.sales;
        let mut groups: Vec<[Vec<u32>; 2]> = vec![Default::default(); self.descents.len()];
        for (index, sale) in sales.iter().enumerate() {
            groups[sale.decided as usize][self.ways[index]].push(index as u32);
        }
        let mut tree = Tree { parents: vec![Parent::Noise; sales.len()], generations: vec![1; sales.len()] };
        for (second, ways) in groups.iter().enumerate() {
            for (way, children) in ways.iter().enumerate().filter(|(_, children)| !children.is_empty()) {
                let push = &self.pushes[way][second];
                let all = push.total();
                // Without a push, the book has refilled, which counts as noise.
                if all <= 0.0 {
                    continue;
                }
                let mut orders =
                    vec![(Parent::First, push.first), (Parent::Noise, push.noise), (Parent::Funds, push.funds)];
                let mut sold = push.sales.clone();
                sold.sort_by_key(|(sale, _)| (tree.generations[*sale as usize], *sale));
                orders.extend(sold.into_iter().map(|(sale, size)| (Parent::Sale(sale), size)));
                // In an order that has nothing to do with limits or kinds of accounts.
                let mut children: Vec<u32> = children.clone();
                children.sort_by(|a, b| spread(f64::from(*a)).total_cmp(&spread(f64::from(*b))));
                let step = all / children.len() as f64;
                let mut next = spread(second as f64) * step;
                let (mut passed, mut child) = (0.0, 0);
                let last = orders.iter().rposition(|(_, size)| *size > 0.0).unwrap_or(0);
                for (nth, (parent, size)) in orders.into_iter().enumerate() {
                    passed += size;
                    while child < children.len() && (next < passed || nth == last) {
                        let index = children[child] as usize;
                        tree.parents[index] = parent;
                        if let Parent::Sale(sale) = parent {
                            tree.generations[index] = tree.generations[sale as usize] + 1;
                        }
                        child += 1;
                        next += step;
                    }
                }
            }
        }
        tree
    }
}
