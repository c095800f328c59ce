//! The numbers in the words of pages. A page does not contain results: it names them in places, `{fall bots=20}`, and
//! the build computes each and writes it in the page's language. `www/lessons/README.md` documents places.
//!
//! ```text
//! www/*.html ──> places, each with the settings of its figure ──> runs (in parallel) ──> numbers
//!      └──> translation ───────────────────────────────────────────────────────────────────┴──> dist/*.html
//! ```

mod page;
mod place;
mod runs;
#[cfg(test)]
mod typed;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

pub use page::Page;
pub use place::{Part, Place, parts, sorted};
use runs::{Question, Values};

/// The numbers of all places of some pages.
#[derive(Debug, Default)]
pub struct Prose {
    values: Values,
}

impl Prose {
    /// Computes the numbers of all places of these pages, on all cores.
    ///
    /// # Errors
    /// A place cannot be read or names something unknown; the error names the page and the place.
    pub fn of(pages: &[Page]) -> Result<Self> {
        let mut questions = Vec::new();
        for page in pages {
            for (at, place) in page.places() {
                questions.push(page.question(at, place)?);
            }
        }
        Ok(Self { values: Values::compute(&questions) })
    }

    /// The text at this byte of the page, with its places filled in the current language.
    ///
    /// # Errors
    /// A place cannot be read or names something unknown, or the run has no such number.
    pub fn fill(&self, page: &Page, at: usize, text: &str) -> Result<String> {
        self.fill_with(page, |_| at, text, str::to_owned)
    }

    /// As [`fill`](Self::fill), for a text of numbers only: its other digits are also written as in that language.
    ///
    /// # Errors
    /// As for [`fill`](Self::fill).
    pub fn fill_numerals(&self, page: &Page, at: usize, text: &str) -> Result<String> {
        self.fill_with(page, |_| at, text, |words| deleverage::language::numeral(words.to_owned()))
    }

    /// The whole page in English.
    ///
    /// # Errors
    /// As for [`fill`](Self::fill).
    pub fn fill_page(&self, page: &Page) -> Result<String> {
        self.fill_with(page, |at| at, &page.text, str::to_owned)
    }

    fn fill_with(
        &self,
        page: &Page,
        stands: impl Fn(usize) -> usize,
        text: &str,
        words: impl Fn(&str) -> String,
    ) -> Result<String> {
        let mut filled = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Words(part) => filled.push_str(&words(part)),
                Part::Place(at, place) => {
                    let question = page.question(stands(at), place)?;
                    filled.push_str(&self.words(&question).with_context(|| page.wrong(place))?);
                }
            }
        }
        Ok(filled)
    }

    fn words(&self, question: &Question) -> Result<String> {
        question.words(&self.values)
    }
}

/// Computes the numbers of all pages of a directory; returns the pages as well.
///
/// # Errors
/// A page cannot be read, or a place in it is wrong.
pub fn read(directory: &Path) -> Result<(Prose, Vec<Page>)> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "html") {
            names.push(path);
        }
    }
    names.sort();
    let page = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Page::new(&path.file_name().unwrap_or_default().to_string_lossy(), text)
    };
    let pages = names.iter().map(page).collect::<Result<Vec<_>>>()?;
    Ok((Prose::of(&pages)?, pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><section><p>{fall} and <a href=\"#bots=20&amp;t=3\">{fall\n  bots=20&amp;accounts=500}</a> of \
        {open-interest}</p><deleverage-lab id=\"a\" accounts=\"500\" view=\"price\"\n></deleverage-lab></section>\
        <p aria-label=\"{leverage leverage=7}\"><code>{no}</code> { a: {limit leverage=20}} {limit figure=b&places=2}</p>\
        <section><deleverage-lab id=\"b\" leverage=\"5\"></deleverage-lab></section>";

    fn filled(text: &str) -> Result<String> {
        let page = Page::new("a.html", text.to_owned())?;
        Prose::of(std::slice::from_ref(&page))?.fill_page(&page)
    }

    #[test]
    fn places_are_filled_with_the_numbers_of_their_run() {
        let page = filled(PAGE).unwrap();
        let fall = |query: &str| {
            let run = deleverage::Simulator::new(&deleverage::query::parse(query).unwrap());
            format!("{:.1}%", run.summary().greatest_fall_percent)
        };
        for part in [
            format!(
                "<p>{} and <a href=\"#bots=20&amp;t=3\">{}</a> of $40bn",
                fall("accounts=500"),
                fall("bots=20&accounts=500")
            ),
            "aria-label=\"7x\"><code>{no}</code> { a: 4.0%} 19.19%</p>".into(),
        ] {
            assert!(page.contains(&part), "{part} is not in {page}");
        }
    }

    #[test]
    fn statistics_cover_the_given_number_of_crowds() {
        let page = filled("<p>{fall.least accounts=300&crowds=5} {fall.median accounts=300&crowds=5} {fall.most accounts=300&crowds=5} \
             {fall.share over=1&accounts=300&crowds=4} {fall.count over=99&accounts=300&crowds=4}</p>").unwrap();
        let mut falls: Vec<f64> = (0..5)
            .map(|seed| {
                let query = format!("accounts=300&seed={seed}");
                deleverage::Simulator::new(&deleverage::query::parse(&query).unwrap()).summary().greatest_fall_percent
            })
            .collect();
        falls.sort_by(f64::total_cmp);
        let [least, median, most] = [falls[0], falls[2], falls[4]];
        assert_eq!(page, format!("<p>{least:.1}% {median:.1}% {most:.1}% 100% 0</p>"));
    }

    #[test]
    fn a_wrong_place_is_an_error_that_names_page_and_place() {
        for (place, cause) in [
            ("{fal}", "no result"),
            ("{fall.mean}", "no statistic"),
            ("{fall bot=1}", "no parameter"),
            ("{fall bots=101}", "must be"),
            ("{fall figure=c}", "no figure"),
            ("{fall-at}", "needs t="),
            ("{fall-at t=99999}", "no such number"),
            ("{round round=0}", "no such number"),
            ("{worst-venue}", "no such number"),
            ("{fall unit=m}", "unit"),
            ("{fall.share}", "needs over="),
            ("{fall over=1}", "over="),
            ("{fall", "not closed"),
        ] {
            let error = format!("{:#}", filled(&format!("<p>one {place} two</p>")).unwrap_err());
            assert!(error.contains("a.html") && error.contains(place) && error.contains(cause), "{place}: {error}");
        }
    }
}
