//! A phase map as text: one cell, the reader's position, and the whole map.

use super::field::rises;
use super::scene::{Here, MapScene};
use crate::describe::{percent_words, rise_words};
use crate::language::tr;
use crate::model::PhaseMap;
use crate::model::studies::phase_map::{Axis, Cell, State};
use crate::params::Params;
use crate::say;
use crate::units::digits;

/// The result: `falls 16.9%, R 0.99`, or a longer form.
pub(super) fn result(map: &PhaseMap, cell: &Cell, brief: bool) -> String {
    let moved = move_words(map, cell);
    match cell.r_peak.map(|peak| digits(peak, 2)) {
        None => moved,
        Some(r) if brief => say!("{moved}, R {r}", moved, r),
        Some(r) => say!("{moved}, R at its peak {r}", moved, r),
    }
}

/// `falls 16.9%`.
fn move_words(map: &PhaseMap, cell: &Cell) -> String {
    let (fall, rise) = (cell.greatest_fall_percent, cell.greatest_rise_percent);
    if rises(map) && rise > fall {
        say!("rises {percent}", percent = rise_words(rise))
    } else {
        say!("falls {percent}", percent = percent_words(fall))
    }
}

/// `leverage 12.2x, bot density 39.7%`.
fn settings(map: &PhaseMap, params: &Params) -> String {
    let one = |axis: &Axis| say!("{name} {value}", name = name(axis), value = axis.row().words(params.get(axis.row())));
    say!("{first}, {second}", first = one(map.columns()), second = one(map.rows()))
}

/// The name of an axis within a sentence.
fn name(axis: &Axis) -> String {
    tr(axis.row().label).to_lowercase()
}

/// A cell: its settings and its result.
#[must_use]
pub fn cell_words(map: &PhaseMap, column: usize, row: usize) -> String {
    let settings = settings(map, &map.params(column, row));
    match map.state(column, row) {
        State::Done(cell) => say!("{settings}: {result}", settings, result = result(map, &cell, false)),
        State::Impossible => say!("{settings}: these settings contradict each other", settings),
        State::Waiting => say!("{settings}: not run yet", settings),
    }
}

/// The reader's position: its settings and its result.
#[must_use]
pub fn here_words(map: &PhaseMap, here: &Here) -> String {
    say!("{settings}: {result}", settings = settings(map, &here.params), result = result(map, &here.cell, false))
}

/// Describes the whole map for readers who cannot see it.
#[must_use]
pub fn words(scene: &MapScene) -> String {
    let map = scene.map;
    let (width, height) = (map.columns().values().len(), map.rows().values().len());
    let (across, up) = (name(map.columns()), name(map.rows()));
    let map_words = if rises(map) {
        say!(
            "Map of {width} by {height} runs: {across} from left to right, {up} from bottom to top; the stronger the colour, the larger the rise or fall.",
            width,
            height,
            across,
            up
        )
    } else {
        say!(
            "Map of {width} by {height} runs: {across} from left to right, {up} from bottom to top; the stronger the \
             colour, the further the price falls.",
            width,
            height,
            across,
            up
        )
    };
    let mut sentences = vec![map_words];
    sentences.extend(note(map).map(|note| say!("{note}.", note)));
    if let Some(here) = &scene.here {
        sentences.push(say!("You are at {here}.", here = here_words(map, here)));
        sentences.extend([true, false].iter().filter_map(|along_columns| tipping(map, here, *along_columns)));
    }
    sentences.join(" ")
}

/// A caveat for settings with which the map would be misleading.
pub(super) fn note(map: &PhaseMap) -> Option<&'static str> {
    if map.base().impact > 0.0 {
        Some(tr("No R under the square-root law"))
    } else if map.base().loops > 0.0 && map.columns().row().id == "leverage" {
        Some(tr("Lending loops set the leverage"))
    } else {
        None
    }
}

/// The first value at which R at its peak reaches 1, along one axis through the cell nearest to the reader.
fn tipping(map: &PhaseMap, here: &Here, along_columns: bool) -> Option<String> {
    let (moving, fixed_axis) = if along_columns { (map.columns(), map.rows()) } else { (map.rows(), map.columns()) };
    let other = fixed_axis.place(here.params.get(fixed_axis.row())).round() as usize;
    let r = |i: usize| {
        let (column, row) = if along_columns { (i, other) } else { (other, i) };
        map.cell(column, row).map(|cell| cell.r_peak.unwrap_or(0.0))
    };
    // Only if all cells on the way are finished and R exists.
    if map.base().impact > 0.0 {
        return None;
    }
    let way: Vec<f64> = (0..moving.values().len()).map(r).collect::<Option<_>>()?;
    let still = fixed_axis.row().words(fixed_axis.values()[other]);
    let (with, moves) = (name(fixed_axis), name(moving));
    Some(match way.iter().position(|r| *r >= 1.0) {
        Some(0) => {
            say!("With {with} at {still}, R reaches 1 at any {moves}.", with, still, moves)
        }
        Some(i) => say!(
            "With {with} at {still}, R reaches 1 at {moves} {value}.",
            with,
            still,
            moves,
            value = moving.row().words(moving.values()[i])
        ),
        None => {
            say!("With {with} at {still}, R stays below 1 at any {moves}.", with, still, moves)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn map(text: &str) -> PhaseMap {
        let axis = |name| Axis::new(name, 9).unwrap().rounded();
        let mut map = PhaseMap::new(&query::parse(text).unwrap(), axis("leverage"), axis("bots")).unwrap();
        map.advance(usize::MAX);
        map
    }

    fn here(text: &str, fall: f64, rise: f64, r_peak: Option<f64>) -> Here {
        let cell = Cell { greatest_fall_percent: fall, greatest_rise_percent: rise, r_peak, forced_share_percent: 0.0 };
        Here { params: query::parse(text).unwrap(), cell }
    }

    fn plain(words: &str) -> String {
        words.replace('\u{a0}', " ")
    }

    #[test]
    fn a_cell_and_the_position_of_the_reader_are_described_with_their_settings() {
        let map = map("accounts=200&hours=1&maintenance=4");
        let own = here("leverage=12&bots=40", 23.04, 1.0, Some(1.2));
        assert_eq!(plain(&here_words(&map, &own)), "leverage 12x, bot density 40%: falls 23.0%, R at its peak 1.20");
        let nothing = here("leverage=12&bots=40", 1.5, 2.0, None);
        assert_eq!(plain(&here_words(&map, &nothing)), "leverage 12x, bot density 40%: falls 1.5%");
        let contradicts = "leverage 50x, bot density 50%: these settings contradict each other";
        assert_eq!(plain(&cell_words(&map, 8, 4)), contradicts);
        assert!(plain(&cell_words(&map, 4, 8)).starts_with("leverage 7.07x, bot density 100%: falls "));
    }

    #[test]
    fn after_a_purchase_the_larger_of_rise_and_fall_is_described() {
        let map = map("accounts=100&hours=1&first-order=purchase");
        assert_eq!(plain(&result(&map, &here("", 3.0, 5.0, None).cell, true)), "rises 5.0%");
        assert_eq!(plain(&result(&map, &here("", 30.0, 5.0, Some(2.0)).cell, true)), "falls 30.0%, R 2.00");
    }

    #[test]
    fn the_tipping_point_is_the_first_cell_at_which_r_is_1() {
        let map = map("accounts=1000&hours=1");
        let own = here("leverage=10&bots=35", 17.0, 1.0, Some(0.99));
        let row = map.rows().place(35.0).round() as usize;
        let r = |column| map.cell(column, row).unwrap().r_peak.unwrap_or(0.0);
        let first = (0..9).find(|column| r(*column) >= 1.0).unwrap();
        assert!(first > 0 && first < 8);
        let leverage = map.columns().row().words(map.columns().values()[first]);
        let all = words(&MapScene { map: &map, here: Some(own), old: false });
        assert!(all.contains(&format!("R reaches 1 at leverage {leverage}.")), "{all}");
        let bots = map.rows().row().words(map.rows().values()[row]);
        assert!(all.contains(&format!("With bot density at {bots}, R")), "{all}");
    }

    #[test]
    fn caveats_of_the_settings_are_described() {
        for (text, said) in [("impact=square-root", "No R under"), ("loops=3", "Lending loops set")] {
            let map = map(&format!("accounts=100&hours=1&{text}"));
            let all = words(&MapScene { map: &map, here: Some(here(text, 4.0, 0.0, None)), old: false });
            assert!(all.contains(said), "{all}");
            assert_eq!(all.contains("stays below"), text == "loops=3", "{all}");
        }
    }
}
