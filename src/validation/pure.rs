//! The pure limit of the model: margin bots only, permanent impact, no noise, no buyers. Here the run has a closed
//! form.

use crate::model::closed_form::{LimitDensity, effective_depth, margin_bot_interest};
use crate::model::rules::NEAREST;
use crate::model::{Crowd, Rules, Run, Series};
use crate::params::Params;

/// The parameters of the pure limit; crowd and depth keep their values.
#[must_use]
pub fn pure(params: &Params) -> Params {
    Params {
        bots: 100.0,
        vol_bots: 0.0,
        permanent: 100.0,
        buyers: 0.0,
        thinning: 0.0,
        calm_volatility: 0.0,
        breaker_fall: 0.0,
        breaker_rule: 0.0,
        throttle: 0.0,
        hours: 1.0,
        ..*params
    }
}

/// A crowd in the pure limit: its runs, and the closed form of an infinite crowd with the same parameters. All falls
/// are of the log price.
#[derive(Clone, Debug)]
pub struct Pure {
    /// The rules of the next run.
    pub rules: Rules,
    crowd: Crowd,
    run: Run,
    density: LimitDensity,
    /// Reproduction number per unit of density: open interest of the bots over depth.
    per_share: f64,
    /// `G(x)/D` at each point of the density's grid.
    forced: Vec<f64>,
}

impl Pure {
    /// Draws the crowd.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let params = pure(params);
        let rules = Rules::from(&params);
        let mut crowd = Crowd::default();
        crowd.arrange(&params);
        let mut density = LimitDensity::default();
        density.compute(&params, &rules);
        let per_share = margin_bot_interest(&rules) / effective_depth(&rules);
        let mut pure = Self { rules, crowd, run: Run::default(), density, per_share, forced: Vec::new() };
        let mut sum = 0.0;
        for i in 0..pure.density.density.len() {
            sum += if i == 0 { 0.0 } else { pure.cell(i - 1, 1.0) };
            pure.forced.push(sum);
        }
        pure
    }

    /// Runs the tick loop after a first order that alone causes this fall.
    pub fn run(&mut self, shock: f64) -> &Series {
        self.rules.shock = shock;
        self.run.simulate(&self.rules, &mut self.crowd);
        &self.run.series
    }

    /// The fall at which that run stops.
    pub fn stops(&mut self, shock: f64) -> f64 {
        self.run(shock).price.iter().fold(0.0, |deepest, price| if -price > deepest { -price } else { deepest })
    }

    /// The closed form: the fall from forced sales alone once the price has fallen by `x`, `G(x)/D`.
    #[must_use]
    pub fn forced(&self, x: f64) -> f64 {
        let (cell, part) = self.place(x);
        self.forced[cell] + self.cell(cell, part)
    }

    /// The closed form: the reproduction number at a fall of `x`.
    #[must_use]
    pub fn reproduction(&self, x: f64) -> f64 {
        let (cell, part) = self.place(x);
        let [low, high] = [cell, cell + 1].map(|i| self.density.density[i]);
        let share = match self.cut(cell) {
            None => low * (1.0 - part) + high * part,
            Some(cut) if part < cut => 0.0,
            Some(_) => high,
        };
        share * self.per_share
    }

    /// The closed form: first orders and the falls at which they stop, which are the smallest solutions of `X = x0 +
    /// G(X)/D`, up to a fall of `deepest`. At the jump, two points share one first order.
    #[must_use]
    pub fn branch(&self, deepest: f64) -> Vec<(f64, f64)> {
        let mut branch: Vec<(f64, f64)> = vec![(0.0, 0.0)];
        let steps = 8000;
        for i in 1..=steps {
            let stop = deepest * f64::from(i) / f64::from(steps);
            // The first order that stops here, unless an equally large one has stopped before.
            let order = stop - self.forced(stop);
            let (largest, before) = branch[branch.len() - 1];
            if order > largest {
                if stop - before > 1.5 * deepest / f64::from(steps) {
                    branch.push((largest, stop));
                }
                branch.push((order, stop));
            }
        }
        branch
    }

    /// Part of `G/D` that lies in the first `part` of a cell of the grid.
    fn cell(&self, cell: usize, part: f64) -> f64 {
        let [low, high] = [cell, cell + 1].map(|i| self.density.density[i]);
        let share = match self.cut(cell) {
            None => low * part + 0.5 * (high - low) * part * part,
            Some(cut) if part < cut => 0.0,
            Some(cut) => high * (part - cut),
        };
        share * self.density.spacing * self.per_share
    }

    /// Position of the nearest possible limit if it lies in this cell. The density jumps there instead of rising
    /// linearly between two points of the grid.
    fn cut(&self, cell: usize) -> Option<f64> {
        let cut = NEAREST / self.density.spacing - cell as f64;
        (0.0..1.0).contains(&cut).then_some(cut)
    }

    /// The grid cell that contains this fall, and the fraction of the cell before it.
    fn place(&self, x: f64) -> (usize, f64) {
        let at = x / self.density.spacing;
        let cell = (at as usize).min(self.density.density.len() - 2);
        (cell, (at - cell as f64).min(1.0))
    }
}
