//! The shape of the predictions of a class: a dot at each exact value or, if there are too many, bars.

use super::scene::ClassScene;
use crate::chart::scale::Linear;
use crate::chart::sheet::Bounds;

/// Dots or bars; sizes in units of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A dot for each prediction.
    Dots {
        /// Distance between the middles of two dots that touch.
        diameter: f64,
        /// The position of each dot, and its row.
        dots: Vec<(i32, usize)>,
    },
    /// A bar for each of some ranges of values.
    Bars {
        /// Distance between bars.
        width: f64,
        /// The middle value of each range, and its number of predictions.
        counts: Vec<(f64, usize)>,
    },
}

/// Diameter of the largest and of the smallest dots, em. Below that, bars are used.
const DOTS: (f64, f64) = (1.2, 0.5);

/// Width of the narrowest and of the widest bar, em.
const BARS: (f64, f64) = (1.2, 5.0);

impl Shape {
    /// The shape that fits into the plot.
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
        // Each bar is centred on a multiple of its width, like the marks of the axis.
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

/// Dots of that diameter at these places, from left to right, each in the lowest row in which it overlaps no other.
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
