//! Episodes are documented and reproduced: every input has a status, no more inputs are fitted than there are figures
//! to fit, and the fitted figures are met with any seed.

use std::collections::HashSet;

use deleverage::episodes::{EPISODES, Episode, Status, rows};
use deleverage::params::{Scale, TABLE};
use deleverage::{Params, Simulator, query};

fn params(episode: &Episode) -> Params {
    query::parse(episode.scenario.query).unwrap_or_else(|problem| panic!("{}: {problem}", episode.scenario.id))
}

#[test]
fn fitted_figures_are_met_with_every_seed() {
    let mut simulator = Simulator::new(&Params { accounts: 100.0, hours: 1.0, ..Params::default() });
    for episode in EPISODES {
        for seed in 1..=5 {
            simulator.simulate(&Params { seed, ..params(episode) });
            for row in rows(episode, &simulator).iter().filter(|row| row.target) {
                assert_eq!(row.within, Some(true), "{}, seed {seed}: {row:?}", episode.scenario.id);
            }
        }
    }
}

#[test]
fn inputs_are_exactly_the_values_that_are_not_defaults() {
    // The seed is no input: every episode is that of crowd 1, with which the inputs were fitted.
    let default = Params::default();
    for episode in EPISODES {
        let params = params(episode);
        let changed = TABLE.iter().filter(|row| row.scale != Scale::Seed && params.get(row) != default.get(row));
        let changed: Vec<_> = changed.map(|row| row.id).collect();
        let listed: Vec<_> = episode.inputs.iter().map(|input| input.id).collect();
        assert_eq!(listed, changed, "{}", episode.scenario.id);
    }
}

#[test]
fn no_more_inputs_are_fitted_than_figures() {
    for episode in EPISODES {
        let fitted = episode.inputs.iter().filter(|input| input.status == Status::Fitted).count();
        let targets = episode.figures.iter().filter(|figure| figure.target).count();
        assert!(fitted <= targets, "{}: {fitted} inputs for {targets} figures", episode.scenario.id);
    }
}

#[test]
fn every_figure_has_a_text_and_a_source() {
    let mut ids = HashSet::new();
    for episode in EPISODES {
        assert!(ids.insert(episode.scenario.id));
        let names: Vec<_> = episode.sources.iter().map(|source| source.name).collect();
        assert!(!names.is_empty() && !episode.limits.is_empty(), "{}", episode.scenario.id);
        assert!(episode.figures.iter().all(|figure| names.contains(&figure.source)), "{}", episode.scenario.id);
        assert!(episode.inputs.iter().all(|input| !input.words.is_empty()), "{}", episode.scenario.id);
    }
}

#[test]
fn queries_are_in_the_form_of_the_page_and_cheap_to_run() {
    for episode in EPISODES {
        let params = params(episode);
        assert_eq!(query::write(&params), episode.scenario.query);
        assert_eq!(params.check(), Ok(()));
        assert!(params.accounts <= 20_000.0 && params.seed == 1, "{}", episode.scenario.id);
    }
}
