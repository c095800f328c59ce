//! The lessons of the site are complete: each can be read, its numbers come from runs and its predictions can be made.
//! The documentation of the format matches the parser.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use deleverage::lesson::{FIELDS, Lesson};
use deleverage::outcomes::{ASKED, RESULTS};

/// Every lesson: file name, text, and parsed lesson.
fn lessons() -> Vec<(String, String, Lesson)> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/lessons");
    let mut names: Vec<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
    names.sort();
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let lesson = Lesson::read(&text).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
        (path.file_name().unwrap().to_string_lossy().into_owned(), text, lesson)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn there_are_lessons_of_15_30_and_45_minutes() {
    let minutes: BTreeSet<_> = lessons().iter().map(|(_, _, lesson)| lesson.minutes).collect();
    assert_eq!(minutes, BTreeSet::from([15, 30, 45]));
    let tags: BTreeSet<_> = lessons().iter().map(|(_, _, lesson)| lesson.tag % 4096).collect();
    assert_eq!(tags.len(), 3, "two lessons share a tag");
}

#[test]
fn every_placeholder_is_filled_and_every_prediction_covers_its_result() {
    for (name, _, lesson) in lessons() {
        assert!(!lesson.goals.is_empty() && !lesson.needs.is_empty(), "{name}");
        let mut predictions = 0;
        for (index, step) in lesson.steps.iter().enumerate() {
            let what = format!("{name}, step {}", index + 1);
            let answers = lesson.answers(index).unwrap();
            for text in answers.answer.iter().chain(&answers.notes) {
                assert!(!text.contains(['{', '}']) && !text.contains("none"), "{what}: {text}");
            }
            assert_eq!(answers.truth.is_some(), step.prediction.is_some(), "{what}");
            if let Some(truth) = answers.truth {
                assert!(!truth.outside, "{what}: {truth:?}");
                predictions += 1;
            }
            assert!(step.question.is_some() || step.prediction.is_some(), "{what}: neither question nor prediction");
        }
        assert!(predictions >= 2, "{name}");
    }
}

#[test]
fn lessons_contain_no_typed_results() {
    // Results such as falls and R have decimal places. Other numbers with decimal places are settings, in a query or on
    // a scale.
    for (name, text, _) in lessons() {
        let set: BTreeSet<&str> =
            text.split(['&', '"', '\n']).filter_map(|pair| Some(pair.split_once('=')?.1.trim())).collect();
        let numbers = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|word| word.trim_matches('.'));
        let typed: Vec<_> = numbers.filter(|number| number.contains('.') && !set.contains(number)).collect();
        assert_eq!(typed, [""; 0], "{name}");
    }
}

#[test]
fn a_lesson_without_answers_reveals_no_result() {
    for (name, _, lesson) in lessons() {
        let told = serde_json::to_value(&lesson).unwrap();
        for (index, step) in told["steps"].as_array().unwrap().iter().enumerate() {
            let answers = lesson.answers(index).unwrap();
            let words = step.to_string();
            for secret in answers.answer.iter().chain(&answers.notes).chain(&lesson.steps[index].notes) {
                let start: String = secret.chars().take(60).collect();
                assert!(!words.contains(&start), "{name}, step {}: {start}", index + 1);
            }
            assert!(
                step["question"]["answer"].is_null() && step["runs"].is_null() && step["notes"].is_null(),
                "{step}"
            );
        }
    }
}

#[test]
fn the_guide_lists_exactly_the_fields_and_results() {
    let readme = include_str!("../../www/lessons/README.md");
    let rows = |heading: &str| {
        let part = readme.split("\n## ").find(|part| part.starts_with(heading)).expect(heading);
        let rows: Vec<Vec<String>> = part
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect())
            .collect();
        rows
    };
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|field| {
            let name =
                if field.table.is_empty() { field.name.into() } else { format!("{}.{}", field.table, field.name) };
            (name, if field.needed { "yes" } else { "" }.to_owned())
        })
        .collect();
    let told: Vec<_> = rows("Fields").into_iter().map(|row| (row[1].clone(), row[2].clone())).collect();
    assert_eq!(told, fields);
    let told: Vec<_> = rows("Numbers\n").into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(told, RESULTS.map(|result| result.name));
    let told: Vec<_> =
        rows("Numbers in pages").into_iter().map(|row| row[1].trim_matches(['{', '}']).to_owned()).collect();
    let told: Vec<_> = told.iter().filter_map(|place| place.split(['&', '=']).next()).collect();
    let asked = ASKED.map(|asked| format!("{} {}", asked.name, asked.argument));
    assert!(told.ends_with(&asked.each_ref().map(String::as_str)), "{told:?}");
    let example = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    Lesson::read(example).unwrap();
}

#[test]
fn a_chart_on_paper_has_the_same_axes_with_and_without_the_run() {
    let labels = |svg: &str| -> Vec<String> {
        svg.lines()
            .filter(|line| line.starts_with("<text"))
            .map(|line| line.split_once('>').unwrap().1.into())
            .collect()
    };
    let mut charts = 0;
    for (name, _, lesson) in lessons() {
        for (index, step) in lesson.steps.iter().enumerate() {
            let (Some(blank), Some(answered)) = (lesson.chart(index, false), lesson.chart(index, true)) else {
                // Bars in groups cannot be drawn by hand.
                assert!(step.views.iter().all(|view| view == "together"), "{name}, step {}", index + 1);
                continue;
            };
            charts += 1;
            let (empty, full) = (labels(&blank.svg), labels(&answered.svg));
            // The heading of a hundred crowds is their result.
            let kept = empty.iter().filter(|label| !full.contains(label)).count();
            assert!(kept <= usize::from(step.views[0] == "crowds"), "{name}, step {}: {empty:?} {full:?}", index + 1);
            assert!(empty.len() > 4 && full.len() >= empty.len(), "{name}, step {}", index + 1);
            let drawn = |svg: &str| {
                svg.lines()
                    .filter(|line| ["<path", "<rect", "<circle"].iter().any(|tag| line.starts_with(tag)))
                    .map(str::len)
                    .sum::<usize>()
            };
            let [without, with] = [&blank, &answered].map(|chart| drawn(&chart.svg));
            assert!(
                without + 100 < with,
                "{name}, step {}: {without} bytes of shapes without the run, {with} with it",
                index + 1
            );
            let truth = lesson.answers(index).expect("a step").truth.map(|truth| truth.words);
            let secret = truth.filter(|truth| truth.contains('.')).filter(|truth| blank.svg.contains(truth));
            assert_eq!(secret, None, "{name}, step {}", index + 1);
        }
    }
    assert!(charts >= 14);
}

#[test]
fn a_chart_of_a_second_after_the_end_shows_the_end() {
    // The run of the prediction may be shorter than that of the figure.
    let chart = |t: &str| {
        let text = format!(
            "title = \"a\"\nminutes = 5\ngoals = [\"b\"]\n[[step]]\ntitle = \"c\"\nminutes = 5\ntext = \"d\"\n\
             state = \"hours=5&t={t}\"\nviews = [\"account\"]\n[step.runs]\nshort = \"hours=1\"\n[step.prediction]\n\
             ask = \"e\"\nof = \"short.fall\"\nfrom = 0\nto = 40\nstep = 1\n"
        );
        Lesson::read(&text).expect("a lesson").chart(0, true).expect("a chart").words
    };
    assert_eq!(chart("18000"), chart("3600"));
}

#[test]
fn an_axis_to_draw_on_has_room_for_every_prediction() {
    let text = "title = \"a\"\nminutes = 5\ngoals = [\"b\"]\n[[step]]\ntitle = \"c\"\nminutes = 5\ntext = \"d\"\nstate = \"bots=0\"\nviews = [\"price\"]\n\
                prediction = { ask = \"e\", of = \"fall\", from = 0, to = 40, step = 1 }\n";
    let chart = Lesson::read(text).expect("a lesson").chart(0, false).expect("a chart");
    // The run by itself needs no more than 25%.
    assert!(chart.svg.contains(">−50%</text>") && chart.svg.contains(">−40%</text>"), "{}", chart.svg);
}
