//! A plotters backend for a canvas, in quarters of a pixel, see [`FINE`].
//!
//! Size and errors come from plotters-canvas. Its strokes print the opacity of every colour and the size of every font
//! as floats. That pulls in the float formatting of the standard library, a twelfth of the download before the first
//! picture. The strokes that our drawings use are therefore implemented here.

use std::f64::consts::TAU;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use web_sys::CanvasRenderingContext2d;

use super::subpixel::FINE;
use crate::decimal::fixed;
use crate::language::joined;

/// A canvas whose context divides all coordinates by [`FINE`]; its size is multiplied by the same factor.
pub struct Canvas {
    size: CanvasBackend,
    context: CanvasRenderingContext2d,
    /// Colour, opacity and width of lines that are traced but not yet stroked.
    traced: Option<((u8, u8, u8), f64, u32)>,
    /// The last fill colour. Consecutive shapes mostly share it.
    filled: Option<((u8, u8, u8), f64)>,
    /// The last font. Setting it makes the browser parse it again, and most texts share it.
    font: String,
    /// The last baseline and alignment of text.
    placed: (VPos, HPos),
}

/// The error type: no stroke fails. An error without a value avoids code that would pass it on, a tenth of the code of
/// the drawings.
type Never = std::convert::Infallible;

type Done = Result<(), DrawingErrorKind<Never>>;

impl Canvas {
    /// A canvas of that size, drawn through its context.
    #[must_use]
    pub fn new(size: CanvasBackend, context: CanvasRenderingContext2d) -> Self {
        Self { size, context, traced: None, filled: None, font: String::new(), placed: (VPos::Bottom, HPos::Left) }
    }

    /// Strokes the traced lines. Consecutive lines of one style, mainly dashes, share one stroke, because the call
    /// costs far more than its length. Where translucent lines in one stroke cross, the crossing is no darker.
    fn stroke(&mut self) {
        if self.traced.take().is_some() {
            self.context.stroke();
        }
    }

    fn stroke_with(&self, style: &impl BackendStyle) {
        self.context.set_stroke_style_str(&colour(style.color()));
        self.context.set_line_width(f64::from(style.stroke_width()));
    }

    fn fill_with(&mut self, colour_wanted: BackendColor) {
        self.stroke();
        let wanted = Some((colour_wanted.rgb, colour_wanted.alpha));
        if self.filled != wanted {
            self.context.set_fill_style_str(&colour(colour_wanted));
            self.filled = wanted;
        }
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        let mut path = path.into_iter().map(|(x, y)| (f64::from(x), f64::from(y)));
        if let Some((x, y)) = path.next() {
            self.context.move_to(x, y);
        }
        path.for_each(|(x, y)| self.context.line_to(x, y));
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = Never;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.size.get_size();
        (width * FINE as u32, height * FINE as u32)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        self.stroke();
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Done {
        self.fill_with(color);
        self.context.fill_rect(f64::from(x), f64::from(y), 1.0, 1.0);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Done {
        let [x, y, right, bottom] = [from.0, from.1, to.0, to.1].map(f64::from);
        if fill && (x == right || y == bottom) {
            // Many bars are less than half a pixel high, and drawing nothing costs a full call.
        } else if fill {
            self.fill_with(style.color());
            self.context.fill_rect(x, y, right - x, bottom - y);
        } else {
            self.stroke();
            self.stroke_with(style);
            self.context.stroke_rect(x, y, right - x, bottom - y);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let BackendColor { alpha, rgb } = style.color();
        let wanted = Some((rgb, alpha, style.stroke_width()));
        if self.traced != wanted {
            self.stroke();
            self.stroke_with(style);
            self.context.begin_path();
            self.traced = wanted;
        }
        self.trace(path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        self.stroke();
        self.context.begin_path();
        // Fails only for a negative radius.
        let _ = self.context.arc(f64::from(at.0), f64::from(at.1), f64::from(radius), 0.0, TAU);
        if fill {
            self.fill_with(style.color());
            self.context.fill();
        } else {
            self.stroke_with(style);
            self.context.stroke();
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.fill_with(style.color());
        self.context.begin_path();
        self.trace(path);
        self.context.fill();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Done {
        self.stroke();
        let anchor = style.anchor();
        if !matches!((anchor.v_pos, self.placed.0), (VPos::Top, VPos::Top) | (VPos::Center, VPos::Center)) {
            self.context.set_text_baseline(match anchor.v_pos {
                VPos::Top => "top",
                VPos::Center => "middle",
                VPos::Bottom => "bottom",
            });
        }
        if !matches!((anchor.h_pos, self.placed.1), (HPos::Right, HPos::Right) | (HPos::Center, HPos::Center)) {
            self.context.set_text_align(match anchor.h_pos {
                HPos::Left => "left",
                HPos::Right => "right",
                HPos::Center => "center",
            });
        }
        self.placed = (anchor.v_pos, anchor.h_pos);
        self.fill_with(style.color());
        let font = joined([style.style().as_str(), &(fixed(style.size(), 2) + "px"), style.family().as_str()], " ");
        if font != self.font {
            self.context.set_font(&font);
            self.font = font;
        }
        // Does not fail for any text or position of a drawing.
        let _ = self.context.fill_text(text, f64::from(at.0), f64::from(at.1));
        Ok(())
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        self.stroke();
    }
}

/// `#rrggbbaa`.
fn colour(BackendColor { alpha, rgb: (r, g, b) }: BackendColor) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    let bytes = [r, g, b, (alpha * 255.0).round() as u8];
    std::iter::once('#').chain(bytes.into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])).collect()
}
