//! People at their margin limit: they think, look again, and sell only if the price is still beyond it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::rules::Rules;

/// One person whose limit was hit at least once.
#[derive(Clone, Copy, Debug)]
struct Person {
    /// Fall at which the current limit lies.
    at: f64,
    delay: f32,
    /// Limits at which this person has sold so far.
    sold: u8,
}

/// Everybody who is thinking or armed again.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Those who look again, for each second.
    due: Vec<Vec<Person>>,
    /// Those whose limit is armed again, nearest first: the bits of the fall, those of the delay, and `sold`.
    /// Falls are positive, and the bits of positive numbers are in the order of the numbers.
    armed: BinaryHeap<Reverse<(u64, u32, u8)>>,
}

impl People {
    /// Nobody is thinking.
    pub fn restart(&mut self, seconds: usize) {
        self.armed.clear();
        self.due.resize_with(seconds + 1, Vec::new);
        self.due.iter_mut().for_each(Vec::clear);
    }

    /// The price passed the first limit, at this fall, of a person with this delay.
    pub fn alarm(&mut self, rules: &Rules, second: usize, at: f64, delay: f32) {
        self.think(rules, second, Person { at, delay, sold: 0 });
    }

    /// The price stands at this fall: those armed again at or above it begin to think.
    pub fn reach(&mut self, rules: &Rules, second: usize, fall: f64) {
        while let Some(Reverse((at, delay, sold))) = self.armed.peek().copied() {
            if f64::from_bits(at) > fall {
                return;
            }
            self.armed.pop();
            self.think(rules, second, Person { at: f64::from_bits(at), delay: f32::from_bits(delay), sold });
        }
    }

    /// Those whose time is up look at the price. Gives the lots that they sell.
    pub fn look_again(&mut self, rules: &Rules, second: usize, fall: f64) -> u64 {
        let mut lots = 0;
        let mut looking = std::mem::take(&mut self.due[second]);
        for person in &mut looking {
            if fall >= person.at {
                lots += rules.margin_sales[usize::from(person.sold)];
                person.sold += 1;
                person.at += rules.margin_step;
            }
            if usize::from(person.sold) == rules.margin_sales.len() {
                continue;
            }
            if fall >= person.at {
                self.think(rules, second, *person);
            } else {
                self.armed.push(Reverse((person.at.to_bits(), person.delay.to_bits(), person.sold)));
            }
        }
        // The room is used again by the next run.
        looking.clear();
        self.due[second] = looking;
        lots
    }

    fn think(&mut self, rules: &Rules, second: usize, person: Person) {
        if let Some(due) = self.due.get_mut(second + Rules::wait(rules.human_latency, person.delay)) {
            due.push(person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rules::LOTS;
    use crate::params::Params;

    #[test]
    fn a_person_who_finds_the_price_recovered_is_armed_again() {
        let rules = Rules::from(&Params { human_latency: 100.0, ..Params::default() });
        let mut people = People::default();
        people.restart(1000);
        people.alarm(&rules, 10, 0.05, 0.5);
        assert_eq!(people.look_again(&rules, 60, 0.04), 0);
        people.reach(&rules, 70, 0.049);
        assert_eq!(people.look_again(&rules, 120, 0.06), 0);
        people.reach(&rules, 130, 0.05);
        assert_eq!(people.look_again(&rules, 180, 0.06), LOTS);
        people.reach(&rules, 200, 0.9);
        assert!((201..=1000).all(|second| people.look_again(&rules, second, 0.9) == 0));
    }
}
