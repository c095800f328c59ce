//! The effects of credit over years, in `model.html`: a figure of the tails and a table of other statistics.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use deleverage::long_run::measure::LAGS;
use deleverage::units::thousands;
use deleverage::validation::years::{SEED, STEPS, Years};
use deleverage::validation::{Curve, Plot, Point};

use crate::{html, proofs};

/// Their place in the page.
const PLACE: &str = "years";

/// The id of the figure.
const ID: &str = "years";

/// The text alternative: where falls with credit become more frequent than in a normal distribution, and how large the
/// rarest is.
fn alt(plot: &Plot) -> String {
    let credit = plot.curves.last();
    let normally = |curve: &Curve, fall: f64| {
        curve.line.windows(2).find(|pair| pair[0].0 <= fall && fall <= pair[1].0).map_or(0.0, |pair| pair[0].1)
    };
    let crosses = credit.and_then(|curve| {
        let crossed = |(_, pair): &(usize, &[Point])| pair[1].1 > normally(curve, pair[1].0);
        curve.measured.windows(2).enumerate().find(crossed).map(|(_, pair)| f64::midpoint(pair[0].0, pair[1].0))
    });
    let largest = credit.and_then(|curve| curve.measured.last()).map_or(0.0, |(fall, _)| *fall);
    format!(
        "Upwards: share of falls that are larger, from {} to {}%, logarithmic. To the right: fall of the price in one step, from \
         {} to {}%. Two lines, normal distributions, and {} dots to each. Without credit the dots follow their line, and \
         leave it a little for the rarest falls. With leverage up to 10 they begin further left, cross their line at falls \
         of about {}%, and go on to the right, to falls of {}%.",
        plot.y.from,
        plot.y.to,
        plot.x.from,
        plot.x.to,
        credit.map_or(0, |curve| curve.measured.len()),
        number(crosses.unwrap_or(0.0), 0),
        number(largest, 0),
    )
}

/// Runs the years, draws the figure, and puts it and the table into the page in this directory.
///
/// # Errors
/// A file cannot be read or written, or the page has no place for them.
pub fn write(directory: &Path) -> Result<()> {
    let years = Years::new();
    let plot = years.plot();
    proofs::draw(directory, ID, &plot)?;
    let markup = figure(&alt(&plot)) + &table(&years);
    html::fill_file(&directory.join(proofs::PAGE), PLACE, &markup)
}

fn figure(alt: &str) -> String {
    let picture = proofs::picture(ID, alt);
    format!(
        r#"<figure class="figure" id="{ID}">
          <h3>With credit most falls are smaller, and a few are enormous</h3>
          {picture}
          <figcaption>
            <p>
              Each dot says what share of all falls is larger than the fall below it on the axis; counted are falls from a price
              below the value, where funds hold the asset. Without credit that is close to a normal distribution, except for the
              rarest. Where funds may hold up to ten times their equity, most falls are smaller than without credit, and the
              largest are of a size that a normal distribution would practically never give.
            </p>
            <p class="still-note">
              <b>Dots:</b> {STEPS} steps, seed {SEED}. <b>Lines:</b> normal distributions with the mean and the standard
              deviation of these returns.<br /><b>Source:</b> the model is that of Thurner, Farmer and Geanakoplos,
              “<a href="https://arxiv.org/abs/0908.1555">Leverage causes fat tails and clustered volatility</a>”, Quantitative
              Finance 12 (2012). Runs and figures are ours.
            </p>
          </figcaption>
        </figure>
        "#,
        STEPS = thousands(STEPS as f64)
    )
}

fn table(years: &Years) -> String {
    let [one, ten, hundred] = LAGS;
    let mut html = format!(
        "<table>\n<caption>What the bank’s limit on leverage does. Skew and excess kurtosis are of all returns; γ is the \
         exponent of the worst hundredth of the falls in the figure, the smaller, the heavier the tail; memory is the \
         correlation of the size of a return with that of {one}, {ten} and {hundred} steps later.</caption>\n<thead><tr>"
    );
    for head in ["Limit", "Skew", "Excess kurtosis", "γ", "Memory"] {
        let _ = write!(html, "<th scope=\"col\">{head}</th>");
    }
    html += "</tr></thead>\n<tbody>\n";
    for (most, measured) in &years.rows {
        let memory: Vec<_> = measured.memory.iter().map(|memory| number(*memory, 2)).collect();
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\">{most}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            number(measured.skew, 2),
            number(measured.excess_kurtosis, 1),
            number(measured.tail_exponent, 1),
            memory.join(", ")
        );
    }
    html + "</tbody>\n</table>\n"
}

/// A number with this many decimals, without a negative zero.
fn number(value: f64, decimals: usize) -> String {
    let words = format!("{:.decimals$}", value.abs());
    let zero = words.chars().all(|digit| matches!(digit, '0' | '.'));
    if value < 0.0 && !zero { format!("−{words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_without_a_negative_zero() {
        assert_eq!([-0.687, -0.004, 0.004, 12.0].map(|value| number(value, 2)), ["−0.69", "0.00", "0.00", "12.00"]);
    }
}
