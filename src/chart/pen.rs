//! The strokes of any plotters backend as one type, so that each drawing is compiled once instead of once per backend.

use std::fmt;

use plotters::coord::Shift;

use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, DashedPathElement, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::{ShapeStyle, TextStyle};

/// A stroke failed. The canvas and the SVG of the page cannot fail, so the error has no details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawError(pub &'static str);

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for DrawError {}

fn said<E: std::error::Error + Send + Sync>(error: &DrawingAreaErrorKind<E>) -> DrawError {
    DrawError(match error {
        DrawingAreaErrorKind::BackendError(_) => "the backend reports an error",
        DrawingAreaErrorKind::SharingError => "something else is drawing there",
        DrawingAreaErrorKind::LayoutError => "there is no room for it",
    })
}

/// The result of a stroke.
type Drawn = Result<(), DrawError>;

/// A point in quarters of a pixel.
type Point = (i32, i32);

/// The strokes of a drawing. Implemented by every drawing area of plotters.
pub trait Pen {
    /// Width and height.
    fn size(&self) -> (u32, u32);

    /// A rectangle between two corners.
    ///
    /// # Errors
    /// The error of the backend. The same holds for all strokes.
    fn rectangle(&self, corners: [Point; 2], style: ShapeStyle) -> Drawn;

    /// A polyline.
    #[allow(clippy::missing_errors_doc)]
    fn path(&self, points: Vec<Point>, style: ShapeStyle) -> Drawn;

    /// A dashed polyline; lengths of dash and gap.
    #[allow(clippy::missing_errors_doc)]
    fn dashes(&self, points: Vec<Point>, lengths: (i32, i32), style: ShapeStyle) -> Drawn;

    /// A filled polygon.
    #[allow(clippy::missing_errors_doc)]
    fn polygon(&self, points: Vec<Point>, style: ShapeStyle) -> Drawn;

    /// A disc, or a ring if the style is not filled.
    #[allow(clippy::missing_errors_doc)]
    fn circle(&self, centre: Point, radius: i32, style: ShapeStyle) -> Drawn;

    /// Finishes the drawing and hands it to the backend.
    #[cfg(feature = "full")]
    #[allow(clippy::missing_errors_doc)]
    fn present(&self) -> Drawn;

    /// A line of text.
    #[allow(clippy::missing_errors_doc)]
    fn text(&self, text: &str, at: Point, style: &TextStyle) -> Drawn;
}

impl<DB: DrawingBackend> Pen for DrawingArea<DB, Shift> {
    fn size(&self) -> (u32, u32) {
        self.dim_in_pixel()
    }

    fn rectangle(&self, corners: [Point; 2], style: ShapeStyle) -> Drawn {
        drawn(self, &Rectangle::new(corners, style))
    }

    fn path(&self, points: Vec<Point>, style: ShapeStyle) -> Drawn {
        drawn(self, &PathElement::new(points, style))
    }

    fn dashes(&self, points: Vec<Point>, (dash, gap): (i32, i32), style: ShapeStyle) -> Drawn {
        drawn(self, &DashedPathElement::new(points, dash, gap, style))
    }

    fn polygon(&self, points: Vec<Point>, style: ShapeStyle) -> Drawn {
        drawn(self, &Polygon::new(points, style))
    }

    fn circle(&self, centre: Point, radius: i32, style: ShapeStyle) -> Drawn {
        drawn(self, &Circle::new(centre, radius, style))
    }

    #[cfg(feature = "full")]
    fn present(&self) -> Drawn {
        DrawingArea::present(self).map_err(|error| said(&error))
    }

    fn text(&self, text: &str, at: Point, style: &TextStyle) -> Drawn {
        self.draw(&Text::new(text, at, style.clone())).map_err(|error| said(&error))
    }
}

fn drawn<DB: DrawingBackend, E>(area: &DrawingArea<DB, Shift>, element: &E) -> Drawn
where
    for<'a> &'a E: PointCollection<'a, Point>,
    E: Drawable<DB>,
{
    area.draw(element).map_err(|error| said(&error))
}
