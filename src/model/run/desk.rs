//! A desk: all accounts of one side of the market (long or short) on one venue. They see the same price and trade in
//! the same book.

use crate::FULL;
use crate::model::crowd::Crowd;
use crate::model::crowd::cursor::Cursor;
use crate::model::crowd::ladder::Ladder;
use crate::model::crowd::partition::{Bot, Human};
use crate::model::crowd::rung::Rung;
use crate::model::market::Market;
use crate::model::rules::Rules;
use crate::model::run::forced::Forced;
use crate::model::run::ledger::Ledger;
use crate::model::run::people::People;
use crate::model::run::sale::{By, Sale};
use crate::model::run::settlement::Settling;

/// One desk in a run.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Whether its accounts are short: a rise passes their limits, and they buy by force.
    pub short: bool,
    /// Its venue.
    pub venue: usize,
    /// Forced orders in the book that wait for the end of a halt or for their turn, lots.
    pub waiting: Forced,
    /// Lots of them traded in the last second.
    pub traded: Forced,
    cursor: Cursor,
    people: People,
    settling: Settling,
    /// Orders that will reach the book in each second.
    due: Vec<Forced>,
}

impl Desk {
    /// Resets the desk for a new run.
    fn restart(&mut self, rules: &Rules, rungs: usize, short: bool, venue: usize, by_name: bool) {
        (self.short, self.venue) = (short, venue);
        (self.waiting, self.traded) = Default::default();
        self.cursor.restart();
        self.people.restart(rules.seconds, rungs, by_name);
        self.settling.restart(rules);
        self.due.clear();
        self.due.resize(rules.seconds + 1, Forced::default());
    }

    /// The move of the mark price against these accounts, as a difference of logs.
    #[must_use]
    pub fn level(&self, rules: &Rules, market: &Market) -> f64 {
        let price = market.mark_on(rules, self.venue);
        if self.short { price } else { -price }
    }

    /// Spacing between an account's margin limits.
    fn step(&self, rules: &Rules) -> f64 {
        if self.short { rules.short_step } else { rules.margin_step }
    }

    /// Adds the orders that reach the book in this second. People who are due look at the last price first, unless they
    /// already have (`looked`).
    pub fn collect(
        &mut self,
        rules: &Rules,
        ladder: &Ladder,
        second: usize,
        looked: bool,
        market: &Market,
        ledger: &mut Ledger,
    ) {
        if !looked && self.has_looks_due(second) {
            self.look(rules, ladder, second, self.level(rules, market), ledger);
        }
        // Usually nothing is due, and an addition would wait for the last write.
        let due = self.due(second);
        if due.total() > 0 {
            self.waiting.add(due);
        }
    }

    /// Orders that reach the book in this second.
    #[inline]
    #[must_use]
    pub fn due(&self, second: usize) -> Forced {
        self.due[second]
    }

    /// Whether people may be due to [`look`](Self::look) in this second.
    #[inline]
    #[must_use]
    pub fn has_looks_due(&self, second: usize) -> bool {
        self.people.begins_bin(second) || self.people.any_look_due(second)
    }

    /// People whose reaction time is up look at the price, which stands at this level.
    // Never inlined, to save bytes.
    #[inline(never)]
    pub fn look(&mut self, rules: &Rules, ladder: &Ladder, second: usize, level: f64, ledger: &mut Ledger) {
        if self.people.begins_bin(second) {
            self.people.open(&ladder.partition(rules).people, second, level);
        }
        if self.people.any_look_due(second) {
            let step = self.step(rules);
            let due = second + rules.queue_latency;
            let humans = &ladder.partition(rules).people;
            let lots = self.people.look_again(rules, humans, second, level, step, |person| {
                let lots = rules.margin_sales[usize::from(person.sold)];
                ledger.order(lots, |lots| {
                    let Human { place, wait, .. } = humans[person.index as usize];
                    let (account, decided) = (ladder.rungs()[place as usize].account, second as u32 - wait);
                    Sale { account, nth: person.sold, by: By::Person, at: person.at, decided, due: due as u32, lots }
                })
            });
            if let Some(later) = self.due.get_mut(due) {
                later.people += lots;
            }
        }
    }

    /// Whether this level may [`pass`](Self::pass) a limit. Usually it does not.
    #[inline]
    #[must_use]
    pub fn passes(&self, rules: &Rules, level: f64) -> bool {
        self.cursor.rises(level) || self.people.reached(level) || rules.settlement > 0
    }

    /// Handles all accounts whose margin limit the price has passed: bots order, people start to react. Returns the
    /// lots that bots order.
    pub fn pass(&mut self, rules: &Rules, ladder: &mut Ladder, second: usize, level: f64, ledger: &mut Ledger) -> u64 {
        self.people.reach(&ladder.partition(rules).people, second, level);
        let rises = self.cursor.rise(rules, ladder, level, false);
        if rises {
            self.people.begin(&ladder.partition(rules).people, self.cursor.people.clone(), second);
        }
        if FULL && (ledger.on || rules.settlement > 0) {
            return self.pass_by_name(rules, ladder, second, level, rises, ledger);
        }
        let mut triggered = 0;
        if rises {
            let (partition, step) = (ladder.partition(rules), self.step(rules));
            for (nth, lots) in rules.margin_sales.iter().enumerate() {
                let bots = self.cursor.newly(partition, nth, step);
                triggered += lots * bots.len() as u64;
                self.expect(rules, second, bots, *lots);
            }
        }
        triggered
    }

    /// The same, limit by limit, for runs that record each sale or have a settlement delay.
    #[inline(never)]
    fn pass_by_name(
        &mut self,
        rules: &Rules,
        ladder: &Ladder,
        second: usize,
        level: f64,
        rises: bool,
        ledger: &mut Ledger,
    ) -> u64 {
        let (partition, step) = (ladder.partition(rules), self.step(rules));
        let Self { cursor, settling, due, .. } = self;
        let mut triggered = 0;
        let mut order = |rung: &Rung, nth: u8| {
            let at = second + Rules::wait(rules.bot_latency, rung.habit.delay) + rules.queue_latency;
            let lots = rules.margin_sales[usize::from(nth)];
            let lots = ledger.order(lots, |lots| Sale {
                account: rung.account,
                nth,
                by: By::Margin,
                at: rung.at,
                decided: second as u32,
                due: at as u32,
                lots,
            });
            triggered += lots;
            if let Some(due) = due.get_mut(at) {
                due.bots += lots;
            }
        };
        if rises {
            let all = rules.margin_sales.len();
            // With a settlement delay later limits move; `settling` holds them.
            let many = if rules.settlement > 0 { 1 } else { all };
            cursor.in_order(partition, many, step, &mut |bot, at, nth| {
                let rung = Rung { at, ..ladder.rungs()[bot.place as usize] };
                order(&rung, nth);
                if many < all {
                    settling.begin(rules, second, rung, step);
                }
            });
        }
        // After the first limits, because an account may pass several limits in one second.
        settling.advance(rules, second, level, step, &mut order);
        triggered
    }

    /// Schedules an order of `lots` of each of these bots, whose limit was passed in this second.
    // Never inlined, to save bytes.
    #[inline(never)]
    pub fn expect(&mut self, rules: &Rules, second: usize, bots: &[Bot], lots: u64) {
        let due = self.due.get_mut(second + rules.queue_latency..).unwrap_or_default();
        for bot in bots {
            if let Some(due) = due.get_mut(bot.wait as usize) {
                due.bots += lots;
            }
        }
    }

    /// Schedules `lots` of a bot to reach the book in the second `due`.
    pub fn expect_of_bots(&mut self, due: usize, lots: u64) {
        if let Some(due) = self.due.get_mut(due) {
            due.bots += lots;
        }
    }
}

/// Sets up the desks of a run: the longs of each venue, then the shorts of each venue. `by_name` if sales are recorded.
pub fn restart(desks: &mut Vec<Desk>, rules: &Rules, crowd: &Crowd, by_name: bool) {
    desks.resize_with(crowd.desks(), Desk::default);
    for (i, (desk, ladder)) in desks.iter_mut().zip(&crowd.margin).enumerate() {
        desk.restart(rules, ladder.rungs().len(), i >= rules.venues, i % rules.venues, by_name);
    }
}

/// Closes positions of all desks off the book that would leave a loss at the last price (see
/// [`Ledger::close_off_book`]).
pub fn close_off_book(
    desks: &mut [Desk],
    ledger: &mut Ledger,
    rules: &Rules,
    crowd: &Crowd,
    second: usize,
    market: &Market,
) {
    for (i, desk) in desks.iter_mut().enumerate() {
        let of = (i, desk.short, market.price_on(rules, desk.venue));
        desk.waiting.take(ledger.close_off_book(rules, crowd, second, of, market));
    }
}
