//! The split of a ladder's rungs into bots and people, in the order in which their limits are passed.
//!
//! The split does not depend on the price and is cached across runs, as far as any of them has come. It is computed
//! again only after a change of limits, reaction times, bot density or the share of volatility bots.

use crate::model::crowd::rung::Rung;
use crate::model::rules::Rules;

/// Rungs split in one block.
const BLOCK: usize = 128;

/// A bot on a ladder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bot {
    /// Position of its first limit on the ladder.
    pub place: u32,
    /// Seconds from a passed limit to its order.
    pub wait: u32,
}

/// A person on a ladder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Human {
    /// The first limit.
    pub at: f64,
    /// Position of that limit on the ladder.
    pub place: u32,
    /// Seconds from a passed limit to a second look at the price.
    pub wait: u32,
}

/// The parameters on which the split depends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    bots: f32,
    vol_bots: f32,
    bot_latency: f64,
    human_latency: f64,
    by_volatility: bool,
}

/// The split of a ladder's rungs, as far as it has been computed. Bots that obey the other rule are in neither part.
#[derive(Clone, Debug, Default)]
pub struct Partition {
    key: Option<Key>,
    /// Rungs split so far.
    rungs: usize,
    /// The bots.
    pub bots: Vec<Bot>,
    /// The first limit of each bot.
    pub limits: Vec<f64>,
    /// The people. Empty for volatility limits, which people do not have.
    pub people: Vec<Human>,
}

impl Partition {
    /// Clears the cache, because the rungs have changed.
    pub fn clear(&mut self) {
        self.key = None;
    }

    /// Extends the split to the end of these sorted rungs. `by_volatility` if they are volatility limits.
    pub fn extend(&mut self, rules: &Rules, rungs: &[Rung], by_volatility: bool) {
        let Rules { bots, vol_bots, bot_latency, human_latency, .. } = *rules;
        // Without bots their rules and reaction times do not matter.
        let (vol_bots, bot_latency) = if bots > 0.0 { (vol_bots, bot_latency) } else { (0.0, 0.0) };
        let human_latency = if by_volatility { 0.0 } else { human_latency };
        let key = Key { bots, vol_bots, bot_latency, human_latency, by_volatility };
        if self.key != Some(key) {
            (self.key, self.rungs) = (Some(key), 0);
            self.bots.clear();
            self.limits.clear();
            self.people.clear();
        }
        for block in rungs.get(self.rungs..).unwrap_or_default().chunks(BLOCK) {
            // Branch-free, because bots and people come in random order.
            let (mut bots_found, mut people_found, mut places) = (0, 0, [[0_u8; BLOCK]; 2]);
            for (place, Rung { habit, .. }) in block.iter().enumerate() {
                let is_bot = habit.bot < bots;
                let obeys = (habit.rule < vol_bots) == by_volatility;
                places[0][bots_found % BLOCK] = place as u8;
                places[1][people_found % BLOCK] = place as u8;
                bots_found += usize::from(is_bot) * usize::from(obeys);
                people_found += usize::from(!is_bot) * usize::from(!by_volatility);
            }
            let [first, second] = &places;
            let found = |place: &u8, latency: f64| {
                let Rung { at, habit, .. } = block[usize::from(*place)];
                (at, self.rungs as u32 + u32::from(*place), Rules::wait(latency, habit.delay) as u32)
            };
            self.limits.extend(first[..bots_found].iter().map(|place| block[usize::from(*place)].at));
            self.bots.extend(first[..bots_found].iter().map(|place| {
                let (_, place, wait) = found(place, bot_latency);
                Bot { place, wait }
            }));
            self.people.extend(second[..people_found].iter().map(|place| {
                let (at, place, wait) = found(place, human_latency);
                Human { at, place, wait }
            }));
            self.rungs += block.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::crowd::draws::Habit;
    use crate::params::Params;

    #[test]
    fn the_split_separates_people_bots_and_bots_of_the_other_rule() {
        let habit = |bot, rule| Habit { bot, rule, delay: 1.0 };
        let habits = [habit(0.2, 0.9), habit(0.2, 0.1), habit(0.9, 0.9)];
        let rungs = [0, 1, 2].map(|i| Rung { at: f64::from(i), account: 7, habit: habits[i as usize] });
        let params = Params { bots: 50.0, vol_bots: 50.0, bot_latency: 7.0, human_latency: 60.0, ..Params::default() };
        let mut partition = Partition::default();
        for (by_volatility, bot, people) in [(false, 0, &[2][..]), (true, 1, &[])] {
            // The first rung, the same again, then all of them.
            for end in [1, 1, 3] {
                partition.extend(&Rules::from(&params), &rungs[..end], by_volatility);
            }
            let [found] = partition.bots[..] else { panic!("{} bots instead of one", partition.bots.len()) };
            assert_eq!((found.place, found.wait, partition.limits[0]), (bot, 7, f64::from(bot)));
            let found: Vec<_> = partition.people.iter().map(|human| (human.place, human.wait, human.at)).collect();
            let expected: Vec<_> = people.iter().map(|place| (*place, 60, f64::from(*place))).collect();
            assert_eq!(found, expected);
        }
        partition.extend(&Rules::from(&Params { bots: 0.0, ..params }), &rungs, false);
        assert_eq!((partition.bots.len(), partition.limits.len(), partition.people.len()), (0, 0, 3));
        partition.clear();
        partition.extend(&Rules::from(&Params { bots: 0.0, ..params }), &rungs[..2], false);
        assert_eq!(partition.people.len(), 2);
    }
}
