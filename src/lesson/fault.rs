//! What is wrong with a lesson, each with its line, in words for whoever wrote it.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::contents::LONGEST;
use crate::say;
use crate::text::units::thousands;

/// Faults of one file that are told.
const MOST: usize = 8;

/// Something that is wrong with a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line of the file where it is, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub cause: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&say!("line {line}: {cause}", line = self.line, cause = self.cause))
    }
}

/// Collects what is wrong with a text.
pub(super) struct Faults<'a> {
    text: &'a str,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Something is wrong at this byte.
    pub(super) fn at(&mut self, byte: usize, cause: String) {
        let before = self.text.as_bytes().get(..byte.min(self.text.len())).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        self.found.push(Fault { line, cause });
    }

    /// Something is wrong with these words within the place; at its beginning, if they are not written there like that.
    pub(super) fn with(&mut self, words: &str, place: &Range<usize>, cause: String) {
        let within = self.text.get(place.clone()).and_then(|text| text.find(words));
        self.at(place.start + within.unwrap_or(0), cause);
    }

    /// The file is longer than any lesson.
    pub(super) fn too_long<T>(&mut self) -> Option<T> {
        let most = thousands(LONGEST as f64);
        self.at(0, say!("the file is too long for a lesson; the most are {most} bytes", most));
        None
    }

    /// What was found, in the order of the lines.
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
