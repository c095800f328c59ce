//! The orders of bots in flight: from the second in which the price passed the limit to the second in which they trade.
//!
//! Orders are counted in squares of equal value. A square starts at the limit of the account whose order completes it,
//! in the second in which the price passes that limit. It lands in the second in which the run trades it.

use crate::chart::scale::nice;
use crate::model::Simulator;
use crate::model::crowd::cursor::later;
use crate::model::results::summary::percent;
use crate::model::rules::Rules;

/// Approximate number of squares in the whole open interest.
const SQUARES: f64 = 2000.0;

/// One square in flight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// The fall at the limit, percent (a rise is negative). NaN for a volatility limit.
    pub from: f64,
    /// The second in which the limit was passed.
    pub decided: u32,
    /// The second in which the order trades.
    pub lands: u32,
}

/// All squares of a run.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// The value of a square, $bn.
    pub unit: f64,
    /// Squares sold and squares bought, each in the order in which they land.
    pub squares: [Vec<Square>; 2],
    /// The longest flight, s.
    longest: u32,
}

/// The order of one account at one of its limits.
#[derive(Clone, Copy, Default)]
struct Order {
    from: f64,
    decided: u32,
    due: u32,
    lots: u64,
}

/// The value of a square, $bn: 1, 2 or 5 times a power of ten.
#[must_use]
pub fn unit(rules: &Rules) -> f64 {
    nice(rules.open_interest / SQUARES)
}

/// Most squares of an order from outside drawn per second, in case of a huge order in a tiny market.
const MOST: usize = 200;

/// Squares of orders from outside that trade within this many seconds, spread evenly over the second in which they
/// trade: the number of each, and its moment. `squares` gives how many there are in a second.
pub fn spread(now: usize, within: f64, squares: impl Fn(usize) -> f64) -> impl Iterator<Item = (usize, f64)> {
    (now + 1..=now + 1 + within.ceil() as usize).flat_map(move |second| {
        let many = squares(second);
        // Fewer than one a second: one every few seconds.
        let whole = (many * second as f64).floor() as usize - (many * (second as f64 - 1.0)).floor() as usize;
        let whole = whole.min(MOST);
        (0..whole).map(move |nth| (second * 131 + nth, second as f64 - (nth as f64 + 0.5) / whole as f64))
    })
}

/// Squares of the first order that trade in a second.
#[must_use]
pub fn first_order(simulator: &Simulator, second: usize) -> f64 {
    let rules = simulator.rules();
    simulator.run().series.shock_sold[second.min(rules.seconds)] as f64 * rules.lot / unit(rules)
}

/// A pseudo-random number between 0 and 1 that depends on the square only.
#[must_use]
pub fn scatter(nth: usize) -> f64 {
    let mixed = (nth as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

impl Orders {
    /// The orders of the run.
    #[must_use]
    pub fn new(simulator: &Simulator) -> Self {
        let (rules, series) = (simulator.rules(), &simulator.run().series);
        let mut orders = Self { unit: unit(rules), ..Self::default() };
        // If venues have different prices, or sales settle late, the price does not tell which account orders when.
        let by_account = rules.venues == 1 && rules.settlement == 0;
        let [sold, bought] = if by_account { accounts(simulator) } else { [totals(simulator), Vec::new()] };
        let back = |second: usize| series.bought_back.get(second).map_or(0, |(bots, _)| *bots);
        orders.land(rules, 0, &sold, |second| series.bots_sold[second]);
        orders.land(rules, 1, &bought, back);
        orders
    }

    /// Whether bots have untraded orders at this second.
    #[must_use]
    pub fn any_on_their_way(simulator: &Simulator, now: usize) -> bool {
        let series = &simulator.run().series;
        let sum = |lots: &[u64]| lots[..=now].iter().sum::<u64>();
        let back = series.bought_back.iter().take(now + 1).map(|(bots, _)| bots).sum::<u64>();
        sum(&series.triggered) > sum(&series.bots_sold) + back
    }

    /// The squares in flight between this second and the next, with their numbers.
    pub fn on_their_way(&self, side: usize, now: usize) -> impl Iterator<Item = (usize, &Square)> {
        let (squares, now) = (&self.squares[side], now as u32);
        let first = squares.partition_point(|square| square.lands <= now);
        let later =
            squares[first..].iter().enumerate().take_while(move |(_, square)| square.lands <= now + self.longest);
        later.filter(move |(_, square)| square.decided <= now).map(move |(nth, square)| (first + nth, square))
    }

    /// Adds orders, which trade in the order in which they reach the book; `traded` gives the lots of each second.
    fn land(&mut self, rules: &Rules, side: usize, orders: &[Order], traded: impl Fn(usize) -> u64) {
        let unit = ((self.unit / rules.lot) as u64).max(1);
        let mut starts = vec![0; rules.seconds + 2];
        for order in orders.iter().filter(|order| order.due as usize <= rules.seconds) {
            starts[order.due as usize + 1] += 1;
        }
        for second in 1..starts.len() {
            starts[second] += starts[second - 1];
        }
        let mut by_due = vec![Order::default(); starts[rules.seconds + 1]];
        for order in orders.iter().filter(|order| order.due as usize <= rules.seconds) {
            let slot = &mut starts[order.due as usize];
            by_due[*slot] = *order;
            *slot += 1;
        }
        let (mut second, mut done, mut ordered) = (0, 0, 0_u64);
        for Order { from, decided, due, lots } in by_due {
            let before = ordered / unit;
            ordered += lots;
            // An order may trade in parts. A square lands once its share of all orders so far has traded.
            for nth in before..ordered / unit {
                while done < (nth + 1) * unit && second < rules.seconds {
                    second += 1;
                    done += traded(second);
                }
                if done < (nth + 1) * unit {
                    return;
                }
                let lands = (second as u32).max(due);
                self.longest = self.longest.max(lands - decided);
                self.squares[side].push(Square { from, decided, lands });
            }
        }
    }
}

/// The orders of each account: sales, and purchases of shorts.
fn accounts(simulator: &Simulator) -> [Vec<Order>; 2] {
    let (rules, crowd, series) = (simulator.rules(), simulator.crowd(), &simulator.run().series);
    let mut sides = [Vec::new(), Vec::new()];
    for (side, ladder) in crowd.margin.iter().enumerate() {
        let (sign, step) = if side == 0 { (-1.0, rules.margin_step) } else { (1.0, rules.short_step) };
        let parted = ladder.partition(rules);
        let level = |second: usize| sign * series.limits_price()[second];
        passed(rules.seconds, &parted.limits, &rules.margin_sales, step, level, |bot, at, decided, lots| {
            let due = decided + parted.bots[bot].wait + rules.queue_latency as u32;
            sides[side].push(Order { from: percent(-sign * at), decided, due, lots });
        });
    }
    if rules.vol_bots > 0.0 {
        let parted = crowd.volatility.partition(rules);
        let level = |second: usize| series.log_volatility(second) - rules.vol_limit;
        passed(rules.seconds, &parted.limits, &rules.vol_sales, rules.vol_step, level, |bot, _, decided, lots| {
            let due = decided + parted.bots[bot].wait + rules.queue_latency as u32;
            let account = crowd.volatility.rungs()[parted.bots[bot].place as usize].account;
            sides[usize::from(crowd.desk(account) > 0)].push(Order { from: f64::NAN, decided, due, lots });
        });
    }
    sides
}

/// Calls `order` for each limit in the second in which `level` first reaches it, in the order of
/// [`Cursor::in_order`](crate::model::crowd::cursor::Cursor::in_order). Its arguments are the bot, its limit, the
/// second and the lots.
fn passed(
    seconds: usize,
    limits: &[f64],
    sales: &[u64],
    step: f64,
    level: impl Fn(usize) -> f64,
    mut order: impl FnMut(usize, f64, u32, u64),
) {
    let mut passed = vec![0; sales.len()];
    let mut highest = f64::NEG_INFINITY;
    for second in 1..=seconds {
        let level = level(second);
        if level <= highest {
            continue;
        }
        highest = level;
        let mut before = limits.len();
        for (nth, (next, lots)) in passed.iter_mut().zip(sales).enumerate() {
            while *next < before {
                let at = later(limits[*next], nth, step);
                if at > level {
                    break;
                }
                order(*next, at, second as u32, *lots);
                *next += 1;
            }
            before = *next;
        }
    }
}

/// The orders of bots in each second. They start midway between the lowest price before that second and the one after
/// it.
fn totals(simulator: &Simulator) -> Vec<Order> {
    let series = &simulator.run().series;
    let (mut lowest, mut orders) = (0.0, Vec::new());
    for (second, lots) in series.triggered.iter().enumerate().filter(|(_, lots)| **lots > 0) {
        let price = series.price[second];
        let from = percent(-f64::midpoint(lowest, if price < lowest { price } else { lowest }));
        lowest = if price < lowest { price } else { lowest };
        orders.push(Order { from, decided: second as u32, due: second as u32, lots: *lots });
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn of(query: &str) -> (Simulator, Orders) {
        let simulator = Simulator::new(&query::parse(query).unwrap());
        let orders = Orders::new(&simulator);
        (simulator, orders)
    }

    /// Compares the squares that landed by each second with the lots traded by then.
    fn assert_squares_match_trades(query: &str) {
        let (simulator, orders) = of(query);
        let (lot, series) = (simulator.rules().lot, &simulator.run().series);
        let mut sums = [0, 0];
        for second in 0..series.price.len() {
            sums[0] += series.bots_sold[second];
            sums[1] += series.bought_back.get(second).map_or(0, |(bots, _)| *bots);
            for (side, sum) in sums.into_iter().enumerate() {
                let landed = orders.squares[side].partition_point(|square| square.lands as usize <= second);
                let off = sum as f64 * lot / orders.unit - landed as f64;
                assert!((-1e-6..1.0 + 1e-6).contains(&off), "{query}: second {second}, side {side}: {off}");
            }
        }
        assert!(!orders.squares[0].is_empty() || !orders.squares[1].is_empty(), "{query}");
    }

    #[test]
    fn a_square_lands_when_the_run_trades_it() {
        for query in [
            "",
            "leverage=20&bots=70",
            "close-fraction=30&bots=60",
            "throttle=0.05&bots=60",
            "breaker-fall=3&bots=60",
            "queue-latency=20",
            "accounts=100&seed=3",
            "shorts=60&first-order=purchase&bots=80&shock=6",
        ] {
            assert_squares_match_trades(query);
        }
        assert_squares_match_trades("scenario=release-1");
    }

    #[test]
    fn a_square_starts_at_a_limit_in_the_second_in_which_the_price_passes_it() {
        let (simulator, orders) = of("");
        let price = &simulator.run().series.price;
        let limits: Vec<f64> = simulator.crowd().falls.iter().map(|fall| percent(*fall)).collect();
        for square in &orders.squares[0] {
            assert!(limits.iter().any(|limit| (limit - square.from).abs() < 1e-9));
            let second = square.decided as usize;
            assert!(percent(-price[second]) >= square.from - 1e-9 && square.lands > square.decided);
            assert!(price[..second].iter().all(|price| percent(-price) < square.from));
        }
        let now = 320;
        assert!(Orders::any_on_their_way(&simulator, now) && !Orders::any_on_their_way(&simulator, 299));
        let on_their_way = orders.squares[0].iter().filter(|s| s.decided <= now as u32 && s.lands > now as u32).count();
        assert!(on_their_way > 20 && orders.on_their_way(0, now).count() == on_their_way);
    }

    #[test]
    fn sums_hold_where_orders_cannot_be_assigned_to_accounts() {
        for query in ["venues=4&arbitrage=0.01", "settlement-delay=60&close-fraction=20"] {
            assert_squares_match_trades(&format!("bots=60&{query}"));
        }
    }
}
