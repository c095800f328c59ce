//! The simulator: runs parameter sets one after the other and keeps what the next one can use.

use super::closed_form::{ClosedForm, LimitDensity};
use super::crowd::Crowd;
use super::results::summary::Summary;
use super::rules::Rules;
use super::run::Run;
use crate::params::Params;

/// Runs parameter sets one after the other and keeps what the next one can use. It always holds a run.
#[derive(Clone, Debug)]
pub struct Simulator {
    crowd: Crowd,
    density: LimitDensity,
    /// The share sold at a limit and the sign of the first order that `density` was computed for.
    density_of: Option<(f64, f64)>,
    run: Run,
    /// Log of the price in each second of the same crowd with people in the place of bots.
    without_bots: Vec<f64>,
    /// The rules under which `without_bots` ran; `None` if the crowd has changed since.
    without_bots_ran: Option<Rules>,
    rules: Rules,
    summary: Summary,
}

impl Simulator {
    /// Simulates these parameters.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        let rules = Rules::from(params);
        let mut simulator = Self {
            crowd: Crowd::default(),
            density: LimitDensity::default(),
            density_of: None,
            run: Run::default(),
            without_bots: Vec::new(),
            without_bots_ran: None,
            summary: Summary::empty(params),
            rules,
        };
        simulator.simulate(params);
        simulator
    }

    /// Simulates these parameters, and the same crowd with people in the place of bots.
    pub fn simulate(&mut self, params: &Params) -> &Summary {
        self.rules = Rules::from(params);
        let moved = self.crowd.arrange(params);
        let density_of = Some((params.close_fraction, params.first_order));
        if moved || self.density_of != density_of {
            self.density.compute(params, &self.rules);
            self.density_of = density_of;
        }
        let without_bots = self.rules.without_bots();
        if moved || self.without_bots_ran.as_ref() != Some(&without_bots) {
            // Reuses the buffers of the run, which are still in the cache; only the price is kept.
            self.run.simulate(&without_bots, &mut self.crowd);
            std::mem::swap(&mut self.run.series.price, &mut self.without_bots);
            self.without_bots_ran = Some(without_bots);
        }
        self.run.simulate(&self.rules, &mut self.crowd);
        let closed_form = ClosedForm::compute(&self.rules, &self.density, &mut self.crowd);
        self.summary = Summary::new(params, &self.rules, &self.run, &self.without_bots, closed_form);
        &self.summary
    }

    /// The crowd of the last run.
    #[must_use]
    pub fn crowd(&self) -> &Crowd {
        &self.crowd
    }

    /// The density of margin limits of an infinite crowd with the parameters of the last run.
    #[must_use]
    pub fn density(&self) -> &LimitDensity {
        &self.density
    }

    /// The last run.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Log of the price relative to the start price, after each second, of the same crowd under the same noise with
    /// people in the place of bots.
    #[must_use]
    pub fn without_bots(&self) -> &[f64] {
        &self.without_bots
    }

    /// The rules of the last run.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The results of the last run.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

impl Default for Simulator {
    fn default() -> Self {
        Self::new(&Params::default())
    }
}
