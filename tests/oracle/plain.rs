//! The plain loop: every account is updated in every second, and its orders wait at the desk of its side and venue.

use deleverage::Params;
use deleverage::model::Series;
use deleverage::model::draws::Draws;

use crate::account::{Account, lot, shorts, venues};
use crate::breaker::Breaker;
use crate::market::{Market, Order, Targeters};

/// Resolution of the share of an order that a band admits.
const WHOLE: u64 = 1 << 32;

/// Lots of bots and people on each desk: longs of all venues, then shorts of all venues.
type Lots = Vec<[u64; 2]>;

fn total(desks: &Lots) -> u64 {
    desks.iter().flatten().sum()
}

fn part(lots: u64, of: u64, whole: u64) -> u64 {
    (u128::from(lots) * u128::from(of) / u128::from(whole)) as u64
}

/// The part of the waiting orders that is admitted if the limit is `most` lots.
fn released(waiting: &Lots, most: u64) -> Lots {
    let whole = total(waiting);
    if most >= whole {
        return waiting.clone();
    }
    waiting.iter().map(|desk| desk.map(|lots| part(lots, most, whole))).collect()
}

/// Lots sold less lots bought on each venue.
fn net(desks: &Lots) -> Vec<i64> {
    let venues = desks.len() / 2;
    let both = |desk: [u64; 2]| (desk[0] + desk[1]) as i64;
    (0..venues).map(|venue| both(desks[venue]) - both(desks[venues + venue])).collect()
}

/// Lots of bots and of people, summed over some desks.
fn bots_and_people(desks: &[[u64; 2]]) -> (u64, u64) {
    (desks.iter().map(|desk| desk[0]).sum(), desks.iter().map(|desk| desk[1]).sum())
}

pub fn run(p: &Params) -> Series {
    let (draws, mut accounts) = crowd(p);
    let (venues, lot) = (venues(p), lot(p));
    let (mut market, mut targeters, mut breaker) = (Market::new(p), Targeters::new(p), Breaker::new(p));
    let sign: i64 = if p.first_order == 1.0 { -1 } else { 1 };
    let first_lots = (market.first_order(sign as f64) / lot / p.first_seconds) as u64;
    let throttle = if p.throttle > 0.0 { (p.throttle / lot) as u64 } else { u64::MAX };
    let median_limit = libm::log(p.vol_limit);
    let least = ((market.noise_in_ten_seconds() / lot) as u64).max(1);

    let mut desks: Lots = vec![[0; 2]; 2 * venues];
    let mut first_waits = 0;
    let mut marks = market.prices();
    let mut auctions = vec![0];
    let entries = p.hours as usize * 3600 + 1;
    // Traded and newly triggered lots in each second, for the reproduction number.
    let (mut traded, mut wanted) = (vec![0; entries], vec![0; entries]);
    let mut out = empty_series(entries, p);

    for second in 1..entries {
        let halted = breaker.halted(second);
        let noise = draws.noise[second - 1];
        for account in &mut accounts {
            let desk = if account.short { venues + account.venue } else { account.venue };
            desks[desk][usize::from(account.is_person())] += account.act(second, &marks);
        }
        if second > 300 && second <= 300 + p.first_seconds as usize {
            first_waits += first_lots;
        }
        let rebalanced = targeters.act();
        let free = Order { rebalanced, ..Order::default() };

        let (mut sold, mut first) = (vec![[0; 2]; 2 * venues], 0);
        let band = breaker.band(second);
        let mut cut = false;
        if !halted {
            (sold, first) = (released(&desks, throttle), first_waits);
            if let Some(band) = band {
                let forced: i64 = net(&sold).iter().sum();
                let fits = |n: u64| {
                    let lots = |x: i64| (i128::from(x) * i128::from(n) / i128::from(WHOLE)) as f64 * lot;
                    let (forced, first) = (lots(forced), lots(sign * first as i64));
                    let price = market.trial(&Order { sales: forced + first, forced, first, ..free }, noise);
                    (band.0..=band.1).contains(&price)
                };
                let n = greatest(fits);
                cut = n < WHOLE;
                if cut {
                    sold = released(&desks, part(throttle.min(total(&desks)), n, WHOLE));
                    first = part(first, n, WHOLE);
                }
            }
            for (desk, sold) in desks.iter_mut().flatten().zip(sold.iter().flatten()) {
                *desk -= sold;
            }
            first_waits -= first;
        }

        let (forced, first_net) = (net(&sold), sign * first as i64);
        let all: i64 = forced.iter().sum();
        let order = Order {
            sales: (all + first_net) as f64 * lot,
            forced: all as f64 * lot,
            first: first_net as f64 * lot,
            ..free
        };
        let after_halt = out.halted[second - 1] == 1;
        let bought = market.trade(&order, noise, halted, band);
        if after_halt && !halted {
            auctions.push(second);
        }
        market.measure((!after_halt).then(|| latest_return(p, &market, &out.price[..second], &auctions)));
        let here = |(venue, lots): (usize, &i64)| (lots + if venue == 0 { first_net } else { 0 }) as f64 * lot;
        market.spread(&forced.iter().enumerate().map(here).collect::<Vec<_>>());

        out.price[second] = market.price;
        if !halted {
            breaker.watch(second, &out.price, cut);
        }
        marks = update_marks(p, &marks, &market.prices());
        if p.mark > 0.0 {
            out.mark[second] = update_marks(p, &out.mark[second - 1..second], &[market.price])[0];
        }
        let level = market.log_volatility() - median_limit;
        out.triggered[second] = accounts.iter_mut().map(|account| account.decide(second, &marks, level)).sum();

        (out.bots_sold[second], out.people_sold[second]) = bots_and_people(&sold[..venues]);
        let back = bots_and_people(&sold[venues..]);
        if shorts(p) > 0 {
            out.bought_back[second] = back;
        }
        if let Some(lowest) = market.lowest() {
            out.lowest[second] = lowest;
        }
        if p.targeters > 0.0 {
            out.rebalanced[second] = rebalanced;
        }
        (out.shock_sold[second], out.bought[second], out.depth[second]) = (first, bought, market.depth);
        (out.variance[second], out.halted[second]) = (market.variance, u8::from(halted));

        // Orders of the funds in the direction of the first order.
        let along = |billions: f64| (if p.first_order > 0.0 { -billions } else { billions }.max(0.0) / lot) as u64;
        traded[second] = total(&sold) + first + along(rebalanced);
        wanted[second] = out.triggered[second] + along(targeters.look(market.price));
        if !halted && p.impact == 0.0 {
            let last = (0..=second).rev().filter(|t| out.halted[*t] == 0).take(10);
            out.reproduction[second] = reproduction(&last.collect::<Vec<_>>(), &traded, &wanted, least);
        }
    }
    out
}

/// The draws and the accounts: longs first, then shorts.
fn crowd(p: &Params) -> (Draws, Vec<Account>) {
    let all = p.accounts as usize + shorts(p);
    let mut draws = Draws::new(p.seed, all);
    draws.draw_places();
    let accounts = (0..all).map(|i| Account::new(p, &draws, i)).collect();
    (draws, accounts)
}

/// Newly triggered lots per traded lot in these seconds; NaN if too few were traded.
fn reproduction(last: &[usize], traded: &[u64], wanted: &[u64], least: u64) -> f64 {
    let sold: u64 = last.iter().map(|t| traded[*t]).sum();
    if sold < least {
        return f64::NAN;
    }
    last.iter().map(|t| wanted[*t]).sum::<u64>() as f64 / sold as f64
}

/// The latest return: over the interval, but not from before the last auction.
fn latest_return(p: &Params, market: &Market, before: &[f64], auctions: &[usize]) -> f64 {
    if p.vol_interval == 1.0 {
        return market.change;
    }
    let begins = before.len().saturating_sub(p.vol_interval as usize);
    market.price - before[begins.max(auctions[auctions.len() - 1])]
}

/// Prices that margin limits are compared with in the next second: the last prices, or their averages.
fn update_marks(p: &Params, marks: &[f64], prices: &[f64]) -> Vec<f64> {
    if p.mark == 0.0 {
        return prices.to_vec();
    }
    let towards = 1.0 - libm::exp(-std::f64::consts::LN_2 / p.mark);
    marks.iter().zip(prices).map(|(mark, price)| mark + (price - mark) * towards).collect()
}

/// The greatest number up to `WHOLE` that fits, by bisection; 0 if none does.
fn greatest(fits: impl Fn(u64) -> bool) -> u64 {
    if fits(WHOLE) {
        return WHOLE;
    }
    let (mut low, mut high) = (0, WHOLE);
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if fits(middle) { low = middle } else { high = middle }
    }
    low
}

/// Series before the first second.
fn empty_series(entries: usize, p: &Params) -> Series {
    let (lots, floats) = (vec![0; entries], vec![0.0; entries]);
    let only_if = |used: bool| if used { floats.clone() } else { Vec::new() };
    Series {
        price: floats.clone(),
        bots_sold: lots.clone(),
        people_sold: lots.clone(),
        shock_sold: lots.clone(),
        bought: floats.clone(),
        depth: vec![1.0; entries],
        variance: vec![1.0; entries],
        triggered: lots,
        reproduction: vec![f64::NAN; entries],
        halted: vec![0; entries],
        mark: only_if(p.mark > 0.0),
        bought_back: if shorts(p) > 0 { vec![(0, 0); entries] } else { Vec::new() },
        lowest: only_if(venues(p) > 1),
        rebalanced: only_if(p.targeters > 0.0),
    }
}
