//! What is wrong with a name or a value, as a message.

use std::fmt;

use crate::say;

/// Error of a name or a value in a query, an attribute or a call. Its message says in one line which it is, what was
/// read and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamError {
    /// No parameter has this name.
    Unknown {
        /// The name that was read.
        name: String,
        /// All names of parameters.
        names: String,
    },
    /// A further unknown parameter, told without the list of names.
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
        /// All names of scenarios.
        ids: String,
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
            Self::Unknown { name, names } => {
                say!("there is no parameter \"{name}\"; the names are {names}", name, names)
            }
            Self::UnknownToo { name } => say!("there is no parameter \"{name}\" either", name),
            Self::More { count } => say!("and {count} more are wrong", count),
            Self::UnknownScenario { id, ids } => {
                say!("there is no scenario \"{id}\"; the scenarios are {ids}", id, ids)
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
