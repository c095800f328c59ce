//! The funds: demand, profit, inflow of money and bankruptcy.

/// Number of funds.
const COUNT: usize = 10;

/// Aggression of the most cautious fund: dollars invested per dollar of equity and per unit of undervaluation. The
/// n-th fund has n times as much.
const AGGRESSION: f64 = 5.0;

/// Initial equity of a fund.
const START: f64 = 0.002;

/// A fund is bankrupt below this share of its initial equity.
const BUST: f64 = 0.1;

/// Steps until a bankrupt fund is replaced.
const ABSENCE: u32 = 100;

/// Inflow of money as a share of equity, per unit of performance above [`EXPECTED`].
const INFLOW: f64 = 0.15;

/// Performance that investors expect of a step.
const EXPECTED: f64 = 0.005;

/// Weight of the last step in the average performance.
const LAST: f64 = 0.1;

/// One fund.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fund {
    /// Dollars invested per dollar of equity and per unit of undervaluation.
    aggression: f64,
    /// Cash; negative if the fund has borrowed.
    cash: f64,
    /// Shares of the asset.
    shares: f64,
    /// Exponential average of the return per step.
    performance: f64,
    /// Steps until a bankrupt fund is replaced; 0 while it is active.
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

/// All funds and the bank's limit on leverage.
#[derive(Clone, Debug)]
pub(super) struct Funds {
    /// Greatest leverage.
    most: f64,
    all: [Fund; COUNT],
}

impl Funds {
    pub fn new(most: f64) -> Self {
        Self { most, all: std::array::from_fn(Fund::new) }
    }

    /// Total dollars that the funds want to hold at this price.
    pub fn demand(&self, price: f64) -> f64 {
        self.all.iter().map(|fund| self.wanted(fund, price)).sum()
    }

    fn wanted(&self, fund: &Fund, price: f64) -> f64 {
        let (cheap, wealth) = (1.0 - price, fund.wealth(price));
        // A fund whose debt exceeds its assets is bankrupt and buys nothing.
        if cheap <= 0.0 || wealth <= 0.0 || fund.absent > 0 {
            return 0.0;
        }
        let multiple = fund.aggression * cheap;
        wealth * if multiple < self.most { multiple } else { self.most }
    }

    /// Trades at the new price and moves investors' money by the return of the step. A fund invests an inflow one step
    /// later. A bankrupt fund leaves first, and its shares are sold in the next step, when it demands none. A new fund
    /// starts without a record.
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
            // An active fund has positive equity, so a step loses less than everything and investors withdraw less
            // than a sixth.
            let wealth_then = wealth * (1.0 + inflow);
            (fund.shares, fund.cash, fund.performance) = (held / price, wealth_then - held, performance);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fund_buys_in_proportion_up_to_the_leverage_limit() {
        let funds = Funds::new(3.0);
        let boldest = &funds.all[COUNT - 1];
        assert_eq!(boldest.aggression, 50.0);
        for (price, multiple) in [(1.1, 0.0), (1.0, 0.0), (0.98, 1.0), (0.94, 3.0), (0.5, 3.0)] {
            assert!((funds.wanted(boldest, price) / START - multiple).abs() < 1e-9, "{price}");
        }
    }

    #[test]
    fn a_bankrupt_fund_demands_nothing_and_is_replaced() {
        let mut funds = Funds::new(10.0);
        funds.trade(1.0, 0.8);
        // Leverage 10 and a fall of a tenth wipe out the most aggressive fund.
        funds.trade(0.8, 0.72);
        assert_eq!((funds.all[COUNT - 1].absent, funds.wanted(&funds.all[COUNT - 1], 0.5)), (ABSENCE, 0.0));
        assert!(funds.all[0].absent == 0 && funds.demand(0.9) > 0.0, "the most cautious fund is still active");
        for _ in 0..ABSENCE {
            assert!(funds.all[COUNT - 1].absent > 0);
            funds.trade(1.0, 1.0);
        }
        assert_eq!(funds.all[COUNT - 1], Fund::new(COUNT - 1));
    }
}
