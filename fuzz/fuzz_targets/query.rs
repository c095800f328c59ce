//! The address of a page: parameters read from it are allowed, and read back the same after being written.
#![no_main]

use deleverage::query;
use deleverage_fuzz::{assert_allowed, assert_readable_problems, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (params, problems) = query::parse_lenient(&text(data));
    assert_readable_problems(&problems);
    assert_allowed(&params);
});
