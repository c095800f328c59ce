//! The events of a run, account by account.

use super::path::{Path, margin_step};
use crate::model::crowd::Crowd;
use crate::model::rules::{LOTS, Rules};
use crate::model::run::Run;
use crate::model::run::sale::By;

/// The activity of an account from this second until its next step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) second: u32,
    /// Lots held.
    pub(super) held: u32,
    /// Number of sales ordered so far.
    pub(super) ordered: u8,
    pub(super) doing: Doing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// Watches its limit.
    Watching,
    Thinking,
    Selling,
    Nothing,
}

/// An event of one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) account: u32,
    pub(super) second: u32,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Orders these lots, as its sale of this number.
    Orders(u64, u8),
    /// These lots of its orders are traded.
    Done(u64),
    /// These lots are closed off the book without an order of the account.
    Closed(u64),
    Thinks,
    Looks,
}

/// The events recorded in the ledger.
pub(super) fn ledger_events(rules: &Rules, crowd: &Crowd, run: &Run) -> Vec<Event> {
    let ledger = &run.ledger;
    let mut events = Vec::with_capacity(3 * ledger.sales.len());
    for sale in &ledger.sales {
        // People order when they have looked again, bots when the limit is passed.
        let second = if sale.by == By::Person { sale.due - rules.queue_latency as u32 } else { sale.decided };
        events.push(Event { account: sale.account, second, what: What::Orders(sale.lots, sale.nth) });
    }
    for trade in &ledger.trades {
        let account = ledger.sales[trade.sale as usize].account;
        events.push(Event { account, second: trade.second + 1, what: What::Done(trade.lots) });
    }
    // The winners of one side come first, then the bankrupt account of the other side against which they were closed.
    let mut winners = None;
    for closure in ledger.closures.iter().filter(|closure| closure.lots > 0) {
        let short = crowd.is_short(closure.account as usize);
        let wins = *winners.get_or_insert(short) == short;
        let what = if wins { What::Closed(closure.lots) } else { What::Done(closure.lots) };
        if !wins {
            winners = None;
        }
        events.push(Event { account: closure.account, second: closure.second, what });
    }
    events
}

/// Simulates all people along the price, and calls `tell` when their limit is passed and when they look again. The same
/// rules as [`People`](crate::model::run::people::People), person by person instead of second by second.
pub(super) fn people(rules: &Rules, crowd: &Crowd, paths: &[Path], mut tell: impl FnMut(Event)) {
    for (index, habit) in crowd.draws.habits.iter().enumerate().filter(|(_, habit)| habit.bot >= rules.bots) {
        let account = index as u32;
        let desk = crowd.desk(account);
        let (path, step) = (&paths[desk], margin_step(rules, desk));
        let wait = Rules::wait(rules.human_latency, habit.delay);
        let mut limit = crowd.falls[index];
        let mut sales = 0;
        let mut passed = path.reaches(limit, 1);
        while let Some(second) = passed {
            tell(Event { account, second: second as u32, what: What::Thinks });
            let look = second + wait;
            // A look sees the price of the second before.
            let Some(seen) = path.levels.get(look).and(path.levels.get(look - 1)) else { break };
            tell(Event { account, second: look as u32, what: What::Looks });
            if *seen >= limit {
                sales += 1;
                limit += step;
            }
            if sales == rules.margin_sales.len() {
                break;
            }
            passed = if *seen >= limit { Some(look) } else { path.reaches(limit, look) };
        }
    }
}

/// Appends the steps of one account that follow from its events.
pub(super) fn follow(events: &[Event], steps: &mut Vec<Step>) {
    let (mut held, mut ordered, mut under_way, mut thinking) = (LOTS, 0, 0, false);
    for events in events.chunk_by(|a, b| a.second == b.second) {
        for event in events {
            match event.what {
                What::Orders(lots, nth) => (under_way, ordered) = (under_way + lots, nth + 1),
                What::Done(lots) => (under_way, held) = (under_way - lots, held - lots),
                What::Closed(lots) => held -= lots,
                What::Thinks => thinking = true,
                What::Looks => thinking = false,
            }
        }
        let doing = match (held, under_way) {
            (0, _) => Doing::Nothing,
            (_, 0) if thinking => Doing::Thinking,
            (_, 0) => Doing::Watching,
            _ => Doing::Selling,
        };
        steps.push(Step { second: events[0].second, held: held as u32, ordered, doing });
    }
}
