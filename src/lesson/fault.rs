//! Faults in a lesson, each with its line and a message for its author.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::contents::LONGEST;
use crate::say;
use crate::text::units::thousands;

/// Greatest number of faults that are reported.
const MOST: usize = 8;

/// A fault in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: usize,
    /// The fault, and how to correct it.
    pub cause: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&say!("line {line}: {cause}", line = self.line, cause = self.cause))
    }
}

/// Collects the faults of a text.
pub(super) struct Faults<'a> {
    text: &'a str,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Reports a fault at this byte.
    pub(super) fn at(&mut self, byte: usize, cause: String) {
        let before = self.text.as_bytes().get(..byte.min(self.text.len())).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        self.found.push(Fault { line, cause });
    }

    /// Reports a fault at these words within the range, or at its start if they do not occur there literally.
    pub(super) fn at_words(&mut self, words: &str, place: &Range<usize>, cause: String) {
        let within = self.text.get(place.clone()).and_then(|text| text.find(words));
        self.at(place.start + within.unwrap_or(0), cause);
    }

    /// Reports that the file is too long.
    pub(super) fn too_long<T>(&mut self) -> Option<T> {
        let most = thousands(LONGEST as f64);
        self.at(0, say!("the file is too long for a lesson; the most are {most} bytes", most));
        None
    }

    /// The faults in the order of lines.
    pub(super) fn end(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| fault.line);
        if self.found.len() > MOST {
            let count = self.found.len() - MOST;
            self.found.truncate(MOST);
            let line = self.found[MOST - 1].line;
            self.found.push(Fault { line, cause: say!("and from here {count} more are wrong", count) });
        }
        self.found
    }
}
