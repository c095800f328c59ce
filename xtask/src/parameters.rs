//! The table of parameters and the list of scenarios in `authors.html`, made at build time from the tables that the
//! simulator reads.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use deleverage::Params;
use deleverage::chart::backend::svg::escape;
use deleverage::params::presets::SCENARIOS;
use deleverage::params::{Group, Row, Scale, TABLE};

use crate::html;

/// The page.
const PAGE: &str = "authors.html";

/// The places of the table and of the scenarios in the page.
const PLACES: [&str; 2] = ["parameters", "scenarios"];

/// Puts the tables into the page in this directory.
///
/// # Errors
/// The page cannot be read or written, or has no place for them.
pub fn write(directory: &Path) -> Result<()> {
    let path = directory.join(PAGE);
    html::fill_file(&path, PLACES[0], parameters().trim_end())?;
    html::fill_file(&path, PLACES[1], scenarios().trim_end())
}

/// The name of a group in the laboratory.
fn heading(group: Group) -> &'static str {
    match group {
        Group::Main => "The three main ones",
        Group::Crowd => "The crowd",
        Group::Rules => "Its rules",
        Group::Market => "The market",
        Group::Structure => "Venues and contracts",
        Group::Dampeners => "Dampeners",
        Group::Run => "The run",
    }
}

/// A row for each parameter, under the name of its group.
fn parameters() -> String {
    let mut html = String::from(
        "<table class=\"names\">
          <thead><tr><th scope=\"col\">Attribute</th><th scope=\"col\">What it is</th><th scope=\"col\">Values</th></tr></thead>
          ",
    );
    for rows in TABLE.chunk_by(|one, next| one.group == next.group) {
        let _ = writeln!(html, "<tbody><tr><th scope=\"rowgroup\" colspan=\"3\">{}</th></tr>", heading(rows[0].group));
        for row in rows {
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}. {}</td><td>{}; usually <code>{}</code></td></tr>",
                row.name(),
                escape(row.label.trim_start_matches("... ")),
                escape(row.help),
                escape(&values(row)),
                row.write(&Params::default())
            );
        }
        html.push_str("</tbody>\n");
    }
    html + "</table>"
}

/// The allowed values, with unit.
fn values(row: &Row) -> String {
    match (row.scale, row.unit) {
        // The upper end is that of 64 bits, which is of no use to readers.
        (Scale::Seed, _) => "a whole number".into(),
        (_, "") => row.allowed(),
        (_, unit) => format!("{}, in {}", row.allowed(), named(unit)),
    }
}

/// A unit in words.
fn named(unit: &str) -> &str {
    match unit {
        "x" => "multiples",
        "%" => "percent",
        "$bn" => "billions of dollars",
        "$bn/s" => "billions of dollars a second",
        "1/s" => "parts a second",
        "s" => "seconds",
        "h" => "hours",
        other => other,
    }
}

/// All scenarios, each with its name in words.
fn scenarios() -> String {
    let one = |scenario: &deleverage::params::presets::Scenario| {
        format!("<li><code>{}</code>: {}</li>\n", scenario.id, escape(scenario.name))
    };
    format!("<ul class=\"short\">\n{}</ul>", SCENARIOS.iter().map(one).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use deleverage::chart::VIEWS;

    use super::*;
    use crate::project;

    #[test]
    fn the_page_lists_every_parameter_scenario_and_view() {
        let directory = project::target().join(format!("tmp-parameters-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        fs::copy(project::root().join("www").join(PAGE), directory.join(PAGE)).unwrap();
        write(&directory).unwrap();

        let page = fs::read_to_string(directory.join(PAGE)).unwrap();
        for row in TABLE {
            assert!(page.contains(&format!("<th scope=\"row\"><code>{}</code></th>", row.name())), "{}", row.id);
        }
        for scenario in SCENARIOS {
            assert!(page.contains(&format!("<li><code>{}</code>: ", scenario.id)), "{}", scenario.id);
        }
        for view in VIEWS.iter().map(|view| view.name) {
            assert!(page.contains(&format!("<li><code>{view}</code>: ")), "the view {view} is not documented");
        }
        assert!(page.contains("0 to 100, in percent; usually <code>45</code>"), "values and their unit");
        // The second time, the places are gone.
        assert!(write(&directory).unwrap_err().to_string().contains(PAGE));
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn the_element_lists_the_views_of_the_light_simulator() {
        let element = fs::read_to_string(project::root().join("www/element/element.js")).unwrap();
        let (_, list) = element.split_once("const LIGHT = new Set([").expect("the list in element.js");
        let (list, _) = list.split_once(']').unwrap();
        let named = |name: &str| list.contains(&format!("\"{name}\""));
        for view in &VIEWS {
            assert_eq!(named(view.name), view.light, "{view:?}");
        }
    }
}
