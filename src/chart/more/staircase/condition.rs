//! What the staircase leaves out of the market that it stands for, in words.

use crate::model::rules::{Halts, Rules};

/// What the staircase leaves out of this market, if anything.
pub(super) fn condition(rules: &Rules) -> Option<String> {
    let book = [
        (rules.thinning > 0.0, "thin"),
        (rules.permanent < 1.0, "refill"),
        (rules.permanent < 1.0 && rules.buyers > 0.0, "find buyers"),
    ];
    let not: Vec<_> = book.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    match not[..] {
        [] => {
            let others = rules.bots < 1.0 || rules.vol_bots > 0.0;
            let dampened = rules.halts != Halts::Never || rules.throttle < u64::MAX || rules.settlement > 0;
            let other = others || rules.noise > 0.0 || rules.venues > 1 || rules.targeters > 0.0;
            (other || dampened).then(|| "with margin bots alone".into())
        }
        [one] => Some(format!("if the book did not {one}")),
        [ref some @ .., last] => Some(format!("if the book did not {} or {last}", some.join(", "))),
    }
}

/// The same in lines that fit on a sheet.
pub(super) fn lines(rules: &Rules, narrow: bool) -> Vec<String> {
    let Some(words) = condition(rules) else { return Vec::new() };
    match words.split_once(", ") {
        Some((first, rest)) if narrow => vec![format!("{first},"), rest.to_owned()],
        _ => vec![words],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    const PURE: &str = "bots=100&vol-bots=0&permanent=100&buyers=0&thinning=0&calm-volatility=0";

    #[test]
    fn conditions_are_those_of_the_settings() {
        let rules = |text: &str| Rules::from(&query::parse(text).unwrap());
        let of = |text: &str| condition(&rules(text));
        assert_eq!(of(PURE), None);
        assert_eq!(of("permanent=100"), Some("if the book did not thin".into()));
        assert_eq!(of("thinning=0"), Some("if the book did not refill or find buyers".into()));
        let alone = Some("with margin bots alone".into());
        assert_eq!(of("permanent=100&thinning=0"), alone);
        assert_eq!(of(&format!("{PURE}&breaker-fall=5")), alone);
        assert_eq!(lines(&rules(""), true), ["if the book did not thin,", "refill or find buyers"]);
        assert_eq!(lines(&rules(""), false).len(), 1);
    }
}
