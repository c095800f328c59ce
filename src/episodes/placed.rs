//! Published figures that have a place in a drawing, without their words: a table made at compile time, so that the
//! page loads only numbers. A figure without a place is a total, a count, or about something that is not on an axis.

use std::sync::LazyLock;

use super::episode::{Published, PublishedFigure};
use super::list::EPISODES;
use super::place::Place;
use crate::params::{Params, query};

/// A published figure with a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The published value.
    pub published: Published,
    /// Whether inputs were fitted to it.
    pub target: bool,
    /// Its place.
    pub place: Place,
}

/// Most figures of a day with a place.
const MOST: usize = 3;

/// The figures of one day with a place.
type Figures = [Option<Placed>; MOST];

/// All days, in the order of [`EPISODES`].
static DAYS: [(&str, Figures); EPISODES.len()] = {
    let mut days = [("", [None; MOST]); EPISODES.len()];
    let mut day = 0;
    while day < days.len() {
        days[day] = (EPISODES[day].scenario.query, placed(EPISODES[day].figures));
        day += 1;
    }
    days
};

/// The parameters of each day.
static PARAMS: LazyLock<[Params; EPISODES.len()]> =
    LazyLock::new(|| DAYS.map(|(text, _)| query::parse_lenient(text).0));

const fn placed(figures: &[PublishedFigure]) -> Figures {
    let mut all = [None; MOST];
    let (mut figure, mut count) = (0, 0);
    while figure < figures.len() {
        let PublishedFigure { published, target, place, .. } = figures[figure];
        if let Some(place) = place {
            all[count] = Some(Placed { published, target, place });
            count += 1;
        }
        figure += 1;
    }
    all
}

/// The figures with a place of the day that has these parameters, with any crowd; none if no day has them.
pub fn placed_figures(params: &Params) -> impl Iterator<Item = Placed> {
    let same = |day: &Params| Params { seed: params.seed, ..*day } == *params;
    let day = PARAMS.iter().position(same);
    day.into_iter().flat_map(|day| DAYS[day].1).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_with_a_place_is_in_the_table_of_its_day() {
        for episode in EPISODES {
            let params = query::parse(episode.scenario.query).unwrap();
            let all: Vec<_> = placed_figures(&params).map(|figure| (figure.published, figure.place)).collect();
            let listed = episode.figures.iter().filter_map(|figure| Some((figure.published, figure.place?)));
            assert_eq!(all, listed.collect::<Vec<_>>(), "{}", episode.scenario.id);
            assert!(placed_figures(&Params { seed: 77, ..params }).eq(placed_figures(&params)));
            assert_eq!(placed_figures(&Params { shock: params.shock + 0.1, ..params }).count(), 0);
        }
        assert_eq!(placed_figures(&Params::default()).count(), 0);
    }
}
