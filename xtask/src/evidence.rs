//! `cargo xtask evidence`: what the model predicts of past days before anything is fitted, as a table and as HTML.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _, stdout};
use std::path::Path;

use anyhow::Result;
use deleverage::episodes::evidence::{Prediction, before_fit, predictions};
use deleverage::episodes::{EPISODES, Episode, Input, Status};
use deleverage::{params, query};

use crate::episodes::{NOT_IN_THE_MODEL, escaped, nine_of_ten, quantity, short};
use crate::html::fill_file;

/// The place of the table in `model.html`.
const PLACE: &str = "evidence";

/// Prints the table.
///
/// # Errors
/// Standard output is closed.
pub fn run() -> Result<()> {
    match writeln!(stdout().lock(), "{}", text().trim_end()) {
        // The reader has closed the pipe, as `head` does.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Fills the place in `model.html` in this directory.
///
/// # Errors
/// The page cannot be read or written, or has no place for the table.
pub fn write(directory: &Path) -> Result<()> {
    fill_file(&directory.join("model.html"), PLACE, &html())
}

/// The cells of one figure: name, published value, prediction, its range, ratio, remark.
fn cells(prediction: &Prediction) -> [String; 6] {
    let Prediction { figure, predicted, ratio } = prediction;
    let (median, range) = predicted
        .map_or_else(|| (NOT_IN_THE_MODEL.to_owned(), String::new()), |(at, _)| (short(at.p50), nine_of_ten(&at)));
    let mark = if prediction.hit() == Some(false) { "≠ " } else { "" };
    let ratio = ratio.map_or_else(String::new, |ratio| format!("{mark}{ratio:.2}"));
    let remark = if figure.target { "fitted above" } else { "" };
    [quantity(figure.what, figure.unit), figure.published.to_string(), median, range, ratio, remark.to_owned()]
}

/// The settings that differ from those of the scenario: `Market depth $1bn, not $1.3bn`.
fn changed(episode: &Episode) -> String {
    let (fitted, before) = (query::parse_lenient(episode.scenario.query).0, before_fit(episode));
    let words = |input: &Input| {
        let row = params::row(input.id)?;
        let [now, then] = [before, fitted].map(|params| row.words(params.get(row)));
        Some(format!("{} {now}, not {then}", row.label))
    };
    let inputs = episode.inputs.iter().filter(|input| input.status == Status::Fitted);
    inputs.filter_map(words).collect::<Vec<_>>().join("; ")
}

fn text() -> String {
    let mut text = String::new();
    for episode in EPISODES {
        let mut lines = vec![["", "published", "predicted", "nine of ten", "ratio", ""].map(String::from)];
        lines.extend(predictions(episode).iter().map(cells));
        let widths = [0, 1, 2, 3, 4].map(|at| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0));
        let [a, b, c, d, e] = widths;
        let _ = writeln!(text, "{}: {}", episode.scenario.name, changed(episode));
        for [what, published, median, range, ratio, remark] in &lines {
            let line = format!("  {what:a$}  {published:>b$}  {median:>c$}  {range:>d$}  {ratio:>e$}  {remark}");
            text.extend([line.trim_end(), "\n"]);
        }
        text.push('\n');
    }
    text
}

fn html() -> String {
    let mut html = "<table>\n<caption>Published and predicted: median of a hundred crowds, range of nine of ten, and the median \
                    over the published value, with ≠ where it is off by more than a tenth. Inputs of the tables above are \
                    fitted to the figures marked so.</caption>\n<thead><tr><th scope=\"col\">Figure</th>\
                    <th scope=\"col\">Published</th><th scope=\"col\">Predicted</th><th scope=\"col\">Ratio</th></tr></thead>\n"
        .to_owned();
    for episode in EPISODES {
        let _ = writeln!(
            html,
            "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"4\">{}. <small>{}</small></th></tr>",
            escaped(episode.scenario.name),
            escaped(&changed(episode)),
        );
        for prediction in predictions(episode) {
            let [what, published, median, range, ratio, remark] = cells(&prediction).map(|cell| escaped(&cell));
            let [remark, range] = [remark, range].map(|small| match small.as_str() {
                "" => small,
                small => format!(" <small>{small}</small>"),
            });
            let _ = writeln!(
                html,
                "<tr><th scope=\"row\">{what}{remark}</th><td>{published}</td><td>{median}{range}</td><td>{ratio}</td></tr>",
            );
        }
        html.push_str("</tbody>\n");
    }
    html + "</table>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_page_have_every_figure_and_every_fitted_input() {
        let (text, html) = (text(), html());
        for episode in EPISODES {
            assert!(text.contains(&changed(episode)) && html.contains(&escaped(&changed(episode))));
            assert!(changed(episode).contains(", not "), "{}", episode.scenario.id);
            for figure in episode.figures.iter().filter(|figure| !figure.is_input()) {
                let what = quantity(figure.what, figure.unit);
                assert!(text.contains(&what) && html.contains(&escaped(&what)), "{}: {what}", episode.scenario.id);
            }
        }
        assert!(text.contains("fitted above") && text.contains(NOT_IN_THE_MODEL) && !text.contains("NaN"));
        for element in ["table", "thead", "tbody", "tr", "th", "td", "small"] {
            let opened = html.matches(&format!("<{element}>")).count() + html.matches(&format!("<{element} ")).count();
            assert_eq!(opened, html.matches(&format!("</{element}>")).count(), "{element}");
        }
    }
}
