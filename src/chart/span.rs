//! The visible part of a run, and the labels of its time axis.

use crate::model::rules::SHOCK_AT;
use crate::say;

/// The visible part of a run. The time axis counts from the first sell order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The two minutes in which bots act.
    Minutes2,
    /// A quarter of an hour.
    Minutes15,
    /// The whole run.
    Whole,
}

impl Span {
    /// All spans, by name.
    pub const ALL: [(&'static str, Span); 3] =
        [("2min", Span::Minutes2), ("15min", Span::Minutes15), ("all", Span::Whole)];

    /// The span with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, span)| *span)
    }

    /// The first and last visible second of a run of `run` seconds.
    #[must_use]
    pub fn seconds(self, run: usize) -> (usize, usize) {
        match self {
            Self::Minutes2 => (SHOCK_AT - 10, SHOCK_AT + 120),
            Self::Minutes15 => (SHOCK_AT - 60, SHOCK_AT + 900),
            Self::Whole => (0, run),
        }
    }

    /// Seconds between two marks of the axis.
    fn step(self, run: usize) -> usize {
        match self {
            Self::Minutes2 => 30,
            Self::Minutes15 => 180,
            Self::Whole if run <= 2 * 3600 => 1800,
            Self::Whole => 3600,
        }
    }

    /// The marks of the axis: seconds of the run, and labels counted from the first sell order.
    #[must_use]
    pub fn marks(self, run: usize) -> Vec<(usize, String)> {
        let (_, last) = self.seconds(run);
        (SHOCK_AT..=last)
            .step_by(self.step(run))
            .map(|second| {
                let since = second - SHOCK_AT;
                let words = match (since, self) {
                    (0, _) => "0".to_owned(),
                    (_, Self::Minutes2) => say!("{number} s", number = since),
                    _ if since.is_multiple_of(3600) => say!("{number} h", number = since / 3600),
                    _ => say!("{number} min", number = since / 60),
                };
                (second, words)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_marks_are_within_the_span_and_count_from_the_first_sale() {
        let words = |span: Span, run| span.marks(run).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" ");
        assert_eq!(words(Span::Minutes2, 7200), "0 30 s 60 s 90 s 120 s");
        assert_eq!(words(Span::Minutes15, 7200), "0 3 min 6 min 9 min 12 min 15 min");
        assert_eq!(words(Span::Whole, 7200), "0 30 min 1 h 90 min");
        assert_eq!(words(Span::Whole, 21600), "0 1 h 2 h 3 h 4 h 5 h");
    }
}
