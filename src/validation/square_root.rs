//! The square-root law: where the fall stops if impact grows with the square root of the order.

use super::proof::{Axis, Curve, Label, Plot, Point, Proof, Side};
use super::pure::pure;
use crate::model::crowd::rung::rungs;
use crate::model::{Crowd, Rules, Run};
use crate::params::Params;

/// Range of falls of the log price over which limits are uniform.
const WIDTH: f64 = 0.5;

/// Open interest of the two curves, $bn.
const INTERESTS: [f64; 2] = [10.0, 80.0];

/// A crowd with uniformly distributed limits, and its rules.
#[derive(Clone, Debug)]
pub struct Uniform {
    /// The rules, with square-root impact.
    pub rules: Rules,
    crowd: Crowd,
    run: Run,
}

impl Uniform {
    /// Draws the crowd.
    #[must_use]
    pub fn new(open_interest: f64, accounts: f64) -> Self {
        let leverage = 10.0;
        let margin_capital = open_interest / leverage;
        let base = Params { accounts, leverage, margin_capital, impact: 1.0, ..Params::default() };
        let params = pure(&base);
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        let limits: Vec<f64> = crowd.draws.entry.iter().map(|u| WIDTH * u).collect();
        let ladder = &mut crowd.margin[0];
        ladder.build(0.0, WIDTH, limits.len(), || rungs(&limits, &crowd.draws.habits));
        Self { rules: Rules::from(&params), crowd, run: Run::default() }
    }

    /// The coefficient a = `Y^2 sig^2 g / V`; by the definition of depth, an order of 1% of it moves the price 1%.
    #[must_use]
    pub fn a(&self) -> f64 {
        0.01 / self.rules.depth * (self.rules.open_interest / WIDTH)
    }

    /// The fall of the log price at which a run stops.
    pub fn stops(&mut self, shock: f64) -> f64 {
        self.rules.shock = shock;
        self.run.simulate(&self.rules, &mut self.crowd);
        self.run.series.price.iter().fold(0.0, |deepest, price| if -price > deepest { -price } else { deepest })
    }
}

/// The closed form of that fall.
#[must_use]
pub fn formula(a: f64, shock: f64) -> f64 {
    shock + 0.5 * a + (a * shock + 0.25 * a * a).sqrt()
}

/// The figure: where the fall stops, against the first order.
#[must_use]
pub fn proof() -> Proof {
    let labels = [(7.0, Side::BelowRight), (9.0, Side::AboveLeft)];
    let percents = |(x, y): Point| (100.0 * x, 100.0 * y);
    let curves = INTERESTS.iter().zip(labels).map(|(interest, (x, side))| {
        let mut crowd = Uniform::new(*interest, 100_000.0);
        let a = crowd.a();
        let orders = [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1];
        Curve {
            label: Label { text: format!("${interest}bn of limits"), x, side },
            line: (0..=200).map(|i| f64::from(i) / 2000.0).map(|x0| percents((x0, formula(a, x0)))).collect(),
            measured: orders.map(|x0| percents((x0, crowd.stops(x0)))).into(),
        }
    });
    Proof {
        id: "square-root",
        title: "Under the square-root law the first small sale does the most",
        source: "The square root: Donier and Bonart, “A million metaorder analysis of market impact on the Bitcoin” \
                 (2014), arXiv 1412.4503. The closed form is derived for this model.",
        claim: "If all forced sales together are one large order whose impact is the square root of its size, the \
                fall stops at the X below, wherever limits lie anywhere alike. There is no R: for the smallest sale it \
                would be infinite.",
        formula: "X = x0 + a/2 + sqrt(a x0 + a²/4); a = Y² sig² g / V",
        exact: "For limits that lie at every price alike, and impact that stays. The points are runs of 100,000 \
                accounts on such a ladder.",
        ends: "Concave impact that fades allows, in theory, to manipulate prices at a profit (Gatheral), which is why \
               the model’s usual law is linear.",
        plot: Plot {
            x: Axis {
                label: "Fall that the first order alone would cause (log)",
                unit: "%",
                from: 0.0,
                to: 10.0,
                log: false,
            },
            y: Axis { label: "Fall at which the market stops (log)", unit: "%", from: 0.0, to: 16.0, log: false },
            curves: curves.collect(),
            path: vec![],
            measured: Label { text: "where the run stops".into(), x: 4.0, side: Side::AboveLeft },
        },
    }
}
