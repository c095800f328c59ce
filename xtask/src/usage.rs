//! The error for a command line that is wrong in what it says, and not in its form.

/// A wrong value on the command line: `main` prints the text and exits with 2, where other failures exit with 1.
#[derive(Debug)]
pub struct UsageError(pub String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}
