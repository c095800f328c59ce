//! One step of a lesson: its run, figure, prediction and question.

use super::contents::{Prediction, Question, Step};
use super::fault::Faults;
use super::fill::{Place, places};
use super::reader::{Reader, Text, paragraphs};
use crate::chart::{Span, VIEWS, View};
use crate::outcomes::names;
use crate::params::presets::scenario;
use crate::params::query::{self, write};
use crate::params::{ParamError, Params, Row, Scale, TABLE, row};
use crate::say;
use crate::text::shorten::shortened;
use crate::text::units::number;

/// The control for episodes, which is not a parameter.
const DAYS: &str = "days";

/// Keys in a copied address that do not affect the run: model version and digest.
const RECEIPT: [&str; 2] = ["model", "digest"];

/// Greatest number of choices: they are lettered A to Z.
const MOST_CHOICES: usize = 26;

/// Greatest number of answers of a prediction.
const MOST_ANSWERS: f64 = 1000.0;

impl Reader<'_, '_> {
    pub(super) fn step(&self, faults: &mut Faults) -> Step {
        let views = self.views(faults);
        let controls = self.controls(faults);
        if views.is_empty()
            && let (false, Some(place)) = (controls.is_empty(), self.place("controls"))
        {
            faults.at(place.start, say!("controls need a figure to stand beside: give the step views, too"));
        }
        let (params, place) = self.state(faults);
        let runs = self.runs(faults);
        Step {
            title: self.plain("title", faults),
            minutes: self.whole("minutes", faults).unwrap_or(0),
            text: self.paragraphs("text", faults),
            query: write(&params),
            place,
            prediction: self.prediction(&runs, faults),
            question: self.question(&runs, faults),
            notes: self.with_placeholders("notes", &runs, faults),
            views,
            controls,
            runs,
        }
    }

    fn views(&self, faults: &mut Faults) -> Vec<String> {
        let known = || VIEWS.iter().map(|view| view.name).collect::<Vec<_>>().join(", ");
        let list = self.list("views", faults);
        for Text { words, place } in list.iter().filter(|text| View::named(&text.words).is_none()) {
            let cause =
                say!("there is no view \"{name}\"; there are {known}", name = shortened(words), known = known());
            faults.at(place.start, cause);
        }
        list.into_iter().map(|text| text.words).collect()
    }

    fn controls(&self, faults: &mut Faults) -> Vec<String> {
        let slides = |name: &str| row(name).filter(|row| row.scale != Scale::Seed);
        let known = || {
            let rows = TABLE.iter().filter(|row| row.scale != Scale::Seed).map(Row::name);
            rows.chain([DAYS.into()]).collect::<Vec<_>>().join(", ")
        };
        let mut controls = Vec::new();
        for Text { words, place } in self.list("controls", faults) {
            match slides(&words) {
                Some(row) => controls.push(row.name()),
                None if words == DAYS => controls.push(words),
                None => {
                    let name = shortened(&words);
                    let cause = say!("there is no control \"{name}\"; there are {known}", name, known = known());
                    faults.at(place.start, cause);
                }
            }
        }
        controls
    }

    /// Parameters of the step, and the rest of its state.
    fn state(&self, faults: &mut Faults) -> (Params, String) {
        let named = self.text("scenario", faults);
        if let Some(Text { words, place }) = &named
            && scenario(words).is_none()
        {
            let cause = ParamError::unknown_scenario(words).to_string();
            faults.at(place.start, cause);
        }
        let mut query = named.as_ref().map_or_else(String::new, |text| format!("scenario={}", text.words));
        let mut place = Vec::new();
        // The scenario's span, unless the state names another.
        let span =
            named.as_ref().and_then(|text| scenario(&text.words)).map(|scenario| format!("span={}", scenario.span));
        let Some(state) = self.text("state", faults) else {
            return (query::parse_lenient(&query).0, span.unwrap_or_default());
        };
        let begins = state.place.start;
        for pair in pairs(&state.words) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                "scenario" if named.is_some() => {
                    faults.at(begins, say!("a scenario is named twice: in state and in the field for it"));
                }
                "t" if !value.is_empty() && value.len() <= 6 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    place.push(pair);
                }
                "t" => faults
                    .at(begins, say!("t must be a whole number of seconds, not \"{read}\"", read = shortened(value))),
                "span" if Span::named(value).is_some() => place.push(pair),
                "span" => {
                    faults.at(begins, say!("span must be 2min, 15min or all, not \"{read}\"", read = shortened(value)));
                }
                _ if RECEIPT.contains(&name) => {}
                _ => query = format!("{query}&{pair}"),
            }
        }
        if let Some(span) = &span
            && !place.iter().any(|pair| pair.starts_with("span="))
        {
            place.push(span);
        }
        let params = params(&query, begins, faults);
        let end = (params.hours * 3600.0) as usize;
        let second = place.iter().find_map(|pair| pair.strip_prefix("t=")?.parse::<usize>().ok());
        if let Some(second) = second.filter(|second| *second > end) {
            faults.at(begins, say!("t is {second}, but the run ends at {end}", second, end));
        }
        (params, place.join("&"))
    }

    fn runs(&self, faults: &mut Faults) -> Vec<(String, String)> {
        let Some(table) = self.table("runs", "step.runs", faults) else { return Vec::new() };
        let mut runs = Vec::new();
        for (name, at, text) in table.named(faults) {
            if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
                let name = shortened(&name);
                faults.at(at, say!("\"{name}\" cannot be the name of a run: take letters, digits and hyphens", name));
            }
            let query = pairs(&text.words).filter(|pair| {
                let name = pair.split('=').next().unwrap_or_default();
                !RECEIPT.contains(&name) && name != "t" && name != "span"
            });
            let query = query.collect::<Vec<_>>().join("&");
            runs.push((name, write(&params(&query, text.place.start, faults))));
        }
        runs
    }

    fn prediction(&self, runs: &[(String, String)], faults: &mut Faults) -> Option<Prediction> {
        let table = self.table("prediction", "step.prediction", faults)?;
        let [from, to, step] = ["from", "to", "step"].map(|name| table.number(name, faults));
        if let (Some(from), Some(to), Some(step)) = (from, to, step) {
            let count = (to - from) / step;
            let begins = table.place("step").map_or(table.begins(), |place| place.start);
            if step <= 0.0 || to <= from {
                faults.at(begins, say!("from must be less than to, and step more than 0"));
            } else if (count - libm::round(count)).abs() > 1e-6 || count > MOST_ANSWERS {
                let cause = say!(
                    "from {from} one must come to {to} in whole steps of {step}, and in at most {most} of them",
                    from = number(from),
                    to = number(to),
                    step = number(step),
                    most = MOST_ANSWERS as u32
                );
                faults.at(begins, cause);
            }
        }
        let ask = table.plain("ask", faults);
        let of = table.text("of", faults)?;
        let place = Place::of(&of.words);
        check_placeholder(place, &of, runs, faults);
        let shows = place.run.and_then(|run| runs.iter().find(|(name, _)| name == run)).map(|(_, query)| query.clone());
        Some(Prediction {
            ask,
            unit: place.outcome().map_or("", |outcome| outcome.unit.written()).into(),
            from: from?,
            to: to?,
            step: step?,
            shows,
            of: of.words,
        })
    }

    fn question(&self, runs: &[(String, String)], faults: &mut Faults) -> Option<Question> {
        let table = self.table("question", "step.question", faults)?;
        let choices = table.list("choices", faults);
        if let Some(one_more) = choices.get(MOST_CHOICES) {
            faults.at(one_more.place.start, say!("a question has at most {most} choices", most = MOST_CHOICES));
        }
        Some(Question {
            ask: table.plain("ask", faults),
            choices: choices.into_iter().map(|choice| choice.words).collect(),
            answer: table.with_placeholders("answer", runs, faults),
        })
    }

    /// A text shown after the result, with placeholders.
    fn with_placeholders(&self, name: &str, runs: &[(String, String)], faults: &mut Faults) -> Vec<String> {
        let Some(text) = self.text(name, faults) else { return Vec::new() };
        for place in places(&text.words) {
            check_placeholder(place, &text, runs, faults);
        }
        paragraphs(&text.words)
    }
}

/// Reports a placeholder whose result or run does not exist.
fn check_placeholder(place: Place, text: &Text, runs: &[(String, String)], faults: &mut Faults) {
    if place.outcome().is_none() {
        let (name, names) = (shortened(place.result), names());
        let cause = say!("no result is called \"{name}\"; there are {names}", name, names);
        faults.at_words(place.name, &text.place, cause);
    } else if let Some(run) = place.run
        && !runs.iter().any(|(name, _)| name == run)
    {
        let run = shortened(run);
        let cause =
            say!("no run of this step is called \"{run}\"; a line {run} = \"…\" below [step.runs] would name it", run);
        faults.at_words(place.name, &text.place, cause);
    }
}

/// The pairs of a query or of a copied address, after its `?` or after the `#` of the single file. Tracking parameters
/// added by other sites are skipped.
fn pairs(text: &str) -> impl Iterator<Item = &str> {
    let (address, place) = text.trim().split_once('#').unwrap_or((text.trim(), ""));
    let query = match address.split_once('?') {
        Some((_, query)) => query,
        None if place.contains('=') => place,
        None if !address.contains('=') && address.contains(['/', '.']) => "",
        None => address,
    };
    let foreign = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        ["utm_", "mc_"].iter().any(|start| name.starts_with(start)) || ["fbclid", "gclid", "ref"].contains(&name)
    };
    query.split('&').filter(|pair| !pair.is_empty()).filter(move |pair| !foreign(pair))
}

/// The parameters of a query; faults are reported.
fn params(query: &str, at: usize, faults: &mut Faults) -> Params {
    let (params, problems) = query::parse_lenient(query);
    for problem in problems {
        faults.at(at, problem.to_string());
    }
    params
}
