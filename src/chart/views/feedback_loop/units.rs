//! Numbers of the loop as text. Their decimal places are fixed for a run, so that they do not jump while it plays.

use crate::chart::derived::loop_flows::History;
use crate::decimal::fixed;
use crate::describe::crowd_buys;
use crate::language::numeral;
use crate::model::Simulator;
use crate::model::results::summary::rise_percent;
use crate::say;
use crate::units::{digits, percent_of};

/// Units and decimal places for one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Units {
    /// Whether the first order is a purchase.
    pub(super) rises: bool,
    /// Whether the crowd's forced orders are purchases.
    pub(super) buys: bool,
    /// Units of money per $bn.
    per_billion: f64,
    /// Whether that unit is $bn; otherwise $m.
    billions: bool,
    places: u32,
    percent_places: u32,
}

impl Units {
    /// The units for a run.
    pub(super) fn new(simulator: &Simulator, history: &History) -> Self {
        let billions = history.most >= 1.0;
        let per_billion = if billions { 1.0 } else { 1000.0 };
        Self {
            rises: simulator.rules().purchase(),
            buys: crowd_buys(simulator),
            per_billion,
            billions,
            places: places(history.most * per_billion),
            percent_places: places(100.0 * history.most_impact),
        }
    }

    /// $bn as text: `$7.42bn`.
    pub(super) fn money(&self, billions: f64) -> String {
        let number = digits(billions * self.per_billion, self.places);
        if self.billions { say!("${number}bn", number) } else { say!("${number}m", number) }
    }

    /// A move of the log price, positive in the direction of the first order, as a change: `−5.3%`.
    pub(super) fn change(&self, moved: f64) -> String {
        let change = rise_percent(if self.rises { moved } else { -moved });
        let digits = fixed(change.abs(), self.percent_places);
        let sign = match change {
            _ if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => "",
            _ if change < 0.0 => "−",
            _ => "+",
        };
        format!("{sign}{}", percent_of(&numeral(digits)))
    }
}

/// Decimal places for numbers up to `most`: three digits in all, or two where that is enough.
fn places(most: f64) -> u32 {
    match most {
        100.0.. => 0,
        10.0..100.0 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Limits;
    use crate::query;

    #[test]
    fn decimal_places_are_constant_throughout_a_run() {
        let units = |text: &str| {
            let simulator = Simulator::new(&query::parse(text).unwrap());
            let mut limits = Limits::default();
            limits.count(simulator.rules(), simulator.crowd());
            Units::new(&simulator, &History::new(&simulator, &limits))
        };
        let usual = units("scenario=release-1");
        assert_eq!([0.0, 0.034, 7.4].map(|b| usual.money(b)), ["$0.0bn", "$0.0bn", "$7.4bn"]);
        assert_eq!(usual.change(0.05), "−4.88%");
        assert_eq!([usual.change(-0.001), usual.change(0.00001)], ["+0.10%", "0.00%"]);
        let small = units("margin-capital=0.1&depth=0.05&bots=5");
        assert_eq!(small.money(0.0123), "$12m");
        let squeeze = units("scenario=release-1&shorts=50&first-order=purchase&leverage=20&bots=80");
        assert_eq!(squeeze.change(0.1), "+10.5%");
    }
}
