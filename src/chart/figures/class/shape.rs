//! Where the predictions of a class stand: a dot each at its very value, or, where there are too many, bars.

use super::scene::ClassScene;
use crate::chart::scale::Linear;
use crate::chart::sheet::Bounds;

/// What predictions are drawn as; sizes in units of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A dot for each.
    Dots {
        /// How far apart the middles of two dots are that touch.
        diameter: f64,
        /// Where the dots are, and on how many rows of others.
        dots: Vec<(i32, usize)>,
    },
    /// A bar for each of some ranges of values.
    Bars {
        /// How far apart bars are.
        width: f64,
        /// The middle value of each range, and how many predictions are in it.
        counts: Vec<(f64, usize)>,
    },
}

/// Diameter of the largest dots, and of the smallest before there are bars, em.
const DOTS: (f64, f64) = (1.2, 0.5);

/// Width of the narrowest bar and of the widest, em.
const BARS: (f64, f64) = (1.2, 5.0);

impl Shape {
    /// As they fit into the plot.
    pub(super) fn new(scene: &ClassScene, plot: Bounds, x: Linear, em: f64) -> Self {
        let mut places: Vec<i32> = scene.guesses.iter().map(|index| x.px(scene.grid.value(*index))).collect();
        places.sort_unstable();
        let (width, height) = (f64::from(plot.right - plot.left) + em, f64::from(plot.bottom - plot.top));
        let mut diameter = DOTS.0 * em;
        while diameter >= DOTS.1 * em {
            if places.len() as f64 * diameter * diameter > 2.0 * width * height {
                diameter *= 0.9;
                continue;
            }
            let dots = stacked(&places, diameter);
            let rows = dots.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
            if rows as f64 * diameter <= height {
                return Self::Dots { diameter, dots };
            }
            diameter *= 0.9;
        }
        Self::bars(scene, plot, em)
    }

    fn bars(scene: &ClassScene, plot: Bounds, em: f64) -> Self {
        let values = usize::from(scene.grid.count());
        let apart = f64::from(plot.right - plot.left).max(1.0) / (values - 1) as f64;
        let per = (0..).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_usize.pow(power)));
        let per = per.take_while(|per| *per < values).find(|per| *per as f64 * apart >= BARS.0 * em).unwrap_or(values);
        // Each around a multiple of its width, which is where the marks of the axis stand.
        let column = |index: usize| (index.min(values - 1) + per / 2) / per;
        let mut counts = vec![0; column(values) + 1];
        for guess in scene.guesses {
            counts[column(usize::from(*guess))] += 1;
        }
        let middle = |column: usize| scene.grid.value((column * per).min(values - 1) as u16);
        let counts = counts.into_iter().enumerate().map(|(column, count)| (middle(column), count)).collect();
        Self::Bars { width: (per as f64 * apart).min(BARS.1 * em), counts }
    }
}

/// Dots of that diameter at these places, from left to right, each in the lowest row in which it covers no other.
fn stacked(places: &[i32], diameter: f64) -> Vec<(i32, usize)> {
    let mut ends: Vec<f64> = Vec::new();
    let row_of = |place: &i32| {
        let row = ends.iter().position(|end| *end <= f64::from(*place)).unwrap_or(ends.len());
        ends.resize(ends.len().max(row + 1), 0.0);
        ends[row] = f64::from(*place) + diameter;
        (*place, row)
    };
    places.iter().map(row_of).collect()
}
