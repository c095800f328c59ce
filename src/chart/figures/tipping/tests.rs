//! Tests of the texts and points of the tipping curve.

use super::*;
use crate::model::studies::tipping_point::DENSITIES;

/// A fall of 5% up to a density of 40%, and of 30% from 41% on; R is 1 from `r_at` on.
fn cliff(r_at: Option<usize>) -> TippingCrowds {
    let falls: Vec<_> = (0..DENSITIES).map(|percent| if percent <= 40 { 5.0 } else { 30.0 }).collect();
    let r: Vec<_> =
        (0..DENSITIES).map(|percent| Some(if r_at.is_some_and(|at| percent >= at) { 1.0 } else { 0.5 })).collect();
    crowds(&falls, &r)
}

/// Ten crowds: these results, and on either side of them four with falls 1 percentage point smaller or greater.
fn crowds(falls: &[f64], r: &[Option<f64>]) -> TippingCrowds {
    let mut crowds = TippingCrowds::default();
    for more in [0.0, 0.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0] {
        crowds.push(Tipping { falls: falls.iter().map(|fall| fall + more).collect(), r: r.to_owned() });
    }
    crowds
}

#[test]
fn a_verdict_has_the_guess_the_result_and_the_distance() {
    let tipping = cliff(Some(45));
    let truth = "In the median of 10 crowds the fall grows most between 40 and 41%, and R passes 1 at 45%.";
    let range = "At 41%, nine crowds of ten fall by 29.0% to 31.0%.";
    assert_eq!(verdict(&tipping, None), format!("{truth} {range}"));
    for (guess, distance) in [
        (10.0, "Your guess is at least 30 percentage points below both."),
        (39.0, "Your guess is at least 1 percentage point below both."),
        (41.0, "Your guess is in that range."),
        (43.0, "Your guess lies between the two."),
        (45.0, "Your guess is where R passes 1."),
        (60.0, "Your guess is at least 15 percentage points above both."),
    ] {
        assert_eq!(verdict(&tipping, Some(guess)), format!("You said {guess}%. {truth} {distance} {range}"));
    }
    let said = verdict(&cliff(None), Some(43.0));
    assert!(said.contains("R never reaches 1. Your guess is 2 percentage points above that."), "{said}");
    let flat = crowds(&[3.0; DENSITIES], &[None; DENSITIES]);
    let said = verdict(&flat, Some(50.0));
    assert_eq!(
        said,
        "You said 50%. In the median of 10 crowds more bots hardly change the fall, and R never reaches 1."
    );
}

#[test]
fn the_description_hides_the_result_until_shown() {
    let tipping = cliff(Some(45));
    let scene = TippingScene { crowds: &tipping, guess: Some(20.0), revealed: false };
    let before = words(&scene);
    assert!(before.contains("from 5.0% without bots to 30.0%") && before.contains("Your guess is 20%."));
    assert!(!before.contains("40") && words(&TippingScene { revealed: true, ..scene }).contains("between 40 and 41"));
}

#[test]
fn a_point_on_the_sheet_maps_to_the_density_drawn_there() {
    let em = 12.0 * f64::from(FINE);
    for width in [280 * FINE, 1200 * FINE] {
        let (left, right) = ((em * LEFT) as i32, width - (em * RIGHT) as i32);
        for percent in [0, 37, 100] {
            let x = left + (right - left) * percent / 100;
            assert_eq!(spot(em, (width, 400), (x, 10)), Some(f64::from(percent)));
        }
        assert_eq!(spot(em, (width, 400), (0, 10)), None);
    }
    assert_eq!(spot(em, (4, 4), (2, 2)), None);
}
