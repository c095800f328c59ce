//! `cargo xtask episodes`: published figures beside simulated ones, as a table, as JSON and as HTML.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _, stdout};
use std::path::Path;

use anyhow::{Context as _, Result};
use deleverage::episodes::{EPISODES, Episode, Input, Row, Status, TOLERANCE, rows, spreads};
use deleverage::model::ensemble::Spread;
use deleverage::params::presets::Scenario;
use deleverage::{Simulator, decimal, params, query};
use serde_json::{Value, json};

use crate::html::fill_file;

/// The order in which inputs are listed.
const STATUSES: [Status; 3] = [Status::Published, Status::Fitted, Status::Assumed];

/// The text in place of a figure that the model does not have.
pub(crate) const NOT_IN_THE_MODEL: &str = "not in the model";

/// Prints all episodes.
///
/// # Errors
/// Standard output is closed.
pub fn run(as_json: bool) -> Result<()> {
    let text = if as_json { format!("{:#}", all_as_json()) } else { table() };
    match writeln!(stdout().lock(), "{}", text.trim_end()) {
        // The reader has closed the pipe, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// The place of the tables in `model.html`.
const PLACE: &str = "episodes";

/// Writes `episodes.json`, which the page fetches when an episode is chosen, and the tables of `model.html`, both in
/// this directory.
///
/// # Errors
/// A file cannot be read or written, or the page has no place for the tables.
pub fn write(directory: &Path) -> Result<()> {
    let path = directory.join("episodes.json");
    fs::write(&path, all_as_json().to_string()).with_context(|| format!("cannot write {}", path.display()))?;
    fill_file(&directory.join("model.html"), PLACE, &html())
}

/// All episodes as sections of a page; headings are `h3`.
#[must_use]
pub fn html() -> String {
    compared().iter().map(Compared::html).collect()
}

fn table() -> String {
    let parts: Vec<String> = compared().iter().map(Compared::text).collect();
    parts.join("\n")
}

fn all_as_json() -> Value {
    compared().iter().map(Compared::json).collect()
}

/// An episode, its run, and the spread of its figures over a hundred crowds.
struct Compared {
    episode: &'static Episode,
    run: Simulator,
    rows: Vec<Row>,
    spreads: Vec<Option<(Spread, usize)>>,
}

fn compared() -> Vec<Compared> {
    let compare = |episode: &'static Episode| {
        // The tests of the crate check that every query can be read.
        let run = Simulator::new(&query::parse_lenient(episode.scenario.query).0);
        let (rows, spreads) = (rows(episode, &run), spreads(episode, &run));
        Compared { episode, run, rows, spreads }
    };
    EPISODES.iter().map(compare).collect()
}

impl Compared {
    fn inputs(&self, status: Status) -> impl Iterator<Item = &'static Input> {
        self.episode.inputs.iter().filter(move |input| input.status == status)
    }

    /// Label of an input, and its value with unit.
    fn value(&self, input: &Input) -> (&'static str, String) {
        let params = &self.run.summary().params;
        params::row(input.id).map_or((input.id, String::new()), |row| (row.label, row.words(params.get(row))))
    }

    fn json(&self) -> Value {
        let Episode { scenario: Scenario { id, name, query, .. }, sources, inputs, limits, .. } = *self.episode;
        let sources: Value = sources.iter().map(|source| json!({ "name": source.name, "what": source.what })).collect();
        let input = |input: &Input| {
            let (label, value) = self.value(input);
            let status = input.status.name();
            json!({ "id": input.id, "label": label, "value": value, "status": status, "words": input.words })
        };
        let inputs: Value = inputs.iter().map(input).collect();
        let figure = |(row, spread): (&Row, &Option<(Spread, usize)>)| {
            let crowds = spread.map(
                |(Spread { p5, p50, p95, .. }, count)| json!({ "count": count, "low": p5, "median": p50, "high": p95 }),
            );
            json!({
                "what": row.what, "unit": row.unit, "published": row.published, "simulated": row.simulated,
                "ratio": row.ratio, "within": row.within, "fitted": row.target, "source": row.source,
                "crowds": crowds,
            })
        };
        let figures: Value = self.rows.iter().zip(&self.spreads).map(figure).collect();
        json!({
            "id": id, "name": name, "query": query, "sources": sources, "inputs": inputs, "figures": figures,
            "limits": limits,
        })
    }

    fn text(&self) -> String {
        let mut lines = vec![["", "published", "here", "ratio", "median", "nine of ten", ""].map(String::from)];
        lines.extend(self.rows.iter().zip(&self.spreads).map(|(row, spread)| {
            let here = row.simulated.map_or_else(|| NOT_IN_THE_MODEL.into(), short);
            let ratio = row.ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
            let [median, nine] =
                spread.map_or_else(Default::default, |(spread, _)| [short(spread.p50), nine_of_ten(&spread)]);
            [quantity(row.what, row.unit), row.published.clone(), here, ratio, median, nine, remark(row).into()]
        }));
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
        let widths = [0, 1, 2, 3, 4, 5].map(width);
        let mut text = format!("{} ({})\n", self.episode.scenario.name, self.episode.scenario.id);
        for [what, published, here, ratio, median, nine, remark] in &lines {
            let [a, b, c, d, e, f] = widths;
            let line =
                format!("  {what:a$}  {published:>b$}  {here:>c$}  {ratio:>d$}  {median:>e$}  {nine:>f$}  {remark}");
            text.extend([line.trim_end(), "\n"]);
        }
        for status in STATUSES {
            for (i, input) in self.inputs(status).enumerate() {
                let (label, value) = self.value(input);
                let head = if i == 0 { status.name() } else { "" };
                let _ = writeln!(text, "  {head:9}  {} ({label}): {value}. {}", input.id, input.words);
            }
        }
        let _ = writeln!(text, "  limits     {}", self.episode.limits);
        text
    }

    fn html(&self) -> String {
        let Episode { scenario: Scenario { id, name, .. }, sources, limits, .. } = *self.episode;
        let mut html = format!("<section id=\"episode-{}\">\n<h3>{}</h3>\n", escaped(id), escaped(name));
        let _ = writeln!(
            html,
            "<table>\n<caption>Published and simulated. In brackets the ratio; ≠ where it is off by more than {}%. Below it \
             the median over a hundred crowds, and the range of nine of ten.</caption>\n<thead><tr>\
             <th scope=\"col\">Figure</th><th scope=\"col\">Published</th><th scope=\"col\">Here</th></tr></thead>\n<tbody>",
            100.0 * TOLERANCE
        );
        for (row, spread) in self.rows.iter().zip(&self.spreads) {
            let mark = if row.within == Some(false) { "≠ " } else { "" };
            let ratio = row.ratio.map_or_else(String::new, |ratio| format!(" ({mark}{ratio:.2})"));
            let here = row.simulated.map_or_else(|| NOT_IN_THE_MODEL.into(), short);
            let crowds = spread.map_or_else(String::new, |(spread, count)| {
                format!(" <small>{count} crowds: {}; {}</small>", short(spread.p50), nine_of_ten(&spread))
            });
            let fitted = if row.target { " <small>fitted</small>" } else { "" };
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\">{}{fitted}</th><td>{}</td><td>{here}{ratio}{crowds}</td></tr>",
                escaped(&quantity(row.what, row.unit)),
                escaped(&row.published),
            );
        }
        html.push_str("</tbody>\n</table>\n");
        for status in STATUSES {
            if self.inputs(status).next().is_none() {
                continue;
            }
            let _ = writeln!(html, "<h4>Inputs {}</h4>\n<dl>", status.name());
            for input in self.inputs(status) {
                let (label, value) = self.value(input);
                let term = escaped(&format!("{label}: {value}"));
                let _ = writeln!(html, "<dt>{term}</dt><dd>{}</dd>", escaped(input.words));
            }
            html.push_str("</dl>\n");
        }
        let _ = writeln!(html, "<h4>Limits</h4>\n<p>{}</p>\n<h4>Sources</h4>\n<ul>", escaped(limits));
        for source in sources {
            let _ = writeln!(html, "<li><cite>{}</cite>: {}</li>", escaped(source.name), escaped(source.what));
        }
        html.push_str("</ul>\n</section>\n");
        html
    }
}

/// The quantity of a figure, with its unit.
pub(crate) fn quantity(what: &str, unit: &str) -> String {
    if unit.is_empty() { what.into() } else { format!("{what}, {unit}") }
}

/// The note of a figure.
fn remark(row: &Row) -> &'static str {
    match (row.target, row.within) {
        (true, _) => "fitted",
        (false, Some(false)) => "off",
        (false, _) => "",
    }
}

/// The range of nine crowds of ten.
pub(crate) fn nine_of_ten(spread: &Spread) -> String {
    let [low, high] = [spread.p5, spread.p95].map(short);
    if low == high { low } else { format!("{low} to {high}") }
}

/// Three significant digits.
pub(crate) fn short(value: f64) -> String {
    decimal::parse(&format!("{value:.2e}")).unwrap_or(value).to_string()
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_page_have_every_figure_input_and_limit() {
        let (text, html) = (table(), html());
        for episode in EPISODES {
            for what in episode.figures.iter().map(|figure| figure.what) {
                assert!(text.contains(what) && html.contains(&escaped(what)), "{}: {what}", episode.scenario.id);
            }
            for words in episode.inputs.iter().map(|input| input.words).chain([episode.limits]) {
                assert!(text.contains(words) && html.contains(&escaped(words)), "{}: {words}", episode.scenario.id);
            }
        }
        assert!(text.contains(NOT_IN_THE_MODEL) && !text.contains("NaN") && !text.contains(" \n"));
    }

    #[test]
    fn the_html_is_escaped_and_every_element_is_closed() {
        assert_eq!(escaped("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
        let html = html();
        for element in ["section", "table", "tr", "th", "td", "dl", "dt", "dd", "ul", "li", "h3", "h4", "cite"] {
            let opened = html.matches(&format!("<{element}>")).count() + html.matches(&format!("<{element} ")).count();
            assert_eq!(opened, html.matches(&format!("</{element}>")).count(), "{element}");
        }
        assert_eq!(html.matches("<section ").count(), EPISODES.len());
    }

    #[test]
    fn the_json_has_an_object_per_episode_and_null_for_missing_quantities() {
        let all = all_as_json();
        assert_eq!(all.as_array().map(Vec::len), Some(EPISODES.len()));
        for (told, episode) in all.as_array().unwrap().iter().zip(EPISODES) {
            assert_eq!(told["id"], episode.scenario.id);
            assert_eq!(told["figures"].as_array().map(Vec::len), Some(episode.figures.len()));
            assert_eq!(told["inputs"].as_array().map(Vec::len), Some(episode.inputs.len()));
            assert!(told["limits"].is_string() && told["sources"][0]["name"].is_string());
        }
        let zero_bids = &all[4]["figures"][2];
        assert!(zero_bids["simulated"].is_null() && zero_bids["ratio"].is_null() && zero_bids["within"].is_null());
    }
}
