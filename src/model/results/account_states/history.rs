//! What happens to each account in a run, one account after the other.

use super::path::{Path, margin_step};
use crate::model::crowd::Crowd;
use crate::model::rules::{LOTS, Rules};
use crate::model::run::Run;
use crate::model::run::sale::By;

/// From this second on, until its next step, an account is so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) second: u32,
    /// Lots held.
    pub(super) held: u32,
    /// Limits at which it has ordered a sale so far.
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

/// Something that happens to one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) account: u32,
    pub(super) second: u32,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Orders so many lots, as its sale of this number.
    Orders(u64, u8),
    /// So many lots of its orders are done.
    Done(u64),
    /// So many lots that it had not ordered away are closed.
    Closed(u64),
    Thinks,
    Looks,
}

/// What is written down of all accounts.
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
    // Winners of one side, and then the one of the other side against whom they were closed, whose order that was.
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

/// Follows everybody who is no bot, and tells when they begin to think and when they look again. As
/// [`People`](super::people::People) do it in a run, one person after the other instead of one second after the other.
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
            // They see the last price before they look.
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

/// The steps of one account through its events.
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
