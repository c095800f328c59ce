//! The markers of published figures: where they are on the axes of the price and of sales, and their words.

use crate::episodes::{Place, Placed, Published, forced, placed_figures};
use crate::model::Simulator;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::units::{dollars, duration, figure, percent_of};

/// A published figure on the axes of a view.
pub(in crate::chart) struct Marker {
    pub(super) figure: Placed,
    /// The least and the greatest published value: falls of the price in percent, negative for rises; or $bn a second.
    pub(super) ends: (f64, f64),
    pub(super) across: Across,
}

/// The place of a marker along the time axis.
pub(super) enum Across {
    /// No time: a level across the plot, marked at its left end.
    Level,
    /// The end of the run.
    End,
    /// A second of the run, with a line from another one.
    From(f64, f64),
}

/// The markers of the price.
pub(in crate::chart) fn of_the_price(simulator: &Simulator) -> impl Iterator<Item = Marker> {
    let summary = simulator.summary();
    let all = || placed_figures(&summary.params);
    // What was regained is a share of the published fall.
    let fall = all().find_map(|figure| match figure.place {
        Place::Fall => Some(ends(figure.published).1),
        Place::Loss(leverage) => Some(ends(figure.published).1 / leverage),
        _ => None,
    });
    let (start, trough, without) = (SHOCK_AT as f64, summary.trough() as f64, summary.without_bots_fall_percent);
    all().filter_map(move |figure| {
        let (least, most) = ends(figure.published);
        let marker = |ends, across| Some(Marker { figure, ends, across });
        match figure.place {
            Place::Fall => marker((least, most), Across::Level),
            Place::Added => marker((without + least, without + most), Across::Level),
            Place::Loss(leverage) => marker((least / leverage, most / leverage), Across::Level),
            Place::Gain(leverage) => {
                let left = |gain: f64| 100.0 - (100.0 - fall.unwrap_or(0.0)) * (1.0 + gain / leverage / 100.0);
                marker((left(most), left(least)), Across::End)
            }
            Place::Low => fall.and_then(|fall| marker((fall, fall), Across::From(start, start + 60.0 * most))),
            Place::Regained(minutes) => {
                let later = trough + 60.0 * f64::from(minutes);
                let left = |share: f64| fall.map(|fall| fall * (1.0 - share / 100.0));
                marker((left(most)?, left(least)?), Across::From(later, later))
            }
            Place::Sold(_) => None,
        }
    })
}

/// The markers of forced sales per second: the published mean, drawn across the busiest interval of that length in the run.
pub(in crate::chart) fn of_sales(simulator: &Simulator) -> impl Iterator<Item = Marker> {
    placed_figures(&simulator.summary().params).filter_map(|figure| {
        let Place::Sold(seconds) = figure.place else { return None };
        let (least, most) = ends(figure.published);
        let each = |amount: f64| amount / f64::from(seconds);
        let end = busiest(&forced(simulator), seconds as usize) as f64;
        Some(Marker { figure, ends: (each(least), each(most)), across: Across::From(end - f64::from(seconds), end) })
    })
}

/// The highest and the deepest marker of the price: percent above and below the start.
pub(in crate::chart) fn reach(simulator: &Simulator) -> (f64, f64) {
    of_the_price(simulator).fold((0.0, 0.0), |(rise, fall): (f64, f64), Marker { ends: (least, most), .. }| {
        (rise.max(-least.min(most)), fall.max(most.max(least)))
    })
}

/// What the markers say, for readers who cannot see them.
pub(in crate::chart) fn words(markers: impl Iterator<Item = Marker>) -> String {
    let mut words = String::new();
    for marker in markers {
        let figure = marker.words();
        words.push(' ');
        words.push_str(&if marker.figure.target {
            say!("Filled diamond, published, and the run was fitted to it: {figure}.", figure)
        } else {
            say!("Open circle, published, and the run was not fitted to it: {figure}.", figure)
        });
    }
    words
}

/// The least and the greatest published value.
fn ends(published: Published) -> (f64, f64) {
    match published {
        Published::Value(value) => (value, value),
        Published::Range(low, high) => (low, high),
        Published::Under(high) => (high, high),
    }
}

/// The last second of the busiest interval of this length.
fn busiest(sold: &[f64], seconds: usize) -> usize {
    let (mut sum, mut best) = (0.0, (0.0, seconds));
    for (second, amount) in sold.iter().enumerate() {
        sum += amount - second.checked_sub(seconds).map_or(0.0, |left| sold[left]);
        if sum > best.0 {
            best = (sum, second);
        }
    }
    best.1
}

/// A percentage without trailing zeros.
fn percent_words(percent: f64) -> String {
    percent_of(&figure(percent))
}

/// The value in words, or both ends of a range.
fn amount(published: Published, one: impl Fn(f64) -> String) -> String {
    match ends(published) {
        (low, high) if low < high => say!("{low} to {high}", low = one(low), high = one(high)),
        (low, _) => one(low),
    }
}

impl Marker {
    /// The greatest published value on the axis.
    pub(in crate::chart) fn most(&self) -> f64 {
        self.ends.0.max(self.ends.1)
    }

    /// The published figure in a few words.
    pub(super) fn words(&self) -> String {
        let percent = |published| amount(published, percent_words);
        let Placed { published, place, .. } = self.figure;
        let minutes = |minutes: f64| duration(60.0 * minutes);
        match place {
            Place::Fall => amount(published, |fall| say!("−{percent}", percent = percent_words(fall))),
            Place::Added => say!("{fall} more by forced sales", fall = percent(published)),
            Place::Loss(leverage) if leverage < 0.0 => say!("short funds lost {loss}", loss = percent(published)),
            Place::Loss(leverage) => {
                say!("funds at {leverage}:1 lost {loss}", leverage = leverage as u32, loss = percent(published))
            }
            Place::Gain(_) => say!("then they gained {gain}", gain = percent(published)),
            Place::Low => say!("lowest within {time}", time = minutes(ends(published).1)),
            Place::Regained(later) => {
                say!("{share} regained after {time}", share = percent(published), time = minutes(f64::from(later)))
            }
            Place::Sold(seconds) => {
                say!("{amount} in {time}", amount = amount(published, dollars), time = duration(f64::from(seconds)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn of(text: &str) -> (Simulator, String) {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        let said = words(of_the_price(&simulator)) + &words(of_sales(&simulator));
        (simulator, said)
    }

    #[test]
    fn figures_of_a_day_are_said_with_their_shape() {
        let (_, said) = of("scenario=may-2010");
        for part in [
            "fitted to it: −5%.",
            "fitted to it: 50% to 100% regained after 20\u{a0}min.",
            "not fitted to it: lowest within 5\u{a0}min.",
        ] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!((said.matches("Filled diamond").count(), said.matches("Open circle").count()), (2, 1));
        assert!(of("scenario=oct-1987").1.contains("−20.5% to −22.6%"));
        assert!(of("scenario=oct-2025").1.contains("$3.21bn in 60\u{a0}s"));
        for text in ["", "scenario=may-2010&bots=59", "scenario=mar-2020"] {
            assert_eq!(of(text).1, "", "{text}");
        }
        // Another crowd with the same settings is a run of the same day.
        assert_eq!(of("scenario=may-2010&seed=7").1, said);
    }

    #[test]
    fn a_fitted_figure_of_the_price_lies_where_the_run_goes() {
        for day in ["oct-1987", "aug-2007", "may-2010", "may-2021", "sep-2022"] {
            let (simulator, _) = of(&format!("scenario={day}"));
            let fall = simulator.summary().greatest_fall_percent;
            let deepest = reach(&simulator).1;
            assert!((fall / deepest - 1.0).abs() < 0.12, "{day}: {fall} {deepest}");
        }
        let (simulator, _) = of("scenario=feb-2018");
        assert!((simulator.summary().greatest_rise_percent / reach(&simulator).0 - 1.0).abs() < 0.12);
    }

    #[test]
    fn the_busiest_interval_is_found() {
        assert_eq!(busiest(&[0.0, 0.0, 1.0, 5.0, 4.0, 0.0, 1.0, 0.0], 2), 4);
        assert_eq!(busiest(&[0.0; 5], 2), 2);
    }
}
