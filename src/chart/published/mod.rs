//! The published figures of a historic day beside its run. A filled diamond is a figure to which the run was fitted, an
//! open circle one to which it was not. Both have a label; what the run makes of them is the curve.

mod drawing;
pub(super) mod markers;

pub(super) use drawing::{draw, key};
pub(super) use markers::{of_sales, of_the_price, words};
