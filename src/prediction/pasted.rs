//! Codes as a teacher pastes them: one or several per line, with or without the names of pupils.

use serde::Serialize;

use super::code::{Fault, LENGTH, Prediction, narrow, symbols};

/// The result of reading a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pasted {
    /// Index of each prediction, in the order of the text.
    pub values: Vec<u16>,
    /// Parts that could not be read.
    pub faults: Vec<Unread>,
}

/// A part of a line without a valid prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Line number, from 1.
    pub line: usize,
    /// The text, with the name before it.
    pub text: String,
    /// The fault, in words.
    pub words: String,
}

/// Greatest length of a fault that is shown.
const SHOWN: usize = 60;

/// Characters that end a name.
const COLONS: [char; 2] = [':', '：'];

/// Reads all codes of a text. Codes are separated by spaces, commas, semicolons or line ends; brackets, quotes, full
/// stops and list numbers around them do not matter. Text before a colon is a name or a time. Without a colon, words
/// before a code are a name unless they contain a digit or have the length of a code. Everything else is reported as a
/// fault, so that no prediction is lost silently.
#[must_use]
pub fn read_all(text: &str, lesson: u16, step: u8, count: u16) -> Pasted {
    let mut pasted = Pasted::default();
    let read = |text: &str| Prediction::read(text).map(|prediction| prediction.answer(lesson, step, count));
    for (number, line) in text.lines().enumerate() {
        let mut reader = Line { pasted: &mut pasted, number: number + 1, all: line, since: 0, before: Vec::new() };
        let mut words = split_words(line).peekable();
        // A lone number is a value that was sent instead of a code.
        if words.next_if(|(_, word)| is_number(word)).is_some() && words.peek().is_none() {
            reader.before.push(line);
        }
        while let Some((from, word)) = words.next() {
            let end = from + word.len();
            let word = reader.after_colon(word);
            // A code may contain a space in the middle.
            let second = words.peek().filter(|(_, next)| length(word) == Some(4) && length(next) == Some(4)).copied();
            let both = second.map(|(_, next)| read(&[word, next].concat()));
            if let Ok(answer) = read(word) {
                reader.found(end, answer);
            } else if let (Some((from, next)), Some(Ok(answer))) = (second, both) {
                reader.found(from + next.len(), answer);
                words.next();
            } else if !word.is_empty() {
                reader.before.push(word);
            }
        }
        reader.end();
    }
    pasted
}

/// Whether a character separates words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || ",;=/|，；、".contains(c)
}

/// Whether a character may surround a word: brackets, quotes, punctuation, emoticons, bold marks of chats. A colon is
/// not among them, because it ends a name.
fn is_around(c: char) -> bool {
    !c.is_alphanumeric() && !COLONS.contains(&c)
}

/// The words of a line, each with its position.
fn split_words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split_inclusive(is_between).filter_map(move |part| {
        let from = at + part.len() - part.trim_start_matches(is_around).len();
        at += part.len();
        let word = part.trim_matches(is_around);
        (!word.is_empty()).then_some((from, word))
    })
}

/// Whether a word is short enough and could be a list number.
fn is_number(word: &str) -> bool {
    word.len() < 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Number of code characters in a word; `None` if it contains anything else.
fn length(word: &str) -> Option<usize> {
    symbols(word).map(|symbols| symbols.len())
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| narrow(c).is_ascii_digit())
}

/// A line during reading.
struct Line<'a, 'b> {
    pasted: &'a mut Pasted,
    number: usize,
    all: &'b str,
    /// End of the last code.
    since: usize,
    /// Words since then that are neither a code nor before a colon.
    before: Vec<&'b str>,
}

impl<'b> Line<'_, 'b> {
    /// The part of a word after its last colon. Text before a colon is a name, even with eight letters; a code is
    /// distinguished from it by its digits.
    fn after_colon(&mut self, word: &'b str) -> &'b str {
        let Some((before, after)) = word.rsplit_once(COLONS) else { return word };
        self.before.push(before);
        self.doubt(|word| has_digit(word) && length(word) == Some(LENGTH));
        after
    }

    /// Records a code that ends at `end`, or its fault.
    fn found(&mut self, end: usize, answer: Result<u16, Fault>) {
        match answer {
            Ok(index) => self.pasted.values.push(index),
            Err(fault) => self.report(&self.all[self.since..end], fault),
        }
        self.doubt(|word| has_digit(word) || length(word) == Some(LENGTH));
        self.since = end;
    }

    /// Reports the remaining words, which no code follows.
    fn end(&mut self) {
        let close = |word: &&str| has_digit(word) || length(word) == Some(LENGTH);
        if !self.before.is_empty() {
            let fault = if self.before.iter().any(close) { Fault::Mistyped } else { Fault::NoCode };
            self.report(&self.all[self.since..], fault);
        }
    }

    /// Reports those of the words before that resemble a code; the others are a name.
    fn doubt(&mut self, doubtful: impl Fn(&str) -> bool) {
        for word in std::mem::take(&mut self.before) {
            if doubtful(word) {
                self.report(word, Fault::Mistyped);
            }
        }
    }

    fn report(&mut self, text: &str, fault: Fault) {
        let text = text.trim_matches(is_between);
        let mut shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        if text.chars().count() > SHOWN {
            shown.push('…');
        }
        self.pasted.faults.push(Unread { line: self.number, text: shown, words: fault.to_string() });
    }
}
