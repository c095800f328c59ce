//! Tests of account states: they agree with the ledger of the run, second by second.

use std::collections::BTreeSet;

use super::history::What;
use super::*;
use crate::model::run::RecordOptions;
use crate::model::run::sale::{By, Sale};
use crate::params::query;

/// Queries that together have every kind of account, sale and market.
const QUERIES: [&str; 13] = [
    "",
    "bots=80&leverage=20",
    "close-fraction=20&human-latency=60&bots=50",
    "shorts=50&first-order=purchase&bots=60&leverage=15",
    "shorts=40&venues=3&arbitrage=0.02&close-fraction=50&human-latency=90",
    "vol-bots=100&vol-limit=3",
    "throttle=0.005&bots=70&queue-latency=20",
    "breaker-fall=3&breaker-halt=300&human-latency=120",
    "settlement-delay=60&close-fraction=10&maintenance=5",
    "shorts=50&insurance=0.001&adl=on&leverage=30&bots=90&depth=0.5",
    "shock=12&refill=60&permanent=0&human-latency=300&venues=2",
    "shock=8&mark=20&human-latency=90&close-fraction=50",
    "shorts=60&venues=2&arbitrage=0.05&mark=5&bots=70&shock=6",
];

struct Subject {
    rules: Rules,
    crowd: Crowd,
    run: Run,
}

impl Subject {
    fn new(text: &str) -> Self {
        let text = format!("{text}&accounts=600&hours=1");
        let params = query::parse(text.trim_start_matches('&')).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        let rules = Rules::from(&params);
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        let mut run = Run::default();
        run.simulate_with(&rules, &mut crowd, RecordOptions { sales: true, seller: None });
        Self { rules, crowd, run }
    }

    fn states(&self) -> States {
        States::of(&self.rules, &self.crowd, &self.run)
    }

    fn sales_of(&self, account: u32) -> impl Iterator<Item = (usize, &Sale)> {
        self.run.ledger.sales.iter().enumerate().filter(move |(_, sale)| sale.account == account)
    }

    fn is_person(&self, account: u32) -> bool {
        self.crowd.draws.habits[account as usize].bot >= self.rules.bots
    }
}

#[test]
fn simulated_people_sell_when_those_of_the_run_did() {
    for text in QUERIES {
        let subject = Subject::new(text);
        let Subject { rules, crowd, run } = &subject;
        let mut began = vec![0; crowd.falls.len()];
        let mut looks = BTreeSet::new();
        let paths = paths(rules, crowd, run);
        people(rules, crowd, &paths, |event| match event.what {
            What::Thinks => began[event.account as usize] = event.second,
            _ => {
                looks.insert((event.account, began[event.account as usize], event.second));
            }
        });
        let of_people = run.ledger.sales.iter().filter(|sale| sale.by == By::Person);
        let sold: Vec<_> =
            of_people.map(|sale| (sale.account, sale.decided, sale.due - rules.queue_latency as u32)).collect();
        assert!(sold.iter().all(|look| looks.contains(look)), "{text}");
        // A person who looked and did not sell saw a price that had not reached the limit.
        let first = |look: &&(u32, u32, u32)| !sold.iter().any(|sale| sale.0 == look.0);
        for (account, began, look) in looks.iter().filter(first) {
            let levels = &paths[crowd.desk(*account)].levels;
            let limit = crowd.falls[*account as usize];
            assert!(levels[*began as usize] >= limit && levels[*look as usize - 1] < limit, "{text}: {account}");
        }
    }
}

#[test]
fn states_agree_with_the_ledger_in_every_second() {
    for text in QUERIES {
        let subject = Subject::new(text);
        let Subject { rules, crowd, run } = &subject;
        let states = subject.states();
        let mut off_book = 0;
        for account in (0..600).step_by(7) {
            let decided = |sale: &Sale| match sale.by {
                By::Person => sale.due - rules.queue_latency as u32,
                _ => sale.decided,
            };
            let sales: Vec<(u32, u64)> =
                subject.sales_of(account).map(|(_, sale)| (decided(sale), sale.lots)).collect();
            let indices: BTreeSet<u32> = subject.sales_of(account).map(|(index, _)| index as u32).collect();
            let trades: Vec<_> = run.ledger.trades.iter().filter(|trade| indices.contains(&trade.sale)).collect();
            let closures: Vec<_> = run.ledger.closures.iter().filter(|closure| closure.account == account).collect();
            off_book += closures.len();
            for second in (0..=3600).step_by(if account % 3 == 0 { 1 } else { 59 }) {
                let seen = states.at(rules, crowd, &run.series, second).of(account);
                let now = second as u32;
                // Lots ordered, lots traded before this second, and lots closed off the book.
                let ordered: u64 = sales.iter().filter(|(decided, _)| *decided <= now).map(|(_, lots)| lots).sum();
                let done: u64 = trades.iter().filter(|trade| trade.second < now).map(|trade| trade.lots).sum();
                let closed: u64 = closures.iter().filter(|c| c.second <= now).map(|closure| closure.lots).sum();
                let held = LOTS - done - closed;
                assert_eq!(seen.held, held as f64 / LOTS as f64, "{text}: {account} at {second}");
                let expected = match seen.state {
                    State::SoldOut => held == 0,
                    State::Selling => held > 0 && ordered + closed > done,
                    State::Thinking => held > 0 && subject.is_person(account),
                    State::Safe | State::Near => held > 0 && (ordered == done || closed > 0),
                };
                assert!(expected, "{text}: {account} at {second} {seen:?} {ordered} {done} {closed}");
            }
        }
        assert!(off_book > 0 || !text.contains("adl"));
    }
}

/// Steps through the seconds one by one, as people do.
#[test]
fn thinking_people_passed_their_limit_and_have_not_looked_since() {
    let mut not_sold = 0;
    for text in QUERIES.into_iter().filter(|text| !text.contains("adl")) {
        let subject = Subject::new(text);
        let Subject { rules, crowd, run } = &subject;
        let states = subject.states();
        for account in (0..600).filter(|account| subject.is_person(*account)).step_by(5) {
            let desk = crowd.desk(account);
            let levels = &states.paths[desk].levels;
            let wait = Rules::wait(rules.human_latency, crowd.draws.habits[account as usize].delay);
            let (mut limit, mut sales, mut looks) = (crowd.falls[account as usize], 0, None);
            for second in 1..=3600 {
                if looks == Some(second) {
                    looks = None;
                    if levels[second - 1] >= limit {
                        (sales, limit) = (sales + 1, limit + margin_step(rules, desk));
                        looks = (levels[second - 1] >= limit).then_some(second + wait);
                    } else {
                        not_sold += 1;
                    }
                }
                if looks.is_none() && sales < rules.margin_sales.len() && levels[second] >= limit {
                    looks = Some(second + wait);
                }
                let seen = states.at(rules, crowd, &run.series, second).of(account).state;
                if !matches!(seen, State::Selling | State::SoldOut) {
                    let near = limit - levels[second] <= NEAR;
                    let expected = match looks {
                        Some(_) => State::Thinking,
                        None if near => State::Near,
                        None => State::Safe,
                    };
                    assert_eq!(seen, expected, "{text}: {account} at {second}");
                }
            }
        }
    }
    assert!(not_sold > 20, "{not_sold}");
}

#[test]
fn bots_that_sell_everything_are_counted_by_the_lowest_price_so_far() {
    let subject = Subject::new("vol-bots=0");
    let Subject { rules, crowd, run } = &subject;
    let states = subject.states();
    let mut greatest: f64 = 0.0;
    let mut most = 0;
    for second in 0..=3600 {
        greatest = greatest.max(-run.series.price[second]);
        let glance = states.at(rules, crowd, &run.series, second);
        let bots = || (0..600).filter(|account| !subject.is_person(*account));
        let passed = bots().filter(|account| crowd.falls[*account as usize] <= greatest).count();
        let selling = bots().filter(|account| !matches!(glance.of(*account).state, State::Safe | State::Near)).count();
        assert_eq!(selling, passed, "{second}");
        assert_eq!(glance.counts().iter().sum::<usize>(), 600);
        most = most.max(passed);
    }
    assert!(most > 30, "{most}");
}

#[test]
fn volatility_bots_are_near_a_limit_that_a_quarter_more_volatility_passes() {
    let subject = Subject::new("vol-bots=100&bots=100&vol-limit=3");
    let Subject { rules, crowd, run } = &subject;
    let states = subject.states();
    let mut came = 0;
    for account in 0..600 {
        let Some((_, first)) = subject.sales_of(account).next() else { continue };
        let at = |second: u32| states.at(rules, crowd, &run.series, second as usize).of(account).state;
        assert_eq!(at(first.decided), State::Selling);
        let before = run.series.log_volatility(first.decided as usize - 1) - rules.vol_limit;
        let near = first.at - before <= libm::log(1.25);
        assert_eq!(at(first.decided - 1), if near { State::Near } else { State::Safe });
        came += u32::from(near);
    }
    assert!(came > 10, "{came}");
}
