//! All random numbers of a run, drawn from the seed beforehand.
//!
//! Draws belong to an account or to a second and depend on nothing but the seed: moving a slider moves the
//! same crowd under the same noise (common random numbers), and a larger crowd begins with the smaller one.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use crate::model::math::normal::quantile;

/// The longest run, in seconds: six hours.
pub const LONGEST: usize = 6 * 3600;

/// The habit of an account: whether a bot runs it, which rule it obeys, how slow it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Habit {
    /// Uniform in `[0, 1)`: a bot if below the bot density, so that a higher density adds bots and swaps none.
    pub bot: f32,
    /// Uniform in `[0, 1)`: obeys a volatility limit if below the share of those.
    pub rule: f32,
    /// Exponential with mean 1: its reaction time in multiples of the mean one.
    pub delay: f32,
}

/// The place where an account trades.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Uniform in `[0, 1)`: its venue, as a share of all venues.
    pub venue: f32,
}

/// The draws of one seed.
#[derive(Clone, Debug, Default)]
pub struct Draws {
    /// Standard normal, one per account: its leverage.
    pub leverage: Vec<f64>,
    /// Uniform in `(0, 1)`, one per account: its entry price.
    pub entry: Vec<f64>,
    /// Standard normal, one per account: its volatility limit.
    pub limit: Vec<f64>,
    /// The habit of each account.
    pub habits: Vec<Habit>,
    /// Standard normal, one per second for [`LONGEST`] seconds: the noise in the price.
    pub noise: Vec<f64>,
    /// The place of each account; drawn on first use, because most runs have one venue.
    pub places: Vec<Place>,
    seed: u64,
}

impl Draws {
    /// Draws with this noise and no accounts.
    #[must_use]
    pub fn of_noise(noise: Vec<f64>) -> Self {
        Self { noise, ..Self::default() }
    }

    /// Draws the places of all accounts, unless already drawn.
    pub fn draw_places(&mut self) {
        if self.places.len() != self.habits.len() {
            // A separate generator, so that nothing else depends on these draws.
            let mut places = Pcg32::seed_from_u64(self.seed ^ 0x706c_6163_6573);
            let place = |_| {
                // Unused: older versions of the model drew the side of the market here.
                coarse(&mut places);
                Place { venue: coarse(&mut places) }
            };
            self.places = (0..self.habits.len()).map(place).collect();
        }
    }

    /// Draws everything for that many accounts.
    #[must_use]
    pub fn new(seed: u64, accounts: usize) -> Self {
        let mut draws = Self {
            leverage: Vec::with_capacity(accounts),
            entry: Vec::with_capacity(accounts),
            limit: Vec::with_capacity(accounts),
            habits: Vec::with_capacity(accounts),
            noise: Vec::with_capacity(LONGEST),
            places: Vec::new(),
            seed,
        };
        // Two generators, so that the noise does not depend on the number of accounts.
        let mut crowd = Pcg32::seed_from_u64(seed);
        for _ in 0..accounts {
            draws.leverage.push(quantile(uniform(&mut crowd)));
            draws.entry.push(uniform(&mut crowd));
            draws.limit.push(quantile(uniform(&mut crowd)));
            draws.habits.push(Habit {
                bot: coarse(&mut crowd),
                rule: coarse(&mut crowd),
                delay: -libm::log(uniform(&mut crowd)) as f32,
            });
        }
        let mut news = Pcg32::seed_from_u64(seed ^ 0x6e6f_6973_6500_0000);
        draws.noise.extend((0..LONGEST).map(|_| quantile(uniform(&mut news))));
        draws
    }
}

/// Uniform in `(0, 1)`, 53 bits, never an end.
pub(crate) fn uniform(rng: &mut Pcg32) -> f64 {
    ((rng.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

/// Uniform in `[0, 1)`, 24 bits, so that it is exact in an f32 and never rounds up to 1.
fn coarse(rng: &mut Pcg32) -> f32 {
    (rng.next_u32() >> 8) as f32 / (1u32 << 24) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_crowd_begins_with_the_smaller_one_and_has_the_same_noise() {
        let (small, large) = (Draws::new(7, 100), Draws::new(7, 1000));
        assert_eq!(small.leverage[..], large.leverage[..100]);
        assert_eq!(small.entry[..], large.entry[..100]);
        assert_eq!(small.noise, large.noise);
        assert_ne!(small.noise, Draws::new(8, 100).noise);
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        let draws = Draws::new(1, 100_000);
        let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / 100_000.0;
        assert!(mean(&mut draws.leverage.iter().copied()).abs() < 0.01);
        assert!((mean(&mut draws.leverage.iter().map(|z| z * z)) - 1.0).abs() < 0.02);
        assert!((mean(&mut draws.entry.iter().copied()) - 0.5).abs() < 0.005);
        assert!((mean(&mut draws.habits.iter().map(|h| f64::from(h.delay))) - 1.0).abs() < 0.02);
        let both = mean(&mut draws.habits.iter().map(|h| f64::from(u8::from(h.bot < 0.5 && h.rule < 0.5))));
        assert!((both - 0.25).abs() < 0.01);
    }
}
