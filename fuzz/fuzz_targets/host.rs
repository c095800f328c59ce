//! The input of a figure from its page: attributes as text, parameters as numbers, names of views and spans. All or
//! nothing is accepted, as in `Lab::set`, and only allowed values.
#![no_main]

use deleverage::chart::{Span, View};
use deleverage::params::{ParamError, Params};
use deleverage::query;
use deleverage_fuzz::{assert_allowed, assert_readable_problems, pairs, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let all = |read: fn(&mut Params, &'static _, &str) -> Result<(), ParamError>| -> Result<Params, ParamError> {
        let mut params = Params::default();
        pairs(&text).try_for_each(|(row, value)| read(&mut params, row, value))?;
        params.check()?;
        Ok(params)
    };
    let numbers = |params: &mut Params, row: &'static _, value: &str| {
        value.parse::<f64>().map_or(Ok(()), |number| params.set(row, number))
    };
    for read in [all(query::read), all(numbers)] {
        match read {
            Ok(params) => assert_allowed(&params),
            Err(problem) => assert_readable_problems(&[problem]),
        }
    }
    for word in text.split(['&', '=', ' ', ',']) {
        let known = View::named(word).is_some() || Span::named(word).is_some();
        assert!(!known || word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
    for (row, value) in pairs(&text) {
        // Any number can be formatted.
        let _ = value.parse().map(|number| row.words(number));
    }
});
