//! Constraints between parameters: values that are allowed alone and exclude each other.

use super::error::ParamError;
use super::table::{Params, row};
use crate::say;
use crate::text::language::tr;
use crate::text::units::{digits, duration, figure, percent_of};

/// The change that resolves a contradiction.
type Settle = fn(&mut Params);

impl Params {
    /// Checks the constraints between parameters.
    ///
    /// # Errors
    /// The first two values that exclude each other, and the reason.
    pub fn check(&self) -> Result<(), ParamError> {
        self.found().into_iter().next().map_or(Ok(()), |(problem, _)| Err(problem))
    }

    /// Resolves all contradictions, each by changing one of the two values, and returns them.
    pub fn settle(&mut self) -> Vec<ParamError> {
        let found = self.found();
        found
            .into_iter()
            .map(|(problem, settled)| {
                settled(self);
                problem
            })
            .collect()
    }

    /// All contradictions, each with the change that resolves it.
    fn found(&self) -> Vec<(ParamError, Settle)> {
        let mut found: Vec<(ParamError, Settle)> = Vec::new();
        let own = 100.0 / self.mean_leverage();
        if self.loops == 0.0 && self.maintenance > own {
            let words = say!(
                "at {leverage}x an account's equity is {own} of its position, which is below its maintenance margin",
                leverage = figure(self.mean_leverage()),
                own = percent_of(&digits(own, 1))
            );
            found.push((self.contradiction("leverage", "maintenance", words), |p| {
                p.leverage = (1000.0 / p.maintenance).floor() / 10.0;
            }));
        }
        if self.ltv >= 100.0 {
            let words = tr("a loan for the full value of the collateral leaves no margin").into();
            found.push((self.contradiction("ltv", "loops", words), |p| p.ltv = (99.0 - p.maintenance).floor()));
        } else if self.loops > 0.0 && self.ltv >= 100.0 - self.maintenance {
            let words = say!(
                "a loan of {share} of its collateral or more is liquidated at once",
                share = percent_of(&figure(100.0 - self.maintenance))
            );
            found.push((self.contradiction("ltv", "maintenance", words), |p| p.ltv = (99.0 - p.maintenance).floor()));
        }
        if self.breaker_halt > self.hours * 3600.0 {
            let words = say!("a halt of {halt} is longer than the whole run", halt = duration(self.breaker_halt));
            found.push((self.contradiction("breaker_halt", "hours", words), |p| p.breaker_halt = p.hours * 3600.0));
        }
        if self.impact > 0.0 && self.amm_share > 0.0 {
            let words = tr("a pool has its own impact law, which is not the square root").into();
            found.push((self.contradiction("impact", "amm_share", words), |p| p.impact = 0.0));
        }
        found
    }

    fn contradiction(&self, first: &str, second: &str, words: String) -> ParamError {
        let written = |id| row(id).map_or_else(String::new, |row| format!("{}={}", row.name(), row.write(self)));
        ParamError::Contradiction { first: written(first), second: written(second), words }
    }
}

#[cfg(test)]
mod tests {
    use crate::params::query;

    #[test]
    fn contradictions_name_both_parameters_and_are_settled() {
        for (text, said) in [
            (
                "leverage=50&maintenance=4",
                "leverage=50 and maintenance=4 contradict each other: at 50x an account's equity is 2.0% of its position, which is below its maintenance margin",
            ),
            (
                "loops=5&ltv=100",
                "ltv=100 and loops=5 contradict each other: a loan for the full value of the collateral leaves no margin",
            ),
            (
                "loops=5&ltv=80&maintenance=20",
                "ltv=80 and maintenance=20 contradict each other: a loan of 80% of its collateral or more is liquidated at once",
            ),
            (
                "breaker-halt=7200&hours=1",
                "breaker-halt=7200 and hours=1 contradict each other: a halt of 2\u{a0}h is longer than the whole run",
            ),
            (
                "impact=square-root&amm-share=20",
                "impact=square-root and amm-share=20 contradict each other: a pool has its own impact law, which is not the square root",
            ),
        ] {
            assert_eq!(query::parse(text).unwrap_err().to_string(), said);
            let (settled, problems) = query::parse_lenient(text);
            assert_eq!(problems.len(), 1, "{text}");
            assert_eq!(settled.check(), Ok(()), "{text}");
        }
    }

    #[test]
    fn unused_values_do_not_contradict() {
        for text in [
            "leverage=50&maintenance=4&leverage-cap=10",
            "maintenance=25&leverage=2",
            "loops=5&leverage=50&maintenance=4",
        ] {
            assert_eq!(query::parse(text).map(|p| p.check()), Ok(Ok(())), "{text}");
        }
    }

    #[test]
    fn loops_give_the_leverage_of_the_geometric_series() {
        let p = query::parse("loops=3&ltv=75").unwrap();
        assert!((p.mean_leverage() - (1.0 - 0.75 * 0.75 * 0.75 * 0.75) / 0.25).abs() < 1e-12);
    }
}
