//! The interface for a hundred crowds: the runs of workers, and the page's collection of their results.

use js_sys::Float32Array;
use wasm_bindgen::prelude::*;

use super::{Answer, Lab, span_named, to_js, view_named};
use crate::chart::{FINE, Spot};
use crate::describe::crowds;
use crate::model::Ensemble;
use crate::model::ensemble::{CROWDS, Member, Quantiles, Runner, first_seed, single};
use crate::params::Params;
use crate::query;

/// The runner of a worker.
#[wasm_bindgen]
#[derive(Default)]
pub struct CrowdRunner {
    runner: Runner,
    params: Params,
    crowds: usize,
    price: Vec<f32>,
}

#[wasm_bindgen]
impl CrowdRunner {
    /// A runner without parameters.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the parameters of a query for the runs that follow, as members of an ensemble of that many crowds.
    pub fn begin(&mut self, query: &str, crowds: usize) {
        self.params = query::parse_lenient(query).0;
        self.crowds = crowds.max(1);
    }

    /// Runs the crowd at a place of the block and returns its eight numbers.
    pub fn run(&mut self, place: usize) -> Vec<f64> {
        let seed = first_seed(self.params.seed, self.crowds).wrapping_add(place as u64);
        let (member, price) = self.runner.run(&self.params, seed, self.crowds);
        self.price = single(price);
        numbers(&member).to_vec()
    }

    /// Logs of the price in each second of the last run.
    pub fn price(&self) -> Vec<f32> {
        self.price.clone()
    }
}

/// A member as numbers. Its digest is in two halves, because a number holds no 64 bits; R is NaN where it does not
/// exist.
fn numbers(member: &Member) -> [f64; 8] {
    [
        (member.digest >> 32) as f64,
        (member.digest & 0xffff_ffff) as f64,
        member.greatest_fall_percent,
        member.trough_s as f64,
        member.greatest_rise_percent,
        member.r_peak.unwrap_or(f64::NAN),
        member.bot_forced_share_percent,
        member.human_forced_share_percent,
    ]
}

/// The member with these numbers.
fn member(seed: u64, numbers: [f64; 8]) -> Member {
    let [high, low, fall, trough, rise, r, bots, people] = numbers;
    Member {
        seed,
        digest: (high as u64) << 32 | low as u64,
        greatest_fall_percent: fall,
        trough_s: trough as i64,
        greatest_rise_percent: rise,
        r_peak: (!r.is_nan()).then_some(r),
        bot_forced_share_percent: bots,
        human_forced_share_percent: people,
    }
}

#[wasm_bindgen]
impl Lab {
    /// Begins an ensemble with the current settings, unless there is one. Returns the number of crowds: `wanted`, or
    /// fewer if they are large.
    #[wasm_bindgen(js_name = beginCrowds)]
    pub fn begin_crowds(&mut self, wanted: usize) -> usize {
        self.crowds.begin(&self.simulator.summary().params, wanted)
    }

    /// Whether the current settings are those of the ensemble.
    #[wasm_bindgen(js_name = coversCrowds)]
    pub fn covers_crowds(&self) -> bool {
        self.crowds.new.as_ref().is_some_and(|new| new.covers(&self.simulator.summary().params))
    }

    /// Adds the results of a crowd. Returns the number of crowds with results.
    #[wasm_bindgen(js_name = keepCrowd)]
    pub fn keep_crowd(&mut self, place: usize, results: &[f64], price: &Float32Array) -> usize {
        let Ok(results) = results.try_into() else { return 0 };
        self.crowds.keep(place, |seed| member(seed, results), price.to_vec())
    }

    /// The seed of the run, as digits.
    pub fn seed(&self) -> String {
        self.simulator.summary().params.seed.to_string()
    }

    /// The seed of another crowd of the same block, as digits; any number chooses which.
    #[wasm_bindgen(js_name = otherSeed)]
    pub fn other_seed(&self, any: u32) -> String {
        let (seed, block) = (self.simulator.summary().params.seed, CROWDS as u64);
        let step = 1 + u64::from(any) % (block - 1);
        first_seed(seed, CROWDS).wrapping_add((seed % block + step) % block).to_string()
    }

    /// Whether the first order is a purchase.
    pub fn purchase(&self) -> bool {
        self.simulator.rules().purchase()
    }

    /// The crowds in words: how many crash and how far apart they end, and the place of this one.
    #[wasm_bindgen(js_name = crowdsWords)]
    pub fn crowds_words(&self) -> Vec<String> {
        let Some(new) = &self.crowds.new else { return Vec::new() };
        vec![crowds::spread(new), crowds::place(new, self.simulator.summary().params.seed)]
    }

    /// The seeds of the crowds so far, as digits, the deepest fall first.
    #[wasm_bindgen(js_name = crowdsRanked)]
    pub fn crowds_ranked(&self) -> Vec<String> {
        let ranked = self.crowds.new.as_ref().map(Ensemble::ranked).unwrap_or_default();
        ranked.iter().map(|member| member.seed.to_string()).collect()
    }

    /// Quantiles over the crowds so far, with the keys of `cargo xtask simulate --crowds`.
    #[wasm_bindgen(js_name = crowdsSummary, unchecked_return_type = "Quantiles | null")]
    pub fn crowds_summary(&self) -> Answer<JsValue> {
        to_js(&self.crowds.new.as_ref().map(Quantiles::of))
    }

    /// The seed, as digits, of the crowd at a point of a view; nothing if there is none. Sizes and points in pixels of
    /// the screen.
    #[wasm_bindgen(js_name = crowdAt)]
    pub fn crowd_at(&self, view: &str, size: &[f64], em: f64, span: &str, at: &[f64]) -> Answer<Option<String>> {
        let fine = |pixels: f64| (pixels * f64::from(FINE)) as i32;
        let [width, height, x, y] = [size[0], size[1], at[0], at[1]].map(fine);
        let scene = self.scene(span_named(span)?, 0.0);
        let spot = view_named(view)?.spot(em * f64::from(FINE), (width, height), &scene, (x, y));
        Ok(if let Some(Spot::Crowd(seed)) = spot { Some(seed.to_string()) } else { None })
    }
}
