//! The table of parameters and the list of scenarios in `authors.html`, made at build time from the tables that the
//! simulator reads, in every language.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use deleverage::chart::backend::svg::escape;
use deleverage::language::{self, tr};
use deleverage::params::presets::SCENARIOS;
use deleverage::params::{Group, Row, Scale, TABLE};
use deleverage::{Params, say};

use crate::html;
use crate::words::catalogue::Catalogue;
use crate::words::collect::Message;
use crate::words::pages::in_language;

/// The page.
const PAGE: &str = "authors";

/// The places of the table and of the scenarios in the page.
const PLACES: [&str; 2] = ["parameters", "scenarios"];

/// Puts the tables into the page in this directory, in every language.
///
/// # Errors
/// A page cannot be read or written, or has no place for them.
pub fn write(directory: &Path, languages: &[Catalogue], messages: &[Message]) -> Result<()> {
    page(&directory.join(in_language(PAGE, "en")))?;
    for catalogue in languages {
        language::speak(Some(catalogue.language(messages)));
        let written = page(&directory.join(in_language(PAGE, catalogue.locale.code)));
        language::speak(None);
        written?;
    }
    Ok(())
}

/// The same for one page, in the current language.
fn page(path: &Path) -> Result<()> {
    html::fill_file(path, PLACES[0], parameters().trim_end())?;
    html::fill_file(path, PLACES[1], scenarios().trim_end())
}

/// The name of a group in the laboratory.
fn heading(group: Group) -> &'static str {
    match group {
        Group::Main => tr("The three main parameters"),
        Group::Crowd => tr("The crowd: who holds what"),
        Group::Rules => tr("The rules: when they must sell, and how fast"),
        Group::Market => tr("The market: how it takes an order"),
        Group::Structure => tr("Venues and contracts: where they trade, what else trades"),
        Group::Dampeners => tr("Dampeners and safety nets: breaker, throttle, fund, cap"),
        Group::Run => tr("The run: length and seed"),
    }
}

/// A row for each parameter, under the name of its group.
fn parameters() -> String {
    let mut html = format!(
        "<table class=\"names\">
          <thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>
          ",
        tr("Attribute"),
        tr("Meaning"),
        tr("Values")
    );
    for rows in TABLE.chunk_by(|one, next| one.group == next.group) {
        let _ = writeln!(html, "<tbody><tr><th scope=\"rowgroup\" colspan=\"3\">{}</th></tr>", heading(rows[0].group));
        for row in rows {
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}. {}</td><td>{}</td></tr>",
                row.name(),
                escape(tr(row.label).trim_start_matches("... ")),
                escape(tr(row.help)),
                say!(
                    "{values}; usually {usual}",
                    values = escape(&values(row)),
                    usual = format!("<code>{}</code>", row.write(&Params::default()))
                )
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
        (Scale::Seed, _) => tr("a whole number").into(),
        (_, "") => row.allowed(),
        (_, unit) => say!("{values}, in {unit}", values = row.allowed(), unit = named(unit)),
    }
}

/// A unit in words.
fn named(unit: &'static str) -> &'static str {
    match unit {
        "x" => tr("multiples"),
        "%" => tr("percent"),
        "$bn" => tr("billions of dollars"),
        "$bn/s" => tr("billions of dollars a second"),
        "1/s" => tr("parts a second"),
        "s" => tr("seconds"),
        "h" => tr("hours"),
        other => other,
    }
}

/// All scenarios, each with its name in words.
fn scenarios() -> String {
    let one = |scenario: &deleverage::params::presets::Scenario| {
        format!("<li><code>{}</code>: {}</li>\n", scenario.id, escape(tr(scenario.name)))
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
        let path = directory.join(in_language(PAGE, "en"));
        fs::copy(project::root().join("www/authors.html"), &path).unwrap();
        write(&directory, &[], &[]).unwrap();

        let page = fs::read_to_string(&path).unwrap();
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
        assert!(write(&directory, &[], &[]).unwrap_err().to_string().contains(PAGE));
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
