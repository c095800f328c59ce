//! A plotters backend for compact SVG: neighbouring shapes of one style share a path, written in relative steps.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::subpixel::FINE;
use crate::units::number;

/// The description of a picture, inside its file.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The title of the picture.
    pub title: &'a str,
    /// The way to reproduce the picture.
    pub source: &'a str,
}

/// An SVG drawing, written to a string when it is presented.
pub struct Svg<'a> {
    out: &'a mut String,
    /// The size in units of the drawing.
    size: (u32, u32),
    /// The display size, unless a style sheet changes it.
    shown: (u32, u32),
    /// The elements before the strokes.
    about: String,
    shapes: Vec<Shape>,
}

enum Shape {
    /// Lines of one style.
    Lines(Path),
    /// Filled rectangles of one style, and their bounds: left, top, right, bottom.
    Bars(Path, Vec<[i32; 4]>),
    /// Any other element, as markup.
    Other(String),
}

#[derive(Default)]
struct Path {
    style: String,
    steps: String,
    at: BackendCoord,
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Svg<'a> {
    /// An empty drawing of that size; the page sets its display size.
    pub fn new(out: &'a mut String, size: (u32, u32)) -> Self {
        Self { out, size, shown: size, about: String::new(), shapes: Vec::new() }
    }

    /// An empty drawing of that size in pixels, as a stand-alone file.
    pub(in crate::chart) fn file(out: &'a mut String, shown: (u32, u32), about: About) -> Self {
        let size = (shown.0 * FINE as u32, shown.1 * FINE as u32);
        let [title, source] = [about.title, about.source].map(escape);
        let about = format!("\n<title>{title}</title>\n<desc>{source}</desc>");
        Self { shown, about, ..Self::new(out, size) }
    }
}

/// Escapes a text for XML or HTML, in attributes and outside.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// `what="#123456"`, and its opacity.
fn paint(what: &str, colour: BackendColor) -> String {
    let (r, g, b) = colour.rgb;
    let opacity = (colour.alpha * 1000.0).round() / 1000.0;
    let opacity = if opacity < 1.0 { format!(r#" opacity="{}""#, number(opacity)) } else { String::new() };
    format!(r##"{what}="#{r:02x}{g:02x}{b:02x}"{opacity}"##)
}

impl Path {
    fn new(style: String) -> Self {
        Self { style, ..Self::default() }
    }

    fn step(&mut self, command: &str, numbers: &[i32]) {
        self.steps.push_str(command);
        for number in numbers {
            // A minus sign separates two numbers as a space does.
            let apart = *number < 0 || !self.steps.ends_with(|last: char| last.is_ascii_digit());
            let _ = write!(self.steps, "{}{number}", if apart { "" } else { " " });
        }
    }

    /// Appends a relative step to a point.
    fn go(&mut self, command: &str, (x, y): BackendCoord) {
        self.step(command, &[x - self.at.0, y - self.at.1]);
        self.at = (x, y);
    }
}

fn overlap(a: &[i32; 4], b: &[i32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        let ((width, height), shown, about) = (self.size, self.shown, &self.about);
        let _ = write!(
            self.out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {width} {height}" font-family="sans-serif" fill="none">{about}"#,
            shown.0, shown.1
        );
        for shape in self.shapes.drain(..) {
            let _ = match shape {
                Shape::Lines(path) | Shape::Bars(path, _) => {
                    write!(self.out, "\n<path {} d=\"{}\"/>", path.style, path.steps)
                }
                Shape::Other(text) => write!(self.out, "\n{text}"),
            };
        }
        self.out.push_str("\n</svg>\n");
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Done {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Done {
        if !fill {
            return self.draw_path([from, (to.0, from.1), to, (from.0, to.1), from], style);
        }
        let style = paint("fill", style.color());
        let bar = [from.0, from.1, to.0, to.1];
        // A bar must come after the shapes that it covers; the order of others does not matter.
        let mut found = self.shapes.len();
        for (i, shape) in self.shapes.iter().enumerate().rev() {
            match shape {
                Shape::Bars(_, bars) if bars.iter().any(|other| overlap(other, &bar)) => break,
                Shape::Bars(path, _) if path.style == style => {
                    found = i;
                    break;
                }
                Shape::Bars(..) => {}
                Shape::Lines(_) | Shape::Other(_) => break,
            }
        }
        if found == self.shapes.len() {
            self.shapes.push(Shape::Bars(Path::new(style), Vec::new()));
        }
        if let Shape::Bars(path, bars) = &mut self.shapes[found] {
            path.go("m", from);
            path.step("h", &[to.0 - from.0]);
            path.step("v", &[to.1 - from.1]);
            path.step("h", &[from.0 - to.0]);
            path.steps.push('z');
            bars.push(bar);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Done {
        let opaque = style.color().alpha >= 1.0;
        let style = format!(r#"{} stroke-width="{}""#, paint("stroke", style.color()), style.stroke_width());
        // Translucent lines stay separate: two of them on top of each other are darker than one.
        if !matches!(self.shapes.last(), Some(Shape::Lines(path)) if opaque && path.style == style) {
            self.shapes.push(Shape::Lines(Path::new(style)));
        }
        if let Some(Shape::Lines(path)) = self.shapes.last_mut() {
            for (i, point) in points.into_iter().enumerate() {
                path.go(["m", "l", ""][i.min(2)], point);
            }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, r: u32, style: &S, fill: bool) -> Done {
        let paint = paint(if fill { "fill" } else { "stroke" }, style.color());
        let stroke = if fill { String::new() } else { format!(r#" stroke-width="{}""#, style.stroke_width()) };
        self.shapes.push(Shape::Other(format!(r#"<circle {paint}{stroke} cx="{x}" cy="{y}" r="{r}"/>"#)));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Done {
        let mut path = Path::new(paint("fill", style.color()));
        for (i, point) in points.into_iter().enumerate() {
            path.go(["m", "l", ""][i.min(2)], point);
        }
        self.shapes.push(Shape::Other(format!("<path {} d=\"{}z\"/>", path.style, path.steps)));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Done {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Right => r#" text-anchor="end""#,
            HPos::Center => r#" text-anchor="middle""#,
        };
        let down = match style.anchor().v_pos {
            VPos::Top => "0.76em",
            VPos::Center => "0.5ex",
            VPos::Bottom => "-0.5ex",
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { r#" font-weight="bold""# } else { "" };
        // Drawings ask for larger letters by this factor, because plotters' own SVG backend divides by it.
        let size = number((style.size() / 1.24 * 100.0).round() / 100.0);
        let paint = paint("fill", style.color());
        let text = escape(text);
        self.shapes.push(Shape::Other(format!(
            r#"<text {paint} font-size="{size}"{weight}{anchor} x="{x}" y="{y}" dy="{down}">{text}</text>"#
        )));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{IntoDrawingArea, PathElement, Polygon, Rectangle};
    use plotters::style::{BLACK, Color, RED};

    use super::*;

    #[test]
    fn neighbouring_shapes_share_a_path_and_covering_shapes_come_later() {
        let mut out = String::new();
        let area = Svg::new(&mut out, (100, 50)).into_drawing_area();
        let bar = |x, colour: &plotters::style::RGBColor| Rectangle::new([(x, 0), (x + 10, 5)], colour.filled());
        for shape in [bar(0, &RED), bar(10, &BLACK), bar(20, &RED), bar(15, &RED)] {
            area.draw(&shape).unwrap();
        }
        for y in [20, 30] {
            area.draw(&PathElement::new(vec![(15, y), (10, y), (5, y - 1)], Color::stroke_width(&RED, 2))).unwrap();
        }
        area.present().unwrap();
        drop(area);
        let paths = [
            r##"<path fill="#ff0000" d="m0 0h10v5h-10zm20 0h10v5h-10z"/>"##,
            r##"<path fill="#000000" d="m10 0h10v5h-10z"/>"##,
            r##"<path fill="#ff0000" d="m15 0h10v5h-10z"/>"##,
            r##"<path stroke="#ff0000" stroke-width="2" d="m15 20l-5 0-5-1m10 11l-5 0-5-1"/>"##,
        ];
        assert_eq!(out.lines().skip(1).take(4).collect::<Vec<_>>(), paths);
    }
    #[test]
    fn a_polygon_is_one_closed_path() {
        let mut out = String::new();
        let area = Svg::new(&mut out, (100, 50)).into_drawing_area();
        area.draw(&Polygon::new(vec![(1, 2), (11, 2), (6, 12)], RED)).unwrap();
        area.present().unwrap();
        drop(area);
        assert_eq!(out.lines().nth(1), Some(r##"<path fill="#ff0000" d="m1 2l10 0-5 10z"/>"##));
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a b=\"c\">'&"), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;");
    }
}
