//! Flows around the feedback loop, and into and out of it, second by second: sums over the same window of trade as the
//! reproduction number of the run.

use crate::model::crowd::Crowd;
use crate::model::rules::{Law, Rules};
use crate::model::run::reproduction;
use crate::model::run::series::Series;

/// The flows within the last [`reproduction::SECONDS`] seconds of trade.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    /// $bn newly ordered by bots (purchases by short ones) and leverage targeters.
    pub triggered: f64,
    /// $bn that bots sold, or bought back, by force.
    pub bots: f64,
    /// $bn that people sold, or bought back, by force.
    pub people: f64,
    /// $bn that leverage targeters traded in the direction of the first order.
    pub funds: f64,
    /// $bn of the first order.
    pub first: f64,
    /// $bn that value buyers bought; negative when they sell again.
    pub bought: f64,
    /// Fall of the log price caused by all of these orders.
    pub impact: f64,
    /// Rise of the log price caused by the refill of the book.
    pub refill: f64,
    /// Fall of the log price: impact less refill, and the noise.
    pub fall: f64,
    /// Whether no orders stand out from the noise, or trade is halted.
    pub calm: bool,
}

impl Flow {
    /// $bn traded that count for R: forced, first order and leverage targeters.
    #[must_use]
    pub fn traded(&self) -> f64 {
        self.bots + self.people + self.funds + self.first
    }
}

/// The flows of one run.
#[derive(Clone, Debug, Default)]
pub struct Flows {
    /// The fall caused by the orders of each second.
    impact: Vec<f64>,
    /// The recovery of the book in each second, and in a halt before it.
    refill: Vec<f64>,
}

impl Flows {
    /// Splits the moves of a run's price. The noise is known and the refill follows from earlier impact, so the rest is
    /// impact. (What a price band cuts off counts as impact.)
    #[must_use]
    pub fn new(rules: &Rules, crowd: &Crowd, series: &Series) -> Self {
        let decay = libm::exp(-1.0 / rules.refill);
        // The log price before impact, and its transient part.
        let (mut price, mut transient) = (0.0, 0.0);
        let mut recovered = 0.0;
        let mut flows = Self { impact: vec![0.0], refill: vec![0.0] };
        for second in 1..series.price.len() {
            let fades = (decay - 1.0) * transient;
            transient *= decay;
            price += fades + rules.noise * crowd.draws.noise[second - 1];
            recovered += fades;
            if series.halted[second] == 1 {
                flows.impact.push(0.0);
                flows.refill.push(0.0);
                continue;
            }
            let impact = price - series.price[second];
            transient -= (1.0 - rules.permanent) * impact;
            price = series.price[second];
            flows.impact.push(impact);
            flows.refill.push(std::mem::take(&mut recovered));
        }
        flows
    }

    /// The flows in the window up to a second of the run.
    #[must_use]
    pub fn at(&self, rules: &Rules, series: &Series, second: usize) -> Flow {
        let mut flow = Flow::default();
        let (mut triggered, mut bots, mut people, mut first) = (0, 0, 0, 0);
        for t in window(series, second) {
            let (bots_back, people_back) = series.bought_back.get(t).copied().unwrap_or_default();
            triggered += series.triggered[t];
            bots += series.bots_sold[t] + bots_back;
            people += series.people_sold[t] + people_back;
            first += series.shock_sold[t];
            let along = rules.first_sign * series.rebalanced.get(t).copied().unwrap_or_default();
            flow.funds += if along > 0.0 { along } else { 0.0 };
            flow.bought += series.bought[t];
            flow.impact += self.impact[t];
            flow.refill += self.refill[t];
            flow.fall += series.price[t - 1] - series.price[t];
        }
        [flow.triggered, flow.bots, flow.people, flow.first] =
            [triggered, bots, people, first].map(|lots: u64| lots as f64 * rules.lot);
        let r = series.reproduction[second];
        if rules.law == Law::SquareRoot {
            // There is no R under this law.
            let noise = reproduction::STANDS_OUT * rules.noise * (reproduction::SECONDS as f64).sqrt() * rules.depth;
            flow.calm = flow.traded() <= 0.0 || flow.traded() < noise || series.halted[second] == 1;
        } else if r.is_nan() {
            flow.calm = true;
        } else {
            // No series records the orders of leverage targeters, but R includes them.
            flow.triggered = r * flow.traded();
        }
        flow
    }
}

/// The last seconds of trade up to this one, latest first. Never includes entry 0, the start.
pub fn window(series: &Series, second: usize) -> impl Iterator<Item = usize> + '_ {
    (1..=second).rev().filter(|t| series.halted[*t] == 0).take(reproduction::SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Simulator;
    use crate::params::query;

    fn flows(text: &str) -> (Flows, Simulator) {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        (Flows::new(simulator.rules(), simulator.crowd(), &simulator.run().series), simulator)
    }

    #[test]
    fn impact_is_orders_over_depth() {
        for text in ["", "bots=60&permanent=40&refill=30", "scenario=breaker", "shorts=50&first-order=purchase"] {
            let (flows, simulator) = flows(text);
            let (rules, series) = (simulator.rules(), &simulator.run().series);
            let mut waiting = 0.0;
            for t in 1..series.price.len() {
                let first = rules.first_sign * series.shock_sold[t] as f64;
                waiting += (series.net_forced(t) as f64 + first) * rules.lot - series.bought[t];
                let impact = if series.halted[t] == 1 {
                    0.0
                } else {
                    std::mem::take(&mut waiting) / (rules.depth * series.depth[t])
                };
                assert!((flows.impact[t] - impact).abs() < 1e-11, "{text}: {t}: {} {impact}", flows.impact[t]);
            }
        }
    }

    #[test]
    fn the_fall_is_impact_minus_refill_minus_noise() {
        for text in ["calm-volatility=0", "calm-volatility=0&impact=square-root", "calm-volatility=0&scenario=breaker"]
        {
            let (flows, simulator) = flows(text);
            let (rules, series) = (simulator.rules(), &simulator.run().series);
            for second in [301, 305, 312, 330, 400, 2000, 7200] {
                let flow = flows.at(rules, series, second);
                assert!((flow.fall - flow.impact + flow.refill).abs() < 1e-11, "{text}: {second}: {flow:?}");
                assert!(flow.refill >= 0.0 && flow.impact > -1e-2, "{text}: {second}: {flow:?}");
            }
        }
    }

    #[test]
    fn triggered_over_traded_is_r() {
        for text in ["", "scenario=breaker", "shorts=50&bots=80&leverage=20", "targeters=20"] {
            let (flows, simulator) = flows(text);
            let (rules, series) = (simulator.rules(), &simulator.run().series);
            let mut funds = 0.0;
            for second in 1..900 {
                let (flow, r) = (flows.at(rules, series, second), series.reproduction[second]);
                if r.is_nan() {
                    continue;
                }
                let triggered = window(series, second).map(|t| series.triggered[t]).sum::<u64>() as f64 * rules.lot;
                assert!(!flow.calm, "{text}: {second}");
                assert!((flow.triggered - r * flow.traded()).abs() < 1e-9, "{text}: {second}");
                assert!(flow.triggered - triggered >= -1e-9, "{text}: {second}: {flow:?}");
                funds += flow.triggered - triggered;
            }
            assert_eq!(funds > 1e-6, rules.targeters > 0.0, "{text}");
        }
    }

    #[test]
    fn a_market_without_orders_is_calm() {
        let (flows, simulator) = flows("shock=0&bots=0&calm-volatility=0&accounts=100");
        let flow = flows.at(simulator.rules(), &simulator.run().series, 400);
        assert_eq!(flow, Flow { calm: true, ..Flow::default() });
        let start = flows.at(simulator.rules(), &simulator.run().series, 0);
        assert_eq!(start, flow);
    }
}
