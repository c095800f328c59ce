//! The funds: what they want to hold, what they earn, who gives them money, and when they are bust.

/// How many there are.
const COUNT: usize = 10;

/// Dollars that the least aggressive fund holds for each of its own and each unit by which the asset is too cheap; the next
/// one holds as much more, and so on.
const AGGRESSION: f64 = 5.0;

/// What a fund begins with.
const START: f64 = 0.002;

/// A fund with less than this share of what it began with is bust ...
const BUST: f64 = 0.1;

/// ... and after so many steps there is a new one in its place.
const ABSENCE: u32 = 100;

/// Money comes in, as a share of what a fund has, for each unit of performance above ...
const INFLOW: f64 = 0.15;

/// ... what investors expect of a step.
const EXPECTED: f64 = 0.005;

/// How much of the performance is of the last step.
const LAST: f64 = 0.1;

/// One fund.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fund {
    /// Dollars held for each of its own and each unit by which the asset is too cheap.
    aggression: f64,
    /// Negative if it is in debt.
    cash: f64,
    /// Of the asset.
    shares: f64,
    /// Mean return of a step, weighted towards the last ones.
    performance: f64,
    /// Steps until there is a new one, if it is bust.
    absent: u32,
}

impl Fund {
    fn new(nth: usize) -> Self {
        let aggression = AGGRESSION * (nth + 1) as f64;
        Self { aggression, cash: START, shares: 0.0, performance: 0.0, absent: 0 }
    }

    fn wealth(&self, price: f64) -> f64 {
        self.cash + self.shares * price
    }
}

/// All funds, and the bank's limit.
#[derive(Clone, Debug)]
pub(super) struct Funds {
    /// Dollars held for each own one, at most.
    most: f64,
    all: [Fund; COUNT],
}

impl Funds {
    pub fn new(most: f64) -> Self {
        Self { most, all: std::array::from_fn(Fund::new) }
    }

    /// For how much money they want to hold the asset at this price.
    pub fn demand(&self, price: f64) -> f64 {
        self.all.iter().map(|fund| self.wanted(fund, price)).sum()
    }

    fn wanted(&self, fund: &Fund, price: f64) -> f64 {
        let (cheap, wealth) = (1.0 - price, fund.wealth(price));
        // Whoever owes more than it has wants nothing: it is bust.
        if cheap <= 0.0 || wealth <= 0.0 || fund.absent > 0 {
            return 0.0;
        }
        let multiple = fund.aggression * cheap;
        wealth * if multiple < self.most { multiple } else { self.most }
    }

    /// They trade at the new price, and investors give and take money by what the step has earned; the fund trades with that
    /// money in the next step. Who is bust leaves before, and its shares with it: they are sold in the next step, in which
    /// nobody wants them. A new fund has earned nothing yet.
    pub fn trade(&mut self, before: f64, price: f64) {
        for nth in 0..COUNT {
            let fund = self.all[nth];
            if fund.absent > 0 {
                self.all[nth] =
                    if fund.absent == 1 { Fund::new(nth) } else { Fund { absent: fund.absent - 1, ..fund } };
                continue;
            }
            let (had, wealth) = (fund.wealth(before), fund.wealth(price));
            if wealth < BUST * START {
                self.all[nth] = Fund { absent: ABSENCE, cash: 0.0, shares: 0.0, ..fund };
                continue;
            }
            let earned = fund.shares * (price - before) / had;
            let performance = fund.performance + LAST * (earned - fund.performance);
            let inflow = INFLOW * (performance - EXPECTED);
            let held = self.wanted(&fund, price);
            let fund = &mut self.all[nth];
            // What is left of a fund is positive, so no step loses more than all, and less than a sixth is taken out.
            let wealth_then = wealth * (1.0 + inflow);
            (fund.shares, fund.cash, fund.performance) = (held / price, wealth_then - held, performance);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fund_buys_in_proportion_until_the_bank_says_no() {
        let funds = Funds::new(3.0);
        let boldest = &funds.all[COUNT - 1];
        assert_eq!(boldest.aggression, 50.0);
        for (price, multiple) in [(1.1, 0.0), (1.0, 0.0), (0.98, 1.0), (0.94, 3.0), (0.5, 3.0)] {
            assert!((funds.wanted(boldest, price) / START - multiple).abs() < 1e-9, "{price}");
        }
    }

    #[test]
    fn whoever_is_bust_wants_nothing_and_is_replaced() {
        let mut funds = Funds::new(10.0);
        funds.trade(1.0, 0.8);
        // Ten times its own money on credit, and then a tenth less: the boldest has lost everything.
        funds.trade(0.8, 0.72);
        assert_eq!((funds.all[COUNT - 1].absent, funds.wanted(&funds.all[COUNT - 1], 0.5)), (ABSENCE, 0.0));
        assert!(funds.all[0].absent == 0 && funds.demand(0.9) > 0.0, "the most careful is still there");
        for _ in 0..ABSENCE {
            assert!(funds.all[COUNT - 1].absent > 0);
            funds.trade(1.0, 1.0);
        }
        assert_eq!(funds.all[COUNT - 1], Fund::new(COUNT - 1));
    }
}
