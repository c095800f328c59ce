//! The ledger: every forced sale by name, what was lost beyond the money behind it, the insurance fund that pays
//! for that, and auto-deleveraging once the fund is empty.
//!
//! It is kept only when somebody asks: a plain run needs sums, not names. A position is bankrupt at the price at
//! which its own money is gone. Closed beyond that price it leaves a loss, which the fund pays as long as it can;
//! what nobody pays is bad debt. With auto-deleveraging (as on several venues of perpetual futures) an order that would leave a
//! loss while the fund is empty never reaches the book: it is closed at its bankruptcy price against accounts of
//! the other side, ranked by profit times effective leverage. That has no impact; the winners pay.

use std::collections::VecDeque;

use super::crowd::Crowd;
use super::desk::{Desk, Forced};
use super::market::Market;
use super::rules::{LOTS, Rules};
use super::sale::{By, Sale};
use super::winners::Winners;

/// What has become of losses so far, $bn at the start price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Losses {
    /// Left in the fund.
    pub fund: f64,
    /// Paid by the fund.
    pub paid: f64,
    /// Paid by nobody.
    pub bad_debt: f64,
    /// Closed off the book.
    pub off_book: f64,
    /// What the winners would have had more if they had closed at the market's price instead.
    pub taken: f64,
}

/// A sale, or a part of one, that was traded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trade {
    /// The second in which it was.
    pub second: u32,
    /// Which of [`Ledger::sales`].
    pub sale: u32,
    /// How much of it.
    pub lots: u64,
}

/// Every forced sale and what became of it.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Whether sales are written down; switched on by whoever wants to read them, or by the rules.
    pub on: bool,
    /// All sales, in the order in which they were decided.
    pub sales: Vec<Sale>,
    /// What was traded of them, in the order in which it was.
    pub trades: Vec<Trade>,
    /// Losses and who paid.
    pub losses: Losses,
    counting: bool,
    /// Sales that reach the book in each second.
    due: Vec<Vec<u32>>,
    /// Sales on the book and their lots left, first come first served, of bots and of people, for each desk.
    queues: Vec<[VecDeque<(u32, u64)>; 2]>,
    /// Lots that each account holds and has not ordered away; kept only where winners may be closed.
    held: Vec<u64>,
    winners: Winners,
}

impl Ledger {
    /// Before the first second; `asked` if somebody wants to read the sales.
    pub fn restart(&mut self, rules: &Rules, crowd: &Crowd, asked: bool) {
        self.counting = rules.insurance > 0.0 || rules.adl;
        self.on = asked || self.counting;
        self.losses = Losses { fund: rules.insurance, ..Losses::default() };
        self.sales.clear();
        self.trades.clear();
        self.due.clear();
        self.queues.clear();
        self.held.clear();
        self.winners = Winners::default();
        if self.on {
            self.due.resize_with(rules.seconds + 1, Vec::new);
            self.queues.resize_with(crowd.desks(), Default::default);
        }
        if rules.adl {
            self.held.resize(crowd.falls.len(), LOTS);
        }
    }

    /// Whether losses are counted.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.counting
    }

    /// Writes down an order and gives its lots: no more than the account still holds.
    pub fn order(&mut self, sale: Sale) -> u64 {
        if self.on { self.write(sale) } else { sale.lots }
    }

    fn write(&mut self, mut sale: Sale) -> u64 {
        if let Some(held) = self.held.get_mut(sale.account as usize) {
            sale.lots = sale.lots.min(*held);
            *held -= sale.lots;
        }
        if let Some(due) = self.due.get_mut(sale.due as usize) {
            due.push(self.sales.len() as u32);
        }
        self.sales.push(sale);
        sale.lots
    }

    /// Orders of this second reach the book.
    pub fn collect(&mut self, second: usize, crowd: &Crowd) {
        if !self.on {
            return;
        }
        for index in std::mem::take(&mut self.due[second]) {
            let sale = &self.sales[index as usize];
            let desk = crowd.desk(sale.account);
            self.queues[desk][usize::from(sale.by == By::Person)].push_back((index, sale.lots));
        }
    }

    /// Closes off the book what would leave a loss at the last price, as long as there are winners. Done before
    /// trade, while the fund is empty.
    pub fn close_off_book(&mut self, rules: &Rules, crowd: &Crowd, second: usize, desks: &mut [Desk], market: &Market) {
        if !rules.adl || self.losses.fund > 0.0 {
            return;
        }
        for (desk, queues) in desks.iter_mut().zip(&mut self.queues) {
            let price = libm::exp(market.price_on(rules, desk.venue).clamp(-300.0, 300.0));
            for (kind, queue) in queues.iter_mut().enumerate() {
                let mut closed = 0;
                for (index, left) in queue.iter_mut() {
                    let worth = bankruptcy(rules, &self.sales[*index as usize], desk.short);
                    let loss = if desk.short { price - worth } else { worth - price };
                    if loss.is_nan() || loss <= 0.0 {
                        continue;
                    }
                    let found = self.winners.close(rules, crowd, second, !desk.short, market, &mut self.held, *left);
                    *left -= found;
                    closed += found;
                    self.losses.taken += found as f64 * rules.lot * loss;
                    if *left > 0 {
                        break;
                    }
                }
                queue.retain(|(_, left)| *left > 0);
                self.losses.off_book += closed as f64 * rules.lot;
                desk.waiting.take(if kind == 0 {
                    Forced { bots: closed, people: 0 }
                } else {
                    Forced { bots: 0, people: closed }
                });
            }
        }
    }

    /// So much of a desk's queue has been traded at this log price: counts what was lost, and who pays.
    pub fn trade(&mut self, rules: &Rules, second: usize, desk: usize, short: bool, lots: Forced, price: f64) {
        if !self.on || lots == Forced::default() {
            return;
        }
        // Far beyond any price, so that losses stay numbers.
        let price = libm::exp(price.clamp(-300.0, 300.0));
        for (queue, mut lots) in self.queues[desk].iter_mut().zip([lots.bots, lots.people]) {
            while lots > 0
                && let Some((index, left)) = queue.front_mut()
            {
                let sold = lots.min(*left);
                let sale = &self.sales[*index as usize];
                if self.counting {
                    let worth = bankruptcy(rules, sale, short);
                    let loss = sold as f64 * rules.lot * if short { price - worth } else { worth - price };
                    if loss > 0.0 {
                        let paid = if loss < self.losses.fund { loss } else { self.losses.fund };
                        self.losses.fund -= paid;
                        self.losses.paid += paid;
                        self.losses.bad_debt += loss - paid;
                    }
                }
                self.trades.push(Trade { second: second as u32, sale: *index, lots: sold });
                lots -= sold;
                *left -= sold;
                if *left == 0 {
                    queue.pop_front();
                }
            }
        }
    }
}

/// The price, relative to the start, at which the position behind a sale is worth what was borrowed for it. Not a
/// number for a sale by volatility, behind which there is margin of an amount that its limit does not tell.
fn bankruptcy(rules: &Rules, sale: &Sale, short: bool) -> f64 {
    match (sale.by, short) {
        (By::Volatility, _) => f64::NAN,
        (_, false) => libm::exp(-sale.at) * (1.0 - rules.maintenance),
        (_, true) => libm::exp(sale.at) * (1.0 + rules.maintenance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Params;

    #[test]
    fn what_is_sold_below_bankruptcy_is_paid_by_the_fund_and_then_by_nobody() {
        let params = Params { accounts: 100.0, insurance: 0.001, ..Params::default() };
        let rules = Rules::from(&params);
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        let mut ledger = Ledger::default();
        ledger.restart(&rules, &crowd, false);
        let sale = |account, at| Sale { account, nth: 0, by: By::Margin, at, decided: 1, due: 2, lots: LOTS };
        assert_eq!(ledger.order(sale(3, 0.1)), LOTS);
        ledger.collect(2, &crowd);
        // Limit at exp(-0.1), bankrupt 1 % lower; sold 3 % below the limit.
        let price = libm::log(0.97) - 0.1;
        ledger.trade(&rules, 2, 0, false, Forced { bots: LOTS, people: 0 }, price);
        let loss = 0.02 * libm::exp(-0.1) * 0.4;
        assert!((ledger.losses.paid - 0.001).abs() < 1e-15);
        assert!((ledger.losses.bad_debt + ledger.losses.paid - loss).abs() < 1e-12);
        assert_eq!(ledger.losses.fund, 0.0);
        assert_eq!(ledger.trades, [Trade { second: 2, sale: 0, lots: LOTS }]);
    }
}
