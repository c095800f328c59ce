//! The losses of a run, recomputed from its trades: each at the price of its venue, which this test tracks itself, and
//! at its bankruptcy price. With auto-deleveraging, every order was traded on the book or closed off it.

use crate::common::params;
use deleverage::model::counterfactual::Counterfactuals;
use deleverage::model::rules::LOTS;
use deleverage::model::sale::By;

const CROWD: &str = "leverage=20&bots=70&margin-capital=1&accounts=2000&hours=1&shock=6";

/// Log prices of the venues after each second.
fn venues(study: &Counterfactuals) -> Vec<Vec<f64>> {
    let (rules, crowd, run) = study.actual();
    let mut sold = vec![vec![0_i64; rules.venues]; run.series.price.len()];
    for trade in &run.ledger.trades {
        let account = run.ledger.sales[trade.sale as usize].account;
        let sign = if crowd.is_short(account as usize) { -1 } else { 1 };
        sold[trade.second as usize][crowd.desk(account) % rules.venues] += sign * trade.lots as i64;
    }
    let mut gaps = vec![0.0; rules.venues];
    let mut prices = Vec::new();
    for (second, sold) in sold.iter_mut().enumerate() {
        sold[0] += rules.first_sign as i64 * run.series.shock_sold[second] as i64;
        let mean = sold.iter().sum::<i64>() as f64 / rules.venues as f64;
        let own_book = rules.depth * run.series.depth[second] / rules.venues as f64;
        for (gap, sold) in gaps.iter_mut().zip(sold) {
            *gap = *gap * rules.gap_kept - rules.gap_made * (*sold as f64 - mean) * rules.lot / own_book;
        }
        prices.push(gaps.iter().map(|gap| run.series.price[second] + gap).collect());
    }
    prices
}

#[test]
fn losses_follow_from_trades_at_the_prices_of_their_venues() {
    for query in [
        "insurance=0.01",
        "insurance=10&shorts=50&first-order=purchase",
        "insurance=0.1&venues=3&arbitrage=0.02&shorts=30",
        "insurance=0.1&close-fraction=40&settlement-delay=60&throttle=1",
        "adl=on&venues=2&arbitrage=0.05&shorts=5",
    ] {
        let study = Counterfactuals::new(&params(&format!("{CROWD}&{query}")));
        let (rules, crowd, run) = study.actual();
        let prices = venues(&study);
        let (mut fund, mut paid, mut bad_debt) = (rules.insurance, 0.0, 0.0);
        for trade in &run.ledger.trades {
            let sale = &run.ledger.sales[trade.sale as usize];
            let sign = if crowd.is_short(sale.account as usize) { -1.0 } else { 1.0 };
            // The debt follows from the margin limit, where equity is the maintenance margin. A volatility limit is no
            // price; there the debt follows from the entry.
            let (leverage, entry) = crowd.position(sale.account as usize);
            let limit = libm::exp(-sign * sale.at);
            let by_volatility = sale.by == By::Volatility;
            let debt =
                if by_volatility { entry * (1.0 - sign / leverage) } else { limit * (1.0 - sign * rules.maintenance) };
            let price = libm::exp(prices[trade.second as usize][crowd.desk(sale.account) % rules.venues]);
            let loss = f64::max(0.0, sign * (debt - price)) * trade.lots as f64 * rules.lot;
            let from_fund = fund.min(loss);
            fund -= from_fund;
            paid += from_fund;
            bad_debt += loss - from_fund;
        }
        let losses = run.ledger.losses;
        assert!(paid + bad_debt > 0.0, "{query}: no losses");
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * (1.0 + a);
        assert!(near(losses.paid, paid) && near(losses.bad_debt, bad_debt), "{query}: {losses:?}, {paid} {bad_debt}");
        assert!(near(losses.fund, fund), "{query}: {losses:?}, {fund}");
    }
}

#[test]
fn every_order_is_traded_or_closed_off_the_book_and_none_exceeds_its_position() {
    for query in ["adl=on&shorts=50", "adl=on&shorts=40&venues=3&close-fraction=30", "adl=on&insurance=0.05&shorts=50"]
    {
        let study = Counterfactuals::new(&params(&format!("{CROWD}&{query}")));
        let (rules, crowd, run) = study.actual();
        let reached = run.ledger.sales.iter().filter(|sale| sale.due as usize <= rules.seconds);
        let reached: u64 = reached.map(|sale| sale.lots).sum();
        let traded: u64 = run.ledger.trades.iter().map(|trade| trade.lots).sum();
        let off_book = run.ledger.losses.off_book;
        assert!(off_book > 0.0 && traded > 0, "{query}");
        assert!(((reached - traded) as f64 * rules.lot - off_book).abs() < 1e-9, "{query}: {off_book}");
        let mut ordered = vec![0; crowd.falls.len()];
        for sale in &run.ledger.sales {
            ordered[sale.account as usize] += sale.lots;
        }
        assert!(ordered.iter().all(|lots| *lots <= LOTS), "{query}");
        // An account closed as a winner has less than a whole position left to order, or nothing.
        let all = (ordered.iter().sum::<u64>()) as f64 * rules.lot + off_book;
        assert!(all <= (rules.open_interest + rules.short_interest()) * (1.0 + 1e-9), "{query}: {all}");
    }
}
