//! The forced sales of a run as a tree: marks, each for some accounts of one generation, and the mark that set off each.

use std::collections::BTreeMap;

use crate::chart::derived::ancestry::Ancestry;
use crate::model::Simulator;
use crate::model::genealogy::{Genealogy, Parent, Tree, spread};
use crate::model::results::summary::percent;
use crate::model::run::Run;
use crate::model::sale::{By, Sale};
use crate::units::thousands;

/// Approximate greatest number of marks.
const MARKS: usize = 320;

/// Most generations with a column of their own; later ones share the last.
const MOST_COLUMNS: u32 = 30;

/// Generations after a column share it if they have less than this share of all sales.
const REST: f64 = 0.004;

/// Some forced sales of one generation, of bots or of people, that were decided close together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The column, from 1: the generation, unless it shares the last column.
    pub column: u32,
    /// Whether bots sell; otherwise people.
    pub bots: bool,
    /// The second in which the first of them was decided.
    pub second: u32,
    /// The fall at the limit of the middle one, percent; a rise is negative.
    pub fall: f64,
    /// Number of sales.
    pub count: usize,
    /// The middle sale: index into the sales of the ledger.
    pub sale: u32,
    /// The cause chosen to represent the causes of its sales.
    pub cause: Cause,
}

/// The cause of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The first order.
    First,
    /// The noise of the market.
    Noise,
    /// Leverage targeters.
    Funds,
    /// An earlier mark.
    Mark(usize),
}

/// The tree of a run.
#[derive(Debug)]
pub struct FamilyTree {
    /// The whole genealogy, with the share of every order.
    pub genealogy: Genealogy,
    /// One parent for each sale.
    pub tree: Tree,
    /// Dollars that each sale set off in all, $bn.
    pub descendants: Vec<f64>,
    /// The marks; each stands after its cause.
    pub marks: Vec<Mark>,
    /// The mark of each sale.
    pub mark_of: Vec<u32>,
    /// Sales that a mark stands for.
    pub per: usize,
    /// Number of columns.
    pub columns: u32,
    /// Whether later generations share the last column.
    pub more: bool,
    /// Seconds with the dollars decided up to then, $bn, for each column.
    sums: Vec<Vec<(u32, f64)>>,
    /// The fall at the limit of each sale, percent; for a volatility limit, a fall in that second.
    pub falls: Vec<f64>,
    /// The first sale of each account that has sold.
    first_of: BTreeMap<u32, u32>,
    /// Those of them at margin limits, in the order of the limits.
    by_limit: Vec<u32>,
    /// The direct causes by second.
    pub ancestry: Ancestry,
}

impl FamilyTree {
    /// The tree of a run that has recorded its sales.
    #[must_use]
    pub fn new(simulator: &Simulator, run: &Run) -> Self {
        let (rules, crowd) = (simulator.rules(), simulator.crowd());
        let (ledger, price) = (&run.ledger, &run.series.price);
        let genealogy = Genealogy::of(rules, crowd, run);
        let tree = genealogy.tree(ledger);
        let descendants = genealogy.descendants(rules, ledger);
        let fall = |(index, sale): (usize, &Sale)| {
            let log = match sale.by {
                // Anywhere between the prices at the start and the end of that second.
                By::Volatility => {
                    let (from, to) = (price[sale.decided.saturating_sub(1) as usize], price[sale.decided as usize]);
                    -(from + (to - from) * spread(index as f64))
                }
                By::Margin | By::Person if crowd.is_short(sale.account as usize) => -sale.at,
                By::Margin | By::Person => sale.at,
            };
            percent(log)
        };
        let falls: Vec<f64> = ledger.sales.iter().enumerate().map(fall).collect();
        let columns = columns(&tree);
        let more = tree.generations.iter().any(|generation| *generation > columns);
        let mut sums = vec![Vec::new(); columns as usize];
        // Sales of people are in the ledger in the order in which they are made, not decided.
        let mut order: Vec<u32> = (0..ledger.sales.len() as u32).collect();
        order.sort_by_key(|sale| ledger.sales[*sale as usize].decided);
        for index in &order {
            let (sale, generation) = (&ledger.sales[*index as usize], tree.generations[*index as usize]);
            let sum: &mut Vec<(u32, f64)> = &mut sums[(generation.min(columns) - 1) as usize];
            let all = sum.last().map_or(0.0, |(_, all)| *all) + sale.lots as f64 * rules.lot;
            sum.push((sale.decided, all));
        }
        let mut first_of = BTreeMap::new();
        for (index, sale) in ledger.sales.iter().enumerate().filter(|(_, sale)| sale.lots > 0) {
            first_of.entry(sale.account).or_insert(index as u32);
        }
        let margin = |sale: &u32| ledger.sales[*sale as usize].by != By::Volatility;
        let mut by_limit: Vec<u32> = first_of.values().copied().filter(margin).collect();
        by_limit.sort_by(|a, b| falls[*a as usize].total_cmp(&falls[*b as usize]));
        let per = per_mark(ledger.sales.len());
        let ancestry = Ancestry::new(&genealogy, ledger);
        let (marks, mark_of) = (Vec::new(), vec![0; ledger.sales.len()]);
        let mut found = Self {
            genealogy,
            tree,
            descendants,
            marks,
            mark_of,
            per,
            columns,
            more,
            sums,
            falls,
            first_of,
            by_limit,
            ancestry,
        };
        found.group(&ledger.sales, &order);
        found
    }

    /// The generation of a sale, or the last column.
    pub fn column(&self, sale: u32) -> u32 {
        self.tree.generations[sale as usize].min(self.columns)
    }

    /// The name of a column: `6`, or `6+` for the last one if later generations share it.
    pub fn name(&self, column: u32) -> String {
        let number = thousands(f64::from(column));
        if self.more && column == self.columns { format!("{number}+") } else { number }
    }

    /// Dollars of a column decided by a second, $bn.
    pub fn sum(&self, column: u32, second: u32) -> f64 {
        let sum = &self.sums[(column - 1) as usize];
        let passed = sum.partition_point(|(at, _)| *at <= second);
        passed.checked_sub(1).map_or(0.0, |last| sum[last].1)
    }

    /// The first forced sale of an account.
    pub fn sale_of(&self, account: u32) -> Option<u32> {
        self.first_of.get(&account).copied()
    }

    /// The sale with the margin limit nearest to a fall, percent, if there is one within half a percentage point.
    pub fn sale_at(&self, fall: f64) -> Option<u32> {
        let away = |sale: u32| (self.falls[sale as usize] - fall).abs();
        let next = self.by_limit.partition_point(|sale| self.falls[*sale as usize] < fall);
        let near = self.by_limit[next.saturating_sub(1)..].iter().take(2).copied();
        near.min_by(|a, b| away(*a).total_cmp(&away(*b))).filter(|sale| away(*sale) <= 0.5)
    }

    /// Whether each mark descends from that one.
    pub fn family(&self, ancestor: usize) -> Vec<bool> {
        let mut family = vec![false; self.marks.len()];
        for (nth, mark) in self.marks.iter().enumerate().skip(ancestor + 1) {
            if let Cause::Mark(parent) = mark.cause {
                family[nth] = parent == ancestor || family[parent];
            }
        }
        family
    }

    /// Makes the marks of these sales, given in the order of their decision.
    fn group(&mut self, sales: &[Sale], order: &[u32]) {
        let max_gap = max_gap(sales, order);
        // Open groups by column and kind.
        let mut open: BTreeMap<(u32, bool), Vec<u32>> = BTreeMap::new();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for index in order {
            let sale = &sales[*index as usize];
            let key = (self.column(*index), sale.by != By::Person);
            let group = open.entry(key).or_default();
            let late = group.first().is_some_and(|first| sale.decided - sales[*first as usize].decided > max_gap);
            if late || group.len() == self.per {
                groups.push(std::mem::take(group));
            }
            group.push(*index);
        }
        groups.extend(open.into_values());
        // The cause of a first sale was decided earlier.
        groups.sort_by_key(|group| sales[group[0] as usize].decided);
        for (nth, group) in groups.iter().enumerate() {
            for sale in group {
                self.mark_of[*sale as usize] = nth as u32;
            }
        }
        // Each sale gives its cause a part of a mark; a mark goes to the cause that is owed most. So a cause has as many
        // marks as its share of the sales.
        let mut owed: BTreeMap<Cause, f64> = BTreeMap::new();
        for (nth, group) in groups.iter().enumerate() {
            let first = group[0];
            // Pointing at a mark highlights an account at its first sale: the one nearest to the middle.
            let (before, after) = group.split_at(group.len() / 2);
            let mut outwards = after.iter().chain(before.iter().rev()).copied();
            let is_first = |sale: &u32| self.sale_of(sales[*sale as usize].account) == Some(*sale);
            let middle = outwards.find(is_first).unwrap_or(after[0]);
            let sale = &sales[first as usize];
            let mut best = self.cause(first);
            owed.entry(best).or_default();
            for sale in group {
                let cause = self.cause(*sale);
                *owed.entry(cause).or_default() += 1.0 / group.len() as f64;
                let before = match cause {
                    Cause::Mark(other) => other < nth && self.marks[other].second < sales[first as usize].decided,
                    _ => true,
                };
                if before && owed[&cause] > owed[&best] {
                    best = cause;
                }
            }
            *owed.entry(best).or_default() -= 1.0;
            self.marks.push(Mark {
                column: self.column(first),
                bots: sale.by != By::Person,
                second: sale.decided,
                fall: self.falls[middle as usize],
                count: group.len(),
                sale: middle,
                cause: best,
            });
        }
    }

    /// The cause of a sale.
    fn cause(&self, sale: u32) -> Cause {
        match self.tree.parents[sale as usize] {
            Parent::First => Cause::First,
            Parent::Noise => Cause::Noise,
            Parent::Funds => Cause::Funds,
            Parent::Sale(sale) => Cause::Mark(self.mark_of[sale as usize] as usize),
        }
    }
}

/// Number of columns: all generations but the smallest ones at the end.
fn columns(tree: &Tree) -> u32 {
    let mut counts = vec![0_usize; MOST_COLUMNS as usize];
    for generation in &tree.generations {
        counts[(generation.min(&MOST_COLUMNS) - 1) as usize] += 1;
    }
    let least = REST * tree.generations.len() as f64;
    let mut rest = 0;
    let last = counts.iter().rposition(|count| {
        rest += count;
        *count > 0 && rest as f64 > least
    });
    last.map_or(1, |last| last as u32 + 1)
}

/// Sales per mark: the least of 1, 2, 5 times a power of ten that needs no more than about [`MARKS`] marks.
fn per_mark(sales: usize) -> usize {
    let mut power = 1;
    loop {
        if let Some(per) = [1, 2, 5].map(|step| step * power).into_iter().find(|per| sales.div_ceil(*per) <= MARKS) {
            return per;
        }
        power *= 10;
    }
}

/// Seconds after which a mark takes no more sales: a small part of the time in which most sales are decided.
fn max_gap(sales: &[Sale], order: &[u32]) -> u32 {
    let at = |part: usize| order.get(order.len() * part / 20).map_or(0, |sale| sales[*sale as usize].decided);
    ((at(19) - at(1)) / 20).max(2)
}
