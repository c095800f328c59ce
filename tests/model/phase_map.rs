//! A cell of the phase map is the run of its parameters, to the last bit, whatever the slices and the order; the coarse
//! picture comes first; and axes that cannot be mapped are refused with a message.

use crate::common::params;
use deleverage::model::phase_map::{Axis, Cell, MOST, PhaseMap, Refused, State};
use deleverage::params::{Scale, TABLE};
use deleverage::{Params, Simulator, query};

fn axis(name: &str, count: usize) -> Axis {
    Axis::new(name, count).unwrap()
}

fn between(name: &str, from: f64, to: f64, count: usize) -> Axis {
    Axis::between(name, from, to, count).unwrap()
}

fn map(query: &str, columns: Axis, rows: Axis) -> PhaseMap {
    PhaseMap::new(&params(query), columns, rows).unwrap()
}

fn places(map: &PhaseMap) -> Vec<(usize, usize)> {
    let (width, height) = (map.columns().values().len(), map.rows().values().len());
    (0..height).flat_map(|row| (0..width).map(move |column| (column, row))).collect()
}

/// The bits of a cell, including those of a NaN.
fn bits(cell: Cell) -> ([u64; 3], Option<u64>) {
    let numbers = [cell.greatest_fall_percent, cell.greatest_rise_percent, cell.forced_share_percent];
    (numbers.map(f64::to_bits), cell.r_peak.map(f64::to_bits))
}

fn all_bits(map: &PhaseMap) -> Vec<([u64; 3], Option<u64>)> {
    places(map).into_iter().map(|(column, row)| bits(map.cell(column, row).unwrap())).collect()
}

fn single(params: &Params) -> Cell {
    let simulator = Simulator::new(params);
    let summary = simulator.summary();
    Cell {
        greatest_fall_percent: summary.greatest_fall_percent,
        greatest_rise_percent: summary.greatest_rise_percent,
        r_peak: summary.r_peak,
        forced_share_percent: summary.bot_forced_share_percent + summary.human_forced_share_percent,
    }
}

/// Maps that each share something different between cells.
fn maps() -> Vec<PhaseMap> {
    let small = "accounts=500&hours=1&seed=7";
    vec![
        map(small, axis("leverage", 7), axis("bots", 6)),
        map(small, axis("bots", 5), axis("leverage", 7)),
        map(small, axis("depth", 6), axis("shock", 5)),
        map(small, between("accounts", 100.0, 900.0, 4), axis("crowding", 5)),
        map(small, axis("bot_latency", 5), axis("breaker_fall", 6)),
        map(small, axis("leverage_spread", 4), axis("leverage", 5)),
        map(small, axis("leverage-cap", 6), between("maintenance", 0.4, 9.0, 4)),
        map(small, axis("breaker_rule", 3), axis("venues", 4)),
        map("accounts=300&hours=1&bots=80&shorts=30", axis("arbitrage", 3), axis("oracle", 2)),
        map(small, axis("vol_bots", 4), axis("bots", 4)),
        map(small, axis("throttle", 5), axis("close_fraction", 4)),
        map("accounts=200", axis("hours", 9), between("breaker_halt", 1.0, 3.0, 7)),
    ]
}

#[test]
fn a_cell_has_the_bits_of_a_single_run_and_its_query_opens_that_run() {
    for mut map in maps() {
        assert_eq!(map.advance(usize::MAX), map.total());
        assert!(map.done());
        for (column, row) in places(&map) {
            let params = map.params(column, row);
            let query = query::write(&params);
            assert_eq!(query::parse(&query), Ok(params));
            assert_eq!(bits(map.cell(column, row).unwrap()), bits(single(&params)), "{query}");
        }
    }
}

#[test]
fn contradictory_settings_are_impossible_cells_and_do_not_block_the_map() {
    let mut map = map("accounts=300&hours=1", axis("leverage", 5), between("maintenance", 1.0, 25.0, 5));
    map.advance(usize::MAX);
    assert!(map.done());
    let mut impossible = 0;
    for (column, row) in places(&map) {
        let contradicts = map.params(column, row).check().is_err();
        assert_eq!(map.state(column, row) == State::Impossible, contradicts);
        assert_eq!(map.cell(column, row).is_none(), contradicts);
        impossible += usize::from(contradicts);
    }
    assert!(impossible > 0 && impossible < map.total());
}

#[test]
fn a_map_of_the_page_has_the_bits_of_single_runs() {
    let mut map = map("", axis("leverage", 4), axis("bots", 4));
    map.advance(map.total());
    for (column, row) in places(&map) {
        assert_eq!(bits(map.cell(column, row).unwrap()), bits(single(&map.params(column, row))));
    }
}

#[test]
fn slices_of_any_size_give_the_same_map_and_run_every_cell_once() {
    for mut at_once in maps() {
        let (mut singly, mut by_fives) = (at_once.clone(), at_once.clone());
        at_once.advance(usize::MAX);
        for done in 1..=singly.total() {
            assert!(!singly.done());
            let before: Vec<State> = places(&singly).iter().map(|(c, r)| singly.state(*c, *r)).collect();
            assert_eq!(singly.advance(1), done);
            let after = places(&singly).into_iter().map(|(c, r)| singly.state(c, r));
            let changed: Vec<_> = before.into_iter().zip(after).filter(|(before, after)| before != after).collect();
            assert!(matches!(changed[..], [(State::Waiting, State::Done(_))]), "{changed:?}");
        }
        assert!(singly.done());
        assert_eq!(singly.advance(1), singly.total());
        assert_eq!(by_fives.advance(0), 0);
        while !by_fives.done() {
            by_fives.advance(5);
        }
        assert_eq!(all_bits(&singly), all_bits(&at_once));
        assert_eq!(all_bits(&by_fives), all_bits(&at_once));
    }
}

/// The map `whole`, computed by several maps that take stretches in turn, as workers do, and collected in one.
fn shared_out(whole: &PhaseMap, workers: usize) -> PhaseMap {
    let (mut kept, mut workers) = (whole.clone(), vec![whole.clone(); workers]);
    let count = workers.len();
    for index in 0..whole.stretches() {
        let worker = &mut workers[index % count];
        for (column, row) in whole.stretch(index) {
            assert_eq!(kept.state(*column, *row), State::Waiting, "in one stretch only");
            kept.keep(*column, *row, worker.run(*column, *row));
        }
    }
    kept
}

#[test]
fn a_map_shared_between_workers_is_the_same_map() {
    for mut at_once in maps() {
        let shared = shared_out(&at_once, 3);
        at_once.advance(usize::MAX);
        assert!(shared.done() && shared.finished() == shared.total());
        assert_eq!(all_bits(&shared), all_bits(&at_once));
    }
}

#[test]
fn coarse_stretches_come_first_and_stored_cells_are_not_run_again() {
    let mut map = map("accounts=100&hours=1", axis("leverage", 8), axis("bots", 8));
    let levels: Vec<usize> = (0..map.stretches())
        .map(|i| map.stretch(i).iter().map(|(c, r)| (c | r | 8).trailing_zeros() as usize).min().unwrap())
        .collect();
    assert!(levels.is_sorted_by(|a, b| a >= b), "{levels:?}");
    assert!(map.stretch(map.stretches()).is_empty());
    // A cell that no run could give stays as it was stored.
    let strange =
        Cell { greatest_fall_percent: -1.0, greatest_rise_percent: 0.0, r_peak: None, forced_share_percent: 0.0 };
    map.keep(3, 3, State::Done(strange));
    map.keep(3, 3, State::Impossible);
    map.keep(8, 0, State::Impossible);
    map.keep(0, 8, State::Impossible);
    map.keep(4, 4, State::Waiting);
    assert_eq!((map.finished(), map.state(4, 4)), (1, State::Waiting));
    assert_eq!(map.advance(usize::MAX), 64);
    assert_eq!(map.cell(3, 3), Some(strange));
}

#[test]
fn a_map_covers_parameters_that_differ_only_in_its_axes() {
    let map = map("accounts=100&hours=1", axis("leverage", 3), axis("bots", 3));
    assert!(map.covers(&params("accounts=100&hours=1&leverage=17.3&bots=2")));
    assert!(!map.covers(&params("accounts=100&hours=1&shock=2.1")));
    assert!(!map.covers(&params("accounts=100&hours=1&seed=2")));
}

#[test]
fn coarse_cells_come_first_and_cover_the_map() {
    let (width, height) = (13, 6);
    let mut map = map("accounts=100&hours=1", axis("depth", width), axis("leverage", height));
    assert_eq!(map.nearest_done(3, 3), None);
    let mut finished = 0;
    for step in [16, 8, 4, 2, 1_usize] {
        let cells = width.div_ceil(step) * height.div_ceil(step);
        finished = map.advance(cells - finished);
        assert_eq!(finished, cells);
        for (column, row) in places(&map) {
            let done = column % step == 0 && row % step == 0;
            assert_eq!(map.cell(column, row).is_some(), done, "{column}, {row} at step {step}");
            let (c, r) = map.nearest_done(column, row).unwrap();
            assert!(map.cell(c, r).is_some());
            // Within half a step, or at the edge if the next step would lie beyond it.
            let near = |i: usize, at: usize, end: usize| {
                let half = i.abs_diff(at) <= step / 2;
                half || (at < i && at + step >= end)
            };
            assert!(near(column, c, width) && near(row, r, height), "{column}, {row}: {c}, {r}");
        }
    }
    assert_eq!(map.nearest_done(5, 5), Some((5, 5)));
}

#[test]
fn a_level_is_spread_evenly_over_the_map() {
    let mut map = map("accounts=100&hours=1", axis("leverage", 32), axis("bots", 32));
    // The finest level is three quarters of the map, spread evenly over its four quarters.
    map.advance(32 * 32 / 4);
    let before = map.clone();
    map.advance(32 * 32 * 3 / 16);
    for quarter in [0..8, 8..16, 16..24, 24..32] {
        let fresh = |map: &PhaseMap| {
            let cells = quarter.clone().flat_map(|column| (0..32).map(move |row| (column, row)));
            cells.filter(|(column, row)| map.cell(*column, *row).is_some()).count()
        };
        let share = (fresh(&map) - fresh(&before)) as f64 / (32.0 * 32.0 * 3.0 / 16.0);
        assert!((0.15..0.35).contains(&share), "{quarter:?}: {share}");
    }
}

#[test]
fn an_axis_is_even_on_its_own_scale_from_end_to_end() {
    assert_eq!(axis("bots", 5).values(), [0.0, 25.0, 50.0, 75.0, 100.0]);
    let leverage = axis("leverage", 64);
    assert_eq!((leverage.values()[0], leverage.values()[63]), (1.0, 50.0));
    let ratios: Vec<f64> = leverage.values().windows(2).map(|pair| pair[1] / pair[0]).collect();
    assert!(ratios.iter().all(|ratio| (ratio / ratios[0] - 1.0).abs() < 1e-7));
    // Off, then the smallest value that is not.
    let throttle = axis("throttle", 6);
    assert_eq!(throttle.values()[..2], [0.0, 0.001]);
    assert!((throttle.values()[2] - 0.01).abs() < 1e-12 && throttle.values()[5] == 10.0);
    assert_eq!(between("throttle", 0.0, 0.0, 3).values(), [0.0; 3]);
    assert_eq!(between("throttle", 0.1, 10.0, 3).values(), [0.1, 1.0, 10.0]);
    for row in TABLE.iter().filter(|row| row.scale != Scale::Seed) {
        assert_eq!(axis(row.id, 7).values().last(), Some(&row.max), "{}", row.id);
        assert!(axis(row.id, 7).values().is_sorted_by(|a, b| a <= b), "{}", row.id);
    }
    for end in (1..300).map(|i| (f64::from(i) / 11.0).min(20.0)) {
        // As exact as parameters: nine decimals.
        assert!((between("depth", 0.05, end, 3).values()[2] - end).abs() < 1e-9);
    }
    // There are only six lengths of a run, and numbers of accounts are whole.
    assert_eq!(axis("hours", 11).values(), [1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0, 6.0, 6.0]);
    assert_eq!(axis("accounts", 5).values(), [100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0]);
    assert_eq!(axis("depth", 1).values(), [0.05]);
    assert_eq!(axis("depth", MOST).values().len(), MOST);
}

#[test]
fn a_cell_off_the_map_is_never_done() {
    let mut map = map("accounts=100&hours=1", axis("depth", 2), axis("shock", 3));
    map.advance(usize::MAX);
    assert_eq!((map.state(2, 0), map.state(0, 3), map.cell(2, 1)), (State::Waiting, State::Waiting, None));
}

#[test]
fn invalid_maps_are_refused_with_a_message() {
    let said = |axis: Result<Axis, Refused>| axis.err().expect("refused").to_string();
    assert!(said(Axis::new("gearing", 8)).starts_with("there is no parameter \"gearing\"; the names are leverage"));
    assert_eq!(said(Axis::new("seed", 8)), "seed cannot be an axis: its values have no order");
    assert_eq!(said(Axis::new("bots", 0)), "bots has 0 values, but must have 1 to 256");
    assert_eq!(said(Axis::new("bot_latency", 257)), "bot-latency has 257 values, but must have 1 to 256");
    assert_eq!(said(Axis::between("bots", 0.0, 101.0, 8)), "bots is \"101\", but must be 0 to 100");
    assert_eq!(said(Axis::between("hours", 1.5, 2.0, 8)), "hours is \"1.5\", but must be a whole number from 1 to 6");
    assert_eq!(said(Axis::between("shock", f64::NAN, 2.0, 8)), "shock is \"NaN\", but must be 0 to 20");
    assert_eq!(
        said(Axis::between("leverage", 20.0, 10.0, 8)),
        "leverage goes from 20 to 10, but the smaller one must come first"
    );
    let same = PhaseMap::new(&Params::default(), axis("bots", 8), axis("bots", 4)).err().expect("refused");
    assert_eq!(same.to_string(), "both axes are bots; a map needs two different ones");
}
