//! The phase map equals the accepted picture: `snapshots/drawings__phase_map__map.snap.svg`.

use deleverage::chart::figures::phase_map::{Here, MapScene, draw};
use deleverage::chart::{FINE, Theme};
use deleverage::model::phase_map::{Axis, PhaseMap};
use deleverage::{Params, query};
use plotters::prelude::IntoDrawingArea;
use plotters_svg::SVGBackend;

#[test]
fn leverage_and_bots_with_the_line_where_r_is_1() {
    let base = query::parse("accounts=2000&hours=1&maintenance=2.5").unwrap();
    let axis = |name| Axis::new(name, 32).unwrap().rounded();
    let mut map = PhaseMap::new(&base, axis("leverage"), axis("bots")).unwrap();
    map.advance(usize::MAX);
    let params = Params { leverage: map.columns().values()[17], bots: map.rows().values()[9], ..base };
    let here = Some(Here { params, cell: map.cell(17, 9).unwrap() });
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (600 * FINE as u32, 450 * FINE as u32)).into_drawing_area();
    draw(&area, 13.0, &Theme::light(), &MapScene { map: &map, here, old: false }).unwrap();
    area.present().unwrap();
    drop(area);
    insta::assert_binary_snapshot!("map.svg", svg.into_bytes());
}
