//! The parts of the market that the staircase leaves out.

use crate::language::tr;
use crate::model::rules::{Halts, Rules};

/// The part of this market that the staircase leaves out, if any.
pub(super) fn condition(rules: &Rules) -> Option<&'static str> {
    let (thins, refills) = (rules.thinning > 0.0, rules.permanent < 1.0);
    Some(match (thins, refills, refills && rules.leaning_buyers() > 0.0) {
        (false, false, _) => {
            let others = rules.bots < 1.0 || rules.vol_bots > 0.0;
            let dampened = rules.halts != Halts::Never || rules.throttle < u64::MAX || rules.settlement > 0;
            let other = others || rules.noise > 0.0 || rules.venues > 1 || rules.targeters > 0.0;
            if !(other || dampened) {
                return None;
            }
            tr("with margin bots alone")
        }
        (true, false, _) => tr("if the book did not thin"),
        (false, true, false) => tr("if the book did not refill"),
        (true, true, false) => tr("if the book did not thin or refill"),
        (false, true, true) => tr("if the book did not refill or find buyers"),
        (true, true, true) => tr("if the book did not thin, refill or find buyers"),
    })
}

/// The same in lines that fit on a sheet.
pub(super) fn lines(rules: &Rules, narrow: bool) -> Vec<String> {
    let Some(words) = condition(rules) else { return Vec::new() };
    match words.split_once(", ") {
        Some((first, rest)) if narrow => vec![format!("{first},"), rest.to_owned()],
        _ => vec![words.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    const PURE: &str = "scenario=release-1&bots=100&vol-bots=0&permanent=100&buyers=0&thinning=0&calm-volatility=0";

    #[test]
    fn conditions_name_the_mechanisms_left_out() {
        let rules = |text: &str| Rules::from(&query::parse(text).unwrap());
        let of = |text: &str| condition(&rules(text));
        assert_eq!(of(PURE), None);
        assert_eq!(of("thinning=0.3&permanent=100"), Some("if the book did not thin"));
        assert_eq!(of("thinning=0"), Some("if the book did not refill or find buyers"));
        let alone = Some("with margin bots alone");
        assert_eq!(of("permanent=100&thinning=0"), alone);
        assert_eq!(of(&format!("{PURE}&breaker-fall=5")), alone);
        assert_eq!(lines(&rules("thinning=0.3"), true), ["if the book did not thin,", "refill or find buyers"]);
        assert_eq!(lines(&rules("thinning=0.3"), false).len(), 1);
    }
}
