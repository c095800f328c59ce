//! The equity of one account as the price falls: a straight line, steeper with more debt, that meets the margin limit
//! and then bankruptcy. The account is the average one, bought at the start price.

mod figure;
mod state;
mod words;

use crate::chart::sheet::{Point, Sheet};
use crate::chart::time_axis::place;
use crate::chart::views::drawing::Drawing;
use crate::chart::{DrawError, Scene, Spot};
use crate::describe::change_words;
use crate::language::tr;
use crate::say;
use figure::{Figure, scales};
use state::{Account, Now, now};
use words::{dollars, left_words, leverage_words};

/// The view `account` of the table.
pub(super) struct OneAccount;

impl Drawing for OneAccount {
    fn draw(&self, sheet: &Sheet, scene: &Scene) -> Result<(), DrawError> {
        let figure = Figure::new(sheet, scene);
        figure.axes()?;
        figure.line()?;
        figure.now(scene)?;
        figure.mark(scene.mark.fall)
    }

    fn axes(&self, sheet: &Sheet, scene: &Scene) -> Result<bool, DrawError> {
        Figure::new(sheet, scene).axes()?;
        Ok(true)
    }

    fn finding(&self, scene: &Scene) -> String {
        let account = Account::of(&scene.simulator.summary().params);
        let Some(limit) = account.limit else {
            return tr("An account without debt loses as much as the price does, and nothing ever forces it to sell.")
                .into();
        };
        say!(
            "At leverage {leverage}, an account that bought at the start price must sell at {limit}, with ${left} of each $100 \
         of its equity left, and is bankrupt at {bankrupt}.",
            leverage = leverage_words(account.leverage),
            limit = change_words(-limit),
            left = dollars(account.left(limit)),
            bankrupt = change_words(-account.fall(0.0))
        )
    }

    fn describe(&self, scene: &Scene) -> String {
        let account = Account::of(&scene.simulator.summary().params);
        let then = match now(&account, scene) {
            Now::Holds(fall) => {
                say!(
                    "Now, with the price at {change}: {left}.",
                    change = change_words(-fall),
                    left = left_words(account.left(fall))
                )
            }
            Now::Sold => tr("The price has passed that limit, and the account has had to sell.").into(),
        };
        format!("{} {then}", self.finding(scene))
    }

    fn spot(&self, em: f64, size: (i32, i32), _scene: &Scene, (x, _): Point) -> Option<Spot> {
        let plot = place(em, size, true);
        (plot.left..=plot.right).contains(&x).then(|| Spot::Fall(scales(plot).0.value(x)))
    }
}

#[cfg(test)]
mod tests {
    use super::words::mark_words;
    use super::*;
    use crate::chart::Extras;
    use crate::chart::{FINE, Span};
    use crate::model::results::summary::percent;
    use crate::model::{Crowd, Simulator};
    use crate::params::Params;

    fn account(leverage: f64, maintenance: f64) -> Account {
        Account::of(&Params { leverage, maintenance, ..Params::default() })
    }

    #[test]
    fn the_account_must_sell_where_its_equity_is_the_maintenance_margin() {
        for (leverage, maintenance) in [(10.0, 1.0), (2.0, 25.0), (50.0, 0.4), (1.2, 10.0)] {
            let account = account(leverage, maintenance);
            let limit = account.limit.unwrap();
            let price = 1.0 - limit / 100.0;
            // The formula in the table of parameters: p* = E (1 - 1/L) / (1 - m).
            assert!((price - (1.0 - 1.0 / leverage) / (1.0 - maintenance / 100.0)).abs() < 1e-12);
            // A position of L times $100 at the start.
            let position = 100.0 * leverage * price;
            assert!((account.left(limit) - maintenance / 100.0 * position).abs() < 1e-9);
            assert!(account.left(account.fall(0.0)).abs() < 1e-9);
        }
        assert!(account(1.0, 1.0).limit.is_none());
    }

    #[test]
    fn the_account_is_that_of_a_crowd_of_equal_accounts() {
        let alike = Params { leverage_spread: 0.0, crowding: 0.5, accounts: 2000.0, ..Params::default() };
        let mut crowd = Crowd::default();
        crowd.arrange(&alike);
        let mean = crowd.falls.iter().sum::<f64>() / 2000.0;
        assert!((percent(mean) - account(10.0, 1.0).limit.unwrap()).abs() < 0.05);
        // Lending loops, and the cap set by the maintenance margin, count as in the model.
        let looped = Params { loops: 30.0, ltv: 80.0, ..alike };
        assert!((Account::of(&looped).leverage - 5.0).abs() < 0.01);
        assert!((account(50.0, 25.0).leverage - 3.8).abs() < 1e-12);
    }

    #[test]
    fn equity_is_described_before_and_after_the_limit() {
        let account = account(10.0, 1.0);
        assert_eq!(mark_words(&account, 5.0), "at −5.0%: $50 of $100 left");
        assert_eq!(mark_words(&account, 9.05), "at −9.1%: $9.5 of $100 left");
        assert_eq!(mark_words(&account, 12.0), "at −12.0%: had to sell before");
        assert_eq!(mark_words(&Account { leverage: 1.0, limit: None }, 100.0), "at over −99.9%: nothing left");
        assert_eq!(left_words(-20.04), "equity −$20");
    }

    #[test]
    fn a_fall_is_found_where_it_is_drawn_and_the_description_follows_the_run() {
        let simulator = Simulator::default();
        let extras = Extras::default();
        let scene = |now| Scene::new(&simulator, &extras, Span::Minutes2, now);
        let (em, size) = (14.0 * f64::from(FINE), (600 * FINE, 300 * FINE));
        let plot = place(em, size, true);
        for fall in [0.0, 9.1, 49.9] {
            let x = scales(plot).0.px(fall);
            let Some(Spot::Fall(found)) = OneAccount.spot(em, size, &scene(0), (x, 0)) else { panic!("{fall}") };
            assert!((found - fall).abs() < 0.02, "{found} {fall}");
        }
        assert_eq!(OneAccount.spot(em, size, &scene(0), (plot.left - 1, 0)), None);
        // 303 s: the first sale is under way; at the end the price has been at the limit.
        let before = OneAccount.describe(&scene(303));
        assert!(before.contains("must sell at −9.1") && before.ends_with("of $100 left."), "{before}");
        assert!(OneAccount.describe(&scene(7200)).ends_with("has had to sell."));
    }
}
