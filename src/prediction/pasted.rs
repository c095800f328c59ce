//! Codes as a teacher pastes them: one or many in a line, with the names of pupils before them or not.

use serde::Serialize;

use super::code::{Fault, LENGTH, Prediction, narrow, symbols};

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pasted {
    /// The index of each prediction, in the order of the text.
    pub values: Vec<u16>,
    /// What could not be counted.
    pub faults: Vec<Unread>,
}

/// A part of a line that holds no prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// The number of the line, from 1.
    pub line: usize,
    /// What stands there, with the name before it.
    pub text: String,
    /// What is wrong with it, in words.
    pub words: String,
}

/// Characters of a fault that are shown.
const SHOWN: usize = 60;

/// What ends a name.
const COLONS: [char; 2] = [':', '：'];

/// Reads all codes of a text. Between two of them are spaces, commas, semicolons or the end of a line; brackets, quotes and
/// full stops around them do not matter, nor does the number of a line of a list. What stands before a colon is a name or
/// a time; without a colon, words before a code are a name unless they have a digit, or the eight characters of a code.
/// What else is no code is a fault, so that no prediction is lost in silence.
#[must_use]
pub fn read_all(text: &str, lesson: u16, step: u8, count: u16) -> Pasted {
    let mut pasted = Pasted::default();
    let read = |text: &str| Prediction::read(text).map(|prediction| prediction.answer(lesson, step, count));
    for (number, line) in text.lines().enumerate() {
        let mut reader = Line { pasted: &mut pasted, number: number + 1, all: line, since: 0, before: Vec::new() };
        let mut words = words(line).peekable();
        // Alone it is somebody's value instead of a code.
        if words.next_if(|(_, word)| is_number(word)).is_some() && words.peek().is_none() {
            reader.before.push(line);
        }
        while let Some((from, word)) = words.next() {
            let end = from + word.len();
            let word = reader.after_colon(word);
            // A code that has the right to a space in the middle.
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

/// What stands between two words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || ",;=/|，；、".contains(c)
}

/// What may stand around a word: brackets, quotes, the end of a sentence, a smile, what makes it bold in a chat. (Not a
/// colon: that ends a name.)
fn is_around(c: char) -> bool {
    !c.is_alphanumeric() && !COLONS.contains(&c)
}

/// The words of a line, each with its place.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    line.split_inclusive(is_between).filter_map(move |part| {
        let from = at + part.len() - part.trim_start_matches(is_around).len();
        at += part.len();
        let word = part.trim_matches(is_around);
        (!word.is_empty()).then_some((from, word))
    })
}

/// Whether it is too short for a half of a code, and could be the number of a line.
fn is_number(word: &str) -> bool {
    word.len() < 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many characters of a code a word has, if it has nothing else.
fn length(word: &str) -> Option<usize> {
    symbols(word).map(|symbols| symbols.len())
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| narrow(c).is_ascii_digit())
}

/// A line that is read from its beginning.
struct Line<'a, 'b> {
    pasted: &'a mut Pasted,
    number: usize,
    all: &'b str,
    /// Where the last code ended.
    since: usize,
    /// Words since then that are no code, and not before a colon.
    before: Vec<&'b str>,
}

impl<'b> Line<'_, 'b> {
    /// The part of a word after its last colon. What came before one is a name, also if it has eight letters; a code is
    /// told from it by its digits.
    fn after_colon(&mut self, word: &'b str) -> &'b str {
        let Some((before, after)) = word.rsplit_once(COLONS) else { return word };
        self.before.push(before);
        self.doubt(|word| has_digit(word) && length(word) == Some(LENGTH));
        after
    }

    /// A code that ends there, and whether it can be counted.
    fn found(&mut self, end: usize, answer: Result<u16, Fault>) {
        match answer {
            Ok(index) => self.pasted.values.push(index),
            Err(fault) => self.tell(&self.all[self.since..end], fault),
        }
        self.doubt(|word| has_digit(word) || length(word) == Some(LENGTH));
        self.since = end;
    }

    /// No code comes after the words that are left.
    fn end(&mut self) {
        let close = |word: &&str| has_digit(word) || length(word) == Some(LENGTH);
        if !self.before.is_empty() {
            let fault = if self.before.iter().any(close) { Fault::Mistyped } else { Fault::NoCode };
            self.tell(&self.all[self.since..], fault);
        }
    }

    /// The words before are a name, but for those that are more like a code.
    fn doubt(&mut self, doubtful: impl Fn(&str) -> bool) {
        for word in std::mem::take(&mut self.before) {
            if doubtful(word) {
                self.tell(word, Fault::Mistyped);
            }
        }
    }

    fn tell(&mut self, text: &str, fault: Fault) {
        let text = text.trim_matches(is_between);
        let mut shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        if text.chars().count() > SHOWN {
            shown.push('…');
        }
        self.pasted.faults.push(Unread { line: self.number, text: shown, words: fault.to_string() });
    }
}
