//! The account in sentences.

use super::state::Account;
use crate::describe::change_words;
use crate::language::tr;
use crate::say;
use crate::units::figure;

/// Dollars, with tenths only where they matter.
pub(super) fn dollars(amount: f64) -> String {
    figure(if amount < 9.95 { (amount * 10.0).round() / 10.0 } else { amount.round() })
}

/// The equity left after a fall, as a sentence.
pub(super) fn left_words(left: f64) -> String {
    match left {
        _ if left < -0.05 => say!("equity −${amount}", amount = dollars(-left)),
        _ if left < 0.05 => tr("nothing left").into(),
        _ => say!("${amount} of $100 left", amount = dollars(left)),
    }
}

/// A leverage as text.
pub(super) fn leverage_words(leverage: f64) -> String {
    figure((leverage * 10.0).round() / 10.0)
}

/// The effect of a fall on the account, as a sentence.
pub(super) fn mark_words(account: &Account, fall: f64) -> String {
    let sold = account.limit.is_some_and(|limit| fall >= limit);
    let words = if sold { tr("had to sell before").into() } else { left_words(account.left(fall)) };
    say!("at {change}: {left}", change = change_words(-fall), left = words)
}
