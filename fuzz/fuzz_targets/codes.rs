//! Pasted codes of a class: every value is one of the question's, every fault names an existing line, and a code is
//! read whatever comes before it.
#![no_main]

use deleverage::prediction::{Prediction, read_all};
use deleverage_fuzz::text;
use libfuzzer_sys::fuzz_target;

/// The question: tag of its lesson, its step, and its number of values.
const LESSON: u16 = 700;
const STEP: u8 = 5;
const COUNT: u16 = 101;

/// Characters of a fault that are shown, including the mark that there are more.
const SHOWN: usize = 61;

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let pasted = read_all(&text, LESSON, STEP, COUNT);
    let lines = text.lines().count();
    assert!(pasted.values.iter().all(|value| *value < COUNT));
    for fault in &pasted.faults {
        assert!((1..=lines).contains(&fault.line), "{fault:?} of {lines} lines");
        assert!(fault.text.chars().count() <= SHOWN && !fault.text.contains(char::is_control), "{fault:?}");
    }

    // A further code in a separate line below adds one value and changes nothing else.
    let code = Prediction::new(LESSON, STEP, COUNT - 1).expect("a step and a value within range").code();
    let more = read_all(&format!("{text}\n{code}"), LESSON, STEP, COUNT);
    assert_eq!(more.values.split_last(), Some((&(COUNT - 1), &pasted.values[..])));
    assert_eq!(more.faults, pasted.faults);
});
