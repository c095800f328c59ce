//! Orders that travel around the loop, as squares of equal value. An order leaves the limits when the price passes its
//! own, and reaches the sales shortly before it trades. From there its push on the price travels on and arrives at the
//! limits in the second of the trade, where the next orders leave. A growing loop sends off more than arrives.

use plotters::style::RGBColor;

use super::arrows::on;
use super::figure::Figure;
use crate::chart::DrawError;
use crate::chart::derived::orders::{Orders, first_order, scatter, spread, unit};
use crate::chart::sheet::{Anchor, Bounds, Point};
use crate::say;
use crate::units::dollars;

/// Half the side of a square, em.
const HALF: f64 = 0.2;

/// Half the least width of the lane in which squares travel, em.
const LANE: f64 = 0.7;

/// The longest time for which a push on the price is visible, s, and its greatest share of the order's time.
const PUSH: (f64, f64) = (0.8, 0.5);

/// Orders of one second leave and arrive one after the other over this time, s, and over at most this share of their own.
const SPREAD: (f64, f64) = (0.9, 0.4);

/// Seconds for which an order from outside is visible before its push arrives at the limits.
const APPROACH: f64 = 1.6;

/// Distance from the ring at which it appears inside, em.
const INNER: f64 = 1.7;

impl Figure<'_, '_> {
    /// Draws all orders and pushes that are on their way.
    pub(super) fn travellers(&self) -> Result<(), DrawError> {
        self.first_sale()?;
        let (scene, theme) = (self.scene, self.sheet.theme);
        if !Orders::any_on_their_way(scene.simulator, scene.now) {
            return Ok(());
        }
        let orders = scene.extras.orders(scene.simulator);
        for side in 0..2 {
            for (nth, square) in orders.on_their_way(side, scene.now) {
                let (decided, lands) = (f64::from(square.decided), f64::from(square.lands));
                let whole = lands - decided;
                let (leaves, early) = (scatter(nth), scatter(nth + 104_729));
                let spread = SPREAD.0.min(SPREAD.1 * whole);
                let gone = self.time() - decided - leaves * spread;
                let arrives = whole - (leaves + early) * spread;
                let push = PUSH.0.min(PUSH.1 * arrives);
                if (0.0..arrives - push).contains(&gone) {
                    self.square(self.leg(1, 2, gone / (arrives - push)), nth, theme.bots)?;
                } else if gone >= 0.0 && gone < arrives {
                    self.pushes((gone - arrives + push) / push, nth)?;
                }
            }
        }
        Ok(())
    }

    /// The first order, which comes from outside: it enters at the sales, and its push travels on.
    fn first_sale(&self) -> Result<(), DrawError> {
        let (scene, em) = (self.scene, self.sheet.em);
        let entry = &self.layout.asides[1];
        for (nth, lands) in spread(scene.now, APPROACH, |second| first_order(scene.simulator, second)) {
            let gone = 1.0 - (lands - self.time()) / APPROACH;
            if (0.0..0.5).contains(&gone) {
                // Where the names of stations stand outside the ring, it enters from within.
                let stacked = self.layout.is_stacked();
                let far = if stacked { -INNER } else { self.layout.stub[1] };
                let (x, y) = self.layout.ring.at(entry.along).off(far * (1.0 - gone / 0.5) * em);
                let aside = ((scatter(nth) - 0.5) * 2.0 * LANE * em) as i32;
                let place = if stacked { (x, y + aside) } else { (x + aside, y) };
                self.at(place, self.sheet.theme.without_bots)?;
            } else if (0.5..1.0).contains(&gone) {
                self.pushes((gone - 0.5) / 0.5, nth)?;
            }
        }
        Ok(())
    }

    /// The value of a square, in the upper corner, if there is room for it beside a title of that width.
    pub(super) fn key(&self, title: i32) -> Result<(), DrawError> {
        let sheet = self.sheet;
        let words = say!("one square: {amount}", amount = dollars(unit(self.scene.simulator.rules())));
        let right = sheet.size().0 - sheet.ems(1.2);
        if right - sheet.width(&words, false) < title + sheet.ems(2.5) {
            return Ok(());
        }
        sheet.words(&words, (right, sheet.ems(0.95)), Anchor::Right, sheet.theme.quiet)
    }

    /// The second of the picture, with its elapsed part.
    fn time(&self) -> f64 {
        self.scene.now as f64 + self.scene.part
    }

    /// A push on the price after a part of its way from the sales to the limits.
    fn pushes(&self, part: f64, nth: usize) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        self.square(self.leg(2, 5, part), nth, on(theme.paper, theme.ink, 0.85))
    }

    /// The distance along the ring after a part of the way between two stations, counted on after a whole round.
    fn leg(&self, from: usize, to: usize, part: f64) -> f64 {
        let along = |nth: usize| {
            let stations = &self.layout.stations;
            stations[nth % stations.len()].along + self.layout.ring.length() * (nth / stations.len()) as f64
        };
        along(from) + (along(to) - along(from)) * part
    }

    /// Draws a square at a distance along the ring, in its own part of the lane.
    fn square(&self, along: f64, nth: usize, colour: RGBColor) -> Result<(), DrawError> {
        let lane = (scatter(nth + 7919) - 0.5) * self.sheet.em * (self.track() - 2.0 * HALF).max(2.0 * LANE);
        self.at(self.layout.ring.at(along).off(lane), colour)
    }

    fn at(&self, (x, y): Point, colour: RGBColor) -> Result<(), DrawError> {
        let half = self.sheet.ems(HALF);
        let square = Bounds { left: x - half, right: x + half, top: y - half, bottom: y + half };
        self.sheet.bar(square, &colour.into())
    }
}
