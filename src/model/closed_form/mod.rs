//! Closed forms, computed without a run: the density of margin limits over the fall, the reproduction number, the
//! critical shock, and the fixed point at which the fall stops in the pure limit.
//!
//! The density is that of an infinite crowd with the same parameters, so it does not depend on the number of accounts
//! or the seed. The fixed point is that of the accounts of the run.

pub mod cobweb;

use crate::model::crowd::cursor::Cursor;
use crate::model::crowd::{Crowd, distance, greatest_leverage, leverage_factor, short_distance};
use crate::model::market::impact;
use crate::model::math::normal::{below, density};
use crate::model::rules::{Law, NEAREST, Rules};
use crate::params::Params;

/// Greatest fall of the log price that the density covers: a price of 5% of the start price.
const DEEPEST: f64 = 3.0;

/// Density of the margin limits of an infinite crowd, on a grid of falls, as shares of the open interest.
#[derive(Clone, Debug, Default)]
pub struct LimitDensity {
    /// Distance between two points of the grid, a fall of the log price. The first point is a fall of 0.
    pub spacing: f64,
    /// Share of the open interest with its limit at each fall, per unit of log price.
    pub density: Vec<f64>,
}

impl LimitDensity {
    /// Computes the density for longs, or for shorts if the first order is a purchase. For each leverage, log entry
    /// prices are a truncated normal; the leverages are summed over. Later limits of accounts that sell in parts count
    /// where they lie.
    pub fn compute(&mut self, params: &Params, rules: &Rules) {
        let spread = params.crowding / 100.0;
        let greatest = greatest_leverage(params);
        self.spacing = (spread / 6.0).min(0.005);
        let points = (DEEPEST / self.spacing) as usize + 1;
        self.density.clear();
        self.density.resize(points, 0.0);

        // Per unit of z the distance to the limit changes by at most sL / L < sL. Its steps must be finer than the
        // spread of entry prices, or they would show in the sum.
        let step = (0.4 * spread / params.leverage_spread.max(1e-9)).min(0.1);
        let nodes = if params.leverage_spread > 0.0 { (5.0 / step) as i32 } else { 0 };
        let weights: f64 = (-nodes..=nodes).map(|i| density(f64::from(i) * step)).sum();
        for i in -nodes..=nodes {
            let z = f64::from(i) * step;
            let leverage = 1.0 + (params.asked_leverage() - 1.0) * leverage_factor(params.leverage_spread, z);
            let distance = if rules.purchase() { short_distance } else { distance };
            let centre = distance(leverage.min(greatest), rules.maintenance);
            if centre - 6.0 * spread < DEEPEST {
                let kept = below((centre - NEAREST) / spread);
                self.add(centre, spread, density(z) / weights / kept);
            }
        }
        self.add_later_limits(rules);
    }

    /// Adds a normal density to the grid. On even steps each value is the last one times a ratio, and the ratio falls
    /// by a constant factor: two products per point instead of an exponential.
    fn add(&mut self, centre: f64, spread: f64, weight: f64) {
        let from = ((centre - 6.0 * spread).max(NEAREST) / self.spacing).ceil() as usize;
        let to = ((centre + 6.0 * spread) / self.spacing) as usize;
        let step = self.spacing / spread;
        let first = (from as f64 * self.spacing - centre) / spread;
        let mut here = weight * density(first) / spread;
        let mut ratio = libm::exp(-step * (first + 0.5 * step));
        let falls = libm::exp(-step * step);
        let end = self.density.len();
        for value in self.density.iter_mut().take(end.min(to + 1)).skip(from) {
            *value += here;
            here *= ratio;
            ratio *= falls;
        }
    }

    /// An account that sells the share phi at each limit has its next one a fixed step beyond, with the rest
    /// of its position: `g(x) = phi g1(x) + (1 - phi) g(x - step)`.
    fn add_later_limits(&mut self, rules: &Rules) {
        let step = if rules.purchase() { rules.short_step } else { rules.margin_step };
        let first = rules.margin_sales[0] as f64 / crate::model::rules::LOTS as f64;
        if first >= 1.0 {
            return;
        }
        for i in 0..self.density.len() {
            let from = i as f64 - step / self.spacing;
            // Interpolates between two points of the grid. If the step is finer than the grid, the upper one is the
            // point itself, and the equation is solved for it.
            let (mut before, mut itself) = (0.0, 0.0);
            if from > 0.0 {
                let (low, part) = (from as usize, from.fract());
                before = self.density[low] * (1.0 - part);
                if low + 1 < i {
                    before += self.density[low + 1] * part;
                } else {
                    itself = part;
                }
            }
            let known = first * self.density[i] + (1.0 - first) * before;
            self.density[i] = known / (1.0 - (1.0 - first) * itself);
        }
    }
}

/// The closed forms for one parameter set. The reproduction numbers and the critical shock are those of linear
/// impact: under the square-root law R is infinite for the smallest sale, and there are none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosedForm {
    /// Greatest reproduction number of the margin ladder, with that of funds that target leverage.
    pub r_max: Option<f64>,
    /// The same without value buyers: R in a cascade that ends before they come.
    pub r_fast: Option<f64>,
    /// The same with all value buyers: R if they had time to come.
    pub r_slow: Option<f64>,
    /// The smallest fall of the log price that a first order must cause on its own for the cascade to run
    /// away, if there is one.
    pub critical_shock: Option<f64>,
    /// The fall (after a purchase, the rise) of the log price at which the cascade stops in the pure limit.
    pub fixed_point: f64,
}

/// The depth that sales spread over one generation of bots meet, $bn per unit of log price, while the book refills
/// and nobody buys.
fn refilled_depth(rules: &Rules) -> f64 {
    let spread_over = rules.bot_latency;
    let refilled = rules.refill / spread_over * -libm::expm1(-spread_over / rules.refill);
    rules.depth / (rules.permanent + (1.0 - rules.permanent) * refilled)
}

/// The effective depth that a bot's sale meets, $bn per unit of log price: the book refills and value buyers
/// arrive while the bots of one generation react. After a purchase there are no such buyers.
#[must_use]
pub fn effective_depth(rules: &Rules) -> f64 {
    refilled_depth(rules) + rules.leaning_buyers() * -libm::expm1(-rules.bot_latency / rules.human_latency)
}

/// $bn that margin bots hold on the side of the market that the first order hurts.
#[must_use]
pub fn margin_bot_interest(rules: &Rules) -> f64 {
    let side = if rules.purchase() { rules.shorts } else { 1.0 };
    rules.open_interest * f64::from(rules.bots) * (1.0 - f64::from(rules.vol_bots)) * side
}

impl ClosedForm {
    /// Computes the closed forms. `density` must be that of the same parameters.
    pub fn compute(rules: &Rules, density: &LimitDensity, crowd: &mut Crowd) -> Self {
        let fixed_point = fixed_point(rules, crowd);
        if rules.law() == Law::SquareRoot {
            return Self { r_max: None, r_fast: None, r_slow: None, critical_shock: None, fixed_point };
        }
        let depth = effective_depth(rules);
        let per_share = margin_bot_interest(rules) / depth;
        // Leverage targeters respond to every fall alike.
        let targeters = rules.targeters * (rules.target_leverage - 1.0) / depth;
        let mut r_max: f64 = 0.0;
        let mut critical_shock = None;
        let mut sold = 0.0;
        let mut last = 0.0;
        for (i, share) in density.density.iter().enumerate() {
            let r = share * per_share + targeters;
            if r >= 1.0 && critical_shock.is_none() {
                // The first fall with R = 1 lies between two points of the grid.
                let part = if r > last { (1.0 - last) / (r - last) } else { 0.0 };
                let at = if i == 0 { 0.0 } else { (i as f64 - 1.0 + part) * density.spacing };
                let sold_at = sold + 0.5 * (last + 1.0) * part * density.spacing;
                critical_shock = Some(if at > sold_at { at - sold_at } else { 0.0 });
            }
            sold += 0.5 * (last + r) * density.spacing;
            r_max = r_max.max(r);
            last = r;
        }
        let refilled = refilled_depth(rules);
        Self {
            r_max: Some(r_max),
            r_fast: Some(r_max * depth / refilled),
            r_slow: Some(r_max * depth / (refilled + rules.leaning_buyers())),
            critical_shock,
            fixed_point,
        }
    }
}

/// The smallest fall X with `X = x0 + G(X) / D`, G being what the margin bots of this crowd must have sold
/// once the fall is X: no noise, no refill, no buyers, no thinning, no people, no gaps between venues. After a
/// purchase the smallest rise, and G what shorts must have bought.
#[must_use]
pub fn fixed_point(rules: &Rules, crowd: &mut Crowd) -> f64 {
    let side = if rules.purchase() { rules.venues..crowd.margin.len() } else { 0..rules.venues };
    let step = if rules.purchase() { rules.short_step } else { rules.margin_step };
    let (ladders, cursors) = (&mut crowd.margin[side], &mut crowd.cursors);
    cursors.resize_with(ladders.len(), Cursor::default);
    cursors.iter_mut().for_each(Cursor::restart);
    let mut lots = 0;
    let mut fall = rules.shock;
    loop {
        let before = lots;
        for (cursor, ladder) in cursors.iter_mut().zip(ladders.iter_mut()) {
            if cursor.rise(rules, ladder, fall, false) {
                for (nth, sale) in rules.margin_sales.iter().enumerate() {
                    lots += sale * cursor.newly(ladder.partition(rules), nth, step).len() as u64;
                }
            }
        }
        if lots == before {
            return fall;
        }
        fall = rules.shock + forced_fall(rules, lots as f64 * rules.lot);
    }
}

/// The fall of the log price (after a purchase, the rise) that `forced` $bn of forced orders add to that of the first
/// order.
pub(super) fn forced_fall(rules: &Rules, forced: f64) -> f64 {
    match rules.law() {
        Law::Linear => forced / rules.depth,
        Law::Pool { share } => {
            let (sign, first) = (rules.first_sign, rules.first_order());
            let (book, pool) = ((1.0 - share) * rules.depth, 2.0 * share * rules.depth);
            sign * impact::with_pool(book, pool, sign * (first + forced)) - rules.shock
        }
        Law::SquareRoot => impact::square_root(forced, rules.depth),
    }
}
