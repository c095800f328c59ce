//! Tests of codes: their form, their check, and codes in pasted text.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::prediction::*;

fn symbols_of(lesson: u16, step: u8, index: u16) -> [u8; LENGTH] {
    let code = Prediction::new(lesson, step, index).unwrap().code();
    symbols(&code).unwrap().try_into().unwrap()
}

fn holds(symbols: [u8; LENGTH]) -> bool {
    check(&symbols[..LENGTH - 2]) == symbols[LENGTH - 2..]
}

#[test]
fn codes_have_two_groups_of_four_characters_and_never_change() {
    // Later versions must read codes that were written on paper.
    for ((lesson, step, index), code) in
        [((0, 0, 0), "0000-008Q"), ((2510, 3, 1234), "KKGS-6JKH"), ((4095, 31, 8191), "ZZZZ-ZZ5T")]
    {
        let written = Prediction::new(lesson, step, index).unwrap().code();
        assert_eq!(written, code);
        let read = Prediction::read(&written).unwrap();
        assert_eq!((read.lesson, read.step, read.index), (lesson, step, index));
    }
    assert_eq!(Prediction::new(1, STEPS, 0), None);
    assert_eq!(Prediction::new(1, 0, VALUES), None);
    assert_eq!(Prediction::new(LESSONS + 7, 1, 1), Prediction::new(7, 1, 1), "12 bits of a tag count");
}

/// All codes of one lesson, with every single wrong character and every swap of neighbours.
#[test]
fn every_wrong_character_and_swap_of_neighbours_is_detected() {
    for step in 0..STEPS {
        for index in 0..VALUES {
            let right = symbols_of(0xA5C, step, index);
            assert!(holds(right));
            for place in 0..LENGTH {
                for wrong in 1..32 {
                    let mut symbols = right;
                    symbols[place] ^= wrong;
                    assert!(!holds(symbols), "{right:?} at {place}: {wrong}");
                }
                if place > 0 && right[place - 1] != right[place] {
                    let mut symbols = right;
                    symbols.swap(place - 1, place);
                    assert!(!holds(symbols), "{right:?} swapped before {place}");
                }
            }
        }
    }
}

/// An error changes the check of every code alike, so testing one code is enough.
#[test]
fn any_two_wrong_characters_are_detected() {
    let right = symbols_of(0x123, 4, 567);
    for first in 0..LENGTH {
        for second in 0..first {
            for (one, other) in (0..32).flat_map(|one| (0..32).map(move |other| (one, other))).skip(1) {
                let mut symbols = right;
                symbols[first] ^= one;
                symbols[second] ^= other;
                assert!(!holds(symbols), "{first} {second}: {one} {other}");
            }
        }
    }
}

#[test]
fn codes_are_read_in_any_case_width_and_spacing() {
    let prediction = Prediction::new(17, 2, 33).unwrap();
    let code = prediction.code();
    let with_letters = code.replace('0', "o").replace('1', "l");
    for text in [
        code.to_lowercase(),
        code.replace('-', ""),
        code.replace('-', " "),
        code.replace('-', "–"),
        format!(" {code} "),
        with_letters.clone(),
        with_letters.replace('l', "I").to_uppercase(),
    ] {
        assert_eq!(Prediction::read(&text), Ok(prediction), "{text}");
    }
    assert_ne!(with_letters, code, "the example has zeros and ones");
    for text in ["", "K7F3", &code[1..], &format!("{code}0"), &code.replace('-', "U"), "ÄÖÜß-2345"] {
        assert_eq!(Prediction::read(text), Err(Fault::Mistyped), "{text}");
    }
}

fn code(index: u16) -> String {
    Prediction::new(700, 5, index).unwrap().code()
}

fn read(text: &str) -> (Vec<u16>, Vec<(usize, String, String)>) {
    let Pasted { values, faults } = read_all(text, 700, 5, 101);
    (values, faults.into_iter().map(|fault| (fault.line, fault.text, fault.words)).collect())
}

fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect()
}

#[test]
fn codes_are_found_in_lines_lists_tables_and_chats() {
    let [a, b, c] = [3, 50, 100].map(code);
    let [plain, spaced, small] = [a.replace('-', ""), b.replace('-', " "), c.to_lowercase()];
    for text in [
        format!("{a} {b} {c}"),
        format!("{a}\r\n{b}\r\n\r\n{c}\n"),
        format!("{a},{b};{c}"),
        format!("{plain} {spaced}\t{small}"),
        format!("Ann: {a}\nBob Smith: {b}\nCaroline:{c}"),
        format!("Ann {a}\nAnna {spaced}\nAnne-Marie O’Neill {c}"),
        format!("Ann,{a}\nBob,{b}\nCy,{c}"),
        format!("Ann: {a}, Caroline Smith: {b}, Cy: {c}"),
        format!("10:42 From Ann to everyone:\n{a}\n10:43 From Bob 2 to everyone:\n  {b}\n[10:44] Cy: {c}"),
        format!("李雷：{a}，韩梅梅：{b}，丁：{c}"),
        format!("{a}. ({b}) \"{c}\""),
        format!("**{a}**\n_{b}_\n«{c}»!"),
        format!("1. {a}\n2) {b}\n13 {c}"),
        format!("#{a} Ann={b} {c}\u{1f44d}"),
        format!("{a}/{b}|{c}"),
        format!("- {a}\n• {b}\n* {c}"),
        format!("\u{feff}{a}\n\u{2067}{b}\u{2069}\n\u{200f}Ann \u{200e}{}\u{ad}{}", &c[..5], &c[5..]),
        format!("{}\n{}\n{}", wide(&a), wide(&b), wide(&c)),
    ] {
        assert_eq!(read(&text), (vec![3, 50, 100], vec![]), "{text}");
    }
    assert_eq!(read(&format!("{a}\n{a}")), (vec![3, 3], vec![]), "two may predict the same");
    assert_eq!(read(" \n,;\n"), (vec![], vec![]));
}

#[test]
fn unreadable_codes_are_reported_with_their_line() {
    let [a, b] = [3, 50].map(code);
    let other_lesson = Prediction::new(701, 5, 3).unwrap().code();
    let other_step = Prediction::new(700, 4, 3).unwrap().code();
    let outside = code(101);
    let end = if a.ends_with('W') { "X" } else { "W" };
    let wrong = format!("{}{end}", &a[..8]);
    let short = &a[..8];
    let text =
        format!("{b}\nAnn: {other_lesson}\n{other_step}\nBob {outside}, {b}\nCy: {wrong}\n{wrong} {b} {short}\nhello");
    let (values, faults) = read(&text);
    assert_eq!(values, [50, 50, 50]);
    let mistyped = Fault::Mistyped.to_string();
    let expected = [
        (2, format!("Ann: {other_lesson}"), Fault::OtherLesson.to_string()),
        (3, other_step, Fault::OtherStep.to_string()),
        (4, format!("Bob {outside}"), Fault::OutsideGrid.to_string()),
        (5, format!("Cy: {wrong}"), mistyped.clone()),
        (6, wrong, mistyped.clone()),
        (6, short.into(), mistyped),
        (7, "hello".into(), Fault::NoCode.to_string()),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_name_that_resembles_a_code_is_reported() {
    let a = code(3);
    let (values, faults) = read(&format!("Caroline {a}"));
    assert_eq!((values, faults.len()), (vec![3], 1));
    assert_eq!(read(&format!("Caroline: {a}")), (vec![3], vec![]), "a colon says that it is a name");
    let (values, faults) = read(&format!("{a}: Ann"));
    assert_eq!((values, faults.len()), (vec![], 2), "a colon after a code");
    assert_eq!(read("35").1.len(), 1, "a value instead of a code is reported");
}

#[test]
fn every_value_of_a_question_has_a_distinct_code() {
    let codes: HashSet<String> = (0..VALUES).map(code).collect();
    assert_eq!(codes.len(), usize::from(VALUES));
}

proptest! {
    #[test]
    fn writing_and_reading_round_trip(lesson in 0..LESSONS, step in 0..STEPS, index in 0..VALUES) {
        let prediction = Prediction::new(lesson, step, index).unwrap();
        prop_assert_eq!(Prediction::read(&prediction.code()), Ok(prediction));
        prop_assert_eq!(prediction.answer(lesson, step, VALUES), Ok(index));
    }

    /// The reason why checking one code is enough.
    #[test]
    fn an_error_changes_the_check_of_every_code_alike(
        one in prop::array::uniform6(0..32_u8),
        mistake in prop::array::uniform6(0..32_u8),
    ) {
        let other = std::array::from_fn::<_, 6, _>(|i| one[i] ^ mistake[i]);
        let apart = |a: [u8; 2], b: [u8; 2]| [a[0] ^ b[0], a[1] ^ b[1]];
        prop_assert_eq!(apart(check(&one), check(&other)), apart(check(&[0; 6]), check(&mistake)));
    }

    #[test]
    fn a_wrong_character_is_detected_in_any_code(
        lesson in 0..LESSONS, step in 0..STEPS, index in 0..VALUES, place in 0..LENGTH, wrong in 1..32_u8,
    ) {
        let mut symbols = symbols_of(lesson, step, index);
        symbols[place] ^= wrong;
        prop_assert!(!holds(symbols));
    }

    #[test]
    fn arbitrary_text_does_not_panic(text in "[ -~\n\u{a0}-\u{ff}：，]{0,80}") {
        let pasted = read_all(&text, 700, 5, 101);
        prop_assert!(pasted.values.iter().all(|index| *index < 101));
    }

    #[test]
    fn codes_of_a_class_keep_their_order(indices in prop::collection::vec(0..101_u16, 0..40)) {
        let text = indices.iter().map(|index| format!("Pupil: {}\n", code(*index))).collect::<Vec<_>>().concat();
        prop_assert_eq!(read(&text), (indices, vec![]));
    }
}

/// A teacher who tries the example in the guide must not get an error.
#[test]
fn the_example_in_the_guide_is_a_valid_code() {
    let guide = include_str!("../../../www/teach.html");
    let example = guide.split("<code>").filter_map(|part| part.get(..9)).find(|code| code.as_bytes()[4] == b'-');
    assert!(Prediction::read(example.expect("an example")).is_ok());
}
