//! The order in which the cells of a phase map are run: coarse before fine, with as few new computations of limits as
//! possible.

use crate::model::crowd::Crowd;
use crate::model::rules::Rules;
use crate::params::Params;

/// Numbers of draws, computations of limits and splits into bots and people along these parameter sets, most expensive
/// first. Counted with a crowd of a hundred.
pub(super) fn rearranged(along: impl Iterator<Item = Params>) -> [usize; 3] {
    let mut crowd = Crowd::default();
    let mut times = [0; 3];
    let mut first: Option<Params> = None;
    let mut partition = None;
    for params in along.filter(|params| params.check().is_ok()) {
        // A small crowd, but of a different size if the parameter differs.
        let more = params.accounts - first.get_or_insert(params).accounts;
        let few = Params { accounts: 100.0 + more.min(1.0), ..params };
        let accounts = crowd.draws.habits.len();
        times[1] += usize::from(crowd.arrange(&few));
        times[0] += usize::from(crowd.draws.habits.len() != accounts);
        let who = Some((Rules::bot_shares(&few), few.bot_latency, few.human_latency));
        times[2] += usize::from(std::mem::replace(&mut partition, who) != who);
    }
    times
}

/// The step of the coarsest level, which has one cell.
pub(super) fn coarsest(width: usize, height: usize) -> usize {
    width.max(height).next_power_of_two()
}

/// All cells as line and place, in stretches of one line. Each level has every second line and place of the next.
/// Within a level a line is run at once, because changing lines is expensive. A level begins with the last line of the
/// level before, and takes the others in the order that closes wide gaps first.
pub(super) fn coarse_first(lines: usize, places: usize) -> Vec<Vec<(usize, usize)>> {
    let mut order = vec![vec![(0, 0)]];
    let mut last = 0;
    let mut step = coarsest(lines, places);
    while step > 1 {
        let done = |i: usize| i.is_multiple_of(step);
        let half = step / 2;
        let mut level: Vec<usize> = (0..lines).step_by(half).collect();
        level.sort_by_key(|line| (*line != last, line.reverse_bits()));
        for line in level {
            let waiting = (0..places).step_by(half).filter(|place| !(done(line) && done(*place)));
            let stretch: Vec<_> = waiting.map(|place| (line, place)).collect();
            if !stretch.is_empty() {
                order.push(stretch);
                last = line;
            }
        }
        step = half;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::studies::phase_map::{Axis, PhaseMap};

    #[test]
    fn every_cell_is_run_once_and_coarse_levels_come_first() {
        for (lines, places) in [(1, 1), (1, 9), (9, 1), (8, 8), (7, 16), (33, 5)] {
            let stretches = coarse_first(lines, places);
            let of_one_line = |stretch: &Vec<(usize, usize)>| stretch.iter().all(|(line, _)| *line == stretch[0].0);
            assert!(stretches.iter().all(of_one_line));
            let order = stretches.concat();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            let all: Vec<_> = (0..lines).flat_map(|line| (0..places).map(move |place| (line, place))).collect();
            assert_eq!(sorted, all);
            let level = |(line, place): &(usize, usize)| (line | place | coarsest(lines, places)).trailing_zeros();
            assert!(order.is_sorted_by_key(|cell| std::cmp::Reverse(level(cell))), "{lines} x {places}");
        }
    }

    /// Number of times that limits are computed for a map of 16 x 16.
    fn placed(columns: &str, rows: &str) -> usize {
        let base = Params { accounts: 100.0, ..Params::default() };
        let axis = |name| Axis::new(name, 16).unwrap();
        let map = PhaseMap::new(&base, axis(columns), axis(rows)).unwrap();
        let mut crowd = Crowd::default();
        map.order.iter().filter(|(column, row)| crowd.arrange(&map.params(*column, *row))).count()
    }

    #[test]
    fn limits_are_computed_once_per_line_of_a_level_on_either_axis() {
        // 1 + 2 + 4 + 8 + 16 lines, and four levels that begin where the last one ended.
        for (moves, does_not) in [("leverage", "bots"), ("maintenance", "depth"), ("crowding", "hours")] {
            assert_eq!(placed(moves, does_not), 27, "{moves}");
            assert_eq!(placed(does_not, moves), 27, "{moves}");
        }
        assert_eq!(placed("depth", "shock"), 1);
    }

    #[test]
    fn axes_are_ranked_by_cost() {
        let base = Params::default();
        let along = |name: &str| {
            let values = Axis::new(name, 9).unwrap().values;
            let row = crate::params::row(name).unwrap();
            rearranged(values.into_iter().map(|value| {
                let mut params = base;
                params.set(row, value).unwrap();
                params
            }))
        };
        let dearest_first = ["accounts", "leverage", "bots", "depth"].map(along);
        assert!(dearest_first.is_sorted_by(|a, b| a > b), "{dearest_first:?}");
    }
}
