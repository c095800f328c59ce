//! Tests of who pays for losses, sale by sale.

use super::*;
use crate::model::run::desk::{self, Desk, close_off_book};
use crate::params::Params;

#[test]
fn the_fund_pays_losses_until_empty_and_the_rest_is_bad_debt() {
    let params = Params { accounts: 100.0, insurance: 0.001, ..Params::default() };
    let rules = Rules::from(&params);
    let mut crowd = Crowd::default();
    crowd.arrange(&params);
    let mut ledger = Ledger::default();
    ledger.restart(&rules, &crowd, false);
    let sale = |account, at| Sale { account, nth: 0, by: By::Margin, at, decided: 1, due: 2, lots: LOTS };
    assert_eq!(ledger.order(LOTS, |lots| Sale { lots, ..sale(3, 0.1) }), LOTS);
    ledger.collect(&rules, 2, &crowd);
    // Limit at exp(-0.1), bankrupt 1% lower; sold 3% below the limit.
    let price = libm::log(0.97) - 0.1;
    ledger.trade(&rules, 2, 0, false, Forced { bots: LOTS, people: 0 }, price);
    let loss = 0.02 * libm::exp(-0.1) * 0.4;
    assert!((ledger.losses.paid - 0.001).abs() < 1e-15);
    assert!((ledger.losses.bad_debt + ledger.losses.paid - loss).abs() < 1e-12);
    assert_eq!(ledger.losses.fund, 0.0);
    assert_eq!(ledger.trades, [Trade { second: 2, sale: 0, lots: LOTS, price }]);
}

/// A market of longs and shorts at this log price, with its rules, crowd, ledger and desks.
fn at(price: f64, changes: &Params) -> (Rules, Crowd, Ledger, Vec<Desk>, Market) {
    let quiet = Params { calm_volatility: 0.0, thinning: 0.0, buyers: 0.0, permanent: 100.0, ..*changes };
    let params = Params { accounts: 100.0, shorts: 50.0, ..quiet };
    let rules = Rules::from(&params);
    let mut crowd = Crowd::default();
    crowd.arrange(&params);
    let mut ledger = Ledger::default();
    ledger.restart(&rules, &crowd, false);
    let mut desks = Vec::new();
    desk::restart(&mut desks, &rules, &crowd, true);
    let mut market = Market::new(&rules);
    market.step(&rules, -price * rules.depth, 0.0, false);
    (rules, crowd, ledger, desks, market)
}

/// Puts whole positions of the first accounts of a side on its desk, with these limits.
fn put(
    rules: &Rules,
    ledger: &mut Ledger,
    crowd: &Crowd,
    desks: &mut [Desk],
    short: bool,
    sales: &[(By, f64)],
) -> Vec<u32> {
    let side: Vec<u32> = (0..150).filter(|account| crowd.is_short(*account as usize) == short).collect();
    for (account, (by, at)) in side.iter().zip(sales) {
        let sale = Sale { account: *account, nth: 0, by: *by, at: *at, decided: 1, due: 2, lots: LOTS };
        assert_eq!(ledger.order(sale.lots, |lots| Sale { lots, ..sale }), LOTS);
        let person = u64::from(*by == By::Person);
        desks[usize::from(short)].waiting.add(Forced { bots: LOTS * (1 - person), people: LOTS * person });
    }
    ledger.collect(rules, 2, crowd);
    side
}

#[test]
fn without_a_fund_losing_orders_are_closed_at_bankruptcy_and_winners_pay() {
    let deleveraging = Params { adl: 1.0, ..Params::default() };
    for (short, sign) in [(false, 1.0), (true, -1.0)] {
        let price = -0.1 * sign;
        let (rules, crowd, mut ledger, mut desks, market) = at(price, &deleveraging);
        // Two bankrupt accounts, one between its limit and bankruptcy, and one before its limit.
        let m = -libm::log(1.0 - sign * rules.maintenance) * sign;
        let sales = [(By::Margin, 0.05), (By::Person, 0.06), (By::Margin, 0.1 - 0.5 * m), (By::Margin, 0.3)];
        let side = put(&rules, &mut ledger, &crowd, &mut desks, short, &sales);
        close_off_book(&mut desks, &mut ledger, &rules, &crowd, 2, &market);
        let worth = |at: f64| libm::exp(-sign * at) * (1.0 - sign * rules.maintenance);
        let missed = |at: f64| sign * (worth(at) - libm::exp(market.price));
        let position = rules.open_interest / 100.0;
        assert!((ledger.losses.off_book - 2.0 * position).abs() < 1e-12, "{:?}", ledger.losses);
        assert!((ledger.losses.taken / position - missed(0.05) - missed(0.06)).abs() < 1e-9, "{:?}", ledger.losses);
        assert_eq!((ledger.losses.paid, ledger.losses.bad_debt), (0.0, 0.0));
        assert_eq!(desks[usize::from(short)].waiting, Forced { bots: 2 * LOTS, people: 0 });
        // Besides the four that have ordered, two winners on the other side have nothing left to order.
        let closed: Vec<u32> = (0..150).filter(|account| ledger.held[*account as usize] == 0).collect();
        let others = closed.iter().filter(|account| crowd.is_short(**account as usize) != short);
        assert_eq!((others.clone().count(), closed.len()), (2, 2 + sales.len()));
        assert!(side[..4].iter().all(|account| closed.contains(account)));
        let winner = *others.clone().next().unwrap();
        let again = Sale { account: winner, nth: 0, by: By::Margin, at: 0.3, decided: 3, due: 4, lots: LOTS };
        assert_eq!(ledger.order(again.lots, |lots| Sale { lots, ..again }), 0);
        // The other orders go into the book, bots first in first out.
        ledger.trade(&rules, 2, usize::from(short), short, Forced { bots: LOTS + 1, people: LOTS }, market.price);
        let trade = |sale, lots| Trade { second: 2, sale, lots, price: market.price };
        let trades = [trade(2, LOTS), trade(3, 1)];
        assert_eq!(ledger.trades, trades);
        // Two bankrupt accounts and two winners, each pair at one price.
        let lots: Vec<u64> = ledger.closures.iter().map(|closure| closure.lots).collect();
        assert_eq!(lots, [LOTS; 4]);
        assert!(ledger.closures.chunks(2).all(|pair| pair[0].price == pair[1].price));
        assert_eq!(ledger.losses.bad_debt, 0.0);
    }
}

#[test]
fn nothing_is_closed_off_the_book_while_the_fund_has_money() {
    let (rules, crowd, mut ledger, mut desks, market) =
        at(-0.1, &Params { adl: 1.0, insurance: 1e-6, ..Params::default() });
    put(&rules, &mut ledger, &crowd, &mut desks, false, &[(By::Margin, 0.05), (By::Margin, 0.06)]);
    close_off_book(&mut desks, &mut ledger, &rules, &crowd, 2, &market);
    assert_eq!((ledger.losses.off_book, desks[0].waiting.bots), (0.0, 2 * LOTS));
    // The first empties the fund and leaves bad debt; the second is closed against a winner.
    ledger.trade(&rules, 2, 0, false, Forced { bots: LOTS, people: 0 }, market.price);
    assert_eq!((ledger.losses.fund, ledger.losses.paid), (0.0, 1e-6));
    assert!(ledger.losses.bad_debt > 0.0);
    desks[0].waiting.take(Forced { bots: LOTS, people: 0 });
    close_off_book(&mut desks, &mut ledger, &rules, &crowd, 3, &market);
    assert!((ledger.losses.off_book - rules.open_interest / 100.0).abs() < 1e-12);
    assert_eq!(desks[0].waiting, Forced::default());
}

#[test]
fn with_too_few_winners_the_rest_goes_into_the_book_as_bad_debt() {
    let (rules, crowd, mut ledger, mut desks, market) = at(-0.1, &Params { adl: 1.0, ..Params::default() });
    put(&rules, &mut ledger, &crowd, &mut desks, false, &[(By::Margin, 0.05), (By::Margin, 0.06)]);
    // Of all winners, half a position is left.
    let last = (0..150).find(|account| crowd.is_short(*account)).unwrap();
    for (account, held) in ledger.held.iter_mut().enumerate().filter(|(account, _)| crowd.is_short(*account)) {
        *held = if account == last { LOTS / 2 } else { 0 };
    }
    close_off_book(&mut desks, &mut ledger, &rules, &crowd, 2, &market);
    assert_eq!(desks[0].waiting, Forced { bots: 2 * LOTS - LOTS / 2, people: 0 });
    ledger.trade(&rules, 2, 0, false, Forced { bots: 2 * LOTS - LOTS / 2, people: 0 }, market.price);
    assert_eq!(
        ledger.trades.iter().map(|trade| (trade.sale, trade.lots)).collect::<Vec<_>>(),
        [(0, LOTS - LOTS / 2), (1, LOTS)]
    );
    assert!(ledger.losses.bad_debt > 0.0);
}

#[test]
fn purchases_above_bankruptcy_are_losses_under_either_rule() {
    let (rules, crowd, mut ledger, mut desks, market) = at(0.1, &Params { insurance: 5.0, ..Params::default() });
    let limits = [(By::Margin, 0.05), (By::Volatility, 0.0), (By::Volatility, 0.0), (By::Volatility, 0.0)];
    let side = put(&rules, &mut ledger, &crowd, &mut desks, true, &limits);
    ledger.trade(&rules, 2, 1, true, Forced { bots: 4 * LOTS, people: 0 }, market.price);
    let price = libm::exp(market.price);
    let mut loss = price - libm::exp(0.05) * (1.0 + rules.maintenance);
    for account in &side[1..4] {
        // For a bot with a volatility limit, bankruptcy is that of the whole position.
        let (leverage, entry) = crowd.position(*account as usize);
        loss += f64::max(0.0, price - entry * (1.0 + 1.0 / leverage));
    }
    assert!((ledger.losses.paid - loss * rules.open_interest / 100.0).abs() < 1e-12, "{:?}", ledger.losses);
    assert_eq!(ledger.losses.bad_debt, 0.0);
}

#[test]
fn a_loss_is_measured_on_the_venue_of_the_account() {
    let (rules, crowd, mut ledger, mut desks, mut market) =
        at(-0.05, &Params { adl: 1.0, venues: 2.0, arbitrage: 0.001, ..Params::default() });
    // The first venue has fallen twice as far as the mean, the second has not fallen.
    let mut sold = [0.0; crate::model::rules::MOST_VENUES];
    sold[0] = 0.05 * rules.depth;
    market.spread(&rules, &sold);
    for (desk, waiting) in desks.iter_mut().enumerate().take(2) {
        let account = (0..100).find(|account| crowd.desk(*account) == desk).unwrap();
        // Bankrupt at the price of the first venue only.
        let sale = Sale { account, nth: 0, by: By::Margin, at: 0.06, decided: 1, due: 2, lots: LOTS };
        ledger.order(sale.lots, |lots| Sale { lots, ..sale });
        waiting.waiting.add(Forced { bots: LOTS, people: 0 });
    }
    ledger.collect(&rules, 2, &crowd);
    close_off_book(&mut desks, &mut ledger, &rules, &crowd, 2, &market);
    assert_eq!([desks[0].waiting.bots, desks[1].waiting.bots], [0, LOTS]);
}
