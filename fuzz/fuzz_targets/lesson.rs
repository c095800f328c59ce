//! The file of a lesson: it is read, or every fault names one of its lines; a lesson that is read has answers.
#![no_main]

use deleverage::lesson::Lesson;
use deleverage::query;
use deleverage_fuzz::{assert_allowed, assert_readable, small, text};
use libfuzzer_sys::fuzz_target;

/// Greatest number of reported faults, including the one that counts the rest.
const FAULTS: usize = 9;

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let mut lesson = match Lesson::read(&text) {
        Ok(lesson) => lesson,
        Err(faults) => {
            let lines = text.split('\n').count();
            assert!((1..=FAULTS).contains(&faults.len()));
            assert!(faults.is_sorted_by_key(|fault| fault.line));
            for fault in faults {
                assert!((1..=lines).contains(&fault.line) && !fault.cause.is_empty(), "{fault} of {lines} lines");
                assert!(fault.cause.chars().count() < 1500, "{fault}");
            }
            return;
        }
    };
    let mut runs = 0;
    for step in &mut lesson.steps {
        for query in step.runs.iter_mut().map(|(_, query)| query).chain([&mut step.query]) {
            let params = query::parse(query).unwrap_or_else(|problem| panic!("{query}: {problem}"));
            assert_allowed(&params);
            *query = query::write(&small(&params));
            runs += 1;
        }
    }
    // A lesson with hundreds of runs tests nothing more and is slow.
    if runs > 12 {
        return;
    }
    for step in 0..lesson.steps.len() {
        let answers = lesson.answers(step).expect("an existing step");
        let _ = lesson.chart(step, false);
        let _ = lesson.chart(step, true);
        assert_eq!(answers, lesson.answers(step).expect("an existing step"));
        if let Some(truth) = answers.truth {
            assert!(truth.value.is_finite());
            assert_readable(&truth.words);
        }
    }
    assert!(lesson.answers(lesson.steps.len()).is_none());
});
