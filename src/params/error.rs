//! Errors of names and values, with their messages.

use std::fmt;

use super::presets::SCENARIOS;
use super::table::{Row, TABLE};
use crate::say;
use crate::text::language::joined;
use crate::text::shorten::shortened;

/// Error of a name or a value in a query, an attribute or a call. Its message is one line: the name, the text read, and
/// the values allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamError {
    /// No parameter has this name.
    Unknown {
        /// The name that was read.
        name: String,
    },
    /// A further unknown parameter, reported without the list of names.
    UnknownToo {
        /// The name that was read.
        name: String,
    },
    /// Further errors that are only counted.
    More {
        /// Their number.
        count: usize,
    },
    /// No scenario has this name.
    UnknownScenario {
        /// The name that was read.
        id: String,
    },
    /// The value is out of range, or not a number.
    NotAllowed {
        /// Name of the parameter as written in a URL.
        name: String,
        /// The text that was read.
        read: String,
        /// The values that are allowed, in words.
        allowed: String,
    },
    /// Two values that are allowed alone and exclude each other.
    Contradiction {
        /// One parameter and its value, as written in a URL.
        first: String,
        /// The other.
        second: String,
        /// The reason.
        words: String,
    },
    /// The same name is given twice.
    Twice {
        /// Name of the parameter.
        name: String,
    },
}

impl std::error::Error for ParamError {}

impl fmt::Display for ParamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&match self {
            Self::Unknown { name } => {
                say!("there is no parameter \"{name}\"; the names are {names}", name, names = names())
            }
            Self::UnknownToo { name } => say!("there is no parameter \"{name}\" either", name),
            Self::More { count } => say!("and {count} more are wrong", count),
            Self::UnknownScenario { id } => {
                say!("there is no scenario \"{id}\"; the scenarios are {ids}", id, ids = scenario_ids())
            }
            Self::NotAllowed { name, read, allowed } => {
                say!("{name} is \"{read}\", but must be {allowed}", name, read, allowed)
            }
            Self::Contradiction { first, second, words } => {
                say!("{first} and {second} contradict each other: {why}", first, second, why = words)
            }
            Self::Twice { name } => say!("{name} is given twice; the first value counts", name),
        })
    }
}

impl ParamError {
    /// The error that no parameter has this name.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        Self::Unknown { name: shortened(name) }
    }

    /// The error that no scenario has this name.
    #[must_use]
    pub fn unknown_scenario(id: &str) -> Self {
        Self::UnknownScenario { id: shortened(id) }
    }

    /// The error that this text is not an allowed value of the row.
    #[must_use]
    pub fn not_allowed(row: &Row, read: &str) -> Self {
        Self::NotAllowed { name: row.name(), read: shortened(read), allowed: row.allowed() }
    }
}

fn names() -> String {
    joined(TABLE.iter().map(Row::name), ", ")
}

fn scenario_ids() -> String {
    joined(SCENARIOS.iter().map(|scenario| scenario.id), ", ")
}
