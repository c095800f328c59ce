//! Genealogy: which sale triggered which, computed from the sales and trades of a ledger.
//!
//! The limit of a forced sale is passed in one second. Its parents are the orders that moved the price that way in that
//! second: the first order, the noise, leverage targeters, earlier forced sales; each by its share of the push. The
//! first order and the noise are generation 0. A sale with parents in several generations belongs to the generation
//! after each, by the same shares.

mod descendants;
mod tree;

pub use tree::{Parent, Tree, spread};

use crate::model::crowd::Crowd;
use crate::model::rules::Rules;
use crate::model::run::Run;
use crate::model::run::ledger::Ledger;
use crate::model::run::sale::{By, Sale};

/// Most generations; later ones count as the last.
pub const MOST_GENERATIONS: usize = 200;

/// A cause of a price move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The first order.
    First,
    /// The noise of the market (or the refill of the book, if there was no push).
    Noise,
    /// Leverage targeters.
    Funds,
    /// Forced sales.
    Sales,
}

/// One generation of forced sales.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Generation {
    /// $bn sold.
    pub size: f64,
    /// Mean second of the run in which they were decided.
    pub decided: f64,
}

/// One step back in the chain of a sale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The second in which the limit of the sale before this link was passed.
    pub second: u32,
    /// The greatest push in that second.
    pub cause: Cause,
    /// Its share of all pushes.
    pub share: f64,
    /// For forced sales, a typical one among them: index into [`Ledger::sales`].
    pub sale: Option<u32>,
}

/// The pushes of a second in one direction, $bn.
#[derive(Clone, Debug, Default)]
pub struct Push {
    /// Of the first order.
    pub first: f64,
    /// Of the noise.
    pub noise: f64,
    /// Of leverage targeters.
    pub funds: f64,
    /// Of forced sales: index and $bn.
    pub sales: Vec<(u32, f64)>,
}

impl Push {
    /// The push of all forced sales.
    #[must_use]
    pub fn of_sales(&self) -> f64 {
        self.sales.iter().map(|(_, size)| size).sum()
    }

    /// The greatest cause, and its push.
    #[must_use]
    pub fn greatest(&self) -> (Cause, f64) {
        let causes = [
            (Cause::Sales, self.of_sales()),
            (Cause::First, self.first),
            (Cause::Funds, self.funds),
            (Cause::Noise, self.noise),
        ];
        causes.into_iter().fold((Cause::Noise, 0.0), |a, b| if b.1 > a.1 { b } else { a })
    }

    /// A typical sale: the largest of those decided in the second in which most were decided.
    fn typical(&self, decided: impl Fn(u32) -> u32) -> Option<u32> {
        let decided = &decided;
        let of =
            |second: u32| self.sales.iter().filter(move |(sale, _)| decided(*sale) == second).map(|(_, size)| size);
        let mut seconds: Vec<u32> = self.sales.iter().map(|(sale, _)| decided(*sale)).collect();
        seconds.sort_unstable();
        seconds.dedup();
        let most = seconds.into_iter().max_by(|a, b| of(*a).sum::<f64>().total_cmp(&of(*b).sum()))?;
        let there = self.sales.iter().filter(|(sale, _)| decided(*sale) == most);
        there.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(sale, _)| *sale)
    }

    /// The whole push.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.first + self.noise + self.funds + self.of_sales()
    }
}

/// Direction of a price move.
const DOWN: usize = 0;
const UP: usize = 1;

/// The family tree of all forced sales of a run.
#[derive(Clone, Debug)]
pub struct Genealogy {
    /// Sizes of the generations; the first entry is generation 1.
    pub generations: Vec<Generation>,
    /// Shares of all sales that descend from the first order, from the noise, and from funds.
    pub roots: [f64; 3],
    /// Down and up, for each second.
    pushes: [Vec<Push>; 2],
    /// The direction in which the price passed the limit of each sale.
    ways: Vec<usize>,
    /// The ancestry of the pushes in each second in which they set off a sale; down and up.
    descents: Vec<[Option<Descent>; 2]>,
}

/// The ancestry of the pushes of a second: shares by generation and by root.
#[derive(Clone, Debug, Default)]
struct Descent {
    generations: Vec<f64>,
    roots: [f64; 3],
}

impl Genealogy {
    /// The tree of a run that has recorded its sales ([`crate::model::run::RecordOptions`]).
    #[must_use]
    pub fn of(rules: &Rules, crowd: &Crowd, run: &Run) -> Self {
        let ways = ways(crowd, run);
        let pushes = pushes(rules, crowd, run);
        let sales = &run.ledger.sales;
        let mut decided: Vec<Vec<u32>> = vec![Vec::new(); run.series.price.len()];
        for (index, sale) in sales.iter().enumerate() {
            decided[sale.decided as usize].push(index as u32);
        }
        // In order of seconds, because the pushes of a second were decided earlier.
        let mut descents: Vec<[Option<Descent>; 2]> = vec![[None, None]; decided.len()];
        let mut generations = Vec::new();
        let (mut moments, mut roots, mut all) = (Vec::new(), [0.0; 3], 0.0);
        for (second, decided) in decided.iter().enumerate() {
            for index in decided {
                let way = ways[*index as usize];
                if descents[second][way].is_none() {
                    descents[second][way] = Some(descent(&pushes[way][second], sales, &ways, &descents));
                }
                let Some(descent) = &descents[second][way] else { continue };
                let size = sales[*index as usize].lots as f64 * rules.lot;
                add(&mut generations, &descent.generations, size);
                add(&mut moments, &descent.generations, size * second as f64);
                for (root, share) in roots.iter_mut().zip(descent.roots) {
                    *root += size * share;
                }
                all += size;
            }
        }
        let generation = |(size, moment): (&f64, &f64)| Generation {
            size: *size,
            decided: if *size > 0.0 { moment / size } else { 0.0 },
        };
        Self {
            generations: generations.iter().zip(&moments).map(generation).collect(),
            roots: roots.map(|root| if all > 0.0 { root / all } else { 0.0 }),
            pushes,
            ways,
            descents,
        }
    }

    /// The pushes that set off a sale: those of the second in which its limit was passed, in that direction.
    #[must_use]
    pub fn causes(&self, ledger: &Ledger, sale: u32) -> &Push {
        &self.pushes[self.ways[sale as usize]][ledger.sales[sale as usize].decided as usize]
    }

    /// Whether the price passed the limit of a sale on its way up.
    #[must_use]
    pub fn rises(&self, sale: u32) -> bool {
        self.ways[sale as usize] == UP
    }

    /// The shares of a sale in each generation; the first entry is generation 1.
    #[must_use]
    pub fn generations_of(&self, ledger: &Ledger, sale: u32) -> &[f64] {
        let descent = &self.descents[ledger.sales[sale as usize].decided as usize][self.ways[sale as usize]];
        descent.as_ref().map_or(&[], |descent| &descent.generations)
    }

    /// The chain from a sale back to its root: at each step the greatest push and, for forced sales, a typical one of
    /// them. The last link is the first order, the noise or leverage targeters.
    #[must_use]
    pub fn chain(&self, ledger: &Ledger, sale: u32) -> Vec<Link> {
        let mut chain = Vec::new();
        let mut next = Some(sale);
        while let Some(index) = next {
            let (second, way) = (ledger.sales[index as usize].decided, self.ways[index as usize]);
            let push = &self.pushes[way][second as usize];
            let (greatest, all) = (push.greatest(), push.total());
            let of_sales = greatest.0 == Cause::Sales;
            let largest = push.typical(|sale| ledger.sales[sale as usize].decided);
            next = if of_sales { largest } else { None };
            let share = if all > 0.0 { greatest.1 / all } else { 1.0 };
            chain.push(Link { second, cause: greatest.0, share, sale: next });
        }
        chain
    }
}

/// The direction for each sale: down for longs, up for shorts; for volatility limits, the move of the price in that
/// second.
fn ways(crowd: &Crowd, run: &Run) -> Vec<usize> {
    let price = &run.series.price;
    let way = |sale: &Sale| {
        let second = sale.decided as usize;
        let up = match sale.by {
            By::Volatility => second > 0 && price[second] > price[second - 1],
            By::Margin | By::Person => crowd.is_short(sale.account as usize),
        };
        if up { UP } else { DOWN }
    };
    run.ledger.sales.iter().map(way).collect()
}

fn pushes(rules: &Rules, crowd: &Crowd, run: &Run) -> [Vec<Push>; 2] {
    let series = &run.series;
    let mut pushes = [vec![Push::default(); series.price.len()], vec![Push::default(); series.price.len()]];
    let way = |up: bool| if up { UP } else { DOWN };
    for (second, lots) in series.shock_sold.iter().enumerate() {
        pushes[way(rules.purchase())][second].first = *lots as f64 * rules.lot;
    }
    for (second, (draw, depth)) in crowd.draws.noise.iter().zip(&series.depth[1..]).enumerate() {
        let noise = rules.noise * draw * rules.depth * depth;
        pushes[way(noise >= 0.0)][second + 1].noise = noise.abs();
    }
    for (second, sold) in series.rebalanced.iter().enumerate() {
        pushes[way(*sold <= 0.0)][second].funds = sold.abs();
    }
    for trade in &run.ledger.trades {
        let sale = &run.ledger.sales[trade.sale as usize];
        let way = if crowd.is_short(sale.account as usize) { UP } else { DOWN };
        let push = &mut pushes[way][trade.second as usize];
        push.sales.push((trade.sale, trade.lots as f64 * rules.lot));
    }
    pushes
}

fn descent(push: &Push, sales: &[Sale], ways: &[usize], descents: &[[Option<Descent>; 2]]) -> Descent {
    let all = push.total();
    if all <= 0.0 {
        return Descent { generations: vec![1.0], roots: [0.0, 1.0, 0.0] };
    }
    let mut descent = Descent {
        generations: vec![(push.first + push.noise + push.funds) / all],
        roots: [push.first / all, push.noise / all, push.funds / all],
    };
    for (index, size) in &push.sales {
        let (decided, way) = (sales[*index as usize].decided as usize, ways[*index as usize]);
        if let Some(parent) = &descents[decided][way] {
            let share = size / all;
            // A generation later than its parent.
            descent.generations.resize(descent.generations.len().max(parent.generations.len() + 1), 0.0);
            for (to, from) in descent.generations[1..].iter_mut().zip(&parent.generations) {
                *to += share * from;
            }
            for (to, from) in descent.roots.iter_mut().zip(parent.roots) {
                *to += share * from;
            }
        }
    }
    if descent.generations.len() > MOST_GENERATIONS {
        let late: f64 = descent.generations.drain(MOST_GENERATIONS..).sum();
        descent.generations[MOST_GENERATIONS - 1] += late;
    }
    descent
}

fn add(to: &mut Vec<f64>, shares: &[f64], size: f64) {
    to.resize(to.len().max(shares.len()), 0.0);
    for (to, share) in to.iter_mut().zip(shares) {
        *to += size * share;
    }
}
