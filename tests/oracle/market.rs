//! The market of the plain loop: value buyers, leverage targeters, the book with its three laws of impact, and the
//! prices of venues.

use deleverage::Params;
use deleverage::model::impact;
use deleverage::model::market::depth::DepthCurve;

use crate::account::venues;

/// Orders of a second, $bn; sales are positive.
#[derive(Clone, Copy, Default)]
pub struct Order {
    /// Forced sales and the first order together.
    pub sales: f64,
    /// The same separately.
    pub forced: f64,
    pub first: f64,
    /// Sales of leverage targeters.
    pub rebalanced: f64,
}

/// The state of the market. It is copied to try an order.
#[derive(Clone)]
pub struct Market<'a> {
    p: &'a Params,
    /// Calm depth, $bn per unit of log price.
    full_depth: f64,
    /// Calm and usual volatility per square root of a second.
    pub sigma: f64,
    usual: f64,
    permanent: f64,
    transient: f64,
    /// Mean log price over all venues.
    pub price: f64,
    /// Depth as a share of calm depth.
    pub depth: f64,
    /// Last change of the log price.
    pub change: f64,
    /// Measured variance, in multiples of the usual one.
    pub variance: f64,
    thinning: DepthCurve,
    held_by_buyers: f64,
    /// Orders not yet traded, as a sum and, for the square-root law, by source.
    unfilled: f64,
    unfilled_by: [f64; 3],
    /// Untraded orders of value buyers, and whether the last second was part of a halt.
    ordered_by_buyers: f64,
    was_halted: bool,
    /// Decaying order totals by source, for the square-root law.
    memory: [f64; 3],
    gaps: Vec<f64>,
}

impl<'a> Market<'a> {
    pub fn new(p: &'a Params) -> Self {
        let a_second = |percent_a_day: f64| percent_a_day / 100.0 / 86400.0_f64.sqrt();
        let sigma = a_second(p.calm_volatility);
        Self {
            p,
            full_depth: p.depth * 100.0,
            sigma,
            usual: a_second(p.usual_volatility),
            change: 0.0,
            permanent: 0.0,
            transient: 0.0,
            price: 0.0,
            depth: 1.0,
            variance: 1.0,
            thinning: DepthCurve::new(p.thinning, p.depth_floor / 100.0),
            held_by_buyers: 0.0,
            unfilled: 0.0,
            unfilled_by: [0.0; 3],
            ordered_by_buyers: 0.0,
            was_halted: false,
            memory: [0.0; 3],
            gaps: vec![0.0; venues(p)],
        }
    }

    /// Size of the first order, $bn: its impact on the calm book is the given fall.
    pub fn first_order(&self, sign: f64) -> f64 {
        let (full, shock) = (self.full_depth, -libm::log(1.0 - self.p.shock / 100.0));
        if self.p.impact == 1.0 {
            return full * shock * shock / 0.01;
        }
        if self.p.amm_share == 0.0 {
            return shock * full;
        }
        let share = self.p.amm_share / 100.0;
        full * ((1.0 - share) * shock + share * 2.0 * sign * libm::expm1(0.5 * sign * shock))
    }

    /// One second: buyers order, depth changes, and unless trade is halted the book takes the orders, within the price
    /// band if there is one. Returns what buyers got, $bn.
    pub fn trade(&mut self, order: &Order, noise: f64, halted: bool, band: Option<(f64, f64)>) -> f64 {
        let p = self.p;
        let target = p.buyers * if self.transient < 0.0 { -self.transient } else { 0.0 };
        let lacking = target - self.held_by_buyers;

        let full = self.thinning.depth(self.variance);
        let refilled = self.depth + (full - self.depth) * -libm::expm1(-1.0 / 300.0);
        self.depth = if full < self.depth { full } else { refilled };
        let stays = p.permanent / 100.0;
        self.transient *= libm::exp(-1.0 / p.refill);
        for memory in &mut self.memory {
            *memory *= libm::exp(-(1.0 - stays) / p.refill);
        }

        let mut bought = self.towards_balance(lacking, -libm::expm1(-1.0 / p.human_latency));
        if let Some(back) = self.restoring_purchase()
            && bought > back
        {
            bought = back;
        }
        self.held_by_buyers += bought;
        self.ordered_by_buyers += bought;
        self.unfilled += (order.sales + order.rebalanced) - bought;
        for (unfilled, more) in self.unfilled_by.iter_mut().zip([order.forced, order.first, order.rebalanced - bought])
        {
            *unfilled += more;
        }

        self.permanent += self.sigma * noise;
        self.change = 0.0;
        let mut got = 0.0;
        if !halted {
            if self.was_halted
                && let Some(back) = self.restoring_purchase()
            {
                // In an auction buyers withdraw what would lift the price beyond where it is not cheap.
                let too_much = (-self.unfilled - back).min(self.ordered_by_buyers).max(0.0);
                self.held_by_buyers -= too_much;
                self.ordered_by_buyers -= too_much;
                self.unfilled += too_much;
                self.unfilled_by[2] += too_much;
            }
            got = std::mem::take(&mut self.ordered_by_buyers);
            let impact = self.impact();
            self.permanent -= stays * impact;
            self.transient -= (1.0 - stays) * impact;
            self.permanent = self.permanent.clamp(-1e6, 1e6);
            self.transient = self.transient.clamp(-1e6, 1e6);
            if let Some((low, high)) = band {
                let reached = self.permanent + self.transient;
                self.permanent += reached.clamp(low, high) - reached;
            }
            self.change = self.permanent + self.transient - self.price;
            self.price += self.change;
        }
        self.was_halted = halted;
        got
    }

    /// Updates measured variance: decays it with its half-life, and adds the square of the return, if it counts,
    /// relative to the usual variance over the interval.
    pub fn measure(&mut self, counted: Option<f64>) {
        let keep = libm::exp(-std::f64::consts::LN_2 / self.p.vol_half_life);
        let usual = self.usual * self.usual * self.p.vol_interval;
        let surprise = counted.map_or(0.0, |moved| moved * (moved * ((1.0 - keep) / usual)));
        self.variance = keep * self.variance + surprise;
    }

    /// Orders of buyers who lack `lacking` dollars: the share `come` of it, but at most what balances their demand at
    /// the price that they make.
    fn towards_balance(&self, lacking: f64, come: f64) -> f64 {
        let p = self.p;
        let full = self.full_depth * self.depth;
        // Decrease of their demand per unit of log price.
        let slope = p.buyers * (1.0 - p.permanent / 100.0);
        if p.impact == 1.0 {
            if lacking == 0.0 {
                return 0.0;
            }
            // The impact of their recent orders `ordered` is the root of it. At balance that root is `r`, with
            // r |r| full / 0.01 + slope r = ordered + slope root(ordered) - lacking.
            let ordered = self.memory[2];
            let root = (0.01 * ordered.abs() / full).sqrt().copysign(ordered);
            let (square, right) = (full / 0.01, ordered + slope * root - lacking);
            let r = 2.0 * right / (slope + (slope * slope + 4.0 * square * right.abs()).sqrt());
            let (balance, coming) = (ordered - square * r * r.abs(), lacking * come);
            return if coming.abs() > balance.abs() { balance } else { coming };
        }
        let depth = if p.amm_share == 0.0 {
            full
        } else {
            let (book, reserve) = self.book_and_pool();
            book + 0.5 * reserve
        };
        lacking * if come * (depth + slope) > depth { depth / (depth + slope) } else { come }
    }

    /// Purchase that takes the price back to where it is not cheap, $bn; `None` under the square-root law and where
    /// the price is never cheap.
    fn restoring_purchase(&self) -> Option<f64> {
        let stays = self.p.permanent / 100.0;
        if self.p.impact == 1.0 || stays == 1.0 {
            return None;
        }
        let rise = if self.transient < 0.0 { -self.transient } else { 0.0 } / (1.0 - stays);
        if self.p.amm_share == 0.0 {
            return Some(self.full_depth * self.depth * rise);
        }
        let (book, reserve) = self.book_and_pool();
        Some(book * rise - reserve * libm::expm1(-0.5 * rise))
    }

    /// Depth of the book and reserve of the pool.
    fn book_and_pool(&self) -> (f64, f64) {
        let share = self.p.amm_share / 100.0;
        let book = (1.0 - share) * self.full_depth * self.depth;
        (book, 2.0 * (share * self.full_depth) * libm::exp((-0.5 * self.price).clamp(-300.0, 300.0)))
    }

    /// The price that this order would lead to without a band.
    pub fn trial(&self, order: &Order, noise: f64) -> f64 {
        let mut trial = self.clone();
        trial.trade(order, noise, false, None);
        trial.price
    }

    /// Fall of the log price caused by all untraded orders.
    fn impact(&mut self) -> f64 {
        let sales = std::mem::take(&mut self.unfilled);
        let by = std::mem::take(&mut self.unfilled_by);
        let depth = self.full_depth * self.depth;
        if self.p.impact == 1.0 {
            let root = |q: f64| if q < 0.0 { -(0.01 * -q / depth).sqrt() } else { (0.01 * q / depth).sqrt() };
            let mut impact = 0.0;
            for (memory, order) in self.memory.iter_mut().zip(by) {
                let before = *memory;
                *memory += order;
                impact += root(*memory) - root(before);
            }
            impact
        } else if self.p.amm_share > 0.0 {
            let (book, reserve) = self.book_and_pool();
            impact::with_pool(book, reserve, sales)
        } else {
            sales / depth
        }
    }

    /// Moves the prices of venues apart by the sales on each, $bn, and together by arbitrage.
    pub fn spread(&mut self, sold: &[f64]) {
        if self.gaps.len() == 1 {
            return;
        }
        let all: f64 = sold.iter().sum();
        let rate = self.p.arbitrage;
        let made = -libm::expm1(-rate) / rate;
        let depth = if self.p.amm_share > 0.0 {
            let (book, reserve) = self.book_and_pool();
            book + 0.5 * reserve
        } else {
            self.full_depth * self.depth
        };
        for (gap, here) in self.gaps.iter_mut().zip(sold) {
            *gap *= libm::exp(-rate);
            *gap -= made * (sold.len() as f64 * here - all) / depth;
        }
    }

    /// Log of volatility, in multiples of the usual one.
    pub fn log_volatility(&self) -> f64 {
        0.5 * libm::log(self.variance)
    }

    /// Log prices of all venues.
    pub fn prices(&self) -> Vec<f64> {
        if self.gaps.len() == 1 { vec![self.price] } else { self.gaps.iter().map(|gap| self.price + gap).collect() }
    }

    /// The lowest of them, if there are several.
    pub fn lowest(&self) -> Option<f64> {
        (self.gaps.len() > 1).then(|| self.price + self.gaps.iter().copied().fold(f64::INFINITY, f64::min))
    }

    /// Sales in ten seconds that move the price by three standard deviations of the noise, $bn.
    pub fn noise_in_ten_seconds(&self) -> f64 {
        3.0 * self.sigma * 10.0_f64.sqrt() * self.full_depth
    }
}

/// Leverage targeters.
pub struct Targeters {
    assets: f64,
    leverage: f64,
    act: f64,
    held: f64,
    target: f64,
    equity: f64,
    price: f64,
}

impl Targeters {
    pub fn new(p: &Params) -> Self {
        Self {
            assets: p.targeters,
            leverage: p.target_leverage,
            act: -libm::expm1(-1.0 / p.bot_latency),
            held: p.targeters,
            target: p.targeters,
            equity: p.targeters / p.target_leverage,
            price: 1.0,
        }
    }

    /// Their sales in this second, $bn.
    pub fn act(&mut self) -> f64 {
        let sold = (self.held - self.target) * self.act;
        self.held -= sold;
        sold
    }

    /// Decrease of their target after the price has moved, $bn.
    pub fn look(&mut self, log_price: f64) -> f64 {
        if self.assets == 0.0 {
            return 0.0;
        }
        let price = libm::exp(log_price.clamp(-300.0, 300.0));
        self.equity += self.held * (price - self.price);
        self.price = price;
        let wished = self.leverage * self.equity / price;
        let target = if wished > 0.0 { wished.min(2.0 * self.assets) } else { 0.0 };
        let less = self.target - target;
        self.target = target;
        less
    }
}
