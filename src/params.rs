//! THE table of parameters: one row each drives the sliders, the URL, the attributes of the element, the
//! command line, validation and the documentation. Adding a parameter is adding a row.
//!
//! Values are kept as people write them: percentages as percents (`bots = 35`), money in $bn, time in
//! seconds. The model turns them into its own units in one place, [`crate::model::Rules`].

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::decimal;
use crate::query::Problem;
use crate::units::{SPACE, dollars, duration, number, thousands};

/// How a slider runs through the range of a parameter, and which values are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// Any number in the range; the slider stops at multiples of the step.
    Linear(f64),
    /// Any number in the range; the slider stops at the numbers with two significant digits.
    Log,
    /// As [`Scale::Log`], and zero, which switches the mechanism off.
    LogOrOff,
    /// Whole numbers only; the slider stops at multiples of the step.
    Whole(f64),
    /// Whole numbers only; the slider stops at those with two significant digits.
    WholeLog,
    /// A 64-bit seed: written in digits, drawn by a button instead of a slider.
    Seed,
}

/// Where on the page a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The big controls beside the picture.
    Main,
    /// Who holds what, and how alike they are.
    Crowd,
    /// What a limit makes an account do, and how fast.
    Rules,
    /// How the market takes an order.
    Market,
    /// What an exchange or a regulator can switch on.
    Dampeners,
    /// What is simulated, for how long, with which draws.
    Run,
}

/// One row of the table.
#[derive(Clone, Copy, Serialize)]
pub struct Row {
    /// Name in Rust and in JS objects (`bot_latency`); in URLs and attributes with a hyphen.
    pub id: &'static str,
    /// The letter it has in the equations, or nothing.
    pub symbol: &'static str,
    /// Unit of the value: `x`, `%`, `$bn`, `$bn/s`, `s`, `h`, or nothing for a count.
    pub unit: &'static str,
    /// Least value allowed.
    pub min: f64,
    /// Greatest value allowed.
    pub max: f64,
    /// Value if nothing is said.
    pub default: f64,
    /// How the slider runs, and what is allowed between the two ends.
    pub scale: Scale,
    /// Where on the page it stands.
    pub group: Group,
    /// Its name in words.
    pub label: &'static str,
    /// What it is, in one sentence for a newcomer.
    pub help: &'static str,
    #[serde(skip)]
    get: fn(&Params) -> f64,
    #[serde(skip)]
    set: fn(&mut Params, f64),
}

macro_rules! table {
    ($($id:ident $symbol:literal $unit:literal $min:literal..$max:literal, $default:literal,
       $scale:expr, $group:ident, $label:literal, $help:literal;)*) => {
        /// Everything that a run depends on. `Params::default()` is the page as it opens.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct Params {
            $(#[doc = $help] pub $id: f64,)*
            /// Every draw comes from it: same seed, same crowd, same noise.
            pub seed: u64,
        }

        impl Default for Params {
            fn default() -> Self {
                Self { $($id: $default,)* seed: 1 }
            }
        }

        /// All parameters, in the order in which they are shown and written.
        pub const TABLE: &[Row] = &[
            $(Row {
                id: stringify!($id), symbol: $symbol, unit: $unit, min: $min, max: $max,
                default: $default, scale: $scale, group: Group::$group, label: $label, help: $help,
                get: |p| p.$id, set: |p, v| p.$id = v,
            },)*
            Row {
                id: "seed", symbol: "", unit: "", min: 0.0, max: u64::MAX as f64, default: 1.0,
                scale: Scale::Seed, group: Group::Run, label: "Seed",
                help: "Every draw comes from it: same seed, same crowd, same noise.",
                get: |p| p.seed as f64, set: |p, v| p.seed = v as u64,
            },
        ];
    };
}

table! {
    leverage "L" "x" 1.0..50.0, 10.0, Scale::Log, Main, "Leverage",
        "How many dollars the average account holds for each dollar of its own. At 10x, a fall of about 9 % reaches the limit.";
    bots "b" "%" 0.0..100.0, 35.0, Scale::Linear(1.0), Main, "Bot density",
        "Share of the accounts that are run by bots and smart contracts, which sell seconds after a limit is hit.";
    shock "x0" "%" 0.0..20.0, 2.0, Scale::Linear(0.1), Main, "First sale",
        "One ordinary sell order that starts it all, measured by the fall that it would cause on its own in a calm market.";
    margin_capital "C" "$bn" 0.1..50.0, 4.0, Scale::Log, Crowd, "Margin capital",
        "The accounts' own money. Times leverage, this is the open interest: everything that could be sold.";
    crowding "s" "%" 0.5..10.0, 4.0, Scale::Linear(0.1), Crowd, "Spread of entry prices",
        "How far apart the prices are at which the accounts bought. Small means crowded: their limits lie close together.";
    leverage_spread "sL" "" 0.0..1.0, 0.4, Scale::Linear(0.05), Crowd, "Spread of leverage",
        "How much leverage differs from account to account; at 0 all have the same.";
    accounts "N" "" 100.0..1_000_000.0, 10000.0, Scale::WholeLog, Crowd, "Accounts",
        "How many accounts share the open interest, in equal parts.";
    maintenance "m" "%" 0.4..25.0, 1.0, Scale::Log, Rules, "Maintenance margin",
        "The margin limit: an account whose own money falls below this share of its position must sell.";
    close_fraction "phi" "%" 5.0..100.0, 100.0, Scale::Linear(5.0), Rules, "Share sold at a margin limit",
        "How much of its position an account sells each time its margin limit is hit; 100 % is a full liquidation.";
    vol_bots "v" "%" 0.0..100.0, 20.0, Scale::Linear(5.0), Rules, "Bots with a volatility limit",
        "Share of the bots that watch volatility instead of margin, and sell a fifth each time it climbs past a limit.";
    vol_limit "k" "x" 2.0..30.0, 8.0, Scale::Log, Rules, "Volatility limit",
        "How many times calm volatility the typical volatility bot puts up with before it sells.";
    bot_latency "Tb" "s" 1.0..600.0, 2.0, Scale::Log, Rules, "Bot reaction time",
        "Seconds from a limit being hit to the bot's sale, on average.";
    human_latency "Th" "s" 60.0..7200.0, 1800.0, Scale::Log, Rules, "Human reaction time",
        "Seconds that people take to act, on average, both those who must sell and those who come to buy.";
    depth "D0/100" "$bn" 0.05..20.0, 2.0, Scale::Log, Market, "Market depth",
        "The size of the order that moves the price by 1 % in a calm market.";
    buyers "B" "$bn" 0.0..1000.0, 300.0, Scale::Linear(10.0), Market, "Value buyers",
        "Money that would in time come in to buy if the price were 100 % too low; a tenth of it if 10 % too low.";
    permanent "th" "%" 0.0..100.0, 10.0, Scale::Linear(5.0), Market, "Impact that stays",
        "Share of the fall caused by a sale that never recovers; the rest fades as the book refills.";
    refill "tr" "s" 10.0..3600.0, 600.0, Scale::Log, Market, "Refill time",
        "Seconds in which the order book recovers about two thirds (63 %) of what a sale took out of it.";
    thinning "eta" "" 0.0..0.8, 0.3, Scale::Linear(0.05), Market, "Thinning",
        "How strongly market makers step back when volatility rises; at 0 they never do.";
    depth_floor "" "%" 1.0..100.0, 10.0, Scale::Linear(1.0), Market, "Least depth",
        "The share of calm depth that stays in the book however wild it gets.";
    calm_volatility "sig" "%" 0.0..30.0, 3.0, Scale::Linear(0.1), Market, "Calm volatility",
        "How much the price moves in an ordinary day, in percent; at 0 there is no noise at all.";
    breaker_fall "" "%" 0.0..50.0, 0.0, Scale::Linear(0.5), Dampeners, "Circuit breaker at a fall of",
        "Trading stops when the price has fallen by more than this within the window; 0 switches the breaker off.";
    breaker_window "" "s" 1.0..3600.0, 60.0, Scale::WholeLog, Dampeners, "... within",
        "The window in which the circuit breaker measures the fall.";
    breaker_halt "" "s" 1.0..7200.0, 60.0, Scale::WholeLog, Dampeners, "... halts for",
        "How long nobody can trade once the breaker trips; orders wait and meet in one auction.";
    throttle "" "$bn/s" 0.001..10.0, 0.0, Scale::LogOrOff, Dampeners, "Liquidation throttle",
        "The most that may be force-sold in a second, the rest queues; 0 switches the throttle off.";
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
    /// The value of a row; a seed above 2^53 loses digits here and keeps them in [`Row::write`].
    #[must_use]
    pub fn get(&self, row: &Row) -> f64 {
        (row.get)(self)
    }

    /// Sets one parameter.
    ///
    /// # Errors
    /// If the value is not allowed; nothing is changed then.
    pub fn set(&mut self, row: &Row, value: f64) -> Result<(), Problem> {
        if row.allows(value) {
            // What its digits in a URL give back: no finer than those, and no negative zero.
            (row.set)(self, decimal::parse(&number(value)).unwrap_or(value) + 0.0);
            Ok(())
        } else {
            Err(Problem::not_allowed(row, &number(value)))
        }
    }
}

/// The greatest seed that a number of JavaScript or JSON holds exactly; greater ones travel as text.
const GREATEST_EXACT: u64 = (1 << 53) - 1;

impl Params {
    pub(crate) fn serialize_entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for row in TABLE {
            if row.scale == Scale::Seed && self.seed > GREATEST_EXACT {
                map.serialize_entry(row.id, &self.seed.to_string())?;
            } else if matches!(row.scale, Scale::Seed | Scale::Whole(_) | Scale::WholeLog) {
                // As the whole numbers that they are: 2 and not 2.0.
                map.serialize_entry(row.id, &(self.get(row) as u64))?;
            } else {
                map.serialize_entry(row.id, &self.get(row))?;
            }
        }
        Ok(())
    }
}

/// An object with the ids as keys.
impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(TABLE.len()))?;
        self.serialize_entries(&mut map)?;
        map.end()
    }
}

impl Row {
    /// The name as written in URLs and attributes: hyphens instead of underscores.
    #[must_use]
    pub fn name(&self) -> String {
        self.id.replace('_', "-")
    }

    /// Whether the value may be used.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        let inside = value >= self.min && value <= self.max;
        match self.scale {
            Scale::Linear(_) | Scale::Log => inside,
            Scale::LogOrOff => inside || value == 0.0,
            Scale::Whole(_) | Scale::WholeLog => inside && value.fract() == 0.0,
            Scale::Seed => inside && value.fract() == 0.0 && value <= GREATEST_EXACT as f64,
        }
    }

    /// The allowed value nearest to this one; the default for what is not a number.
    #[must_use]
    pub fn nearest(&self, value: f64) -> f64 {
        if value.is_nan() {
            return self.default;
        }
        let inside = value.clamp(self.min, self.max);
        match self.scale {
            Scale::LogOrOff if value < self.min / 2.0 => 0.0,
            Scale::Whole(_) | Scale::WholeLog => inside.round(),
            _ => inside,
        }
    }

    /// What is allowed, in words: `1 to 50`, `0 (off) or 0.001 to 10`.
    #[must_use]
    pub fn allowed(&self) -> String {
        let range = format!("{} to {}", number(self.min), number(self.max));
        match self.scale {
            Scale::Linear(_) | Scale::Log => range,
            Scale::LogOrOff => format!("0 (off) or {range}"),
            Scale::Whole(_) | Scale::WholeLog => format!("a whole number from {range}"),
            Scale::Seed => format!("a whole number from 0 to {}", u64::MAX),
        }
    }

    /// The positions of the slider, least to greatest. A seed has none.
    #[must_use]
    pub fn stops(&self) -> Vec<f64> {
        let mut stops = Vec::new();
        match self.scale {
            Scale::Linear(step) | Scale::Whole(step) => {
                // Through a whole number of hundredths, so that 0.1 + 0.2 is written 0.3.
                let hundredths = (step * 100.0).round();
                let count = ((self.max - self.min) / step).floor() as u32;
                stops.extend((0..=count).map(|i| ((self.min * 100.0).round() + hundredths * f64::from(i)) / 100.0));
                if stops.last().is_some_and(|last| *last < self.max) {
                    stops.push(self.max);
                }
            }
            Scale::Log | Scale::LogOrOff | Scale::WholeLog => {
                if self.scale == Scale::LogOrOff {
                    stops.push(0.0);
                }
                for exponent in -4..7 {
                    for digits in 10..100 {
                        let value = tens(digits, exponent - 1);
                        let whole = self.scale != Scale::WholeLog || value.fract() == 0.0;
                        if whole && value >= self.min && value <= self.max {
                            stops.push(value);
                        }
                    }
                }
            }
            Scale::Seed => {}
        }
        stops
    }

    /// The value in digits, as it is written in a URL.
    #[must_use]
    pub fn write(&self, params: &Params) -> String {
        if self.scale == Scale::Seed { params.seed.to_string() } else { number(params.get(self)) }
    }

    /// The value with its unit, as a person reads it.
    #[must_use]
    pub fn words(&self, value: f64) -> String {
        if value == 0.0 && (self.scale == Scale::LogOrOff || self.id == "breaker_fall") {
            return "off".into();
        }
        match self.unit {
            "x" => format!("{}x", number(value)),
            "%" => format!("{}{SPACE}%", number(value)),
            "$bn" => dollars(value),
            "$bn/s" => format!("{} a second", dollars(value)),
            "s" => duration(value),
            "h" => format!("{}{SPACE}h", number(value)),
            _ => thousands(value),
        }
    }
}

/// `digits * 10^exponent`, as the nearest number to its decimal notation.
fn tens(digits: u32, exponent: i32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent.abs() {
        power *= 10.0;
    }
    if exponent < 0 { f64::from(digits) / power } else { f64::from(digits) * power }
}
