//! A run as a table of its most informative seconds.

use serde::Serialize;

use super::headline::{Automatons, automatons};
use super::phases::{Phase, phases};
use super::phrases::change_words;
use crate::chart::Span;
use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::model::rules::SHOCK_AT;
use crate::say;
use crate::text::language::tr;
use crate::text::units::{digits, dollars, percent_of, time};

/// Number of seconds with the largest bot sales that have a row.
const BUSIEST: usize = 14;

/// Candidate time steps, s; the first that needs at most [`MOST_STEPS`] rows is used.
const STEPS: [usize; 7] = [10, 60, 300, 600, 900, 1200, 1800];

/// Greatest number of time steps.
const MOST_STEPS: usize = 16;

/// A run as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Description, in a sentence or two.
    pub caption: &'static str,
    /// Column names, the time first.
    pub head: Vec<&'static str>,
    /// Rows in order of time.
    pub rows: Vec<Row>,
}

/// The state after one second, and events since the row above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The second of the run.
    pub second: usize,
    /// Time relative to the first order.
    pub time: String,
    /// The other columns.
    pub cells: Vec<String>,
}

/// The visible part of the run as a table.
#[must_use]
pub fn table(simulator: &Simulator, span: Span) -> Table {
    let rules = simulator.rules();
    let shorts = rules.shorts > 0.0;
    let [bots, people] = if shorts {
        [tr("Bots sold or bought"), tr("People sold or bought")]
    } else {
        [tr("Sold by bots"), tr("Sold by people")]
    };
    let phases = phases(simulator);
    let mut above = 0;
    let rows = seconds(simulator, span, &phases).into_iter().map(|second| {
        let begins = phases.iter().find(|phase| phase.at == second).map_or("", |phase| &phase.words);
        let row = row(simulator, above, second, begins);
        above = second + 1;
        row
    });
    let mut head = vec![
        if rules.purchase() { tr("Since the first purchase") } else { tr("Since the first sale") },
        tr("Price"),
        automatons(simulator).unwrap_or(Automatons::Bots).of(
            tr("Without bots"),
            tr("Without funds"),
            tr("Without bots and funds"),
        ),
        tr("Bots at their limit"),
        bots,
        people,
    ];
    if rules.targeters > 0.0 {
        head.push(if rules.purchase() { tr("Bought by funds") } else { tr("Sold by funds") });
    }
    head.extend([tr("Depth"), tr("R"), tr("Event")]);
    Table {
        caption: tr("The most telling seconds. Limits reached and forced orders are counted since the row above."),
        head,
        rows: rows.collect(),
    }
}

/// Seconds with a row: the ends of the visible span, the first sale, the start of each phase, the seconds with the
/// largest bot sales, and equal steps in between.
fn seconds(simulator: &Simulator, span: Span, phases: &[Phase]) -> Vec<usize> {
    let (first, last) = span.seconds(simulator.rules().seconds);
    let step = STEPS.into_iter().find(|step| (last - SHOCK_AT) / step <= MOST_STEPS).unwrap_or(last);
    let sold = |second: usize| ordered(simulator, second, second + 1).0;
    let mut busiest: Vec<usize> = (first..=last).filter(|second| sold(*second) > 0).collect();
    busiest.sort_by_key(|second| std::cmp::Reverse(sold(*second)));
    busiest.truncate(BUSIEST);
    let mut seconds = vec![first, last];
    seconds.extend(busiest);
    seconds.extend((SHOCK_AT..last).step_by(step));
    seconds.extend(phases.iter().map(|phase| phase.at).filter(|at| (first..=last).contains(at)));
    seconds.sort_unstable();
    seconds.dedup();
    seconds
}

/// Lots sold, or bought by shorts, by force from one second up to but excluding another: by bots and by people.
fn ordered(simulator: &Simulator, from: usize, to: usize) -> (u64, u64) {
    let series = &simulator.run().series;
    let sum = |lots: &[u64]| lots[from..to].iter().sum::<u64>();
    let back = series.bought_back.get(from..to).unwrap_or_default();
    let (bots, people) = back.iter().fold((0, 0), |sum, lots| (sum.0 + lots.0, sum.1 + lots.1));
    (sum(&series.bots_sold) + bots, sum(&series.people_sold) + people)
}

fn row(simulator: &Simulator, above: usize, second: usize, begins: &str) -> Row {
    let series = &simulator.run().series;
    let money = |lots: u64| dollars(lots as f64 * simulator.rules().lot);
    let change = |price: f64| change_words(-percent(-price));
    let (bots, people) = ordered(simulator, above, second + 1);
    let r = series.reproduction[second];
    let mut cells = vec![
        change(series.price[second]),
        change(simulator.without_bots()[second]),
        money(series.triggered[above..=second].iter().sum()),
        money(bots),
        money(people),
    ];
    if simulator.rules().targeters > 0.0 {
        let funds = |second| series.funds_along(simulator.rules(), second);
        cells.push(dollars((above..=second).map(funds).sum()));
    }
    cells.extend([
        percent_of(&digits(100.0 * series.depth[second], 0)),
        match series.halted[second] {
            1 => tr("halted").into(),
            _ if r.is_nan() => "–".into(),
            _ => digits(r, 2),
        },
        begins.to_owned(),
    ]);
    Row {
        second,
        time: if second < SHOCK_AT {
            say!("−{time}", time = time(SHOCK_AT - second))
        } else {
            time(second - SHOCK_AT)
        },
        cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::query;

    #[test]
    fn the_table_has_few_rows_for_every_run_and_span() {
        for text in [
            "",
            "scenario=breaker",
            "scenario=may-2010",
            "hours=6&bots=100&leverage=50&depth=0.05&accounts=500",
            "hours=1&shock=0&bots=0&calm-volatility=0&accounts=100",
            "shorts=100&first-order=purchase&accounts=1000",
        ] {
            let simulator = Simulator::new(&query::parse(text).unwrap());
            for (name, span) in Span::ALL {
                let table = table(&simulator, span);
                let (first, last) = span.seconds(simulator.rules().seconds);
                let seconds: Vec<usize> = table.rows.iter().map(|row| row.second).collect();
                assert!((13..=42).contains(&seconds.len()), "{text}, {name}: {} rows", seconds.len());
                assert!(seconds.is_sorted_by(|a, b| a < b));
                assert_eq!((seconds[0], seconds[seconds.len() - 1]), (first, last));
                assert!(seconds.contains(&SHOCK_AT));
                assert!(table.rows.iter().all(|row| row.cells.len() + 1 == table.head.len()));
            }
        }
    }

    #[test]
    fn the_rows_add_up_to_the_run() {
        let simulator = Simulator::default();
        let series = &simulator.run().series;
        let mut above = 0;
        let (mut bots, mut people) = (0, 0);
        for second in seconds(&simulator, Span::Whole, &phases(&simulator)) {
            let part = ordered(&simulator, above, second + 1);
            (bots, people) = (bots + part.0, people + part.1);
            above = second + 1;
        }
        assert_eq!(bots, series.bots_sold.iter().sum());
        assert_eq!(people, series.people_sold.iter().sum());
    }

    #[test]
    fn the_busiest_seconds_and_the_trough_have_rows_with_the_numbers_of_the_run() {
        let simulator = Simulator::default();
        let summary = simulator.summary();
        let sold = &simulator.run().series.bots_sold;
        let busiest = (0..sold.len()).max_by_key(|t| sold[*t]).unwrap();
        let table = table(&simulator, Span::Minutes2);
        let at = |second: usize| table.rows.iter().position(|row| row.second == second).unwrap();
        let row = &table.rows[at(busiest)];
        // The neighbouring seconds have rows too, so this row has the sales of one second.
        assert_eq!(table.rows[at(busiest) - 1].second, busiest - 1);
        assert_eq!(row.cells[3], dollars(sold[busiest] as f64 * simulator.rules().lot));
        let trough = &table.rows[at(summary.trough())];
        assert_eq!(trough.cells[0], change_words(-summary.greatest_fall_percent));
        assert!(trough.cells[7].contains("lowest"), "{trough:?}");
        assert_eq!(table.rows[0].time, "−10\u{a0}s");
    }

    #[test]
    fn a_halt_is_named_in_the_column_of_r() {
        let simulator = Simulator::new(&query::parse("scenario=breaker").unwrap());
        let table = table(&simulator, Span::Minutes2);
        let halt = table.rows.iter().find(|row| row.cells[7].contains("halted,")).expect("a halt begins");
        assert_eq!(halt.cells[6], "halted");
    }
}
