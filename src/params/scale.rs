//! The scale of a parameter, and its group on the page.

/// The greatest seed that a JavaScript or JSON number holds exactly; greater ones are written as text.
pub(super) const GREATEST_EXACT: u64 = (1 << 53) - 1;

/// The scale of a slider, and the values that are allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Any number in the range; the slider stops at multiples of the step.
    Linear(f64),
    /// Any number in the range; the slider stops at the numbers with two significant digits.
    Log,
    /// As [`Scale::Log`], and zero, which switches the feature off.
    LogOrOff,
    /// Whole numbers only; the slider stops at multiples of the step.
    Whole(f64),
    /// Whole numbers only; the slider stops at those with two significant digits.
    WholeLog,
    /// One of these words; the value is the position in the list.
    Choice(&'static [&'static str]),
    /// A 64-bit seed, with a button in place of a slider.
    Seed,
}

/// A group of controls on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The main controls beside the picture.
    Main,
    /// Positions, and how much accounts differ.
    Crowd,
    /// Rules of accounts at a limit, and reaction times.
    Rules,
    /// The order book, value buyers, volatility.
    Market,
    /// Venues, contracts and other traders by rule.
    Structure,
    /// Measures of an exchange or a regulator.
    Dampeners,
    /// Length and seed.
    Run,
}

impl Group {
    /// Its name on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Crowd => "crowd",
            Self::Rules => "rules",
            Self::Market => "market",
            Self::Structure => "structure",
            Self::Dampeners => "dampeners",
            Self::Run => "run",
        }
    }
}
