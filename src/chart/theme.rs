//! Colours on a light and on a dark background. Each has one meaning everywhere and a second cue: a dash, an outline, a
//! hatch. They follow Okabe and Ito and can be told apart by colour-blind readers.

use plotters::style::RGBColor;

/// The colours of a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The background.
    pub paper: RGBColor,
    /// Prices, axis labels, text.
    pub ink: RGBColor,
    /// Secondary text.
    pub quiet: RGBColor,
    /// Grid lines.
    pub grid: RGBColor,
    /// The crowd without bots (dashed).
    pub without_bots: RGBColor,
    /// Bots (solid).
    pub bots: RGBColor,
    /// Text about bots: the same hue with more contrast.
    pub bots_words: RGBColor,
    /// People (outlined).
    pub people: RGBColor,
    /// Text about people.
    pub people_words: RGBColor,
    /// Buyers; also what a reader draws or guesses (dashed).
    pub buyers: RGBColor,
    /// Text about buyers.
    pub buyers_words: RGBColor,
}

impl Theme {
    /// Dark ink on light paper.
    #[must_use]
    pub fn light() -> Self {
        Self {
            paper: RGBColor(255, 255, 255),
            ink: RGBColor(23, 23, 23),
            quiet: RGBColor(89, 89, 89),
            grid: RGBColor(226, 226, 226),
            without_bots: RGBColor(112, 112, 112),
            bots: RGBColor(213, 94, 0),
            bots_words: RGBColor(168, 72, 0),
            people: RGBColor(0, 114, 178),
            people_words: RGBColor(0, 95, 150),
            buyers: RGBColor(0, 158, 115),
            buyers_words: RGBColor(0, 118, 86),
        }
    }

    /// Light ink on dark paper.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            paper: RGBColor(22, 24, 26),
            ink: RGBColor(236, 236, 234),
            quiet: RGBColor(170, 172, 174),
            grid: RGBColor(54, 57, 60),
            without_bots: RGBColor(150, 152, 154),
            bots: RGBColor(226, 110, 20),
            bots_words: RGBColor(255, 150, 70),
            people: RGBColor(70, 160, 220),
            people_words: RGBColor(110, 185, 235),
            buyers: RGBColor(0, 176, 130),
            buyers_words: RGBColor(60, 205, 160),
        }
    }

    /// An opaque mix of a colour and the background, so that shapes may be drawn in any order.
    #[cfg(feature = "full")]
    pub(super) fn tint(&self, colour: RGBColor, share: f64) -> RGBColor {
        let mix = |colour: u8, paper: u8| (share * f64::from(colour) + (1.0 - share) * f64::from(paper)).round() as u8;
        let paper = self.paper;
        RGBColor(mix(colour.0, paper.0), mix(colour.1, paper.1), mix(colour.2, paper.2))
    }
}
