//! `cargo xtask simulate`: one run without a page, as JSON or second by second as CSV.

use std::io::{BufWriter, ErrorKind, Write, stdout};

use anyhow::Result;
use deleverage::model::summary::percent;
use deleverage::study::Study;
use deleverage::{Simulator, query};

use crate::usage::UsageError;

/// What to print of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Parameters and results, as JSON.
    Summary,
    /// Every second, as CSV.
    Series,
    /// What would have happened, who set off whom, where the model may be wrong, as JSON.
    Study,
}

/// Prints one run of the model.
///
/// # Errors
/// A name or a value of the query is wrong.
pub fn run(query: &str, what: What) -> Result<()> {
    let params = query::parse(query).map_err(|problem| UsageError(problem.to_string()))?;
    let mut out = BufWriter::new(stdout().lock());
    let json = |json: serde_json::Result<String>| json.map_err(std::io::Error::from);
    let written = match what {
        What::Series => write_series(&mut out, &Simulator::new(&params)),
        What::Summary => json(serde_json::to_string_pretty(Simulator::new(&params).summary()))
            .and_then(|json| writeln!(out, "{json}")),
        What::Study => {
            json(serde_json::to_string_pretty(&Study::new(&params))).and_then(|json| writeln!(out, "{json}"))
        }
    };
    match written.and_then(|()| out.flush()) {
        // Whoever reads has had enough, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// One row per second of the run; units are in the names of the columns.
fn write_series(out: &mut impl Write, simulator: &Simulator) -> std::io::Result<()> {
    writeln!(
        out,
        "time_s,price_change_percent,without_bots_change_percent,first_sale_bn,bots_sold_bn,people_sold_bn,\
         value_bought_bn,bots_triggered_bn,depth_percent,volatility_x_calm,r,halted,shorts_bots_bought_bn,\
         shorts_people_bought_bn,lowest_venue_change_percent,funds_sold_bn"
    )?;
    let (series, lot) = (&simulator.run().series, simulator.rules().lot);
    let without = &simulator.without_bots().series.price;
    for second in 0..series.price.len() {
        let money = |lots: &[u64]| lots[second] as f64 * lot;
        let r = series.reproduction[second];
        let back = series.bought_back.get(second).copied().unwrap_or_default();
        writeln!(
            out,
            "{second},{:.6},{:.6},{:.9},{:.9},{:.9},{:.9},{:.9},{:.4},{:.5},{},{},{:.9},{:.9},{},{:.9}",
            0.0 - percent(-series.price[second]),
            0.0 - percent(-without[second]),
            money(&series.shock_sold),
            money(&series.bots_sold),
            money(&series.people_sold),
            series.bought[second],
            money(&series.triggered),
            100.0 * series.depth[second],
            libm::exp(series.log_volatility[second]),
            // Where nothing is traded there is no R: an empty field.
            if r.is_nan() { String::new() } else { format!("{r:.6}") },
            series.halted[second],
            back.0 as f64 * lot,
            back.1 as f64 * lot,
            // Where one price counts for all there is no lowest venue.
            series.lowest.get(second).map_or(String::new(), |price| format!("{:.6}", 0.0 - percent(-price))),
            series.rebalanced.get(second).unwrap_or(&0.0),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use deleverage::Params;

    #[test]
    fn the_series_has_a_header_and_a_row_for_every_second_and_the_start() {
        let simulator = Simulator::new(&Params { accounts: 100.0, hours: 1.0, ..Params::default() });
        let mut out = Vec::new();
        write_series(&mut out, &simulator).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 1 + 3601);
        let columns = lines[0].split(',').count();
        assert!(lines.iter().all(|line| line.split(',').count() == columns));
        assert!(lines[1].starts_with("0,0.000000,0.000000,"));
        assert!(lines[3601].starts_with("3600,"));
    }

    #[test]
    fn a_wrong_value_is_an_error_of_usage_in_one_line() {
        let error = run("leverage=99", What::Summary).unwrap_err();
        assert!(error.is::<UsageError>());
        assert_eq!(error.to_string(), "leverage is \"99\", but must be 1 to 50");
    }
}
