//! Reads and writes parameters as a URL query: `leverage=20&bots=35`.

use super::error::ParamError;
use super::presets::{RELEASE_1, Scenario, scenario};
use super::scale::Scale;
use super::table::{Params, Row, TABLE, row};
use crate::text::decimal;
use crate::text::language::joined;
use crate::text::shorten::shortened;

/// Reads a query strictly.
///
/// # Errors
/// The first error in it.
pub fn parse(query: &str) -> Result<Params, ParamError> {
    let (params, problems) = parse_lenient(query);
    problems.into_iter().next().map_or(Ok(params), Err)
}

/// Reads a query (`scenario=may-2010&bots=20`: the scenario with one change) and returns all errors. A value that is
/// not allowed is replaced by the nearest one. Parameters that are not named have their default; in a link of release 1
/// (`model=6`), that of release 1.
#[must_use]
pub fn parse_lenient(query: &str) -> (Params, Vec<ParamError>) {
    let mut params = Params::default();
    let mut problems = Vec::new();
    let mut seen = Vec::new();
    let pairs = pairs(query);
    // The scenario is read first wherever it stands; the other names change it.
    if let Some((_, id)) = pairs.iter().find(|(name, _)| name == "scenario") {
        match scenario(id) {
            Some(scenario) => params = parse_lenient(scenario.query).0,
            None => problems.push(ParamError::unknown_scenario(id)),
        }
    }
    let model = pairs.iter().find(|(name, _)| name == "model").and_then(|(_, version)| version.parse().ok());
    let release_1 = model.is_some_and(|version: u32| version <= LAST_OF_RELEASE_1);
    if release_1 {
        let defaults = parse_lenient(RELEASE_1).0;
        let named = pairs.iter().any(|(name, _)| name == "scenario");
        params = if named { Params { seed: defaults.seed, ..params } } else { defaults };
    }
    for (name, value) in pairs.into_iter().filter(|(name, _)| name != "scenario") {
        if name == "model" && model.is_some() {
            continue;
        }
        let Some(row) = row(&name) else {
            let first = !problems.iter().any(|problem| matches!(problem, ParamError::Unknown { .. }));
            problems.push(if first {
                ParamError::unknown(&name)
            } else {
                ParamError::UnknownToo { name: shortened(&name) }
            });
            continue;
        };
        if seen.contains(&row.id) {
            problems.push(ParamError::Twice { name: row.name() });
            continue;
        }
        seen.push(row.id);
        if let Err(problem) = read(&mut params, row, &value) {
            problems.push(problem);
        }
    }
    if release_1 && params.calm_volatility > 0.0 && !seen.contains(&"usual_volatility") {
        // Release 1 measured volatility in multiples of its own noise.
        params.usual_volatility = params.calm_volatility.max(0.01);
    }
    problems.extend(params.settle());
    if problems.len() > MOST_PROBLEMS {
        let count = problems.len() - MOST_PROBLEMS;
        problems.truncate(MOST_PROBLEMS);
        problems.push(ParamError::More { count });
    }
    (params, problems)
}

/// The decoded names and values of a query.
fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.strip_prefix('?').unwrap_or(query).split('&').filter(|pair| !pair.is_empty());
    let halves = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    halves.map(|(name, value)| (decode(name), decode(value))).collect()
}

/// The scenario that a query names, if it exists.
#[must_use]
pub fn scenario_of(query: &str) -> Option<&'static Scenario> {
    pairs(query).iter().find(|(name, _)| name == "scenario").and_then(|(_, id)| scenario(id))
}

/// The last version of the model whose links rely on the defaults of release 1.
const LAST_OF_RELEASE_1: u32 = 6;

/// Most errors reported for one query; the rest is only counted.
const MOST_PROBLEMS: usize = 6;

/// Reads one value into its row.
///
/// # Errors
/// The value is not allowed; the parameter then has the nearest allowed one.
pub fn read(params: &mut Params, row: &Row, text: &str) -> Result<(), ParamError> {
    let text = text.trim();
    let wrong = || ParamError::not_allowed(row, text);
    if row.scale == Scale::Seed {
        params.seed = text.parse().map_err(|_| wrong())?;
        return Ok(());
    }
    if let Scale::Choice(names) = row.scale {
        let named = names.iter().position(|name| *name == text).ok_or_else(wrong)?;
        return params.set(row, named as f64);
    }
    let value = decimal::parse(text).ok_or_else(wrong)?;
    params.set(row, value).or_else(|_| {
        params.set(row, row.nearest(value))?;
        Err(wrong())
    })
}

/// The query of these parameters: those that differ from the default, in the order of the table.
#[must_use]
pub fn write(params: &Params) -> String {
    let default = Params::default();
    let changed = TABLE.iter().filter(|row| row.write(params) != row.write(&default));
    joined(changed.map(|row| joined([row.name(), row.write(params)], "=")), "&")
}

/// Decodes percent-encoding as in forms. Invalid escapes stay; invalid UTF-8 becomes replacement characters.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
            }
            (b'+', ..) => {
                out.push(b' ');
                i += 1;
            }
            (byte, ..) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::units::number;

    #[test]
    fn a_written_query_reads_back_to_the_same_parameters() {
        let params = Params { leverage: 12.5, bots: 20.0, throttle: 0.02, seed: u64::MAX, ..Params::default() };
        assert_eq!(write(&params), "leverage=12.5&bots=20&throttle=0.02&seed=18446744073709551615");
        assert_eq!(parse(&write(&params)), Ok(params));
        assert_eq!(write(&Params::default()), "");
    }

    #[test]
    fn hyphens_underscores_escapes_and_a_question_mark_are_read() {
        let params = parse("?bot-latency=3&human_latency=%36%30&close-fraction=+50").unwrap();
        assert_eq!((params.bot_latency, params.human_latency, params.close_fraction), (3.0, 60.0, 50.0));
    }

    #[test]
    fn wrong_values_are_reported_and_replaced_by_the_nearest() {
        let (params, problems) = parse_lenient("leverage=500&bots=many&lever=3&hours=2.4&throttle=0.0001&leverage=2");
        assert_eq!(params.leverage, 50.0);
        assert_eq!(params.bots, 45.0);
        assert_eq!(params.hours, 2.0);
        assert_eq!(params.throttle, 0.0);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said[0], "leverage is \"500\", but must be 1 to 50");
        assert_eq!(said[1], "bots is \"many\", but must be 0 to 100");
        assert!(said[2].starts_with("there is no parameter \"lever\"; the names are leverage, bots,"));
        assert_eq!(said[3], "hours is \"2.4\", but must be a whole number from 1 to 6");
        assert_eq!(said[4], "throttle is \"0.0001\", but must be 0 (off) or 0.001 to 10");
        assert_eq!(said[5], "leverage is given twice; the first value counts");
    }

    #[test]
    fn many_errors_are_reported_briefly() {
        let (params, problems) = parse_lenient(&"a&b=1&".repeat(1000));
        assert_eq!(params, Params::default());
        assert_eq!(problems.len(), 7);
        assert_eq!(problems[1].to_string(), "there is no parameter \"b\" either");
        assert_eq!(problems[6].to_string(), "and 1994 more are wrong");
    }

    #[test]
    fn a_set_value_equals_its_decimal_form() {
        let pairs = [
            (0.1 + 0.2, 0.3),
            (-0.0, 0.0),
            (5e-324, 0.0),
            (0.4e-9, 0.0),
            (0.6e-9, 1e-9),
            (12.345_678_901_2, 12.345_678_901),
        ];
        for (value, kept) in pairs {
            let mut params = Params::default();
            params.set(row("bots").unwrap(), value).unwrap();
            assert_eq!(parse(&write(&params)), Ok(params), "{value}");
            assert_eq!(params.bots.to_bits(), f64::to_bits(kept), "{value}");
        }
    }

    #[test]
    fn a_scenario_is_read_first_and_other_names_change_it() {
        let params = parse("bots=20&scenario=may-2010").unwrap();
        let may = parse(scenario("may-2010").unwrap().query).unwrap();
        assert_eq!(params, Params { bots: 20.0, ..may });
        let problem = parse("scenario=may-2011").unwrap_err().to_string();
        assert_eq!(
            problem,
            "there is no scenario \"may-2011\"; the scenarios are cliff, few-bots, leverage, slow-bots, breaker, \
             release-1, oct-1987, aug-2007, may-2010, feb-2018, mar-2020, may-2021, sep-2022, oct-2025"
        );
    }

    #[test]
    fn links_of_release_1_keep_their_meaning() {
        let release_1 = parse(RELEASE_1).unwrap();
        assert_eq!(parse("model=6"), Ok(release_1));
        assert_eq!(parse("bots=20&model=5"), Ok(Params { bots: 20.0, ..release_1 }));
        assert_eq!(parse("model=7&bots=20"), Ok(Params { bots: 20.0, ..Params::default() }));
        // Volatility was measured against the noise itself, unless there was none.
        let calm = |calm_volatility, usual_volatility| Ok(Params { calm_volatility, usual_volatility, ..release_1 });
        assert_eq!(parse("model=6&calm-volatility=10"), calm(10.0, 10.0));
        assert_eq!(parse("model=6&calm-volatility=0.001"), calm(0.001, 0.01));
        assert_eq!(parse("model=6&calm-volatility=0"), calm(0.0, 3.0));
        // A scenario names every value that it needs, except the crowd.
        let few = parse("scenario=few-bots").unwrap();
        assert_eq!(parse("scenario=few-bots&model=6"), Ok(Params { seed: 1, ..few }));
        assert_eq!(parse("scenario=few-bots&model=6&seed=2"), Ok(Params { seed: 2, ..few }));
        assert!(parse("model=six").is_err());
    }

    #[test]
    fn infinity_nan_and_an_empty_value_are_not_numbers() {
        for text in ["inf", "-inf", "NaN", "", "1e999", "0x10"] {
            let mut params = Params::default();
            let leverage = row("leverage").unwrap();
            assert!(read(&mut params, leverage, text).is_err(), "{text}");
            assert_eq!(params, Params::default());
        }
    }

    #[test]
    fn a_number_is_written_in_the_fewest_digits() {
        assert_eq!(number(0.3), "0.3");
        assert_eq!(number(10000.0), "10000");
    }
}
