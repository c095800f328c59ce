//! The loop from price to forced sales and back, as a ring of flows. Its width at each part shows the flow of the last
//! seconds there.

mod arrows;
mod figure;
mod gauge;
mod layout;
mod ring;
mod travel;
mod units;

use plotters::style::RGBColor;

use crate::chart::derived::loop_flows::{Now, as_orders};
use crate::chart::sheet::{Anchor, Sheet};
use crate::chart::time_axis::title;
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene};
use crate::describe::since_words;
use crate::language::tr;
use crate::say;
use crate::units::{digits, percent_of};
use arrows::{Aside, on};
use figure::Figure;
use layout::{LINE, Layout, Station};
use units::Units;

/// The view `loop` of the table.
pub(super) struct FeedbackLoop;

impl Drawing for FeedbackLoop {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let name =
            if sheet.narrow() { tr("The loop, last 10 s") } else { tr("The feedback loop, in the last 10 s of trade") };
        title(sheet, sheet.ems(0.2), name)?;
        let Some(layout) = Layout::new(sheet.em, sheet.size()) else { return gauge::alone(sheet, scene) };
        let history = scene.extras.feedback(scene.simulator);
        let units = Units::new(scene.simulator, history);
        let now = history.at(scene.simulator, scene.now);
        let halted = scene.simulator.run().series.halted[scene.now] == 1;
        let figure = Figure { sheet, scene, layout, units, now, halted, widest: history.widest };
        figure.flows()?;
        figure.travellers()?;
        figure.key(sheet.width(name, true))?;
        figure.stations()?;
        figure.asides()?;
        figure.gauge()
    }

    fn describe(&self, scene: &Scene) -> String {
        let history = scene.extras.feedback(scene.simulator);
        let units = Units::new(scene.simulator, history);
        let series = &scene.simulator.run().series;
        let when = since_words(scene.now, scene.simulator.rules().purchase());
        if series.halted[scene.now] == 1 {
            return say!("The feedback loop, {when}: trading is halted, orders wait.", when);
        }
        let Now { flow, moved, driven, .. } = history.at(scene.simulator, scene.now);
        if flow.calm {
            return say!("The feedback loop, {when}: nothing flows.", when);
        }
        let r = match series.reproduction[scene.now] {
            r if r.is_nan() => String::new(),
            r if r >= 1.0 => format!(" {}", say!("R is {r}: the loop feeds itself.", r = digits(r, 2))),
            r => format!(" {}", say!("R is {r}: the loop runs down.", r = digits(r, 2))),
        };
        let [moved, driven] = [moved, driven].map(|moved| units.change(moved));
        let [triggered, forced, first] =
            [flow.triggered, flow.traded() - flow.first, flow.first].map(|billions| units.money(billions));
        let flows = if units.buys {
            say!(
                "The feedback loop over 10 s, {when}: the price moves {moved}, bots pass limits at which they must buy \
             {triggered}; forced purchases of {forced} and the first purchase of {first} push the price {driven}.",
                when,
                moved,
                triggered,
                forced,
                first,
                driven
            )
        } else {
            say!(
                "The feedback loop over 10 s, {when}: the price moves {moved}, bots pass limits at which they must sell \
             {triggered}; forced sales of {forced} and the first sale of {first} push the price {driven}.",
                when,
                moved,
                triggered,
                forced,
                first,
                driven
            )
        };
        flows + &r
    }
}

impl Figure<'_, '_> {
    /// Draws the four quarters of the loop. A move of the price is as wide as the orders that would cause it in a calm
    /// book.
    fn flows(&self) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        let Now { flow, moved, driven, .. } = self.now;
        let depth = self.scene.simulator.rules().depth;
        // Pale, because the orders that travel on them are the picture.
        let pale = |colour| on(theme.paper, colour, 0.22);
        let ink = pale(theme.ink);
        let quarters: [&[(f64, RGBColor)]; 4] = [
            &[(as_orders(depth, moved), ink)],
            &[(flow.triggered, pale(theme.bots))],
            &[
                (flow.first, pale(theme.quiet)),
                (flow.people, pale(theme.people)),
                (flow.bots + flow.funds, pale(theme.bots)),
            ],
            &[(as_orders(depth, driven), ink)],
        ];
        for (i, layers) in quarters.iter().enumerate() {
            let from = self.layout.stations[i].along;
            let to = match self.layout.stations.get(i + 1) {
                Some(next) => next.along,
                None => self.layout.ring.length() + self.layout.stations[0].along,
            };
            self.quarter(from, to, layers)?;
        }
        Ok(())
    }

    /// The names of the stations and the flows there.
    fn stations(&self) -> Result<(), DrawError> {
        let theme = self.sheet.theme;
        let Now { flow, moved, driven, .. } = self.now;
        let units = &self.units;
        let triggered = units.money(flow.triggered);
        let triggered = if self.scene.simulator.rules().targeters > 0.0 {
            say!("bots, funds {amount}", amount = triggered)
        } else {
            say!("bots {amount}", amount = triggered)
        };
        let price = match moved {
            // The number is shown beside it.
            _ if self.still() || self.layout.stations[0].lines == 1 => tr("The price"),
            _ if (moved > 0.0) == units.rises => tr("The price rises"),
            _ => tr("The price falls"),
        };
        let orders =
            if units.buys { [tr("purchases"), tr("forced purchases")] } else { [tr("sales"), tr("forced sales")] };
        let names = match self.layout.stations[1].lines {
            1 => [tr("price"), tr("limits"), orders[0], tr("impact")],
            _ => [price, tr("limits are passed"), orders[1], tr("push the price")],
        };
        let numbers = [units.change(moved), triggered, units.money(flow.traded() - flow.first), units.change(driven)];
        let colours = [theme.ink, theme.bots_words, theme.bots_words, theme.ink];
        for (i, station) in self.layout.stations.iter().enumerate() {
            self.station(station, names[i], &numbers[i], colours[i])?;
        }
        Ok(())
    }

    fn station(&self, station: &Station, name: &str, number: &str, colour: RGBColor) -> Result<(), DrawError> {
        let Station { words: (x, y), anchor, lines, .. } = *station;
        let sheet = self.sheet;
        sheet.bold(name, (x, y), anchor, colour)?;
        let beside = x + sheet.width(name, true) + sheet.ems(0.5);
        let at = if lines == 1 { (beside, y) } else { (x, y + sheet.ems(LINE)) };
        if self.halted { Ok(()) } else { sheet.words(number, at, anchor, colour) }
    }

    /// Draws inflows and outflows.
    fn asides(&self) -> Result<(), DrawError> {
        if !self.layout.roomy || self.halted {
            return Ok(());
        }
        let theme = self.sheet.theme;
        let rules = self.scene.simulator.rules();
        let Now { flow, people, refilled, .. } = self.now;
        let units = &self.units;
        let first = if units.rises { tr("first purchase") } else { tr("first sale") };
        let trade = if flow.bought < 0.0 { tr("buyers sell") } else { tr("buyers take") };
        let money = |billions: f64| (billions, units.money(billions));
        let fades = rules.permanent < 1.0;
        let asides = [
            (rules.bots < 1.0, tr("people think:"), money(people), false, theme.people, theme.people_words),
            (rules.shock > 0.0, first, money(flow.first), true, theme.quiet, theme.ink),
            (fades && rules.buyers > 0.0, trade, money(flow.bought.abs()), flow.bought < 0.0, theme.quiet, theme.quiet),
            (
                fades,
                tr("book refills"),
                (as_orders(rules.depth, refilled), units.change(-refilled)),
                false,
                theme.quiet,
                theme.quiet,
            ),
        ];
        for (at, (there, name, (billions, number), enters, colour, letters)) in self.layout.asides.iter().zip(asides) {
            if there {
                let words = [name.to_owned(), number];
                self.aside(at, &Aside { words, billions, enters, colour, letters })?;
            }
        }
        let Some(at) = self.layout.depth.filter(|_| rules.thinning > 0.0) else { return Ok(()) };
        let depth = 100.0 * self.scene.simulator.run().series.depth[self.scene.now];
        let words = say!("book at {percent} of calm", percent = percent_of(&digits(depth, 0)));
        self.sheet.words(&words, at, Anchor::Right, theme.quiet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Extras;
    use crate::chart::Span;
    use crate::decimal::fixed;
    use crate::model::Simulator;
    use crate::query;

    fn at(text: &str, now: usize) -> String {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        let extras = Extras::default();
        FeedbackLoop.describe(&Scene::new(&simulator, &extras, Span::Whole, now))
    }

    #[test]
    fn the_description_has_the_current_flows() {
        assert_eq!(at("", 290), "The feedback loop, 10\u{a0}s before the first sale: nothing flows.");
        let simulator = Simulator::new(&query::parse("scenario=release-1").unwrap());
        let series = &simulator.run().series;
        let lots = |lots: &[u64]| lots[303..=312].iter().sum::<u64>() as f64 * simulator.rules().lot;
        let text = at("scenario=release-1", 312);
        for part in [
            format!("must sell ${}bn", fixed(lots(&series.triggered), 1)),
            format!("forced sales of ${}bn", fixed(lots(&series.bots_sold) + lots(&series.people_sold), 1)),
            format!("first sale of ${}bn", fixed(lots(&series.shock_sold), 1)),
            format!("R is {}: the loop runs down.", fixed(series.reproduction[312], 2)),
        ] {
            assert!(text.contains(&part), "{part}: {text}");
        }
        assert!(at("", 322).contains("the loop feeds itself."));
        assert!(at("scenario=release-1&bots=50&breaker-fall=3", 330).ends_with("trading is halted, orders wait."));
        assert!(at("scenario=release-1&shorts=50&first-order=purchase&leverage=20", 312).contains("must buy"));
        assert!(!at("impact=square-root", 312).contains("R is"));
    }
}
