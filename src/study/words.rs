//! The texts of a study.

use super::report::{Family, LISTED_GENERATIONS, Member};
use crate::describe::{percent_words, rise_words, since_words};
use crate::model::rules::SHOCK_AT;
use crate::model::studies::counterfactual::{AloneOrTogether, Change, Loss, Outcome, extreme};
use crate::model::studies::genealogy::{Cause, Genealogy};
use crate::model::{Rules, Run};
use crate::say;
use crate::text::language::tr;
use crate::text::units::{digits, dollars, percent_of, time};

/// Id, label and meaning of a counterfactual.
pub(super) fn change(change: Change) -> (&'static str, &'static str, &'static str) {
    match change {
        Change::None => ("as-it-is", tr("No change"), tr("The run above.")),
        Change::NoBots => (
            "without-bots",
            tr("Without bots"),
            tr("The same accounts, all run by people, and no funds: the dashed line."),
        ),
        Change::NoMarginRule => (
            "without-margin-rule",
            tr("Without the margin rule"),
            tr("Bots with a margin limit do not sell. People keep their limits."),
        ),
        Change::NoVolatilityRule => (
            "without-volatility-rule",
            tr("Without the volatility rule"),
            tr("Bots with a volatility limit do not sell."),
        ),
        Change::OneSeller => (
            "one-seller",
            tr("One giant seller, at once"),
            tr(
                "No account has a rule. One institution sells what all were forced to sell, in the same seconds: the same crash, unless price bands cut its orders at a different point.",
            ),
        ),
        Change::OnePatientSeller => (
            "patient-seller",
            tr("One giant seller, patient"),
            tr("The same amount, sold evenly from the first forced sale to the end of the run."),
        ),
    }
}

/// A percentage without decimal places: `40%`.
fn whole(percent: f64) -> String {
    percent_of(&digits(percent, 0))
}

/// The greatest move and when: `18.1%, after 31 s`.
pub(super) fn moved(outcome: &Outcome, up: bool) -> String {
    let when = since_words((outcome.at_s + SHOCK_AT as i64) as usize, up);
    let words = if up { rise_words } else { percent_words };
    say!("{moved}, {when}", moved = words(outcome.greatest_move_percent), when)
}

pub(super) fn r(r: Option<f64>) -> String {
    r.map_or_else(|| tr("none").into(), |r| digits(r, 2))
}

/// `loses 40%, at worst 55%`.
pub(super) fn loss(loss: &Loss) -> String {
    let worst = whole(loss.at_worst);
    if loss.at_end < -0.05 {
        say!("gains {end}, at worst {worst}", end = whole(-loss.at_end), worst)
    } else {
        say!("loses {end}, at worst {worst}", end = whole(loss.at_end.abs()), worst)
    }
}

pub(super) fn together(found: &AloneOrTogether) -> String {
    let (alone, all) = (found.alone.with_rule.at_worst, found.together.with_rule.at_worst);
    let both = say!(
        "The rule and the first order are the same. If nobody else has a rule, this account loses {alone} of its \
         equity at worst; if all have one, {all}.",
        alone = whole(alone),
        all = whole(all)
    );
    let verdict = if (all - alone).abs() <= 0.5 {
        tr("Here it makes no difference to the account whether the others have rules.").into()
    } else if all < alone {
        format!("{both} {}", tr("Here the others' rules help it."))
    } else {
        both
    };
    let who =
        say!("One bot with {leverage}x leverage, the one with the median limit.", leverage = digits(found.leverage, 1));
    format!("{who} {verdict}")
}

/// Generations and one chain of sales.
pub(super) fn family(tree: &Genealogy, rules: &Rules, run: &Run) -> Family {
    let all = all(tree);
    let largest = tree.generations.iter().map(|generation| generation.size).fold(0.0, f64::max);
    let told = tree.generations.iter().enumerate().filter(|(_, g)| g.size > 0.001 * all).take(LISTED_GENERATIONS);
    let generations = told.map(|(number, generation)| Member {
        generation: number + 1,
        sold_bn: generation.size,
        sold: dollars(generation.size),
        when: since_words(generation.decided.round() as usize, rules.purchase()),
        of_largest: if largest > 0.0 { generation.size / largest } else { 0.0 },
    });
    Family { words: origins(tree), generations: generations.collect(), chain: chain(tree, rules, run) }
}

/// All dollars of the tree, $bn.
fn all(tree: &Genealogy) -> f64 {
    tree.generations.iter().map(|generation| generation.size).sum()
}

/// The dollars that other forced sales set off, and the roots of all.
#[must_use]
pub fn origins(tree: &Genealogy) -> String {
    let all = all(tree);
    if all == 0.0 {
        return tr("Nobody was forced to sell.").into();
    }
    let first = tree.generations.first().map_or(0.0, |generation| generation.size);
    let [by_first, by_noise, by_funds] = tree.roots.map(|share| whole(100.0 * share));
    let (all, first) = (dollars(all), dollars(first));
    let funds = tree.roots[2] > 0.005;
    let set_off = if funds {
        say!(
            "Of {all} in forced orders, the first order, the noise and funds triggered {first} themselves; earlier forced sales triggered all the rest.",
            all,
            first
        )
    } else {
        say!(
            "Of {all} in forced orders, the first order and the noise triggered {first} themselves; earlier forced sales triggered all the rest.",
            all,
            first
        )
    };
    let traced = if funds {
        say!(
            "Traced back, {first} come from the first order, {noise} from noise and {funds} from funds that rebalanced.",
            first = by_first,
            noise = by_noise,
            funds = by_funds
        )
    } else {
        say!(
            "Traced back, {first} come from the first order and {noise} from noise.",
            first = by_first,
            noise = by_noise
        )
    };
    format!("{set_off} {traced}")
}

/// The chain of the last sale decided before the trough.
fn chain(tree: &Genealogy, rules: &Rules, run: &Run) -> Vec<String> {
    let (trough, _) = extreme(rules, run);
    let sales = &run.ledger.sales;
    let before = (0..sales.len()).filter(|i| sales[*i].decided as usize <= trough && sales[*i].lots > 0);
    let Some(last) = before.max_by_key(|i| sales[*i].decided) else {
        return Vec::new();
    };
    let when = |second: u32| {
        let second = second as usize;
        if second >= SHOCK_AT {
            say!("{time} after the first order", time = time(second - SHOCK_AT))
        } else {
            since_words(second, rules.purchase())
        }
    };
    let who = |sale: u32| {
        let sale = &sales[sale as usize];
        let amount = dollars(sale.lots as f64 * rules.lot);
        say!("account {number} ({amount})", number = sale.account, amount)
    };
    let mut words = vec![say!(
        "The limit of {account} is passed {when}.",
        account = who(last as u32),
        when = when(sales[last].decided)
    )];
    for link in tree.chain(&run.ledger, last as u32) {
        let share = whole(100.0 * link.share);
        words.push(match (link.cause, link.sale) {
            (Cause::Sales, Some(sale)) => say!(
                "Forced sales caused {share} of that push, among them that of {account}, whose limit was passed {when}.",
                share,
                account = who(sale),
                when = when(sales[sale as usize].decided)
            ),
            (Cause::First, _) => say!("The first order caused {share} of that push.", share),
            (Cause::Funds, _) => say!("Funds that rebalanced caused {share} of that push.", share),
            _ => tr("Market noise caused that push.").into(),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Params;
    use crate::params::row;
    use crate::study::{DOUBTS, Study};

    #[test]
    fn a_study_of_the_page_as_it_opens() {
        let study = Study::new(&Params::default());
        assert_eq!(study.what_if.len(), 6);
        assert_eq!(study.what_if[0].move_percent, study.what_if[4].move_percent);
        assert!(study.family.generations.len() > 5);
        assert!(study.family.chain.len() > 3, "{:?}", study.family);
        assert!(study.family.chain.last().unwrap().contains("first order"), "{:?}", study.family);
        assert!(study.alone_or_together.is_some());
    }

    #[test]
    fn every_doubt_weakens_the_opening() {
        let study = Study::new(&Params::default());
        let (fall, r) = (study.what_if[0].move_percent, study.what_if[0].r_peak.unwrap());
        for doubt in &study.doubts {
            // These two are expected to change little.
            let little = ["parts", "pool"].contains(&doubt.id);
            let most = if little { fall } else { 0.75 * fall };
            assert!(!doubt.on && doubt.move_percent < most, "{}: {}", doubt.id, doubt.move_percent);
            assert!(little || doubt.r_peak.is_none_or(|with| with < r), "{}", doubt.id);
        }
    }

    #[test]
    fn a_doubt_is_on_where_its_values_are_set() {
        for doubt in DOUBTS {
            assert!(!doubt.changes().is_empty());
            for (id, value) in doubt.changes() {
                assert!(row(id).unwrap().allows(value), "{id}");
            }
            let with = doubt.applied(&Params::default());
            assert_eq!(doubt.applied(&with), with);
            assert_eq!(with.check(), Ok(()));
        }
    }

    #[test]
    fn a_market_without_bots_or_sales_has_a_study() {
        let study =
            Study::new(&Params { bots: 0.0, shock: 0.0, calm_volatility: 0.0, accounts: 100.0, ..Params::default() });
        assert!(study.alone_or_together.is_none());
        assert_eq!(study.family.words, "Nobody was forced to sell.");
        assert!(study.family.chain.is_empty());
    }

    #[test]
    fn generations_count_from_one_relative_to_the_largest() {
        let family = Study::new(&Params { accounts: 1000.0, calm_volatility: 0.0, ..Params::default() }).family;
        let told = &family.generations;
        assert!(told.iter().enumerate().all(|(i, member)| member.generation == i + 1));
        assert_eq!(told.iter().map(|member| member.of_largest).fold(0.0, f64::max), 1.0);
        assert!(
            family.words.contains(&format!("the first order and the noise triggered {} themselves", told[0].sold)),
            "{}",
            family.words
        );
        let all = "100% come from the first order and 0% from noise";
        assert!(family.words.contains(all), "{}", family.words);
    }

    #[test]
    fn one_account_has_its_four_losses_in_order_and_a_verdict() {
        let params = Params { accounts: 1000.0, ..Params::default() };
        let found =
            crate::model::studies::counterfactual::Counterfactuals::new(&params).alone_or_together(None).unwrap();
        let told = Study::new(&params).alone_or_together.unwrap();
        let losses =
            [found.alone.with_rule, found.alone.without_rule, found.together.with_rule, found.together.without_rule];
        assert_eq!(told.cells.each_ref().map(|cell| cell.at_worst_percent), losses.map(|loss| loss.at_worst));
        assert_ne!(losses[1].at_worst, losses[2].at_worst);
        assert!(told.words.contains("if all have one"), "{}", told.words);
        let calm = Params { shock: 0.0, leverage: 2.0, ..params };
        let told = Study::new(&calm).alone_or_together.unwrap();
        assert!(told.words.contains("makes no difference"), "{}", told.words);
    }

    #[test]
    fn losses_gains_and_falls_are_worded_as_such() {
        let words = |at_end| loss(&Loss { at_end, at_worst: 7.0 });
        assert_eq!(words(3.0), "loses 3%, at worst 7%");
        assert_eq!(words(-3.0), "gains 3%, at worst 7%");
        let outcome = Outcome { greatest_move_percent: 12.0, at_s: 90, r_peak: None, sold: 1.0 };
        assert!(moved(&outcome, false).ends_with(&since_words(SHOCK_AT + 90, false)), "{}", moved(&outcome, false));
    }

    #[test]
    fn an_active_doubt_is_marked_and_settles_contradictions() {
        let quick = Params { accounts: 100.0, hours: 1.0, ..Params::default() };
        for doubt in DOUBTS {
            let study = Study::new(&doubt.applied(&quick));
            let row = study.doubts.iter().find(|row| row.id == doubt.id).unwrap();
            assert!(row.on && row.move_percent == study.what_if[0].move_percent, "{}", doubt.id);
            let tangled = [Params { amm_share: 50.0, ..quick }, Params { impact: 1.0, ..quick }];
            assert!(tangled.iter().all(|params| doubt.applied(params).check().is_ok()), "{}", doubt.id);
        }
    }
}
