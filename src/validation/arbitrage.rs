//! Venues: a sale first moves its own venue alone, and arbitrage spreads the fall to the others.

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use crate::model::Rules;
use crate::model::market::Market;
use crate::model::rules::MOST_VENUES;
use crate::params::Params;

/// Number of venues in the figure.
const VENUES: f64 = 4.0;

/// Size of the order in the figure, $bn: it moves the price of all venues together by 1%.
const ORDER: f64 = 2.0;

/// A market of several venues in which no impact decays.
#[must_use]
pub fn market(venues: f64, arbitrage: f64) -> Rules {
    let quiet =
        Params { permanent: 100.0, buyers: 0.0, thinning: 0.0, calm_volatility: 0.0, depth: 2.0, ..Params::default() };
    Rules::from(&Params { venues, arbitrage, ..quiet })
}

/// Falls of the log price on the venue that is sold to and on every other, `seconds` after the second in which the
/// order was sold evenly.
#[must_use]
pub fn formula(rules: &Rules, arbitrage: f64, sales: f64, seconds: f64) -> (f64, f64) {
    let venues = rules.venues as f64;
    let all = sales / rules.depth;
    let open = libm::exp(-arbitrage * seconds) * -libm::expm1(-arbitrage) / arbitrage;
    (all * (1.0 + (venues - 1.0) * open), all * (1.0 - open))
}

/// The same from the simulated market.
#[must_use]
pub fn measured(rules: &Rules, sales: f64, seconds: u32) -> (f64, f64) {
    let mut market = Market::new(rules);
    for second in 0..=seconds {
        let now = if second == 0 { sales } else { 0.0 };
        let mut sold = [0.0; MOST_VENUES];
        sold[0] = now;
        market.step(rules, now, 0.0, false);
        market.spread(rules, &sold);
    }
    (-market.price_on(rules, 0), -market.price_on(rules, 1))
}

/// The figure: falls on both kinds of venue over time.
#[must_use]
pub fn proof() -> Proof {
    let arbitrage = 0.1;
    let rules = market(VENUES, arbitrage);
    let times = || (0..=480).map(|i| f64::from(i) / 8.0);
    let seconds = [0, 2, 5, 10, 15, 20, 30, 40, 50, 60];
    let percents = |t: f64, log_fall: f64| -> Point { (t, 100.0 * log_fall) };
    let curve = |text: &str, x, side, pick: fn((f64, f64)) -> f64| Curve {
        label: Label { text: text.into(), x, side },
        line: times().map(|t| percents(t, pick(formula(&rules, arbitrage, ORDER, t)))).collect(),
        measured: seconds.map(|t| percents(f64::from(t), pick(measured(&rules, ORDER, t)))).into(),
    };
    Proof {
        id: "arbitrage",
        title: "One venue falls first and furthest, until arbitrage has evened it out",
        source: "Derived for this model: each of K venues has its share of the book, and gaps between them close at \
                 the rate of arbitrage.",
        claim: "A sale meets only its own venue’s part of the book, so that venue falls K times as far as all would \
                together, and the others do not fall at all. Then all come to the same fall, that of one market with \
                all the depth.",
        formula: "own venue: (q / D) [1 + (K − 1) exp(−a t)]; others: (q / D) [1 − exp(−a t)]",
        exact: "For an order sold at once; the curves average over the second in which it is sold. The points are four \
                simulated venues, arbitrage 0.1 a second. At a rate without end, or if all follow the mean price, \
                it is one market, to the last bit.",
        ends: "Depth that thins, and accounts whose limits the own venue’s price passes: these are what makes one \
               venue’s fall everybody’s.",
        plot: Plot {
            x: Axis { label: "Time after the sale", unit: "s", from: 0.0, to: 60.0, log: false },
            y: Axis { label: "Fall of the price (log)", unit: "%", from: 0.0, to: 4.0, log: false },
            curves: vec![
                curve("the venue sold to", 8.0, Side::AboveRight, |(own, _)| own),
                curve("each of the others", 14.0, Side::BelowRight, |(_, other)| other),
            ],
            path: vec![],
            measured: Label { text: "four simulated venues".into(), x: 20.0, side: Side::AboveRight },
        },
    }
}
