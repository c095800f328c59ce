//! Episodes of leveraged crypto positions: a lending protocol whose auctions had no bids, and a day of mass
//! liquidation on exchanges.

use super::episode::{Episode, Published, PublishedFigure, Source, assumed, fitted};
use super::measure::{debt_missing, fall, liquidated, not_in_the_model, sold_below_debt};
use super::place::Place;
use crate::params::presets;

const WHITERABBIT: &str = "Whiterabbit, Black Thursday for MakerDAO: $8.32 million was liquidated for 0 DAI";

/// 12 March 2020: Maker auctions without bids.
pub const MAR_2020: Episode = Episode {
    scenario: &presets::MAR_2020,
    sources: &[Source {
        name: WHITERABBIT,
        what: "$8.32m of collateral sold for nothing, 36% of all liquidations; 5.67m DAI missing.",
    }],
    inputs: &[
        assumed("bots", "All: loans are liquidated by contract."),
        fitted("shock", "To the share of liquidations that failed."),
        fitted("margin_capital", "To the DAI missing."),
        assumed("crowding", "The maximum: loans were taken out at all prices."),
        assumed("maintenance", "Collateral that is left for the auction at the limit."),
        assumed("depth", "The protocol did not cause the fall: any depth that is large for it fits as well."),
        assumed("buyers", "None came in time."),
        assumed("permanent", "The price did not come back within the span."),
        assumed("calm_volatility", "Little, so that the first fall decides."),
        assumed("loops", "Borrowed again until nothing is left to borrow."),
        assumed("ltv", "Puts the limits of the typical loan at a fall of a fifth."),
        assumed("queue_latency", "Ten minutes: bids were stuck in a congested network."),
        assumed("insurance", "$1m, the minimum for losses to be counted; it changes nothing."),
    ],
    figures: &[
        PublishedFigure {
            what: "Debt missing",
            unit: "$m",
            published: Published::Value(5.67),
            measure: debt_missing,
            target: true,
            source: WHITERABBIT,
            place: None,
        },
        PublishedFigure {
            what: "Liquidations that failed (on the day: sold for nothing; here: for less than the debt)",
            unit: "%",
            published: Published::Value(36.0),
            measure: sold_below_debt,
            target: true,
            source: WHITERABBIT,
            place: None,
        },
        PublishedFigure {
            what: "Collateral sold for nothing",
            unit: "$m",
            published: Published::Value(8.32),
            measure: not_in_the_model,
            target: false,
            source: WHITERABBIT,
            place: None,
        },
    ],
    limits: "The model has no auctions, and so none without bids: every sale gets the price of the book. A failed liquidation brought in nothing on the day and a little less than the debt here, so far more is liquidated here for the same missing debt. The fall is an input and not explained.",
};

const PRICE: &str = "Bitcoin prices of 19 May 2021";
const REPORTS: &str = "Liquidation reports of 19 May 2021";

/// 19 May 2021: liquidations on exchanges.
pub const MAY_2021: Episode = Episode {
    scenario: &presets::MAY_2021,
    sources: &[
        Source { name: PRICE, what: "About −30%, to about $30,000." },
        Source { name: REPORTS, what: "$6.9-8bn liquidated; sources differ." },
    ],
    inputs: &[
        assumed("bots", "All: exchanges liquidate by machine."),
        fitted("shock", "To the fall."),
        fitted("margin_capital", "To the liquidations."),
        assumed("bot_latency", "A minute from the limit to the sale."),
        assumed("buyers", "None within the span."),
        assumed("permanent", "Most of the fall stayed for the day."),
        assumed("thinning", "Market makers step back."),
        assumed("depth_floor", "Market makers leave almost nothing."),
        assumed("calm_volatility", "An ordinary day of Bitcoin that spring."),
        assumed("usual_volatility", "The same."),
        assumed("vol_interval", "Market makers watch each second."),
        assumed("hours", "As long as a run can be."),
    ],
    figures: &[
        PublishedFigure {
            what: "Fall",
            unit: "%",
            published: Published::Value(30.0),
            measure: fall,
            target: true,
            source: PRICE,
            place: Some(Place::Fall),
        },
        PublishedFigure {
            what: "Positions liquidated",
            unit: "$bn",
            published: Published::Range(6.9, 8.0),
            measure: liquidated,
            target: true,
            source: REPORTS,
            place: None,
        },
    ],
    limits: "The day is compressed: in the model the fall takes minutes; on the day it took hours. Reported liquidations cover many coins and only exchanges that report; the model has one price. Sales are counted at the start price.",
};
