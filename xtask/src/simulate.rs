//! `cargo xtask simulate`: one run without a page, as JSON, or second by second as CSV.

use std::io::{BufWriter, ErrorKind, Write, stdout};

use anyhow::Result;
use deleverage::model::ensemble::{Ensemble, MOST_ACCOUNTS, Member, Quantiles, Spread, offered};
use deleverage::model::results::summary::percent;
use deleverage::study::Study;
use deleverage::{Params, Simulator, csv, query};
use serde::Serialize;

use crate::usage::UsageError;

/// Output of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Parameters and results, as JSON.
    Summary,
    /// Every second, as CSV.
    Series,
    /// Counterfactuals, the genealogy of sales, and doubts about the model, as JSON.
    Study,
}

/// Quantiles over many crowds, second by second.
#[derive(Serialize)]
struct Crowds {
    parameters: String,
    #[serde(flatten)]
    quantiles: Quantiles,
    /// Change of the price since the start after each second, percent.
    price_change_percent: Vec<Option<Spread>>,
}

/// Prints the runs of many crowds with the same parameters: quantiles as JSON, or one crowd per row as CSV.
///
/// # Errors
/// A name or a value of the query is wrong, or there are too many crowds of this size.
pub fn run_crowds(query: &str, crowds: usize, rows: bool) -> Result<()> {
    let params = query::parse(query).map_err(|problem| UsageError(problem.to_string()))?;
    let most = offered(&params, crowds);
    if crowds == 0 || most < crowds {
        let (accounts, limit) = (params.accounts, MOST_ACCOUNTS);
        let words = format!(
            "--crowds is {crowds}, but must be 1 to {most}: of {accounts} accounts each, at most {limit} in all"
        );
        return Err(UsageError(words).into());
    }
    let ensemble = Ensemble::run(&params, crowds);
    let mut out = BufWriter::new(stdout().lock());
    finish(if rows { write_rows(&mut out, &ensemble) } else { write_quantiles(&mut out, &params, &ensemble) }, out)
}

fn write_rows(out: &mut impl Write, ensemble: &Ensemble) -> std::io::Result<()> {
    let columns = "seed,digest,greatest_fall_percent,trough_s,greatest_rise_percent,r_peak,bot_forced_share_percent,\
                   human_forced_share_percent";
    writeln!(out, "{columns}")?;
    for member in ensemble.members() {
        let Member { seed, digest, greatest_fall_percent: fall, trough_s, greatest_rise_percent: rise, .. } = member;
        let r = member.r_peak.map_or_else(String::new, |r| r.to_string());
        let (bots, people) = (member.bot_forced_share_percent, member.human_forced_share_percent);
        writeln!(out, "{seed},{digest:016x},{fall},{trough_s},{rise},{r},{bots},{people}")?;
    }
    Ok(())
}

fn write_quantiles(out: &mut impl Write, params: &Params, ensemble: &Ensemble) -> std::io::Result<()> {
    let seconds = 0..=params.hours as usize * 3600;
    let change = |second| ensemble.prices(second).into_iter().map(|price| -percent(-price)).collect();
    let crowds = Crowds {
        parameters: query::write(ensemble.params()),
        quantiles: Quantiles::of(ensemble),
        price_change_percent: seconds.map(|second| Spread::of(change(second))).collect(),
    };
    writeln!(out, "{}", serde_json::to_string_pretty(&crowds)?)
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
        What::Series => csv::lines(&Simulator::new(&params)).try_for_each(|line| writeln!(out, "{line}")),
        What::Summary => json(serde_json::to_string_pretty(Simulator::new(&params).summary()))
            .and_then(|json| writeln!(out, "{json}")),
        What::Study => {
            json(serde_json::to_string_pretty(&Study::new(&params))).and_then(|json| writeln!(out, "{json}"))
        }
    };
    finish(written, out)
}

/// Flushes the output. A reader that has closed the pipe, as `head` does, is no error.
fn finish(written: std::io::Result<()>, mut out: impl Write) -> Result<()> {
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_a_usage_error_in_one_line() {
        let error = run("leverage=99", What::Summary).unwrap_err();
        assert!(error.is::<UsageError>());
        assert_eq!(error.to_string(), "leverage is \"99\", but must be 1 to 50");
        let error = run_crowds("accounts=1000000", 100, false).unwrap_err();
        assert!(error.is::<UsageError>());
        let words = "--crowds is 100, but must be 1 to 10: of 1000000 accounts each, at most 10000000 in all";
        assert_eq!(error.to_string(), words);
    }

    #[test]
    fn many_crowds_are_a_row_each_or_quantiles() {
        let params = Params { accounts: 200.0, hours: 1.0, seed: 0, ..Params::default() };
        let ensemble = Ensemble::run(&params, 3);
        let mut rows = Vec::new();
        write_rows(&mut rows, &ensemble).unwrap();
        let rows = String::from_utf8(rows).unwrap();
        let lines: Vec<&str> = rows.lines().collect();
        assert_eq!(lines.len(), 4);
        let alone = Simulator::new(&Params { seed: 2, ..params });
        let summary = alone.summary();
        let begin = format!("2,{:016x},{},{},", summary.digest, summary.greatest_fall_percent, summary.trough_s);
        assert!(lines[3].starts_with(&begin), "{}", lines[3]);
        assert!(lines.iter().all(|line| line.matches(',').count() == 7));

        let mut json = Vec::new();
        write_quantiles(&mut json, &params, &ensemble).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["crowds"], 3);
        let changes = json["price_change_percent"].as_array().unwrap();
        assert_eq!(changes.len(), 3601);
        assert_eq!(changes[0]["p50"], 0.0);
        assert!(changes[340]["min"].as_f64() <= changes[340]["max"].as_f64());
    }
}
