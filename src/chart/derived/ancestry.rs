//! All ancestors of a sale, each with its share, back to the first order: not only those of one chain.

use std::collections::BTreeMap;

use crate::model::genealogy::Genealogy;
use crate::model::ledger::Ledger;

/// The direct causes of the sales of each second.
#[derive(Debug, Default)]
pub struct Ancestry {
    /// For each second in which sales were decided: the shares of the push of earlier sales, by the second in which
    /// those were decided.
    causes: BTreeMap<Node, Vec<(Node, f64)>>,
    /// The shares of the generations, for each of these seconds.
    generations: BTreeMap<Node, Vec<f64>>,
}

/// The sales decided in a second, at limits that the price passed on its way down, or up.
pub type Node = (u32, bool);

/// A link from the sales of one generation and second to those that they set off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The generation and second of the later sales.
    pub to: (u32, u32),
    /// The generation and second of the earlier ones; generation 0 is the first order and the noise.
    pub from: (u32, u32),
    /// The share of the whole push that came along this link.
    pub share: f64,
}

impl Ancestry {
    pub(super) fn new(genealogy: &Genealogy, ledger: &Ledger) -> Self {
        let mut found = Self::default();
        for sale in 0..ledger.sales.len() as u32 {
            let node = node(genealogy, ledger, sale);
            if found.generations.contains_key(&node) {
                continue;
            }
            found.generations.insert(node, genealogy.generations_of(ledger, sale).to_vec());
            let push = genealogy.causes(ledger, sale);
            let all = push.total();
            let mut causes: BTreeMap<Node, f64> = BTreeMap::new();
            for (cause, size) in &push.sales {
                *causes.entry(self::node(genealogy, ledger, *cause)).or_default() += size / all;
            }
            found.causes.insert(node, causes.into_iter().collect());
        }
        found
    }

    /// All links that lead to a sale of that generation, from the last generation to the first. The shares of each
    /// generation add up to 1.
    pub fn links(&self, node: Node, generation: u32) -> Vec<Link> {
        let mut links = Vec::new();
        let mut level = BTreeMap::from([(node, 1.0)]);
        for generation in (1..=generation).rev() {
            let mut before: BTreeMap<Node, f64> = BTreeMap::new();
            for (node, share) in &level {
                let to = (generation, node.0);
                if generation == 1 {
                    links.push(Link { to, from: (0, node.0), share: *share });
                    continue;
                }
                let earlier = |cause: &(Node, f64)| {
                    let shares = self.generations.get(&cause.0);
                    shares.and_then(|shares| shares.get(generation as usize - 2)).copied().unwrap_or(0.0) * cause.1
                };
                let causes = self.causes.get(node).map_or(&[][..], Vec::as_slice);
                let all: f64 = causes.iter().map(earlier).sum();
                for cause in causes {
                    let part = share * earlier(cause) / all;
                    if part > 0.0 {
                        links.push(Link { to, from: (generation - 1, cause.0.0), share: part });
                        *before.entry(cause.0).or_default() += part;
                    }
                }
            }
            level = before;
        }
        links
    }
}

/// The second and direction of a sale.
pub fn node(genealogy: &Genealogy, ledger: &Ledger, sale: u32) -> Node {
    (ledger.sales[sale as usize].decided, genealogy.rises(sale))
}
