//! Impact: how far an order moves the log price.
//!
//! Three laws. Linear: impact is in proportion to the order. With a constant-product pool beside the book: the order is
//! split so that both end at the same price, and the pool alone moves by exactly `-2 ln(1 + q/X)`. Square root: all
//! recent orders of one source count as one large order, whose impact grows with the square root of its size (Donier
//! and Bonart 2014 for a million orders in Bitcoin).

// The law is an argument, so that a caller with a constant law gets a specialised copy.
#![expect(clippy::inline_always)]

use crate::model::rules::{Law, Rules};

/// The fall of the log price that an order of 1% of the depth causes, by definition of depth.
const ONE_PERCENT: f64 = 0.01;

/// The orders of a second by source, $bn at the start price; sales are positive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Order {
    /// Forced orders of bots and people.
    pub forced: f64,
    /// The first order.
    pub first: f64,
    /// Orders of value buyers and of leverage targeters.
    pub free: f64,
}

/// Recent orders that have not faded yet, for the square-root law.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory(Order);

impl Memory {
    /// Fades at the initial rate of impact of which a share is permanent; not at all if all of it is permanent.
    pub fn fade(&mut self, keep: f64) {
        self.0.forced *= keep;
        self.0.first *= keep;
        self.0.free *= keep;
    }

    /// Adds an order and returns the fall that it causes at this depth.
    fn take(&mut self, order: &Order, depth: f64) -> f64 {
        let pairs =
            [(&mut self.0.forced, order.forced), (&mut self.0.first, order.first), (&mut self.0.free, order.free)];
        let mut fall = 0.0;
        for (so_far, more) in pairs {
            let before = square_root(*so_far, depth);
            *so_far += more;
            fall += square_root(*so_far, depth) - before;
        }
        fall
    }
}

/// The fall that an order of `sales` $bn causes in all; `thin` is depth as a share of calm depth and `price` the log
/// price, which tells how full the pool is. `order` is the same order by source.
#[inline(always)]
pub fn fall(rules: &Rules, law: Law, memory: &mut Memory, thin: f64, price: f64, sales: f64, order: &Order) -> f64 {
    match law {
        Law::Linear => sales / (rules.depth * thin),
        Law::Pool { share } => {
            let book = (1.0 - share) * rules.depth * thin;
            with_pool(book, reserve(share * rules.depth, price), sales)
        }
        Law::SquareRoot => memory.take(order, rules.depth * thin),
    }
}

/// Marginal depth of the book and the pool, $bn per unit of log price; `thin` and `price` as for [`fall`]. Under the
/// square-root law, that of a linear one.
#[must_use]
#[inline(always)]
pub fn depth(rules: &Rules, law: Law, thin: f64, price: f64) -> f64 {
    match law {
        Law::Linear | Law::SquareRoot => rules.depth * thin,
        Law::Pool { share } => (1.0 - share) * rules.depth * thin + 0.5 * reserve(share * rules.depth, price),
    }
}

/// The order of value buyers in a second, $bn; negative if they sell. `gap` is what they want to hold less what they
/// hold, and the share `arrive` of it is ordered. `thin` and `price` as for [`fall`].
///
/// They stop where they hold what they want at the price that their own orders make. Otherwise many fast buyers in a
/// thin book would overshoot more each second, without any bot or first order.
#[must_use]
#[inline(always)]
pub fn buyers_order(rules: &Rules, law: Law, memory: &Memory, thin: f64, price: f64, gap: f64, arrive: f64) -> f64 {
    // Decrease of their demand per unit of log price, $bn.
    let slope = rules.buyers * (1.0 - rules.permanent);
    let depth = depth(rules, law, thin, price);
    if law == Law::SquareRoot {
        if gap == 0.0 {
            return 0.0;
        }
        // Their recent orders now, and once their demand is met; `root` is the impact of the latter.
        let (before, steep) = (memory.0.free, depth / ONE_PERCENT);
        let least = before + slope * square_root(before, depth) - gap;
        let root = 2.0 * least / (slope + (slope * slope + 4.0 * steep * least.abs()).sqrt());
        let (all, now) = (before - steep * root * root.abs(), gap * arrive);
        return if now.abs() > all.abs() { all } else { now };
    }
    gap * if arrive * (depth + slope) > depth { depth / (depth + slope) } else { arrive }
}

/// The purchase that takes the log price back to where it is no longer cheap, $bn; `cheap` is the transient fall,
/// `thin` depth as a share of calm depth, `price` the log price. Infinite under the square-root law, where twice the
/// order has less than twice the impact. NaN if all impact is permanent, so that nothing is ever cheap.
#[must_use]
#[inline(always)]
pub fn restoring_purchase(rules: &Rules, law: Law, thin: f64, price: f64, cheap: f64) -> f64 {
    let rise = cheap / (1.0 - rules.permanent);
    match law {
        Law::Linear => rules.depth * thin * rise,
        Law::Pool { share } => {
            let (book, pool) = ((1.0 - share) * rules.depth * thin, reserve(share * rules.depth, price));
            book * rise - pool * libm::expm1(-0.5 * rise)
        }
        Law::SquareRoot => f64::INFINITY,
    }
}

/// The reserve of a pool that gives this depth at the start price, at another log price: it fills as the price
/// falls, because arbitrage keeps its price at the market's. A pool of reserve X has the depth X/2.
fn reserve(depth: f64, price: f64) -> f64 {
    // Far beyond any price, so that the reserve stays finite.
    2.0 * depth * libm::exp((-0.5 * price).clamp(-300.0, 300.0))
}

/// The fall after which a linear book of depth `book` and a pool with the reserve `pool` have absorbed `sales`.
#[must_use]
pub fn with_pool(book: f64, pool: f64, sales: f64) -> f64 {
    if book <= 0.0 {
        return 2.0 * libm::log1p(sales / pool);
    }
    // Newton's method from above: what is taken up is convex in the fall, so every step stays above and ends at
    // the answer.
    let mut fall = sales / (book + 0.5 * pool);
    if sales > 0.0 {
        // The price falls no further than it would in the pool alone. If the pool is nearly empty, this bound is far
        // closer: without it each step would go down by about 2 only, and the exponential could overflow.
        fall = fall.min(2.0 * libm::log1p(sales / pool));
    }
    for _ in 0..100 {
        // Capped for a pool so small that its own bound is infinite.
        let growth = libm::expm1((0.5 * fall).min(700.0));
        let next = fall - (book * fall + pool * growth - sales) / (book + 0.5 * pool * (1.0 + growth));
        if next >= fall {
            break;
        }
        fall = next;
    }
    fall
}

/// The fall that `sales` cause under the square-root law. It agrees with the linear law at 1%.
#[must_use]
pub fn square_root(sales: f64, depth: f64) -> f64 {
    let fall = (ONE_PERCENT * sales.abs() / depth).sqrt();
    if sales < 0.0 { -fall } else { fall }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_laws_agree_for_their_common_order() {
        // A small order meets the same depth under both laws, and all laws agree on the order that moves the price by
        // 1%.
        assert!((with_pool(100.0, 200.0, 1e-6) / (1e-6 / 200.0) - 1.0).abs() < 1e-6);
        assert!((square_root(2.0, 200.0) - 0.01).abs() < 1e-15);
        assert!((square_root(-8.0, 200.0) + 0.02).abs() < 1e-15);
    }

    #[test]
    fn a_nearly_empty_pool_gives_a_finite_fall_that_absorbs_the_order() {
        for (book, pool, sales) in
            [(0.08, 1e-130, 616.0), (0.08, 1e-60, 20.0), (1.0, 1e-9, 300.0), (0.08, 5e-324, 616.0), (0.08, 0.0, 616.0)]
        {
            let fall = with_pool(book, pool, sales);
            assert!(fall.is_finite() && fall > 0.0, "{book} {pool} {sales}: {fall}");
            let taken = book * fall + pool * libm::expm1((0.5 * fall).min(700.0));
            assert!((taken / sales - 1.0).abs() < 1e-9, "{book} {pool} {sales}: {taken}");
        }
    }

    #[test]
    fn book_and_pool_absorb_the_whole_order_at_one_price() {
        for (book, pool, sales) in [(100.0, 200.0, 50.0), (0.5, 1e-300, -3.0), (1e-3, 400.0, -399.0), (10.0, 1e9, 1e4)]
        {
            let fall = with_pool(book, pool, sales);
            let taken = book * fall + pool * libm::expm1(0.5 * fall);
            assert!((taken - sales).abs() < 1e-9 * sales.abs(), "{book} {pool} {sales}: {fall} takes {taken}");
        }
    }

    #[test]
    fn a_pool_alone_follows_its_formula_even_in_parts() {
        let pool = 400.0;
        let once = with_pool(0.0, pool, 60.0);
        assert!((once - 2.0 * libm::log(1.15)).abs() < 1e-15);
        let first = with_pool(0.0, pool, 20.0);
        assert!((first + with_pool(0.0, pool + 20.0, 40.0) - once).abs() < 1e-15);
        // At a lower price the pool's reserve is larger.
        assert!((reserve(200.0, -first) - 420.0).abs() < 1e-10);
    }
}
