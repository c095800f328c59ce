//! Counterfactuals: the same draws with one thing changed.

use crate::model::crowd::Crowd;
use crate::model::results::summary::{deepest, percent, r_peak, rise_percent};
use crate::model::rules::{LOTS, Rules, SHOCK_AT};
use crate::model::run::sale::By;
use crate::model::run::{RecordOptions, Run};
use crate::params::Params;

/// The change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// No change.
    None,
    /// People replace all bots.
    NoBots,
    /// Bots never sell at a margin limit.
    NoMarginRule,
    /// Bots never sell at a volatility limit.
    NoVolatilityRule,
    /// No account has a rule; one institution sells the lots of all forced sales, in the same seconds.
    OneSeller,
    /// The same, spread evenly from the first forced sale to the end of the run.
    OnePatientSeller,
}

impl Change {
    /// All changes.
    pub const ALL: [Self; 6] =
        [Self::None, Self::NoBots, Self::NoMarginRule, Self::NoVolatilityRule, Self::OneSeller, Self::OnePatientSeller];
}

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Greatest fall or, if the first order is a purchase, greatest rise, percent.
    pub greatest_move_percent: f64,
    /// Time of that move, in seconds after the first order began.
    pub at_s: i64,
    /// Greatest R of the run.
    pub r_peak: Option<f64>,
    /// $bn sold by force, or by the institution, less what was bought.
    pub sold: f64,
}

/// A crowd and its actual run, to be run again with changes.
#[derive(Debug)]
pub struct Counterfactuals {
    rules: Rules,
    crowd: Crowd,
    /// The run without changes.
    actual: Run,
    run: Run,
}

impl Counterfactuals {
    /// Runs these parameters and records every sale.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let rules = Rules::from(params);
        let mut crowd = Crowd::default();
        crowd.arrange(params);
        let mut actual = Run::default();
        actual.simulate_with(&rules, &mut crowd, RecordOptions { sales: true, seller: None });
        Self { rules, crowd, actual, run: Run::default() }
    }

    /// The rules, the crowd and the run without changes.
    #[must_use]
    pub fn actual(&self) -> (&Rules, &Crowd, &Run) {
        (&self.rules, &self.crowd, &self.actual)
    }

    /// Runs with one change. The returned run is valid until the next call.
    pub fn run(&mut self, change: Change) -> (Outcome, &Run) {
        let rules = &self.rules;
        let no_margin_rule = || Rules { vol_bots: 2.0, ..rules.clone() };
        let no_volatility_rule = || Rules { vol_limit: f64::INFINITY, ..rules.clone() };
        match change {
            Change::None => self.run.simulate(rules, &mut self.crowd),
            Change::NoBots => self.run.simulate(&rules.without_bots(), &mut self.crowd),
            Change::NoMarginRule => self.run.simulate(&no_margin_rule(), &mut self.crowd),
            Change::NoVolatilityRule => self.run.simulate(&no_volatility_rule(), &mut self.crowd),
            Change::OneSeller => self.sell(&net_forced(&self.actual)),
            Change::OnePatientSeller => self.sell(&spread_evenly(&self.actual)),
        }
        let (at, greatest) = extreme(&self.rules, &self.run);
        let by_seller = matches!(change, Change::OneSeller | Change::OnePatientSeller);
        let sold_by = if by_seller { &self.actual } else { &self.run };
        let outcome = Outcome {
            greatest_move_percent: greatest,
            at_s: at as i64 - SHOCK_AT as i64,
            // A single seller triggers no rules.
            r_peak: if by_seller { None } else { r_peak(&self.run.series) },
            sold: net_forced(sold_by).iter().sum::<i64>() as f64 * self.rules.lot,
        };
        (outcome, &self.run)
    }

    /// Runs a market in which only an institution sells, these lots in each second.
    fn sell(&mut self, lots: &[i64]) {
        // The institution trades on all venues alike and is not throttled.
        let rules =
            Rules { venues: 1, shorts: 0.0, throttle: u64::MAX, adl: false, insurance: 0.0, ..self.rules.clone() };
        self.run.simulate_with(
            &rules,
            &mut Crowd::bystanders(&self.crowd),
            RecordOptions { sales: false, seller: Some(lots) },
        );
    }

    /// The loss of one account with and without its margin rule, if no other account has a rule and if all have. By
    /// default the median bot among those forced to sell. `None` if no bot has a margin limit.
    pub fn alone_or_together(&mut self, account: Option<u32>) -> Option<AloneOrTogether> {
        let account = account.or_else(|| self.typical())?;
        let short = self.crowd.is_short(account as usize);
        let (leverage, entry) = self.crowd.position(account as usize);
        // Equity at the start: the value of the position less the debt, which is fixed.
        let sign = if short { -1.0 } else { 1.0 };
        let own = sign * (1.0 - entry * (1.0 - sign / leverage));
        let mut loss = |crowd: &mut Crowd| {
            self.run.simulate_with(&self.rules, crowd, RecordOptions { sales: true, seller: None });
            loss(&self.run, account, sign).map(|lost| 100.0 * lost / own)
        };
        Some(AloneOrTogether {
            account,
            leverage,
            alone: Pair {
                with_rule: loss(&mut self.crowd.only(|other| other == account)),
                without_rule: loss(&mut self.crowd.only(|_| false)),
            },
            together: Pair {
                with_rule: loss(&mut self.crowd),
                without_rule: loss(&mut self.crowd.only(|other| other != account)),
            },
        })
    }

    /// The median bot, by its limit, among those that sold at a margin limit; among all margin bots if none did.
    fn typical(&self) -> Option<u32> {
        let (rules, crowd) = (&self.rules, &self.crowd);
        let sold = self.actual.ledger.sales.iter().filter(|sale| sale.by == By::Margin && sale.nth == 0);
        let mut accounts: Vec<u32> = sold.map(|sale| sale.account).collect();
        if accounts.is_empty() {
            let bots = crowd.draws.habits.iter().zip(0..);
            let obeys = bots.filter(|(habit, _)| habit.bot < rules.bots && habit.rule >= rules.vol_bots);
            // An account without debt has no limit.
            accounts.extend(obeys.map(|(_, account)| account).filter(|a| crowd.falls[*a as usize].is_finite()));
        }
        accounts.sort_unstable_by(|a, b| crowd.falls[*a as usize].total_cmp(&crowd.falls[*b as usize]).then(a.cmp(b)));
        accounts.get(accounts.len() / 2).copied()
    }
}

/// The second of the greatest move in the direction of the first order, and that move, percent.
#[must_use]
pub fn extreme(rules: &Rules, run: &Run) -> (usize, f64) {
    if !rules.purchase() {
        let (second, fall) = deepest(&run.series.price);
        return (second, percent(fall));
    }
    let highest = run.series.price.iter().enumerate().fold(
        (0, 0.0),
        |a, (second, price)| {
            if *price > a.1 { (second, *price) } else { a }
        },
    );
    (highest.0, rise_percent(highest.1))
}

/// Losses of one account, percent of its equity at the start; above 100 if it ends in debt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// At the end of the run; negative is a gain.
    pub at_end: f64,
    /// At its worst moment.
    pub at_worst: f64,
}

impl Loss {
    fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { at_end: change(self.at_end), at_worst: change(self.at_worst) }
    }
}

/// Losses with the rule and without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The account follows its rule.
    pub with_rule: Loss,
    /// The account never sells.
    pub without_rule: Loss,
}

/// The effect of a rule on one account: if it is the only one, and if all accounts have one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AloneOrTogether {
    /// The account.
    pub account: u32,
    /// Its leverage.
    pub leverage: f64,
    /// No other account ever sells by force.
    pub alone: Pair,
    /// All other accounts follow their rules.
    pub together: Pair,
}

/// The loss of an account in a run, per $ of its position at the start price. Unsold lots are valued at the mean price
/// over all venues.
fn loss(run: &Run, account: u32, sign: f64) -> Loss {
    let price = |second: usize| libm::exp(run.series.price[second]);
    let ledger = &run.ledger;
    let own = ledger.trades.iter().filter(|trade| ledger.sales[trade.sale as usize].account == account);
    let sold = own.map(|trade| (trade.second as usize, trade.lots, libm::exp(trade.price)));
    let closed = ledger.closures.iter().filter(|closure| closure.account == account);
    let closed = closed.map(|closure| (closure.second as usize, closure.lots, closure.price));
    let mut trades: Vec<_> = sold.chain(closed).collect();
    trades.sort_by_key(|(second, ..)| *second);
    let (mut held, mut got, mut worst) = (LOTS, 0.0, 0.0_f64);
    let share = |lots: u64| lots as f64 / LOTS as f64;
    // Zero lots are worth zero, even at an infinite price.
    let worth = |held: u64, second: usize| if held == 0 { 0.0 } else { share(held) * price(second) };
    let mut trades = trades.into_iter().peekable();
    for second in 0..run.series.price.len() {
        while let Some((_, lots, at)) = trades.next_if(|(at, ..)| *at == second) {
            held -= lots;
            got += share(lots) * at;
        }
        worst = worst.max(sign * (1.0 - got - worth(held, second)));
    }
    let end = run.series.price.len() - 1;
    Loss { at_end: sign * (1.0 - got - worth(held, end)), at_worst: worst }
}

/// Net lots sold by force in each second.
fn net_forced(run: &Run) -> Vec<i64> {
    (0..run.series.price.len()).map(|second| run.series.net_forced(second)).collect()
}

/// The same total, spread evenly from the first forced sale to the end.
fn spread_evenly(run: &Run) -> Vec<i64> {
    let mut lots = net_forced(run);
    let all: i64 = lots.iter().sum();
    let Some(first) = lots.iter().position(|lots| *lots != 0) else { return lots };
    let seconds = (lots.len() - first) as i64;
    for (i, lots) in lots.iter_mut().enumerate() {
        *lots = if i < first { 0 } else { all / seconds };
    }
    lots[first] += all % seconds;
    lots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patient_seller_spreads_the_same_lots_evenly_from_the_first_forced_sale() {
        let study = Counterfactuals::new(&Params { accounts: 300.0, hours: 1.0, ..Params::default() });
        let (forced, patient) = (net_forced(&study.actual), spread_evenly(&study.actual));
        let first = forced.iter().position(|lots| *lots != 0).expect("no forced sale");
        assert_eq!(patient.len(), forced.len());
        assert_eq!(patient.iter().sum::<i64>(), forced.iter().sum::<i64>());
        assert!(patient[..first].iter().all(|lots| *lots == 0));
        assert!(patient[first + 1..].iter().all(|lots| *lots == patient[first + 1] && *lots > 0));
        // The remainder of the division is less than a lot per second.
        assert!(((patient[first] - patient[first + 1]) as usize) < forced.len() - first);
    }

    #[test]
    fn zero_lots_are_worth_zero_at_an_infinite_price() {
        for query in [
            "margin-capital=50&bot-latency=600&depth=0.05&buyers=1000&breaker-fall=50",
            "shorts=100&depth=0.05&depth-floor=1&targeters=1000",
        ] {
            let found =
                Counterfactuals::new(&crate::params::query::parse(query).unwrap()).alone_or_together(None).unwrap();
            for Pair { with_rule, without_rule } in [found.alone, found.together] {
                for lost in [with_rule, without_rule] {
                    assert!(!lost.at_end.is_nan() && !lost.at_worst.is_nan(), "{query}: {lost:?}");
                }
            }
        }
    }
}
