//! A drawing surface: a pen with a text size and colours, and the few strokes that all drawings use. Coordinates are
//! quarters of a pixel, see [`FINE`], from the upper left corner.
//!
//! Common strokes are never inlined, so that a page loads each of them once.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, RGBColor, ShapeStyle, TextStyle};

use super::backend::subpixel::FINE;
use super::pen::{DrawError, Pen};
use super::text_width::text_width;
use super::theme::Theme;
use crate::language::leftward;

/// A point in quarters of a pixel.
pub(super) type Point = (i32, i32);

/// A rectangle, in quarters of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Left edge.
    pub(super) left: i32,
    /// Right edge.
    pub(super) right: i32,
    /// Upper edge.
    pub(super) top: i32,
    /// Lower edge.
    pub(super) bottom: i32,
}

/// The position of a text relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The point is the middle of its left end.
    Left,
    /// The point is the middle of its right end.
    Right,
    /// The point is the middle of its upper edge.
    Top,
}

/// Rounds to a whole pixel, in units of the drawing.
pub(super) fn whole(position: i32) -> i32 {
    (position + FINE / 2).div_euclid(FINE) * FINE
}

/// A pen with a text size and colours.
pub(super) struct Sheet<'a> {
    pen: &'a dyn Pen,
    /// Size of the text; all distances are multiples of it.
    pub(super) em: f64,
    /// Font size passed to the backend.
    letters: f64,
    /// The colours.
    pub(super) theme: &'a Theme,
    origin: Point,
    size: (i32, i32),
}

type Drawn = Result<(), DrawError>;

impl<'a> Sheet<'a> {
    /// The whole area, for text of `em` pixels.
    pub(super) fn new(pen: &'a dyn Pen, em: f64, theme: &'a Theme) -> Self {
        let (width, height) = pen.size();
        let em = em * f64::from(FINE);
        Self { pen, em, letters: em, theme, origin: (0, 0), size: (width as i32, height as i32) }
    }

    /// The same sheet on the SVG backend, which draws letters smaller than requested by this factor.
    #[cfg(feature = "full")]
    pub(super) fn for_svg(self) -> Self {
        Self { letters: self.em * 1.24, ..self }
    }

    /// The same sheet with text scaled by `factor`.
    pub(super) fn larger(&self, factor: f64) -> Self {
        let Self { pen, em, letters, theme, origin, size } = *self;
        Self { pen, em, letters: letters * factor, theme, origin, size }
    }

    /// A part of the sheet, with coordinates from its upper left corner.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn part(&self, bounds: Bounds) -> Self {
        Self {
            pen: self.pen,
            em: self.em,
            letters: self.letters,
            theme: self.theme,
            origin: (self.origin.0 + bounds.left, self.origin.1 + bounds.top),
            size: (bounds.right - bounds.left, bounds.bottom - bounds.top),
        }
    }

    /// Width and height.
    pub(super) fn size(&self) -> (i32, i32) {
        self.size
    }

    /// Whether the sheet is so narrow that labels must be short.
    #[cfg(feature = "full")]
    pub(super) fn narrow(&self) -> bool {
        self.size.0 < self.ems(36.0)
    }

    /// Converts em to units of the drawing.
    pub(super) fn ems(&self, ems: f64) -> i32 {
        (self.em * ems).round() as i32
    }

    /// Estimated width of a text.
    pub(super) fn width(&self, text: &str, bold: bool) -> i32 {
        self.ems(text_width(text, bold))
    }

    /// Estimated bounds of a text.
    #[cfg(feature = "full")]
    pub(super) fn bounds(&self, text: &str, bold: bool, (x, y): Point, anchor: Anchor) -> Bounds {
        let (width, half) = (self.width(text, bold), self.ems(0.6));
        let (left, top) = match anchor {
            Anchor::Left => (x, y - half),
            Anchor::Right => (x - width, y - half),
            Anchor::Top => (x - width / 2, y),
        };
        Bounds { left, right: left + width, top, bottom: top + 2 * half }
    }

    fn at(&self, (x, y): Point) -> Point {
        (self.origin.0 + x, self.origin.1 + y)
    }

    /// Fills the sheet with the background colour.
    pub(super) fn clear(&self) -> Drawn {
        let (width, height) = self.size;
        self.bar(Bounds { left: 0, right: width, top: 0, bottom: height }, &self.theme.paper.to_rgba())
    }

    /// Finishes the drawing and hands it to the backend.
    #[cfg(feature = "full")]
    pub(super) fn present(&self) -> Drawn {
        self.pen.present()
    }

    /// A filled rectangle with edges on whole pixels, so that they are sharp.
    #[inline(never)]
    pub(super) fn bar(&self, b: Bounds, colour: &RGBAColor) -> Drawn {
        let (left, top) = self.at((b.left, b.top));
        let (right, bottom) = self.at((b.right, b.bottom));
        let corners = [(whole(left), whole(top)), (whole(right), whole(bottom))];
        self.pen.rectangle(corners, colour.filled())
    }

    /// A polyline; `width` in em.
    #[inline(never)]
    pub(super) fn line(&self, points: Vec<Point>, colour: &RGBAColor, width: f64) -> Drawn {
        let points: Vec<Point> = points.into_iter().map(|p| self.at(p)).collect();
        self.pen.path(points, self.stroke(colour, width))
    }

    /// A filled polygon.
    pub(super) fn fill(&self, points: Vec<Point>, colour: &RGBAColor) -> Drawn {
        let points: Vec<Point> = points.into_iter().map(|p| self.at(p)).collect();
        self.pen.polygon(points, colour.filled())
    }

    /// A horizontal or vertical line on whole pixels, so that it is sharp; `width` in em, at least a pixel.
    #[inline(never)]
    pub(super) fn rule(&self, from: Point, to: Point, colour: &RGBAColor, width: f64) -> Drawn {
        let pixels = (self.em * width / f64::from(FINE)).round().max(1.0) as i32;
        // An odd width is sharp around the middle of a pixel, an even width between two pixels.
        let shift = if pixels % 2 == 1 { FINE / 2 } else { 0 };
        let [from, to] = [from, to].map(|p| {
            let (x, y) = self.at(p);
            (whole(x) + shift, whole(y) + shift)
        });
        let stroke = colour.stroke_width((pixels * FINE) as u32);
        self.pen.path(vec![from, to], stroke)
    }

    /// A dashed polyline; `width` in em.
    pub(super) fn dashed(&self, points: &[Point], colour: &RGBAColor, width: f64) -> Drawn {
        let points: Vec<Point> = points.iter().map(|p| self.at(*p)).collect();
        let (dash, gap) = (self.ems(0.45).max(2), self.ems(0.3).max(2));
        self.pen.dashes(points, (dash, gap), self.stroke(colour, width))
    }

    /// Fills a rectangle with slanted lines.
    pub(super) fn hatch(&self, b: Bounds, colour: &RGBAColor) -> Drawn {
        let height = b.bottom - b.top;
        let mut x = b.left - height;
        while x < b.right {
            // From the lower left to the upper right, clipped at the sides.
            let (from, to) = (x.max(b.left), (x + height).min(b.right));
            if from < to {
                self.line(vec![(from, b.bottom - (from - x)), (to, b.bottom - (to - x))], colour, 0.08)?;
            }
            x += self.ems(0.5).max(3 * FINE);
        }
        Ok(())
    }

    /// A dot; `radius` in em.
    pub(super) fn dot(&self, point: Point, radius: f64, colour: RGBColor) -> Drawn {
        self.pen.circle(self.at(point), self.ems(radius).max(2), colour.filled())
    }

    /// A ring; `radius` to the middle of its line, `width` of the line, both in em.
    #[cfg(feature = "full")]
    pub(super) fn ring(&self, point: Point, radius: f64, colour: RGBColor, width: f64) -> Drawn {
        let style = self.stroke(&colour.to_rgba(), width);
        self.pen.circle(self.at(point), self.ems(radius).max(2), style)
    }

    /// A text.
    pub(super) fn words(&self, text: &str, point: Point, anchor: Anchor, colour: RGBColor) -> Drawn {
        self.text(text, point, anchor, colour, false)
    }

    /// A bold text.
    pub(super) fn bold(&self, text: &str, point: Point, anchor: Anchor, colour: RGBColor) -> Drawn {
        self.text(text, point, anchor, colour, true)
    }

    /// A text on a plate of the background colour, so that no line crosses it.
    #[cfg(feature = "full")]
    pub(super) fn plate(&self, text: &str, point: Point, anchor: Anchor, colour: RGBColor, bold: bool) -> Drawn {
        let (bounds, air) = (self.bounds(text, bold, point, anchor), self.ems(0.2));
        let plate = Bounds { left: bounds.left - air, right: bounds.right + air, ..bounds };
        self.bar(plate, &self.theme.paper.to_rgba())?;
        self.text(text, point, anchor, colour, bold)
    }

    /// Draws a text. In a right-to-left language it is isolated, because the drawing runs from left to right.
    pub(super) fn text(&self, text: &str, point: Point, anchor: Anchor, colour: RGBColor, bold: bool) -> Drawn {
        let weight = if bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::SansSerif, self.letters, weight);
        let (h, v) = match anchor {
            Anchor::Left => (HPos::Left, VPos::Center),
            Anchor::Right => (HPos::Right, VPos::Center),
            Anchor::Top => (HPos::Center, VPos::Top),
        };
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(h, v));
        if leftward() {
            return self.pen.text(&format!("\u{2067}{text}\u{2069}"), self.at(point), &style);
        }
        self.pen.text(text, self.at(point), &style)
    }

    fn stroke(&self, colour: &RGBAColor, width: f64) -> ShapeStyle {
        colour.stroke_width(((self.em * width).round() as u32).max(1))
    }
}
