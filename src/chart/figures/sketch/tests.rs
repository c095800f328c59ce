//! Tests of the reader's line: pen, sliders, score and texts.

use super::*;
use crate::chart::FINE;
use crate::describe::change_words;

fn sketch() -> Sketch {
    Sketch::new(&Params { accounts: 1000.0, hours: 1.0, ..Params::default() }, 30.0)
}

#[test]
fn the_pen_draws_straight_lines_and_joins_the_rest() {
    let mut sketch = sketch();
    assert!(sketch.is_empty() && sketch.line().len() == 1);
    sketch.begin((20, 10.0));
    sketch.go_on((40, 20.0));
    sketch.end();
    sketch.go_on((90, 1.0));
    let line = sketch.line();
    assert_eq!(line.len(), 41, "what the pen does not touch is not drawn");
    assert!((line[30] - 15.0).abs() < 1e-12 && line[20] == 10.0);
    let start = line[0];
    assert!((line[10] - f64::midpoint(start, 10.0)).abs() < 1e-12, "it begins at the first sale");
    // Back over the line.
    sketch.begin((35, 5.0));
    sketch.go_on((25, 5.0));
    sketch.end();
    let line = sketch.line();
    assert!(line[25..=35].iter().all(|fall| *fall == 5.0), "{line:?}");
    assert_eq!((line[20], line[40]), (10.0, 20.0));
    assert!(sketch.undo() && sketch.line()[30] == 15.0);
    sketch.clear();
    assert!(sketch.is_empty() && sketch.undo() && !sketch.is_empty());
    assert!(sketch.undo() && sketch.is_empty() && !sketch.undo());
}

#[test]
fn a_slider_moves_the_line_up_to_the_next_slider() {
    let mut sketch = sketch();
    sketch.begin((1, 0.0));
    sketch.go_on((120, 12.0));
    sketch.end();
    let before = sketch.line();
    sketch.set_anchor(3, -20.0);
    sketch.set_anchor(3, -21.0);
    let line = sketch.line();
    assert_eq!((line[45], sketch.anchor(3)), (21.0, Some(-21.0)));
    assert_eq!((line[30], line[60], line[90]), (before[30], before[60], before[90]));
    assert!((line[37] - (before[30] + (21.0 - before[30]) * 7.0 / 15.0)).abs() < 1e-9);
    assert!(sketch.undo());
    assert_eq!(sketch.line(), before, "one drag of a slider is one stroke");
    sketch.clear();
    sketch.set_anchor(1, -8.0);
    assert_eq!((sketch.line().len(), sketch.anchor(2)), (21, None));
    let (mut slowly, mut at_once) = (sketch.clone(), sketch.clone());
    for change in [-1.0, -2.0, -3.0] {
        slowly.set_anchor(6, change);
    }
    at_once.set_anchor(6, -3.0);
    assert_eq!(slowly.line(), at_once.line(), "only the last position of a slider counts");
    sketch.set_anchor(6, -500.0);
    assert_eq!(sketch.anchor(6), Some(sketch.range().1), "no further than the axis");
}

#[test]
fn a_point_on_the_sheet_maps_to_the_line_drawn_there() {
    let sketch = sketch();
    for (width, height) in [(280, 240), (600, 300), (1200, 400)] {
        let (em, size) = (12.0 * f64::from(FINE), (width * FINE, height * FINE));
        let plot = place(em, size, true);
        let (x, y) = sketch.scales(plot);
        for (second, fall) in [(0, 0.0), (33, 7.5), (120, 25.0), (77, -1.0)] {
            let at = (x.px((SHOCK_AT + second) as f64), y.px(fall));
            let (there, deep) = sketch.spot(em, size, at).unwrap();
            assert_eq!(there, second);
            assert!((deep - fall).abs() < 0.1, "{deep} {fall}");
        }
        assert_eq!(sketch.spot(em, size, (plot.left + 2, plot.top + 2)), None, "before the first sale");
        assert_eq!(sketch.spot(em, size, (plot.right + 20, plot.top + 2)), None);
    }
    assert_eq!(sketch.spot(48.0, (4, 4), (2, 2)), None);
    // A pen that is down may leave the plot.
    let mut drawing = sketch.clone();
    drawing.begin((5, 1.0));
    assert_eq!(drawing.spot(48.0, (2400, 1200), (9000, 9000)), Some((LAST, 25.0)));
}

#[test]
fn the_score_is_the_distance_of_the_line_from_the_run() {
    let mut sketch = Sketch::new(&Params::default(), 30.0);
    assert_eq!(Score::of(&sketch), None);
    let blank = verdict(&sketch);
    assert!(blank.contains("falls to −4.8% and stays near it"), "{blank}");
    assert!(blank.contains("With bots of 2\u{a0}s it falls to −17.6%, after 37\u{a0}s."), "{blank}");
    for off in [0.0, 5.0] {
        sketch.clear();
        sketch.begin((1, sketch.hidden.fall(1) + off));
        for second in 2..=LAST {
            sketch.go_on((second, sketch.hidden.fall(second) + off));
        }
        sketch.end();
        let score = Score::of(&sketch).unwrap();
        assert!((score.distance - off).abs() < 1e-9 && (score.too_deep - off).abs() < 1e-9, "{score:?}");
        assert_eq!((score.seconds, score.too_late), (LAST, 0));
        let said = verdict(&sketch);
        let depth = if off == 0.0 { "close in depth, and close in time" } else { "5.0 percentage points too deep" };
        assert!(said.contains(depth), "{said}");
    }
    // Ten points are not printed as "1" and a fraction below a tenth.
    sketch.clear();
    sketch.set_anchor(0, -10.0 - sketch.hidden.low().1);
    assert!(verdict(&sketch).contains("s: 10.0 percentage points too deep"), "{}", verdict(&sketch));
    sketch.clear();
    sketch.set_anchor(0, -18.0);
    let said = verdict(&sketch);
    assert!(said.contains("too early") && said.contains("over the 10\u{a0}s that you drew"), "{said}");
}

#[test]
fn the_description_has_the_line_and_hides_the_run_until_shown() {
    let mut sketch = sketch();
    sketch.set_anchor(0, -3.0);
    let low = change_words(-sketch.hidden.low().1);
    let before = words(&sketch, false);
    assert!(before.contains("−3.0% after 10\u{a0}s") && !before.contains(&low), "{before}");
    assert!(words(&sketch, true).contains(&low));
}
