//! Episodes of funds with a constant ratio: portfolio insurers, long-short funds, volatility funds and pension
//! hedgers. In all of them the crowd of accounts has no debt, and every forced order comes from the funds.

use super::episode::{Episode, Published, PublishedFigure, Source, assumed, fitted, published};
use super::measure;
use super::measure::{
    forced_fall, forced_share, funds, funds_bought, gain_at_8_to_1, loss_at_8_to_1, loss_of_a_short, reproduction, rise,
};
use crate::params::presets;

const STAND_BY: &str = "No debt: the crowd of accounts stands by, and all forced orders are the funds'.";
const NO_BOTS: &str = "No bots in the crowd, which stands by.";
const SMALLEST: &str = "The least there can be: the crowd has no part in it.";
const NO_BUYERS: &str = "None, so that nothing but the funds answers the first order.";
const ALL_STAYS: &str = "All of it: the price did not come back within the span.";
const LONGEST: &str = "As long as a run can be.";

const INSURED: &str = "Estimates of portfolio insurance in 1987";
const INDICES: &str = "S&P 500 and Dow Jones, closing prices";

/// 19 October 1987: portfolio insurance.
pub const OCT_1987: Episode = Episode {
    scenario: &presets::OCT_1987,
    sources: &[
        Source { name: INSURED, what: "Some $60-80bn of shares were insured. Estimates differ." },
        Source { name: INDICES, what: "The falls of the day; textbook figures." },
    ],
    inputs: &[
        assumed("leverage", STAND_BY),
        assumed("bots", NO_BOTS),
        assumed(
            "shock",
            "What the market would have lost without the insurers; a smaller one with less depth does as well.",
        ),
        assumed("margin_capital", SMALLEST),
        assumed("bot_latency", "Ten minutes, the longest there is: orders went through people and the floor."),
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
        },
        PublishedFigure {
            what: "Shares insured (put in)",
            unit: "$bn",
            published: Published::Range(60.0, 80.0),
            measure: funds,
            target: false,
            source: INSURED,
        },
    ],
    limits: "The day is compressed: a run is at most six hours, and its first sale is over in ten seconds. Portfolio \
             insurance is a sale that grows as prices fall; here it is a fund that holds leverage constant, which is \
             the same for small falls and also buys back when prices rise. Which share of the fall was the insurers' \
             is not known; here it follows from the assumed first sale. Futures and shares, which came apart on the \
             day, are one market.",
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
        assumed("depth", "With the funds' assets it makes R 0.7; other pairs with the same R do as well."),
        assumed("buyers", NO_BUYERS),
        fitted("permanent", "To the gain on the 10th."),
        assumed("refill", "The longest there is."),
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
        },
        PublishedFigure {
            what: "Gain of a fund at 8:1 from the low to the end",
            unit: "%",
            published: Published::Value(24.0),
            measure: gain_at_8_to_1,
            target: true,
            source: KHANDANI_LO,
        },
    ],
    limits: "Three days of losses and one of gains are compressed into six hours; the shape of the days is not in it. \
             A fund's loss is eight times the fall, without rebalancing. Assets and depth are not published: only \
             their ratio, R, is of consequence.",
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
        assumed("shock", "The greatest there is: a rise by a quarter, from the fall of shares that day."),
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
            what: "Loss of a fund that is short once (SVXY; XIV)",
            unit: "%",
            published: Published::Range(91.0, 97.0),
            measure: loss_of_a_short,
            target: true,
            source: VOLATILITY,
        },
        PublishedFigure {
            what: "VIX futures bought by the funds",
            unit: "$bn",
            published: Published::Value(4.0),
            measure: funds_bought,
            target: true,
            source: FUTURES,
        },
        PublishedFigure {
            what: "Rise (on the day of the VIX, here of its futures)",
            unit: "%",
            // The VIX rose from 17.31 to 37.32.
            published: Published::Value(115.6),
            measure: rise,
            target: false,
            source: VOLATILITY,
        },
    ],
    limits: "The model has no fund that is short. In its place stand funds at leverage 2, which rebalance by the same \
             amount for small rises, and here more for large ones and without being wiped out. The VIX is not traded, \
             and its futures, which are, rose less: the model has one price. Purchases are counted at the price of the \
             start.",
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
        fitted("depth", "To the half of the fall that forced sales made."),
        assumed("buyers", NO_BUYERS),
        assumed("permanent", "All of it, so that the amplification is the textbook one."),
        assumed("calm_volatility", "Little, so that the run is that of the funds."),
        assumed("targeters", "A round number: only its ratio to depth is of consequence."),
        assumed("hours", LONGEST),
    ],
    figures: &[
        PublishedFigure {
            what: "Discount made by forced sales",
            unit: "%",
            published: Published::Value(10.0),
            measure: forced_fall,
            target: true,
            source: BANK,
        },
        PublishedFigure {
            what: "Share of the fall made by forced sales",
            unit: "%",
            published: Published::Value(50.0),
            measure: forced_share,
            target: true,
            source: BANK,
        },
        PublishedFigure {
            what: "R in closed form",
            unit: "",
            published: Published::Value(0.5),
            measure: reproduction,
            target: false,
            source: GREENWOOD,
        },
    ],
    limits: "Days and weeks are compressed into hours. The Bank of England, which stopped it by buying, is not in the \
             model, nor is new money from the pension schemes. The textbook's R is that of a small fall: after a large \
             one funds have less to sell, so R must be somewhat higher for the same half.",
};
