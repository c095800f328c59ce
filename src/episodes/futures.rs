//! Episodes of futures: stock index futures on the day of the flash crash, and the largest recorded liquidation of
//! crypto futures.

use super::episode::{Episode, Published, PublishedFigure, Source, assumed, fitted, published};
use super::measure::{
    depth_lost, fall, first_order, halt_seconds, halts, least_depth, liquidated_in_40_minutes, liquidated_in_a_minute,
    longs, minutes_to_the_low, not_in_the_model, off_book_in_12_minutes, regained,
};
use super::place::Place;
use crate::params::presets;

const CFTC: &str = "CFTC and SEC, Findings regarding the market events of May 6, 2010";
const TEXTBOOK: &str = "Textbook figures";

/// 6 May 2010: the flash crash.
pub const MAY_2010: Episode = Episode {
    scenario: &presets::MAY_2010,
    sources: &[
        Source {
            name: CFTC,
            what: "75,000 E-mini contracts ($4.1bn) in about 20 minutes without regard to price or time, 35,000 of \
                   them ($1.9bn) from 2:32 to 2:45 pm; buy-side depth under 1% of the morning's; a pause from \
                   2:45:28 to 2:45:33.",
        },
        Source { name: TEXTBOOK, what: "A fall of about 5% in under 5 minutes, most of it regained in the next 20." },
    ],
    inputs: &[
        assumed("bots", "Programs stand in for the high-frequency traders and others that sold on volatility."),
        fitted("shock", "To the fall."),
        assumed("margin_capital", "What the programs hold, in proportion to depth."),
        assumed("vol_bots", "All programs obey a volatility limit and none a margin limit."),
        assumed("bot_latency", "Ten seconds: programs measure volatility before they act."),
        assumed("human_latency", "Five minutes: people watched."),
        fitted("depth", "With the first shock, to $1.9bn sold before the pause."),
        assumed("buyers", "Others bought at once when it was cheap."),
        assumed("permanent", "Little of the fall was justified."),
        fitted("refill", "To what was regained in 20 minutes."),
        assumed("thinning", "Market makers step back strongly."),
        published("depth_floor", "Buy-side depth under 1% of the morning's. In the run, depth does not fall that far."),
        assumed("calm_volatility", "A nervous day of a stock index."),
        assumed("usual_volatility", "The same."),
        assumed("vol_interval", "Programs and market makers watch each second."),
        assumed(
            "breaker_fall",
            "The exchange's rule reacted to stop orders that would trigger each other; here the breaker reacts to a fall.",
        ),
        assumed("breaker_window", "Within 5 seconds."),
        published("breaker_halt", "The pause of 5 seconds."),
    ],
    figures: &[
        PublishedFigure {
            what: "Fall",
            unit: "%",
            published: Published::Value(5.0),
            measure: fall,
            target: true,
            source: TEXTBOOK,
            place: Some(Place::Fall),
        },
        PublishedFigure {
            what: "Share of it regained in the next 20 minutes (\"most\")",
            unit: "%",
            published: Published::Range(50.0, 100.0),
            measure: regained,
            target: true,
            source: TEXTBOOK,
            place: Some(Place::Regained(20)),
        },
        PublishedFigure {
            what: "First sale, before the pause",
            unit: "$bn",
            published: Published::Value(1.9),
            measure: first_order,
            target: true,
            source: CFTC,
            place: None,
        },
        PublishedFigure {
            what: "The whole program, over 20 minutes",
            unit: "$bn",
            published: Published::Value(4.1),
            measure: not_in_the_model,
            target: false,
            source: CFTC,
            place: None,
        },
        PublishedFigure {
            what: "Time of the fall",
            unit: "min",
            published: Published::Under(5.0),
            measure: minutes_to_the_low,
            target: false,
            source: TEXTBOOK,
            place: Some(Place::Low),
        },
        PublishedFigure {
            what: "Least depth, share of calm",
            unit: "%",
            published: Published::Under(1.0),
            measure: least_depth,
            target: false,
            source: CFTC,
            place: None,
        },
        PublishedFigure {
            what: "Length of a pause (input)",
            unit: "s",
            published: Published::Value(5.0),
            measure: halt_seconds,
            target: false,
            source: CFTC,
            place: None,
        },
        PublishedFigure {
            what: "Pauses",
            unit: "",
            published: Published::Value(1.0),
            measure: halts,
            target: false,
            source: CFTC,
            place: None,
        },
    ],
    limits: "The model's first sale lasts 10 seconds; that of the day lasted 20 minutes, and its slow fall before the pause is not modelled. Here the fall takes half a minute and trading pauses twice; on the day it paused once, and the price turned. Depth is that of the whole book and does not fall as far as the best bids did on the day.",
};

const ADL: &str = "Chitra, Autodeleveraging: Impossibilities and Optimization, arXiv 2512.01112";
const REPORTS: &str = "Liquidation reports of 10 October 2025";
const HYPERLIQUID: &str = "Rules of Hyperliquid";
const BITCOIN: &str = "Minute prices of a Bitcoin perpetual, 10 October 2025";

/// 10 October 2025: the largest recorded liquidation of crypto derivatives.
pub const OCT_2025: Episode = Episode {
    scenario: &presets::OCT_2025,
    sources: &[
        Source {
            name: REPORTS,
            what: "About $19bn; $9.89bn in 14 hours, $6.93bn in the 40 minutes from 20:50 UTC, $3.21bn in the \
                   minute 21:15; 84% longs; all venues that report. Depth −98%, second-hand.",
        },
        Source {
            name: ADL,
            what: "$2.1bn auto-deleveraged in 12 minutes; excess profit taken $45.0-51.7m; Hyperliquid alone.",
        },
        Source { name: HYPERLIQUID, what: "Maintenance margin is half of the initial one; auto-deleveraging." },
        Source {
            name: BITCOIN,
            what: "116,830 at 20:50 UTC and 101,516.5 at 21:20 (−13.1%); 63 to 65% of that regained 20 minutes later.",
        },
    ],
    inputs: &[
        assumed("bots", "All: venues liquidate by machine."),
        assumed("shock", "The first fall that news caused is not published on its own."),
        fitted("margin_capital", "To $6.93bn in 40 minutes."),
        assumed("shorts", "As many as longs: every future has two sides."),
        assumed("maintenance", "Half of the initial margin on Hyperliquid; that is 5% at an assumed leverage of 10."),
        fitted("bot_latency", "To $3.21bn in the busiest minute: the speed at which an engine closes positions."),
        assumed("buyers", "A third of those in the opening."),
        assumed("permanent", "Half is assumed; Bitcoin had regained 63 to 65% of its fall 20 minutes later."),
        assumed("thinning", "Little: with more, everything closes within seconds."),
        published("depth_floor", "Depth −98%. In the run, depth does not fall that far."),
        assumed("calm_volatility", "Little, so that the run hardly depends on the seed."),
        assumed("usual_volatility", "The same."),
        assumed("vol_interval", "Market makers watch each second."),
        fitted("insurance", "To $2.1bn closed off the book."),
        published("adl", "Hyperliquid's rule."),
    ],
    figures: &[
        PublishedFigure {
            what: "Liquidated in the busiest minute",
            unit: "$bn",
            published: Published::Value(3.21),
            measure: liquidated_in_a_minute,
            target: true,
            source: REPORTS,
            place: Some(Place::Sold(60)),
        },
        PublishedFigure {
            what: "Liquidated in 40 minutes",
            unit: "$bn",
            published: Published::Value(6.93),
            measure: liquidated_in_40_minutes,
            target: true,
            source: REPORTS,
            place: None,
        },
        PublishedFigure {
            what: "Auto-deleveraged in 12 minutes",
            unit: "$bn",
            published: Published::Value(2.1),
            measure: off_book_in_12_minutes,
            target: true,
            source: ADL,
            place: None,
        },
        PublishedFigure {
            what: "Fall (on the day: of Bitcoin)",
            unit: "%",
            published: Published::Value(13.1),
            measure: fall,
            target: false,
            source: BITCOIN,
            place: None,
        },
        PublishedFigure {
            what: "Time of the fall (on the day: of Bitcoin)",
            unit: "min",
            published: Published::Value(30.0),
            measure: minutes_to_the_low,
            target: false,
            source: BITCOIN,
            place: None,
        },
        PublishedFigure {
            what: "Share of it regained in the next 20 minutes",
            unit: "%",
            published: Published::Range(63.0, 65.0),
            measure: regained,
            target: false,
            source: BITCOIN,
            place: None,
        },
        PublishedFigure {
            what: "Share of longs in liquidations",
            unit: "%",
            published: Published::Value(84.0),
            measure: longs,
            target: false,
            source: REPORTS,
            place: None,
        },
        PublishedFigure {
            what: "Depth lost at the worst",
            unit: "%",
            published: Published::Value(98.0),
            measure: depth_lost,
            target: false,
            source: REPORTS,
            place: None,
        },
        PublishedFigure {
            what: "Excess profit taken from winners",
            unit: "$m",
            published: Published::Range(45.0, 51.7),
            measure: not_in_the_model,
            target: false,
            source: ADL,
            place: None,
        },
        PublishedFigure {
            what: "Liquidated in 14 hours",
            unit: "$bn",
            published: Published::Value(9.89),
            measure: not_in_the_model,
            target: false,
            source: REPORTS,
            place: None,
        },
        PublishedFigure {
            what: "Reported in all",
            unit: "$bn",
            published: Published::Value(19.0),
            measure: not_in_the_model,
            target: false,
            source: REPORTS,
            place: None,
        },
    ],
    limits: "Sources differ in scope: liquidations cover all venues that report, auto-deleveraging only Hyperliquid, and one crowd stands for both. The busiest minute comes first here; on the day it came after 25 minutes. Only longs are liquidated, because the price never rises far above its start; on the day shorts were caught in the rebound. With depth as thin as reported, everything would close within seconds, so depth does not fall as far here. Winners give up only what the losers cannot pay, so there is no excess. A run is too short for 14 hours. The size of the fall is not fitted.",
};
