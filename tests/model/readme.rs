//! The documentation of the model has its version, and every parameter with its range and default.

use deleverage::model::MODEL_VERSION;
use deleverage::params::{Params, Row, Scale, TABLE};
use deleverage::units::number;

const README: &str = include_str!("../../src/model/README.md");

/// The range of a row as the documentation writes it.
fn range(row: &Row) -> String {
    match row.scale {
        Scale::Choice(names) => names.join(", "),
        Scale::LogOrOff => format!("{}..{} or 0", number(row.min), number(row.max)),
        Scale::Seed => "0..2^64-1".into(),
        _ => format!("{}..{}", number(row.min), number(row.max)),
    }
}

#[test]
fn the_version_is_the_current_one() {
    assert!(README.starts_with(&format!("# The model, version {MODEL_VERSION}\n")));
}

#[test]
fn every_parameter_is_listed_in_order_with_its_unit_range_and_default() {
    let listed: Vec<Vec<&str>> = README
        .lines()
        .filter(|line| line.starts_with("| `") && line.matches(" |").count() == 6)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let defaults = Params::default();
    let rows: Vec<_> =
        TABLE.iter().map(|row| [format!("`{}`", row.id), row.unit.into(), range(row), row.write(&defaults)]).collect();
    let listed: Vec<_> =
        listed.iter().map(|cells| [cells[0], cells[2], cells[3], cells[4]].map(String::from)).collect();
    assert_eq!(listed, rows);
}
