//! Episodes of funds with a constant ratio: portfolio insurers, long-short funds, volatility funds and pension
//! hedgers. In all of them the crowd of accounts has no debt, and every forced order comes from the funds.

use super::episode::{Episode, Published, PublishedFigure, Source, assumed, fitted, published};
use super::measure;
use super::measure::{
    forced_fall, forced_share, funds, funds_bought, funds_sold, gain_at_8_to_1, loss_at_8_to_1, loss_of_a_short,
    reproduction, rise,
};
use super::place::Place;
use crate::params::presets;

const STAND_BY: &str = "No debt: the accounts take no part, and all forced orders come from the funds.";
const NO_BOTS: &str = "No bots: the crowd takes no part.";
const SMALLEST: &str = "The minimum: the crowd takes no part.";
const NO_BUYERS: &str = "None, so that only the funds respond to the first order.";
const ALL_STAYS: &str = "All of it: the price did not recover within the span.";
const LONGEST: &str = "As long as a run can be.";

const INSURED: &str = "Estimates of portfolio insurance in 1987";
const SOLD: &str = "Accounts of portfolio insurance in 1987, second-hand";
const INDICES: &str = "S&P 500 and Dow Jones, closing prices";

/// 19 October 1987: portfolio insurance.
pub const OCT_1987: Episode = Episode {
    scenario: &presets::OCT_1987,
    sources: &[
        Source { name: INSURED, what: "Some $60-80bn of shares were insured. Estimates differ." },
        Source { name: INDICES, what: "The falls of the day; textbook figures." },
        Source {
            name: SOLD,
            what: "About $4bn of futures and $2bn of shares sold on the day; the rule required $12bn more.",
        },
    ],
    inputs: &[
        assumed("leverage", STAND_BY),
        assumed("bots", NO_BOTS),
        assumed("shock", "The assumed fall without the insurers; a smaller one with less depth fits as well."),
        assumed("margin_capital", SMALLEST),
        assumed("bot_latency", "Ten minutes, the maximum: orders went through people and the floor."),
        fitted("depth", "To the fall of the day."),
        assumed("buyers", NO_BUYERS),
        assumed("permanent", ALL_STAYS),
        assumed("calm_volatility", "An ordinary day of a stock index."),
        published("targeters", "The middle of $60-80bn insured."),
        assumed("target_leverage", "For each percent that shares fall, one percent of them is sold."),
        assumed("hours", LONGEST),
    ],
    figures: &[
        PublishedFigure {
            what: "Fall in a day (S&P 500; Dow Jones)",
            unit: "%",
            published: Published::Range(20.5, 22.6),
            measure: measure::fall,
            target: true,
            source: INDICES,
            place: Some(Place::Fall),
        },
        PublishedFigure {
            what: "Shares insured (input)",
            unit: "$bn",
            published: Published::Range(60.0, 80.0),
            measure: funds,
            target: false,
            source: INSURED,
            place: None,
        },
        PublishedFigure {
            what: "Sold by insurers on the day",
            unit: "$bn",
            published: Published::Value(6.0),
            measure: funds_sold,
            target: false,
            source: SOLD,
            place: None,
        },
        PublishedFigure {
            what: "Sales that their rule required",
            unit: "$bn",
            published: Published::Value(18.0),
            measure: funds_sold,
            target: false,
            source: SOLD,
            place: None,
        },
    ],
    limits: "The day is compressed: a run is at most six hours, and its first sale lasts ten seconds. Portfolio insurance sells more as prices fall; here a fund that holds leverage constant stands for it, which is the same for small falls but also buys back when prices rise. The insurers' share of the fall is not known; here it follows from the assumed first sale. Futures and shares, whose prices diverged on the day, are one market.",
};

const KHANDANI_LO: &str = "Khandani and Lo, What happened to the quants in August 2007?";

/// August 2007: long-short funds that held the same stocks.
pub const AUG_2007: Episode = Episode {
    scenario: &presets::AUG_2007,
    sources: &[Source {
        name: KHANDANI_LO,
        what: "At 8:1 about −28% over three days and +24% on the 10th; second-hand.",
    }],
    inputs: &[
        assumed("leverage", STAND_BY),
        assumed("bots", NO_BOTS),
        fitted("shock", "To the loss of three days."),
        assumed("margin_capital", SMALLEST),
        assumed("bot_latency", "Five minutes: the days are compressed to hours."),
        assumed("depth", "With the funds' assets it gives an R of 0.7; other pairs with the same R fit as well."),
        assumed("buyers", NO_BUYERS),
        fitted("permanent", "To the gain on the 10th."),
        assumed("refill", "The maximum."),
        assumed("calm_volatility", "Longs and shorts cancel on an ordinary day."),
        assumed("targeters", "See depth."),
        published("target_leverage", "That of the published returns."),
        assumed("hours", LONGEST),
    ],
    figures: &[
        PublishedFigure {
            what: "Loss of a fund at 8:1 to the low",
            unit: "%",
            published: Published::Value(28.0),
            measure: loss_at_8_to_1,
            target: true,
            source: KHANDANI_LO,
            place: Some(Place::Loss(8.0)),
        },
        PublishedFigure {
            what: "Gain of a fund at 8:1 from the low to the end",
            unit: "%",
            published: Published::Value(24.0),
            measure: gain_at_8_to_1,
            target: true,
            source: KHANDANI_LO,
            place: Some(Place::Gain(8.0)),
        },
    ],
    limits: "Three days of losses and one of gains are compressed into six hours, without the course of each day. A fund's loss is eight times the fall, without rebalancing. Assets and depth are not published: only their ratio, R, matters.",
};

const VOLATILITY: &str = "VIX and the inverse funds, closing prices";
const FUTURES: &str = "Reports on VIX futures near the close";

/// 5 February 2018: inverse and doubly leveraged volatility funds.
pub const FEB_2018: Episode = Episode {
    scenario: &presets::FEB_2018,
    sources: &[
        Source {
            name: VOLATILITY,
            what: "VIX 17.31 to 37.32; XIV −97%, SVXY −91%. Other reports differ by some percent.",
        },
        Source { name: FUTURES, what: "About $4bn of VIX futures were bought." },
    ],
    inputs: &[
        assumed("leverage", STAND_BY),
        assumed("bots", NO_BOTS),
        assumed("shock", "The maximum: a rise of a quarter, caused by the fall of shares that day."),
        assumed("margin_capital", SMALLEST),
        assumed("bot_latency", "A minute: the funds had to be done by the close."),
        fitted("depth", "To the loss of the inverse funds."),
        assumed("buyers", NO_BUYERS),
        assumed("permanent", ALL_STAYS),
        assumed("calm_volatility", "Little, so that the run is that of the funds."),
        published("first_order", "The price rose."),
        fitted("targeters", "To $4bn bought."),
        published(
            "target_leverage",
            "A fund at leverage L rebalances by L(L-1): by 2 both at 2 and at -1, in the same direction.",
        ),
        assumed("hours", "One is enough."),
    ],
    figures: &[
        PublishedFigure {
            what: "Loss of a fund at leverage −1 (SVXY; XIV)",
            unit: "%",
            published: Published::Range(91.0, 97.0),
            measure: loss_of_a_short,
            target: true,
            source: VOLATILITY,
            place: Some(Place::Loss(-1.0)),
        },
        PublishedFigure {
            what: "VIX futures bought by the funds",
            unit: "$bn",
            published: Published::Value(4.0),
            measure: funds_bought,
            target: true,
            source: FUTURES,
            place: None,
        },
        PublishedFigure {
            what: "Rise (on the day of the VIX, here of its futures)",
            unit: "%",
            // The VIX rose from 17.31 to 37.32.
            published: Published::Value(115.6),
            measure: rise,
            target: false,
            source: VOLATILITY,
            place: None,
        },
    ],
    limits: "The model has no short fund. Funds at leverage 2 stand for it: they rebalance by the same amount for small rises, but by more for large ones, and are not wiped out. The VIX is not traded; its futures are, and rose less: the model has one price. Purchases are counted at the start price.",
};

const BANK: &str = "Bank of England staff working paper 1089 (Pinter, Siriwardane, Walker)";
const GREENWOOD: &str = "Greenwood, Landier and Thesmar (2015)";

/// September 2022: pension hedgers.
pub const SEP_2022: Episode = Episode {
    scenario: &presets::SEP_2022,
    sources: &[
        Source { name: BANK, what: "Forced sales led to discounts of about 10%, roughly half of the whole decline." },
        Source {
            name: GREENWOOD,
            what: "Amplification 1/(1-R) of funds that target leverage; half of the fall is R = 0.5.",
        },
    ],
    inputs: &[
        assumed("leverage", STAND_BY),
        assumed("bots", NO_BOTS),
        fitted("shock", "To the discount of 10%."),
        assumed("margin_capital", SMALLEST),
        assumed("bot_latency", "A minute: the days are compressed to hours."),
        fitted("depth", "To the half of the fall that forced sales caused."),
        assumed("buyers", NO_BUYERS),
        assumed("permanent", "All of it, so that the amplification is the textbook one."),
        assumed("calm_volatility", "Little, so that the run is that of the funds."),
        assumed("targeters", "A round number: only its ratio to depth matters."),
        assumed("hours", LONGEST),
    ],
    figures: &[
        PublishedFigure {
            what: "Discount from forced sales",
            unit: "%",
            published: Published::Value(10.0),
            measure: forced_fall,
            target: true,
            source: BANK,
            place: Some(Place::Added),
        },
        PublishedFigure {
            what: "Share of fall from forced sales",
            unit: "%",
            published: Published::Value(50.0),
            measure: forced_share,
            target: true,
            source: BANK,
            place: None,
        },
        PublishedFigure {
            what: "R in closed form",
            unit: "",
            published: Published::Value(0.5),
            measure: reproduction,
            target: false,
            source: GREENWOOD,
            place: None,
        },
    ],
    limits: "Days and weeks are compressed into hours. The model includes neither the Bank of England, which stopped the fall by buying, nor new money from the pension schemes. The textbook's R is that of a small fall: after a large one funds have less to sell, so R must be somewhat higher for the same half.",
};
