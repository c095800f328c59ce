//! One run: the tick loop, and the series that it leaves.
//!
//! Each second: due sales, value buyers, depth, impact, breaker, and the limits that the new price and the
//! new volatility pass. What a second costs is what happens in it; no account is looked at before its turn.

use super::breaker::Breaker;
use super::crowd::Crowd;
use super::ladder::Climb;
use super::market::Market;
use super::people::People;
use super::rules::{Rules, SHOCK_AT, SHOCK_SECONDS};

/// Seconds of trade over which the reproduction number of the run is measured.
pub const REPRODUCTION_WINDOW: usize = 10;

/// What happened in each second. All have one entry per second and one for the start, so that entry `t` is
/// the state after `t` seconds.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Log of the traded price relative to the start price.
    pub price: Vec<f64>,
    /// Lots force-sold by bots.
    pub bots_sold: Vec<u64>,
    /// Lots force-sold by people.
    pub people_sold: Vec<u64>,
    /// Lots of the first sell order.
    pub shock_sold: Vec<u64>,
    /// $bn bought by value buyers, negative when they sell again.
    pub bought: Vec<f64>,
    /// Depth as a share of calm depth.
    pub depth: Vec<f64>,
    /// Log of volatility in multiples of calm volatility.
    pub log_volatility: Vec<f64>,
    /// Lots that bots newly decided to sell.
    pub triggered: Vec<u64>,
    /// Reproduction number of the run; not a number where nothing trades that could be told from noise.
    pub reproduction: Vec<f64>,
    /// 1 where trade was halted.
    pub halted: Vec<u8>,
}

/// A run and the room it works in, which the next run uses again.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// What happened.
    pub series: Series,
    margin: Climb,
    volatility: Climb,
    people: People,
    breaker: Breaker,
    due: Vec<u64>,
}

impl Run {
    /// Simulates the crowd under the rules, from the start.
    pub fn simulate(&mut self, rules: &Rules, crowd: &mut Crowd) {
        self.restart(rules.seconds);
        let mut market = Market::new(rules);
        let mut queue = Queue::default();
        let shock_lots = (rules.shock * rules.depth / rules.lot / SHOCK_SECONDS as f64) as u64;
        let mut shock_waiting = 0;
        let mut window = Window::new(rules);
        self.record(&market, 0.0, Sold::default(), 0, f64::NAN, false);

        for second in 1..=rules.seconds {
            let noise = crowd.draws.noise[second - 1];
            queue.bots += self.due[second];
            queue.people += self.people.look_again(rules, second, market.fall());
            if (SHOCK_AT + 1..=SHOCK_AT + SHOCK_SECONDS).contains(&second) {
                shock_waiting += shock_lots;
            }

            let halted = self.breaker.halted(second);
            let mut sold = Sold::default();
            if !halted {
                sold = queue.release(rules.throttle);
                sold.shock = std::mem::take(&mut shock_waiting);
            }
            let bought = market.step(rules, sold.total() as f64 * rules.lot, noise, halted);
            self.breaker.watch(rules, second, market.fall());
            let triggered = self.pass_limits(rules, crowd, second, &market);
            // In a halt nothing trades: there is no R, and the window waits for trade to go on.
            let reproduction = if halted { f64::NAN } else { window.slide(triggered, sold.total()) };
            self.record(&market, bought, sold, triggered, reproduction, halted);
        }
    }

    /// Halts of trade in the run.
    #[must_use]
    pub fn halts(&self) -> u32 {
        self.breaker.halts
    }

    /// Schedules everyone whose limit the price or the volatility has passed. Gives the lots that bots will
    /// sell for it.
    fn pass_limits(&mut self, rules: &Rules, crowd: &mut Crowd, second: usize, market: &Market) -> u64 {
        let Crowd { margin, volatility, .. } = crowd;
        let (people, due) = (&mut self.people, &mut self.due);
        let fall = market.fall();
        let mut triggered = 0;
        let mut order = |lots: u64, delay: f32| {
            triggered += lots;
            if let Some(due) = due.get_mut(second + Rules::wait(rules.bot_latency, delay)) {
                *due += lots;
            }
        };

        people.reach(rules, second, fall);
        self.margin.advance(margin, fall, rules.margin_step, |rung, sold| {
            let habit = rung.habit;
            if habit.bot >= rules.bots {
                people.alarm(rules, second, rung.at, habit.delay);
                return false;
            }
            if habit.rule < rules.vol_bots {
                return false;
            }
            order(rules.margin_sales[usize::from(sold)], habit.delay);
            usize::from(sold) + 1 < rules.margin_sales.len()
        });

        let level = market.log_volatility - rules.vol_limit;
        self.volatility.advance(volatility, level, rules.vol_step, |rung, sold| {
            let habit = rung.habit;
            if habit.bot >= rules.bots || habit.rule >= rules.vol_bots {
                return false;
            }
            order(rules.vol_sales[usize::from(sold)], habit.delay);
            usize::from(sold) + 1 < rules.vol_sales.len()
        });
        triggered
    }

    fn restart(&mut self, seconds: usize) {
        self.margin.restart();
        self.volatility.restart();
        self.breaker.restart();
        self.people.restart(seconds);
        self.due.clear();
        self.due.resize(seconds + 1, 0);
        let Series {
            price,
            bots_sold,
            people_sold,
            shock_sold,
            bought,
            depth,
            log_volatility,
            triggered,
            reproduction,
            halted,
        } = &mut self.series;
        for floats in [price, bought, depth, log_volatility, reproduction] {
            floats.clear();
        }
        for lots in [bots_sold, people_sold, shock_sold, triggered] {
            lots.clear();
        }
        halted.clear();
    }

    fn record(&mut self, market: &Market, bought: f64, sold: Sold, triggered: u64, r: f64, halted: bool) {
        let series = &mut self.series;
        series.price.push(market.price);
        series.bots_sold.push(sold.bots);
        series.people_sold.push(sold.people);
        series.shock_sold.push(sold.shock);
        series.bought.push(bought);
        series.depth.push(market.depth);
        series.log_volatility.push(market.log_volatility);
        series.triggered.push(triggered);
        series.reproduction.push(r);
        series.halted.push(u8::from(halted));
    }
}

/// Lots sold in one second.
#[derive(Clone, Copy, Debug, Default)]
struct Sold {
    bots: u64,
    people: u64,
    shock: u64,
}

impl Sold {
    fn total(self) -> u64 {
        self.bots + self.people + self.shock
    }
}

/// Forced sales that are due: they wait here for a halt to end or for their turn under a throttle.
#[derive(Clone, Copy, Debug, Default)]
struct Queue {
    bots: u64,
    people: u64,
}

impl Queue {
    /// Takes out up to `most` lots, from bots and people in proportion to what each has waiting.
    fn release(&mut self, most: u64) -> Sold {
        let waiting = self.bots + self.people;
        let share = |lots: u64| {
            if waiting <= most { lots } else { (u128::from(lots) * u128::from(most) / u128::from(waiting)) as u64 }
        };
        let sold = Sold { bots: share(self.bots), people: share(self.people), shock: 0 };
        self.bots -= sold.bots;
        self.people -= sold.people;
        sold
    }
}

/// Sums over the last seconds of trade for the reproduction number of the run: what bots newly decided to sell over what
/// was sold.
struct Window {
    last: [(u64, u64); REPRODUCTION_WINDOW],
    oldest: usize,
    triggered: u64,
    sold: u64,
    /// Lots below which the sales of the window move the price less than its noise does.
    least: u64,
}

impl Window {
    fn new(rules: &Rules) -> Self {
        let noise = rules.noise * (REPRODUCTION_WINDOW as f64).sqrt();
        let least = (noise * rules.depth / rules.lot) as u64;
        Self { last: [(0, 0); REPRODUCTION_WINDOW], oldest: 0, triggered: 0, sold: 0, least: least.max(1) }
    }

    fn slide(&mut self, triggered: u64, sold: u64) -> f64 {
        let last = std::mem::replace(&mut self.last[self.oldest], (triggered, sold));
        self.oldest = (self.oldest + 1) % REPRODUCTION_WINDOW;
        self.triggered = self.triggered + triggered - last.0;
        self.sold = self.sold + sold - last.1;
        if self.sold >= self.least { self.triggered as f64 / self.sold as f64 } else { f64::NAN }
    }
}
