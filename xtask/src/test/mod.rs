//! `cargo xtask test`: all layers, some of them, or the tests with a name.
//!
//! | module       | contents                                                 |
//! |--------------|----------------------------------------------------------|
//! | [`layers`]   | the layers, and the steps of each                        |
//! | [`programs`] | the test programs, and the names of the tests in them    |
//! | [`names`]    | the names of the tests below a folder, from the sources  |
//! | [`steps`]    | running steps in order, and some in parallel             |

pub mod layers;
pub mod names;
pub mod programs;
pub mod steps;

use anyhow::Result;

use crate::usage::UsageError;
use layers::LAYERS;
use programs::PROGRAMS;
use steps::{Background, Step};

pub use programs::with_places;

/// Layers that compile with different flags, mostly on one processor. They run in parallel with the others, the site
/// first, because the page tests wait for it.
const BESIDE: [&str; 3] = ["site", "bits", "fuzz"];

/// Runs every layer if there are no words; otherwise the named layers, and the tests with a word in their name.
///
/// # Errors
/// A step failed (the error has its name), or no layer and no test has such a name.
pub fn run(words: &[String]) -> Result<()> {
    let unchecked = if words.is_empty() { everything()? } else { steps::in_order(chosen(words)?)? };
    for what in unchecked {
        println!("NOT CHECKED: {what}");
    }
    Ok(())
}

/// Prints the layers.
pub fn list() {
    for layer in LAYERS {
        println!("{:10}  {}", layer.name, layer.about);
    }
}

fn everything() -> Result<Vec<String>> {
    // First, so that missing tools are reported in the first minute.
    steps::in_order(layers::tools())?;
    let background = Background::start(&BESIDE)?;
    let rest = LAYERS.iter().filter(|layer| !BESIDE.contains(&layer.name) && layer.name != layers::PAGE);
    let unchecked = steps::in_order(rest.flat_map(|layer| (layer.steps)()).collect())?;
    background.finish()?;
    steps::in_order(layers::page_tests())?;
    Ok(unchecked)
}

/// The steps of the named layers, and of the programs that have tests with the other words in their names.
fn chosen(words: &[String]) -> Result<Vec<Step>> {
    let (layers, words): (Vec<_>, Vec<_>) =
        words.iter().map(String::as_str).partition(|word| LAYERS.iter().any(|layer| layer.name == *word));
    let mut steps: Vec<Step> =
        LAYERS.iter().filter(|layer| layers.contains(&layer.name)).flat_map(|layer| (layer.steps)()).collect();
    // Read before anything is built, so that a mistyped name is reported at once.
    let tests = PROGRAMS.iter().map(|program| Ok((program, program.tests()?))).collect::<Result<Vec<_>>>()?;
    if let Some(word) = words.iter().find(|word| !tests.iter().any(|(_, names)| names::any(names, word))) {
        let known: Vec<_> = LAYERS.iter().map(|layer| layer.name).collect();
        let known = known.join(", ");
        return Err(UsageError(format!("no test has {word:?} in its name, and the layers are {known}")).into());
    }
    let mut has_site = false;
    for (program, names) in &tests {
        let here: Vec<_> = words.iter().copied().filter(|word| names::any(names, word)).collect();
        if !here.is_empty() {
            if program.needs_site && !has_site {
                steps.extend(layers::tools());
                steps.extend(layers::site());
                has_site = true;
            }
            steps.push(program.named(&here));
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[&str]) -> Result<Vec<String>> {
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        Ok(chosen(&words)?.into_iter().map(|step| step.name).collect())
    }

    #[test]
    fn a_name_selects_its_programs_and_builds_the_site_only_for_page_tests() {
        assert_eq!(names(&["model"]).unwrap(), ["tests of the model"]);
        assert_eq!(names(&["digests_are_those_of_this_version"]).unwrap(), ["tests of the model"]);
        let page = names(&["a_panic_shows_a_message"]).unwrap();
        assert_eq!(page, ["tools", "site", "tests of the page"]);
    }

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_layers() {
        let error = names(&["no", &["such", "test"].join("_")]).unwrap_err();
        assert!(error.is::<UsageError>());
        let said = error.to_string();
        assert!(said.starts_with("no test has \"such_test\" in its name, and the layers are lints, unit, "), "{said}");
    }
}
