//! A run as sound: the pitch is the price, and clicks are forced sales.

use crate::model::Simulator;
use crate::model::results::summary::percent;

/// Pitch of the start price, Hz.
const START: f64 = 440.0;

/// Fall that lowers the pitch by an octave, percent of the start price.
const OCTAVE: f64 = 25.0;

/// Lowest and highest pitch, Hz, within the range of small loudspeakers.
const PITCHES: (f64, f64) = (30.0, 1760.0);

/// Clicks per second at the greatest rate of sales.
const MOST: f64 = 40.0;

/// Sales at that rate, as a share of the open interest per second.
const MOST_SOLD: f64 = 0.04;

/// The sound at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sound {
    /// Pitch, Hz; 0 is silence, while trade is halted.
    pub hertz: f64,
    /// Clicks per second for forced sales by bots. They grow with the square root of sales, so that a single account
    /// of ten thousand is audible and large sales do not drown everything.
    pub bots: f64,
    /// Clicks per second for forced sales by people.
    pub people: f64,
}

/// The sound while time moves from one second of a run to another, or stays: the pitch at the end, and clicks for
/// everything sold after `from` up to `to`.
#[must_use]
pub fn sound(simulator: &Simulator, from: usize, to: usize) -> Sound {
    let series = &simulator.run().series;
    let to = to.min(series.price.len() - 1);
    if series.halted[to] == 1 {
        return Sound::default();
    }
    let from = from.min(to.saturating_sub(1));
    let clicks = |lots: &[u64], back: fn(&(u64, u64)) -> u64| {
        // Forced purchases by shorts count like forced sales by longs.
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
    fn clicks_cover_all_seconds_passed() {
        let simulator = Simulator::default();
        let sold = &simulator.run().series.bots_sold;
        let busiest = (0..sold.len()).max_by_key(|t| sold[*t]).unwrap();
        let one = sound(&simulator, busiest, busiest);
        assert_eq!(one, sound(&simulator, busiest - 1, busiest));
        assert!(one.bots > 20.0, "{one:?}");
        assert_eq!(sound(&simulator, 298, 299).bots, 0.0);
        // Twice the time halves the rate; the clicks are its square root.
        let mean = (sold[busiest] + sold[busiest - 1]) as f64 / 2.0;
        let ratio = sound(&simulator, busiest - 2, busiest).bots / one.bots;
        assert!((ratio - (mean / sold[busiest] as f64).sqrt()).abs() < 1e-9 || one.bots == 40.0);
        // Times after the end are clamped to the end.
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
