//! The fall of the price at which a margin call comes, for the maintenance margins of three markets.

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use crate::model::Crowd;
use crate::model::results::summary::percent;
use crate::params::Params;

/// A market in the figure: its maintenance margin in percent, and the leverages at which it is measured.
struct Market {
    name: &'static str,
    maintenance: f64,
    leverages: Vec<f64>,
    at: (f64, Side),
}

/// Fall of the price to the margin call, percent: of a position bought at leverage `L` with maintenance `m`.
#[must_use]
pub fn formula(leverage: f64, maintenance: f64) -> f64 {
    100.0 * (1.0 - (1.0 - 1.0 / leverage) / (1.0 - maintenance / 100.0))
}

/// Leverage of a position that borrows the share `ltv` of its collateral and buys more with it, `loops` times.
#[must_use]
pub fn looped(ltv: f64, loops: u32) -> f64 {
    let borrowed = (1..=loops).scan(1.0, |loan, _| {
        *loan *= ltv;
        Some(*loan)
    });
    1.0 + borrowed.sum::<f64>()
}

/// Median limit of a drawn crowd whose accounts all have this leverage, percent below the start price.
#[must_use]
pub fn measured(leverage: f64, maintenance: f64) -> f64 {
    let params = Params {
        leverage,
        maintenance,
        leverage_spread: 0.0,
        crowding: 0.5,
        // An odd number, so that the median is one account.
        accounts: 20_001.0,
        ..Params::default()
    };
    let mut falls = limits(&params);
    falls.sort_by(f64::total_cmp);
    percent(falls[falls.len() / 2])
}

fn limits(params: &Params) -> Vec<f64> {
    let mut crowd = Crowd::default();
    crowd.arrange(params);
    crowd.falls
}

/// The figure: fall to the margin call against leverage.
#[must_use]
pub fn proof() -> Proof {
    let markets = [
        Market {
            name: "perpetual futures",
            maintenance: 1.0,
            leverages: vec![1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0],
            at: (6.5, Side::AboveRight),
        },
        Market {
            name: "lending loops",
            maintenance: 20.0,
            leverages: (1..=5).map(|loops| looped(0.7, loops)).collect(),
            at: (4.3, Side::AboveRight),
        },
        Market {
            name: "US stocks",
            maintenance: 25.0,
            leverages: vec![1.5, 2.0, 2.5, 3.0],
            at: (2.1, Side::BelowLeft),
        },
    ];
    let curves = markets.into_iter().map(|market| {
        let measured = market.leverages.iter().map(|leverage| (*leverage, measured(*leverage, market.maintenance)));
        let (x, side) = market.at;
        Curve {
            label: Label { text: market.name.into(), x, side },
            line: line(market.maintenance),
            measured: measured.collect(),
        }
    });
    Proof {
        id: "margin-call",
        title: "One formula for three kinds of margin call",
        source: "US stocks: half borrowed at most when bought (Federal Reserve, Regulation T), 25% maintenance (FINRA \
                 Rule 4210). Perpetual futures: the liquidation price that exchanges publish. Lending loops: the \
                 liquidation threshold of lending contracts, here 80%, is 1 − m.",
        claim: "An account bought at leverage L is called when its own money is the share m of what it holds. That \
                is 25% for US stocks, here 20% for lending loops and 1% for perpetual futures. For US stocks at \
                leverage 2 it gives the textbook’s fall of one third.",
        formula: "fall = 1 − (1 − 1/L) / (1 − m); for n loops L = (1 − ltv^(n+1)) / (1 − ltv)",
        exact: "Always, from the price at which the account bought. Points are the median limits of crowds of 20,001 \
                accounts; the loops borrow 70% one to five times.",
        ends: "Interest, funding and fees, which the model leaves out, move the call nearer.",
        plot: Plot {
            x: Axis { label: "Leverage", unit: "", from: 1.2, to: 60.0, log: true },
            y: Axis { label: "Fall to the margin call", unit: "%", from: 0.0, to: 80.0, log: false },
            curves: curves.collect(),
            path: vec![],
            measured: Label { text: "median account of our crowd".into(), x: 3.0, side: Side::AboveRight },
        },
    }
}

/// The formula, up to the leverage at which a new account would be called immediately.
fn line(maintenance: f64) -> Vec<Point> {
    let (lowest, highest) = (1.25, 100.0 / maintenance);
    let leverages = (0..=300).map(|i| lowest * libm::pow(highest / lowest, f64::from(i) / 300.0));
    leverages
        .map(|leverage| (leverage, formula(leverage, maintenance)))
        .take_while(|(leverage, _)| *leverage <= 60.0)
        .collect()
}
