//! The code of one prediction.

use std::fmt;

use crate::text::language::tr;

/// Crockford's alphabet: digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Length of a code in characters.
pub(super) const LENGTH: usize = 8;

/// Number of distinct lesson tags; a code holds this many bits of the tag.
pub const LESSONS: u16 = 1 << 12;

/// Greatest number of steps with a prediction.
pub const STEPS: u8 = 1 << 5;

/// Greatest number of values on the grid of a question.
pub const VALUES: u16 = 1 << 13;

/// The contents of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prediction {
    lesson: u16,
    step: u8,
    index: u16,
}

/// Why a text is not a valid prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Missing, additional or wrong characters.
    Mistyped,
    /// A code of another lesson.
    OtherLesson,
    /// A code of this lesson, for another question.
    OtherStep,
    /// A code for this question with a value outside its grid.
    OutsideGrid,
    /// No code.
    NoCode,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Mistyped => tr("mistyped: a character is wrong, missing or in the wrong place"),
            Self::OtherLesson => tr("from another lesson"),
            Self::OtherStep => tr("from another step of this lesson"),
            Self::OutsideGrid => tr("a value that cannot be given to this question"),
            Self::NoCode => tr("no code in it"),
        })
    }
}

impl std::error::Error for Fault {}

impl Prediction {
    /// The value with this index, predicted in this step of a lesson; 12 bits of the lesson's tag count. `None` if the
    /// step or the index is too large for a code.
    #[must_use]
    pub fn new(lesson: u16, step: u8, index: u16) -> Option<Self> {
        (step < STEPS && index < VALUES).then_some(Self { lesson: lesson % LESSONS, step, index })
    }

    /// The code, in two groups of four.
    #[must_use]
    pub fn code(self) -> String {
        let bits = (u32::from(self.lesson) << 18) | (u32::from(self.step) << 13) | u32::from(self.index);
        let mut symbols = [0; LENGTH];
        for (place, symbol) in symbols.iter_mut().take(LENGTH - 2).enumerate() {
            *symbol = (bits >> (5 * (LENGTH - 3 - place)) & 31) as u8;
        }
        [symbols[LENGTH - 2], symbols[LENGTH - 1]] = check(&symbols[..LENGTH - 2]);
        let text = |symbols: &[u8]| symbols.iter().map(|symbol| char::from(ALPHABET[usize::from(*symbol)])).collect();
        let [first, second]: [String; 2] = [text(&symbols[..LENGTH / 2]), text(&symbols[LENGTH / 2..])];
        format!("{first}-{second}")
    }

    /// Reads a code. Case, width, spaces, hyphens and invisible characters do not matter; O is read as 0, I and L as
    /// 1.
    ///
    /// # Errors
    /// The code is mistyped.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let symbols = symbols(text).ok_or(Fault::Mistyped)?;
        let symbols: [u8; LENGTH] = symbols.try_into().map_err(|_| Fault::Mistyped)?;
        let (data, checked) = symbols.split_at(LENGTH - 2);
        if check(data) != checked {
            return Err(Fault::Mistyped);
        }
        let bits = data.iter().fold(0, |bits, symbol| bits << 5 | u32::from(*symbol));
        Ok(Self { lesson: (bits >> 18) as u16, step: (bits >> 13) as u8 % STEPS, index: bits as u16 % VALUES })
    }

    /// The index, if this is an answer to the given question, which has `count` values.
    ///
    /// # Errors
    /// The code belongs to another lesson or step, or the question does not have the value.
    pub fn answer(self, lesson: u16, step: u8, count: u16) -> Result<u16, Fault> {
        match self {
            _ if self.lesson != lesson % LESSONS => Err(Fault::OtherLesson),
            _ if self.step != step => Err(Fault::OtherStep),
            _ if self.index >= count => Err(Fault::OutsideGrid),
            _ => Ok(self.index),
        }
    }
}

/// The symbols of a text; `None` if a character is not a symbol.
pub(super) fn symbols(text: &str) -> Option<Vec<u8>> {
    let wanted = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !is_hyphen(*c) && !is_unseen(*c));
    wanted.map(symbol).collect()
}

/// The ASCII form of a full-width character, as East Asian keyboards produce it.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Invisible characters for direction, joining and line breaks, which chats and word processors insert.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Hyphens and the dashes that chats replace them with.
fn is_hyphen(c: char) -> bool {
    c == '-' || ('\u{2010}'..='\u{2015}').contains(&c) || c == '\u{2212}'
}

fn symbol(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|known| char::from(*known) == c).map(|place| place as u8)
}

/// The check symbols: the remainder of the data divided by (x + 1)(x + 2), over the field of 32 elements. The initial
/// value is not zero, so that a row of zeros is not a code.
fn check(data: &[u8]) -> [u8; 2] {
    let [mut high, mut low] = [21, 10];
    for symbol in data {
        let out = symbol ^ high;
        (high, low) = (low ^ out ^ twice(out), twice(out));
    }
    [high, low]
}

/// Multiplies by x, modulo x^5 + x^2 + 1; the powers of x are all non-zero elements.
fn twice(symbol: u8) -> u8 {
    let shifted = symbol << 1;
    if shifted & 32 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests;
