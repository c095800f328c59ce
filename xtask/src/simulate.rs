//! `cargo xtask simulate`: one run without a page, as JSON, or second by second as CSV.

use std::io::{BufWriter, ErrorKind, Write, stdout};

use anyhow::Result;
use deleverage::study::Study;
use deleverage::{Simulator, csv, query};

use crate::usage::UsageError;

/// Output of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Parameters and results, as JSON.
    Summary,
    /// Every second, as CSV.
    Series,
    /// Counterfactuals, the sales that set off others, and doubts about the model, as JSON.
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
        What::Series => csv::lines(&Simulator::new(&params)).try_for_each(|line| writeln!(out, "{line}")),
        What::Summary => json(serde_json::to_string_pretty(Simulator::new(&params).summary()))
            .and_then(|json| writeln!(out, "{json}")),
        What::Study => {
            json(serde_json::to_string_pretty(&Study::new(&params))).and_then(|json| writeln!(out, "{json}"))
        }
    };
    match written.and_then(|()| out.flush()) {
        // The reader has closed the pipe, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_value_is_an_error_of_usage_in_one_line() {
        let error = run("leverage=99", What::Summary).unwrap_err();
        assert!(error.is::<UsageError>());
        assert_eq!(error.to_string(), "leverage is \"99\", but must be 1 to 50");
    }
}
