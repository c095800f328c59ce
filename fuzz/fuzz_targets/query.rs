//! The address of a page: whatever is read from it is allowed, and is written so that it reads back the same.
#![no_main]

use deleverage::query;
use deleverage_fuzz::{assert_allowed, assert_told, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (params, problems) = query::parse_lenient(&text(data));
    assert_told(&problems);
    assert_allowed(&params);
});
