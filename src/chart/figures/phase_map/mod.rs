//! The phase map: each cell is a run, coloured by the greatest fall of its price. A line marks where R at its peak is
//! 1, and a dot marks the reader's settings.

mod contour;
mod field;
mod frame;
mod labels;
mod scene;
mod words;

use plotters::style::Color;

use crate::chart::axes::value_marks;
use crate::chart::scale::nice;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::{marks_below, title};
use crate::chart::{DrawError, Pen, Theme};
use crate::language::tr;
use crate::model::PhaseMap;
use crate::model::studies::phase_map::Axis;
use crate::params::{Params, Scale};
use contour::At;
use field::{Field, STEPS};
use frame::Frame;
pub use frame::MARGINS;
use labels::MapLabels;
pub use scene::{Here, MapScene};
pub use words::{cell_words, here_words, words};

/// Draws the map over the whole area, which is [`FINE`](crate::chart::FINE) times larger than its pixels; `em` is the
/// text size in pixels.
///
/// # Errors
/// The error of the backend.
pub fn draw(area: &dyn Pen, em: f64, theme: &Theme, scene: &MapScene) -> Result<(), DrawError> {
    let sheet = Sheet::new(area, em, theme);
    sheet.clear()?;
    let frame = Frame::new(sheet.em, sheet.size(), scene.map);
    let field = Field::new(scene.map);
    let strength = if scene.old { 0.35 } else { 1.0 };
    field.draw(&sheet, &frame, strength)?;
    axes(&sheet, &frame, scene)?;

    let lines = |lines: Vec<Vec<At>>| -> Vec<Vec<Point>> {
        lines.into_iter().map(|line| line.into_iter().map(|at| frame.point(at)).collect()).collect()
    };
    let steps = STEPS.map(|step| lines(field.move_lines(step)));
    let r = lines(field.r_lines());
    for line in steps.iter().flatten() {
        sheet.line(line.clone(), &theme.ink.mix(0.5 * strength), 0.07)?;
    }
    // A rim of the background colour separates the line from the strongest shade.
    for line in &r {
        sheet.line(line.clone(), &theme.paper.mix(strength), 0.5)?;
    }
    for line in &r {
        sheet.line(line.clone(), &theme.ink.mix(strength), 0.24)?;
    }
    let mut labels = MapLabels::new(&sheet, frame.plot, &r);
    if let Some(here) = &scene.here {
        labels.here(frame.place(scene.map, &here.params), scene.map, here, !scene.old)?;
    }
    if scene.old { Ok(()) } else { labels.lines(scene.map, &r, &steps) }
}

/// Draws the frame of the plot, the values along its sides, and the names of the axes.
fn axes(sheet: &Sheet, frame: &Frame, scene: &MapScene) -> Result<(), DrawError> {
    let (theme, plot, map) = (sheet.theme, frame.plot, scene.map);
    let here = scene.here.map(|here| (frame.place(map, &here.params), here.params));
    // Omits values that would overlap the reader's own.
    let clear =
        |position: i32, own: Option<i32>, ems: f64| own.is_none_or(|own| (position - own).abs() >= sheet.ems(ems));

    let own = here.map(|((_, y), _)| y);
    let rows: Vec<_> = ticks(map.rows()).into_iter().map(|(at, words)| (frame.y.px(at), words)).collect();
    let rows: Vec<_> = rows.into_iter().filter(|(y, _)| clear(*y, own, 1.1)).collect();
    // No lines across, because they would cut the cells.
    value_marks(sheet, Bounds { right: plot.left, ..plot }, &rows)?;

    let columns: Vec<_> = ticks(map.columns()).into_iter().map(|(at, words)| (frame.x.px(at), words)).collect();
    for (x, _) in &columns {
        sheet.rule((*x, plot.bottom), (*x, plot.bottom + sheet.ems(0.3)), &theme.grid.to_rgba(), 0.07)?;
    }
    let own = here.map(|((x, _), _)| x);
    marks_below(sheet, plot, columns.into_iter().filter(|(x, _)| clear(*x, own, 2.2)))?;
    for (from, to) in
        [((plot.left, plot.bottom), (plot.right, plot.bottom)), ((plot.left, plot.top), (plot.left, plot.bottom))]
    {
        sheet.rule(from, to, &theme.ink.mix(0.6), 0.07)?;
    }
    if let Some(((x, y), params)) = here {
        let words = |axis: &Axis| axis.row().words(params.get(axis.row()));
        sheet.bold(&words(map.rows()), (plot.left - sheet.ems(0.4), y), Anchor::Right, theme.ink)?;
        sheet.bold(&words(map.columns()), (x, plot.bottom + sheet.ems(0.45)), Anchor::Top, theme.ink)?;
    }
    title(sheet, sheet.ems(0.2), tr(map.rows().row().label))?;
    let end = (plot.right, sheet.size().1 - sheet.ems(0.9));
    sheet.bold(tr(map.columns().row().label), end, Anchor::Right, theme.ink)?;
    let key = match (field::rises(map), sheet.narrow()) {
        (false, false) => tr("the stronger the colour, the deeper the fall"),
        (false, true) => tr("stronger: a deeper fall"),
        (true, false) => tr("the stronger the colour, the larger the move"),
        (true, true) => tr("stronger: a larger move"),
    };
    sheet.words(key, (plot.right, sheet.ems(0.95)), Anchor::Right, theme.quiet)
}

/// The marks of an axis: positions and labels.
fn ticks(axis: &Axis) -> Vec<(f64, String)> {
    let values = axis.values();
    let (from, to) = (values[0], values[values.len() - 1]);
    let row = axis.row();
    let marks: Vec<f64> = match row.scale {
        Scale::Log | Scale::LogOrOff | Scale::WholeLog => {
            let powers = (-4..7).map(|power| libm::exp10(f64::from(power)));
            powers.flat_map(|power| [power, 2.0 * power, 5.0 * power]).collect()
        }
        _ => {
            let step = nice((to - from).max(1e-6) / 5.0);
            (0..=6).map(|i| (libm::ceil(from / step) + f64::from(i)) * step).collect()
        }
    };
    let slack = 1e-9 * to.abs();
    let inside = marks.into_iter().filter(|mark| *mark >= from - slack && *mark <= to + slack);
    inside.map(|mark| (axis.place(mark), row.words(mark))).collect()
}

/// Column and row of the cell nearest to a point of a sheet. Sizes, point and `em` in units of the drawing.
#[must_use]
pub fn cell_at(em: f64, size: (i32, i32), map: &PhaseMap, (x, y): (i32, i32)) -> (usize, usize) {
    let frame = Frame::new(em, size, map);
    let nearest = |place: f64, axis: &Axis| (place.round().max(0.0) as usize).min(axis.values().len() - 1);
    (nearest(frame.x.value(x), map.columns()), nearest(frame.y.value(y), map.rows()))
}

/// The point of these parameters on a sheet: the inverse of [`cell_at`].
#[must_use]
pub fn place(em: f64, size: (i32, i32), map: &PhaseMap, params: &Params) -> (i32, i32) {
    Frame::new(em, size, map).place(map, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::FINE;
    use crate::model::studies::phase_map::Cell;
    use plotters::prelude::IntoDrawingArea;
    use plotters_svg::SVGBackend;

    fn map(columns: usize, rows: usize) -> PhaseMap {
        let base = Params { accounts: 100.0, hours: 1.0, maintenance: 4.0, ..Params::default() };
        let axis = |name, count| Axis::new(name, count).unwrap().rounded();
        PhaseMap::new(&base, axis("leverage", columns), axis("bots", rows)).unwrap()
    }

    #[test]
    fn a_position_maps_to_pixels_and_back() {
        let (em, size) = (12.0 * f64::from(FINE), (320 * FINE, 260 * FINE));
        let map = map(64, 64);
        for (column, row) in [(0, 0), (63, 63), (12, 50), (40, 3)] {
            let at = place(em, size, &map, &map.params(column, row));
            assert_eq!(cell_at(em, size, &map, at), (column, row));
        }
        // Outside the plot, the nearest cell counts.
        assert_eq!(cell_at(em, size, &map, (-1000, -1000)), (0, 63));
        assert_eq!(cell_at(em, size, &map, (100_000, 100_000)), (63, 0));
    }

    #[test]
    fn the_map_draws_at_any_size_and_stage() {
        let mut map = map(7, 5);
        let none =
            Cell { greatest_fall_percent: 0.0, greatest_rise_percent: 0.0, r_peak: None, forced_share_percent: 0.0 };
        for cells in [0, 1, 9, 35] {
            map.advance(cells - map.finished());
            for (width, height) in [(1, 1), (30, 20), (260, 200), (1200, 90)] {
                for (leverage, bots, old) in [(1.0, 0.0, false), (50.0, 100.0, false), (9.3, 35.0, true)] {
                    let here = Here { params: Params { leverage, bots, ..*map.base() }, cell: none };
                    let mut svg = String::new();
                    let size = (width * FINE as u32, height * FINE as u32);
                    let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
                    let scene = MapScene { map: &map, here: Some(here), old };
                    draw(&area, 13.0, &Theme::light(), &scene).unwrap();
                    draw(&area, 13.0, &Theme::dark(), &MapScene { here: None, ..scene }).unwrap();
                    area.present().unwrap();
                    drop(area);
                    assert!(!svg.contains("NaN") && !svg.contains("inf"));
                }
            }
        }
    }

    #[test]
    fn marks_of_an_axis_are_round_and_within_it() {
        let marks = |axis: Axis| ticks(&axis).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(", ");
        let plain = |axis| marks(axis).replace('\u{a0}', " ");
        assert_eq!(plain(Axis::new("leverage", 64).unwrap()), "1x, 2x, 5x, 10x, 20x, 50x");
        assert_eq!(plain(Axis::new("bots", 64).unwrap()), "0%, 20%, 40%, 60%, 80%, 100%");
        assert_eq!(plain(Axis::between("shock", 1.0, 3.0, 9).unwrap()), "1%, 1.5%, 2%, 2.5%, 3%");
        assert_eq!(plain(Axis::between("bots", 35.0, 35.0, 3).unwrap()), "35%");
    }
}
