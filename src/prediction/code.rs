//! The code of one prediction.

use std::fmt;

use crate::text::language::tr;

/// Crockford's alphabet: digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a code.
pub(super) const LENGTH: usize = 8;

/// Lessons that have different tags, and so many bits of a tag count.
pub const LESSONS: u16 = 1 << 12;

/// Steps of a lesson that can have a prediction.
pub const STEPS: u8 = 1 << 5;

/// Values that the grid of a question can have.
pub const VALUES: u16 = 1 << 13;

/// What a code holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prediction {
    lesson: u16,
    step: u8,
    index: u16,
}

/// Why a text is not a prediction that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Characters are missing, too many or wrong.
    Mistyped,
    /// A code of another lesson.
    OtherLesson,
    /// A code of this lesson, for another question.
    OtherStep,
    /// A code for this question, and a value that it does not have.
    OutsideGrid,
    /// There is nothing like a code.
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
    /// The value with this index, predicted in this step of a lesson, of whose tag 12 bits count. Nothing if there is no
    /// room in a code for the step or the index.
    #[must_use]
    pub fn new(lesson: u16, step: u8, index: u16) -> Option<Self> {
        (step < STEPS && index < VALUES).then_some(Self { lesson: lesson % LESSONS, step, index })
    }

    /// The code, in two groups.
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

    /// Reads a code; case, width, spaces, hyphens and marks that nobody sees do not matter, O is read as 0, I and L are
    /// read as 1.
    ///
    /// # Errors
    /// It is mistyped.
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

    /// The index, if this is an answer to that question, which has `count` values.
    ///
    /// # Errors
    /// It is of another lesson or of another step, or the question has no such value.
    pub fn answer(self, lesson: u16, step: u8, count: u16) -> Result<u16, Fault> {
        match self {
            _ if self.lesson != lesson % LESSONS => Err(Fault::OtherLesson),
            _ if self.step != step => Err(Fault::OtherStep),
            _ if self.index >= count => Err(Fault::OutsideGrid),
            _ => Ok(self.index),
        }
    }
}

/// The symbols of a text; nothing if a character of it stands for none.
pub(super) fn symbols(text: &str) -> Option<Vec<u8>> {
    let wanted = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !is_hyphen(*c) && !is_unseen(*c));
    wanted.map(symbol).collect()
}

/// The plain form of a full-width letter, digit or sign, as East Asian keyboards give them.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Marks of direction, of joining and of where a line may break: chats and word processors put them in.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Chats like to make one of the longer ones of a hyphen.
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

/// What division of the data by (x + 1)(x + 2) leaves, over the field of 32 elements: both symbols of the check. That
/// begins with something other than zero, so that a row of zeros is no code.
fn check(data: &[u8]) -> [u8; 2] {
    let [mut high, mut low] = [21, 10];
    for symbol in data {
        let out = symbol ^ high;
        (high, low) = (low ^ out ^ twice(out), twice(out));
    }
    [high, low]
}

/// Times x, modulo x^5 + x^2 + 1: its powers are all elements but zero.
fn twice(symbol: u8) -> u8 {
    let shifted = symbol << 1;
    if shifted & 32 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests;
