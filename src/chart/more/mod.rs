//! The views that no first picture needs.

mod account;
pub mod class;
mod crowd;
mod feedback;
mod giant;
mod kept;
pub mod map;
mod pace;
pub mod sketch;
mod staircase;
pub mod tipping;
mod together;

pub use super::extras::Extras;
pub(super) use feedback::History;
pub(super) use kept::shade;
pub(super) use staircase::Picture;

use plotters::prelude::DrawingBackend;

use super::sheet::{Point, Sheet};
use super::timed::second_at;
use super::{DrawError, Scene, Spot, View, ladder, price, reproduction, sales};
use crate::describe;

/// Draws one of [`View::MORE`].
pub(super) fn draw<DB: DrawingBackend>(view: View, sheet: &Sheet<DB>, scene: &Scene) -> Result<(), DrawError<DB>> {
    match view {
        View::Account => account::draw(sheet, scene),
        View::Crowd => crowd::draw(sheet, scene),
        View::Staircase => staircase::draw(sheet, scene),
        View::Feedback => feedback::draw(sheet, scene),
        View::Giant => giant::draw(sheet, scene),
        View::Together => together::draw(sheet, scene),
        View::Pace => pace::draw(sheet, scene),
        View::Ladder => ladder::draw(sheet, scene),
        View::Reproduction => reproduction::draw(sheet, scene),
        View::Price => price::draw(sheet, scene),
        View::Sales => sales::draw(sheet, scene),
        View::Market => Ok(()),
    }
}

/// What a view shows now, in words.
#[must_use]
pub fn words(view: View, scene: &Scene) -> String {
    match view {
        View::Account => account::words(scene),
        View::Crowd => crowd::words(scene),
        View::Staircase => staircase::words(scene),
        View::Feedback => feedback::words(scene),
        View::Giant => giant::words(scene),
        View::Together => together::words(scene),
        View::Pace => pace::words(scene),
        View::Market => super::market::words(scene),
        View::Price => kept::words(scene),
        View::Ladder | View::Sales | View::Reproduction => describe::view(scene.simulator, view),
    }
}

/// What a figure that begins with this view shows of the whole run, in a sentence or two.
#[must_use]
pub fn finding(view: View, scene: &Scene) -> String {
    match view {
        View::Account => account::finding(scene),
        View::Crowd => crowd::finding(scene),
        View::Staircase | View::Feedback => staircase::finding(scene),
        View::Giant => giant::finding(scene),
        View::Together => together::finding(scene),
        View::Pace => pace::finding(scene),
        View::Market | View::Price | View::Ladder | View::Sales | View::Reproduction => {
            describe::headline(scene.simulator)
        }
    }
}

/// What lies at a place of one of [`View::MORE`].
pub(super) fn spot(view: View, em: f64, size: (i32, i32), scene: &Scene, at: Point) -> Option<Spot> {
    match view {
        View::Price | View::Sales | View::Reproduction | View::Giant => {
            second_at(em, size, scene, at).map(Spot::Second)
        }
        View::Ladder => Some(ladder::spot(em, size, scene, at)),
        View::Account => account::spot(em, size, scene, at),
        View::Crowd => crowd::spot(em, size, scene, at),
        View::Staircase => staircase::spot(em, size, scene, at),
        View::Pace => pace::spot(em, size, scene, at),
        _ => None,
    }
}
