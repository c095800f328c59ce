//! How a parameter runs through its range, and where it stands on the page.

/// The greatest seed that a number of JavaScript or JSON holds exactly; greater ones travel as text.
pub(super) const GREATEST_EXACT: u64 = (1 << 53) - 1;

/// How a slider runs through the range of a parameter, and which values are allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Any number in the range; the slider stops at multiples of the step.
    Linear(f64),
    /// Any number in the range; the slider stops at the numbers with two significant digits.
    Log,
    /// As [`Scale::Log`], and zero, which switches the mechanism off.
    LogOrOff,
    /// Whole numbers only; the slider stops at multiples of the step.
    Whole(f64),
    /// Whole numbers only; the slider stops at those with two significant digits.
    WholeLog,
    /// One of these words; the value is the position in the list, and the first is the usual one.
    Choice(&'static [&'static str]),
    /// A 64-bit seed: written in digits, drawn by a button instead of a slider.
    Seed,
}

/// Where on the page a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The big controls beside the picture.
    Main,
    /// Who holds what, and how alike they are.
    Crowd,
    /// What a limit makes an account do, and how fast.
    Rules,
    /// How the market takes an order.
    Market,
    /// Venues and contracts: where the crowd trades, and what else trades by rule.
    Structure,
    /// What an exchange or a regulator can switch on.
    Dampeners,
    /// What is simulated, for how long, with which draws.
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
