//! QR codes: a text as one path of black squares, for a page to show.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};
use serde::Serialize;

/// Width of the white margin that readers need, in modules.
const QUIET: usize = 4;

/// A QR code with its white margin. A module is one unit wide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QrCode {
    /// Width and height.
    pub side: usize,
    /// The black modules, as the path of an SVG.
    pub path: String,
}

impl QrCode {
    /// The code of a text; `None` if it is too long. A code can be read with up to 15% of it damaged.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text.as_bytes()).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for y in 0..code.size {
            let mut x = 0;
            // Neighbours in a row are one bar, so that no gap shows between them.
            for run in code[y][..code.size].chunk_by(|a, b| a.value() == b.value()) {
                if run[0].value() {
                    let _ = write!(path, "M{} {}h{width}v1h-{width}z", x + QUIET, y + QUIET, width = run.len());
                }
                x += run.len();
            }
        }
        Some(Self { side: code.size + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pixels of a module in the test picture.
    const SCALE: usize = 4;

    /// What a phone reads from the path.
    fn read(code: &QrCode) -> String {
        let mut black = vec![false; code.side * code.side];
        for bar in code.path.split('M').skip(1) {
            let (x, rest) = bar.split_once(' ').expect("a place");
            let (y, rest) = rest.split_once('h').expect("a row");
            let (width, rest) = rest.split_once('v').expect("a width");
            assert_eq!(rest, format!("1h-{width}z"));
            let [x, y, width] = [x, y, width].map(|number| number.parse::<usize>().expect("a number"));
            black[y * code.side + x..][..width].fill(true);
        }
        let quiet = |at: usize| at < QUIET || at >= code.side - QUIET;
        assert!(!(0..code.side * code.side).any(|i| black[i] && (quiet(i % code.side) || quiet(i / code.side))));
        let side = code.side * SCALE;
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            if black[y / SCALE * code.side + x / SCALE] { 0 } else { 255 }
        });
        let found = picture.detect_grids();
        assert_eq!(found.len(), 1);
        found[0].decode().expect("a text").1
    }

    #[test]
    fn a_code_has_its_address() {
        let long = format!("https://example.org/?{}", "leverage=20&bots=45&".repeat(60));
        for address in ["https://example.org/lesson.html?file=lessons/fifteen.toml#2", "x", "مرحبا", &long] {
            assert_eq!(read(&QrCode::new(address).expect("a code")), address);
        }
    }

    #[test]
    fn a_text_that_is_too_long_has_no_code() {
        assert!(QrCode::new(&"x".repeat(2331)).is_some());
        assert_eq!(QrCode::new(&"x".repeat(2332)), None);
    }
}
