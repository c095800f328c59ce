//! A run for the ear: the pitch is the price, and clicks are forced sales.

use crate::model::Simulator;
use crate::model::results::summary::percent;

/// The pitch of the price at the start, Hz.
const START: f64 = 440.0;

/// The fall that is an octave, percent of the price at the start.
const OCTAVE: f64 = 25.0;

/// The lowest and the highest pitch, Hz: within what small loudspeakers play and everybody hears.
const PITCHES: (f64, f64) = (30.0, 1760.0);

/// Clicks per second where the most is sold ...
const MOST: f64 = 40.0;

/// ... which is this share of all that is held, each second.
const MOST_SOLD: f64 = 0.04;

/// What is to be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sound {
    /// Pitch of the price, Hz; 0 while trade is halted, which is silence.
    pub hertz: f64,
    /// Clicks per second for forced sales of bots. They grow with the square root of what is sold, so that one account
    /// among ten thousand is heard, and so is a hundred times as many.
    pub bots: f64,
    /// The same of people.
    pub people: f64,
}

/// What is to be heard while the time goes from one second of a run to another, or stays: the pitch of the price at the
/// end, and the clicks of all that was sold after the one and up to the other.
#[must_use]
pub fn sound(simulator: &Simulator, from: usize, to: usize) -> Sound {
    let series = &simulator.run().series;
    let to = to.min(series.price.len() - 1);
    if series.halted[to] == 1 {
        return Sound::default();
    }
    let from = from.min(to.saturating_sub(1));
    let clicks = |lots: &[u64], back: fn(&(u64, u64)) -> u64| {
        // What shorts buy by force is as large an order as what longs sell.
        let bought: u64 = series.bought_back.get(from + 1..=to).unwrap_or_default().iter().map(back).sum();
        let sold: u64 = lots.get(from + 1..=to).unwrap_or_default().iter().sum();
        let each = (sold + bought) as f64 * simulator.rules().lot / (to - from).max(1) as f64;
        let share = each / simulator.rules().open_interest / MOST_SOLD;
        MOST * if share < 1.0 { share.sqrt() } else { 1.0 }
    };
    let (lowest, highest) = PITCHES;
    let hertz = START * libm::exp2(-percent(-series.price[to]) / OCTAVE);
    Sound {
        hertz: hertz.max(lowest).min(highest),
        bots: clicks(&series.bots_sold, |back| back.0),
        people: clicks(&series.people_sold, |back| back.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Params;

    #[test]
    fn the_pitch_falls_an_octave_for_each_quarter_of_the_price() {
        let simulator = Simulator::default();
        assert_eq!(sound(&simulator, 0, 0).hertz, 440.0);
        let trough = simulator.summary().trough();
        let octaves = simulator.summary().greatest_fall_percent / 25.0;
        let hertz = sound(&simulator, trough, trough).hertz;
        assert!((libm::log2(440.0 / hertz) - octaves).abs() < 1e-9);
        let extreme = Params { leverage: 50.0, bots: 100.0, depth: 0.05, accounts: 100.0, ..Params::default() };
        let extreme = Simulator::new(&extreme);
        for second in 0..7200 {
            let Sound { hertz, bots, people } = sound(&extreme, second / 2, second);
            assert!((30.0..=1760.0).contains(&hertz));
            assert!((0.0..=40.0).contains(&bots) && (0.0..=40.0).contains(&people));
        }
    }

    #[test]
    fn clicks_are_of_all_seconds_that_have_passed() {
        let simulator = Simulator::default();
        let sold = &simulator.run().series.bots_sold;
        let busiest = (0..sold.len()).max_by_key(|t| sold[*t]).unwrap();
        let one = sound(&simulator, busiest, busiest);
        assert_eq!(one, sound(&simulator, busiest - 1, busiest));
        assert!(one.bots > 20.0, "{one:?}");
        assert_eq!(sound(&simulator, 298, 299).bots, 0.0);
        // Over twice the time, the square root of the mean.
        let mean = (sold[busiest] + sold[busiest - 1]) as f64 / 2.0;
        let ratio = sound(&simulator, busiest - 2, busiest).bots / one.bots;
        assert!((ratio - (mean / sold[busiest] as f64).sqrt()).abs() < 1e-9 || one.bots == 40.0);
        // Beyond the end is the end.
        assert_eq!(sound(&simulator, 9000, 9999), sound(&simulator, 7199, 7200));
    }

    #[test]
    fn a_halt_is_silent() {
        let halts = Params { breaker_fall: 3.0, breaker_window: 60.0, breaker_halt: 60.0, ..Params::default() };
        let simulator = Simulator::new(&halts);
        let halted = simulator.run().series.halted.iter().position(|halted| *halted == 1).unwrap();
        assert_eq!(sound(&simulator, halted - 1, halted), Sound::default());
        assert!(sound(&simulator, halted - 2, halted - 1).hertz > 0.0);
    }
}
