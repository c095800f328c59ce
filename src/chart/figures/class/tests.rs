//! Tests of the picture of a class: its grid, its shape and its texts.

use super::*;
use crate::chart::FINE;
use crate::prediction::VALUES;

fn percent() -> Grid {
    Grid::new(0.0, 100.0, 1.0, "%").unwrap()
}

fn shape(grid: &Grid, guesses: &[u16], (width, height): (i32, i32)) -> Shape {
    let plot = Bounds { left: 0, right: width * FINE, top: 0, bottom: height * FINE };
    let x = Linear::new((0.0, grid.last()), (plot.left, plot.right));
    Shape::new(&ClassScene { grid, guesses, truth: None, revealed: false }, plot, x, 12.0 * f64::from(FINE))
}

#[test]
fn a_grid_counts_its_values_and_formats_them_with_their_unit() {
    assert_eq!((percent().count(), percent().value(37)), (101, 37.0));
    assert_eq!(percent().words(37.06), "37.1%");
    let fine = Grid::new(0.0, 1.0, 0.1, "").unwrap();
    assert_eq!((fine.count(), fine.words(fine.value(3)).as_str()), (11, "0.3"));
    let uneven = Grid::new(-5.0, 6.0, 2.0, "x").unwrap();
    assert_eq!((uneven.count(), uneven.words(uneven.last()).as_str()), (6, "5x"));
    let long = Grid::new(0.0, 60_000.0, 1000.0, "accounts").unwrap();
    assert_eq!((long.words(12_000.0).as_str(), long.mark(12_000.0).as_str()), ("12,000\u{a0}accounts", "12,000"));
    assert_eq!(Grid::new(0.0, 8191.0, 1.0, "s").unwrap().count(), VALUES);
    for (from, to, step) in
        [(0.0, 0.0, 1.0), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0), (0.0, 8192.0, 1.0), (f64::NAN, 1.0, 1.0), (0.0, 1.0, -1.0)]
    {
        assert_eq!(Grid::new(from, to, step, ""), None, "{from} {to} {step}");
    }
}

#[test]
fn every_prediction_is_a_dot_at_its_value_and_dots_do_not_overlap() {
    let guesses: Vec<u16> = (0..30).map(|pupil| pupil * 3).chain([37, 37, 38, 100]).collect();
    for width in [60, 290, 1250] {
        let Shape::Dots { diameter, dots } = shape(&percent(), &guesses, (width, 300)) else { panic!("{width}") };
        let mut expected: Vec<i32> = guesses.iter().map(|guess| i32::from(*guess) * width * FINE / 100).collect();
        expected.sort_unstable();
        assert!(dots.iter().zip(expected).all(|((at, _), expected)| (at - expected).abs() <= 1));
        for (i, (at, row)) in dots.iter().enumerate() {
            let covers = |(other, same): &(i32, usize)| same == row && f64::from((other - at).abs()) < diameter;
            assert!(!dots[..i].iter().any(covers), "{at} in {row} with {diameter}");
        }
    }
}

#[test]
fn bars_replace_dots_that_would_be_too_small_and_count_everyone() {
    let crowd: Vec<u16> = (0..4000).map(|pupil| pupil % 101).collect();
    let Shape::Bars { counts, width } = shape(&percent(), &crowd, (290, 200)) else { panic!("no bars") };
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), 4000);
    assert!(width >= 12.0 * f64::from(FINE));
    assert_eq!(counts[1].0, 5.0, "around the marks of the axis");
    assert!(matches!(shape(&percent(), &[50; 30], (290, 200)), Shape::Dots { .. }), "a class that agrees");
    assert!(matches!(shape(&percent(), &[50; 90], (290, 200)), Shape::Bars { .. }));
}

#[test]
fn the_description_has_count_and_median_and_hides_the_truth_until_shown() {
    let grid = percent();
    let guesses = [10, 20, 30, 38, 40, 40, 50, 90];
    let scene = ClassScene { grid: &grid, guesses: &guesses, truth: Some(37.5), revealed: false };
    let hidden = "Distribution of the predictions of a class, on an axis from 0% to 100%. 8 predictions. \
                  Median: 39%. The middle half lies from 20% to 40%. All lie from 10% to 90%.";
    assert_eq!(words(&scene), format!("{hidden} What happened is not shown yet."));
    let truth = "What happened: 37.5%. Within one step of it (1%): 1 of 8. \
                 Within a tenth of it (from 33.8% to 41.3%): 3 of 8. More than it: 5, less: 3.";
    assert_eq!(words(&ClassScene { revealed: true, ..scene }), format!("{hidden} {truth}"));
    assert_eq!(verdict(&scene), truth);
}

#[test]
fn few_predictions_are_described_without_quartiles() {
    let grid = percent();
    let scene = |guesses| ClassScene { grid: &grid, guesses, truth: None, revealed: false };
    assert!(words(&scene(&[])).ends_with("100%. No predictions yet. What happened is not shown yet."));
    assert!(words(&scene(&[7])).ends_with("1 prediction. Median: 7%. What happened is not shown yet."));
    let three = words(&scene(&[7, 9, 1]));
    assert!(three.contains("Median: 7%. All lie from 1% to 9%.") && !three.contains("half"), "{three}");
    let verdict = |guesses| verdict(&ClassScene { truth: Some(5.0), ..scene(guesses) });
    assert_eq!(verdict(&[]), "What happened: 5%.");
    let nothing = ClassScene { revealed: true, ..scene(&[3]) };
    assert!(words(&nothing).ends_with("Median: 3%. Nothing of that kind comes out."), "{}", words(&nothing));
    // A tenth of 5 is less than a step.
    assert_eq!(verdict(&[4, 5, 9]), "What happened: 5%. Within one step of it (1%): 2 of 3. More than it: 1, less: 1.");
}
