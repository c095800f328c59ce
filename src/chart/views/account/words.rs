//! The account in words.

use super::state::Account;
use crate::describe::change_words;
use crate::language::tr;
use crate::say;
use crate::units::figure;

/// $ as a person reads them: tenths only where they count.
pub(super) fn dollars(amount: f64) -> String {
    figure(if amount < 9.95 { (amount * 10.0).round() / 10.0 } else { amount.round() })
}

/// What is left after a fall, in words.
pub(super) fn left_words(left: f64) -> String {
    match left {
        _ if left < -0.05 => say!("owes ${amount} beyond its own", amount = dollars(-left)),
        _ if left < 0.05 => tr("nothing left").into(),
        _ => say!("${amount} of $100 left", amount = dollars(left)),
    }
}

/// A leverage as a person reads it.
pub(super) fn leverage_words(leverage: f64) -> String {
    figure((leverage * 10.0).round() / 10.0)
}

/// What a fall leaves of the account, in words.
pub(super) fn mark_words(account: &Account, fall: f64) -> String {
    let sold = account.limit.is_some_and(|limit| fall >= limit);
    let words = if sold { tr("had to sell before").into() } else { left_words(account.left(fall)) };
    say!("at {change}: {left}", change = change_words(-fall), left = words)
}
