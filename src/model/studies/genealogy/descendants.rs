//! The sales that each sale set off, directly and through others.

use super::Genealogy;
use crate::model::rules::Rules;
use crate::model::run::ledger::Ledger;

impl Genealogy {
    /// The dollars that each sale set off, directly and through the sales that it set off, $bn. Each second's sales are
    /// shared among its pushes by their size, so that no dollar counts twice.
    #[must_use]
    pub fn descendants(&self, rules: &Rules, ledger: &Ledger) -> Vec<f64> {
        let sales = &ledger.sales;
        let seconds = self.descents.len();
        let mut decided: Vec<Vec<u32>> = vec![Vec::new(); seconds];
        for (index, sale) in sales.iter().enumerate() {
            decided[sale.decided as usize].push(index as u32);
        }
        let mut found = vec![0.0; sales.len()];
        // From the last second back: a sale trades after it is decided.
        for second in (0..seconds).rev() {
            let mut family = [0.0; 2];
            for index in &decided[second] {
                let index = *index as usize;
                family[self.ways[index]] += sales[index].lots as f64 * rules.lot + found[index];
            }
            for (pushes, family) in self.pushes.iter().zip(family).filter(|(_, family)| *family > 0.0) {
                let push = &pushes[second];
                let all = push.total();
                for (index, size) in &push.sales {
                    found[*index as usize] += size / all * family;
                }
            }
        }
        found
    }
}
