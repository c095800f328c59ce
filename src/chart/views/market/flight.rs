//! Orders on their way to the market, as squares of equal value. Orders of bots start at their limits, the first order
//! outside the picture, and value buyers below.

use plotters::style::{Color, RGBAColor};

use super::Frame;
use crate::chart::derived::orders::{Orders, first_order, scatter, spread, unit};
use crate::chart::sheet::{Bounds, Point, Sheet};
use crate::chart::{DrawError, Scene};

/// Half the side of a square, em.
const HALF: f64 = 0.2;

/// Seconds for which these orders are visible before they trade.
const APPROACH: f64 = 1.2;

pub(super) fn draw(sheet: &Sheet, scene: &Scene, frame: &Frame, reach: &[(f64, i32)]) -> Result<(), DrawError> {
    let price = (frame.strip.right, frame.within(frame.fall));
    outsiders(sheet, scene, frame, price)?;
    if !Orders::any_on_their_way(scene.simulator, scene.now) {
        return Ok(());
    }
    let orders = scene.extras.orders(scene.simulator);
    let colour = sheet.theme.bots.to_rgba();
    for side in 0..2 {
        for (nth, square) in orders.on_their_way(side, scene.now) {
            let (decided, lands) = (f64::from(square.decided), f64::from(square.lands));
            let gone = (frame.now - decided) / (lands - decided);
            let (across, bend) = (scatter(nth), scatter(nth + 7919) - 0.5);
            let from = if square.from.is_nan() {
                // A volatility limit is not a price: its square starts at the far side of the ladder.
                (frame.ladder.right, price.1 + (bend * f64::from(sheet.ems(8.0))) as i32)
            } else {
                let right =
                    reach.iter().find(|(foot, _)| *foot >= square.from).map_or(frame.ladder.left, |(_, right)| *right);
                let left = frame.ladder.left;
                let y = frame.y.px(square.from).clamp(frame.strip.top, frame.strip.bottom);
                (left + (across * f64::from((right - left).max(sheet.ems(0.4)))) as i32, y)
            };
            moving(sheet, from, price, gone, bend, &colour)?;
        }
    }
    Ok(())
}

/// Draws the first order and value buyers.
fn outsiders(sheet: &Sheet, scene: &Scene, frame: &Frame, price: Point) -> Result<(), DrawError> {
    let (rules, series) = (scene.simulator.rules(), &scene.simulator.run().series);
    let unit = unit(rules);
    let last = rules.seconds;
    let first = |second: usize| first_order(scene.simulator, second);
    let bought = |second: usize| series.bought[second.min(last)].max(0.0) / unit;
    let side = if rules.purchase() { 1 } else { -1 };
    let grey = (price.0 - sheet.ems(7.0), (price.1 + side * sheet.ems(6.0)).max(sheet.ems(1.6)));
    approach(sheet, frame, scene.now, grey, price, &sheet.theme.without_bots.to_rgba(), first)?;
    let below = (price.0 - sheet.ems(5.0), price.1 + sheet.ems(6.0));
    approach(sheet, frame, scene.now, below, price, &sheet.theme.buyers.to_rgba(), bought)
}

/// Draws squares on their way to the price, spread evenly over the second in which they trade. `squares` gives their
/// number in a second.
fn approach(
    sheet: &Sheet,
    frame: &Frame,
    now: usize,
    from: Point,
    price: Point,
    colour: &RGBAColor,
    squares: impl Fn(usize) -> f64,
) -> Result<(), DrawError> {
    for (nth, lands) in spread(now, APPROACH, squares) {
        let gone = 1.0 - (lands - frame.now) / APPROACH;
        if (0.0..1.0).contains(&gone) {
            let spread = f64::from(sheet.ems(3.0));
            let aside = |salt: usize| ((scatter(nth + salt) - 0.5) * spread) as i32;
            let from = (from.0 + aside(0), from.1 + aside(17));
            moving(sheet, from, price, gone, 0.0, colour)?;
        }
    }
    Ok(())
}

/// Draws a square after part of its way, slightly off the straight line.
fn moving(sheet: &Sheet, from: Point, to: Point, gone: f64, bend: f64, colour: &RGBAColor) -> Result<(), DrawError> {
    let gone = gone.clamp(0.0, 1.0);
    let eased = gone * gone * (3.0 - 2.0 * gone);
    let between = |from: i32, to: i32| from + (f64::from(to - from) * eased) as i32;
    let arc = (bend * 4.0 * gone * (1.0 - gone) * f64::from(sheet.ems(3.0))) as i32;
    let (x, y, half) = (between(from.0, to.0), between(from.1, to.1) + arc, sheet.ems(HALF));
    sheet.bar(Bounds { left: x - half, right: x + half, top: y - half, bottom: y + half }, colour)
}
