//! Every fault of a lesson is reported with its line and in plain words, and no input makes the reader panic.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::contents::tag;
use super::*;

/// A lesson without faults; its lines are numbered from 1.
const GOOD: &str = r#"title = "Bots"
minutes = 7
goals = ["see", "say"]

[[step]]
title = "One"
minutes = 3
text = """
First
line.

Second.
"""
scenario = "cliff"
state = "bots=50&accounts=1000&t=312&span=15min"
views = ["price", "sales"]
controls = ["bots", "bot-latency"]
notes = "It is {fall}, {slow.fall}."
[step.prediction]
ask = "How far?"
of = "slow.fall"
from = 0
to = 50.5
step = 0.5
[step.question]
ask = "Why?"
choices = ["this", "that"]
answer = "Because of {r} {unknown brace}."
[step.runs]
slow = "bot-latency=30&accounts=1000"

[[step]]
title = "Two"
minutes = 4
text = "Talk."
"#;

/// The faults of the good lesson after replacing a part of it.
fn faults_after(part: &str, other: &str) -> Vec<String> {
    assert!(GOOD.contains(part), "{part}");
    let faults = Lesson::read(&GOOD.replacen(part, other, 1)).expect_err(other);
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_valid_lesson_is_read() {
    let lesson = Lesson::read(GOOD).unwrap();
    let [one, two] = &lesson.steps[..] else { panic!("two steps") };
    assert_eq!(one.text, ["First line.", "Second."]);
    assert_eq!((one.query.as_str(), one.place.as_str()), ("bots=50&accounts=1000", "t=312&span=15min"));
    assert_eq!(one.runs, [("slow".to_owned(), "accounts=1000&bot-latency=30".to_owned())]);
    let prediction = one.prediction.as_ref().unwrap();
    assert_eq!((prediction.unit.as_str(), prediction.to), ("%", 50.5));
    assert_eq!(prediction.shows.as_deref(), Some("accounts=1000&bot-latency=30"));
    assert!(two.views.is_empty() && two.question.is_none());
    assert_eq!((lesson.lang.as_str(), lesson.tag), ("en", tag("Bots")));
    assert_eq!(tag("Bots"), 0x42f4, "codes of predictions contain it, so it must never change");
}

#[test]
fn every_fault_has_its_line_and_cause() {
    for (part, other, line) in [
        ("title = \"Bots\"", "title = \"Bots", "line 1: a quote that was opened is not closed"),
        ("title = \"Bots\"", "title = 3", "line 1: title must be words in quotes"),
        ("title = \"Bots\"", "title = \" \"", "line 1: title is empty"),
        ("title = \"Bots\"\n", "", "line 1: the lesson has no \"title\""),
        ("minutes = 7", "minutes = 8", "line 2: minutes is 8, but those of the steps are 7"),
        ("minutes = 7", "minutes = 7.5", "line 2: minutes must be a whole number from 1 to 600"),
        ("goals = [\"see\", \"say\"]", "goals = \"see\"", "line 3: goals must be words in quotes, several of them"),
        ("goals = [", "lang = \"?\"\ngoals = [", "line 3: lang must be the short name of a language, such as en or fr"),
        (
            "goals = [",
            "gaols = 3\ngoals = [",
            "line 3: there is no field \"gaols\" here; there are title, lang, id, minutes,",
        ),
        ("title = \"One\"\n", "", "line 5: what begins here, [step], has no \"title\""),
        (
            "scenario = \"cliff\"",
            "scenario = \"clif\"",
            "line 14: there is no scenario \"clif\"; the scenarios are cliff,",
        ),
        ("bots=50", "bots=500", "line 15: bots is \"500\", but must be 0 to 100"),
        ("bots=50", "botts=50", "line 15: there is no parameter \"botts\"; the names are leverage,"),
        ("bots=50", "leverage=50&maintenance=4", "line 15: leverage=50 and maintenance=4 contradict each other"),
        ("bots=50", "scenario=cliff", "line 15: a scenario is named twice"),
        (
            "goals = [",
            "lang = \"x-y\"\ngoals = [",
            "line 3: lang must be the short name of a language, such as en or fr",
        ),
        ("t=312", "t=99999", "line 15: t is 99999, but the run ends at 7200"),
        ("t=312", "t=soon", "line 15: t must be a whole number of seconds, not \"soon\""),
        ("span=15min", "span=5min", "line 15: span must be 2min, 15min or all, not \"5min\""),
        ("\"price\"", "\"prize\"", "line 16: there is no view \"prize\"; there are market, price, ladder, sales, r,"),
        ("views = [\"price\", \"sales\"]\n", "", "line 16: controls need a figure to stand beside"),
        ("\"bot-latency\"", "\"seed\"", "line 17: there is no control \"seed\"; there are leverage, bots,"),
        ("It is {fall}", "It is {fal}", "line 18: no result is called \"fal\"; there are fall, fall-without-bots,"),
        ("{slow.fall}", "{sloe.fall}", "line 18: no run of this step is called \"sloe\"; a line sloe = "),
        ("Second.", "It falls by {fall}.", "line 12: {fall} here would give away what comes out; numbers of runs"),
        ("[step.prediction]\n", "[step.predictions]\n", "line 19: there is no field \"predictions\" here;"),
        ("of = \"slow.fall\"", "of = \"depth\"", "line 21: no result is called \"depth\"; there are fall,"),
        ("from = 0", "from = \"0\"", "line 22: from must be a number, at most a million, without quotes"),
        ("from = 0", "from = 60", "line 24: from must be less than to, and step more than 0"),
        (
            "step = 0.5",
            "step = 0.2",
            "line 24: from 0 one must come to 50.5 in whole steps of 0.2, and in at most 1000",
        ),
        (
            "step = 0.5",
            "step = 0.01",
            "line 24: from 0 one must come to 50.5 in whole steps of 0.01, and in at most 1000",
        ),
        ("ask = \"Why?\"\n", "", "line 25: what begins here, [step.question], has no \"ask\""),
        ("ask = \"Why?\"", "ask = \"Why {r}?\"", "line 26: {r} here would give away"),
        ("\"that\"]", "4]", "line 27: choices must be words in quotes, several"),
        ("slow = \"bot", "\"so slow\" = \"bots=1\"\nslow = \"bot", "line 30: \"so slow\" cannot be the name of a run"),
        ("slow = \"bot-latency=30", "slow = \"bot-latency=0", "line 30: bot-latency is \"0\", but must be 1 to 600"),
    ] {
        let faults = faults_after(part, other);
        assert!(faults.iter().any(|fault| fault.starts_with(line)), "{other}: {line}, not {faults:#?}");
    }
}

#[test]
fn several_faults_are_reported_at_once_up_to_a_limit() {
    let faults = faults_after("title = \"One\"\nminutes = 3", "titel = \"One\"\nminutes = \"3\"");
    assert_eq!(faults.len(), 4, "{faults:#?}");
    let mut many = String::from(GOOD);
    for name in 0..20 {
        let _ = writeln!(many, "x{name} = 1");
    }
    let faults = Lesson::read(&many).unwrap_err();
    assert_eq!(faults.len(), 9);
    assert_eq!(faults[8].cause, "and from here 12 more are wrong");
    let long = "#".repeat(LONGEST + 1);
    assert_eq!(
        Lesson::read(&long).unwrap_err()[0].cause,
        "the file is too long for a lesson; the most are 200,000 bytes"
    );
    let single = Lesson::read("title = \"x\"\nminutes = 1\ngoals = []\n[step]\ntitle = \"x\"\n").unwrap_err();
    assert_eq!(single[0].to_string(), "line 4: each step must stand below a line [[step]], in two brackets");
    let none = Lesson::read("title = \"x\"\nminutes = 1\ngoals = []\n").unwrap_err();
    assert_eq!(none[0].to_string(), "line 1: a lesson needs steps, each below a line [[step]]");
    let steps = "[[step]]\ntitle = \"x\"\nminutes = 1\ntext = \"y\"\n".repeat(MOST_STEPS + 1);
    let faults = Lesson::read(&format!("title = \"x\"\nminutes = 1\ngoals = []\n{steps}")).unwrap_err();
    assert_eq!(faults[0].cause, "a lesson has at most 32 steps");
}

#[test]
fn a_copied_address_is_a_state() {
    let given = |state: &str| {
        let state = format!("state = \"{state}\"");
        let lesson = Lesson::read(&GOOD.replace("state = \"bots=50&accounts=1000&t=312&span=15min\"", &state)).unwrap();
        (lesson.steps[0].query.clone(), lesson.steps[0].place.clone())
    };
    let expected = ("bots=50".into(), "t=312&span=2min".into());
    for state in [
        "https://example.org/deleverage/index.html?bots=50&model=1&digest=0123456789abcdef&t=312",
        "?bots=50&t=312#laboratory",
        "https://example.org/?utm_source=letter&bots=50&fbclid=x&t=312&mc_cid=7&gclid=y&ref=z&utm_campaign=q#rules",
        "file:///home/ann/deleverage.html#bots=50&t=312",
    ] {
        assert_eq!(given(state), expected, "{state}: the span is the scenario's");
    }
    for state in ["https://example.org/deleverage/", "https://example.org/index.html#rules", "deleverage.html"] {
        assert_eq!(given(state), (String::new(), "span=2min".into()), "{state}");
    }
}

#[test]
fn empty_list_items_and_too_many_choices_are_faults() {
    let goals = |goals: &str| {
        format!("title = \"x\"\nminutes = 1\ngoals = {goals}\n[[step]]\ntitle = \"x\"\nminutes = 1\ntext = \"y\"\n")
    };
    let faults = Lesson::read(&goals("[\"a\",\n\" \"]")).unwrap_err();
    assert_eq!(faults[0].to_string(), "line 4: goals has an empty text in it");
    let choices = |count| {
        format!(
            "{}[step.question]\nask = \"z\"\nchoices = [{}]\nanswer = \"w\"\n",
            goals("[\"a\"]"),
            "\"c\",".repeat(count)
        )
    };
    assert!(Lesson::read(&choices(26)).is_ok());
    assert_eq!(Lesson::read(&choices(27)).unwrap_err()[0].cause, "a question has at most 26 choices");
}

#[test]
fn answers_have_the_numbers_of_their_runs() {
    let lesson = Lesson::read(GOOD).unwrap();
    let answers = lesson.answers(0).unwrap();
    let run = |text| crate::Simulator::new(&crate::params::query::parse(text).unwrap());
    let (own, slow) = (run("bots=50&accounts=1000"), run("bot-latency=30&accounts=1000"));
    let percent = |run: &crate::Simulator| crate::describe::percent_words(run.summary().greatest_fall_percent);
    assert_eq!(answers.notes, [format!("It is {}, {}.", percent(&own), percent(&slow))]);
    let r = crate::text::units::digits(own.summary().r_peak.unwrap(), 2);
    assert_eq!(answers.answer, [format!("Because of {r} {{unknown brace}}.")]);
    let truth = answers.truth.unwrap();
    assert_eq!((truth.value, truth.outside), (slow.summary().greatest_fall_percent, false));
    let digests: Vec<_> = answers.runs.iter().map(|run| (run.name.as_str(), run.digest.clone())).collect();
    let digest = |run: &crate::Simulator| format!("{:016x}", run.summary().digest);
    assert_eq!(digests, [("", digest(&own)), ("slow", digest(&slow))]);
    assert!(lesson.answers(2).is_none());
    let low = Lesson::read(&GOOD.replace("to = 50.5", "to = 1.5")).unwrap();
    assert!(low.answers(0).unwrap().truth.unwrap().outside);
}

proptest! {
    #[test]
    fn arbitrary_text_does_not_panic(text in ".{0,300}") {
        let _ = Lesson::read(&text);
    }

    #[test]
    fn damaged_lessons_do_not_panic_and_faults_are_within_the_file(
        at in 0..GOOD.len(), cut in 0..60_usize, put in "[ -~\\n\\t{}\\[\\]\"é]{0,20}",
    ) {
        // The text is ASCII, so any byte is a boundary.
        let end = (at + cut).min(GOOD.len());
        let text = [&GOOD[..at], &put, &GOOD[end..]].concat();
        if let Err(faults) = Lesson::read(&text) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(fault.line >= 1 && fault.line <= text.lines().count() + 1, "{}", fault);
            }
        }
    }
}
