//! The drawings of predictions equal the accepted pictures in `snapshots/`. Open them in a browser before accepting a
//! change (`INSTA_UPDATE=always cargo test --test drawings predictions`).

use deleverage::chart::figures::class::{self, ClassScene, Grid};
use deleverage::chart::figures::sketch::{self, ANCHORS, Sketch};
use deleverage::chart::figures::tipping::{self, TippingScene};
use deleverage::chart::{FINE, Theme};
use deleverage::model::TippingCrowds;
use deleverage::{Params, query};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::IntoDrawingArea;
use plotters_svg::SVGBackend;

fn svg(width: u32, height: u32, paint: impl FnOnce(&DrawingArea<SVGBackend, Shift>)) -> Vec<u8> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (width * FINE as u32, height * FINE as u32)).into_drawing_area();
    paint(&area);
    area.present().unwrap();
    drop(area);
    svg.into_bytes()
}

/// A line as a reader might draw it, deeper than the actual fall.
fn drawn(params: &Params) -> Sketch {
    let mut sketch = Sketch::new(params, 30.0);
    for (index, change) in [-2.0, -6.0, -10.0, -12.0, -9.0, -8.0, -6.0].into_iter().enumerate() {
        sketch.set_anchor(index, change);
    }
    sketch
}

#[test]
fn a_drawn_path_beside_the_actual_one() {
    let sketch = drawn(&Params::default());
    let picture = svg(700, 300, |area| sketch::draw(area, 13.0, &Theme::light(), &sketch, true).unwrap());
    insta::assert_binary_snapshot!("sketch.svg", picture);
}

#[test]
fn a_guess_beside_the_tipping_point() {
    let crowds = TippingCrowds::run(&Params::default(), 100);
    let scene = TippingScene { crowds: &crowds, guess: Some(60.0), revealed: true };
    let picture = svg(320, 290, |area| tipping::draw(area, 12.0, &Theme::dark(), &scene).unwrap());
    insta::assert_binary_snapshot!("tipping.svg", picture);
    // In the market of the article, the edge is so far to the right that the label of the end is short.
    let crowds = TippingCrowds::run(&Params { leverage: 8.0, ..Params::default() }, 100);
    let scene = TippingScene { crowds: &crowds, guess: Some(60.0), revealed: true };
    let picture = svg(720, 320, |area| tipping::draw(area, 14.0, &Theme::light(), &scene).unwrap());
    insta::assert_binary_snapshot!("tipping-wide.svg", picture);
}

/// Thirty pupils, most of whom expect the crash to begin later than it does.
const CLASS: [u16; 30] = [
    10, 20, 25, 30, 30, 33, 35, 38, 40, 40, 40, 45, 45, 50, 50, 50, 50, 50, 50, 55, 60, 60, 60, 65, 70, 70, 75, 80, 80,
    95,
];

#[test]
fn a_class_beside_the_result() {
    let grid = Grid::new(0.0, 100.0, 1.0, "%").unwrap();
    let scene = ClassScene { grid: &grid, guesses: &CLASS, truth: Some(37.0), revealed: true };
    let picture = svg(900, 320, |area| class::draw(area, 14.0, &Theme::light(), &scene).unwrap());
    insta::assert_binary_snapshot!("class.svg", picture);
    let picture = svg(320, 260, |area| class::draw(area, 12.0, &Theme::dark(), &scene).unwrap());
    insta::assert_binary_snapshot!("class-narrow.svg", picture);
}

#[test]
fn a_lecture_hall_before_the_result() {
    let grid = Grid::new(0.0, 100.0, 5.0, "%").unwrap();
    let hall: Vec<u16> = (0..12).flat_map(|_| CLASS).map(|percent| percent / 5).collect();
    let scene = ClassScene { grid: &grid, guesses: &hall, truth: Some(37.0), revealed: false };
    let picture = svg(700, 300, |area| class::draw(area, 13.0, &Theme::light(), &scene).unwrap());
    insta::assert_binary_snapshot!("hall.svg", picture);
}

#[test]
fn a_class_draws_at_every_size_and_on_every_axis() {
    for (from, to, step, unit) in
        [(0.0, 100.0, 1.0, "%"), (0.0, 1.0, 1.0, ""), (-3.0, 7.0, 0.25, "x"), (0.0, 8191.0, 1.0, "seconds of the hour")]
    {
        let grid = Grid::new(from, to, step, unit).unwrap();
        let last = grid.count() - 1;
        for guesses in [vec![], vec![last], vec![0; 500], (0..=last).collect()] {
            for truth in [None, Some(from), Some(0.4), Some(-1e6), Some(1e6)] {
                let scene = ClassScene { grid: &grid, guesses: &guesses, truth, revealed: true };
                for (width, height) in [(1, 1), (40, 30), (320, 260), (1280, 400)] {
                    let picture = svg(width, height, |area| {
                        class::draw(area, 14.0, &Theme::light(), &scene).unwrap();
                    });
                    let drawn = String::from_utf8(picture).unwrap();
                    assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{unit} {truth:?}: {drawn}");
                }
                assert!(!class::words(&scene).contains("NaN"));
            }
        }
    }
}

#[test]
fn predictions_draw_at_every_size_and_for_every_market() {
    for text in [
        "accounts=500&hours=1",
        "leverage=50&bots=100&depth=0.05&hours=1&accounts=500",
        "shock=0&bots=0&calm-volatility=0&accounts=100&hours=1",
        "shorts=100&first-order=purchase&depth=0.05&accounts=100&hours=1",
    ] {
        let params = query::parse(text).unwrap();
        let (tipping, blank, full) = (TippingCrowds::run(&params, 3), Sketch::new(&params, 30.0), drawn(&params));
        for (width, height) in [(1, 1), (40, 30), (280, 240), (900, 300)] {
            for revealed in [false, true] {
                let mut pictures = Vec::new();
                for guess in [None, Some(0.0), Some(33.0), Some(100.0)] {
                    let scene = TippingScene { crowds: &tipping, guess, revealed };
                    pictures.push(svg(width, height, |area| {
                        tipping::draw(area, 14.0, &Theme::light(), &scene).unwrap();
                    }));
                }
                for sketch in [&blank, &full] {
                    pictures.push(svg(width, height, |area| {
                        sketch::draw(area, 14.0, &Theme::dark(), sketch, revealed).unwrap();
                    }));
                }
                for picture in pictures {
                    let drawn = String::from_utf8(picture).unwrap();
                    assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{text}: {drawn}");
                }
            }
        }
        assert_eq!(full.anchor(ANCHORS.len() - 1).map(|change| change <= 0.0), Some(true));
        assert!(!sketch::verdict(&full).contains("NaN"), "{text}: {}", sketch::verdict(&full));
    }
}
