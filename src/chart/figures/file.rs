//! A view of a run as an SVG file, with a description and the query that reproduces it.

use plotters::prelude::IntoDrawingArea;

use crate::chart::backend::svg::About;
use crate::chart::backend::svg::Svg;
use crate::chart::sheet::Sheet;
use crate::chart::{DrawError, Scene, Theme, View};

/// One view as a complete SVG file of that width and height in pixels; `em` is the size of the text in pixels.
///
/// # Errors
/// The error of plotters; none is known to occur.
pub fn picture(
    view: &View,
    (width, height): (u32, u32),
    em: f64,
    theme: &Theme,
    scene: &Scene,
    about: About,
) -> Result<String, DrawError> {
    Ok(file((width, height), em, theme, about, |sheet| view.draw_on(sheet, scene))?.0)
}

/// The axes of a view without the run, as a complete SVG file to print and draw on; `None` if the view has no axes for
/// that.
///
/// # Errors
/// The error of plotters; none is known to occur.
pub fn axes(
    view: &View,
    size: (u32, u32),
    em: f64,
    theme: &Theme,
    scene: &Scene,
    about: About,
) -> Result<Option<String>, DrawError> {
    let (out, drawn) = file(size, em, theme, about, |sheet| view.axes_on(sheet, scene))?;
    Ok(drawn.then_some(out))
}

/// An SVG file, and what `draw` returns.
fn file<T>(
    (width, height): (u32, u32),
    em: f64,
    theme: &Theme,
    about: About,
    draw: impl FnOnce(&Sheet) -> Result<T, DrawError>,
) -> Result<(String, T), DrawError> {
    let mut out = String::new();
    let area = Svg::file(&mut out, (width.max(1), height.max(1)), about).into_drawing_area();
    let sheet = Sheet::new(&area, em, theme).for_svg();
    sheet.clear()?;
    let drawn = draw(&sheet)?;
    sheet.present()?;
    drop(area);
    Ok((out, drawn))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Simulator;
    use crate::chart::Extras;
    use crate::chart::Span;

    #[test]
    fn a_file_has_its_size_in_pixels_and_a_description() {
        let simulator = Simulator::default();
        let (simulator, extras) = (&simulator, &Extras::default());
        let scene = Scene::new(simulator, extras, Span::Minutes2, 316);
        let about = About { title: "R < 1 & falling", source: "?bots=20&t=316" };
        for size in [(600, 300), (1, 1), (0, 0)] {
            let file = picture(View::named("price").unwrap(), size, 14.0, &Theme::dark(), &scene, about).unwrap();
            let (width, height) = (size.0.max(1), size.1.max(1));
            let head = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\"",
                4 * width,
                4 * height
            );
            assert!(file.starts_with(&head), "{file}");
            assert_eq!(file.lines().nth(1), Some("<title>R &lt; 1 &amp; falling</title>"));
            assert_eq!(file.lines().nth(2), Some("<desc>?bots=20&amp;t=316</desc>"));
            assert!(file.ends_with("\n</svg>\n") && file.matches("<svg").count() == 1);
            // Text stays text, with its size in quarters of a pixel.
            let title = if width > 100 { ">Price, change since the start</text>" } else { ">Price</text>" };
            assert!(file.contains("font-size=\"56\"") && file.contains(title));
        }
    }
}
