//! The picture of a class as text: a description, and a verdict once the true value is shown.

use super::scene::ClassScene;
use crate::language::tr;
use crate::{plural, say};

/// The title of the picture.
pub(super) fn title(scene: &ClassScene) -> String {
    match quartiles(scene) {
        Some(_) => plural!(
            "1 prediction, the middle half shaded",
            "{count} predictions, the middle half shaded",
            scene.guesses.len(),
            count = scene.guesses.len()
        ),
        None => count(scene.guesses.len()),
    }
}

/// The number of predictions as text.
fn count(count: usize) -> String {
    match count {
        0 => tr("No predictions yet").into(),
        count => plural!("1 prediction", "{count} predictions", count, count),
    }
}

/// The values, least to greatest.
fn sorted(scene: &ClassScene) -> Vec<f64> {
    let mut guesses = scene.guesses.to_vec();
    guesses.sort_unstable();
    guesses.into_iter().map(|index| scene.grid.value(index)).collect()
}

/// The median.
pub(super) fn median(scene: &ClassScene) -> Option<f64> {
    let values = sorted(scene);
    let count = values.len();
    (count > 0).then(|| f64::midpoint(values[(count - 1) / 2], values[count / 2]))
}

/// The first and the third quartile, each a predicted value, so that at least half of the class lies between them.
/// `None` for fewer than four predictions.
pub(super) fn quartiles(scene: &ClassScene) -> Option<(f64, f64)> {
    let values = sorted(scene);
    let at = |quarters: usize| values[(values.len() * quarters).div_ceil(4) - 1];
    (values.len() >= 4).then(|| (at(1), at(3)))
}

/// Describes the picture for readers who cannot see it.
#[must_use]
pub fn words(scene: &ClassScene) -> String {
    let (grid, values) = (scene.grid, sorted(scene));
    let axis = say!(
        "Distribution of the predictions of a class, on an axis from {from} to {to}.",
        from = grid.words(grid.from),
        to = grid.words(grid.last())
    );
    let mut said = vec![axis, format!("{}.", count(values.len()))];
    if let Some(median) = median(scene) {
        said.push(say!("Median: {value}.", value = grid.words(median)));
    }
    if let Some((first, third)) = quartiles(scene) {
        said.push(say!(
            "The middle half lies from {first} to {third}.",
            first = grid.words(first),
            third = grid.words(third)
        ));
    }
    if let [least, .., most] = values[..] {
        said.push(say!("All lie from {least} to {most}.", least = grid.words(least), most = grid.words(most)));
    }
    said.push(if scene.revealed { verdict(scene) } else { tr("What happened is not shown yet.").into() });
    said.join(" ")
}

/// The true value, and how close the class came to it.
#[must_use]
pub fn verdict(scene: &ClassScene) -> String {
    let (grid, values) = (scene.grid, sorted(scene));
    let Some(truth) = scene.truth else { return tr("Nothing of that kind comes out.").into() };
    let happened = say!("What happened: {value}.", value = grid.words(truth));
    if values.is_empty() {
        return happened;
    }
    let within = |distance: f64| values.iter().filter(|value| (*value - truth).abs() <= distance + 1e-9).count();
    let mut said = vec![
        happened,
        say!(
            "Within one step of it ({step}): {close} of {all}.",
            step = grid.words(grid.step),
            close = within(grid.step),
            all = values.len()
        ),
    ];
    let tenth = truth.abs() / 10.0;
    // Only if a tenth is more than a step; otherwise the sentence before says more.
    if tenth > grid.step {
        said.push(say!(
            "Within a tenth of it (from {least} to {most}): {close} of {all}.",
            least = grid.words(truth - tenth),
            most = grid.words(truth + tenth),
            close = within(tenth),
            all = values.len()
        ));
    }
    said.push(say!(
        "More than it: {more}, less: {less}.",
        more = values.iter().filter(|value| **value > truth + 1e-9).count(),
        less = values.iter().filter(|value| **value < truth - 1e-9).count()
    ));
    said.join(" ")
}
