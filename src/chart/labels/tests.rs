use super::*;

const PLOT: Bounds = Bounds { left: 0, right: 1000, top: 0, bottom: 400 };

/// Labels in the plot, off these lines.
fn labels<'a>(lines: &[&'a [Point]]) -> Labels<'a> {
    let mut labels = Labels::new(PLOT, 20);
    for (name, line) in lines.iter().enumerate() {
        labels.avoid(name, [*line]);
    }
    labels
}

/// A place beside a line.
fn beside(labels: &mut Labels, name: usize, sizes: &[(i32, i32)]) -> Option<(usize, Bounds)> {
    let places: Vec<_> = sizes.iter().map(|size| labels.beside(name, *size)).collect();
    labels.first(Some(name), Over::Lines, places)
}

fn square(left: i32, top: i32) -> Bounds {
    Bounds { left, right: left + 100, top, bottom: top + 100 }
}

#[test]
fn labels_stand_at_their_line_and_cross_neither_another_nor_other_labels() {
    let flat = [(0, 100), (1000, 100)];
    let low = [(0, 140), (500, 140), (510, 390), (1000, 390)];
    let mut labels = labels(&[&flat, &low]);
    let (_, first) = beside(&mut labels, 0, &[(300, 30)]).unwrap();
    assert!(first.right > 990 && (first.bottom < 100 || first.top > 100));
    let (_, second) = beside(&mut labels, 1, &[(300, 30)]).unwrap();
    assert!(second.bottom < 390 && second.bottom > 370 && !meet(first, second), "{second:?}");
    let (_, third) = beside(&mut labels, 0, &[(300, 30)]).unwrap();
    assert!(!meet(third, first) && !meet(third, second), "{third:?}");
    assert_eq!(labels.first(None, Over::Lines, [[(0, third)]]), None);
    let free = Bounds { left: 900, right: 990, top: 200, bottom: 230 };
    assert_eq!(labels.first(None, Over::Nothing, [[(0, third), (900, free)]]), Some((0, free)));
}

#[test]
fn the_longest_text_that_crosses_nothing_is_chosen() {
    let bowl = [(0, 20), (300, 20), (310, 390), (690, 390), (700, 20), (1000, 20)];
    let lid = [(0, 2), (1000, 2)];
    let mut labels = labels(&[&lid, &bowl]);
    let (chosen, place) = beside(&mut labels, 0, &[(600, 30), (340, 30), (100, 30)]).unwrap();
    assert_eq!(chosen, 1);
    assert!(place.left > 300 && place.right < 700, "{place:?}");
}

#[test]
fn where_there_is_no_room_there_are_no_labels() {
    let flat = [(0, 100), (1000, 100)];
    let mut labels = labels(&[&flat, &flat[..0]]);
    assert_eq!(beside(&mut labels, 0, &[(1001, 30)]), None);
    assert_eq!(beside(&mut labels, 0, &[(300, 401)]), None);
    assert_eq!(beside(&mut labels, 1, &[(300, 30)]), None);
    // A label over the whole plot leaves no room for others.
    assert!(beside(&mut labels, 0, &[(980, 290)]).is_some());
    assert_eq!(beside(&mut labels, 0, &[(980, 290)]), None);
}

#[test]
fn a_label_is_drawn_over_as_little_as_possible_and_no_more_than_it_may() {
    let line = [(0, 250), (1000, 250)];
    let mut labels = labels(&[&line]);
    labels.take(square(0, 0));
    let places = [(0, square(50, 50)), (300, square(0, 200)), (0, square(950, 0))];
    assert_eq!(labels.first(None, Over::Nothing, [places]), None);
    assert_eq!(labels.first(None, Over::Lines, [places]), Some((0, square(0, 200))));
    // Now every place inside is taken; outside the frame there is none.
    assert_eq!(labels.first(None, Over::Lines, [places]), None);
    assert_eq!(labels.first(None, Over::Anything, [places]), Some((0, square(50, 50))));
    assert_eq!(labels.first(None, Over::Anything, [[(0, square(950, 0))]]), None);
    // Its own line is no obstacle; close to a different one is worse than a little farther away.
    let at = [(0, square(300, 200)), (300, square(500, 100)), (200, square(700, 145))];
    assert_eq!(labels.first(Some(0), Over::Nothing, [at]), Some((0, square(300, 200))));
    assert_eq!(labels.first(None, Over::Nothing, [&at[1..]].map(|at| at.iter().copied())), Some((0, square(500, 100))));
}

#[test]
fn a_line_crosses_a_rectangle_that_it_cuts_or_touches() {
    let b = square(100, 100);
    for (line, told) in [
        ([(0, 0), (300, 300)], true),
        ([(0, 150), (300, 150)], true),
        ([(150, 120), (150, 120)], true),
        ([(0, 200), (100, 200)], true),
        ([(0, 180), (120, 301)], false),
        ([(0, 150), (99, 150)], false),
        ([(190, 0), (320, 130)], false),
    ] {
        assert_eq!(crosses(&line, b), told, "{line:?}");
    }
}
