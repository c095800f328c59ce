//! The ledger: every forced sale by account, losses beyond equity, the insurance fund, and auto-deleveraging.
//!
//! It is kept only on request, because a plain run needs sums and not accounts. A position is bankrupt at the price at
//! which its equity is zero. If it is closed beyond that price it leaves a loss. The insurance fund pays as long as it
//! can; the rest is bad debt. With auto-deleveraging (as on several venues of perpetual futures), an order that would
//! leave a loss while the fund is empty never reaches the book: it is closed at its bankruptcy price against profitable
//! accounts of the other side, ranked by profit times effective leverage. This has no market impact; the winners pay.

use std::collections::VecDeque;

use crate::FULL;
use crate::model::crowd::Crowd;
use crate::model::market::Market;
use crate::model::rules::{LOTS, Rules};
use crate::model::run::adl::AdlQueue;
use crate::model::run::forced::Forced;
use crate::model::run::sale::{By, Sale};

/// Losses beyond equity so far and who paid them, $bn at the start price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Losses {
    /// Money left in the insurance fund.
    pub fund: f64,
    /// Paid by the fund.
    pub paid: f64,
    /// Bad debt: losses that the fund could not pay.
    pub bad_debt: f64,
    /// Positions closed off the book.
    pub off_book: f64,
    /// Losses of the winners from closing at bankruptcy prices instead of the market price.
    pub taken: f64,
}

/// A trade of a sale, or of a part of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// The second in which it was.
    pub second: u32,
    /// Index into [`Ledger::sales`].
    pub sale: u32,
    /// The lots.
    pub lots: u64,
    /// Log of the price on its venue.
    pub price: f64,
}

/// A position, or a part of one, closed off the book.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closure {
    /// The second in which it was.
    pub second: u32,
    /// The account: a bankrupt one, or a winner.
    pub account: u32,
    /// The lots.
    pub lots: u64,
    /// The bankruptcy price, relative to the start price.
    pub price: f64,
}

/// All forced sales of a run and what became of them.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Whether sales are recorded: on request, or because the rules need it.
    pub on: bool,
    /// All sales, in the order of their decision.
    pub sales: Vec<Sale>,
    /// Their trades, in order.
    pub trades: Vec<Trade>,
    /// Positions closed off the book, on both sides.
    pub closures: Vec<Closure>,
    /// Losses and who paid them.
    pub losses: Losses,
    counting: bool,
    /// Sales that reach the book in each second.
    due: Vec<Vec<u32>>,
    /// Sales in the book and their remaining lots, first in first out: of bots and of people, for each desk.
    queues: Vec<[VecDeque<(u32, u64)>; 2]>,
    /// Lots that each account holds and has not ordered to sell; kept only with auto-deleveraging.
    held: Vec<u64>,
    /// The bankruptcy price of each sale that has reached the book.
    bankruptcy: Vec<f64>,
    winners: AdlQueue,
}

impl Ledger {
    /// Resets the ledger for a new run; `asked` if sales are to be recorded.
    pub fn restart(&mut self, rules: &Rules, crowd: &Crowd, asked: bool) {
        self.counting = rules.insurance > 0.0 || rules.adl;
        self.on = asked || self.counting;
        self.losses = Losses { fund: rules.insurance, ..Losses::default() };
        self.sales.clear();
        self.trades.clear();
        self.closures.clear();
        self.due.clear();
        self.queues.clear();
        self.held.clear();
        self.bankruptcy.clear();
        self.winners = AdlQueue::default();
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

    /// Records an order and returns its lots, capped at what the account still holds.
    pub fn order(&mut self, lots: u64, sale: impl FnOnce(u64) -> Sale) -> u64 {
        if FULL && self.on { self.write(sale(lots)) } else { lots }
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

    /// Moves the orders of this second to the book.
    pub fn collect(&mut self, rules: &Rules, second: usize, crowd: &Crowd) {
        if !self.on {
            return;
        }
        self.bankruptcy.resize(self.sales.len(), f64::NAN);
        for index in std::mem::take(&mut self.due[second]) {
            let sale = &self.sales[index as usize];
            if self.counting {
                self.bankruptcy[index as usize] = bankruptcy(rules, sale, crowd);
            }
            self.queues[crowd.desk(sale.account)][usize::from(sale.by == By::Person)].push_back((index, sale.lots));
        }
    }

    /// Closes off the book the orders of one desk that would leave a loss at the last log price of its venue, as long
    /// as there are winners, and returns their lots. Done before trade, while the fund is empty.
    pub fn close_off_book(
        &mut self,
        rules: &Rules,
        crowd: &Crowd,
        second: usize,
        (desk, short, price): (usize, bool, f64),
        market: &Market,
    ) -> Forced {
        if !rules.adl || self.losses.fund > 0.0 {
            return Forced::default();
        }
        let price = libm::exp(price.clamp(-300.0, 300.0));
        let mut by_kind = [0; 2];
        for (closed, queue) in by_kind.iter_mut().zip(&mut self.queues[desk]) {
            for (index, left) in queue.iter_mut() {
                let worth = self.bankruptcy[*index as usize];
                let loss = if short { price - worth } else { worth - price };
                if loss.is_nan() || loss <= 0.0 {
                    continue;
                }
                let closures = &mut self.closures;
                let mut close = |account, lots| {
                    closures.push(Closure { second: second as u32, account, lots, price: worth });
                };
                let held = &mut self.held;
                let found = self.winners.close(rules, crowd, second, !short, market, held, *left, &mut close);
                close(self.sales[*index as usize].account, found);
                *left -= found;
                *closed += found;
                self.losses.taken += found as f64 * rules.lot * loss;
                if *left > 0 {
                    break;
                }
            }
            queue.retain(|(_, left)| *left > 0);
            self.losses.off_book += *closed as f64 * rules.lot;
        }
        let [bots, people] = by_kind;
        Forced { bots, people }
    }

    /// Records the trade of these lots of a desk's queue at this log price, and the losses in it.
    pub fn trade(&mut self, rules: &Rules, second: usize, desk: usize, short: bool, lots: Forced, price: f64) {
        if !self.on || lots == Forced::default() {
            return;
        }
        // Far beyond any price, so that losses stay finite.
        let log_price = price.clamp(-300.0, 300.0);
        let price = libm::exp(log_price);
        for (queue, mut lots) in self.queues[desk].iter_mut().zip([lots.bots, lots.people]) {
            while lots > 0
                && let Some((index, left)) = queue.front_mut()
            {
                let sold = lots.min(*left);
                if self.counting {
                    let worth = self.bankruptcy[*index as usize];
                    let loss = sold as f64 * rules.lot * if short { price - worth } else { worth - price };
                    if loss > 0.0 {
                        let paid = if loss < self.losses.fund { loss } else { self.losses.fund };
                        self.losses.fund -= paid;
                        self.losses.paid += paid;
                        self.losses.bad_debt += loss - paid;
                    }
                }
                self.trades.push(Trade { second: second as u32, sale: *index, lots: sold, price: log_price });
                lots -= sold;
                *left -= sold;
                if *left == 0 {
                    queue.pop_front();
                }
            }
        }
    }
}

/// The bankruptcy price of the position behind a sale, relative to the start price. For a bot with a volatility limit
/// it is that of its whole position, whatever it has sold before.
fn bankruptcy(rules: &Rules, sale: &Sale, crowd: &Crowd) -> f64 {
    let sign = if crowd.is_short(sale.account as usize) { -1.0 } else { 1.0 };
    if sale.by == By::Volatility {
        let (leverage, entry) = crowd.position(sale.account as usize);
        return entry * (1.0 - sign / leverage);
    }
    libm::exp(-sign * sale.at) * (1.0 - sign * rules.maintenance)
}

#[cfg(test)]
mod tests;
