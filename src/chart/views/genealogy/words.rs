//! The tree in sentences.

use std::collections::BTreeSet;

use super::highlight::Highlight;
use crate::chart::Scene;
use crate::chart::derived::family_tree::FamilyTree;
use crate::describe::{change_words, since_words, time_words};
use crate::language::tr;
use crate::model::genealogy::{Cause, Parent};
use crate::model::sale::By;
use crate::study::origins;
use crate::units::{digits, dollars, percent_of, thousands};
use crate::{plural, say};

/// Generations that a description lists.
const LISTED: u32 = 6;

/// The share of a push that is no longer mentioned as its cause.
const TRACE: f64 = 0.005;

/// The whole run.
pub(super) fn finding(scene: &Scene) -> String {
    origins(&scene.extras.family_tree(scene.simulator).genealogy)
}

/// Dollars decided by force up to now: all, and those of the first generation, $bn.
fn sums(scene: &Scene, tree: &FamilyTree) -> (f64, f64) {
    let sum = |column| tree.sum(column, scene.now as u32);
    ((1..=tree.columns).map(sum).sum(), sum(1))
}

/// All sales up to now.
pub(super) fn so_far(scene: &Scene, tree: &FamilyTree) -> String {
    let (all, first) = sums(scene, tree);
    if all == 0.0 {
        return nobody(scene).into();
    }
    let (all, rest) = (dollars(all), dollars(all - first));
    let shares = if scene.simulator.crowd().shorts() {
        say!("Of {all} in forced orders so far, other forced orders set off {rest}.", all, rest)
    } else {
        say!("Of {all} in forced sales so far, other forced sales set off {rest}.", all, rest)
    };
    format!("{shares} {}", tr("Lines lead from cause to effect, and are thicker where more has followed."))
}

fn nobody(scene: &Scene) -> &'static str {
    if scene.simulator.crowd().shorts() {
        tr("So far nobody has been forced to trade.")
    } else {
        tr("So far nobody has been forced to sell.")
    }
}

/// The highlighted account, if it has not been forced to sell by now.
pub(super) fn of_nobody(scene: &Scene, tree: &FamilyTree) -> Option<String> {
    let account = scene.mark.account?;
    let number = thousands(f64::from(account) + 1.0);
    let buys = scene.simulator.crowd().is_short(account as usize);
    let Some(sale) = tree.sale_of(account) else {
        return Some(if buys {
            say!("Account {number} is not forced to buy in this run.", number)
        } else {
            say!("Account {number} is not forced to sell in this run.", number)
        });
    };
    let decided = scene.extras.with_sales(scene.simulator).ledger.sales[sale as usize].decided as usize;
    let when = time_words(decided, scene.simulator.rules().purchase());
    (decided > scene.now).then(|| {
        if buys {
            say!("Account {number} is forced to buy later: {when}.", number, when)
        } else {
            say!("Account {number} is forced to sell later: {when}.", number, when)
        }
    })
}

/// Why an account sold, and what its sale set off.
pub(super) fn of_sale(scene: &Scene, tree: &FamilyTree, index: u32) -> String {
    let (simulator, run) = (scene.simulator, scene.extras.with_sales(scene.simulator));
    let sale = &run.ledger.sales[index as usize];
    let mut sentences = vec![cause(scene, tree, index)];
    let push = tree.genealogy.causes(&run.ledger, index);
    let share = 100.0 * push.of_sales() / push.total();
    if (0.5..99.5).contains(&share) && !simulator.crowd().is_short(sale.account as usize) {
        sentences.push(say!("They made up {share} of the push in that second.", share = percent_of(&digits(share, 0))));
    }
    let generation = tree.tree.generations[index as usize];
    if generation > 1 {
        let number = thousands(f64::from(generation));
        let mut root = index;
        while let Parent::Sale(parent) = tree.tree.parents[root as usize] {
            root = parent;
        }
        let first = tree.tree.parents[root as usize] == Parent::First && !simulator.rules().purchase();
        sentences.push(if first {
            say!("It belongs to generation {number} after the first sale.", number)
        } else {
            say!("It belongs to generation {number}.", number)
        });
    }
    let own = dollars(sale.lots as f64 * simulator.rules().lot);
    let more = tree.descendants[index as usize];
    sentences.push(if more > 0.0 {
        say!("Its own {amount} set off {more} more.", amount = own, more = dollars(more))
    } else {
        say!("Its own {amount} set off nothing more.", amount = own)
    });
    sentences.join(" ")
}

/// Why an account sold.
fn cause(scene: &Scene, tree: &FamilyTree, index: u32) -> String {
    let (simulator, run) = (scene.simulator, scene.extras.with_sales(scene.simulator));
    let sale = &run.ledger.sales[index as usize];
    let number = thousands(f64::from(sale.account) + 1.0);
    let limit = change_words(-tree.falls[index as usize]);
    let volatility = sale.by == By::Volatility;
    if simulator.crowd().is_short(sale.account as usize) {
        return if volatility {
            say!("Account {number} bought back because the market became too volatile for it.", number)
        } else {
            say!("Account {number} bought back because the price rose to its limit of {limit}.", number, limit)
        };
    }
    let push = tree.genealogy.causes(&run.ledger, index);
    let sellers: BTreeSet<u32> = push.sales.iter().map(|(sale, _)| run.ledger.sales[*sale as usize].account).collect();
    let count = sellers.len();
    let accounts = thousands(count as f64);
    // Sales that are a trace of the push did not cause it.
    let drove = push.of_sales() >= TRACE * push.total();
    match push.greatest().0 {
        _ if drove && volatility => plural!(
            "Account {number} sold because {accounts} account made the market too volatile for it.",
            "Account {number} sold because {accounts} accounts made the market too volatile for it.",
            count,
            number,
            accounts
        ),
        _ if volatility => say!("Account {number} sold because the market became too volatile for it.", number),
        _ if drove => plural!(
            "Account {number} sold because {accounts} account drove the price past its limit of {limit}.",
            "Account {number} sold because {accounts} accounts drove the price past its limit of {limit}.",
            count,
            number,
            accounts,
            limit
        ),
        Cause::First => {
            say!(
                "Account {number} sold because the first sale drove the price past its limit of {limit}.",
                number,
                limit
            )
        }
        Cause::Funds => {
            say!(
                "Account {number} sold because funds that rebalanced drove the price past its limit of {limit}.",
                number,
                limit
            )
        }
        _ => say!(
            "Account {number} sold because the noise of the market drove the price past its limit of {limit}.",
            number,
            limit
        ),
    }
}

/// The current picture.
pub(super) fn describe(scene: &Scene) -> String {
    let tree = scene.extras.family_tree(scene.simulator);
    let (all, _) = sums(scene, tree);
    let shows = tr("Tree of forced orders by generation: each is set off by orders of the generation before.");
    let mut parts = vec![shows.to_owned()];
    if all == 0.0 {
        parts.push(nobody(scene).into());
    } else {
        let listed = (1..=tree.columns.min(LISTED)).filter(|column| tree.sum(*column, scene.now as u32) > 0.0);
        let listed: Vec<String> = listed
            .map(|column| {
                let amount = dollars(tree.sum(column, scene.now as u32));
                say!("generation {number}: {amount}", number = tree.name(column), amount)
            })
            .collect();
        parts.push(say!(
            "Up to now, {when}: {list}; {all} in all.",
            when = since_words(scene.now, scene.simulator.rules().purchase()),
            list = listed.join(", "),
            all = dollars(all)
        ));
    }
    if let Some(highlight) = Highlight::new(scene, tree) {
        parts.push(of_sale(scene, tree, highlight.sale));
    } else {
        parts.extend(of_nobody(scene, tree));
    }
    parts.join(" ")
}
