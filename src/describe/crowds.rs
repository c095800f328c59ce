//! Descriptions of a hundred crowds: their spread, and the place of one.

use super::phrases::{percent_words, rise_words};
use crate::language::tr;
use crate::model::Ensemble;
use crate::text::units::{figure, percent_of};
use crate::{plural, say};

/// A fall (after a purchase, rise) that counts as a crash, percent.
pub const CRASH: f64 = 10.0;

/// Least number of crowds for which a range is given.
const SOME: usize = 10;

/// The number of crashes among the crowds so far, and the range of their falls; empty before any has been run.
#[must_use]
pub fn spread(ensemble: &Ensemble) -> String {
    let (some, all) = (ensemble.beyond(CRASH), ensemble.done());
    let Some(median) = ensemble.median() else { return String::new() };
    let purchase = ensemble.purchase();
    let words = |percent: f64| if purchase { rise_words(percent) } else { percent_words(percent) };
    let much = percent_of(&figure(CRASH));
    let count = if purchase {
        plural!(
            "In {some} of 1 crowd with these settings the price rises by more than {much}.",
            "In {some} of {all} crowds with these settings the price rises by more than {much}.",
            all,
            some,
            all,
            much
        )
    } else {
        plural!(
            "In {some} of 1 crowd with these settings the price falls by more than {much}.",
            "In {some} of {all} crowds with these settings the price falls by more than {much}.",
            all,
            some,
            all,
            much
        )
    };
    let at = |share| ensemble.quantile(share, |member| Some(ensemble.move_of(member))).map(words);
    let (Some(low), Some(high), true) = (at(0.05), at(0.95), all >= SOME) else { return count };
    let middle = words(ensemble.move_of(&median));
    let range = if low == high {
        if purchase {
            say!("In nearly all of them it rises by {middle}.", middle)
        } else {
            say!("In nearly all of them it falls by {middle}.", middle)
        }
    } else if purchase {
        say!("In the median crowd it rises by {middle}; in nine of ten, by {low} to {high}.", middle, low, high)
    } else {
        say!("In the median crowd it falls by {middle}; in nine of ten, by {low} to {high}.", middle, low, high)
    };
    format!("{count} {range}")
}

/// The place of a seed among the crowds; empty if it has not been run.
#[must_use]
pub fn place(ensemble: &Ensemble, seed: u64) -> String {
    let ranked = ensemble.ranked();
    let Some(place) = ranked.iter().position(|member| member.seed == seed) else { return String::new() };
    let (place, all) = (place + 1, ranked.len());
    if ensemble.purchase() {
        say!("This crowd is number {place} of {all}, from the highest rise to the lowest.", place, all)
    } else {
        say!("This crowd is number {place} of {all}, from the deepest fall to the smallest.", place, all)
    }
}

/// The name of the chart for readers who cannot see it.
#[must_use]
pub fn chart(purchase: bool) -> &'static str {
    if purchase {
        tr("Dot chart with one dot for each crowd: the greatest rise of the price, from left to right.")
    } else {
        tr("Dot chart with one dot for each crowd: the greatest fall of the price, from left to right.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Params;
    use crate::model::ensemble::Runner;

    #[test]
    fn the_text_separates_certain_from_random_results() {
        let params = Params { accounts: 100.0, hours: 1.0, ..Params::default() };
        let (sample, _) = Runner::default().run(&params, 0, 1);
        let mut ensemble = Ensemble::new(&params, 100);
        assert_eq!((spread(&ensemble), place(&ensemble, 0)), (String::new(), String::new()));
        let mut keep = |seed: u64, fall: f64| {
            let member = crate::model::ensemble::Member { seed, greatest_fall_percent: fall, ..sample };
            ensemble.keep(seed as usize, member, Vec::new());
            (spread(&ensemble), place(&ensemble, seed))
        };
        let one = "In 0 of 1 crowd with these settings the price falls by more than 10%.";
        let (all, first) = keep(0, 5.0);
        assert_eq!(all, one);
        assert_eq!(first, "This crowd is number 1 of 1, from the deepest fall to the smallest.");
        let (all, _) = (1..10).map(|seed| keep(seed, 5.0)).last().unwrap();
        assert!(all.ends_with("In nearly all of them it falls by 5.0%."), "{all}");
        let (all, last) = (10..100).map(|seed| keep(seed, seed as f64 / 3.0)).last().unwrap();
        let words = "In 69 of 100 crowds with these settings the price falls by more than 10%. In the median crowd it \
                     falls by 16.3%; in nine of ten, by 4.7% to 31.3%.";
        assert_eq!(all, words);
        assert_eq!(last, "This crowd is number 1 of 100, from the deepest fall to the smallest.");
    }
}
