//! Doubts about the model: changes that weaken its result, each a set of parameters.

use crate::params::query;
use crate::params::{Params, TABLE};
use crate::words;

/// A doubt.
#[derive(Clone, Copy, Debug)]
pub struct Doubt {
    /// Stable id.
    pub id: &'static str,
    /// Name of the change.
    pub label: &'static str,
    /// The objection to the model.
    pub words: &'static str,
    /// The change, as a query.
    pub query: &'static str,
}

/// All doubts.
pub const DOUBTS: &[Doubt] = &[
    Doubt {
        id: "deeper",
        label: words!("A deeper book"),
        words: words!(
            "Hidden orders in a book are not known. Here twice as much must be sold to move the price by 1%."
        ),
        query: "depth=2",
    },
    Doubt {
        id: "slow-sale",
        label: words!("A slow first sale"),
        words: words!(
            "Large sellers mostly take their time. Here the first sale takes five minutes, and buyers and the refill of the book keep up with it."
        ),
        query: "first-seconds=300",
    },
    Doubt {
        id: "slower",
        label: words!("Slower bots"),
        words: words!(
            "Many liquidation engines work in steps, or wait for a confirmation. Here bots take half a minute."
        ),
        query: "bot-latency=30",
    },
    Doubt {
        id: "staggered",
        label: words!("Staggered limits"),
        words: words!("Nobody knows how alike entry prices really are. Here they are spread over 10%."),
        query: "crowding=10",
    },
    Doubt {
        id: "parts",
        label: words!("Sold in parts"),
        words: words!("Some venues close a position step by step. Here a fifth at a time."),
        query: "close-fraction=20",
    },
    Doubt {
        id: "buyers",
        label: words!("People as fast as a minute"),
        words: words!(
            "Value buyers may have programs too, and more money. Here all people, forced sellers included, act within a minute."
        ),
        query: "human-latency=60&buyers=1000",
    },
    Doubt {
        id: "mark",
        label: words!("Limits at an average price"),
        words: words!(
            "Many exchanges compare limits with an average so that a short dip liquidates no account. Here its half-life is ten minutes."
        ),
        query: "mark=600",
    },
    Doubt {
        id: "pool",
        label: words!("Half of the depth in pools"),
        words: words!("A pool does not step back when volatility rises. Here half of the depth comes from one."),
        query: "amm-share=50",
    },
    Doubt {
        id: "root",
        label: words!("Square-root impact"),
        words: words!(
            "Studies find that large orders move prices with the square root of their size, not in proportion."
        ),
        query: "impact=square-root",
    },
];

impl Doubt {
    /// The parameters with this change; other settings that contradict it are adjusted.
    #[must_use]
    pub fn applied(&self, params: &Params) -> Params {
        let mut with = *params;
        for (id, value) in self.changes() {
            if let Some(row) = crate::params::row(id) {
                // A test checks that every value is allowed.
                let _ = with.set(row, value);
            }
        }
        with.settle();
        with
    }

    /// Ids and values of the changed parameters.
    #[must_use]
    pub fn changes(&self) -> Vec<(&'static str, f64)> {
        let (changed, usual) = (query::parse_lenient(self.query).0, Params::default());
        let differs = TABLE.iter().filter(|row| changed.get(row) != usual.get(row));
        differs.map(|row| (row.id, changed.get(row))).collect()
    }
}
