//! On a branch without a jump a slightly larger first order deepens the fall by 1/(1-R) times the difference.

use crate::common::{closed_form, crowd, pure};
use deleverage::Params;
use deleverage::model::Rules;
use deleverage::model::closed_form::{effective_depth, fixed_point, margin_bot_interest};
use deleverage::validation::amplification::{ACCOUNTS, DEPTHS, STEP, crowd as large_crowd, measured};

#[test]
fn the_slopes_of_the_figure_are_1_over_1_minus_r() {
    let mut strongest: f64 = 0.0;
    for depth in DEPTHS {
        let mut crowd = large_crowd(depth);
        let branch = crowd.branch(0.4);
        for percent in 1..=15 {
            let order = f64::from(percent) * 0.01;
            let answer = |order: f64| {
                let i = branch.partition_point(|(at, _)| *at < order);
                1.0 / (1.0 - crowd.reproduction(branch[i].1))
            };
            // The mean response between the two runs, by Simpson's rule.
            let form = (answer(order - STEP) + 4.0 * answer(order) + answer(order + STEP)) / 6.0;
            // The limits between the two runs are a count, whose deviation is amplified once more.
            let r = 1.0 - 1.0 / form;
            let one_account = crowd.rules.open_interest / ACCOUNTS / crowd.rules.depth;
            let deviation = form * (r * form * one_account / (2.0 * STEP)).sqrt();
            let slope = measured(&mut crowd, order);
            assert!((slope - form).abs() < 4.0 * deviation, "{depth}, {percent}%: {slope}, not {form} +- {deviation}");
            strongest = strongest.max(slope);
        }
    }
    assert!(strongest > 4.0, "strong amplification in the figure");
}

#[test]
fn on_the_branch_amplification_is_1_over_1_minus_r() {
    // R stays below 1, so that the whole branch can be followed.
    for query in ["leverage=10&depth=8", "leverage=7&depth=4", "leverage=10&depth=6&close-fraction=50&maintenance=3"] {
        let p = pure(&format!("{query}&accounts=300000"));
        let mut crowd = crowd(&p);
        let (density, form) = closed_form(&p, &mut crowd);
        assert!(form.r_max.unwrap() < 0.95 && form.critical_shock.is_none());
        let per_share = margin_bot_interest(&Rules::from(&p)) / effective_depth(&Rules::from(&p));
        let mut strongest: f64 = 0.0;
        for shock in [2.0, 4.0, 6.0, 8.0, 12.0] {
            let mut rules = Rules::from(&Params { shock, ..p });
            let stops = fixed_point(&rules, &mut crowd);
            let at = stops / density.spacing;
            let (i, part) = (at as usize, at.fract());
            let r = per_share * (density.density[i] * (1.0 - part) + density.density[i + 1] * part);
            let answer = 1.0 / (1.0 - r);
            strongest = strongest.max(answer);
            let (x0, h) = (rules.shock, 0.002);
            rules.shock = x0 + h;
            let above = fixed_point(&rules, &mut crowd);
            rules.shock = x0 - h;
            let measured = (above - fixed_point(&rules, &mut crowd)) / (2.0 * h);
            assert!((measured / answer - 1.0).abs() < 0.03, "{query}, {shock}%: {measured}, not {answer}");
        }
        assert!(strongest > 1.5);
    }
}
