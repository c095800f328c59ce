//! The strokes and labels of one account's equity.

use plotters::style::Color;

use super::state::{Account, Now, now};
use super::words::{dollars, leverage_words, mark_words};
use crate::chart::axes::value_marks;
use crate::chart::scale::Linear;
use crate::chart::sheet::{Anchor, Bounds, Point, Sheet};
use crate::chart::time_axis::{place, title};
use crate::chart::{DrawError, Scene};
use crate::describe::change_words;
use crate::language::tr;
use crate::say;
use crate::units::{figure, percent_of};

/// The end of the axis of the fall, percent. It is constant, so that the line visibly turns when leverage is dragged.
/// The limit of every account with a leverage of 2 or more lies before it.
const DEEPEST: f64 = 50.0;

/// Top of the equity axis, $ of 100. The axis also shows some of the debt left when all equity is gone.
const MOST: f64 = 105.0;
const LEAST: f64 = -22.0;

/// The scales of a sheet of that size: falls in percent to the right, $ of 100 upwards.
pub(super) fn scales(plot: Bounds) -> (Linear, Linear) {
    (Linear::new((0.0, DEEPEST), (plot.left, plot.right)), Linear::new((LEAST, MOST), (plot.bottom, plot.top)))
}

/// An account on its sheet.
pub(super) struct Figure<'a, 'b> {
    pub(super) sheet: &'a Sheet<'b>,
    pub(super) account: Account,
    pub(super) plot: Bounds,
    pub(super) x: Linear,
    pub(super) y: Linear,
}

impl<'a, 'b> Figure<'a, 'b> {
    pub(super) fn new(sheet: &'a Sheet<'b>, scene: &Scene) -> Self {
        let plot = place(sheet.em, sheet.size(), true);
        let (x, y) = scales(plot);
        Self { sheet, account: Account::of(&scene.simulator.summary().params), plot, x, y }
    }
}

impl Figure<'_, '_> {
    /// The point of the account after a fall.
    fn point(&self, fall: f64) -> Point {
        (self.x.px(fall), self.y.px(self.account.left(fall)))
    }

    pub(super) fn axes(&self) -> Result<(), DrawError> {
        let Self { sheet, plot, .. } = self;
        let leverage = leverage_words(self.account.leverage);
        let name = if sheet.narrow() {
            say!("Left of $100 at leverage {leverage}", leverage)
        } else {
            say!("Equity left of each $100 as the price falls, at leverage {leverage}", leverage)
        };
        title(sheet, sheet.ems(0.2), &name)?;
        let marks = [0.0, 50.0, 100.0].map(|left| (self.y.px(left), say!("${amount}", amount = dollars(left))));
        value_marks(sheet, *plot, &marks)?;
        let zero = marks[0].0;
        sheet.rule((plot.left, zero), (plot.right, zero), &sheet.theme.ink.to_rgba(), 0.09)?;
        let marks: &[f64] =
            if sheet.narrow() { &[0.0, 25.0, DEEPEST] } else { &[0.0, 10.0, 20.0, 30.0, 40.0, DEEPEST] };
        for fall in marks.iter().copied() {
            let x = self.x.px(fall);
            sheet.rule((x, plot.bottom), (x, plot.bottom + sheet.ems(0.3)), &sheet.theme.quiet.to_rgba(), 0.07)?;
            let words =
                if fall == 0.0 { "0".into() } else { say!("−{percent}", percent = percent_of(&figure(fall))) };
            let within = x.min(sheet.size().0 - sheet.ems(1.5));
            sheet.words(&words, (within, plot.bottom + sheet.ems(0.45)), Anchor::Top, sheet.theme.quiet)?;
        }
        Ok(())
    }

    /// The line: solid up to the margin limit, then the equity that would be left without selling.
    pub(super) fn line(&self) -> Result<(), DrawError> {
        let Self { sheet, account, plot, .. } = self;
        let theme = sheet.theme;
        let debt = account.limit.is_some();
        if debt && !sheet.narrow() {
            let without = Account { leverage: 1.0, limit: None };
            let end = (self.x.px(DEEPEST), self.y.px(without.left(DEEPEST)));
            sheet.line(vec![self.point(0.0), end], &theme.without_bots.to_rgba(), 0.08)?;
            let right = plot.right - sheet.ems(0.3);
            let above =
                self.y.px(without.left(self.x.value(right - sheet.width(tr("without debt"), false)))) - sheet.ems(0.7);
            sheet.words(tr("without debt"), (right, above), Anchor::Right, theme.quiet)?;
        }
        let Some(limit) = account.limit else {
            sheet.line(vec![self.point(0.0), self.point(DEEPEST)], &theme.ink.to_rgba(), 0.18)?;
            let (right, end) = self.point(DEEPEST);
            let words = tr("no debt: nothing ever forces a sale");
            return sheet.words(words, (right, end + sheet.ems(0.9)), Anchor::Right, theme.quiet);
        };
        let bankrupt = account.fall(0.0);
        let (from, to) = (self.x.px(limit).min(plot.right), self.x.px(bankrupt).min(plot.right));
        let top = self.y.px(account.left(limit));
        let between = Bounds { left: from, right: to, top, bottom: self.y.px(0.0) };
        sheet.bar(between, &theme.bots.mix(0.22))?;
        sheet.line(vec![self.point(0.0), self.point(limit.min(DEEPEST))], &theme.ink.to_rgba(), 0.18)?;
        if limit < DEEPEST {
            let end = account.fall(LEAST).min(DEEPEST);
            sheet.dashed(&[self.point(limit), self.point(end)], &theme.ink.mix(0.55), 0.12)?;
            sheet.dot(self.point(limit), 0.32, theme.ink)?;
        }
        self.limit(limit)?;
        self.bankruptcy(bankrupt)
    }

    /// Labels the margin limit, clear of the line.
    fn limit(&self, limit: f64) -> Result<(), DrawError> {
        let Self { sheet, account, plot, .. } = self;
        let arrow = if limit > DEEPEST { " →" } else { "" };
        let words = say!("must sell at {change}{arrow}", change = change_words(-limit), arrow);
        let left = dollars(account.left(limit));
        let reason = if sheet.narrow() {
            say!("${amount} left", amount = left)
        } else {
            say!("${amount} left, the maintenance margin", amount = left)
        };
        let width = sheet.width(&words, true).max(sheet.width(&reason, false));
        let (x, y) = self.point(limit.min(DEEPEST));
        let (line, zero) = (sheet.ems(1.3), self.y.px(0.0));
        // Below the line, where that is as high as two lines of text.
        let beside = self.x.px(account.fall(self.y.value(zero - sheet.ems(2.9)))).min(plot.right) - sheet.ems(0.3);
        let (at, anchor) = if x + sheet.ems(0.7) + width <= plot.right {
            ((x + sheet.ems(0.7), y - sheet.ems(0.35) - line), Anchor::Left)
        } else if beside - width >= plot.left {
            ((beside, zero - sheet.ems(0.8) - line), Anchor::Right)
        } else {
            let right = plot.right - sheet.ems(0.2);
            let (_, y) = self.point(self.x.value(right - width));
            ((right, y - sheet.ems(0.8) - line), Anchor::Right)
        };
        sheet.bold(&words, at, anchor, sheet.theme.ink)?;
        sheet.words(&reason, (at.0, at.1 + line), anchor, sheet.theme.quiet)
    }

    /// Labels bankruptcy, below the zero line.
    fn bankruptcy(&self, fall: f64) -> Result<(), DrawError> {
        let Self { sheet, account, plot, .. } = self;
        let y = self.y.px(0.0) + sheet.ems(0.8);
        let arrow = if fall > DEEPEST { " →" } else { "" };
        let words = say!("bankrupt at {change}{arrow}", change = change_words(-fall), arrow);
        let beyond = self.x.px(account.fall(LEAST)) + sheet.ems(0.3);
        let (x, anchor) = if beyond + sheet.width(&words, false) <= plot.right {
            (beyond, Anchor::Left)
        } else {
            (self.x.px(fall).min(plot.right) - sheet.ems(0.3), Anchor::Right)
        };
        if fall <= DEEPEST {
            sheet.dot(self.point(fall), 0.22, sheet.theme.ink)?;
        }
        sheet.words(&words, (x, y), anchor, sheet.theme.ink)
    }

    /// The dot of the account at the current price, unless it has had to sell.
    pub(super) fn now(&self, scene: &Scene) -> Result<(), DrawError> {
        let sheet = self.sheet;
        match now(&self.account, scene) {
            Now::Holds(fall) if (0.0..=DEEPEST).contains(&fall) => {
                let (x, y) = self.point(fall);
                sheet.dot((x, y), 0.28, sheet.theme.ink)?;
                // Below the line, or to its right where it is steep.
                let aside = sheet.ems(0.5);
                if x - aside - sheet.width(tr("now"), false) >= self.plot.left {
                    sheet.words(tr("now"), (x - aside, y + sheet.ems(0.4)), Anchor::Right, sheet.theme.ink)
                } else if self.account.leverage >= 6.0 {
                    sheet.words(tr("now"), (x + aside, y - sheet.ems(0.1)), Anchor::Left, sheet.theme.ink)
                } else {
                    Ok(())
                }
            }
            _ => Ok(()),
        }
    }

    /// The equity left at the fall at which the reader points.
    pub(super) fn mark(&self, fall: Option<f64>) -> Result<(), DrawError> {
        let Self { sheet, account, plot, .. } = self;
        let Some(fall) = fall.filter(|fall| (0.0..=DEEPEST).contains(fall)) else { return Ok(()) };
        let theme = sheet.theme;
        let (x, y) = self.point(fall);
        sheet.dashed(&[(x, plot.top), (x, plot.bottom)], &theme.people.to_rgba(), 0.1)?;
        if y <= plot.bottom {
            sheet.dot((x, y), 0.4, theme.paper)?;
            sheet.dot((x, y), 0.3, theme.people)?;
        }
        let words = mark_words(account, fall);
        let left = (x + sheet.ems(0.4)).min(plot.right - sheet.width(&words, true)).max(plot.left);
        sheet.plate(&words, (left, plot.top + sheet.ems(0.8)), Anchor::Left, theme.people_words, true)
    }
}
