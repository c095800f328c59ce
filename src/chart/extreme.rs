//! The lowest or the highest price of a curve, and its label.

use crate::describe::change_words;
use crate::model::results::summary::{percent, rise_percent};
use crate::say;

/// The lowest (or, if `up`, the highest) of some log prices, as a change in percent.
pub(in crate::chart) fn extreme(price: &[f64], up: bool) -> f64 {
    let farther = |far: f64, price: &f64| if up { far.max(*price) } else { far.min(*price) };
    let extreme = price.iter().fold(0.0, farther);
    if up { rise_percent(extreme) } else { -percent(-extreme) }
}

/// `lowest −18.1%`, or the highest.
pub(in crate::chart) fn extreme_words(change: f64, up: bool) -> String {
    if up {
        say!("highest {change}", change = change_words(change))
    } else {
        say!("lowest {change}", change = change_words(change))
    }
}
