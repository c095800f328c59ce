//! The table of parameters: one row each drives the sliders, the URL, the attributes of the element, the
//! command line, validation and the documentation. Adding a parameter is adding a row.
//!
//! Values are stored as people write them: percentages as percents (`bots = 35`), money in $bn, time in
//! seconds. They are converted to the model's units in one place, [`crate::model::Rules`].

use serde::Serialize;
use serde::ser::Serializer;

use super::scale::{GREATEST_EXACT, Group, Scale};
use crate::text::entries::{self, Entries, Value};

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Row {
    /// Name in Rust and in JS objects (`bot_latency`); in URLs and attributes with a hyphen.
    pub id: &'static str,
    /// The letter in the equations, or nothing.
    pub symbol: &'static str,
    /// Unit of the value: `x`, `%`, `$bn`, `$bn/s`, `1/s`, `s`, `h`, or nothing for a count or a choice.
    pub unit: &'static str,
    /// Least value allowed.
    pub min: f64,
    /// Greatest value allowed.
    pub max: f64,
    /// Default value.
    pub default: f64,
    /// The scale of the slider, and the values allowed between the two ends.
    pub scale: Scale,
    /// The group of controls on the page.
    pub group: Group,
    /// Name in words.
    pub label: &'static str,
    /// Explanation for a newcomer.
    pub help: &'static str,
    pub(crate) get: fn(&Params) -> f64,
    pub(crate) set: fn(&mut Params, f64),
}

/// The words of a row. The light build has only those of its own sliders.
const fn worded(group: Group, words: &'static str) -> &'static str {
    let full = cfg!(feature = "full");
    if full || matches!(group, Group::Main) { words } else { "" }
}

/// The seed of the page as it opens: of the crowds with the seeds 0 to 99, the one whose fall is the median at the
/// defaults. The test `validation::opening` finds it again, so that a changed default changes it too.
const MEDIAN_SEED: u64 = 79;

macro_rules! table {
    ($($id:ident $symbol:literal $unit:literal $min:literal..$max:literal, $default:literal,
       $scale:expr, $group:ident, $label:literal, $help:literal;)*) => {
        /// All parameters of a run. `Params::default()` is the page as it opens.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Params {
            $(#[doc = $help] pub $id: f64,)*
            /// Seed of all draws: same seed, same crowd, same noise.
            pub seed: u64,
        }

        impl Default for Params {
            fn default() -> Self {
                Self { $($id: $default,)* seed: MEDIAN_SEED }
            }
        }

        /// All parameters, in the order in which they are shown and written.
        pub const TABLE: &[Row] = &[
            $(Row {
                id: stringify!($id), symbol: $symbol, unit: $unit, min: $min, max: $max,
                default: $default, scale: $scale, group: Group::$group,
                label: worded(Group::$group, $label), help: worded(Group::$group, $help),
                get: |p| p.$id, set: |p, v| p.$id = v,
            },)*
            Row {
                id: "seed", symbol: "", unit: "", min: 0.0, max: u64::MAX as f64, default: MEDIAN_SEED as f64,
                scale: Scale::Seed, group: Group::Run, label: worded(Group::Run, "Seed"),
                help: worded(Group::Run, "Every draw comes from it: same seed, same crowd, same noise."),
                get: |p| p.seed as f64, set: |p, v| p.seed = v as u64,
            },
        ];
    };
}

table! {
    leverage "L" "x" 1.0..50.0, 10.0, Scale::Log, Main, "Leverage",
        "Dollars that the average account holds for each dollar of its equity. At 10x and a margin of 1%, a fall of about 9% reaches the limit.";
    bots "b" "%" 0.0..100.0, 45.0, Scale::Linear(1.0), Main, "Bot density",
        "Share of the accounts that are run by bots and smart contracts, which sell seconds after a limit is hit.";
    shock "x0" "%" 0.0..20.0, 4.0, Scale::Linear(0.1), Main, "First sale",
        "The order that starts the run, measured by the fall that it would cause alone in a calm market; a purchase, by the fall that would undo its rise.";
    margin_capital "C" "$bn" 0.1..50.0, 4.0, Scale::Log, Crowd, "Margin capital",
        "Roughly the equity of all long accounts together. Multiplied by leverage, it is the open interest: everything that could be sold.";
    crowding "s" "%" 0.5..10.0, 4.0, Scale::Linear(0.1), Crowd, "Spread of entry prices",
        "How far apart the entry prices of the accounts are. A small spread means a crowded market: limits lie close together.";
    leverage_spread "sL" "" 0.0..1.0, 0.4, Scale::Linear(0.05), Crowd, "Spread of leverage",
        "How much leverage differs from account to account; at 0 all have the same.";
    shorts "" "%" 0.0..100.0, 0.0, Scale::Linear(5.0), Crowd, "Short accounts",
        "Short accounts, in percent of the number of longs; their short positions are this share of the longs' open interest. Their limits lie above the price, and their rule makes them buy: a squeeze.";
    accounts "N" "" 100.0..1_000_000.0, 10000.0, Scale::WholeLog, Crowd, "Accounts",
        "How many long accounts share the open interest, in equal parts.";
    maintenance "m" "%" 0.4..25.0, 1.0, Scale::Log, Rules, "Maintenance margin",
        "The margin limit: an account whose equity falls below this share of its position must sell.";
    close_fraction "phi" "%" 5.0..100.0, 100.0, Scale::Linear(5.0), Rules, "Share sold at a margin limit",
        "How much of its position an account sells each time its margin limit is hit; 100% is a full liquidation.";
    vol_bots "v" "%" 0.0..100.0, 0.0, Scale::Linear(5.0), Rules, "Bots with a volatility limit",
        "Share of the bots that watch volatility instead of margin, and sell a fifth of their position each time it passes a limit.";
    vol_limit "k" "x" 2.0..30.0, 8.0, Scale::Log, Rules, "Volatility limit",
        "The typical volatility bot sells when volatility reaches this multiple of the usual.";
    bot_latency "Tb" "s" 1.0..600.0, 2.0, Scale::Log, Rules, "Bot reaction time",
        "Mean number of seconds from a limit being hit to the bot's sale. Each bot has its own reaction time, rounded up to whole seconds.";
    human_latency "Th" "s" 60.0..7200.0, 1800.0, Scale::Log, Rules, "Human reaction time",
        "Mean time that people take to act, in seconds: forced sellers and value buyers alike.";
    depth "D0/100" "$bn" 0.05..20.0, 1.0, Scale::Log, Market, "Market depth",
        "The size of the order that moves the price by 1% in a calm market.";
    buyers "B" "$bn" 0.0..1000.0, 300.0, Scale::Linear(10.0), Market, "Value buyers",
        "Money that value buyers would eventually spend if the price were 100% too low; a tenth of it if 10% too low.";
    permanent "th" "%" 0.0..100.0, 10.0, Scale::Linear(5.0), Market, "Impact that stays",
        "Share of a sale's impact that is permanent; the rest fades as the book refills.";
    refill "tr" "s" 10.0..3600.0, 600.0, Scale::Log, Market, "Refill time",
        "Seconds in which the order book recovers about two thirds (63%) of what a sale took out of it.";
    first_seconds "" "s" 1.0..1800.0, 10.0, Scale::WholeLog, Market, "First sale lasts",
        "Seconds over which the first order is spread evenly. Value buyers and the refill of the book absorb part of a slow order.";
    thinning "eta" "" 0.0..0.8, 0.0, Scale::Linear(0.05), Market, "Thinning",
        "How strongly market makers step back when volatility rises: depth is proportional to (usual / measured volatility) to this power, at constant trading volume. At 0 they never step back. In impact models fitted to data, depth is proportional to volume / volatility, a power of 1.";
    depth_floor "" "%" 1.0..100.0, 10.0, Scale::Linear(1.0), Market, "Least depth",
        "Share of calm depth that stays in the book at any volatility.";
    calm_volatility "sig" "%" 0.0..30.0, 3.0, Scale::Linear(0.1), Market, "Calm volatility",
        "How much random news alone moves the price in a day, in percent; at 0 there is no noise.";
    usual_volatility "" "%" 0.01..30.0, 3.0, Scale::Log, Market, "Usual volatility",
        "The volatility, in percent a day, that market makers and volatility bots are used to. Volatility limits and thinning go by multiples of it, however calm the market is.";
    vol_interval "" "s" 1.0..300.0, 60.0, Scale::WholeLog, Market, "Volatility measured over",
        "Volatility is measured from returns over this many seconds, once a second. Volatility limits and thinning use this measure. A short interval counts a steady fall as calm, a long one does not. The value is assumed: realised volatility is mostly measured from 1- to 5-minute returns.";
    vol_half_life "" "s" 1.0..3600.0, 60.0, Scale::Log, Market, "Volatility remembered for",
        "Half-life of the volatility measure: after this many seconds a return counts half. Volatility limits and thinning use this measure; the value is assumed.";
    first_order "" "" 0.0..1.0, 0.0, Scale::Choice(&["sale", "purchase"]), Structure, "The first order is a",
        "A sale sets off those who borrowed to buy; a purchase of the same size sets off the short accounts.";
    venues "" "" 1.0..8.0, 1.0, Scale::Whole(1.0), Structure, "Venues",
        "Number of venues across which the crowd and the order book are split. The first order hits one of them.";
    arbitrage "" "1/s" 0.001..10.0, 0.1, Scale::Log, Structure, "Arbitrage",
        "How fast prices on different venues converge: at 0.1 a second, 63% of a gap is gone after 10 s.";
    oracle "" "" 0.0..1.0, 0.0, Scale::Choice(&["own", "mean"]), Structure, "Liquidate on",
        "The price that limits are held against: that of the account's own venue, or the mean over all venues.";
    mark "" "s" 1.0..600.0, 0.0, Scale::LogOrOff, Structure, "Mark price half-life",
        "Margin limits are compared with an average of the price with this half-life, as on many exchanges; at 0, with the last price.";
    amm_share "" "%" 0.0..90.0, 0.0, Scale::Linear(5.0), Structure, "Depth from an AMM",
        "Share of the depth provided by a constant-product pool, which does not step back when volatility rises.";
    impact "" "" 0.0..1.0, 0.0, Scale::Choice(&["linear", "square-root"]), Structure, "Impact grows",
        "In proportion to the amount sold, or to its square root; in both, the same order moves the price by 1%.";
    loops "n" "" 0.0..30.0, 0.0, Scale::Whole(1.0), Structure, "Lending loops",
        "How often an account deposits what it bought and borrows against it to buy again. More than 0 sets leverage.";
    ltv "ltv" "%" 0.0..100.0, 75.0, Scale::Linear(1.0), Structure, "Loan to value",
        "Share of its collateral that each lending loop borrows. The lender's liquidation threshold is 100% less the maintenance margin.";
    targeters "A" "$bn" 0.1..1000.0, 0.0, Scale::LogOrOff, Structure, "Leverage targeters",
        "Assets of funds that hold leverage constant, and so sell into every fall and buy into every rise; 0 is none.";
    target_leverage "" "x" 1.0..20.0, 3.0, Scale::Log, Structure, "... at a leverage of",
        "The leverage that these funds return to.";
    breaker_rule "" "" 0.0..2.0, 0.0, Scale::Choice(&["window", "levels", "bands"]), Dampeners, "Kind of breaker",
        "A fall within a window; levels of 7, 13 and 20% below the start (US stocks); or bands of 5% around the mean of five minutes.";
    breaker_fall "" "%" 0.0..50.0, 0.0, Scale::Linear(0.5), Dampeners, "Circuit breaker at a fall of",
        "Trading stops when the price has fallen by more than this within the window; 0 switches that breaker off.";
    breaker_window "" "s" 1.0..3600.0, 60.0, Scale::WholeLog, Dampeners, "... within",
        "The window in which the circuit breaker measures the fall.";
    breaker_halt "" "s" 1.0..7200.0, 60.0, Scale::WholeLog, Dampeners, "... halts for",
        "Length of the halt once the breaker trips; orders wait and meet in one auction.";
    throttle "" "$bn/s" 0.001..10.0, 0.0, Scale::LogOrOff, Dampeners, "Liquidation throttle",
        "The most that may be force-sold in a second; the rest queues. 0 switches the throttle off.";
    queue_latency "" "s" 0.0..600.0, 0.0, Scale::Whole(1.0), Dampeners, "Liquidation queue latency",
        "Seconds that every forced order waits in the queue of the liquidation engine before it reaches the book.";
    settlement_delay "" "s" 0.0..3600.0, 0.0, Scale::Whole(10.0), Dampeners, "Settlement delay",
        "Seconds until a bot's sale counts towards its margin; until then its rule keeps selling. If everything is sold at the first limit, the delay changes nothing.";
    insurance "" "$bn" 0.001..10.0, 0.0, Scale::LogOrOff, Dampeners, "Insurance fund",
        "Money that pays the losses of positions closed beyond their bankruptcy price; 0 is none.";
    adl "" "" 0.0..1.0, 0.0, Scale::Choice(&["off", "on"]), Dampeners, "Auto-deleveraging",
        "Once the fund is empty, such positions are closed outside the order book against winning accounts on the other side.";
    leverage_cap "" "x" 1.0..50.0, 0.0, Scale::LogOrOff, Dampeners, "Leverage cap",
        "No account may have more leverage than this; 0 switches the cap off.";
    hours "" "h" 1.0..6.0, 2.0, Scale::Whole(1.0), Run, "Length of the run",
        "How many hours are simulated, second by second.";
}

/// The row of that name, written with underscores or hyphens.
#[must_use]
pub fn row(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| {
        row.id.len() == name.len() && row.id.bytes().zip(name.bytes()).all(|(a, b)| a == b || (a == b'_' && b == b'-'))
    })
}

impl Params {
    /// The value of a row. A seed above 2^53 loses digits here, but not in [`Row::write`].
    #[must_use]
    pub fn get(&self, row: &Row) -> f64 {
        (row.get)(self)
    }

    /// Mean leverage before the cap: as set, or as it follows from the lending loops.
    #[must_use]
    pub fn asked_leverage(&self) -> f64 {
        if self.loops == 0.0 {
            return self.leverage;
        }
        // Each loop spends the loan on the last purchase: 1 + ltv + ltv^2 + ...
        let ltv = self.ltv / 100.0;
        (0..self.loops as u32).fold(1.0, |sum, _| 1.0 + ltv * sum)
    }

    /// Mean leverage of the crowd, at most the cap.
    #[must_use]
    pub fn mean_leverage(&self) -> f64 {
        let leverage = self.asked_leverage();
        if self.leverage_cap > 0.0 { leverage.min(self.leverage_cap) } else { leverage }
    }
}

/// All parameters under their ids.
impl Entries for Params {
    fn each(&self, entry: &mut dyn FnMut(&'static str, Value)) {
        for row in TABLE {
            let value = if row.scale == Scale::Seed && self.seed > GREATEST_EXACT {
                Value::Text(self.seed.to_string())
            } else if let Scale::Choice(names) = row.scale {
                Value::Text(names[self.get(row) as usize].into())
            } else if matches!(row.scale, Scale::Seed | Scale::Whole(_) | Scale::WholeLog) {
                // Whole numbers, written 2 and not 2.0.
                Value::Whole(self.get(row) as i64)
            } else {
                Value::Number(self.get(row))
            };
            entry(row.id, value);
        }
    }
}

/// Serializes as an object with the ids as keys.
impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        entries::serialize(self, serializer)
    }
}
